"""What people see on a terminal. Pure: values in, styled, wrapped text out.

Text from documents is hostile until it has been through `visible`: it may hold escape sequences
that would repaint the screen. Whether styles become colours is decided where text is printed.
"""

import re
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

if TYPE_CHECKING:
    from index import Answer, Event, Quote, Report, Span, Status, Timeline, Verdict, When

DIFFERS = "bold red"
DIFFER = "The documents give different answers; the newest comes first."
NARROWEST, WIDEST = 20, 100
"""Columns. Lines longer than WIDEST are hard to read; below NARROWEST nothing can be laid out."""
LISTED = 20
"""Files that are listed at most: where a disk is not mounted, every one is gone."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SURENESS = ((0.9, "sure"), (0.7, "fairly sure"), (0.5, "more likely than not"), (0.0, "not sure"))
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

    @property
    def text(self) -> int:
        """The columns that are left beside a bar, or an indent as wide."""
        return self.columns - 2


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


def show_verdict(verdict: "Verdict", page: Page) -> Text:
    """All places that say a sentence, or what comes closest, with marks under what differs."""
    blocks = _said(verdict, page) if verdict.places else _unsaid(verdict, page)
    return Text("\n\n").join(blocks)


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


def unread_kinds(report: "Report") -> str:
    """How many documents there are of each kind that is not read, most first, "" if there are none:
    "3 .pdf, 1 .html"."""
    kinds = sorted(report.unread.items(), key=lambda kind: (-kind[1], kind[0]))
    return ", ".join(f"{number:,} {ending}" for ending, number in kinds)


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
    if asks_when(answer):
        yield Text("\n").join(wrap(show_when(answer.when, answer.quotes[0]), page.columns))
    if answer.differ:
        yield Text("\n").join(wrap(Text(DIFFER, "bold yellow"), page.columns))
    for quote in answer.quotes:
        yield block(quote, page, _bar(page))
    yield Text(sureness(answer.confidence), "dim")


def asks_when(answer: "Answer") -> bool:
    """Whether a date was asked for; what the questions before asked for does not count."""
    from index import asks_for_a_date

    asked = answer.reading.question if answer.reading else answer.question
    return bool(answer.when) or asks_for_a_date(asked)


def sureness(confidence: float) -> str:
    """How sure an answer is, in words and as a percentage."""
    words = next(words for least, words in _SURENESS if confidence >= least)
    return f"{words}: {percent(confidence)}"


def _event(event: "Event", page: Page) -> Text:
    date = wrap(show_when(event.when, event.quote), page.columns)
    return Text("\n").join([*date, block(event.quote, page, _bar(page))])


def _said(verdict: "Verdict", page: Page) -> Iterator[Text]:
    """The places under the words they say, which differ only in typography."""
    times = len(verdict.places)
    where = "." if times == 1 else f", in {times:,} places."
    yield Text(f"Word for word in the documents{where}", "bold green")
    for text in dict.fromkeys(quote.text for quote in verdict.places):
        quotes = [quote for quote in verdict.places if quote.text == text]
        if text != verdict.sentence.strip():
            yield Text("In the document's own typography and spacing, not in yours:", "dim")
        words = (Text.assemble(_bar(page), line) for line in wrap(Text(flowing(text)), page.text))
        yield Text("\n").join([*words, *_places(quotes, page)])


def _places(quotes: Sequence["Quote"], page: Page) -> Iterator[Text]:
    """Each document once, and under it every line that has a place."""
    for source in dict.fromkeys(quote.source for quote in quotes):
        there = [quote for quote in quotes if quote.source == source]
        yield from _about(there[0], page)
        yield from (Text(line) for line in dict.fromkeys(_lines(quote, page) for quote in there))


def _unsaid(verdict: "Verdict", page: Page) -> Iterator[Text]:
    yield Text("Not word for word in the documents.", "bold yellow")
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
    yield Text("What comes closest, its differences marked:")
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
    chance = f"Chance that they do: {percent(answer.confidence)}."
    yield Text.assemble(("The documents do not answer this.", "bold yellow"), "\n", (chance, "dim"))
    if answer.near:
        yield Text("Closest passages, not an answer:")
    for quote in answer.near:
        yield block(quote, page, other_bar(page), style="")


def block(quote: "Quote", page: Page, bar: tuple[str, str], *, style: str = "bold") -> Text:
    """The quote behind a bar; under it its document and, never broken, `path:line`."""
    words = _marked(quote.text, quote.span.start, quote.highlight, style)
    text = [Text.assemble(bar, line) for line in _underlined(wrap(words, page.text))]
    return Text("\n").join([*text, *_about(quote, page), Text(_lines(quote, page))])


def _marked(text: str, start: int, spans: Iterable["Span"], style: str) -> Text:
    """A text whose first character is at `start`, with the words at `spans` in the style."""
    marked, position = Text(), 0
    for span in spans:
        marked.append(flowing(text[position : span.start - start]))
        marked.append(flowing(text[span.start - start : span.end - start]), style)
        position = span.end - start
    return marked.append(flowing(text[position:]))


def _about(quote: "Quote", page: Page) -> list[Text]:
    """The document's title, as much of it as anyone reads, and its date; indented lines."""
    return [Text.assemble("  ", line) for line in wrap(_title(quote), page.text)]


def _title(quote: "Quote") -> Text:
    date = date_of(quote)
    if quote.title is None:
        return Text(date, "dim")
    title = Text(" ".join(flowing(quote.title).split("\n")), "dim")
    title.truncate(200, overflow="ellipsis")
    return title.append(f" ({date})")


def date_of(quote: "Quote") -> str:
    """The date of its section, else of its document, in words."""
    if quote.section:
        return f"section of {in_words(quote.section)}"
    return in_words(quote.date) if quote.date else "undated"


def _lines(quote: "Quote", page: Page) -> str:
    place = f"  {visible(page.place(quote.source))}:{quote.line_start}"
    several = quote.line_end > quote.line_start
    return f"{place} (lines {quote.line_start}-{quote.line_end})" if several else place


def show_when(when: "When | None", quote: "Quote | None" = None) -> Text:
    """The date and where it comes from; where there is none, what the quote says of when it is."""
    if when is None and quote and quote.highlight:
        at, start = quote.highlight[0], quote.span.start
        words = " ".join(flowing(quote.text[at.start - start : at.end - start]).split("\n"))
        return Text(f'no date, only what the passage says: "{words}"')
    if when is None and quote and quote.date:
        return Text("no date: the passage states none")
    if when is None:
        return Text("no date: neither the passage nor its document gives one")
    date = Text(in_words(when.date), "bold")
    if when.basis == "stated":
        return date
    if when.basis == "relative":
        words = " ".join(flowing(when.text).split("\n"))
        other = "the date above the passage" if when.above else "the document's date"
        return date.append(f', worked out from "{words}" and {other}', "not bold")
    to_come = when.above and quote and quote.date and when.date > quote.date
    preposition = "on" if when.date.count("-") == 2 else "in"
    own = ", the document's own date; the passage states none"
    rest = ", the date above the passage, which states none" if when.above else own
    return Text.assemble("" if to_come else f"reported {preposition} ", date, rest)


def _stale(status: "Status", here: Path) -> Iterator[Text]:
    stale = [source for source in status.sources if source.state != "current"]
    if not stale:
        return
    verb = "is" if len(stale) == 1 else "are"
    yield Text(f"\n{count(len(stale), 'document')} {verb} not as indexed:", "yellow")
    yield from files_listed(((source.state, source.path) for source in stale), here)
    paths = [*status.paths, "--index", status.directory]
    yield Text(visible(f"To catch up: quoth index {shlex.join(paths)}"))


def files_listed(files: Iterable[tuple[str, str]], here: Path) -> Iterator[Text]:
    """Files with what is said of each, a line each; but of very many no more than some."""
    rows = list(files)
    for state, path in rows[:LISTED]:
        yield Text(f"  {state:<8} {visible(beside(Path(path), here))}")
    if more := len(rows[LISTED:]):
        yield Text(f"  and {more:,} more; quoth status --json lists all")


def wrap(text: Text, width: int) -> list[Text]:
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
