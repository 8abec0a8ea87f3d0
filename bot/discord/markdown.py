r"""Text as Discord shows it: escaping, block quotes, limits. Values in, text out.

A quote must read as its document does, so whatever Discord's Markdown would obey is escaped with a
backslash and nothing else is put in. Discord shows `\` and a sign as that sign; before a letter, a
digit or white space a backslash stays to be seen. So only signs are escaped, and each form is
broken at one that it needs: `https\://` is no link, `\<\@1\>` no mention, `\:smile\:` no emoji.
https://support.discord.com/hc/en-us/articles/210298617
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from index import Span, reads_as_question, unmarked

LIMIT = 2000
"""The longest content of a message: https://discord.com/developers/docs/resources/message. Counted
here in UTF-16 units, of which a text never has fewer than code points."""

_OBEYED = re.compile(r"[\\*_~|`>#:<@\[\]/]|[-+](?!\S)|(?<=[0-9])\.(?!\S)")
"""Anywhere: emphasis, spoilers, code, quotes, headings, emoji, mentions, links (a bare
discord.gg/x needs its slash). Before white space: bullets, and the full stop of a numbered list."""
_LINE_SIGNS = re.compile(r"^(?:(?:>>> |> )?(?:-# |#{1,3} )|>>> |```\w*$\n?)", re.MULTILINE)
_LEAD = re.compile(r"\s*(?:>|-# |#{1,3} )[>#\s]*")
_CODE = r"(?<!`)(?P<ticks>`+)(?!`).{1,200}?(?<!`)(?P=ticks)(?!`)"
_HIDING = tuple(
    re.compile(rf"{_CODE}|{sign}(?=\S)(?P<hidden>.{{1,500}}?)(?<=\S){sign}", re.DOTALL)
    for sign in ("~~", r"\|\|")
)
"""What Discord obeys beside the Markdown that documents hold as well."""
_STARS = r"(?P<meant>(?<=[0-9A-Za-z])\*(?=[0-9A-Za-z])|(?<=[0-9])\*\*(?=[0-9])"
_TIMES = re.compile(rf"{_CODE}|\\.|{_STARS})", re.DOTALL)
_TYPED = re.compile(
    rf"{_CODE}|{_STARS}|\\[!-/:-@\[-`{{-~]?|\b__[a-z]+__\b|^[ \t]*>)", re.DOTALL | re.MULTILINE
)
"""Signs that are meant as such, and what is not looked into for them."""
_SIGN = re.compile(r"[^\w\s]|_")
_PEOPLE = r"(?:<@[!&]?[0-9]{1,20}> ?)+"
_LEADING = re.compile(rf"\s*{_PEOPLE}(?P<mark>[,:;\n–-]\s*)?")
_TRAILING = re.compile(rf"(?:(?<=[.?!])|,)\s?(?:cc:? )?{_PEOPLE}(?=[.?!]*\s*\Z)")
_MARKUP = re.compile(
    r"\s?(?:<(?:(?:@[!&]?|#)(?P<id>[0-9]{1,20})|a?:\w+:[0-9]+|t:-?[0-9]+(?::[a-zA-Z])?|id:\w+"
    r"|/[^<:>\n]+:[0-9]+)>|<?https?://(?:\w+\.)?discord(?:app)?\.com/channels/[\w@/]+>?)"
)
"""https://discord.com/developers/docs/reference#message-formatting, and a link to a message."""
_LINK = r"[<(\[]?\bhttps?://[^\s<>]*[^\s<>.,:;!?)\]][>)\]]?"
_LINKS = re.compile(
    rf"(?:\A(?i:re|from|per|see|according to):?\s{_LINK},?"
    rf"|(?:\A|(?<=[.?!…\n]))\s{{0,9}}{_LINK}(?:\s+{_LINK})*[.!]?)(?=\s|\Z)"
    r"|\s?\(https?://[^\s<>()]+\)"
)
_ASKS = re.compile(
    r"\s*(?:\n|\Z|(?:until |since )?(?:who|whom|whose|what|when|where|which|why|how)\b"
    r"|(?:do|does|did|can|could|may|must|should|will|would|have|has)"
    r" (?:a|an|the|any|i|we|you|they|my|our|your)\b)"
)
"""What follows an address that is not asked about: nothing, a line end, or what begins a question.
Before a verb ("is down since when?") it may be the subject."""
_LINE_BREAK = re.compile(r"\r\n?|\n")
_SENTENCE_END = re.compile(r"[.!?…。！？]['\")\]’”»]*\s+|\n\s*")
_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"\S(?:[^\r\n]*\S)?")
_CHARACTER = re.compile(
    "[^\u200d](?![\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff])", re.DOTALL
)
"""The end of a character as people see it, near enough: accents, emoji of several parts."""
_ENDS = (_SENTENCE_END, _SPACE, _CHARACTER)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A text as it is written: for each of its characters what stands for it, with the signs that
    begin and end bold; `ends[i]` is the length of all before character i."""

    text: str
    signs: tuple[str, ...]
    bold: bytes
    ends: tuple[int, ...]


def escape(text: str) -> str:
    """The text so that Discord shows these very characters; it may become twice as long."""
    return _OBEYED.sub(lambda sign: f"\\{sign[0]}", text)


def seen(content: str, *, typed: bool = False) -> str:
    """The words of a message as they are read, without the signs that Discord obeys: quoted and
    small lines, headings, code, bold, underlined, struck out or hidden words, links with a text of
    their own, backslashes. A * between digits or letters is one: 4*5 or 3*6.

    typed: into an option, which Discord shows as it is: so are backslashes, a name as __init__, and
    signs of a line that no question begins, as in "# of employees".
    """
    text = _without_lead(content) if typed else _LINE_SIGNS.sub("", content)
    for hiding in _HIDING:
        text = hiding.sub(lambda found: found["hidden"] or found[0], text)
    return unmarked((_TYPED if typed else _TIMES).sub(_meant, text))


def said(content: str, name: Callable[[int], str]) -> str:
    """What a person wrote, in words: somebody, a role or a channel that is mentioned by its name,
    where `name` knows one ("" if not); no emoji of a server's own, time, command or link to a
    message, whose numbers are nothing that a document could hold. Those whom a text is addressed
    to, before or after it, are no part of it: "@Bob who signed?", "who signed, @Bob?".
    """
    rest = content
    if (lead := _LEADING.match(content)) and (lead["mark"] or _begins(content[lead.end() :])):
        rest = content[lead.end() :]
    text = _TRAILING.sub("", rest)
    return _MARKUP.sub(lambda m: _instead(m, name(int(m["id"])) if m["id"] else ""), text).strip()


def without_links(text: str) -> str:
    """A text without web addresses beside its sentences: they say where, with numbers of their own.
    One within a sentence, or which one may begin with, is asked about: "who hosts https://a.b?"."""

    def left(found: re.Match[str]) -> str:
        rest = text[found.end() :]
        aside = found[0].lstrip()[:1] == "("  # in brackets
        aside = aside or bool(_ASKS.match(rest)) or rest.strip()[:1].isupper()
        return "" if aside else found[0]

    return _LINKS.sub(left, text).strip()


def length(text: str) -> int:
    """UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def block_quotes(text: str, strong: Sequence[Span], about: str) -> Iterator[str]:
    """The text as block quotes of at most LIMIT, each above the line that says where it stands;
    `strong` is in bold. about: written, not text."""
    shown = _shown(text, strong)
    room = LIMIT - length(f"> \n{about} · part 1,000 of 1,000, goes on") - len("****")
    pieces = _pieces(shown, room)
    for number, (start, end) in enumerate(pieces, 1):
        part = f" · part {number:,} of {len(pieces):,}" if len(pieces) > 1 else ""
        more = ", goes on" if number < len(pieces) else ""
        yield f"> {_written(shown, start, end)}\n{about}{part}{more}"


def packed(blocks: Iterable[str]) -> list[str]:
    """The blocks in as few messages as hold them in order, none broken."""
    messages: list[str] = []
    for block in blocks:
        if messages and length(f"{messages[-1]}\n{block}") <= LIMIT:
            messages[-1] += f"\n{block}"
        else:
            messages.append(block)
    return messages


def short(text: str, most: int) -> str:
    """The text, its end left out and marked so where it has more than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def ending(text: str, most: int) -> str:
    """The text, its beginning left out where it is too long: of a path the end tells it from
    others."""
    return text if len(text) <= most else f"…{text[1 - most :]}"


def _begins(text: str) -> bool:
    """Whether a sentence or a question begins here, so that who is named before it is spoken to."""
    return text[:1].isupper() or reads_as_question(text.rstrip(" ?"))


def _without_lead(typed: str) -> str:
    """What was typed, without the signs of a line where a question or a sentence follows them."""
    lead = _LEAD.match(typed)
    rest = typed[lead.end() :] if lead else ""
    return rest if _begins(unmarked(rest)) else typed


def _meant(found: re.Match[str]) -> str:
    """A sign that is meant as such with a backslash before it; what else was found as it is."""
    return found[0] if found["meant"] is None else _SIGN.sub(r"\\\g<0>", found[0])


def _instead(found: re.Match[str], name: str) -> str:
    """A name in place of what was found, or nothing, with white space where words would join."""
    before = found[0][:1] if found[0][:1].isspace() else ""
    if name:
        return before + name
    return (before or " ") if found.string[found.end() : found.end() + 1].isalnum() else ""


def _shown(text: str, strong: Sequence[Span]) -> _Shown:
    signs = list(text)
    for sign in _OBEYED.finditer(text):
        signs[sign.start()] = f"\\{sign[0]}"
    for line_break in _LINE_BREAK.finditer(text):
        start, end = line_break.span()
        signs[start:end] = ["\n> ", ""][: end - start]
    bold = _bold(text, strong)
    costs = (length(sign) + 2 * _turns(bold, i) for i, sign in enumerate(signs))
    return _Shown(text, tuple(signs), bold, tuple(accumulate(costs, initial=0)))


def _bold(text: str, strong: Sequence[Span]) -> bytes:
    """1 for each character in bold: words and what is between them on a line, no white space
    around them."""
    flags = bytearray(len(text))
    for span in strong:
        for words in _WORDS.finditer(text, span.start, span.end):
            flags[words.start() : words.end()] = b"\1" * len(words[0])
    return bytes(flags)


def _turns(bold: bytes, i: int) -> int:
    """How often bold begins or ends at character i, taken for itself: 0 to 2 times."""
    if not bold[i]:
        return 0
    return (i == 0 or not bold[i - 1]) + (i + 1 == len(bold) or not bold[i + 1])


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
