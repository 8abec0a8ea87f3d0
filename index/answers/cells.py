"""The cells of a row of a table: which one is asked for, and none marked with a part of another."""

import re
from collections.abc import Sequence

from index.answers.said import Said
from index.documents.columns import head_above
from index.questions.question import Question
from index.types import Span
from index.words.lexical import distinct

_BARS = re.compile(r"(?:^|\|)([^|]*)")
_TABS = re.compile(r"(?:^|\t)([^\t]*)")
_GAPS = re.compile(r"(?:^|\s{3,})(\S+(?:\s{1,2}\S+)*)")
_VALUES = {mark: re.compile(rf'(?:^|{mark})("(?:[^"]|"")*"|[^{mark}]*)') for mark in (",", ";")}
_HOW_MUCH = re.compile(r"\bhow\s+much\b|\b(?:costs?|price[ds]?)\b", re.IGNORECASE)
_PRICE = distinct("amount cost fee price quantity rate")
_HOW_MANY = re.compile(r"\bhow\s+many\b", re.IGNORECASE)
_NUMBER = distinct("count how in many number of qty quantity stock")
_NAME = distinct("full name person who")
_TELLS_TIME = re.compile(
    r"\d:\d\d|\b(?:19|20)\d\d\b|\b\d\d?(?:[./-]\d\d?\b|\s?[ap]\.?m\b|\s[a-z]{3})"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\w*day|noon|midnight|daily|weekly)",
    re.IGNORECASE,
)
_TIME = distinct("date day deadline due hours month time week weekday when year")


def asked_cell(said: Said) -> Span | None:
    """The cell of a row under the only head that the question names best, or, where it asks how
    much, under the only one of a price, where how many, of nothing but a number, where when, of a
    time, where who, of a name; None of what is no row, or has no heads.

    What the question gives itself is not asked for. The first cell says what the row is of: it is
    asked for only by "which", "who" and the like.
    """
    question, text, row = said.question, said.text, said.span
    head = head_above(text, row.start) if "\n" not in said.words(row) else ""
    if not head:
        return None
    heads = [distinct(name) for name in head.split("|")]
    cells = _cells(text, row)
    columns = list(zip(heads[::-1], cells[::-1], strict=False))
    priced = any(name & _PRICE and said.is_asked(at) for name, at in columns)
    columns = [(name, at) for name, at in columns if not said.is_asked(at)]
    first = columns.pop() if columns and columns[-1][1] == cells[0] else None
    found = _best_named(columns, question)
    if question.asks == "date":
        timed = [(name, at) for name, at in columns if name & _TIME]
        found = [at for at in found if _TELLS_TIME.search(said.words(at))]
        found = found or _best_named(timed, question) or [at for _, at in timed]
    elif not found and _HOW_MUCH.search(question.text):
        of = [first] if priced and first else columns
        found = [at for name, at in of if priced or name & _PRICE]
    if not found and _HOW_MANY.search(question.text):
        found = [at for name, at in columns if name and name <= _NUMBER]
    if not found and first and question.asks == "thing":
        found = _best_named([first], question)
    if not found and question.asks == "person":
        named = [at for name, at in [*columns, *filter(None, [first])] if name and name <= _NAME]
        found = [at for at in named if not said.shared(at)]
    return found[0] if len(found) == 1 and distinct(text[found[0].start : found[0].end]) else None


def _best_named(columns: Sequence[tuple[frozenset[str], Span]], question: Question) -> list[Span]:
    """The cells under the heads that share most words with a question; none where none does."""
    shared = [len(name.intersection(question.terms)) for name, _ in columns]
    most = max(shared, default=0)
    return [at for (_, at), n in zip(columns, shared, strict=True) if n == most > 0]


def within_cell(text: str, mark: Span, *, figures: bool = False) -> Span:
    """Words that are marked without those of another cell: the longest part of them in one.

    figures: of those with a figure, if any has one.
    """
    parts = _cells(text, mark) if "\n" not in text[mark.start : mark.end] else [mark]
    if figures:
        parts = [at for at in parts if re.search(r"\d", text[at.start : at.end])] or parts
    return max(parts, key=lambda at: (at.end - at.start, -at.start))


def _cells(text: str, part: Span) -> list[Span]:
    """The cells of a row, or of a part of one, without white space: from bar to bar, from tab to
    tab, between wide gaps, or, under a head, from comma to comma; else the part itself."""
    row, start = text[part.start : part.end], part.start
    if "|" in row:
        bare = row.strip().removesuffix("|")
        start += len(row) - len(row.lstrip())
        found = list(_BARS.finditer(bare.removeprefix("|")))
        start += bare.startswith("|")
    elif "\t" in row or "   " in row:
        found = list((_TABS if "\t" in row else _GAPS).finditer(row))
    elif re.search(r"[,;]\S", row) and head_above(text, part.start):
        found = list(_VALUES[";" if ";" in row else ","].finditer(row))
    else:
        return [part]
    return [_stripped(text, start + cell.start(1), start + cell.end(1)) for cell in found]


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, max(start, start + len(words.strip())))
