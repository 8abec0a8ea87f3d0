"""What the grammar of dates is made of: words and figures, and what makes a date of them."""

import re
from calendar import monthrange
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# The pieces of the grammar. Every repetition is bounded or possessive, so that matching is linear;
# the flag `a` keeps the dotless i and the long s from counting as i and s.
BLANK = r"[^\S\n]{1,8}"
# No letter or figure, but Markdown's marks of emphasis: "_12 May 2025_", not "log_2025-05-12_b".
OUTSIDE = r"(?<![^\W_])(?<![^\W_]_)(?<![^\W_]__)(?<![^\W_]___)"
ENDED = r"(?!_{0,3}[^\W_])"
SPACE = r"(?=\s)[^\S\n]{0,8}\n?[^\S\n]{0,8}"
MONTH = (
    r"(?P<month>(?ai:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?"
    r"|jul(?:y|\.)?|aug(?:ust|\.)?|sep(?:tember|t?\.?)|oct(?:ober|\.)?|nov(?:ember|\.)?"
    r"|dec(?:ember|\.)?))(?!\w)"
)
DAY_NAME = r"(?ai:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
SHORT_DAY = r"(?ai:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)(?!\w)"
"""The name of a weekday, whole; and whole or short: "Tue", "Thurs"."""
WEEKDAY = rf"(?P<weekday>{DAY_NAME})(?!\w)"
YEAR = r"(?P<year>[12][0-9]{3})"
DAY = r"(?P<day>[0-9]{1,2})(?ai:st|nd|rd|th)?"
OTHER_DAY = r"(?P<other>[0-9]{1,2})(?ai:st|nd|rd|th)?"
JOIN = r"[^\S\n]{0,8}(?:[-–—/&]|(?ai:to|and|or|through))[^\S\n]{0,8}"
_MORE = r"[0-9]{1,2}(?ai:st|nd|rd|th)?"
DAY_MONTH = (
    rf"(?:(?:{_MORE},{SPACE}){{0,6}}{OTHER_DAY},?{JOIN})?{DAY}"
    rf"(?:{BLANK}(?:(?ai:of){BLANK})?|-){MONTH}"
)
MONTH_DAY = rf"{OUTSIDE}{MONTH}{SPACE}{DAY}(?:(?:(?:,{SPACE}{_MORE}){{1,6}},?)?{JOIN}{OTHER_DAY})?"
BEFORE_YEAR = rf"(?:,?{SPACE}(?:(?ai:of){SPACE})?|[,-])"
NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty"
)
LEFT = rf"{OUTSIDE}(?<![$€£¥#/:+-])(?<![0-9][.,])"
COUNTED = re.compile(
    r"\s+(?ai:people|men|women|children|percent|per|million|billion|thousand|hundred|feet|cases"
    r"|times|copies|km|kg|mph)\b|\s?%"
)
"""What counts something after figures that could be a year or a day."""
ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Now(NamedTuple):
    """The document's date, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None


YEAR_NAMED = ("which", "which_year", "number", "first_year", "first_number", "short")
"""The groups of words that tell a year: last May, May last year, two years ago in May, May '18."""
Tells = Callable[[re.Match[str], Now], str | None]
"""The date that words tell, ISO; None where they tell a time of which no date can be made."""
NO_TIME = ""
"""What is read from words that look like a date and tell no time: "you may 5"."""


def _no_date(_: re.Match[str], __: Now) -> None:
    return None


class Rule(NamedTuple):
    """A pattern of words that tell when, and what makes a date of them; nothing does, if not told.

    words: the group that is the date. yearless: whether its year is that of what is near. needs:
    for speed, a text that has none of these in lower case is not searched.
    """

    pattern: str
    read: Tells = _no_date
    words: str | int = 0
    yearless: bool = False
    needs: tuple[str, ...] = ()


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a rule, compiled when a text is first searched for it: most answers need few,
    and together they take as long as opening an index."""
    return re.compile(pattern)


def parse_iso(document_date: str) -> Now:
    """Raises ValueError for what is no ISO date."""
    parts = ISO.fullmatch(document_date)
    numbers = [int(p) for p in parts.groups() if p] if parts else []
    if not numbers or iso_date(*numbers) is None:
        raise ValueError(f"not an ISO date: {document_date!r}")
    return Now(*numbers)


def iso_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """None for a day that no calendar has, and for a year outside 1000 to 2199."""
    if not 1000 <= year <= 2199 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return f"{year}"
    if day is None:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None


def month_number(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def month_of(match: re.Match[str]) -> int:
    return month_number(match["month"])


def days_of(match: re.Match[str]) -> list[int]:
    groups = match.groupdict()
    return sorted(int(groups[name]) for name in ("day", "other") if groups.get(name))


def of_year(match: re.Match[str], year: int) -> str | None:
    """The day; the month where no day is named, or two are."""
    days = [iso_date(year, month_of(match), day) for day in days_of(match)]
    if None in days:
        return None
    return days[0] if len(days) == 1 else iso_date(year, month_of(match))
