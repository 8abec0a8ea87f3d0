"""`python -m bot` is `quoth`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    ours = Path(__file__).resolve().parents[1]
    if not sys.flags.safe_path and Path(sys.path[0]).resolve() != ours:
        del sys.path[0]  # the current folder: a folder `index` there would be taken for ours
    from bot.cli import main

    sys.exit(main())
