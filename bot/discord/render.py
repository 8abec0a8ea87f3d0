"""What the documents say, as Discord messages: values in, text out, nothing of discord.py."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.discord.markdown import LIMIT, block_quotes, ending, escape, length, packed, seen, short
from bot.wording import (
    DIFFER,
    asks_when,
    date_of,
    dated_within,
    differing,
    headings_of,
    in_words,
    percent,
    show_when,
    sureness,
    visible,
)
from index import Scope, Span, read_date

if TYPE_CHECKING:
    from index import Answer, Event, Excerpt, Quote, Timeline, Verdict, When

MOST_MESSAGES = 5
"""Beyond these the quotes are attached as files."""
MOST_EVENTS = 10
"""Of a timeline: what there is more of is left out."""
LISTED = 10
"""Places of a sentence that are listed in the message; all of them are in a file beyond these."""
_LONGEST = 120
"""Of a source's name, in characters."""
_MOST_WROTE = 500
"""Characters of a sentence that are repeated where there is nothing to compare it with."""
_ASKED = "-# asked\\: "
SEVERAL = "-# more than one question\\: one at a time finds more"
_SCOPE = re.compile(
    r"-# only (?:documents|in (.+?)(?:,(?= dated )|$))"
    r"(?: dated (?:from (.+) to (.+)|(.+) or later|(.+) or earlier))?"
)


@dataclass(frozen=True, slots=True)
class File:
    """A file to attach."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What one message holds: at most LIMIT of content, never blank."""

    content: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A text of a document to be quoted, `strong` in bold; the lines above and below are written.

    strong: in code points of `text`. lead: may be empty. bold: what the words in bold are, where
    that has to be said; a file has no bold, so that beside one they are named.
    """

    text: str
    strong: tuple[Span, ...]
    about: str
    lead: str = ""
    bold: str = ""

    @property
    def shown_about(self) -> str:
        return f"{self.about} · {self.bold} in bold" if self.bold and self.strong else self.about

    def attached_about(self, name: str) -> str:
        words = ", ".join(f'"{self.text[s.start : s.end]}"' for s in self.strong)
        named = f" · {self.bold}\\: {flat(words)}" if self.bold and self.strong else ""
        return f"{self.about} · {name}{named}"


def render(answer: "Answer", notes: Sequence[str] = ()) -> tuple[Message, ...]:
    """The messages that carry an answer, or a refusal with what comes nearest, in their order.

    notes: lines above it, as the `_line` functions write them.
    """
    near = not answer.answered
    quoted = [_whole(q, near=near) for q in (answer.near if near else answer.quotes)]
    return _messages([*notes, *_head(answer)], quoted, _tail(answer))


def render_more(
    quotes: Sequence["Quote"], notes: Sequence[str], *, near: bool
) -> tuple[Message, ...]:
    """Further passages of an answer, or of what came near where there was none."""
    return _messages(notes, [_whole(quote, near=near) for quote in quotes], [])


def render_verdict(verdict: "Verdict", *, closest: int = 1) -> tuple[Message, ...]:
    """Where a sentence stands word for word; else what differs from it in the closest ones."""
    if verdict.places:
        return _stands(verdict)
    near = verdict.closest[:closest]
    differs = "what differs"
    wrote = _Quoted(verdict.sentence, verdict.differs, "-# as you wrote it", bold=differs)
    if not near:
        wrote = _Quoted(short(verdict.sentence, _MOST_WROTE), (), wrote.about)
        return _messages(["**Not in the documents**, and nothing that comes close\\:"], [wrote], [])
    like = [replace(_whole(q, label="closest, not the same"), bold=differs) for q in near]
    return _messages(["**Not word for word in the documents.**"], [wrote, *like], [])


def render_near(quotes: Sequence["Quote"]) -> tuple[Message, ...]:
    """What is closest in meaning to something that the documents do not say in these words."""
    head = "**Not in these words in the documents.**"
    if not quotes:
        return (Message(f"{head} Nothing in them comes close."),)
    quoted = [_whole(quote, label="closest in meaning") for quote in quotes]
    return _messages([f"{head} Closest in meaning\\:"], quoted, [])


def render_timeline(timeline: "Timeline", notes: Sequence[str] = ()) -> tuple[Message, ...]:
    """The dated evidence, oldest first, each under its date; or what comes nearest."""
    if not timeline.answered:
        quoted = [_whole(quote, near=True) for quote in timeline.near]
        return _messages([*notes, *_refusal(timeline.confidence, near=bool(quoted))], quoted, [])
    quoted = [_event(event) for event in timeline.events]
    head = "**Oldest first**"
    if len(quoted) == MOST_EVENTS:
        head += f", the {MOST_EVENTS} that answer best; `after` and `before` may show others"
    return _messages([*notes, head], quoted, [_sure(timeline.confidence)])


def render_excerpt(excerpt: "Excerpt", notes: Sequence[str] = ()) -> tuple[Message, ...]:
    """The lines around a quote, the quote in bold."""
    at = excerpt.span.start
    strong = Span(excerpt.quoted.start - at, excerpt.quoted.end - at)
    about = f"-# {_place(excerpt.source, excerpt.line_start, excerpt.line_end)}"
    sides = zip(excerpt.cut, ("before", "after"), strict=True)
    cut = [f"{number:,} characters {side}" for number, side in sides if number]
    about += f" · left out\\: {' and '.join(cut)}" * bool(cut)
    return _messages(notes, [_Quoted(excerpt.text, (strong,), about, bold="the quote")], [])


def asked_line(question: str) -> str:
    """What was asked, where Discord does not show it."""
    return f"{_ASKED}{flat(question)}"


def read_asked(content: str) -> str:
    """What was asked, read from a message that begins with `asked_line`; "" of any other."""
    line = content.partition("\n")[0]
    return seen(line.removeprefix(_ASKED)).rstrip("…") if line.startswith(_ASKED) else ""


def read_line(reading: str) -> str:
    """How a question was read."""
    return f"-# read as\\: {flat(reading)}"


def scope_line(scope: Scope) -> str:
    """Which documents were searched."""
    dated = dated_within(scope)
    if scope.source is None:
        return f"-# only documents {dated}"
    return f"-# only in {', '.join(filter(None, (name_of(scope.source), dated)))}"


def read_scope(content: str) -> Scope | None:
    """Which documents were searched, read from the lines above an answer; None where those tell of
    no scope, or of a source without its beginning."""
    lines = takewhile(lambda line: line.startswith("-# "), content.split("\n"))
    found = next(filter(None, map(_SCOPE.fullmatch, lines)), None)
    if found is None or (found[1] or "").startswith("…"):
        return None
    source, start, end, since, until = found.groups("")
    after, before = read_date(start or since), read_date(end or until)
    return Scope(seen(source) or None, after, before)


def name_of(source: str, most: int = _LONGEST) -> str:
    """A source as it is written in a line, in at most so many characters, but for escapes."""
    return escape(ending(visible(source), most))


def flat(text: str, most: int = 2 * _LONGEST) -> str:
    """A text as it is written in a line, in at most so many characters, but for escapes."""
    return escape(short(visible(" ".join(text.split())), most))


def _messages(
    head: Sequence[str], quoted: Sequence[_Quoted], tail: Sequence[str]
) -> tuple[Message, ...]:
    blocks = [block for each in quoted for block in _blocks(each)]
    messages = packed([*head, *blocks, *tail])
    if len(messages) <= MOST_MESSAGES:
        return tuple(Message(content) for content in messages)
    return _attached(head, quoted, tail)


def _blocks(quoted: _Quoted) -> Iterator[str]:
    first, *others = block_quotes(quoted.text, quoted.strong, quoted.shown_about)
    led = f"{quoted.lead}\n{first}" if quoted.lead else first
    yield from ([led] if length(led) <= LIMIT else [quoted.lead, first])
    yield from others


def _attached(
    head: Sequence[str], quoted: Sequence[_Quoted], tail: Sequence[str]
) -> tuple[Message, ...]:
    """Each quote in a file of its own, which holds the quote and nothing else."""
    named = [(f"quote-{number}.txt", each) for number, each in enumerate(quoted, 1)]
    note = "Too long for messages, so attached word for word:"
    lines = [
        "\n".join(filter(None, (each.lead, each.attached_about(name)))) for name, each in named
    ]
    files = tuple(File(name, each.text.encode()) for name, each in named)
    *first, last = packed([*head, note, *lines, *tail])
    return (*map(Message, first), Message(last, files))


def _head(answer: "Answer") -> list[str]:
    if not answer.answered:
        return _refusal(answer.confidence, near=bool(answer.near))
    asked = asks_when(answer)
    differ = [f"**{escape(DIFFER)}**"] if answer.differ else []
    return [*([_dated(answer.when, answer.quotes[0])] if asked else []), *differ]


def _refusal(confidence: float, *, near: bool) -> list[str]:
    """Where there is a document at all, the chance is never nothing."""
    if not (confidence or near):
        return ["**There is no document to answer from.**"]
    chance = escape(f"Chance that they do: {percent(confidence)}.")
    refusal = f"**The documents do not answer this.** {chance}"
    return [f"{refusal}\nClosest passages, not an answer:" if near else refusal]


def _tail(answer: "Answer") -> list[str]:
    return [_sure(answer.confidence)] if answer.answered else []


def _sure(confidence: float) -> str:
    return f"-# {escape(sureness(confidence))}"


def _dated(when: "When | None", quote: "Quote | None" = None) -> str:
    """The date in words, and where it comes from; or that there is none."""
    words = escape(short(show_when(when, quote).plain, 2 * _LONGEST))
    if when is None:
        return words
    date = in_words(when.date)
    source = ", as the passage states" if when.basis == "stated" else ""
    return words.replace(date, f"**{date}**", 1) + source


def _event(event: "Event") -> _Quoted:
    """Under a line that begins with its date, so that the dates stand below one another."""
    when, dated = event.when, "**undated**"
    if when and when.basis == "document":
        of = "the date above it" if when.above else "the date of the document"
        dated = f"**{in_words(when.date)}**, {of}"
    elif when:
        dated = _dated(when, event.quote)
    quoted = _whole(event.quote)
    return replace(quoted, lead="\n".join(filter(None, (dated, quoted.lead))))


def _whole(quote: "Quote", *, near: bool = False, label: str = "") -> _Quoted:
    """A quote with the words that answer in bold; near: one that does not answer, with none."""
    at = quote.span.start
    strong = () if near else tuple(Span(s.start - at, s.end - at) for s in quote.highlight)
    mark = "not an answer" if near else label
    columns = f"-# {flat(quote.columns)}" if quote.columns else ""
    about = " · ".join(filter(None, (mark, _about(quote))))
    return _Quoted(quote.text, strong, f"-# {about}", columns)


def _about(quote: "Quote") -> str:
    place = _place(quote.source, quote.line_start, quote.line_end)
    under = " › ".join(escape(short(one, _LONGEST)) for one in headings_of(quote))
    return " · ".join(filter(None, (place, under, date_of(quote))))


def _at(source: str, first: int, last: int, date: str, *, times: int = 1) -> str:
    often = f", {times:,} times" if times > 1 else ""
    return f"{_place(source, first, last)}{often} · {date}"


def _place(source: str, first: int, last: int) -> str:
    lines = f"lines {first}-{last}" if last > first else f"line {first}"
    return f"{name_of(source)}, {lines}"


def _stands(verdict: "Verdict") -> tuple[Message, ...]:
    """The sentence as it stands in the first of the places, and all the places."""
    places = verdict.places
    count = f"in {len(places):,} places" if len(places) > 1 else "once"
    head = f"**Word for word in the documents**, {count}\\:"
    times = Counter((p.source, p.line_start, p.line_end, date_of(p)) for p in places)
    first, *others = (f"-# {_at(*line, times=n)}" for line, n in times.items())
    tail = others[: LISTED - 1]
    if any(place.text != verdict.sentence.strip() for place in places):
        tail.append(f"-# the same but for {differing(verdict, places) or 'unseen marks'}")
    made = _messages([head], [replace(_whole(places[0]), about=first)], tail)
    if len(times) <= LISTED:
        return made
    more = f"-# and {len(times) - LISTED:,} more, all of them in places.txt"
    rows = dict.fromkeys(f"{visible(p.source)}:{p.line_start}\n" for p in places)
    return (*made, Message(more, (File("places.txt", "".join(rows).encode()),)))
