"""What heads the columns of a table, for a row that is read without it. Pure."""

import csv
import re
from collections.abc import Callable, Sequence

ROWS = 500
"""Rows above a place among which the head is looked for."""
HEAD = 200
"""Code points of a head that are of use."""
LONGEST = 1000
"""Code points of a line that is looked through for values: a longer one is no row."""
_RULE = re.compile(r"\s*+\|?\s*+:?-{2,}+[\s|:-]*+")
_DIGIT = re.compile(r"\d")
_LINE = re.compile(r"[-=~+]+")
GAP = "   "
"""White space that parts two columns."""
_CELLS = re.compile(r"(?:^\s*|\s{3,})(\S+(?:\s{1,2}\S+)*)")


def head_above(text: str, place: int) -> str:
    """The names of the columns above the row at a place, " | " between; empty where it is no row,
    or the head.

    In Markdown a rule parts them from the rows. Of rows with tabs, with wide gaps, or of values
    between commas or semicolons the first is the head, if it has as many cells as each, under one
    another where gaps part them, and a rule is below it or it differs from each in some column.
    """
    start = text.rfind("\n", 0, place) + 1
    row = _line(text, start)
    if "|" in row:
        return _ruled(text, start)
    if "\t" in row.strip():
        return _first(text, start, lambda line: line.lstrip().rstrip(" \r").split("\t"))
    if GAP in row.strip():
        return _first(text, start, lambda line: [cell[1] for cell in _CELLS.finditer(line)])
    return _first(text, start, lambda line: _values(line, ";" if ";" in row else ","))


def _ruled(text: str, start: int) -> str:
    above: list[str] = []
    line = _line(text, start)
    while "|" in line and start and len(above) < ROWS:
        start = text.rfind("\n", 0, start - 1) + 1
        line = _line(text, start)
        above.append(line)
    ruled = next((n for n, line in enumerate(above) if _RULE.fullmatch(line)), len(above))
    head = above[ruled + 1] if ruled + 1 < len(above) else ""
    return "" if _RULE.fullmatch(head) or "|" not in head else _named(head)


def _first(text: str, start: int, cells: Callable[[str], list[str]]) -> str:
    """The first of the rows that end at a line, if it is their head, as they or the one below that
    line show. cells: those of a line."""
    place, lines = start, [_line(text, start)]
    rows = [cells(lines[0])] if len(lines[0]) <= LONGEST else [[]]
    while len(rows[0]) > 1 and start and len(rows) < ROWS:
        start = text.rfind("\n", 0, start - 1) + 1
        line = _line(text, start)
        values = cells(line) if len(line) <= LONGEST else []
        if len(values) != len(rows[0]):
            break
        rows.append(values)
        lines.append(line)
    while rows and _is_rule(rows[-1]):
        rows.pop()
    *below, head = rows or [[]]
    after = _line(text, end + 1) if (end := text.find("\n", place)) >= 0 else ""
    following = cells(after) if len(after) <= LONGEST else []
    table = [following, *below] if below and len(following) == len(head) else below
    shown = _heads(head, below) or _heads(head, table)
    headed = len(rows) < ROWS and shown and _is_below(lines[0], lines[len(below)])
    return _named(" | ".join(head)) if headed else ""


def _is_rule(cells: Sequence[str]) -> bool:
    return all(_LINE.fullmatch(cell) for cell in cells)


def _is_below(row: str, head: str) -> bool:
    """Whether each cell of a row, if gaps part them, begins or ends where one of the head does."""
    if "\t" in row.strip() or GAP not in row.strip():
        return True
    pairs = zip(_CELLS.finditer(row), _CELLS.finditer(head), strict=False)
    return all(a.start(1) == b.start(1) or a.end(1) == b.end(1) for a, b in pairs)


def is_head(text: str, place: int) -> bool:
    """Whether the line at a place names the columns of the rows below it, and is none of these."""
    below = text.find("\n", place) + 1
    after = text.find("\n", below) + 1 if below else 0
    headed = any(head_above(text, start) for start in (below, after) if start)
    return headed and not head_above(text, place)


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
    """Whether a row without a digit or a gap has a rule below it or heads three columns of two rows
    or more, or a column of mostly values with digits, or in small letters one of values with
    capitals."""
    rows = [row for row in below if not _is_rule(row)]
    if not (rows and all(head)) or any(map(_DIGIT.search, head)):
        return False
    return (
        _is_rule(below[-1])
        or (len(head) > 2 and len(rows) > 1)
        or any(
            sum(map(bool, map(_DIGIT.search, values))) * 2 > len(values)
            or (name.islower() and all(value[:1].isupper() for value in values))
            for name, *values in zip(head, *rows, strict=True)
        )
    )


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else None]


def _named(head: str) -> str:
    return " ".join(head.replace("|", " | ").split()).strip(" |")[:HEAD]
