"""Where the lines of a text start, and what is between empty ones; a line ends at \\n and nowhere
else, though in a file from Windows another character stands before that."""

import re
from bisect import bisect_right

from index.types import Span

EMPTY_LINE = r"\n[^\S\n]*\n"
"""What parts paragraphs: a line of nothing but white space, with the line end before it."""
_EMPTY_LINE = re.compile(EMPTY_LINE)


def as_lines(text: str) -> str:
    """A text by whose lines it is read: one that has only carriage returns, as old Macs wrote them,
    with line feeds in their places."""
    return text if "\n" in text.rstrip() else text.replace("\r", "\n")


def lines(text: str) -> tuple[int, ...]:
    """The offsets at which lines start; line n (1-based) starts at `lines(text)[n - 1]`."""
    return (0, *(m.end() for m in re.finditer("\n", text)))


def line_of(starts: tuple[int, ...], offset: int) -> int:
    """The 1-based number of the line that holds the character at `offset`."""
    return bisect_right(starts, offset)


def parts_paragraphs(text: str, start: int, end: int) -> bool:
    """Whether there is an empty line in text[start:end], with the line end before it."""
    return _EMPTY_LINE.search(text, start, end) is not None


def paragraph(text: str, span: Span) -> Span:
    """What is around a place up to the next empty lines, without the last line end."""
    start, after = text.rfind("\n", 0, span.start) + 1, _EMPTY_LINE.search(text, span.end)
    while start and not text[(above := text.rfind("\n", 0, start - 1) + 1) : start].isspace():
        start = above
    return Span(start, after.start() if after else len(text))
