"""What heads the columns of a table, for a row that is read without it. Pure."""

import csv
import re
from collections.abc import Sequence

ROWS = 500
"""Rows above a place among which the head is looked for."""
HEAD = 200
"""Code points of a head that are of use."""
LONGEST = 1000
"""Code points of a line that is looked through for values: a longer one is no row."""
_RULE = re.compile(r"\s*+\|?\s*+:?-{2,}+[\s|:-]*+")
_DIGIT = re.compile(r"\d")
GAP = "   "
"""White space that parts two columns."""
_CELLS = re.compile(r"(?:^\s*|\s{3,})(\S+(?:\s{1,2}\S+)*)")


def head_above(text: str, place: int) -> str:
    """The names of the columns above the row at a place, " | " between; empty where it is no row,
    or the head.

    In Markdown a rule parts them from the rows. Of rows with tabs the first is the head, if it has
    as many as the row and no digit; so it is of rows with wide gaps whose columns stand below its
    own, and of values between commas or semicolons, where it also differs from each row in some
    column.
    """
    start = text.rfind("\n", 0, place) + 1
    row = _line(text, start)
    if "|" in row:
        above = _above(text, start, "|")
        ruled = next((n for n, line in enumerate(above) if _RULE.fullmatch(line)), len(above))
        head = above[ruled + 1] if ruled + 1 < len(above) else ""
        return "" if _RULE.fullmatch(head) else _named(head)
    if "\t" in row.strip():
        first = _first(_above(text, start, "\t"))
        return _named(first.replace("\t", "|")) if first.count("\t") == row.count("\t") else ""
    if GAP in row.strip() and len(row) <= LONGEST:
        first = _first(_above(text, start, GAP))
        names = [cell[1] for cell in _CELLS.finditer(first)]
        return _named("|".join(names)) if _is_below(row, first) else ""
    return _head_of_values(text, start, row)


def _above(text: str, start: int, mark: str) -> list[str]:
    """The lines above a row that have the mark, the nearest first."""
    above: list[str] = []
    while start and len(above) < ROWS:
        start = text.rfind("\n", 0, start - 1) + 1
        line = _line(text, start)
        if mark not in line.strip():
            break
        above.append(line)
    return above


def _first(above: Sequence[str]) -> str:
    """The first of the rows, unless a digit shows that it is none of names, or it is far above."""
    found = above and len(above) < ROWS and not _DIGIT.search(above[-1])
    return above[-1] if found and len(above[-1]) <= LONGEST else ""


def _is_below(row: str, head: str) -> bool:
    """Whether each cell of a row begins or ends where one of the head does."""
    ours, heads = (list(_CELLS.finditer(line)) for line in (row, head))
    pairs = zip(ours, heads, strict=False)
    aligned = all(a.start(1) == b.start(1) or a.end(1) == b.end(1) for a, b in pairs)
    return len(ours) == len(heads) > 1 and aligned


def is_head(text: str, place: int) -> bool:
    """Whether the line at a place names the columns of the rows below it, and is none of these."""
    below = text.find("\n", place) + 1
    after = text.find("\n", below) + 1 if below else 0
    headed = any(head_above(text, start) for start in (below, after) if start)
    return headed and not head_above(text, place)


def _head_of_values(text: str, start: int, row: str) -> str:
    mark = ";" if ";" in row else ","
    rows = [_values(row, mark)]
    while rows[0] and start and len(rows) < ROWS:
        start = text.rfind("\n", 0, start - 1) + 1
        values = _values(_line(text, start), mark)
        if len(values) != len(rows[0]):
            break
        rows.append(values)
    *below, head = rows
    return _named(" | ".join(head)) if len(rows) < ROWS and _heads(head, below) else ""


def _values(line: str, mark: str) -> list[str]:
    """The values of a line; none where it has one only, or white space after a mark, as prose, or
    where a value goes on below."""
    if len(line) > LONGEST or line.count('"') % 2:
        return []
    try:
        found = next(csv.reader([line.strip()], delimiter=mark), [])
    except csv.Error:
        return []
    return found if len(found) > 1 and not any(value[:1].isspace() for value in found) else []


def _heads(head: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row without a digit or a gap has a column of nothing but values with digits below
    it, or in small letters one of values with capitals."""
    if not (below and all(head)) or any(map(_DIGIT.search, head)):
        return False
    return any(
        all(map(_DIGIT.search, values))
        or (name.islower() and all(value[:1].isupper() for value in values))
        for name, *values in zip(head, *below, strict=True)
    )


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else None]


def _named(head: str) -> str:
    return " ".join(head.replace("|", " | ").split()).strip(" |")[:HEAD]
