"""The dates that a text states, alone or together with the date of its document.

A grammar of our own, because three things decide here and date libraries give none of them: the
exact words a date was read from, no more precision than those words have, and refusing to guess.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from index.dates.relative import RELATIVE
from index.dates.shifted import SHIFTED
from index.dates.stated import STATED
from index.dates.untold import UNTOLD
from index.dates.weekdays import WEEKDAYS
from index.dates.words import ISO, YEAR_NAMED, Now, Rule, compiled, iso_date, parse_iso
from index.types import DateMention, Span

_STATES = re.compile("(?<![0-9])[12][0-9]{3}(?![0-9])")
"""Without a year no date is stated."""
_PART_OF_YEAR = re.compile(r"\b(?:[qh][1-4]\b|fy|fiscal|financial)", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:[-–—/&,]|(?ai:to|and|or|until|till|through))?\s*")

_TO_DATE = re.compile(r",?\s(?:(?:of|in|on)\s)?")
_SINCE = re.compile(r"\b(?ai:since)\s(?:the year\s)?$")
_INSERTED = re.compile(
    r"\(\s?$|(?:^|[,;(]\s?|[.!?–—-]\s|\n)"
    r"(?:(?:which|who|was|were|has|had|been|first|originally)\s){0,5}"
    r"(?:[a-zA-Z]+ed|[Bb]orn|[Bb]uilt|[Ss]et up|[Mm]ade)\s(?:[a-z]+\s){1,3}$"
)
_INSERTED_END = re.compile(
    r"(?:\s(?:as|at|by|for|in|under|with)\s[^,;.\n]{1,40})?(?:\s?[,;)]|\s[–—-]\s)"
)
_RELATIVE = (*RELATIVE, *WEEKDAYS, *SHIFTED)
_UNKNOWN = Now(0)


class _Claim(NamedTuple):
    """Words that look like a date; where `date` is empty they are none, and nothing in them is."""

    start: int
    end: int
    date: str | None
    relative: bool
    yearless: bool


def mentions(
    text: str, *, start: int = 0, end: int | None = None, document_date: str | None = None
) -> tuple[DateMention, ...]:
    """All dates in text[start:end], in order, not overlapping; spans are positions in `text`.

    Without `document_date` only what the words alone state. With it (ISO, any precision) also words
    that need it: "in May", "on Sunday", "last year", "three weeks ago". Prepositions are outside
    the span. A date is as precise as its words: a range of days gives its month. What can be read
    in two ways (03/04/2020, "2010-11", "last Tuesday" said on a Thursday) is no mention.
    Raises ValueError if `document_date` is not ISO.
    """
    window = (start, len(text) if end is None else end)
    claims = _stated(text, window)
    if document_date is not None:
        claims += _claims(_RELATIVE, text, window, parse_iso(document_date))
    kept = _disjoint(claims)
    misread = _misread(text, kept)
    return tuple(
        DateMention(c.date, Span(c.start, c.end), "relative" if c.relative else "stated")
        for c in kept
        if c.date and c not in misread
    )


def unresolved(
    text: str, *, start: int = 0, end: int | None = None, document_date: str | None = None
) -> tuple[Span, ...]:
    """The words in text[start:end] that say when something is and can not be made a date.

    In order, apart from each other and from the mentions: what can be read in two ways
    ("03/04/2020", "on 12 July" of a year that nothing tells); without `document_date` also what
    would need it ("last June", "yesterday"). Raises ValueError if `document_date` is not ISO.
    """
    window = (start, len(text) if end is None else end)
    now = _UNKNOWN if document_date is None else parse_iso(document_date)
    kept = _disjoint([*_stated(text, window), *_claims(_RELATIVE, text, window, now)])
    misread = _misread(text, kept)
    dates = [c for c in kept if c.date and c not in misread]
    open_ones = [c for c in kept if c.date is None or c in misread]
    untold = _disjoint([*open_ones, *_claims(UNTOLD, text, window, now)])
    return tuple(Span(c.start, c.end) for c in untold if not _is_dated(text, c, dates))


def times(text: str, *, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The words in text[start:end] that tell when, whether or not a date can be made of them: those
    of the mentions, in order, and then the others."""
    dates = mentions(text, start=start, end=end)
    return (*(one.span for one in dates), *unresolved(text, start=start, end=end))


def _is_dated(text: str, claim: _Claim, dates: list[_Claim]) -> bool:
    """Whether time words are of a date: of the first of these that ends after they begin."""
    first = bisect_right(dates, claim.start, key=attrgetter("end"))
    return first < len(dates) and _is_of(text, claim, dates[first])


def _is_of(text: str, claim: _Claim, dated: _Claim) -> bool:
    """Whether time words belong to a date: "the third quarter of 2018", "a day later, on 2 May"."""
    if claim.start < dated.end and dated.start < claim.end:
        return True
    return _TO_DATE.fullmatch(text, claim.end, max(claim.end, dated.start)) is not None


def read_date(text: str, *, today: str | None = None) -> str | None:
    """The date, ISO, that a person typed; None unless the whole text is one date.

    ISO at any precision, a date in words ("28 January 2020", "March 2020"), a day in figures that
    has one reading only. With `today` (ISO) also "yesterday", "last month", "three weeks ago". A
    part of a year makes none: its date is the year, a bound that lets in what was to be left out.
    """
    typed = " ".join(text.split())
    if _PART_OF_YEAR.search(typed):
        return None
    iso = ISO.fullmatch(typed)
    if iso:
        return iso_date(*(int(part) for part in iso.groups() if part))
    found = mentions(typed, document_date=today)
    whole = len(found) == 1 and found[0].span == Span(0, len(typed))
    return found[0].date if whole else None


def first_day(iso: str) -> str:
    """The first day of an ISO date: 2020 is 2020-01-01. Raises ValueError for what is none."""
    now = parse_iso(iso)
    return date(now.year, now.month or 1, now.day or 1).isoformat()


def last_day(iso: str) -> str:
    """The last day of an ISO date: 2020-02 is 2020-02-29. Raises ValueError for what is none."""
    now = parse_iso(iso)
    month = now.month or 12
    return date(now.year, month, now.day or monthrange(now.year, month)[1]).isoformat()


def _stated(text: str, window: tuple[int, int]) -> list[_Claim]:
    return list(_claims(STATED, text, window, None)) if _STATES.search(text, *window) else []


def _claims(
    rules: Iterable[Rule], text: str, window: tuple[int, int], now: Now | None
) -> Iterator[_Claim]:
    lower = text[slice(*window)].lower()
    held: dict[tuple[str, ...], bool] = {(): True}
    for rule in rules:
        if rule.needs not in held:
            held[rule.needs] = any(letters in lower for letters in rule.needs)
        if not held[rule.needs]:
            continue
        for match in compiled(rule.pattern).finditer(text, *window):
            found = rule.read(match, now or _UNKNOWN)
            groups = match.groupdict()
            yearless = rule.yearless and not any(groups.get(name) for name in YEAR_NAMED)
            yield _Claim(*match.span(rule.words), found, now is not None, yearless)


def _disjoint(claims: Iterable[_Claim]) -> list[_Claim]:
    """The leftmost claims, and of those the longest; a stated one before a relative one."""
    kept: list[_Claim] = []
    for claim in sorted(claims, key=lambda c: (c.start, -c.end, c.relative)):
        if not kept or claim.start >= kept[-1].end:
            kept.append(claim)
    return kept


def _misread(text: str, kept: list[_Claim]) -> set[_Claim]:
    """Dates whose year is that of a stated date near them, not that of the document.

    "5 March to 7 April 2019" names it after; "In 1940 ... on May 10" names it before.
    """
    wrong = {
        one
        for one, other in pairwise(kept)
        if one.yearless and not other.relative and _JOINED.fullmatch(text, one.end, other.start)
    }
    year, end = "", 0
    for claim in (c for c in kept if c.date):
        if text.find("\n", end, claim.start) >= 0:
            year = ""
        if not claim.relative:
            year = year if _is_aside(text, claim) else str(claim.date)[:4]
        elif claim.yearless and year not in ("", str(claim.date)[:4]):
            wrong.add(claim)
        end = claim.end
    return wrong


def _is_aside(text: str, claim: _Claim) -> bool:
    """Whether a date is of something in passing: "(2015)", "since 2016", "Founded in 1998, it"."""
    before = (text, max(0, claim.start - 60), claim.start)
    inserted = _INSERTED.search(*before) and _INSERTED_END.match(text, claim.end)
    return bool(inserted or _SINCE.search(*before))
