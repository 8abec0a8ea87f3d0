"""Dates that the words alone state."""

import re

from index.dates.words import (
    BEFORE_YEAR,
    COUNTED,
    DAY,
    DAY_MONTH,
    ENDED,
    JOIN,
    LEFT,
    MONTH,
    MONTH_DAY,
    MONTHS,
    NO_TIME,
    OTHER_DAY,
    OUTSIDE,
    SPACE,
    YEAR,
    Now,
    Rule,
    iso_date,
    month_number,
    month_of,
    of_year,
)

_RIGHT = rf"{ENDED}(?![.,:/]?[0-9]|\s?%|\s(?ai:bce?\b|b\.c\.))"
_YEAR_RIGHT = r"(?!\w|[.,:/–—-]?[0-9]|\s?%|\s(?ai:bce?\b|b\.c\.))"
_CODE_RIGHT = rf"(?:(?=T[0-9])|{ENDED}(?![/-]|[.:][0-9]))"
_LEAD = (
    r"(?P<lead>(?<!\w)(?ai:in|since|during|until|till|early|late|mid|circa|between|spring|summer"
    r"|autumn|fall|winter|through|(?P<countable>of|by|from|around|before|after))"
    rf"(?:{SPACE}(?ai:the{SPACE}year))?(?:{SPACE}|-)|(?P<bracket>(?<!\w)\())"
)
_BRACKET_RIGHT = re.compile(r"\s?[),;–—-]")
_PLURAL = re.compile(r"\s+(?!(?:was|has|is|as|its|his|this|does)\b)[a-z]+s\b")
_VERB_NEXT = re.compile(
    r"\s+[a-z]+s\s(?:are|could|doubled|fell|grew|had|have|may|must|paid|rose|were|will|would)\b"
)
_PERIOD_OF = re.compile(
    r"\b(?ai:half|quarter|end|start|beginning|middle|rest|spring|summer|autumn|fall|winter)\s$"
)


def _year_month_day(match: re.Match[str], _: Now) -> str | None:
    return iso_date(int(match["year"]), int(match["number"]), int(match["day"]))


def _year_month(match: re.Match[str], _: Now) -> str | None:
    """None for "2010-11", which is as often a season as it is a month."""
    year, month = int(match["year"]), int(match["number"])
    return None if month == (year + 1) % 100 else iso_date(year, month)


def _month_in_figures(match: re.Match[str], _: Now) -> str | None:
    return iso_date(int(match["year"]), int(match["number"]))


def _numeric(match: re.Match[str], _: Now) -> str | None:
    """A day if only one order of day and month gives one."""
    year, one, other = (int(match[name]) for name in ("year", "one", "other"))
    readings = {iso_date(year, one, other), iso_date(year, other, one)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _numeric_pair(match: re.Match[str], end: bool) -> str | None:
    """One end of a range of two days in figures, if only one order of day and month gives both."""
    year, last = int(match["first_year"] or match["year"]), int(match["year"])
    one, other, last_one, last_other = (
        int(match[name]) for name in ("one", "other", "last_one", "last_other")
    )
    readings = {
        (iso_date(year, other, one), iso_date(last, last_other, last_one)),
        (iso_date(year, one, other), iso_date(last, last_one, last_other)),
    }
    whole = [reading for reading in readings if None not in reading]
    return whole[0][end] if len(whole) == 1 else None


def _numeric_start(match: re.Match[str], _: Now) -> str | None:
    return _numeric_pair(match, end=False)


def _numeric_end(match: re.Match[str], _: Now) -> str | None:
    return _numeric_pair(match, end=True)


def _spelled(match: re.Match[str], _: Now) -> str | None:
    return of_year(match, int(match["year"]))


def _named_year(match: re.Match[str], _: Now) -> str | None:
    return iso_date(int(match["year"]))


def _range_start(match: re.Match[str], _: Now) -> str | None:
    """The start of "30 April to 2 May 2018" and "May to July 2018": of the year before, if its
    month is later."""
    month, day = month_number(match["first_month"]), match.groupdict().get("first_day")
    year = int(match["year"]) - (month > month_of(match))
    return iso_date(year, month, int(day) if day else None)


def _bare_year(match: re.Match[str], _: Now) -> str | None:
    """No time where the digits may count something or name a decade: "by 1500", "(2000 copies)"."""
    year, after = match["year"], (match.string, match.end("year"))
    if match["bracket"] and not _BRACKET_RIGHT.match(*after):
        return NO_TIME
    if match["countable"] and _may_count(match):
        return NO_TIME
    decade = year.endswith("0") and match.string.startswith(("'s", "’s"), match.end("year"))
    return NO_TIME if decade or COUNTED.match(*after) else iso_date(int(year))


def _planned_year(match: re.Match[str], _: Now) -> str | None:
    after = (match.string, match.end("year"))
    counts = match["year"].endswith("00") or _PLURAL.match(*after) or COUNTED.match(*after)
    return NO_TIME if counts else iso_date(int(match["year"]))


def _may_count(match: re.Match[str]) -> bool:
    """Whether the year after "of" or "by" may be a number: not in "By 2018 sales had doubled"."""
    text, end = match.string, match.end("year")
    if _PERIOD_OF.search(text, max(0, match.start() - 20), match.start()):
        return False
    verb = match["lead"][:2].lower() != "of" and _VERB_NEXT.match(text, end)
    return match["year"].endswith("00") or (_PLURAL.match(text, end) is not None and not verb)


def _last_year(match: re.Match[str], _: Now) -> str | None:
    """The later year of 1997-98 or (1914-1918); where nothing leads to it, only the next one."""
    first, last = int(match["year"]), int(match["last"])
    last += first // 100 * 100 if len(match["last"]) == 2 else 0
    following = last == first + 1 or (match["lead"] is not None and last > first)
    # 2010/11 is a month to some; an en dash is not.
    unclear = match["mark"] != "–" and len(match["last"]) == 2 and last % 100 <= 12
    counted = COUNTED.match(match.string, match.end("last"))
    return iso_date(last) if following and not unclear and not counted else NO_TIME


def _first_year(match: re.Match[str], now: Now) -> str | None:
    return iso_date(int(match["year"])) if _last_year(match, now) else NO_TIME


_LATER = rf"{SPACE}(?ai:to|and|or|through|until|till){SPACE}"
_YEARS = (
    rf"(?:{_LEAD}|{LEFT}){YEAR}(?P<mark>[-–—/])(?P<last>[12][0-9]{{3}}|[0-9]{{2}})"
    r"(?![\w/–-]|[.,:][0-9]|\s?%)"
)


def _first(pattern: str) -> str:
    """A pattern of the start of a range, its groups apart from those of the end."""
    return re.sub("<(month|day|other)>", r"<first_\1>", pattern)


# When it is to be: "planned for 2023", "put off to 2024".
_PUT = (
    r"(?ai:(?:planned|scheduled|expected|foreseen|pencilled\sin|pencilled)\sfor"
    r"|(?:postponed|put\s(?:off|back)|moved|delayed|deferred|rescheduled|pushed(?:\sback)?"
    r"|brought\sforward)\s(?:for|to))"
)
# Two years as one: "fiscal year 2022/23".
_OF_TWO_YEARS = r"(?:FY|(?ai:(?:fiscal|financial|tax|academic|school)\syear))\s?"
_PERIOD = (
    rf"(?:Q[1-4]|H[12]){SPACE}(?:(?ai:of){SPACE})?(?:FY)?|FY(?:{SPACE})?"
    rf"|(?ai:fiscal){SPACE}(?:(?ai:year){SPACE})?"
)
_RANGES = (
    (rf"{LEFT}(?P<words>{_first(DAY_MONTH)})", DAY_MONTH),
    (rf"(?P<words>{_first(MONTH_DAY)})", MONTH_DAY),
    # In lower case "may" and "march" are other words.
    (rf"{OUTSIDE}(?P<words>(?=[A-Z]){_first(MONTH)})", MONTH),
)
"""How a range of two months begins, and how it ends; "3-7 March 2018" is one of days."""
# Where a day is, and no number of a room or an invoice: "Invoice 2041, May 5".
_DAY_NEXT = r"(?:^|(?<=[\n(])|(?<=\b(?ai:by|in|of|on)\s)|(?<=\b(?ai:from|till)\s))"
_ENDS = (
    rf"{LEFT}(?P<start>(?P<one>[0-9]{{1,2}})(?P<mark>[-/.])(?P<other>[0-9]{{1,2}})(?P=mark)"
    rf"(?:(?P<first_year>[12][0-9]{{3}})|(?<=[.]))){JOIN}"
    r"(?P<end>(?P<last_one>[0-9]{1,2})(?P=mark)(?P<last_other>[0-9]{1,2})(?P=mark)"
    rf"{YEAR}){_CODE_RIGHT}"
)
"""Both ends of a range in figures: "01.04.2025 to 15.04.2025", "01.04. - 15.04.2025"."""
STATED = (
    Rule(_ENDS, _numeric_start, words="start"),
    Rule(_ENDS, _numeric_end, words="end"),
    Rule(
        rf"(?<!\w){_OF_TWO_YEARS}[12][0-9]{{3}}\s?[-–—/]\s?(?:[12][0-9]{{3}}|[0-9]{{2}})(?![\w/])",
        needs=("fy", "year"),
    ),
    Rule(
        rf"(?<!\w){_PUT}{SPACE}{YEAR}{_YEAR_RIGHT}",
        _planned_year,
        words="year",
        needs=("for", "to"),
    ),
    Rule(rf"(?<!\w)(?:{_PERIOD}){YEAR}{_YEAR_RIGHT}", _named_year, needs=("q", "h1", "h2", "f")),
    *(
        Rule(
            rf"{start}{JOIN}{end}{BEFORE_YEAR}{YEAR}{_RIGHT}",
            _range_start,
            words="words",
            needs=MONTHS,
        )
        for start, end in _RANGES
    ),
    Rule(
        rf"{LEFT}{YEAR}(?P<mark>[-/])(?P<number>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})"
        rf"{_CODE_RIGHT}",
        _year_month_day,
    ),
    Rule(rf"{LEFT}{YEAR}-(?P<number>0[1-9]|1[0-2])(?![\w/-]|[.:,][0-9])", _year_month),
    Rule(
        rf"{LEFT}(?P<one>[0-9]{{1,2}})(?P<mark>[-/.])(?P<other>[0-9]{{1,2}})(?P=mark){YEAR}"
        rf"{_CODE_RIGHT}",
        _numeric,
    ),
    Rule(rf"{LEFT}{DAY_MONTH}{BEFORE_YEAR}{YEAR}{_RIGHT}", _spelled, needs=MONTHS),
    Rule(rf"{MONTH_DAY}{BEFORE_YEAR}{YEAR}{_RIGHT}", _spelled, needs=MONTHS),
    Rule(
        rf"{LEFT}(?=1[5-9]|20)(?:{_DAY_NEXT}|(?=[0-9]+-)){YEAR}(?:,?{SPACE}(?=[A-Z])|-){MONTH}"
        rf"(?:{SPACE}|-){DAY}(?:{JOIN}{OTHER_DAY})?"
        rf"{_RIGHT}(?!,?{SPACE}[12][0-9]{{3}}(?!\w)|{COUNTED.pattern})",
        _spelled,
        needs=MONTHS,
    ),
    Rule(rf"{OUTSIDE}{MONTH}{BEFORE_YEAR}{YEAR}{_RIGHT}", _spelled, needs=MONTHS),
    Rule(
        rf"(?<!\w)(?ai:by|from|in|since|till|until){SPACE}(?P<words>(?![1-9]/[0-9]{{2}}00)"
        r"(?P<number>0?[1-9]|1[0-2])/(?P<year>(?:19|20)[0-9]{2}))"
        rf"{_RIGHT}(?!/|{SPACE}(?ai:of)\b)",
        _month_in_figures,
        words="words",
    ),
    Rule(rf"{_LEAD}{YEAR}{_YEAR_RIGHT}", _bare_year, words="year"),
    Rule(rf"{_LEAD}[12][0-9]{{3}}{_LATER}{YEAR}{_YEAR_RIGHT}", _bare_year, words="year"),
    Rule(_YEARS, _first_year, words="year"),
    Rule(_YEARS, _last_year, words="last"),
)
