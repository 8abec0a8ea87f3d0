"""What mail programs write around what people wrote: marks of quotation, what they wrap, the line
above a signature, when it was written. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.dates import mentions
from index.types import DateMention, Span

QUOTED = re.compile(r"(?:>[^\S\n]?)+")
"""The marks before a line that is quoted, one for each mail that it went through."""
PROMPT = ">>> "
"""It opens a line of Python's, but in what is quoted twice one that is quoted three times."""
SIGNED = "-- "
"""The line above a signature, by RFC 3676: in Markdown it underlines nothing."""
ADDRESS = re.compile(r"<[^\s<>@]{1,100}@[^\s<>@]{1,100}>")
"""In angle brackets, as beside its name."""
_HEADER = re.compile(r"(?:date|sent|from|to|cc|bcc|reply-to):\s", re.IGNORECASE)
_TWICE = re.compile(r"^> ?>(?!>)", re.MULTILINE)
_ZONE = re.compile(r"[+-]\d\d:?\d\d\b")
_CLOCK = re.compile(r"\d\d:\d\d(?:\s?(?:[AP]M|GMT|UTC))?$")
_MARKED = r"(?P<marks>[> \t]{0,40}+)"
_WROTE = re.compile(
    rf"^{_MARKED}(?P<words>(?:On\s[^\n]{{6,160}}(?:\n[> \t]{{0,40}}[^\n]{{1,120}})?"
    r"|[^\s>][^\n]{2,100})\swrote(?:\son\s[^\n]{6,80})?:)[^\S\n]*$",
    re.MULTILINE,
)
"""What stands above a mail that is quoted: "On Mon, 3 Mar 2025 at 09:15, Anna Berg wrote:"."""
_HEAD = re.compile(
    rf"^{_MARKED}(?=[^\s>])(?:[> \t]{{0,40}}[*_]{{0,3}}"
    r"(?:date|sent|from|to|cc|bcc|subject|received|[\w-]{1,30}-[\w-]{1,30})[*_]{0,3}:[^\n]*+(?:\n|\Z)"
    r"(?:[> \t]{0,40}[ \t][^\s>][^\n]*+(?:\n|\Z))*+)++",
    re.MULTILINE | re.IGNORECASE,
)
"""The lines above a mail that say by whom, when and to whom it was sent."""
_FROM = re.compile(r"^[>\s*_]*from[*_]{0,3}:", re.MULTILINE | re.IGNORECASE)
_SENT = re.compile(r"^[>\s*_]*(?:date|sent)[*_]{0,3}:[^\n]*", re.MULTILINE | re.IGNORECASE)
_TO = re.compile(r"^[>\s*_]*to[*_]{0,3}:", re.MULTILINE | re.IGNORECASE)
_MAIL = re.compile(
    r"^[>\s*_]*(?:sent|subject|b?cc)[*_]{0,3}:|\d:\d\d|@", re.MULTILINE | re.IGNORECASE
)
"""What the head of a mail with "To:" has, and no leg of a journey: "From: Oslo", "To: Bergen"."""
_MBOX = re.compile(r"\s*(?:From\s\S+[^\n]*\n)?")
_SENT_AT = re.compile(r"\d:\d\d|@")
_ROW = re.compile(rf"^{_MARKED}(?=[^\n>]*[^\W_])", re.MULTILINE)


class Written(NamedTuple):
    """From `start` on, what was written at `date`, None if nobody knows when; or, where it is the
    document's `own`, at that of the document."""

    start: int
    date: DateMention | None
    own: bool = False


def quotes_twice(text: str) -> bool:
    """Whether a text quotes what was quoted itself."""
    return _TWICE.search(text) is not None


def is_header(line: str) -> bool:
    """Whether a line says of a mail when or by whom it was sent, or to whom."""
    return _HEADER.match(line) is not None


def after_quote_marks(text: str, start: int, end: int) -> int:
    """Where the words go on in the next line of a mail that is quoted: "> "."""
    at = start
    while at < end and text[at].isspace():
        at += 1
    marks = QUOTED.match(text, at, end) if "\n" in text[start:at] else None
    return marks.end() if marks else start


def belongs_to(text: str, row: Span, following: Span) -> bool:
    """Whether a line opens with the zone of the clock, or the address of the name, that the one
    above ends in: "On 3 May 2024 at 09:15:00", "+0100, Anna Berg", "<anna@example.org> wrote:"."""
    if _ZONE.match(text, following.start):
        return _CLOCK.search(text, max(row.start, row.end - 12), row.end) is not None
    named = text[row.start] != "<" and text[row.end - 1].isalpha()
    return named and ADDRESS.match(text, following.start) is not None


def written(text: str) -> list[Written]:
    """Where mails that a text quotes, forwards or holds begin, and where it goes on itself.

    A line such as "On ... wrote:" tells of what is quoted one mark deeper below it; without marks,
    and so the lines "From:" and "Sent:" or "Date:", of all below that is quoted as deep. What is
    quoted in a mail with no such line is of no known day.
    """
    heads = {one.start: one for one in _heads(text)}
    said = {one.start: one for one in _said(text)}
    own = _HEAD.match(text, _after_mbox(text)) is not None
    if not (heads or said or (own and "\n>" in text)):
        return []
    found: list[Written] = []
    known: dict[int, DateMention | None] = {}
    for row in _ROW.finditer(text):
        start, depth = row.start(), row["marks"].count(">")
        opened = heads.get(start) or said.get(start)
        if opened:
            deeper = opened.deeper + depth
            known = {d: date for d, date in known.items() if d < deeper} | {deeper: opened.date}
            depth = deeper
        one = Written(start, known.get(depth), own=not depth and depth not in known)
        if one[1:] != (found[-1][1:] if found else (None, True)):
            found.append(one)
    return found


class _Opened(NamedTuple):
    """A line that heads a mail, and whether that is quoted one mark deeper."""

    start: int
    date: DateMention | None
    deeper: bool = False


def _heads(text: str) -> Iterator[_Opened]:
    """But for those of the text itself."""
    for head in _HEAD.finditer(text, _after_mbox(text)):
        sent = _SENT.search(text, head.start(), head.end())
        from_whom = _FROM.search(text, head.start(), head.end())
        journey = _TO.search(text, head.start(), head.end())
        is_mail = not journey or _MAIL.search(text, head.start(), head.end())
        if sent and from_whom and is_mail and head.start() > _after_mbox(text):
            yield _Opened(head.start(), _only(text, sent.start(), sent.end()))


def _said(text: str) -> Iterator[_Opened]:
    """In what is no mail a council may have written too: without marks below, it needs an hour or
    an address."""
    for line in _WROTE.finditer(text):
        date = _only(text, *line.span("words"))
        below = _ROW.search(text, line.end() + 1)
        deeper = below is not None and below["marks"].count(">") > line["marks"].count(">")
        if deeper or (date and _SENT_AT.search(line["words"])):
            yield _Opened(line.start(), date, deeper)


def _only(text: str, start: int, end: int) -> DateMention | None:
    """The only date that words state."""
    found = mentions(text, start=start, end=end)
    return found[0] if len(found) == 1 else None


def _after_mbox(text: str) -> int:
    opened = _MBOX.match(text)
    return opened.end() if opened else 0
