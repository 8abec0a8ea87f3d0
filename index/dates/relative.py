"""Dates that the words state together with the date of their document."""

import re
from datetime import date, timedelta

from index.dates.shifted import SHIFT, count_of, moved
from index.dates.verbs import verb_of, words_before
from index.dates.weekdays import ARTICLE, NAMES, is_of_another_week
from index.dates.words import (
    BLANK,
    COUNTED,
    DAY,
    DAY_MONTH,
    DAY_NAME,
    ENDED,
    LEFT,
    MONTH,
    MONTH_DAY,
    MONTHS,
    NO_TIME,
    NUMBERS,
    SHORT_DAY,
    SPACE,
    Now,
    Rule,
    days_of,
    iso_date,
    month_of,
    of_year,
)

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
"""First and last month, as the northern half of the world has them."""
# A month in lower case can be another word ("may", "march", "mar", "dec"); these cannot.
_ONLY_A_MONTH = re.compile(r"january|february|april|june|july|september|october|november|december")
_SHORT_YEAR = rf"(?:(?<=[0-9]),)?(?:{SPACE})?['’](?P<short>[0-9]{{2}})(?![\w'’])"
_WHICH_YEAR = rf"(?P<which_year>(?ai:last|this|next)){SPACE}(?ai:year)(?!\w|['’]s)"
_YEARS_AGO = rf"(?P<number>(?ai:a|{NUMBERS})|[0-9]{{1,2}}){SPACE}(?ai:years?){SPACE}(?ai:ago)(?!\w)"
_OF_WHICH_YEAR = rf"(?:,?{SPACE}(?:(?:(?ai:of){SPACE})?{_WHICH_YEAR}|{_YEARS_AGO})|{_SHORT_YEAR})?"
_NO_SHORT_YEAR = _SHORT_YEAR.replace("?P<short>", "")
# "last year in May", but not "Sales fell last year, in May they rose".
_YEAR_FIRST = (
    (
        rf"(?:(?<![\w-])(?<!\b[Tt]he\s)(?:(?ai:earlier|later|early|late){SPACE})?"
        rf"(?:{_WHICH_YEAR}|{_YEARS_AGO})"
        rf"(?P<comma>,)?{SPACE}(?ai:in|on|at{SPACE}the{SPACE}(?:start|end){SPACE}of){SPACE})?"
    )
    .replace("?P<which_year>", "?P<first_year>")
    .replace("?P<number>", "?P<first_number>")
)
_YEAR_FIRST_ENDS = r"(?(comma)(?=\s*(?:[.,;:!?)]|$)))"
_OF_ANOTHER_YEAR = re.compile(
    rf",?{SPACE}(?ai:(?:(?:of|in){SPACE})?(?:that|the{SPACE}(?:following|next|previous|preceding|same))"
    rf"{SPACE}year|the{SPACE}year{SPACE}(?:after|before)"
    rf"|(?:[\w-]{{1,12}}{SPACE}){{1,4}}(?:year|decade)s?{SPACE}ago)(?!\w)"
)
"""What makes a day or a month that of a year which is told elsewhere: "3 May of that year"."""
_MONTH_LEAD = (
    rf"(?P<lead>(?<!\w)(?!\w+\s(?ai:last|this|next)\s(?ai:year))(?:(?ai:in|since|during|early|late|(?:beginning|start|middle|end){SPACE}of)"
    rf"{SPACE}|(?ai:mid)[\s-]))"
)
_NAMED = re.compile(r"\b(?ai:the|a|an|every|each|last|next|this|coming)\s+$")
# Not "on the 5 May", which some write for the fifth.
_NAMED_DAY = re.compile(rf"(?<!\b[Oo]n\s){_NAMED.pattern}")
_ORDINAL = re.compile(r"[0-9](?ai:st|nd|rd|th)")
_WEEKDAY_BEFORE = re.compile(rf"\b(?P<weekday>{DAY_NAME}|(?=[A-Z]){SHORT_DAY})\.?,?\s+$")
_NO_YEAR = 0
"""In which no date is: words tell a year, but not which."""
_SOON = timedelta(90)
"""Where it comes round so soon, a month of a year ago is only meant if a verb says so, and a day of
a year ago is not without its year."""
_LATER = timedelta(183)
"""What had time "until" a day had it, if no verb says so, to the one that is nearer."""
_TOWARDS = re.compile(r"\b(?ai:before|by|for|through|thru|till?|to|until)\s+(?:(?ai:the)\s+)?$")


def _recent(now: Now, month: int, day: int | None = None) -> int | None:
    """The year of the latest such month or day that is not after `now`."""
    if now.month is None or (month == now.month and day is not None and now.day is None):
        return None
    then = (month, day or 0)
    return now.year - (then > (now.month, now.day or 0))


def _year_told(match: re.Match[str], now: Now, day: int | None = None) -> int | None:
    """The year of a month or a day of which at most a verb says which year is meant: the latest,
    unless it is yet to come, or soon comes round and no verb says that it is over.

    Without a verb ("Fire drill: 3 June") the latest only if that was not long ago; and never that
    "until" which something is, but the next if it is soon.
    """
    month, verb = month_of(match), verb_of(match)
    past = _recent(now, month, day)
    if past is None or now.month is None or verb == "nothing":
        return None
    this = (month, day) == (now.month, now.day if day else None)
    if this or iso_date(past + 1, month, day) is None:
        return past
    if iso_date(past, month, day) is None:  # 29 February
        return None if verb == "over" else past + 1
    today = date(now.year, now.month, now.day or 1)
    wait = date(past + 1, month, day or 1) - today
    towards = _TOWARDS.search(words_before(match)) is not None
    until = towards and verb != "over"
    if verb == "coming" or ((verb == "arranged" or until) and wait <= _SOON):
        return past + 1
    soon = _LATER if towards else _SOON
    long_ago = today - date(past, month, day or 1) > _SOON
    unclear = verb == "arranged" or until or (wait <= soon and (day or verb != "over"))
    unclear |= verb is None and long_ago
    return None if unclear else past


def _year_named(match: re.Match[str], now: Now) -> int | None:
    """That of "May last year", "two years ago in May" and "May '18"."""
    if match["short"]:
        return _year_short(match, now)
    if which := match["which_year"] or match["first_year"]:
        return now.year + SHIFT[which.lower()]
    ago = next((name for name in ("number", "first_number") if match[name]), None)
    if ago is None:
        return None
    by = count_of(match, ago)
    return now.year - by if by else _NO_YEAR


def _year_short(match: re.Match[str], now: Now) -> int:
    """Of two digits the latest year that is not more than twenty years after `now`."""
    latest = now.year + 20
    return latest - (latest - int(match["short"])) % 100


def _day_of_short_year(match: re.Match[str], now: Now) -> str | None:
    return of_year(match, _year_short(match, now))


def _two_figures(match: re.Match[str], _: Now) -> str | None:
    """None for "3 Jan 25" and "3 Mar 10 am": a year, or what else?"""
    counted = COUNTED.match(match.string, match.end())
    return NO_TIME if counted or not _is_month(match) else None


def _is_month(match: re.Match[str]) -> bool:
    return not match["month"].islower() or _ONLY_A_MONTH.fullmatch(match["month"]) is not None


def _day_without_year(match: re.Match[str], now: Now) -> str | None:
    """None for "the May 5 attack" and "the 7 July bombings", whose year everybody knows."""
    if COUNTED.match(match.string, match.end()) or not _is_month(match):
        return NO_TIME
    unknown = _is_named(match) or _OF_ANOTHER_YEAR.match(match.string, match.end())
    year = None if unknown else _year_of_day(match, now)
    return None if year is None else of_year(match, year)


def _is_named(match: re.Match[str]) -> bool:
    """Whether a day is the name of something that was on it, which "the 5th of May" is not."""
    if match.start() == match.start("month"):
        return _NAMED.search(words_before(match)) is not None
    return not _ORDINAL.search(match[0]) and _NAMED_DAY.search(words_before(match)) is not None


def _year_of_day(match: re.Match[str], now: Now) -> int | None:
    named = _year_named(match, now)
    if named is not None:
        return named
    month, day = month_of(match), days_of(match)[0]
    weekday, year = _WEEKDAY_BEFORE.search(words_before(match)), _recent(now, month, day)
    if year is None or not weekday:
        return _year_told(match, now, day)
    # The weekday tells which of the two years is meant, or that it is neither.
    days = (date(y, month, day) for y in (year, year + 1) if iso_date(y, month, day))
    name = weekday["weekday"][:3].lower()
    return next((d.year for d in days if NAMES[d.weekday()] == name), None)


def _month_without_year(match: re.Match[str], now: Now) -> str | None:
    month, which = month_of(match), (match["which"] or "").lower()
    named = _year_named(match, now)
    if not (match["lead"] or which or named is not None) or not _is_month(match):
        return NO_TIME
    if named is not None:
        return iso_date(named, month)
    if now.month is None or _OF_ANOTHER_YEAR.match(match.string, match.end()):
        return None
    year = _year_of_month(now, month, which) if which else _year_told(match, now)
    return None if year is None else iso_date(year, month)


def _year_of_month(now: Now, month: int, which: str) -> int | None:
    """The latest that is over for "last"; None where "next" leaves two years open."""
    this = now.month or 0
    if which == "last":
        return now.year - (month >= this)
    if which == "next":
        return now.year + 1 if month <= this else None
    if which.endswith("coming"):
        return now.year + (month <= this)
    return now.year


def _period(match: re.Match[str], now: Now) -> str | None:
    """None for "the last year", the twelve months up to now, and for a winter, which has two."""
    by, unit = SHIFT[match["which"].lower()], match["unit"].lower()
    if ARTICLE.search(words_before(match)) or unit in ("winter", "quarter", "weekend"):
        return None
    if unit in ("night", "morning", "afternoon", "evening"):
        return moved(now, "day", by) if by == -(unit == "night") else None
    return _season(now, unit, by) if unit in _SEASONS else moved(now, unit, by)


def _season(now: Now, unit: str, by: int) -> str | None:
    """The year of "last autumn" and "next spring", where that of this year cannot be meant."""
    first, last = _SEASONS[unit]
    if now.month is None or (by < 0 and now.month > last) or (by > 0 and now.month < first):
        return None
    return iso_date(now.year + by)


def _part(match: re.Match[str], now: Now) -> str | None:
    """The year or month of "the end of the year", if a verb or "by" shows that it is this one."""
    verb = verb_of(match)
    told = verb == "coming" or (verb != "over" and _TOWARDS.search(words_before(match)))
    return moved(now, match["unit"].lower(), 0) if told else None


def _day_word(match: re.Match[str], now: Now) -> str | None:
    """No time in "USA TODAY" and the show "Today"; None for "before yesterday" and "a year ago
    today"."""
    before, word = words_before(match), match["word"]
    name = word.isupper() or (word[0].isupper() and re.search(r"[\w,] $", before))
    if name:
        return NO_TIME
    if re.search(r"\b(?ai:before|after)\s+$", before) or is_of_another_week(match):
        return None
    if word.lower() in ("today", "tonight"):
        return iso_date(*now)
    by = 1 if word.lower() == "tomorrow" else -1
    return moved(now, "day", by * (2 if match["further"] else 1))


_NO_YEAR_NEXT = (
    rf"(?!\w|['’]s|{SPACE}[0-9]|,?{SPACE}(?:(?ai:of){SPACE})?[12][0-9]{{3}}(?!\w)|{_NO_SHORT_YEAR})"
)
_NO_MONTH_NEXT = (
    rf"(?!\w|['’]s|[.,:/]?[0-9]|\s?%|{SPACE}{MONTH.replace('<month>', '<another>')}"
    rf"|{_NO_SHORT_YEAR})"
)
RELATIVE = (
    Rule(
        f"{_YEAR_FIRST}{LEFT}{DAY_MONTH}{_OF_WHICH_YEAR}{_NO_YEAR_NEXT}{_YEAR_FIRST_ENDS}",
        _day_without_year,
        yearless=True,
        needs=MONTHS,
    ),
    Rule(
        rf"{LEFT}{DAY}-{MONTH}-(?P<short>[0-9]{{2}})(?![\w'’-]|[.:/][0-9])",
        _day_of_short_year,
        needs=MONTHS,
    ),
    Rule(
        rf"{LEFT}{DAY}{BLANK}{MONTH}{BLANK}[0-9]{{1,2}}{ENDED}(?![.,:/]?[0-9]|,?{SPACE}[12][0-9]{{3}}(?!\w))",
        _two_figures,
        needs=MONTHS,
    ),
    Rule(
        f"{_YEAR_FIRST}{MONTH_DAY}{_OF_WHICH_YEAR}{_NO_MONTH_NEXT}{_YEAR_FIRST_ENDS}",
        _day_without_year,
        yearless=True,
        needs=MONTHS,
    ),
    Rule(
        rf"{_MONTH_LEAD}?(?<![^\W_])(?P<words>{_YEAR_FIRST}"
        rf"(?:(?P<which>(?ai:last|next|this|(?:this{SPACE})?coming)){SPACE})?{MONTH}{_OF_WHICH_YEAR})"
        rf"{_NO_YEAR_NEXT}{_YEAR_FIRST_ENDS}",
        _month_without_year,
        words="words",
        yearless=True,
        needs=MONTHS,
    ),
    Rule(
        rf"(?<!\w)(?:(?ai:earlier|later|early|late){SPACE})?(?P<which>(?ai:last|this|next)){SPACE}"
        r"(?P<unit>(?ai:week|month|year)|spring|summer|autumn|fall|winter|quarter|weekend|night"
        r"|morning|afternoon|evening)(?!\w)",
        _period,
        needs=("last", "this", "next"),
    ),
    Rule(
        rf"[Tt]he(?<!\w[Tt]he){SPACE}(?ai:end|start|beginning|middle){SPACE}(?ai:of){SPACE}"
        rf"(?ai:the){SPACE}(?P<unit>(?ai:year|month))(?!\w|{SPACE}[0-9])",
        _part,
        yearless=True,
        needs=("year", "month"),
    ),
    Rule(
        r"(?<!\w)(?P<further>(?ai:the day (?:before (?=y)|after (?=tom))))?"
        r"(?P<word>(?ai:yesterday|today|tonight|tomorrow))(?!\w)",
        _day_word,
        needs=("day", "tonight", "tomorrow"),
    ),
)
