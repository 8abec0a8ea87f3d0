"""Dates that are so many days, weeks, months or years from that of their document."""

import re
from datetime import date, timedelta

from index.dates.verbs import words_before
from index.dates.words import NUMBERS, SPACE, Now, Rule, iso_date

SHIFT = {"last": -1, "this": 0, "next": 1}
_INEXACT = re.compile(
    r"\b(?ai:than|over|under|at least|at most|about|around|almost|nearly|some|roughly"
    r"|approximately|up to|to|or|and|half)\s+$"
)
_SHIFTED = re.compile(r"\b(?ai:would|could|might|w(?:as|ere) to)\b[^.!?\n]*$")


def today_of(now: Now) -> date | None:
    return date(now.year, now.month, now.day) if now.month and now.day else None


def _week(day: date) -> str | None:
    """The month that holds the whole week of `day`, or else the year, or else None."""
    first = day - timedelta(day.weekday())
    last = first + timedelta(6)
    if first.year != last.year:
        return None
    return iso_date(first.year, first.month if first.month == last.month else None)


def moved(now: Now, unit: str, by: int) -> str | None:
    """`now` moved by so many days, weeks, months or years, as precise as the unit."""
    today = today_of(now)
    if unit == "year":
        return iso_date(now.year + by)
    if unit == "month":
        months = now.year * 12 + (now.month or 0) - 1 + by
        return iso_date(months // 12, months % 12 + 1) if now.month else None
    if today is None:
        return None
    if unit == "week":
        return _week(today + timedelta(7 * by))
    return (today + timedelta(by)).isoformat()


def count_of(match: re.Match[str], group: str) -> int | None:
    """The number in a group; None for what is said to be inexact, and for more than twenty, which
    people round."""
    words = ["", *NUMBERS.split("|")]
    number = match[group].lower()
    by = int(number) if number.isdigit() else 1 if number in ("a", "an") else words.index(number)
    return None if by > 20 or _INEXACT.search(words_before(match, group)) else by


def _counted(match: re.Match[str], now: Now, sign: int) -> str | None:
    by, unit = count_of(match, "number"), match["unit"].lower()
    if by is None:
        return None
    if unit == "fortnight":
        return moved(now, "week", sign * 2 * by)
    return moved(now, unit, sign * by)


def _ago(match: re.Match[str], now: Now) -> str | None:
    return _counted(match, now, -1)


def _hence(match: re.Match[str], now: Now) -> str | None:
    """None after "would" and the like: "in two weeks' time" is then counted from another day."""
    return None if _SHIFTED.search(words_before(match)) else _counted(match, now, 1)


def _but_one(match: re.Match[str], now: Now) -> str | None:
    """The week after next, the month before last."""
    by = 2 if match["side"] else -2
    return moved(now, match["unit"].lower(), by)


_NUMBER_OF = (
    rf"(?<![\w.,-])(?P<number>(?ai:an?|{NUMBERS})|[0-9]{{1,2}}){SPACE}"
    r"(?P<unit>(?ai:day|week|fortnight|month|year))(?ai:s?)"
)
SHIFTED = (
    Rule(rf"{_NUMBER_OF}{SPACE}(?ai:ago)(?!\w)", _ago, needs=("ago",)),
    Rule(
        rf"{_NUMBER_OF}{SPACE}(?ai:from){SPACE}(?ai:today|now)(?!\w| on(?:wards?)?\b)",
        _hence,
        yearless=True,
        needs=("from",),
    ),
    Rule(
        rf"(?<!\w)(?ai:in){SPACE}(?:(?ai:just|only){SPACE})?"
        rf"(?P<words>{_NUMBER_OF}['’](?ai:s?){SPACE}(?ai:time))(?!\w)",
        _hence,
        words="words",
        yearless=True,
        needs=("time",),
    ),
    Rule(
        rf"(?<!\w)(?ai:is|are)(?:{SPACE}(?ai:now|just|only|still|but|almost|about|nearly)){{0,2}}{SPACE}"
        rf"(?P<words>{_NUMBER_OF}{SPACE}(?ai:away))(?=[.,;:!?)]|{SPACE}(?:and|but)\b|\s*$)",
        _hence,
        words="words",
        yearless=True,
        needs=("away",),
    ),
    Rule(
        rf"(?<!\w)(?ai:the){SPACE}(?P<unit>(?ai:week|month|year)){SPACE}"
        rf"(?:(?P<side>(?ai:after)){SPACE}(?ai:next)|(?ai:before){SPACE}(?ai:last))(?!\w|['’])",
        _but_one,
        needs=("after", "before"),
    ),
)
