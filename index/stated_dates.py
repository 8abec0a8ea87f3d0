"""Dates that the words alone state."""

import re

from index.date_words import (
    BEFORE_YEAR,
    COUNTED,
    DAY_MONTH,
    LEFT,
    MONTH,
    MONTH_DAY,
    MONTHS,
    NO_TIME,
    SPACE,
    YEAR,
    Now,
    iso_date,
    of_year,
    rule,
)

_RIGHT = r"(?!\w|[.,:/]?[0-9]|\s?%|\s(?ai:bce?\b|b\.c\.))"
_YEAR_RIGHT = r"(?!\w|[.,:/–—-]?[0-9]|\s?%|\s(?ai:bce?\b|b\.c\.))"
_CODE_RIGHT = r"(?:(?=T[0-9])|(?![\w/-]|[.:][0-9]))"
_LEAD = (
    r"(?P<lead>(?<!\w)(?ai:in|since|during|until|till|early|late|mid|circa|between|spring|summer"
    r"|autumn|fall|winter|through|(?P<countable>of|by|from|around|before|after))"
    rf"(?:{SPACE}(?ai:the{SPACE}year))?(?:{SPACE}|-)|(?P<bracket>(?<!\w)\())"
)
_BRACKET_RIGHT = re.compile(r"\s?[),;–—-]")
_PLURAL = re.compile(r"\s+(?!(?:was|has|is|as|its|his|this|does)\b)[a-z]+s\b")


def _year_month_day(match: re.Match[str], _: Now) -> str | None:
    return iso_date(int(match["year"]), int(match["number"]), int(match["day"]))


def _year_month(match: re.Match[str], _: Now) -> str | None:
    """None for "2010-11", which is as often a season as it is a month."""
    year, month = int(match["year"]), int(match["number"])
    return None if month == (year + 1) % 100 else iso_date(year, month)


def _numeric(match: re.Match[str], _: Now) -> str | None:
    """A day if only one order of day and month gives one."""
    year, one, other = (int(match[name]) for name in ("year", "one", "other"))
    readings = {iso_date(year, one, other), iso_date(year, other, one)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _spelled(match: re.Match[str], _: Now) -> str | None:
    return of_year(match, int(match["year"]))


def _bare_year(match: re.Match[str], _: Now) -> str | None:
    """No time where the digits may count something or name a decade: "by 1500", "(2000 copies)"."""
    year, after = match["year"], (match.string, match.end("year"))
    if match["bracket"] and not _BRACKET_RIGHT.match(*after):
        return NO_TIME
    if match["countable"] and (year.endswith("00") or _PLURAL.match(*after)):
        return NO_TIME
    decade = year.endswith("0") and match.string.startswith(("'s", "’s"), match.end("year"))
    return NO_TIME if decade or COUNTED.match(*after) else iso_date(int(year))


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
STATED = (
    rule(
        rf"{LEFT}{YEAR}(?P<mark>[-/])(?P<number>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})"
        rf"{_CODE_RIGHT}",
        _year_month_day,
    ),
    rule(rf"{LEFT}{YEAR}-(?P<number>0[1-9]|1[0-2])(?![\w/-]|[.:,][0-9])", _year_month),
    rule(
        rf"{LEFT}(?P<one>[0-9]{{1,2}})(?P<mark>[-/.])(?P<other>[0-9]{{1,2}})(?P=mark){YEAR}"
        rf"{_CODE_RIGHT}",
        _numeric,
    ),
    rule(rf"{LEFT}{DAY_MONTH}{BEFORE_YEAR}{YEAR}{_RIGHT}", _spelled, needs=MONTHS),
    rule(rf"{MONTH_DAY}{BEFORE_YEAR}{YEAR}{_RIGHT}", _spelled, needs=MONTHS),
    rule(rf"(?<!\w){MONTH}{BEFORE_YEAR}{YEAR}{_RIGHT}", _spelled, needs=MONTHS),
    rule(rf"{_LEAD}{YEAR}{_YEAR_RIGHT}", _bare_year, words="year"),
    rule(rf"{_LEAD}[12][0-9]{{3}}{_LATER}{YEAR}{_YEAR_RIGHT}", _bare_year, words="year"),
    rule(_YEARS, _first_year, words="year"),
    rule(_YEARS, _last_year, words="last"),
)
