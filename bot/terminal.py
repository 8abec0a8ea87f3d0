"""What people see on a terminal. `show_` functions are pure: values in, styled, wrapped text out.

Text from documents is hostile until it has been through `visible`: it may hold escape sequences
that would repaint the screen. Whether styles become colours is decided where text is printed.
"""

import re
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.filesize import decimal
from rich.text import Text

if TYPE_CHECKING:
    from index import Answer, Quote, Report, Status, When

NARROWEST, WIDEST = 20, 100
"""Columns. Lines longer than WIDEST are hard to read; below NARROWEST nothing can be laid out."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
SURENESS = ((0.9, "sure"), (0.7, "fairly sure"), (0.5, "more likely than not"), (0.0, "not sure"))
_BREAK = re.compile("[ \t-\r\x85\u2028\u2029]+")
_UNSAFE = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""C0, DEL and C1 controls, line separators, bidirectional embeddings, overrides and isolates (which
reorder what follows them, https://trojansource.codes), and surrogates, which cannot be encoded."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where an answer is laid out: its columns, how a source is written as a path, and whether
    lines can only be drawn in ASCII."""

    width: int
    place: Callable[[str], str]
    ascii: bool = False

    @property
    def columns(self) -> int:
        return max(NARROWEST, min(self.width, WIDEST))


def visible(text: str) -> str:
    r"""The text on one line, with whatever a terminal would obey spelled out, as in `\x1b[2J`."""
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def flowing(text: str) -> str:
    """The text as it can be wrapped: a blank line ends a line, other white space is one space."""
    joined = _BREAK.sub(lambda match: "\n" if match[0].count("\n") > 1 else " ", text)
    return "\n".join(visible(line) for line in joined.split("\n"))


def in_words(iso: str) -> str:
    """An ISO date as people write it, as precise as it is: 2020-01-28 is 28 January 2020."""
    year, month, day, *_ = [*iso.split("-"), "", ""]
    words = (day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year)
    return " ".join(filter(None, words))


def beside(path: Path, here: Path) -> str:
    """The path relative to `here` where it lies below, else whole."""
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def show_answer(answer: "Answer", page: Page) -> Text:
    """An answer, or what comes nearest where the documents have none; no line break at the end."""
    blocks = _answered(answer, page) if answer.answered else _refused(answer, page)
    return Text("\n\n").join(blocks)


def show_report(report: "Report", directory: Path) -> str:
    """What an index run did, on one line."""
    added, changed, same = len(report.added), len(report.changed), report.unchanged
    skipped = f", {len(report.skipped)} skipped" if report.skipped else ""
    return (
        f"{count(added + changed + same, 'document')} ({added} added, {changed} changed, "
        f"{same} unchanged, {len(report.removed)} removed){skipped}, "
        f"{count(report.sentences, 'sentence')}, {report.seconds:.1f} s "
        f"-> {visible(str(directory))}"
    )


def show_status(status: "Status", here: Path) -> Text:
    """What an index holds; the documents that have changed or gone since, and how to catch up."""
    built = datetime.fromisoformat(status.built).astimezone()
    rows = {
        "index": visible(status.directory),
        "built": f"{in_words(built.date().isoformat())}, {built:%H:%M}",
        "model": visible(status.model),
        "documents": str(len(status.sources)),
        "sentences": str(status.sentences),
        "size": decimal(status.bytes),
    }
    lines = [Text.assemble((f"{name:<11}", "dim"), value) for name, value in rows.items()]
    return Text("\n").join([*lines, *_stale(status, here)])


def _answered(answer: "Answer", page: Page) -> Iterator[Text]:
    from index import asks_for_a_date

    if answer.when or asks_for_a_date(answer.question):
        yield Text("\n").join(_wrap(show_when(answer.when), page.columns))
    for quote in answer.quotes:
        yield _block(quote, page, ("| " if page.ascii else "│ ", "green"))
    words = next(words for least, words in SURENESS if answer.confidence >= least)
    yield Text(f"{words}: {percent(answer.confidence)}", "dim")


def _refused(answer: "Answer", page: Page) -> Iterator[Text]:
    chance = f"Chance that they do: {percent(answer.confidence)}."
    yield Text.assemble(("The documents do not answer this.", "bold yellow"), "\n", (chance, "dim"))
    if answer.near:
        yield Text("Closest passages, not an answer:")
    for quote in answer.near:
        yield _block(quote, page, (": " if page.ascii else "┆ ", "yellow"), bold="")


def _block(quote: "Quote", page: Page, bar: tuple[str, str], *, bold: str = "bold") -> Text:
    """The quote behind a bar; under it its document and, never broken, `path:line`."""
    text = [Text.assemble(bar, line) for line in _wrap(_marked(quote, bold), page.columns - 2)]
    about = [Text.assemble("  ", line) for line in _wrap(_about(quote), page.columns - 2)]
    return Text("\n").join([*text, *about, Text(f"  {_lines(quote, page)}")])


def _marked(quote: "Quote", bold: str) -> Text:
    """The quote's words, those that carry the answer in the style `bold`."""
    text, position = Text(), quote.span.start
    for span in quote.highlight:
        text.append(_cut(quote, position, span.start))
        text.append(_cut(quote, span.start, span.end), bold)
        position = span.end
    return text.append(_cut(quote, position, quote.span.end))


def _cut(quote: "Quote", start: int, end: int) -> str:
    return flowing(quote.text[start - quote.span.start : end - quote.span.start])


def _about(quote: "Quote") -> Text:
    """The document's title, as much of it as anyone reads, and its date."""
    date = in_words(quote.date) if quote.date else "undated"
    if quote.title is None:
        return Text(date, "dim")
    title = Text(" ".join(flowing(quote.title).split("\n")), "dim")
    title.truncate(200, overflow="ellipsis")
    return title.append(f" ({date})")


def _lines(quote: "Quote", page: Page) -> str:
    place = f"{visible(page.place(quote.source))}:{quote.line_start}"
    several = quote.line_end > quote.line_start
    return f"{place} (lines {quote.line_start}-{quote.line_end})" if several else place


def show_when(when: "When | None") -> Text:
    if when is None:
        return Text("no date: neither the passage nor its document gives one")
    date = Text(in_words(when.date), "bold")
    if when.basis == "stated":
        return date
    if when.basis == "relative":
        words = " ".join(flowing(when.text).split("\n"))
        return date.append(f', worked out from "{words}" and the article\'s date', "not bold")
    preposition = "on" if when.date.count("-") == 2 else "in"
    rest = ", the article's own date; the passage states none"
    return Text.assemble(f"reported {preposition} ", date, rest)


def _stale(status: "Status", here: Path) -> Iterator[Text]:
    stale = [source for source in status.sources if source.state != "current"]
    if not stale:
        return
    verb = "is" if len(stale) == 1 else "are"
    yield Text(f"\n{count(len(stale), 'document')} {verb} not as indexed:", "yellow")
    for source in stale:
        yield Text(f"  {source.state:<8} {visible(beside(Path(source.path), here))}")
    paths = [*status.paths, "--index", status.directory]
    yield Text(visible(f"To catch up: quoth index {shlex.join(paths)}"))


def _wrap(text: Text, width: int) -> list[Text]:
    lines = list(text.wrap(Console(), width, overflow="fold"))
    for line in lines:
        line.rstrip()
    return lines


def percent(share: float) -> str:
    """Whole per cents, rounded; only what is certain is 0% or 100%."""
    return f"{round(100 * share) if share in (0, 1) else min(99, max(1, round(100 * share)))}%"


def count(number: int, noun: str) -> str:
    """A number of things, as in "1 document" or "1,200 documents"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def print_answer(answer: "Answer", path: Callable[[str], Path]) -> None:
    """Write an answer to standard output. path: the file that a source was read from."""
    here = Path.cwd()
    ascii = not sys.stdout.encoding.lower().startswith("utf")
    page = Page(get_terminal_size().columns, lambda source: beside(path(source), here), ascii)
    _print(show_answer(answer, page))


def print_status(status: "Status") -> None:
    _print(show_status(status, Path.cwd()))


def print_question(question: str) -> None:
    """Repeat a question that came by a pipe, above its answer."""
    _print(Text(f"> {visible(question)}", "bold"))


def print_reading(question: str) -> None:
    """Say how a follow-up was understood."""
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
    """A bar on a terminal's standard error while the body runs, moved by what is yielded."""
    console = _console(sys.stderr)
    if not _moves(console):
        yield lambda stage, done, total: None
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


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the caller that nobody reads on; rich would exit with 1, which says "no"."""
        raise


def _print(text: Text) -> None:
    _console(sys.stdout).print(text, soft_wrap=True)


def _console(stream: TextIO) -> Console:
    """Styled only on a terminal that NO_COLOR or TERM=dumb does not make plain."""
    console = _Console(file=stream, force_terminal=stream.isatty(), highlight=False)
    return _Console(file=stream, color_system=None) if console.no_color else console


def _moves(console: Console) -> bool:
    return console.file.isatty() and not console.is_dumb_terminal
