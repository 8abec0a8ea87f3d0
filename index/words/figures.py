"""Times of day, days of the calendar, telephone numbers and measures as search sees them: each in
one form, however it is written. Pure."""

import re
from collections.abc import Iterator

MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SHORT_MONTHS = {month[:3]: month for month in MONTHS if month != "may"} | {"sept": "september"}
_SHORT_MEASURES = {
    "kg": "kilogram",
    "km": "kilometer",
    "cm": "centimeter",
    "mm": "millimeter",
    "hr": "hour",
    "hrs": "hour",
    "mins": "minute",
    "secs": "second",
}
SHORT = _SHORT_MONTHS | _SHORT_MEASURES | {"h": "hour"}
"""What is short for a measure, or for a month beside a figure ("mar" and "Jan" are others), or for
an hour right after one."""
WRITTEN_TO = (
    *_SHORT_MEASURES,
    *"h ml mg mb gb tb kb kw kwh hz khz mhz ghz mph kph lbs lb ft oz px p".split(),
)
"""Measures that may be written to their number, "20kg", which then is that of "20 kg". "5G" is a
name, as is "4K"."""

_AT = r"(?:(?<=\d[\s-])|(?<=\d(?:st|nd|rd|th)\s))"
_MONTH, _MEASURE = "|".join(_SHORT_MONTHS), "|".join(_SHORT_MEASURES)
ABBREVIATED = (
    rf"(?:{_AT}(?:{_MONTH})\b|(?:{_MONTH})(?=\.?[\s-]\d)"
    rf"|(?:(?<![^\W\d_])(?:{_MEASURE})|(?<=\d)h)\b)"
)
"""A word of SHORT, where it is short for one."""

_CLOCK = (
    r"(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?[^\S\n]?(?:[ap]m\b|[ap]\.m\b\.?)"
    r"|(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?|h[0-5]\d)(?![\d:]|[^\W_])"
)
_DAY = (
    r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])"
    r"|(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.[12]\d{3}(?!\.?\d)"
    r"|(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/[12]\d{3}(?![\d/])"
    r"|(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/[12]\d{3}(?![\d/])"
)
"""A day in figures; not 03/01/2020, which is one day to the British and another to Americans."""
_PHONE = r"(?:\+\d|\(?0\d)\d*+(?:[ ()\u00a0/-]{1,2}\d++){0,6}+"
FIGURE = (
    rf"(?:{_CLOCK}|{_DAY}|(?=(?:[+(]|0)(?:[ ()\u00a0/-]{{0,2}}\d){{8,15}}(?!\d))"
    rf"(?!0?\d[/-]\d)(?<![\w.,]){_PHONE})"
)
_CLOCK_TIME = re.compile(_CLOCK, re.IGNORECASE)
_TIME = re.compile(r"(\d+)(?:[:.h](\d\d))?(?::\d\d)?\s?([ap])?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NUMERIC = re.compile(r"(\d+)[./](\d+)[./](\d{4})")
TELLS_LAST = 8
"""Figures of a telephone number that are the same with its country's code and without."""


def tokens_of(figure: str) -> Iterator[str]:
    """The words of what FIGURE matches.

    A day gives its day, month and year, as in words. `2.30 pm` and `14:30` give `2:30` and `14h30`;
    `9:30` may be in the evening too, and `9:30` says all of it: the more telling, the later. A
    telephone number gives its parts and `tel79460000`.
    """
    if day := _ISO.fullmatch(figure):
        year, month, number = day.groups()
        yield from _day(number, month, year)
    elif day := _NUMERIC.fullmatch(figure):
        first, second, year = day.groups()
        yield from _day(*((first, second) if int(second) <= 12 else (second, first)), year)
    elif _CLOCK_TIME.fullmatch(figure) and (time := _TIME.match(figure)):
        yield from _time(time)
    else:
        yield from re.findall(r"\d+", figure)
        yield "tel" + re.sub(r"\D", "", figure)[-TELLS_LAST:]


def _day(day: str, month: str, year: str) -> tuple[str, str, str]:
    return str(int(day)), MONTHS[int(month) - 1], year


def _time(match: re.Match[str]) -> tuple[str, str]:
    """As a clock's hands show it, and in its half of the day; what it says for sure comes last."""
    hour, minute, half = match[1], match[2] or "00", (match[3] or "").lower()
    late = half == "p" and int(hour) < 12
    on_a_clock = (int(hour) + 11) % 12 + 1
    of_the_day = (int(hour) % 12 if half == "a" else int(hour) + 12 * late) % 24
    face, whole = f"{on_a_clock}:{minute}", f"{of_the_day:02}h{minute}"
    either = not half and hour[0] != "0" and int(hour) <= 12
    return (whole, face) if either else (face, whole)
