"""The dates of sections: in a changelog, a log or minutes a heading dates what is below it."""

import re
from collections.abc import Iterable

from index.dates import mentions, times
from index.types import DateMention, Span

_PLAIN = 7
"""The level of a heading without marks: below all that have them, and none below another."""
_HASHES = re.compile(r"(#{1,6})\s+$")
_MARKS = re.compile(r"#{1,6}\s+(?=\S)")
_UNDERLINE = re.compile(r"[^\n]*\n\s{0,3}(?:(?P<first>=+)|-+)\s*(?:\n|$)")
_DIGIT = re.compile(r"\d")
_VERSION = r"\[?(?:v|r|no\.? ?|#)?\d[\w.+-]*\]?"
_OF = r"(?:\s(?:of|on|held|for|from|the|at|released))*"
_MEETING = (
    r"(?:(?:minutes|notes|record)\sof\s(?:the\s)?)?"
    r"(?:(?!(?:next|last|previous|former|future|coming|planned|before|after|until|since|of|what|how"
    r"|why)\b)[\w'’&.-]+\s){0,4}(?:meeting|minutes|session|sitting)s?"
)
_NOTED = (
    r"(?:agm|changelog|changes|day|diary|edition|entry|incident|issue|journal|log|logbook"
    r"|newsletter|notes|patch|release|release\snotes|report|retro|revision|sprint|stand-?up|sync"
    r"|update|version|visit|week|(?:daily|weekly|monthly)\s(?:log|notes|report|sync|update))"
)
_PRODUCT = (
    r"(?!(?:after|before|from|since|until)\s)(?-i:[A-Z][\w-]*(?:\s[A-Z][\w-]*)?)"
    r"(?=\s\[?v?\d+\.\d)"
)
_LABEL = re.compile(
    rf"(?:(?:{_NOTED}|{_MEETING}|{_PRODUCT}){_OF})?"
    rf"(?:(?:^|\s){_VERSION})?{_OF}(?:\s?\[yanked\])?",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?<=\])\(\S{0,300}?\)|\b\d\d?[:.]\d\d(?!\S)"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|[\s,;:|·•/()*_~–—]+|(?<!\S)-+(?!\S)",
    re.IGNORECASE,
)


def dates_above(text: str, headings: Iterable[Span]) -> list[tuple[int, DateMention | None]]:
    """Where each heading starts, and the date under which what follows it stands, if any.

    A heading's date holds until the next one that opens an entry or is marked as of its level or
    above. One without marks that opens none ("Any other business") is within the entry around it,
    if the document has several: after a lone dated heading it may as well go on with the document.
    """
    found: list[tuple[int, DateMention | None]] = []
    above: list[tuple[int, DateMention]] = []
    read = [
        (place, _level(text, own), *_read(text, own))
        for place, own in ((place, _after_hashes(text, place)) for place in headings)
    ]
    several = sum(date is not None and level == _PLAIN for _, level, _, date in read) > 1
    for place, level, entry, date in read:
        if entry or level < _PLAIN or not several:
            above = [one for one in above if one[0] < level]
        if date:
            above.append((level, date))
        found.append((place.start, above[-1][1] if above else None))
    return found


def _read(text: str, place: Span) -> tuple[bool, DateMention | None]:
    """Whether a heading opens an entry of a log or the like, and the date that it gives it.

    It does if it is nothing but a date, a version or a number, with no more than the name of such
    an entry: "Meeting of 3 February 2025", "[1.2.0] - 2024-05-01". Other words say what a section
    is about, and a date among them is of that: "What happened in May 2019". So is a year alone.
    What does not have its line to itself ends what is before it: "He scored 81. (22 Jan. 2006)".
    """
    if not (_alone(text, place) and _DIGIT.search(text, place.start, place.end)):
        return False, None
    dates = mentions(text, start=place.start, end=place.end)
    told = times(text, start=place.start, end=place.end)
    words = text[place.start : place.end]
    for at in sorted(told, reverse=True):
        words = f"{words[: at.start - place.start]} {words[at.end - place.start :]}"
    label = _BESIDE.sub(" ", words).strip()
    numbered = any(character.isdigit() for character in label)
    entry = bool(told or numbered) and _LABEL.fullmatch(" ".join(label.split())) is not None
    one = entry and len(told) == 1 and dates and len(dates[0].date) > len("2025")
    return entry, dates[0] if one else None


def _after_hashes(text: str, place: Span) -> Span:
    """A heading without its marks, which are in it where the file is not named as Markdown."""
    marks = _MARKS.match(text, place.start, place.end)
    return Span(marks.end(), place.end) if marks else place


def _alone(text: str, place: Span) -> bool:
    """Whether there is nothing but marks beside it in its line."""
    start, end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    beside = text[start : place.start] + text[place.end : end if end >= 0 else None]
    return not any(character.isalnum() for character in beside)


def _level(text: str, place: Span) -> int:
    """1 to 6 as in Markdown, _PLAIN for a heading without marks."""
    line = text.rfind("\n", 0, place.start) + 1
    if hashes := _HASHES.search(text, line, place.start):
        return len(hashes[1])
    underlined = _UNDERLINE.match(text, place.end)
    return (1 if underlined["first"] else 2) if underlined else _PLAIN
