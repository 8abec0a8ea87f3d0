"""The day that a weekday is, together with the date of its document."""

import re
from datetime import date, timedelta

from index.dates.shifted import SHIFT, today_of
from index.dates.verbs import verb_of, words_before
from index.dates.words import MONTH, NO_TIME, SPACE, WEEKDAY, Now, Rule

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ARTICLE = re.compile(r"\b(?ai:the|a|an|every|each|per|past)\s+$")
# Before a weekday without "on": a word that neither names nor counts it, nor makes it another's.
_VERB_THEN = re.compile(
    r"(?<![\w-])(?!(?:an?|the|this|that|every|each|any|some|his|her|their|our|its|of|for|by|until|till"
    r"|before|after|from|to|through|since|between|and|or|on|with|per|first|second|third|last|next"
    r"|past|following|previous|preceding|same|coming|including|is|was|were|be|than)\s)[a-z]+\s$|%\s$"
)
_ADVERB_END = re.compile(r"(?:[.,;:)”\"]|\s(?!(?:to|through|and|or|until)\s[A-Z])[a-z]|\s*$)")
# What makes the day after it that of another week or year: "a year ago today".
_AWAY = re.compile(
    r"\b(?ai:ago|(?:days?|weeks?|fortnights?|months?|years?)\s(?:from|of)"
    r"|(?<!this\s)(?:week|fortnight))\s+$"
)
_WEEK_AFTER = re.compile(r"\s+(?ai:week|fortnight)(?![\w-])")
"""What makes the day before it that of another week: "Monday week", "tomorrow fortnight"."""
_IS_ON = re.compile(r"\b(?:is|are|be)\s(?:on\s)?$")
_RANGE_BEFORE = re.compile(r"(?:\b(?ai:to|and|or|until|till|through)|[-–—/&])\s*$")
_OF_WHICH_WEEK = (
    rf"(?:(?:{SPACE}(?ai:morning|afternoon|evening|night))?,?{SPACE}(?:(?ai:of){SPACE})?"
    rf"(?P<week>(?ai:last|this|next)){SPACE}(?ai:week)(?![\w-]|['’]s))?"
)


def _is_adverb(match: re.Match[str]) -> bool:
    """Whether a weekday without "on" tells when its sentence is: "he told reporters Sunday"."""
    end = _ADVERB_END.match(match.string, match.end())
    return bool(end and _VERB_THEN.search(words_before(match)))


def is_of_another_week(match: re.Match[str]) -> bool:
    """Whether what is beside a day moves it: "a week from today", "Monday week"."""
    after = _WEEK_AFTER.match(match.string, match.end())
    return bool(after or _AWAY.search(words_before(match)))


def _weekday(match: re.Match[str], now: Now) -> str | None:
    """None where "last" or "next" falls in the week of `now`: the nearest, or a week further?
    And for "the last Sunday in April" and "last week on Sunday".

    Without such a word a verb has to say that the day is over or to come.
    """
    today, which = today_of(now), (match["which"] or "").lower()
    if not (match["on"] or which or match["week"] or _is_adverb(match)):
        return NO_TIME
    named = which and ARTICLE.search(words_before(match))
    if today is None or named or is_of_another_week(match):
        return None
    after = NAMES.index(match["weekday"][:3].lower()) - today.weekday()
    of_week = bool(match["week"])
    day = _of_week(match, today, after) if of_week else _nearest(match, today, -after % 7)
    return day.isoformat() if day else None


def _of_week(match: re.Match[str], today: date, after: int) -> date | None:
    """The weekday that is so many days after `today` in its week, in the week that is named.

    None on a Sunday, with which weeks begin or end, and for the last day of "Monday to Friday".
    """
    if today.weekday() == 6 or _RANGE_BEFORE.search(words_before(match)):
        return None
    return today + timedelta(7 * SHIFT[match["week"].lower()] + after)


def _nearest(match: re.Match[str], today: date, back: int) -> date | None:
    """The weekday of which it is so many days since the last: by its word, else by its verb."""
    which = (match["which"] or "").lower()
    if which in ("", "this"):
        verb = "coming" if which and _IS_ON.search(words_before(match)) else verb_of(match)
        if verb == "coming" or (which and verb != "over"):
            return today + timedelta(7 - back) if back else None
        return today - timedelta(back) if verb == "over" and not which else None
    day = today - timedelta(back or 7) if which == "last" else today + timedelta(7 - back)
    same_week = day.isocalendar()[:2] == today.isocalendar()[:2]
    return None if same_week and not which.endswith("coming") else day


WEEKDAYS = (
    Rule(
        rf"(?<!\w)(?P<on>(?ai:on){SPACE})?(?P<words>"
        rf"(?:(?P<which>(?ai:last|next|this|(?:this{SPACE})?coming)){SPACE})?{WEEKDAY}{_OF_WHICH_WEEK})"
        rf"(?!['’]s|,?{SPACE}(?:(?ai:the){SPACE})?(?:[0-9]|{MONTH}))",
        _weekday,
        words="words",
        needs=("day",),
    ),
)
