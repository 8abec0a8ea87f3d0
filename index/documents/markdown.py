"""What Markdown sets apart from paragraphs: front matter, headings and code. Pure."""

import re
from collections.abc import Iterator
from itertools import pairwise

from index.documents.entries import wrapped
from index.documents.heading import fence_below, front_matter
from index.documents.mails import SIGNED
from index.documents.rows import (
    Block,
    adjacent,
    after_marker,
    code,
    is_indented,
    opens_block,
    strip,
    unquoted,
)
from index.types import Kind, Span

_ATX = re.compile(r"(?:>\s?)*#{1,6}\s+")
_UNDERLINE = re.compile(r"=+|-+")


def set_apart(text: str, rows: list[Span]) -> dict[int, Block]:
    """The rows of Markdown that belong to no paragraph: of front matter, headings and code.

    By their numbers; what marks them, as a fence, is left empty.
    """
    found: dict[int, Block] = {}
    front, fence, prose = front_matter(text)[1], "", wrapped(text, rows)
    quoted = 0  # how deep the quotation is that the fence is in
    for number, (row, indented) in enumerate(zip(rows, _is_code(text, rows), strict=True)):
        if row.start < front:
            found[number] = Block(row, Kind.FRAGMENT)
            continue
        depth, line = unquoted(text, row) if quoted or not fence else (0, row)
        fence = fence if depth >= quoted else ""
        outer, fence = fence, fence_below(text[line.start : line.end], fence)
        quoted = (quoted if outer else depth) if fence else 0
        inside = bool(outer and fence)
        if (outer or fence) and not inside:
            found[number] = code(text, Span(row.end, row.end))
        elif not inside and (heading := _heading(text, rows, number)):
            found[number] = Block(heading, Kind.HEADING)
        elif (inside or indented) and number not in prose:
            found[number] = code(text, line if quoted else row)
    return found


def _heading(text: str, rows: list[Span], number: int) -> Span | None:
    """The words of a heading: after hashes, or a paragraph of one line that is underlined."""
    row = rows[number]
    if is_indented(text, row):
        return None
    if atx := _ATX.match(text, row.start, row.end):
        words = text[atx.end() : row.end]
        bare = words.rstrip("#")
        return strip(text, atx.end(), row.end - (len(words) - len(bare)) * bare[-1:].isspace())
    return row if _is_underlined(text, rows, number) else None


def _is_underlined(text: str, rows: list[Span], number: int) -> bool:
    row, following = rows[number], rows[number + 1 : number + 2]
    if not following or not _UNDERLINE.fullmatch(text, following[0].start, following[0].end):
        return False
    if text[following[0].start : following[0].end + 1] == SIGNED:
        return False
    alone = number == 0 or not adjacent(text, rows[number - 1], row)
    return alone and adjacent(text, row, following[0]) and not opens_block(text, row)


def _is_code(text: str, rows: list[Span]) -> Iterator[bool]:
    """Whether each row is indented as code is, and is not the rest of a paragraph or a list."""
    coded = listed = False
    for above, row in pairwise([Span(0, 0), *rows]):
        marked, indented = after_marker(text, row) > row.start, is_indented(text, row)
        goes_on = adjacent(text, above, row) and not coded
        coded = indented and not (marked or listed or goes_on)
        listed = marked or (listed and (indented or row.start == row.end))
        yield coded
