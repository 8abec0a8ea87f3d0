"""Make the README's session and its picture from what the commands really print.

python docs/session.py            writes README.md and docs/session.svg
python docs/session.py --check    exits 1 if they do not show what is printed now
"""

import argparse
import io
import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parent.parent
COLUMNS = 88
COMMANDS = (
    'quoth ask "when was the 10% rule dropped?" --top 1',
    'quoth ask "when did Trump\'s executive order ban dealing with Huawei?" --top 1',
    'quoth ask "who is the CEO of Nokia?" --top 1',
)
_SESSION = re.compile(r"(?<=<!-- session -->\n```console\n).*?(?=```\n<!-- end -->)", re.DOTALL)
_THEME = TerminalTheme(
    (250, 250, 247),
    (38, 38, 38),
    [(0, 0, 0), (178, 34, 34), (46, 125, 50), (156, 101, 0), (33, 82, 153), (123, 31, 162),
     (0, 121, 128), (120, 120, 120)],
)  # fmt: skip
_SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}"
height="{terminal_height}" /></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def run(command: str, environment: dict[str, str]) -> str:
    """What a person sees who types the command at a terminal of COLUMNS columns."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        shlex.split(command), stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL,
        cwd=ROOT, env=environment,
    )  # fmt: skip
    os.close(theirs)
    seen = bytearray()
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # how Linux tells that the other side is closed
            part = b""
        if not part:
            break
        seen += part
    process.wait()
    return seen.decode().replace("\r\n", "\n")


def session() -> Text:
    """The commands and what they print, styled, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        bin = Path(sys.executable).parent
        environment = os.environ | {
            "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
            "QUOTH_INDEX": str(Path(folder) / "index"),
            "COLUMNS": str(COLUMNS),
            "TERM": "xterm-256color",
        }
        environment.pop("NO_COLOR", None)
        subprocess.run(["quoth", "index", "seeds"], cwd=ROOT, env=environment, check=True,
                       capture_output=True)  # fmt: skip
        with ThreadPoolExecutor() as pool:  # each spends seconds on loading the model
            shown = pool.map(lambda command: run(command, environment), COMMANDS)
        parts = [
            Text.assemble(("$ ", "dim"), f"{command}\n") + Text.from_ansi(output)
            for command, output in zip(COMMANDS, shown, strict=True)
        ]
    return Text("\n\n").join(parts)


def picture(text: Text) -> str:
    console = Console(record=True, width=COLUMNS + 2, file=io.StringIO(), force_terminal=True)
    console.print(text, soft_wrap=True)
    return console.export_svg(title="quoth", theme=_THEME, code_format=_SVG, unique_id="quoth")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    check, text, readme = parser.parse_args().check, session(), ROOT / "README.md"
    shown = "\n".join(line.rstrip() for line in text.plain.splitlines()) + "\n"
    page = _SESSION.sub(lambda _: shown, readme.read_text(encoding="utf-8"))
    files = {readme: page, ROOT / "docs" / "session.svg": picture(text)}
    if check:
        return int(any(path.read_text(encoding="utf-8") != new for path, new in files.items()))
    for path, new in files.items():
        path.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
