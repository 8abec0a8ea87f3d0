"""What is printed, and what moves while one waits."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from bot.terminal.layout import Page, beside, catch_up, files_listed, show_status
from bot.wording import count, visible

if TYPE_CHECKING:
    from index import Status


EVERY = 30
"""Seconds at least between two lines that tell how far something is where nothing can move."""


def print_page(show: Callable[[Page], Text], path: Callable[[str], Path] = Path) -> None:
    """Print what is shown on a page as wide as standard output. path: the file that a source was
    read from."""
    here = Path.cwd()
    ascii = not sys.stdout.encoding.lower().startswith("utf")
    width = get_terminal_size().columns
    _print(show(Page(width, lambda source: beside(path(source), here), ascii)))


def print_status(status: "Status") -> None:
    away = [path for path in status.paths if not os.path.exists(path)]
    _print(show_status(status, Path.cwd(), away))
    if status.new:
        _print(_not_yet(status, Path.cwd()))


def _not_yet(status: "Status", here: Path) -> Text:
    """The files that are not indexed yet, and how to catch up, which is said once."""
    verb = "is" if len(status.new) == 1 else "are"
    rows = [Text(f"\n{count(len(status.new), 'file')} {verb} not indexed yet:", "yellow")]
    rows += files_listed((("new", path) for path in status.new), here)
    if all(source.state == "current" for source in status.sources):
        rows.append(catch_up(status))
    return Text("\n").join(rows)


def print_question(question: str) -> None:
    """Repeat a question that came by a pipe, above its answer."""
    _print(Text(f"> {visible(question)}", "bold"))


def print_reading(question: str) -> None:
    """Say how a question was understood."""
    _print(Text(f"read as: {visible(question)}", "dim"))


def note(message: object) -> None:
    """One line on standard error."""
    with suppress(OSError):  # it is gone: nobody is left to tell
        print(f"quoth: {visible(str(message))}", file=sys.stderr, flush=True)


def waiting(what: str) -> AbstractContextManager[object]:
    """Something moves on a terminal's standard error while the body runs."""
    console = _console(sys.stderr)
    return console.status(what) if _moves(console) else nullcontext()


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal's standard error while the body runs, moved by what is yielded; elsewhere
    a line now and then, so that a log of a long build shows that it goes on."""
    console = _console(sys.stderr)
    if not _moves(console):
        yield _now_and_then()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    stage = TextColumn("{task.description}", markup=False)
    bar = BarColumn(None, complete_style="green", finished_style="green", pulse_style="green")
    columns = (stage, bar, MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, expand=True) as progress:
        task = progress.add_task("starting", total=None)
        yield lambda stage, done, total: progress.update(
            task, description=stage, completed=done, total=total
        )


def _now_and_then() -> Callable[[str, int, int], None]:
    told, stage_told = time.monotonic(), ""

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal told, stage_told
        next_stage = stage_told not in ("", stage)
        if next_stage or time.monotonic() - told >= EVERY:
            told, stage_told = time.monotonic(), stage
            note(f"{stage} {done:,} of {total:,}" if total > 1 else stage)

    return tell


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the caller that nobody reads on; rich would exit with 1, which says "no"."""
        raise


def _print(text: Text) -> None:
    _console(sys.stdout).print(text, soft_wrap=True)


def _console(stream: TextIO) -> Console:
    """Styled only on a terminal that NO_COLOR or TERM=dumb does not make plain."""
    console = _Console(file=stream, force_terminal=stream.isatty(), highlight=False)
    console = _Console(file=stream, color_system=None) if console.no_color else console
    if not console.width:  # COLUMNS=0, of which rich makes lines without a character
        console.width = get_terminal_size().columns
    return console


def _moves(console: Console) -> bool:
    return console.file.isatty() and not console.is_dumb_terminal
