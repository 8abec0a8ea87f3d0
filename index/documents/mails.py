"""What mail programs write around what people wrote: marks of quotation, what they wrap, the line
above a signature. Pure."""

import re

from index.types import Span

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
