"""Amounts, in one unit of their kind: which are the same, and which cannot be compared. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from index.types import Span
from index.words.lexical import STOP_STEMS, is_number, tokens, words
from index.words.numbers import CURRENCIES

_MONTH = Fraction("30.4375")
"""Days."""
_ROUGHLY = Fraction(1, 50)
"""How far days may be from months, or feet from metres, as a share, and be the same: 30 days and a
month, 98 feet and 30 metres."""
_UNITS: Mapping[str, Mapping[str, str | int]] = {
    "days": {
        **{"second sec secs": "1/86400", "minute min mins": "1/1440", "hour hr hrs h": "1/24"},
        **{"day": 1, "week wk wks": 7, "fortnight": 14},
    },
    "months": {"month": 1, "year yr yrs": 12, "decade": 120, "century centuries": 1200},
    "metres": {
        **{"mm millimetre": "1/1000", "cm centimetre": "1/100", "m metre": 1, "km kilometre": 1000},
        **{"inch": "0.0254", "foot feet ft": "0.3048", "yard": "0.9144", "mile": "1609.344"},
    },
    "grams": {
        **{"mg milligram": "1/1000", "g gram": 1, "kg kilo kilogram": 1000, "t tonne": 10**6},
        **{"oz ounce": "28.349523125", "lb lbs": "453.59237"},
    },
    "litres": {"ml millilitre": "1/1000", "cl centilitre": "1/100", "l litre": 1},
    "bytes": {"byte": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12},
}
UNIT_NAMES = tuple(name for sizes in _UNITS.values() for names in sizes for name in names.split())
"""As they are written, in the singular."""
_UNIT = {
    token: (kind, Fraction(size))
    for kind, sizes in _UNITS.items()
    for names, size in sizes.items()
    for token in tokens(names)
}
_TIMES = {"days", "months"}
_VALUE = re.compile(r"(?P<sign>[^\d.]*)(?P<number>\d+(?:\.\d+)?)(?P<unit>[%°]|[^\W\d_]*)")
_AFTER = re.compile(r"(?:\s|-)?([^\W\d_]+)(?:[ -]([^\W\d_]+))?(?:[ -]([^\W\d_]+))?")
_PLURAL = re.compile(r"[^\W\d_]{2,}[^\Ws]s|children|men|people|women", re.IGNORECASE)
_FAHRENHEIT = re.compile(r"[fF℉]")
_AND = re.compile(r",?\s(?:and\s)?")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is told, or a code, which is none.

    kind: one of units, "%", "°" or "°f", the sign of a currency, the token of what is counted,
    "code"; "" where nothing tells it. unit: the size of its unit, in the first of that kind. place:
    of its words.
    """

    number: Fraction
    kind: str
    unit: Fraction
    place: Span
    code: str = ""


def amounts(text: str, part: Span) -> tuple[Amount, ...]:
    """The numbers and codes in text[part], each with what the words right after it say it is of;
    "1 hour 30 minutes" is one."""
    found: list[Amount] = []
    for token, place in _numbers(text, part):
        this = _read(token, text, place)
        if found and _goes_on(text, found[-1], this):
            found[-1] = _sum(found[-1], this)
        else:
            found.append(this)
    return tuple(found)


def agree(some: Sequence[Amount], others: Sequence[Amount]) -> bool | None:
    """Whether any of the amounts is the same as one of the others; None where none can be compared
    with any, as "20 minutes" and "five slides"."""
    pairs = [(one, other) for one, other in product(some, others) if _comparable(one, other)]
    return any(_equal(one, other) for one, other in pairs) if pairs else None


def is_time(token: str) -> bool:
    """Whether a token is of a unit of time."""
    return token in _UNIT and _UNIT[token][0] in _TIMES


def _numbers(text: str, part: Span) -> Iterator[tuple[str, Span]]:
    """The token that says all of each number, and its place."""
    found = {at: token for token, at in words(text[part.start : part.end]) if is_number(token)}
    for at, token in found.items():
        yield token, Span(part.start + at.start, part.start + at.end)


def _read(token: str, text: str, place: Span) -> Amount:
    match = _VALUE.fullmatch(token)
    if match is None or (match["sign"] and match["sign"] not in CURRENCIES):
        return Amount(Fraction(0), "code", Fraction(1), place, token)
    number, own = Fraction(match["number"]), match["sign"] or match["unit"]
    if own in CURRENCIES or own == "%":
        return Amount(number, own, Fraction(1), place)
    if own == "°":
        scale = "°f" if _FAHRENHEIT.search(text, place.start, place.end) else own
        return Amount(number, scale, Fraction(1), place)
    if own:
        kind, unit = _UNIT.get(own, ("code", Fraction(1)))
        return Amount(number, kind, unit, place, "" if own in _UNIT else token)
    kind, unit, end = _told_after(text, place.end)
    return Amount(number, kind, unit, Span(place.start, end))


def _told_after(text: str, end: int) -> tuple[str, Fraction, int]:
    """The kind and the size of the unit that follows a number, and where that ends; else what is
    counted: of the next three words the first in the plural."""
    after = _AFTER.match(text, end)
    for n, word in enumerate(after.groups("") if after else (), 1):
        token = tokens(word)[0] if word else ""
        if after and n == 1 and token in _UNIT:
            return *_UNIT[token], after.end(1)
        if token in STOP_STEMS:
            break
        if _PLURAL.fullmatch(word):
            return token, Fraction(1), end
    return "", Fraction(1), end


def _goes_on(text: str, one: Amount, other: Amount) -> bool:
    gap = text[one.place.end : other.place.start]
    return one.kind == other.kind and other.unit < one.unit and _AND.fullmatch(gap) is not None


def _sum(one: Amount, other: Amount) -> Amount:
    number = one.number + other.number * other.unit / one.unit
    return Amount(number, one.kind, one.unit, Span(one.place.start, other.place.end))


def _comparable(one: Amount, other: Amount) -> bool:
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or "" in kinds or kinds == _TIMES


def _equal(one: Amount, other: Amount) -> bool:
    if one.kind == other.kind:
        size, also = one.number * one.unit, other.number * other.unit
        return one.code == other.code and (size == also or _converted(one, other))
    if {one.kind, other.kind} != _TIMES:
        return one.number == other.number
    days, also = (_days(amount) for amount in (one, other))
    return abs(days - also) <= _ROUGHLY * max(days, also)


def _converted(one: Amount, other: Amount) -> bool:
    """Whether they may be the same told in feet and in metres, of which one is then rounded."""
    units = sorted((one.unit, other.unit))
    sizes = sorted((one.number * one.unit, other.number * other.unit))
    apart = (units[1] / units[0]).denominator > 1
    return apart and sizes[1] - sizes[0] <= _ROUGHLY * sizes[1]


def _days(time: Amount) -> Fraction:
    return time.number * time.unit * (_MONTH if time.kind == "months" else 1)
