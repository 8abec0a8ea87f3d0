"""Lines that are rows: of a table, of comma-separated values, of a log, of a chat. Pure."""

import re
from itertools import groupby

from index.documents.rows import opens_lower
from index.types import Span

MAX_ROW = 240
"""A longer line holds sentences, whatever is above and below it: code points."""
LEADERS = r" \.{4,}|\.{6,}|(?: \.){4,}| ?…{2,}"
"""Dots that lead from a name to its price or its page."""
_COLUMNS = re.compile(rf"\S(?: *\t[ \t]*| {{3,}}\t*| +\| +)\S|\S(?:{LEADERS}) ?[^\s.…]|^\|.*\|")
_GAPS = ("   ", "\t", "|", "....", ". . .", "……")
_GAP = re.compile(r"[^\s.!?:,;…\"'”’)]  \S")
_STAMP = re.compile(
    r"[\[(<]?(?:(?P<log>(?:[\d/.-]{8,10}[T ]|[A-Z][a-z]{2} +\d\d? )?\d\d:\d\d:\d\d"
    r"|[\d/.-]{8,10}[T ]\d\d:\d\d)|\d\d?[:.]\d\d)\b"
)
_VALUES = re.compile(r"(?!(?<=\d),\d{3}\b)[,;](?=[\"'“]?[^\s\"'”’])")
"""Between two values, not in 1,000 and not in "Yes," she said."""


def is_row(text: str, span: Span) -> bool:
    """Whether a line is plainly the row of a table, whatever is above and below it."""
    form = _form(text, span)
    return form == "columns" or form.startswith(",,")


def forms_of(text: str, rows: list[Span]) -> list[str]:
    """What each line of a paragraph is, if not prose: the row of a table, of a log, of a chat."""
    found: list[str] = []
    for form, run in groupby(rows, lambda row: _form(text, row)):
        some = list(run)
        found += [form if _is_table(text, form, some) else ""] * len(some)
    return found


def is_piped(text: str, row: Span) -> bool:
    return text[row.start] == "|" and text.find("|", row.start + 1, row.end) > 0


def _form(text: str, row: Span) -> str:
    """What a line may have in common with the row of a table above it."""
    if row.end - row.start > MAX_ROW:
        return ""
    line = text[row.start : row.end]
    if any(gap in line for gap in _GAPS) and _COLUMNS.search(line):
        return "columns"
    if stamp := _STAMP.match(line):
        return "log" if stamp["log"] else "minutes"
    if "  " in line and _GAP.search(line):
        return "gaps"
    spaced = line.count(", ") == line.count(",") and line.count("; ") == line.count(";")
    return "" if spaced else "," * len(_VALUES.findall(line))


def _is_table(text: str, form: str, rows: list[Span]) -> bool:
    if form in ("columns", "log", "minutes"):
        return len(rows) > 1
    certain = len(form) > 1 and form[0] == ","
    return bool(form) and len(rows) > 2 and (certain or not opens_lower(text, rows))
