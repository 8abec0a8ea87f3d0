"""The words of what is said that tell when. Pure."""

import re
from collections.abc import Sequence

from index.answers.former import asks_for_the_former, is_former
from index.answers.said import Said, overlap
from index.dates import ahead, first_day, last_day, mentions, recurring, unresolved
from index.documents.sections import day_of_row
from index.questions.question import asks_of_the_future, asks_of_the_present
from index.types import DateMention, Span

_GONE = re.compile(r"last\b|.*\b(?:ago|yesterday)$", re.IGNORECASE | re.DOTALL)
"""Time words that can only tell of what was."""
_PARTED = re.compile(r"\w;\s")
"""Between the day of a row and the last of several things that it tells."""
_FAR = 80
"""Code points before a place that are looked at."""
_TAIL = (
    r"(?:\s(?:all\sday|also|at|each|every|for|on|the))*"
    r"(?:\s(?:\w+days?|\d{1,2}\s\w+|\w+\s\d{1,2})(?:\sand|\sor|\s&|,)(?:\son)?)*\s+$"
)
_EXCEPTED = re.compile(
    rf"\b(?:(?:all|any|daily|each|every)(?:\s\w+){{0,3}}?,?\sbut|except(?:ing)?|excluding|other\sthan"
    rf"|apart\sfrom|never|not)(?:\s(?:available|open|served|staffed))?{_TAIL}",
    re.IGNORECASE,
)
_CLOSED = re.compile(rf"\b(?:closed|shut){_TAIL}", re.IGNORECASE)
_ASKS_WHEN_OPEN = re.compile(
    r"\b(?:available|borrow\w*|enter\w*|hours|open\w*|reach\w*|serv\w+|staffed|used?|visit\w*)\b",
    re.IGNORECASE,
)
"""What a day on which a place is closed is no answer to; "when is the outing?" it may be."""
_ASKS_WHEN_NOT = re.compile(r"\b(?:clos\w+|except\w*|never|not?|shut)\b|n['’]t\b", re.IGNORECASE)


def date_of(
    said: Said,
    document_date: str | None,
    *,
    first: Sequence[Span | None] = (),
    new: bool = True,
) -> DateMention | None:
    """The date that is nearest to the question's words.

    To "when will", none before the document's own; to "when is", none that its words say is over;
    none of a plan before it was changed, if it is told to when; and not the day that opens a row
    where another is counted from it ("12 March: Ann left yesterday"). first: parts whose dates go
    before all others, those of the first part foremost. new: whether it has to be one that the
    question does not give itself, as an answer is.
    """
    start, end = said.span.start, said.span.end
    found = mentions(said.text, start=start, end=end, document_date=document_date)
    fitting = [m for m in found if not (new and said.is_asked(m.span)) and may_be(said, m.span)]
    row = day_of_row(said.text, start)
    if row and any(
        m.basis == "relative"
        and m.date[7:]
        and m.date <= row.date
        and not _PARTED.search(said.text, row.span.end, m.span.start)
        for m in fitting
    ):
        fitting = [m for m in fitting if m.span != row.span]
    if document_date and asks_of_the_future(said.question.text):
        fitting = [m for m in fitting if last_day(m.date) >= first_day(document_date)]
    lasting = _lasting(said, [m.span for m in fitting])
    fitting = [m for m in fitting if m.span in lasting]
    parts = [[m for m in fitting if part and overlap(m.span, part)] for part in first]
    foremost = next((some for some in parts if some), fitting)
    return max(foremost, key=lambda m: said.nearness(m.span), default=None)


def time_of(
    said: Said, document_date: str | None, *, likely: Span | None, best: Span
) -> Span | None:
    """The words that tell when: a date, or else what can not be made one, such as "at Christmas" or
    "the following Monday"; else, to when something is or will be, a habit ("every Tuesday") or how
    long it is until then ("in two weeks").

    likely: those that the reader takes for the answer, if it is sure enough. best: the part that
    answers best. Both go before all else.
    """
    date = date_of(said, document_date, first=(likely, best))
    start, end = said.span.start, said.span.end
    untold = unresolved(said.text, start=start, end=end, document_date=document_date)
    untold = tuple(at for at in untold if overlap(at, best) and may_be(said, at))
    if not date and asks_of_the_present(said.question.text):
        untold = _as_a_rule(said, best, untold)
    vague = [at for at in untold if not said.is_asked(at)]
    lasting = _lasting(said, [*vague, *([date.span] if date else ())])
    vague = [at for at in vague if at in lasting]
    date = date if date and date.span in lasting else None
    likeliest = [at for at in vague if likely and overlap(at, likely)]
    if date and (not vague or overlap(date.span, likely if likeliest and likely else best)):
        return date.span
    return max(likeliest or vague, key=said.nearness, default=None)


def may_be(said: Said, at: Span) -> bool:
    """Whether time words can tell when that is which a question asks of: "last week" is over, and
    "except on Mondays" is when it is not."""
    now = asks_of_the_present(said.question.text)
    since = said.text[max(said.span.start, at.start - 6) : at.start].lower() == "since "
    if now and not since and _GONE.match(said.text, at.start, at.end):
        return False
    if _ASKS_WHEN_NOT.search(said.question.text):
        return True
    before = said.text[max(said.span.start, at.start - _FAR) : at.start]
    opens = now and _ASKS_WHEN_OPEN.search(said.question.text)
    return not (_EXCEPTED.search(before) or (opens and _CLOSED.search(before)))


def _as_a_rule(said: Said, part: Span, untold: tuple[Span, ...]) -> tuple[Span, ...]:
    """Time words with the habit that they are of, or else a habit, or how long it is until then."""
    found = recurring(said.text, start=part.start, end=part.end)
    habits = tuple(at for at in found if may_be(said, at))
    if untold:
        return tuple(next((h for h in habits if overlap(h, at)), at) for at in untold)
    return habits or ahead(said.text, start=part.start, end=part.end)


def _lasting(said: Said, places: Sequence[Span]) -> Sequence[Span]:
    """Without the times of a plan before it was changed, if any is left; these if they are asked
    for."""
    asked = asks_for_the_former(said.question.text)
    return [at for at in places if is_former(said.text, at) == asked] or places
