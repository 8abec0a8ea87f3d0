"""What the tests of bad input share."""

import subprocess
from pathlib import Path

from e2e.door import QUOTH, Door

TEN_PERCENT = "when was the 10% rule dropped?"


def on_a_shell(door: Door, script: str, **settings: str) -> tuple[int, str, str]:
    """What is seen of a script that is given the command as its arguments."""
    ended = subprocess.run(
        ["bash", "-c", script, "bash", QUOTH, "ask", TEN_PERCENT, "--index", "idx", "--json"],
        capture_output=True,
        text=True,
        cwd=door.home,
        env=door.environment(**settings),
    )
    return ended.returncode, ended.stdout, ended.stderr


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "truncated":
        path.write_bytes(data[:-1])
    elif how == "emptied":
        path.write_bytes(b"")
    else:
        middle = len(data) // 2
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
