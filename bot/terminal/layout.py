"""What people see on a terminal. Pure: values in, styled, wrapped text out.

Text from documents is hostile until it has been through `visible`: it may hold escape sequences
that would repaint the screen. Whether styles become colours is decided where text is printed.
"""

import os
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.filesize import decimal
from rich.text import Text

from bot.wording import (
    DIFFER,
    asks_when,
    count,
    date_of,
    differing,
    flowing,
    headings_of,
    in_words,
    percent,
    show_when,
    sureness,
    visible,
)

if TYPE_CHECKING:
    from index import Answer, Event, Quote, Report, Span, Status, Timeline, Verdict

DIFFERS = "bold red"
BUT_FOR_MARKS = "But for marks that a reader does not see: ** and the like, a hyphen at a line end."
NARROWEST, WIDEST = 20, 100
"""Columns. Lines longer than WIDEST are hard to read; below NARROWEST nothing can be laid out."""
MOST_NAMED = 200
"""Characters of a title or a heading."""
FROM = 3
"""Paths that an index is said to be built from at most; JSON has them all."""
LISTED = 20
"""Files that are listed at most: where a disk is not mounted, every one is gone."""
MOST_PLACES = 50
"""Places of a sentence that are listed: "the" is everywhere."""


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

    @property
    def text(self) -> int:
        """The columns that are left beside a bar, or an indent as wide."""
        return self.columns - 2


def beside(path: Path, here: Path) -> str:
    """The path relative to `here` where it lies below, else whole."""
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def show_answer(answer: "Answer", page: Page) -> Text:
    """An answer, or what comes nearest where the documents have none; no line break at the end."""
    blocks = _answered(answer, page) if answer.answered else _refused(answer, page)
    return Text("\n\n").join(blocks)


def show_verdict(verdict: "Verdict", page: Page) -> Text:
    """All places that say a sentence, or what comes closest, with marks under what differs."""
    blocks = _said(verdict, page) if verdict.places else _unsaid(verdict, page)
    marks = [Text(BUT_FOR_MARKS, "dim")] if verdict.but_for_marks else []
    return Text("\n\n").join([*blocks, *marks])


def show_timeline(timeline: "Timeline", page: Page) -> Text:
    """The evidence in order of date, or what comes nearest where the documents have none."""
    if not timeline.answered:
        return Text("\n\n").join(_refused(timeline, page))
    events = (_event(event, page) for event in timeline.events)
    return Text("\n\n").join([*events, Text(sureness(timeline.confidence), "dim")])


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


def show_status(status: "Status", here: Path, away: Sequence[str] = ()) -> Text:
    """What an index holds; the documents that have changed or gone since, and how to catch up.

    away: those of its paths where nothing is any more.
    """
    built = datetime.fromisoformat(status.built).astimezone()
    rows = {
        "index": visible(status.directory),
        "from": visible(_few(status.paths)),
        "built": f"{in_words(built.date().isoformat())}, {built:%H:%M}",
        "model": visible(status.model),
        "documents": f"{len(status.sources):,}",
        "sentences": f"{status.sentences:,}",
        "size": decimal(status.bytes),
    }
    lines = [Text.assemble((f"{name:<11}", "dim"), value) for name, value in rows.items()]
    return Text("\n").join([*lines, *_stale(status, here, away)])


def _few(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - FROM:,} more" if len(paths) > FROM else ""
    return ", ".join(paths[:FROM]) + more


def _answered(answer: "Answer", page: Page) -> Iterator[Text]:
    if asks_when(answer):
        yield Text("\n").join(wrap(show_when(answer.when, answer.quotes[0]), page.columns))
    if answer.differ:
        yield Text("\n").join(wrap(Text(DIFFER, "bold yellow"), page.columns))
    for quote in answer.quotes:
        yield block(quote, page, _bar(page))
    yield Text(sureness(answer.confidence), "dim")


def _event(event: "Event", page: Page) -> Text:
    date = wrap(show_when(event.when, event.quote), page.columns)
    return Text("\n").join([*date, block(event.quote, page, _bar(page))])


def _said(verdict: "Verdict", page: Page) -> Iterator[Text]:
    """The places under the words they say, which differ only in typography."""
    times, places = len(verdict.places), verdict.places[:MOST_PLACES]
    where = "." if times == 1 else f", in {times:,} places."
    yield _line(f"Word for word in the documents{where}", page, "bold green")
    for text in dict.fromkeys(quote.text for quote in places):
        quotes = [quote for quote in places if quote.text == text]
        if text != verdict.sentence.strip():
            same = f"The same but for {differing(verdict, quotes) or 'unseen marks'}:"
            written = "As the document writes it:" if verdict.but_for_marks else same
            yield _line(written, page, "dim")
        words = (Text.assemble(_bar(page), line) for line in wrap(Text(flowing(text)), page.text))
        yield Text("\n").join([*words, *_places(quotes, page)])
    if times > MOST_PLACES:
        yield _line(f"These are the first {MOST_PLACES}; --json names all.", page, "dim")


def _line(words: str, page: Page, style: str = "") -> Text:
    """What is said between quotes, wrapped between words as they are."""
    return Text("\n").join(wrap(Text(words, style), page.columns))


def _places(quotes: Sequence["Quote"], page: Page) -> Iterator[Text]:
    """Each document once, and under it every line that has a place."""
    for source in dict.fromkeys(quote.source for quote in quotes):
        there = [quote for quote in quotes if quote.source == source]
        yield from _about(there[0], page)
        yield from (Text(line) for line in dict.fromkeys(_lines(quote, page) for quote in there))


def _unsaid(verdict: "Verdict", page: Page) -> Iterator[Text]:
    yield _line("Not word for word in the documents.", page, "bold yellow")
    if not verdict.closest:
        yield Text("Nothing in them comes close.")
        return
    own = _marked(verdict.sentence, 0, verdict.differs, DIFFERS)
    yield Text("\n").join(
        [
            Text("You wrote:"),
            *(Text.assemble("  ", line) for line in _underlined(wrap(own, page.text))),
        ]
    )
    differs = verdict.differs or any(quote.highlight for quote in verdict.closest)
    marked = ", its differences marked" if differs else ""
    yield _line(f"What comes closest{marked}:", page)
    for quote in verdict.closest:
        yield block(quote, page, other_bar(page), style=DIFFERS)


def _underlined(lines: Iterable[Text]) -> Iterator[Text]:
    """The lines, and under each that has differing words a line that points at them."""
    for line in lines:
        yield line
        marks = ""
        for span in sorted(span for span in line.spans if span.style == DIFFERS):
            marks = marks.ljust(cell_len(line.plain[: span.start]))
            marks += "^" * cell_len(line.plain[span.start : span.end].rstrip())
        if marks:
            yield Text(marks, DIFFERS)


def _bar(page: Page) -> tuple[str, str]:
    return "| " if page.ascii else "│ ", "green"


def other_bar(page: Page) -> tuple[str, str]:
    """Beside what is no answer."""
    return ": " if page.ascii else "┆ ", "yellow"


def _refused(answer: "Answer | Timeline", page: Page) -> Iterator[Text]:
    if not (answer.confidence or answer.near):
        yield Text("There is no document to answer from.", "bold yellow")
        return
    chance = f"Chance that they do: {percent(answer.confidence)}."
    yield Text.assemble(("The documents do not answer this.", "bold yellow"), "\n", (chance, "dim"))
    if answer.near:
        yield Text("Closest passages, not an answer:")
    for quote in answer.near:
        yield block(quote, page, other_bar(page), style="")


def block(quote: "Quote", page: Page, bar: tuple[str, str], *, style: str = "bold") -> Text:
    """The quote behind a bar, a row of a table below what heads its columns; under it its document
    and, never broken, `path:line`."""
    words = _marked(quote.text, quote.span.start, quote.highlight, style)
    text = [Text.assemble(bar, line) for line in _underlined(wrap(words, page.text))]
    columns = wrap(Text(visible(quote.columns), "dim"), page.text) if quote.columns else []
    heads = [Text.assemble("  ", line) for line in columns]
    about = _about(quote, page, headings_of(quote))
    return Text("\n").join([*heads, *text, *about, Text(_lines(quote, page))])


def _marked(text: str, start: int, spans: Iterable["Span"], style: str) -> Text:
    """A text whose first character is at `start`, with the words at `spans` in the style."""
    marked, position = Text(), 0
    for span in spans:
        marked.append(flowing(text[position : span.start - start]))
        marked.append(flowing(text[span.start - start : span.end - start]), style)
        position = span.end - start
    return marked.append(flowing(text[position:]))


def _about(quote: "Quote", page: Page, headings: Sequence[str] = ()) -> list[Text]:
    """The document's title and the headings, as much of each as anyone reads, and its date;
    indented lines."""
    title = [" ".join(flowing(quote.title).split("\n"))] if quote.title is not None else []
    names = [Text(name, "dim") for name in (*title, *headings)]
    for name in names:
        name.truncate(MOST_NAMED, overflow="ellipsis")
    under = Text(" > " if page.ascii else " › ", "dim").join(names)
    date = date_of(quote)
    about = Text.assemble(under, (f" ({date})", "dim")) if names else Text(date, "dim")
    return [Text.assemble("  ", line) for line in wrap(about, page.text)]


def _lines(quote: "Quote", page: Page) -> str:
    place = f"  {visible(page.place(quote.source))}:{quote.line_start}"
    several = quote.line_end > quote.line_start
    return f"{place} (lines {quote.line_start}-{quote.line_end})" if several else place


def _stale(status: "Status", here: Path, away: Sequence[str]) -> Iterator[Text]:
    stale = [source for source in status.sources if source.state != "current"]
    if not stale:
        return
    verb = "is" if len(stale) == 1 else "are"
    yield Text(f"\n{count(len(stale), 'document')} {verb} not as indexed:", "yellow")
    yield from files_listed(((source.state, source.path) for source in stale), here)
    moved = f"{', '.join(away)} is not there any more; where documents have moved to PATH: "
    command = f"quoth index PATH --index {shlex.quote(status.directory)}"
    if away:
        yield Text(visible(f"{moved}{command}"))
    elif emptied := _emptied(status):
        none = "has no document any more; is its disk mounted?"
        yield from (Text(visible(f"{path} {none}")) for path in emptied)
    else:
        yield catch_up(status)


def _emptied(status: "Status") -> list[str]:
    """The folders that gave documents and hold none, which `quoth index` refuses to read."""
    left = {source.path: source.state != "gone" for source in status.sources}
    left |= dict.fromkeys(status.new, True)

    def is_emptied(folder: str) -> bool:
        there = [left[path] for path in left if path.startswith(os.path.join(folder, ""))]
        return bool(there) and not any(there)

    return list(filter(is_emptied, status.paths))


def catch_up(status: "Status") -> Text:
    """The command that reads what is not as it was indexed, or not indexed yet."""
    command = shlex.join(["quoth", "index", *status.paths, "--index", status.directory])
    return Text(visible(f"To catch up: {command}"))


def files_listed(files: Iterable[tuple[str, str]], here: Path) -> Iterator[Text]:
    """Files with what is said of each, a line each; but of very many no more than some."""
    rows = list(files)
    width = max([8, *(len(state) for state, _ in rows[:LISTED])])
    for state, path in rows[:LISTED]:
        yield Text(f"  {state:<{width}} {visible(beside(Path(path), here))}")
    if more := len(rows[LISTED:]):
        yield Text(f"  and {more:,} more; quoth status --json lists all")


def wrap(text: Text, width: int) -> list[Text]:
    lines = list(text.wrap(Console(), width, overflow="fold"))
    for line in lines:
        line.rstrip()
    return lines
