"""The words of a quote that answer. Pure; all spans are the document's."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.dates import mentions
from index.lexical import distinct, is_number, words
from index.question import Question, names_in
from index.types import DateMention, Span

_CLAUSE_END = re.compile(r",?\s(?:but|while|whereas)\s|[,;:–—]\s|\s[-–—]\s", re.IGNORECASE)
_SCALE = re.compile(
    r"\s(?:hundred|thousand|million|billion|trillion|bn|bln|mn|mln|per\s?cent|percentage points)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|[ap]\.?m|(?:second|minute|hour|day|week|month|quarter|year)s?)\b",
    re.IGNORECASE,
)
_ANY_DATE = "2000-01-01"
"""Lets "in May" and "on Sunday" be seen as dates where the document has none of its own."""
_NAME_GAP = re.compile(r"\s(?:of\s|de\s|van\s|von\s|the\s|al-)?$")


def date_of(
    question: Question,
    text: str,
    span: Span,
    document_date: str | None,
    *,
    first: Span | None = None,
    new: bool = True,
) -> DateMention | None:
    """The date in text[span] that is nearest to the question's words.

    first: a part of it whose dates go before all others. new: whether it has to be one that the
    question does not give itself, as an answer is.
    """
    found = mentions(text, start=span.start, end=span.end, document_date=document_date)
    fitting = [m for m in found if not (new and _said(question, text, m.span))]
    foremost = [m for m in fitting if first and first.start <= m.span.start < first.end]
    return max(
        foremost or fitting, key=lambda m: _nearness(question, text, span, m.span), default=None
    )


def highlight(
    question: Question, text: str, span: Span, date: DateMention | None, likely: Span | None
) -> tuple[Span, ...]:
    """The words in text[span] that answer; none rather than a guess.

    The date found, the amounts or the names (new to the question) of the clause nearest to its
    words. likely: those that the reader takes for the answer, if it is sure enough. They are marked
    where none of that kind is asked for; to a "when" without a date, if they tell a time or how
    long: "at 07:00", "within 14 days".
    """
    if question.asks == "person":
        return _nearest(_names, question, text, span)
    if question.asks == "amount":
        return _nearest(_amounts, question, text, span)
    if question.asks == "date" and date:
        return (date.span,)
    if likely is None or _said(question, text, likely):
        return ()
    timed = question.asks != "date" or _TIME.search(text, likely.start, likely.end)
    return (likely,) if timed else ()


def _nearest(
    of: Callable[[Question, str, Span], tuple[Span, ...]], question: Question, text: str, span: Span
) -> tuple[Span, ...]:
    """What the clause nearest to the question's words has of a kind, else what all of it has."""
    return of(question, text, _best_clause(question, text, span)) or of(question, text, span)


def _said(question: Question, text: str, span: Span) -> bool:
    return distinct(text[span.start : span.end]) <= set(question.terms)


def _overlap(question: Question, text: str, span: Span) -> int:
    return len(distinct(text[span.start : span.end]).intersection(question.terms))


def _nearness(question: Question, text: str, span: Span, at: Span) -> tuple[int, int]:
    clause = next(
        c for c in _clauses(text, span) if c.start <= at.start < c.end or c.end == span.end
    )
    return _overlap(question, text, clause), -at.start


def _clauses(text: str, span: Span) -> list[Span]:
    """The parts of text[span] between commas and the like, without white space at their ends."""
    edges = [
        span.start,
        *(m.end() for m in _CLAUSE_END.finditer(text, span.start, span.end)),
        span.end,
    ]
    parts = (_trim(text, a, b) for a, b in pairwise(edges))
    return [part for part in parts if part.start < part.end] or [span]


def _trim(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    lead = len(part) - len(part.lstrip())
    return Span(start + lead, max(start + lead, start + len(part.rstrip(" \t\r\n,;:–—-"))))


def _best_clause(question: Question, text: str, span: Span) -> Span:
    return max(_clauses(text, span), key=lambda c: (_overlap(question, text, c), -c.start))


def _amounts(question: Question, text: str, span: Span) -> tuple[Span, ...]:
    """Numbers with their sign and scale, dates left out: `$11 billion`, `15%`."""
    numbers = [
        Span(span.start + at.start, span.start + at.end)
        for token, at in words(text[span.start : span.end])
        if is_number(token) and token not in question.terms
    ]
    dates = mentions(text, start=span.start, end=span.end) if numbers else ()
    found: list[Span] = []
    for place in numbers:
        if _inside(place, dates):
            continue
        scale = _SCALE.match(text, place.end, span.end)
        place = Span(place.start, scale.end() if scale else place.end)
        if not found or found[-1].end <= place.start:
            found.append(place)
    return tuple(found)


def _inside(place: Span, dates: Sequence[DateMention]) -> bool:
    return any(d.span.start <= place.start and place.end <= d.span.end for d in dates)


def _names(question: Question, text: str, span: Span) -> tuple[Span, ...]:
    """Runs of capitalised words, whole names, that are no date and not in the question."""
    runs: list[Span] = []
    names = names_in(text, start=span.start, end=span.end)
    if not names:
        return ()
    dates = mentions(text, start=span.start, end=span.end, document_date=_ANY_DATE)
    for match in names:
        if _inside(Span(match.start(), match.end()), dates):
            continue
        gap = text[runs[-1].end : match.start()] if runs else ""
        if runs and gap and _NAME_GAP.fullmatch(gap):
            runs[-1] = Span(runs[-1].start, match.end())
        else:
            runs.append(Span(match.start(), match.end()))
    return tuple(run for run in runs if not _said(question, text, run))
