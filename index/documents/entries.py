"""Entries of a help text or of a list of terms: an option or a term, and beside it or below what it
means; and what is prose though it is marked as code. Pure."""

import re
from collections.abc import Sequence

from index.types import Span
from index.words.lexical import STOP_WORDS

LONGEST = 600
"""Code points up to which an entry takes lines along."""
WRAPPED = 40
"""Code points that a line has at least where people wrap."""
SMALL = 2
"""Words such as "the" and "of" that such a line has at least."""
_OPTION = re.compile(r"--?[^\W\d_][\w-]*")
_GAP = re.compile(r"\S(?:[ ]{2,}|[ ]*\t[ \t]*)(?=\S)")
_OPENS = re.compile(r"[|>#]|```|~~~|[-*+•·–]\s|\d{1,3}[.)]\s")
"""What opens a block of its own: a row, a quotation, a heading, code, an item of a list."""
_CODE = re.compile(r"[={}<>\\|$]|\w\(|::|->")
_PLAIN = re.compile(r"[\"'“‘(]*[^\W\d_]+(?:['’-][^\W\d_]+)*[\"'”’).,;:!?]*")


def with_hanging(text: str, rows: Sequence[Span]) -> list[Span]:
    """The lines of a text, each with those that hang below it: under the words beside a term, or
    farther in than an option. So "(default: 30)" stays with its option.
    """
    found: list[Span] = []
    for row in rows:
        if found and _hangs(text, found[-1], row):
            found[-1] = Span(found[-1].start, row.end)
        else:
            found.append(row)
    return found


def is_entry(text: str, row: Span) -> bool:
    """Whether lines are an option with what it means."""
    if not _OPTION.match(text, row.start, row.end):
        return False
    return "\n" in text[row.start : row.end] or _GAP.search(text, row.start, row.end) is not None


def wrapped(text: str, rows: Sequence[Span]) -> set[int]:
    """The numbers of the lines that are words of a paragraph, one of which goes on in the next."""
    plain = [_is_plain(text, row) for row in rows]
    found: set[int] = set()
    for number in range(1, len(rows)):
        above, row = rows[number - 1], rows[number]
        if not (plain[number - 1] and plain[number] and _is_below(text, above, row)):
            continue
        if _is_long(text, above) and _column(text, above.start) == _column(text, row.start):
            found.update((number - 1, number))
    return found


def _hangs(text: str, entry: Span, row: Span) -> bool:
    if not _is_below(text, entry, row) or row.end - entry.start > LONGEST:
        return False
    if _OPENS.match(text, row.start) or _OPENS.match(text, entry.start):
        return False
    first, column = text.find("\n", entry.start, row.start), _column(text, row.start)
    gaps = _GAP.finditer(text, entry.start, first)
    if any(_column(text, gap.end()) == column for gap in gaps) and not _GAP.search(
        text, row.start, row.end
    ):
        return True
    option = _OPTION.match(text, entry.start) and not _OPTION.match(text, row.start)
    return bool(option) and column > _column(text, entry.start)


def _is_below(text: str, above: Span, row: Span) -> bool:
    """Whether two lines are neighbours, with words in both."""
    both = above.end > above.start and row.end > row.start
    return both and text.count("\n", above.end, row.start) == 1


def _is_plain(text: str, row: Span) -> bool:
    """Whether a line opens with a letter, has no sign of code, and of five words four of letters
    only."""
    if (
        row.start == row.end
        or not text[row.start].isalpha()
        or _CODE.search(text, row.start, row.end)
    ):
        return False
    words = text[row.start : row.end].split()
    return sum(_PLAIN.fullmatch(word) is not None for word in words) * 5 >= len(words) * 4


def _is_long(text: str, row: Span) -> bool:
    """Whether a line is as long as where people wrap, and has small words, as commands have not."""
    small = sum(word in STOP_WORDS for word in text[row.start : row.end].split())
    return row.end - row.start >= WRAPPED and small >= SMALL


def _column(text: str, place: int) -> int:
    start = text.rfind("\n", 0, place) + 1
    return len(text[start:place].expandtabs())
