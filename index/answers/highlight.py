"""The words of a quote that answer. Pure; all spans are the document's."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from index.dates import mentions, recurring, times, unresolved
from index.questions.question import (
    PARTICLE,
    SHORTENED,
    Asks,
    Question,
    asks_of_the_present,
    names_in,
)
from index.types import DateMention, Span
from index.words.lexical import content, distinct, is_number, telling, words

_CLAUSE_END = re.compile(r",?\s(?:but|while|whereas)\s|[,;:–—]\s|\s[-–—|]\s", re.IGNORECASE)
_SCALE = re.compile(
    r"\s(?:hundred|thousand|million|billion|trillion|bn|bln|mn|mln|per\s?cent|percentage points)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\bper\s?cent(?:age)?\b", re.IGNORECASE)
_SHARES = ("%", "percent", "per cent", "percentage points")
SHORT = 6
"""Words that an amount has at most with what it is an amount of."""
FAR = 200
"""Code points before a place in which a word of the question is near it, and words between it and
one that is not there: a line may have a thousand dates, and no end."""
_TIME = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|[ap]\.?m|(?:minute|hour|day|week|month|quarter|year)s?|seconds"
    r"|(?:a|one|per) second)\b",
    re.IGNORECASE,
)
"""A time of the day or how long; "the second floor" is neither."""
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\b\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow\s+(?:many|much)\b", re.IGNORECASE)
_STOP = re.compile(r"[\s,;:*`]+$|(?<=[^\s.][^\s.])\.$")
"""What ends a clause or sentence; a stop after another is of the word ("a.m.")."""
_OPENING = re.compile(r"[\s*`]*(?:[(\[](?![^()\[\]]*[)\]]))?")
"""What may stand before the first word: marks of emphasis, a bracket that is not closed."""
_WHOLE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?]"
    r"|(?<![\w.,])(?:\+\d|\(?0\d)\d*(?:[ /()\u00a0-]{1,2}\d+)+|\w+\([^\s()]{0,20}\)"
)
"""What is no more than one word, whatever stands in it: an address, a telephone number, scp(1)."""
_RUN = re.compile(r"[^\s()\[\]{}<>\"'`“”‘’«»,;|*]+")
_CODE = re.compile(r"\\\w|[^\W_]_[^\W_]|\w[=+]\w|\$[A-Za-z]|~/|^\.{0,2}/\w|/[^/]+/")
"""What only paths, settings, variables and versions have: /etc/hosts, MAX_AGE, 1.2+deb12."""
_PAIRS = (("(", ")"), ("[", "]"), ("`", "`"), ('"', '"'), ("“", "”"))
_NAME_GAP = re.compile(rf"\s(?:&\s|(?:(?:of|the|{PARTICLE})\s){{0,2}}(?:d['’]|al-)?)")
_CALENDAR = re.compile(
    r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?|January|February|April|June|July"
    r"|August|September|October|November|December"
)
"""Names, but of no person: in a rota's row no date can be made of them."""

_Kind = Callable[[Question, str, Span], tuple[Span, ...]]


def date_of(
    question: Question,
    text: str,
    span: Span,
    document_date: str | None,
    *,
    first: Sequence[Span | None] = (),
    new: bool = True,
) -> DateMention | None:
    """The date in text[span] that is nearest to the question's words.

    first: parts of it whose dates go before all others, those of the first part foremost. new:
    whether it has to be one that the question does not give itself, as an answer is.
    """
    found = mentions(text, start=span.start, end=span.end, document_date=document_date)
    fitting = [m for m in found if not (new and _said(question, text, m.span))]
    parts = [[m for m in fitting if part and _overlaps(m.span, part)] for part in first]
    foremost = next((some for some in parts if some), fitting)
    return max(foremost, key=lambda m: _nearness(question, text, span, m.span), default=None)


def time_of(
    question: Question,
    text: str,
    span: Span,
    document_date: str | None,
    *,
    likely: Span | None,
    best: Span,
) -> Span | None:
    """The words in text[span] that tell when: a date, or else what can not be made one, such as
    "at Christmas" or "the following Monday"; else, to when something is, a habit: "every Tuesday".

    likely: those that the reader takes for the answer, if it is sure enough. best: the part of the
    span that answers best. Both go before all else.
    """
    date = date_of(question, text, span, document_date, first=(likely, best))
    untold = unresolved(text, start=best.start, end=best.end, document_date=document_date)
    if not (date or untold) and asks_of_the_present(question.text):
        untold = recurring(text, start=best.start, end=best.end)
    vague = [at for at in untold if not _said(question, text, at)]
    said = [at for at in vague if likely and _overlaps(at, likely)]
    if date and (not vague or _overlaps(date.span, likely if said and likely else best)):
        return date.span
    return max(said or vague, key=lambda at: _nearness(question, text, span, at), default=None)


def highlight(
    question: Question,
    text: str,
    span: Span,
    time: Span | None,
    likely: Span | None,
    *,
    best: Span | None = None,
) -> tuple[Span, ...]:
    """The words in text[span] that answer; none rather than a guess.

    time: those that tell when, to a question that asks it. likely: those that the reader takes for
    the answer, if it is sure enough. To "did it ..." their clause is marked: a figure or a name
    alone is no yes or no. To "how much" and "who", the amounts or the names (new to the question)
    in those, or else in the clause nearest to its words, or else in all. They are marked themselves
    to a "who" if they have no name, to a "when" without a date if they tell a time or how long ("at
    07:00", "within 14 days"), and where nothing of these kinds is asked for. best: the part of the
    span that answers best, which goes before the rest.
    """
    if question.asks == "date" and time:
        return (time,)
    words = None if likely is None else _whole(text, span, likely)
    words = words if words and _answers(question, text, words) else None
    if question.asks == "whether":
        return _clause_of(question, text, best or span, words) if words else ()
    of = _KINDS.get(question.asks)
    if of:
        return _of_a_kind(of, question, text, span, best or span, words)
    timed = question.asks != "date" or (words and _TIME.search(text, words.start, words.end))
    return (words,) if words and timed else ()


def _answers(question: Question, text: str, words: Span) -> bool:
    """Whether words are more than those of the question, and than "it", "we" and the like."""
    return bool(telling(text[words.start : words.end])) and not _said(question, text, words)


def _of_a_kind(
    of: _Kind, question: Question, text: str, span: Span, best: Span, words: Span | None
) -> tuple[Span, ...]:
    """What of a kind answers; words: what the reader takes for the answer. An amount is marked with
    what it is an amount of, if the reader takes that along: "45 minutes", "4,600 signatures"."""
    if words:
        inside = [at for at in of(question, text, best) if _overlaps(at, words)]
        short = len(text[words.start : words.end].split()) <= SHORT
        if inside and of is _amounts and short:
            start, end = min(words.start, inside[0].start), max(words.end, inside[-1].end)
            return (Span(start, end),)
        if inside or of is names:
            return tuple(inside) or (words,)
    return _nearest(of, question, text, best) or _nearest(of, question, text, span)


def _clause_of(question: Question, text: str, span: Span, words: Span) -> tuple[Span, ...]:
    """Of the clauses of text[span] that have some of the words the one nearest to the question's;
    none where that has none of these: "since 3 May 2020" alone is no yes."""
    held = [one for one in _clauses(text, span) if _overlaps(one, words)]
    near = max(held, key=lambda one: (_overlap(question, text, one), -one.start), default=None)
    return (_whole(text, span, near),) if near and _overlap(question, text, near) else ()


def is_hour(words: str) -> bool:
    """Whether words tell a time of day and nothing more: "at 14:05", "from 9am to 3 p.m."."""
    return bool(_CLOCK.search(words)) and not re.search(r"\d|[^\W_]{5}", _CLOCK.sub("", words))


def _overlaps(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _whole(text: str, span: Span, part: Span) -> Span:
    """A part of text[span] with all of the words and amounts that it has a piece of, and without
    the stop or comma after them."""
    places = (at for _, at in words(text[span.start : span.end]))
    own = (Span(span.start + at.start, span.start + at.end) for at in places)
    whole = (Span(*match.span()) for match in _WHOLE.finditer(text, span.start, span.end))
    cut = [at for at in (*own, *whole, *_codes(text, span)) if _overlaps(at, part)]
    start = min([part.start, *(at.start for at in cut)])
    end = max([part.end, *(at.end for at in cut)])
    end = start + len(_STOP.sub("", text[start:end]))
    opening = _OPENING.match(text, start, end)
    return _paired(text, span, Span(opening.end() if opening else start, end))


def _codes(text: str, span: Span) -> Iterator[Span]:
    """The paths, settings, variables and versions in text[span], without the stop after them."""
    for run in _RUN.finditer(text, span.start, span.end):
        if _CODE.search(run.group()):
            yield Span(run.start(), run.start() + len(run.group().rstrip(".:!?")))


def _paired(text: str, span: Span, part: Span) -> Span:
    """With the bracket or quotation mark right beside it that belongs to one within."""
    start, end = part.start, part.end
    for left, right in _PAIRS:
        words = text[start:end]
        opened = words.count(left) % 2 if left == right else words.count(left) - words.count(right)
        if opened > 0 and end < span.end and text[end] == right:
            end += 1
        elif opened and (opened < 0 or left == right) and text[max(span.start, start - 1)] == left:
            start = max(span.start, start - 1)
    return Span(start, end)


def _nearest(of: _Kind, question: Question, text: str, span: Span) -> tuple[Span, ...]:
    """What the clause nearest to the question's words has of a kind, else what all of it has."""
    return of(question, text, _best_clause(question, text, span)) or of(question, text, span)


def _said(question: Question, text: str, span: Span) -> bool:
    return set(content(text[span.start : span.end])) <= set(question.terms)


def _overlap(question: Question, text: str, span: Span) -> int:
    return len(distinct(text[span.start : span.end]).intersection(question.terms))


def _nearness(question: Question, text: str, span: Span, at: Span) -> tuple[int, int, int]:
    clause = next(
        c for c in _clauses(text, span) if c.start <= at.start < c.end or c.end == span.end
    )
    return _overlap(question, text, clause), -_distance(question, text, clause, at), -at.start


def _distance(question: Question, text: str, clause: Span, at: Span) -> int:
    """How many words are between a place and the last word of the question before it in its clause:
    "it begins on 1 July and ends on 31 August" tells of each date by the verb right before it."""
    before = [token for token, _ in words(text[max(clause.start, at.start - FAR) : at.start])]
    return next((n for n, token in enumerate(reversed(before)) if token in question.terms), FAR)


@lru_cache(maxsize=1)
def _clauses(text: str, span: Span) -> tuple[Span, ...]:
    """The parts of text[span] between commas and the like, without white space at their ends."""
    edges = [
        span.start,
        *(m.end() for m in _CLAUSE_END.finditer(text, span.start, span.end)),
        span.end,
    ]
    parts = (_trim(text, a, b) for a, b in pairwise(edges))
    return tuple(part for part in parts if part.start < part.end) or (span,)


def _trim(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    lead = len(part) - len(part.lstrip())
    return Span(start + lead, max(start + lead, start + len(part.rstrip(" \t\r\n,;:–—-"))))


def _best_clause(question: Question, text: str, span: Span) -> Span:
    return max(_clauses(text, span), key=lambda c: (_overlap(question, text, c), -c.start))


def _amounts(question: Question, text: str, span: Span) -> tuple[Span, ...]:
    """Numbers with their sign and scale, dates left out: `$11 billion`, `15%`; to "what percentage"
    only those that are one, if any is."""
    numbers = [
        Span(span.start + at.start, span.start + at.end)
        for token, at in words(text[span.start : span.end])
        if is_number(token) and token not in question.terms
    ]
    dates = [*times(text, start=span.start, end=span.end)] if numbers else []
    if _COUNTED.search(question.text):
        dates += [Span(*match.span()) for match in _CLOCK.finditer(text, span.start, span.end)]
    found: list[Span] = []
    for place in numbers:
        if _inside(place, dates):
            continue
        scale = _SCALE.match(text, place.end, span.end)
        place = Span(place.start, scale.end() if scale else place.end)
        if not found or found[-1].end <= place.start:
            found.append(place)
    shares = [at for at in found if text[at.start : at.end].endswith(_SHARES)]
    return tuple(shares if shares and _SHARE.search(question.text) else found)


def _inside(place: Span, others: Sequence[Span]) -> bool:
    return any(at.start <= place.start and place.end <= at.end for at in others)


def names(question: Question, text: str, span: Span) -> tuple[Span, ...]:
    """Runs of capitalised words, whole names, that are no date and not in the question."""
    runs: list[Span] = []
    capitalised = names_in(text, start=span.start, end=span.end)
    if not capitalised:
        return ()
    dates = times(text, start=span.start, end=span.end)
    for match in capitalised:
        if _inside(Span(match.start(), match.end()), dates) or _CALENDAR.fullmatch(match.group()):
            continue
        gap = text[runs[-1].end : match.start()] if runs else ""
        if runs and SHORTENED.search(text[runs[-1].start : runs[-1].end]):
            gap = gap.removeprefix(".")
        if runs and gap and _NAME_GAP.fullmatch(gap):
            runs[-1] = Span(runs[-1].start, match.end())
        else:
            runs.append(Span(match.start(), match.end()))
    return tuple(run for run in runs if not _said(question, text, run))


_KINDS: Mapping[Asks, _Kind] = {"amount": _amounts, "person": names}
"""What answers of a kind, in the words themselves."""
