"""Time words that tell when something was to be, before it was changed. Pure."""

import re

from index.types import Span

_FAR = 120
"""Code points on either side of a place that are looked at."""
_CHANGED = re.compile(
    r"\b(?ai:rescheduled|brought\sforward|changed|deferred|delayed|moved?s?|moving|postponed"
    r"|prolong(?:ed|s)?|(?<!are\s)extend(?:ed|s)?|pushed|put\s(?:back|off)|shift(?:ed|s)?"
    r"|slip(?:ped|s)?|switch(?:ed|es)?)"
    r"(?:\s(?ai:again|back|forward|once\smore|by\s\w+(?:\s\w+){0,2}))?"
    r"\s(?ai:from)\s(?:(?ai:the|\w+day),?\s){0,2}$"
)
_TO = re.compile(r"(?:,?\s[12]\d{3})?,?\s(?ai:to|until|till)\b")
_INSTEAD = re.compile(
    r"\b(?ai:instead\sof|rather\sthan|not|no\slonger)\s"
    r"(?:(?ai:at|for|in|on|the|\w+day),?\s){0,3}$"
)
_WAS_TO = (
    r"(?ai:announced|arranged|due|expected|fixed|intended|meant|planned|scheduled|set|supposed|to)"
)
_FIRST = re.compile(
    rf"\b(?ai:earlier|first|formerly|initially|originally|previously)\s(?:been\s)?{_WAS_TO}\b"
    r"(?:\s[\w-]+){0,4}?\s(?ai:at|by|for|from|in|on)\s(?:(?ai:the|\w+day),?\s){0,2}$"
)
_WAS = re.compile(
    rf"\b(?ai:was|were|been)\s{_WAS_TO}\b(?:\s[\w-]+){{0,4}}?\s(?ai:at|by|for|from|in|on)\s"
    r"(?:(?ai:the|\w+day),?\s){0,2}$"
)
_BUT = re.compile(
    r",?\s(?ai:but|yet|though|and\s(?:is|will|has|was)\s(?:now|then|since))\b"
    r"|,\s(?ai:has|is|now|will|won['’]t)\b"
)
_STRUCK = re.compile(r"(?:(?<![\w.,;:!?)])~~(?!\s)|<(?ai:del|s|strike)>)[^~<\n]*$")
_STRUCK_END = re.compile(r"[^~<\n]*(?:(?<!\s)~~|</(?ai:del|s|strike)>)")
# An arrow between two days may also mean all the days from one to the other.
_ARROW = re.compile(
    r"\s?(?:→|⇒|[-=]{1,2}>)\s?(?:\w+day,?\s)?"
    r"(?:[0-9]|(?ai:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]*\s[0-9])"
)
_NEW = re.compile(
    r"\b(?ai:changed?|date|deadline|delayed|due|moved|postponed|rescheduled|shifted|slipped)\b"
    r"[^\n]*$"
)
_ASKED_FOR = re.compile(
    r"\b(?:before|earlier|first(?=\s(?:due|meant|planned|scheduled|supposed|to\b))|former(?:ly)?"
    r"|initial(?:ly)?|original(?:ly)?|previous(?:ly)?"
    rf"|(?:was|were)\b.*\b(?!to\b){_WAS_TO})\b",
    re.IGNORECASE,
)


def is_former(text: str, at: Span) -> bool:
    """Whether it is told of a place that it was to be then: "moved from 3 June to 10 June", "on 10
    June instead of 3 June", "first planned for 3 June", "~~3 June~~ 10 June"."""
    before = text[max(0, at.start - _FAR) : at.start]
    after = text[at.end : at.end + _FAR]
    if _INSTEAD.search(before) or _FIRST.search(before):
        return True
    changes = ((_CHANGED, _TO), (_WAS, _BUT), (_STRUCK, _STRUCK_END), (_NEW, _ARROW))
    return any(lead.search(before) and tail.match(after) for lead, tail in changes)


def asks_for_the_former(question: str) -> bool:
    """Whether a question asks when something was to be, before it was changed."""
    return bool(_ASKED_FOR.search(question))
