r"""Answers as Discord messages: values in, text out; nothing here knows discord.py.

A quote must read as its document does, so whatever Discord's Markdown would obey is escaped with a
backslash and nothing else is put in. Discord shows `\` and a sign as that sign; before a letter, a
digit or white space a backslash stays to be seen. So only signs are escaped, and each form is
broken at one that it needs: `https\://` is no link, `\<\@1\>` no mention, `\:smile\:` no emoji.
https://support.discord.com/hc/en-us/articles/210298617
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.terminal import SURENESS, in_words, percent, show_when, visible
from index import asks_for_a_date

if TYPE_CHECKING:
    from index import Answer, Quote, When

LIMIT = 2000
"""The longest content of a message: https://discord.com/developers/docs/resources/message. Counted
here in UTF-16 units, of which a text never has fewer than code points."""
MOST_MESSAGES = 5
"""Beyond these the quotes are attached as files."""

_OBEYED = re.compile(r"[\\*_~|`>#:<@\[\]/]|[-+](?!\S)|(?<=[0-9])\.(?!\S)")
"""Anywhere: emphasis, spoilers, code, quotes, headings, emoji, mentions, links (a bare
discord.gg/x needs its slash). Before white space: bullets, and the full stop of a numbered list."""
_LINE_BREAK = re.compile(r"\r\n?|\n")
_SENTENCE_END = re.compile(r"[.!?…。！？]['\")\]’”»]*\s+|\n\s*")
_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"\S(?:[^\r\n]*\S)?")
_CHARACTER = re.compile(
    "[^\u200d](?![\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff])", re.DOTALL
)
"""The end of a character as people see it, near enough: accents, emoji of several parts."""
_ENDS = (_SENTENCE_END, _SPACE, _CHARACTER)
_LONGEST = 120
"""Of a source's name, in characters."""


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
class _Shown:
    """A quote as it is written: for each of its characters what stands for it, with the signs that
    begin and end bold; `ends[i]` is the length of all before character i."""

    text: str
    signs: tuple[str, ...]
    bold: bytes
    ends: tuple[int, ...]


def escape(text: str) -> str:
    """The text so that Discord shows these very characters; it may become twice as long."""
    return _OBEYED.sub(lambda sign: f"\\{sign[0]}", text)


def length(text: str) -> int:
    """UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def render(answer: "Answer") -> tuple[Message, ...]:
    """The messages that carry an answer, or a refusal with what comes nearest, in their order."""
    head, tail = _head(answer), _tail(answer)
    near = not answer.answered
    quotes = answer.near if near else answer.quotes
    blocks = [block for quote in quotes for block in _blocks(quote, near=near)]
    messages = _packed([*head, *blocks, *tail])
    if len(messages) <= MOST_MESSAGES:
        return tuple(Message(content) for content in messages)
    return (_attached(quotes, head, tail, near=near),)


def _head(answer: "Answer") -> list[str]:
    if not answer.answered:
        chance = f"Chance that they do: {percent(answer.confidence)}."
        refusal = f"**The documents do not answer this.** {escape(chance)}"
        return [f"{refusal}\nClosest passages, not an answer:" if answer.near else refusal]
    asked = answer.when or asks_for_a_date(answer.question)
    return [_dated(answer.when)] if asked else []


def _tail(answer: "Answer") -> list[str]:
    if not answer.answered:
        return []
    words = next(words for least, words in SURENESS if answer.confidence >= least)
    return [f"-# {escape(f'{words}: {percent(answer.confidence)}')}"]


def _dated(when: "When | None") -> str:
    """The date in words, and where it comes from; or that there is none."""
    words = escape(_short(show_when(when).plain, 2 * _LONGEST))
    if when is None:
        return words
    date = in_words(when.date)
    source = ", as the passage states" if when.basis == "stated" else ""
    return words.replace(date, f"**{date}**", 1) + source


def _blocks(quote: "Quote", *, near: bool) -> Iterator[str]:
    """The quote as block quotes of at most LIMIT, each above the line that says where it stands."""
    shown = _shown(quote, bold=not near)
    about = _about(quote, near=near)
    room = LIMIT - length(f"> \n{about} · part 1,000 of 1,000, goes on") - len("****")
    pieces = _pieces(shown, room)
    for number, (start, end) in enumerate(pieces, 1):
        part = f" · part {number:,} of {len(pieces):,}" if len(pieces) > 1 else ""
        more = ", goes on" if number < len(pieces) else ""
        yield f"> {_written(shown, start, end)}\n{about}{part}{more}"


def _about(quote: "Quote", *, near: bool) -> str:
    several = quote.line_end > quote.line_start
    lines = f"lines {quote.line_start}-{quote.line_end}" if several else f"line {quote.line_start}"
    date = in_words(quote.date) if quote.date else "undated"
    words = f"{_short(visible(quote.source), _LONGEST)}, {lines} · {date}"
    return f"-# {'not an answer · ' if near else ''}{escape(words)}"


def _shown(quote: "Quote", *, bold: bool) -> _Shown:
    text = quote.text
    signs = list(text)
    for sign in _OBEYED.finditer(text):
        signs[sign.start()] = f"\\{sign[0]}"
    for line_break in _LINE_BREAK.finditer(text):
        start, end = line_break.span()
        signs[start:end] = ["\n> ", ""][: end - start]
    strong = _strong(quote) if bold else bytes(len(text))
    costs = (length(sign) + 2 * _turns(strong, i) for i, sign in enumerate(signs))
    return _Shown(text, tuple(signs), strong, tuple(accumulate(costs, initial=0)))


def _strong(quote: "Quote") -> bytes:
    """1 for each character in bold: words and what is between them on a line, no white space
    around them."""
    flags = bytearray(len(quote.text))
    for span in quote.highlight:
        start, end = span.start - quote.span.start, span.end - quote.span.start
        for words in _WORDS.finditer(quote.text, start, end):
            flags[words.start() : words.end()] = b"\1" * len(words[0])
    return bytes(flags)


def _turns(strong: bytes, i: int) -> int:
    """How often bold begins or ends at character i, taken for itself: 0 to 2 times."""
    if not strong[i]:
        return 0
    return (i == 0 or not strong[i - 1]) + (i + 1 == len(strong) or not strong[i + 1])


def _pieces(shown: _Shown, room: int) -> list[tuple[int, int]]:
    """The whole quote in ranges that fit, each at least half full: to the end of a sentence, else
    of a word, else of a character, else full."""
    pieces, start, size = [], 0, len(shown.text)
    tiers = [[m.end() for m in ends.finditer(shown.text)] for ends in _ENDS]
    while start < size:
        full = max(start + 1, bisect_right(shown.ends, shown.ends[start] + room) - 1)
        ends = (_last(tier, (start + full) // 2, full) for tier in tiers)
        end = size if full >= size else next(filter(None, ends), full)
        pieces.append((start, end))
        start = end
    return pieces


def _last(ends: Sequence[int], least: int, most: int) -> int:
    """The last of the ends that is above `least` and not above `most`; else 0."""
    number = bisect_right(ends, most)
    return ends[number - 1] if number and ends[number - 1] > least else 0


def _written(shown: _Shown, start: int, end: int) -> str:
    bold, parts = shown.bold, list[str]()
    for i in range(start, end):
        opens = bold[i] and (i == start or not bold[i - 1])
        closes = bold[i] and (i + 1 == end or not bold[i + 1])
        parts.append(f"{'**' if opens else ''}{shown.signs[i]}{'**' if closes else ''}")
    return "".join(parts)


def _packed(blocks: Iterable[str]) -> list[str]:
    """The blocks in as few messages as hold them in order, none broken."""
    messages: list[str] = []
    for block in blocks:
        if messages and length(f"{messages[-1]}\n{block}") <= LIMIT:
            messages[-1] += f"\n{block}"
        else:
            messages.append(block)
    return messages


def _attached(
    quotes: Sequence["Quote"], head: Sequence[str], tail: Sequence[str], *, near: bool
) -> Message:
    """One message with each quote in a file of its own, which holds the quote and nothing else."""
    named = [(f"quote-{number}.txt", quote) for number, quote in enumerate(quotes, 1)]
    note = "Too long for messages, so attached word for word:"
    lines = [f"{_about(quote, near=near)} · {name}" for name, quote in named]
    files = tuple(File(name, quote.text.encode()) for name, quote in named)
    return Message("\n".join([*head, note, *lines, *tail]), files)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
