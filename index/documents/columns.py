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


def head_above(text: str, place: int) -> str:
    """The names of the columns above the row at a place; empty where it is no row, or the head.

    In Markdown a rule parts them from the rows. Of rows with tabs the first is the head, if it has
    as many as the row and no digit; so it is of values between commas or semicolons, where it also
    differs from each row in some column.
    """
    start = text.rfind("\n", 0, place) + 1
    row = _line(text, start)
    if not ("|" in row or "\t" in row):
        return _head_of_values(text, start, row)
    above: list[str] = []
    mark = "|" if "|" in row else "\t"
    while mark in row and start and len(above) < ROWS:
        start = text.rfind("\n", 0, start - 1) + 1
        line = _line(text, start)
        if mark not in line:
            break
        above.append(line)
    if mark == "\t":
        first = above[-1] if above else ""
        heads = first.count(mark) == row.count(mark) and not _DIGIT.search(first)
        return _named(first) if heads and len(above) < ROWS else ""
    ruled = next((n for n, line in enumerate(above) if _RULE.fullmatch(line)), len(above))
    head = above[ruled + 1] if ruled + 1 < len(above) else ""
    return "" if _RULE.fullmatch(head) else _named(head)


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
