"""What heads the columns of a table, for a row that is read without it. Pure."""

import re

ROWS = 500
"""Rows above a place among which the head is looked for."""
HEAD = 200
"""Code points of a head that are of use."""
_RULE = re.compile(r"\s*+\|?\s*+:?-{2,}+[\s|:-]*+")
_DIGIT = re.compile(r"\d")


def head_above(text: str, place: int) -> str:
    """The names of the columns above the row at a place; empty where it is no row, or the head.

    In Markdown a rule parts them from the rows. Of rows with tabs the first is the head, if it has
    as many as the row and no digit.
    """
    start = text.rfind("\n", 0, place) + 1
    row = _line(text, start)
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


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else None]


def _named(head: str) -> str:
    return " ".join(head.replace("|", " | ").split()).strip(" |")[:HEAD]
