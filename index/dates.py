"""The dates that a text states, alone or together with the date of its document.

A grammar of our own, because three things decide here and date libraries give none of them: the
exact words a date was read from, no more precision than those words have, and refusing to guess.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from index.types import DateMention, Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHIFT = {"last": -1, "this": 0, "next": 1}
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty"
)
# A month in lower case can be another word ("may", "march", "mar", "dec"); these cannot.
_ONLY_A_MONTH = re.compile(r"january|february|april|june|july|september|october|november|december")

# The pieces of the grammar. Every repetition is bounded or possessive, so that matching is linear;
# the flag `a` keeps the dotless i and the long s from counting as i and s.
_H = r"[^\S\n]{1,8}"
_S = r"(?=\s)[^\S\n]{0,8}\n?[^\S\n]{0,8}"
_MONTH = (
    r"(?P<month>(?ai:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?"
    r"|jul(?:y|\.)?|aug(?:ust|\.)?|sep(?:tember|t?\.?)|oct(?:ober|\.)?|nov(?:ember|\.)?"
    r"|dec(?:ember|\.)?))(?!\w)"
)
_WEEKDAY = r"(?P<weekday>(?ai:(?:mon|tues|wednes|thurs|fri|satur|sun)day))(?!\w)"
_YEAR = r"(?P<year>[12][0-9]{3})"
_DAY = r"(?P<day>[0-9]{1,2})(?ai:st|nd|rd|th)?"
_OTHER_DAY = r"(?P<other>[0-9]{1,2})(?ai:st|nd|rd|th)?"
_JOIN = r"[^\S\n]{0,8}(?:[-–—/&]|(?ai:to|and|or|through))[^\S\n]{0,8}"
_DAY_MONTH = rf"(?:{_OTHER_DAY}{_JOIN})?{_DAY}(?:{_H}(?:(?ai:of){_H})?|-){_MONTH}"
_MONTH_DAY = rf"(?<!\w){_MONTH}{_S}{_DAY}(?:{_JOIN}{_OTHER_DAY})?"
_BEFORE_YEAR = rf"(?:,?{_S}(?:(?ai:of){_S})?|[,-])"
_OF_WHICH_YEAR = rf"(?:,?{_S}(?:(?ai:of){_S})?(?P<which_year>(?ai:last|this|next)){_S}(?ai:year))?"
_LEFT = r"(?<![\w$€£¥#/:+-])(?<![0-9][.,])"
_RIGHT = r"(?!\w|[.,:/]?[0-9]|\s?%|\s(?ai:bce?\b|b\.c\.))"
_YEAR_RIGHT = r"(?!\w|[.,:/–—-]?[0-9]|\s?%|\s(?ai:bce?\b|b\.c\.))"
_CODE_RIGHT = r"(?:(?=T[0-9])|(?![\w/-]|[.:][0-9]))"
_LEAD = (
    r"(?P<lead>(?<!\w)(?ai:in|since|during|until|till|early|late|mid|circa|between|spring|summer"
    r"|autumn|fall|winter|through|(?P<countable>of|by|from|around|before|after))"
    rf"(?:{_S}(?ai:the{_S}year))?(?:{_S}|-)|(?P<bracket>(?<!\w)\())"
)
_MONTH_LEAD = (
    rf"(?P<lead>(?<!\w)(?:(?ai:in|since|during|early|late|(?:beginning|start|middle|end){_S}of){_S}"
    r"|(?ai:mid)[\s-]))"
)

_STATES = re.compile("(?<![0-9])[12][0-9]{3}(?![0-9])")
"""Without a year no date is stated."""
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

# What around the words decides.
_COUNTED = re.compile(
    r"\s+(?ai:people|men|women|children|percent|per|million|billion|thousand|hundred|feet|cases"
    r"|times|copies|km|kg|mph)\b|\s?%"
)
_BRACKET_RIGHT = re.compile(r"\s?[),;–—-]")
_PLURAL = re.compile(r"\s+(?!(?:was|has|is|as|its|his|this|does)\b)[a-z]+s\b")
_INEXACT = re.compile(
    r"\b(?ai:than|over|under|at least|at most|about|around|almost|nearly|some|roughly"
    r"|approximately|up to|to|or|and|half)\s+$"
)
_ARTICLE = re.compile(r"\b(?ai:the|a|an|every|each|per|past)\s+$")
_NAMED = re.compile(r"\b(?ai:the|a|an|every|each|last|next|this|coming)\s+$")
_WEEKDAY_BEFORE = re.compile(rf"\b{_WEEKDAY},?\s+$")
# What a verb says of a day beside it: that it is yet to come, that it comes round or is arranged,
# that it is over, or (a wish, a plan, a rule) nothing.
_ARRANGED = "due|scheduled|expected|set|going|planned"
_VERB = re.compile(
    rf"\b(?:(?P<coming>(?ai:will|shall|(?:is|are)(?: now| still)? (?:{_ARRANGED}|to)))"
    rf"|(?P<nothing>may|(?ai:would|could|might|must|can|cannot|should|{_ARRANGED}|upcoming|plans?"
    r"|deadline|to be))"
    r"|(?P<arranged>(?ai:(?:begin|close|come|end|expire|happen|leave|meet|open|resume|return|start"
    r"|vote)s|takes? (?:place|effect)|runs? out|(?:is|are) (?:held|on|in)))"
    r"|(?P<over>(?ai:was|were|ha[sd]|have|did|been|became|began|bought|broke|brought|built|came"
    r"|caught|chose|drew|drove|fell|fled|flew|fought|found|gave|got|grew|heard|held|kept|knew|led"
    r"|left|lost|made|meant|met|paid|ran|rose|said|sang|sank|sat|saw|sent|shot|sold|sought|spent"
    r"|spoke|stood|struck|swore|taught|thought|threw|told|took|went|withdrew|won|wore|wrote"
    r"|(?!hundred|indeed|need|speed|feed)[a-z]{2,}ed)))(?!\w)"
    r"(?: not)?(?: to)?(?: (?:have been|have|been|be) [a-z]+)?"
)
_EDGE = re.compile(r"[.!?;]\s|\n[^\S\n]{0,8}(?:\n|(?:[-*+•]|[0-9]{1,3}[.)])\s)")
"""Where a sentence or an item of a list ends; not the end of a line that was only wrapped."""
_SOON = timedelta(90)
"""Where a day comes round so soon, the one of a year ago is only meant if a verb says so."""
_JOINED = re.compile(r"\s*(?:[-–—/&,]|(?ai:to|and|or|until|till|through))?\s*")


class _Now(NamedTuple):
    """The document's date, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None


class _Claim(NamedTuple):
    """Words that look like a date; where `date` is None they are none, and nothing in them is."""

    start: int
    end: int
    date: str | None
    relative: bool
    yearless: bool


_Reader = Callable[[re.Match[str], _Now], str | None]


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    read: _Reader
    words: str | int
    yearless: bool
    needs: tuple[str, ...]


def _rule(
    pattern: str,
    read: _Reader,
    *,
    words: str | int = 0,
    yearless: bool = False,
    needs: tuple[str, ...] = (),
) -> _Rule:
    """`words` is the group that is the date; `yearless` words have the year of what is near; for
    speed, a text that has none of what it `needs` in lower case is not searched."""
    return _Rule(re.compile(pattern), read, words, yearless, needs)


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
    claims = list(_claims(_STATED, text, window, None)) if _STATES.search(text, *window) else []
    if document_date is not None:
        claims += _claims(_RELATIVE, text, window, _parse(document_date))
    kept = _disjoint(claims)
    misread = _misread(text, kept)
    return tuple(
        DateMention(c.date, Span(c.start, c.end), "relative" if c.relative else "stated")
        for c in kept
        if c.date is not None and c not in misread
    )


def read_date(text: str, *, today: str | None = None) -> str | None:
    """The date, ISO, that a person typed; None unless the whole text is one date.

    ISO at any precision, a date in words ("28 January 2020", "March 2020"), a day in figures that
    has one reading only. With `today` (ISO) also "yesterday", "last month", "three weeks ago".
    """
    typed = " ".join(text.split())
    iso = _ISO.fullmatch(typed)
    if iso:
        return _iso(*(int(part) for part in iso.groups() if part))
    found = mentions(typed, document_date=today)
    whole = len(found) == 1 and found[0].span == Span(0, len(typed))
    return found[0].date if whole else None


def first_day(iso: str) -> str:
    """The first day of an ISO date: 2020 is 2020-01-01. Raises ValueError for what is none."""
    now = _parse(iso)
    return date(now.year, now.month or 1, now.day or 1).isoformat()


def last_day(iso: str) -> str:
    """The last day of an ISO date: 2020-02 is 2020-02-29. Raises ValueError for what is none."""
    now = _parse(iso)
    month = now.month or 12
    return date(now.year, month, now.day or monthrange(now.year, month)[1]).isoformat()


def _claims(
    rules: Iterable[_Rule], text: str, window: tuple[int, int], now: _Now | None
) -> Iterator[_Claim]:
    lower = text[slice(*window)].lower()
    for rule in rules:
        if rule.needs and not any(letters in lower for letters in rule.needs):
            continue
        for match in rule.pattern.finditer(text, *window):
            found = rule.read(match, now or _Now(0))
            yield _Claim(*match.span(rule.words), found, now is not None, rule.yearless)


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
            year = str(claim.date)[:4]
        elif claim.yearless and year not in ("", str(claim.date)[:4]):
            wrong.add(claim)
        end = claim.end
    return wrong


def _parse(document_date: str) -> _Now:
    parts = _ISO.fullmatch(document_date)
    numbers = [int(p) for p in parts.groups() if p] if parts else []
    if not numbers or _iso(*numbers) is None:
        raise ValueError(f"not an ISO date: {document_date!r}")
    return _Now(*numbers)


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """None for a day that no calendar has, and for a year outside 1000 to 2199."""
    if not 1000 <= year <= 2199 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return f"{year}"
    if day is None:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 100) : match.start()]


# What the words alone state.


def _year_month_day(match: re.Match[str], _: _Now) -> str | None:
    return _iso(int(match["year"]), int(match["number"]), int(match["day"]))


def _year_month(match: re.Match[str], _: _Now) -> str | None:
    """None for "2010-11", which is as often a season as it is a month."""
    year, month = int(match["year"]), int(match["number"])
    return None if month == (year + 1) % 100 else _iso(year, month)


def _numeric(match: re.Match[str], _: _Now) -> str | None:
    """A day if only one order of day and month gives one."""
    year, one, other = (int(match[name]) for name in ("year", "one", "other"))
    readings = {_iso(year, one, other), _iso(year, other, one)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3].lower()) + 1


def _days(match: re.Match[str]) -> list[int]:
    groups = match.groupdict()
    return sorted(int(groups[name]) for name in ("day", "other") if groups.get(name))


def _of_year(match: re.Match[str], year: int) -> str | None:
    """The day; the month where no day is named, or two are."""
    days = [_iso(year, _month(match), day) for day in _days(match)]
    if None in days:
        return None
    return days[0] if len(days) == 1 else _iso(year, _month(match))


def _spelled(match: re.Match[str], _: _Now) -> str | None:
    return _of_year(match, int(match["year"]))


def _bare_year(match: re.Match[str], _: _Now) -> str | None:
    """None where the digits may count something or name a decade: "by 1500", "(2000 copies)"."""
    year, after = match["year"], (match.string, match.end("year"))
    if match["bracket"] and not _BRACKET_RIGHT.match(*after):
        return None
    if match["countable"] and (year.endswith("00") or _PLURAL.match(*after)):
        return None
    decade = year.endswith("0") and match.string.startswith(("'s", "’s"), match.end("year"))
    return None if decade or _COUNTED.match(*after) else _iso(int(year))


def _last_year(match: re.Match[str], _: _Now) -> str | None:
    """The later year of 1997-98 or (1914-1918); where nothing leads to it, only the next one."""
    first, last = int(match["year"]), int(match["last"])
    last += first // 100 * 100 if len(match["last"]) == 2 else 0
    following = last == first + 1 or (match["lead"] is not None and last > first)
    # 2010/11 is a month to some; an en dash is not.
    unclear = match["mark"] != "–" and len(match["last"]) == 2 and last % 100 <= 12
    counted = _COUNTED.match(match.string, match.end("last"))
    return _iso(last) if following and not unclear and not counted else None


def _first_year(match: re.Match[str], now: _Now) -> str | None:
    return _iso(int(match["year"])) if _last_year(match, now) else None


_LATER = rf"{_S}(?ai:to|and|or|through|until|till){_S}"
_YEARS = (
    rf"(?:{_LEAD}|{_LEFT}){_YEAR}(?P<mark>[-–—/])(?P<last>[12][0-9]{{3}}|[0-9]{{2}})"
    r"(?![\w/–-]|[.,:][0-9]|\s?%)"
)
_STATED = (
    _rule(
        rf"{_LEFT}{_YEAR}(?P<mark>[-/])(?P<number>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})"
        rf"{_CODE_RIGHT}",
        _year_month_day,
    ),
    _rule(rf"{_LEFT}{_YEAR}-(?P<number>0[1-9]|1[0-2])(?![\w/-]|[.:,][0-9])", _year_month),
    _rule(
        rf"{_LEFT}(?P<one>[0-9]{{1,2}})(?P<mark>[-/.])(?P<other>[0-9]{{1,2}})(?P=mark){_YEAR}"
        rf"{_CODE_RIGHT}",
        _numeric,
    ),
    _rule(rf"{_LEFT}{_DAY_MONTH}{_BEFORE_YEAR}{_YEAR}{_RIGHT}", _spelled, needs=_MONTHS),
    _rule(rf"{_MONTH_DAY}{_BEFORE_YEAR}{_YEAR}{_RIGHT}", _spelled, needs=_MONTHS),
    _rule(rf"(?<!\w){_MONTH}{_BEFORE_YEAR}{_YEAR}{_RIGHT}", _spelled, needs=_MONTHS),
    _rule(rf"{_LEAD}{_YEAR}{_YEAR_RIGHT}", _bare_year, words="year"),
    _rule(rf"{_LEAD}[12][0-9]{{3}}{_LATER}{_YEAR}{_YEAR_RIGHT}", _bare_year, words="year"),
    _rule(_YEARS, _first_year, words="year"),
    _rule(_YEARS, _last_year, words="last"),
)


# What the words state together with the document's date.


def _today(now: _Now) -> date | None:
    return date(now.year, now.month, now.day) if now.month and now.day else None


def _recent(now: _Now, month: int, day: int | None = None) -> int | None:
    """The year of the latest such month or day that is not after `now`."""
    if now.month is None or (month == now.month and day is not None and now.day is None):
        return None
    then = (month, day or 0)
    return now.year - (then > (now.month, now.day or 0))


def _verb(match: re.Match[str]) -> str | None:
    """What the verb says that is nearest before the date in its sentence, or else first after."""
    before = _EDGE.split(_before(match))[-1]
    after = _EDGE.split(match.string[match.end() : match.end() + 100])[0]
    verbs = [*_VERB.finditer(before)][-1:] or [*_VERB.finditer(after)][:1]
    return verbs[0].lastgroup if verbs else None


def _year_told(match: re.Match[str], now: _Now, day: int | None = None) -> int | None:
    """The year of a month or a day of which at most a verb says which year is meant: the latest,
    unless it is yet to come, or soon comes round and no verb says that it is over."""
    month, verb = _month(match), _verb(match)
    past = _recent(now, month, day)
    if past is None or now.month is None or verb == "nothing":
        return None
    this = (month, day) == (now.month, now.day if day else None)
    if verb == "over" or this or _iso(past + 1, month, day) is None:
        return past
    wait = date(past + 1, month, day or 1) - date(now.year, now.month, now.day or 1)
    if verb == "coming" or (verb == "arranged" and wait <= _SOON):
        return past + 1
    return None if verb == "arranged" or wait <= _SOON else past


def _is_month(match: re.Match[str]) -> bool:
    return not match["month"].islower() or _ONLY_A_MONTH.fullmatch(match["month"]) is not None


def _day_without_year(match: re.Match[str], now: _Now) -> str | None:
    """None for "the May 5 attack", whose year everybody knows."""
    named = match.start() == match.start("month") and _NAMED.search(_before(match))
    if named or _COUNTED.match(match.string, match.end()) or not _is_month(match):
        return None
    year = _year_of_day(match, now)
    return None if year is None else _of_year(match, year)


def _year_of_day(match: re.Match[str], now: _Now) -> int | None:
    if match["which_year"]:
        return now.year + _SHIFT[match["which_year"].lower()]
    month, day = _month(match), _days(match)[0]
    weekday, year = _WEEKDAY_BEFORE.search(_before(match)), _recent(now, month, day)
    if year is None or not weekday:
        return _year_told(match, now, day)
    # The weekday tells which of the two years is meant, or that it is neither.
    days = (date(y, month, day) for y in (year, year + 1) if _iso(y, month, day))
    name = weekday["weekday"][:3].lower()
    return next((d.year for d in days if _WEEKDAYS[d.weekday()] == name), None)


def _month_without_year(match: re.Match[str], now: _Now) -> str | None:
    month, which = _month(match), (match["which"] or "").lower()
    if not (match["lead"] or which or match["which_year"]) or not _is_month(match):
        return None
    if match["which_year"]:
        return _iso(now.year + _SHIFT[match["which_year"].lower()], month)
    if now.month is None:
        return None
    year = _year_of_month(now, month, which) if which else _year_told(match, now)
    return None if year is None else _iso(year, month)


def _year_of_month(now: _Now, month: int, which: str) -> int | None:
    """The latest that is over for "last"; None where "next" leaves two years open."""
    this = now.month or 0
    if which == "last":
        return now.year - (month >= this)
    if which == "next":
        return now.year + 1 if month <= this else None
    if which.endswith("coming"):
        return now.year + (month <= this)
    return now.year


def _weekday(match: re.Match[str], now: _Now) -> str | None:
    """None where "last" or "next" falls in the week of `now`: the nearest, or a week further?"""
    today, which = _today(now), (match["which"] or "").lower()
    if today is None or not (match["on"] or which):
        return None
    back = (today.weekday() - _WEEKDAYS.index(match["weekday"][:3].lower())) % 7
    if not which:
        verb = _verb(match)
        if verb in ("nothing", "arranged") or (verb == "coming" and not back):
            return None
        return (today + timedelta(7 - back if verb == "coming" else -back)).isoformat()
    day = today - timedelta(back or 7) if which == "last" else today + timedelta(7 - back)
    same_week = day.isocalendar()[:2] == today.isocalendar()[:2]
    return None if same_week and not which.endswith("coming") else day.isoformat()


def _week(day: date) -> str | None:
    """The month that holds the whole week of `day`, or else the year, or else None."""
    first = day - timedelta(day.weekday())
    last = first + timedelta(6)
    if first.year != last.year:
        return None
    return _iso(first.year, first.month if first.month == last.month else None)


def _moved(now: _Now, unit: str, by: int) -> str | None:
    """`now` moved by so many days, weeks, months or years, as precise as the unit."""
    today = _today(now)
    if unit == "year":
        return _iso(now.year + by)
    if unit == "month":
        months = now.year * 12 + (now.month or 0) - 1 + by
        return _iso(months // 12, months % 12 + 1) if now.month else None
    if today is None:
        return None
    if unit == "week":
        return _week(today + timedelta(7 * by))
    return (today + timedelta(by)).isoformat()


def _period(match: re.Match[str], now: _Now) -> str | None:
    """None for "the last year", which is the twelve months up to now."""
    around = _ARTICLE.search(_before(match))
    return None if around else _moved(now, match["unit"].lower(), _SHIFT[match["which"].lower()])


def _ago(match: re.Match[str], now: _Now) -> str | None:
    """None for what is said to be inexact, and for more than twenty, which people round."""
    words = ["", *_NUMBERS.split("|")]
    number = match["number"].lower()
    by = int(number) if number.isdigit() else 1 if number in ("a", "an") else words.index(number)
    inexact = by > 20 or _INEXACT.search(_before(match))
    return None if inexact else _moved(now, match["unit"].lower(), -by)


def _day_word(match: re.Match[str], now: _Now) -> str | None:
    """None for "USA TODAY", the show "Today" and "the day before yesterday"."""
    before, word = _before(match), match[0]
    name = word.isupper() or (word[0].isupper() and re.search(r"[\w,] $", before))
    if name or re.search(r"\b(?ai:before|after)\s+$", before):
        return None
    if word.lower() == "today":
        return _iso(*now)
    return _moved(now, "day", 1 if word.lower() == "tomorrow" else -1)


_NO_YEAR_NEXT = rf"(?!\w|['’]s|{_S}[0-9]|,?{_S}(?:(?ai:of){_S})?[12][0-9]{{3}}(?!\w))"
_NO_MONTH_NEXT = rf"(?!\w|['’]s|[.,:/]?[0-9]|\s?%|{_S}{_MONTH.replace('<month>', '<another>')})"
_RELATIVE = (
    _rule(
        f"{_LEFT}{_DAY_MONTH}{_OF_WHICH_YEAR}{_NO_YEAR_NEXT}",
        _day_without_year,
        yearless=True,
        needs=_MONTHS,
    ),
    _rule(
        f"{_MONTH_DAY}{_OF_WHICH_YEAR}{_NO_MONTH_NEXT}",
        _day_without_year,
        yearless=True,
        needs=_MONTHS,
    ),
    _rule(
        rf"{_MONTH_LEAD}?(?<![^\W_])(?P<words>(?:(?P<which>(?ai:last|next|this|(?:this{_S})?coming))"
        rf"{_S})?{_MONTH}{_OF_WHICH_YEAR}){_NO_YEAR_NEXT}",
        _month_without_year,
        words="words",
        yearless=True,
        needs=_MONTHS,
    ),
    _rule(
        rf"(?<!\w)(?P<on>(?ai:on){_S})?(?P<words>(?:(?P<which>(?ai:last|next|(?:this{_S})?coming))"
        rf"{_S})?{_WEEKDAY})(?!['’]s|,?{_S}(?:(?ai:the){_S})?(?:[0-9]|{_MONTH}))",
        _weekday,
        words="words",
        yearless=True,
        needs=("day",),
    ),
    _rule(
        rf"(?<!\w)(?:(?ai:earlier|later|early|late){_S})?(?P<which>(?ai:last|this|next)){_S}"
        r"(?P<unit>(?ai:week|month|year))(?!\w)",
        _period,
        needs=("week", "month", "year"),
    ),
    _rule(
        rf"(?<![\w.,-])(?P<number>(?ai:an?|{_NUMBERS})|[0-9]{{1,2}}){_S}"
        rf"(?P<unit>(?ai:day|week|month|year))(?ai:s?){_S}(?ai:ago)(?!\w)",
        _ago,
        needs=("ago",),
    ),
    _rule(r"(?<!\w)(?ai:yesterday|today|tomorrow)(?!\w)", _day_word, needs=("day", "tomorrow")),
)
