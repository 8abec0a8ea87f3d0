"""Words that tell when something is, if it is asked for, and of which no date is made: again and
again ("daily"), or so long from now ("in two weeks")."""

import re

from index.dates.verbs import since_verb, verb_of, words_before
from index.dates.words import DAY_NAME, NUMBERS, SHORT_DAY, SPACE, compiled
from index.types import Span
from index.words.change import CHANGE

_HOUR = (
    r"(?:[01]?[0-9]|2[0-4])(?:[:.][0-5][0-9])?"
    r"(?:\s?(?ai:[ap]\.?m\b\.?|h\b|o['’]clock|hrs?\b|hours\b))?"
)
_DAYS = rf"(?ai:weekdays|weekends|{DAY_NAME}s)"
_UNIT = (
    r"(?ai:(?:mon|tues|wednes|thurs|fri|satur|sun|working\s|week)?day|hour|night|morning|afternoon"
    r"|evening|week|weekend|fortnight|month|quarter|year)"
)
_MANY = rf"(?ai:{NUMBERS}|[0-9]{{1,2}})"
# A figure that counts something is no hour, and a word that counts or names is no habit: "from 9
# to 19 members", "the daily menu".
_ENDED = (
    r"(?=\s*+(?:[.,;:!?)|]|$)|\s(?ai:on|in|at|by|and|or|but|except|from|during|throughout|with|without"
    rf"|for|each|every|daily|{_DAYS})\b)"
)
# Two figures alone are hours right after such a word; elsewhere they are a score, pages, days.
_OPEN = "|".join(
    rf"(?<={words}\s)"
    for words in (
        "open opens open: staffed served manned available hours hours: daily days"
        " Mon Tue Wed Thu Fri Sat Sun"
    ).split()
)
_ONE = "|".join(
    (
        rf"(?ai:from|between){SPACE}{_HOUR}\s?(?:[-–—]|\b(?ai:to|and|until|till))\s?{_HOUR}{_ENDED}",
        rf"(?:{_OPEN}){_HOUR}\s?[-–—]\s?{_HOUR}{_ENDED}",
        rf"(?ai:the{SPACE})?(?ai:first|second|third|fourth|last){SPACE}{_UNIT}{SPACE}(?ai:of|in){SPACE}"
        rf"(?:(?ai:each|every){SPACE}{_UNIT}|(?ai:the{SPACE}(?:week|month|quarter)))",
        rf"(?ai:every|each){SPACE}(?:(?ai:other|second|third|few|{_MANY}){SPACE})?{_UNIT}s?",
        rf"(?ai:once|twice|{_MANY}{SPACE}times){SPACE}(?ai:an?|per|each|every){SPACE}{_UNIT}",
        rf"{SHORT_DAY}\s?(?:[-–—]|\b(?ai:to|through))\s?{SHORT_DAY}",
        _DAYS,
        rf"(?ai:hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|yearly|annually){_ENDED}",
        rf"(?ai:on{SPACE}request|by{SPACE}(?:appointment|arrangement))",
    )
)
# From one figure to another is from one hour to another, but not after "goes up".
_FIGURES = r"(?ai:from|between)\s+[0-9]{1,2}\s?(?:[-–—]|(?ai:to|and|until|till))\s?[0-9]{1,2}"
_OWN_VERB = (
    r"(?ai:appl(?:y|ies)|are|be|can|hours|is|lasts?|(?-i:may)|opens?|operates?|runs?"
    r"|serves?|sold|works?)"
)
"""What has hours, after a word that only looks like a change: "the early shift runs"."""
_CHANGED = (
    rf"\b(?!(?ai:lower|shifts?)\s)(?ai:{CHANGE})(?![\w-])(?:(?!\b{_OWN_VERB}\b)[^.;:!?\n]){{0,60}}$"
)
_AND_ONE = rf",?{SPACE}(?:(?ai:on|at|and|or|from){SPACE})?(?:{_ONE})(?!\w)"
_HABIT = rf"(?<!\w)(?:{_ONE})(?!\w)(?:{_AND_ONE}){{0,3}}"


def recurring(text: str, *, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The words in text[start:end] that tell when something is again and again, in order."""
    found = compiled(_HABIT).finditer(text, start, len(text) if end is None else end)
    return tuple(Span(*match.span()) for match in found if not _is_change(match))


def _is_change(match: re.Match[str]) -> bool:
    """Whether figures are what an amount was and has become: "goes up from 10 to 20"."""
    bare = compiled(_FIGURES).fullmatch(match[0])
    return bool(bare and compiled(_CHANGED).search(words_before(match)))


_AHEAD = (
    rf"(?<!\w)(?ai:in|within){SPACE}(?:(?ai:about|around|roughly|some){SPACE})?"
    rf"(?:(?ai:an?|a{SPACE}few|a{SPACE}couple{SPACE}of|several|{NUMBERS})|[0-9]{{1,3}}){SPACE}"
    rf"(?ai:hour|day|week|fortnight|month|year)s?(?!\w|['’]|{SPACE}(?:after|before|from|of)\b)"
)
_COUNTED = (
    rf"[0-9]|\b(?ai:{NUMBERS}|first|second|third|\w+th|\w+est|most|least|once|twice|times?)\b"
)


def ahead(text: str, *, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The words in text[start:end] that tell how long it is until something that is to come.

    Not how long it took or is counted: "In two weeks they sold ten", "the first in ten years".
    """
    found = compiled(_AHEAD).finditer(text, start, len(text) if end is None else end)
    return tuple(
        Span(*match.span())
        for match in found
        if verb_of(match) in ("coming", "arranged")
        and not compiled(_COUNTED).search(since_verb(match))
    )
