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
_AFTER_FIGURES = {"h": "hour", "min": "minute", "sec": "second"}
SHORT = _SHORT_MONTHS | _SHORT_MEASURES | _AFTER_FIGURES
"""What is short for a measure, or for a month beside a figure ("mar" and "Jan" are others), or for
a time right after one ("min" is the least too)."""
WRITTEN_TO = (
    *_SHORT_MEASURES,
    *"h min sec ml mg mb gb tb kb kw kwh hz khz mhz ghz mph kph lbs lb ft oz px p".split(),
)
"""Measures that may be written to their number, "20kg", which then is that of "20 kg". "5G" is a
name, as is "4K"."""

_AT = r"(?:(?<=\d[\s-])|(?<=\d(?:st|nd|rd|th)\s))"
_MONTH, _MEASURE = "|".join(_SHORT_MONTHS), "|".join(_SHORT_MEASURES)
ABBREVIATED = (
    rf"(?:{_AT}(?:{_MONTH})\b|(?:{_MONTH})(?=\.?[\s-]\d)"
    rf"|(?:(?<![^\W\d_])(?:{_MEASURE})|(?<=\d)h|(?:(?<=\d)|(?<=\d[ -]))(?-i:min|sec))\b)"
)
"""A word of SHORT, where it is short for one."""

DEGREES = (
    r"(?:[^\S\n]|-)?(?:(?:[°º˚]|deg(?:ree)?s?\b)(?:[^\S\n]?(?:[cf]|celsius|fahrenheit|centigrade)\b)?"
    r"|[℃℉]|(?:(?<=[\d.,]\d)|(?<=[\d.,]\d[ \u00a0]))(?-i:[CF])\b(?![+#]|[-/&'’]\w))"
)
"""After a number: "°C", "degrees", and a letter alone after two figures, not of "16 F-35"."""
FRACTIONS = "½¼¾"
_SCALE_SIGNS = {"c": "celsius", "℃": "celsius", "f": "fahrenheit", "℉": "fahrenheit"}
_PARTS = {"½": ".5", "¼": ".25", "¾": ".75"}
_CLOCK = (
    r"(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?[^\S\n]?(?:[ap]m\b|[ap]\.m\b\.?)"
    r"|(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?|h[0-5]\d)(?![\d:]|[^\W_])"
)
_DOTTED = r"(?:[01]?\d|2[0-3])\.[0-5]\d"
AT_A_TIME = (
    rf"(?<=\bat\s){_DOTTED}(?![.,]?[^\W_]|[^\S\n]?[%$€£¥₹]"
    r"|[^\S\n](?:per|percent|pct|times|thousand|million|billion|dollar|pound|euro)s?\b)"
)
"""As the British write it: a time, or else a price or a version."""
_DAY = (
    r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])"
    r"|(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.[12]\d{3}(?!\.?\d)"
    r"|(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/[12]\d{3}(?![\d/])"
    r"|(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/[12]\d{3}(?![\d/])"
)
"""A day in figures; not 03/01/2020, which is one day to the British and another to Americans."""
_PHONE = r"(?:\+\d|\(?0\d)\d*+(?:[ ()\u00a0/-]{1,2}\d++){0,6}+"
FIGURE = (
    rf"(?:{_CLOCK}|{AT_A_TIME}|{_DAY}|(?=(?:[+(]|0)(?:[ ()\u00a0/-]{{0,2}}\d){{8,15}}(?!\d))"
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
    `9:30` may be in the evening too, and `9:30` says all of it: the more telling, the later. So may
    `at 9.30`, which is `9.30` too. A telephone number gives its parts and `tel79460000`.
    """
    if day := _ISO.fullmatch(figure):
        year, month, number = day.groups()
        yield from _day(number, month, year)
    elif day := _NUMERIC.fullmatch(figure):
        first, second, year = day.groups()
        yield from _day(*((first, second) if int(second) <= 12 else (second, first)), year)
    elif _CLOCK_TIME.fullmatch(figure) and (time := _TIME.match(figure)):
        yield from _time(time)
    elif (dotted := _TIME.match(figure)) and re.fullmatch(_DOTTED, figure):
        yield from (figure, *_time(dotted))
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


def in_figures(number: str) -> str:
    """A number without a sign for a part of it: `2½` and `2 ½` are `2.5`."""
    return number[:-1].rstrip() + _PARTS[number[-1]] if number[-1] in _PARTS else number


def degrees(number: str, mark: str) -> Iterator[str]:
    """The words of a number and of what DEGREES matches after it: `121 °C` gives `121`, `degree`,
    `celsius`, `121c` and `121°`, which `121 degrees` has too. `12C` may be a code, and says `12c`.
    """
    scale = next((_SCALE_SIGNS[sign] for sign in mark.lower() if sign in _SCALE_SIGNS), "")
    if mark in ("C", "F"):
        yield from (f"{number}°", number + scale[0])
        return
    yield from (number, "degree")
    if scale:
        yield from (scale, number + scale[0])
    yield f"{number}°"
