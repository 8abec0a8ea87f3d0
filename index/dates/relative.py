"""Dates that the words state together with the date of their document."""

import re
from datetime import date, timedelta

from index.dates.shifted import moved, today_of
from index.dates.verbs import verb_of, words_before
from index.dates.words import (
    COUNTED,
    DAY_MONTH,
    LEFT,
    MONTH,
    MONTH_DAY,
    MONTHS,
    NO_TIME,
    SPACE,
    WEEKDAY,
    Now,
    days_of,
    iso_date,
    month_of,
    of_year,
    rule,
)

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHIFT = {"last": -1, "this": 0, "next": 1}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
"""First and last month, as the northern half of the world has them."""
# A month in lower case can be another word ("may", "march", "mar", "dec"); these cannot.
_ONLY_A_MONTH = re.compile(r"january|february|april|june|july|september|october|november|december")
_SHORT_YEAR = rf"(?:(?<=[0-9]),)?(?:{SPACE})?['’](?P<short>[0-9]{{2}})(?![\w'’])"
_OF_WHICH_YEAR = (
    rf"(?:,?{SPACE}(?:(?ai:of){SPACE})?(?P<which_year>(?ai:last|this|next)){SPACE}(?ai:year)"
    rf"|{_SHORT_YEAR})?"
)
_NO_SHORT_YEAR = _SHORT_YEAR.replace("?P<short>", "")
_MONTH_LEAD = (
    rf"(?P<lead>(?<!\w)(?:(?ai:in|since|during|early|late|(?:beginning|start|middle|end){SPACE}of)"
    rf"{SPACE}|(?ai:mid)[\s-]))"
)
_ARTICLE = re.compile(r"\b(?ai:the|a|an|every|each|per|past)\s+$")
_NAMED = re.compile(r"\b(?ai:the|a|an|every|each|last|next|this|coming)\s+$")
# Before a weekday without "on": a word that neither names nor counts it, nor makes it another's.
_VERB_THEN = re.compile(
    r"(?<![\w-])(?!(?:an?|the|this|that|every|each|any|some|his|her|their|our|its|of|for|by|until|till"
    r"|before|after|from|to|through|since|between|and|or|on|with|per|first|second|third|last|next"
    r"|past|following|previous|preceding|same|coming|including|is|was|were|be|than)\s)[a-z]+\s$|%\s$"
)
_ADVERB_END = re.compile(r"(?:[.,;:)”\"]|\s(?!(?:to|through|and|or|until)\s[A-Z])[a-z]|\s*$)")
# Not "on the 5 May", which some write for the fifth.
_NAMED_DAY = re.compile(rf"(?<!\b[Oo]n\s){_NAMED.pattern}")
_ORDINAL = re.compile(r"[0-9](?ai:st|nd|rd|th)")
# What makes the day after it that of another week or year: "a year ago today".
_AWAY = re.compile(
    r"\b(?ai:ago|(?:days?|weeks?|fortnights?|months?|years?)\s(?:from|of)"
    r"|(?<!this\s)(?:week|fortnight))\s+$"
)
_WEEK_AFTER = re.compile(r"\s+(?ai:week|fortnight)(?![\w-])")
"""What makes the day before it that of another week: "Monday week", "tomorrow fortnight"."""
_WEEKDAY_BEFORE = re.compile(rf"\b{WEEKDAY},?\s+$")
_SOON = timedelta(90)
"""Where it comes round so soon, a month of a year ago is only meant if a verb says so, and a day of
a year ago is not without its year."""
_LATER = timedelta(183)
"""What is put off "to" a day, or given "until" it, is so to the one that is nearer."""
_TOWARDS = re.compile(r"\b(?ai:before|by|for|till|to|until)\s+$")


def _recent(now: Now, month: int, day: int | None = None) -> int | None:
    """The year of the latest such month or day that is not after `now`."""
    if now.month is None or (month == now.month and day is not None and now.day is None):
        return None
    then = (month, day or 0)
    return now.year - (then > (now.month, now.day or 0))


def _year_told(match: re.Match[str], now: Now, day: int | None = None) -> int | None:
    """The year of a month or a day of which at most a verb says which year is meant: the latest,
    unless it is yet to come, or soon comes round and no verb says that it is over.

    Without a verb ("Fire drill: 3 June") the latest only if that was not long ago.
    """
    month, verb = month_of(match), verb_of(match)
    past = _recent(now, month, day)
    if past is None or now.month is None or verb == "nothing":
        return None
    this = (month, day) == (now.month, now.day if day else None)
    if this or iso_date(past + 1, month, day) is None:
        return past
    today = date(now.year, now.month, now.day or 1)
    wait = date(past + 1, month, day or 1) - today
    if verb == "coming" or (verb == "arranged" and wait <= _SOON):
        return past + 1
    soon = _LATER if _TOWARDS.search(words_before(match)) else _SOON
    long_ago = today - date(past, month, day or 1) > _SOON
    unclear = verb == "arranged" or (wait <= soon and (day or verb != "over"))
    unclear |= verb is None and long_ago
    return None if unclear else past


def _year_named(match: re.Match[str], now: Now) -> int | None:
    """That of "May last year"; of "May '18" the latest not more than twenty years after `now`."""
    if match["short"]:
        latest = now.year + 20
        return latest - (latest - int(match["short"])) % 100
    return now.year + _SHIFT[match["which_year"].lower()] if match["which_year"] else None


def _is_month(match: re.Match[str]) -> bool:
    return not match["month"].islower() or _ONLY_A_MONTH.fullmatch(match["month"]) is not None


def _day_without_year(match: re.Match[str], now: Now) -> str | None:
    """None for "the May 5 attack" and "the 7 July bombings", whose year everybody knows."""
    if COUNTED.match(match.string, match.end()) or not _is_month(match):
        return NO_TIME
    year = None if _is_named(match) else _year_of_day(match, now)
    return None if year is None else of_year(match, year)


def _is_named(match: re.Match[str]) -> bool:
    """Whether a day is the name of something that was on it, which "the 5th of May" is not."""
    if match.start() == match.start("month"):
        return _NAMED.search(words_before(match)) is not None
    return not _ORDINAL.search(match[0]) and _NAMED_DAY.search(words_before(match)) is not None


def _year_of_day(match: re.Match[str], now: Now) -> int | None:
    named = _year_named(match, now)
    if named is not None:
        return named
    month, day = month_of(match), days_of(match)[0]
    weekday, year = _WEEKDAY_BEFORE.search(words_before(match)), _recent(now, month, day)
    if year is None or not weekday:
        return _year_told(match, now, day)
    # The weekday tells which of the two years is meant, or that it is neither.
    days = (date(y, month, day) for y in (year, year + 1) if iso_date(y, month, day))
    name = weekday["weekday"][:3].lower()
    return next((d.year for d in days if _WEEKDAYS[d.weekday()] == name), None)


def _month_without_year(match: re.Match[str], now: Now) -> str | None:
    month, which = month_of(match), (match["which"] or "").lower()
    named = _year_named(match, now)
    if not (match["lead"] or which or named is not None) or not _is_month(match):
        return NO_TIME
    if named is not None:
        return iso_date(named, month)
    if now.month is None:
        return None
    year = _year_of_month(now, month, which) if which else _year_told(match, now)
    return None if year is None else iso_date(year, month)


def _year_of_month(now: Now, month: int, which: str) -> int | None:
    """The latest that is over for "last"; None where "next" leaves two years open."""
    this = now.month or 0
    if which == "last":
        return now.year - (month >= this)
    if which == "next":
        return now.year + 1 if month <= this else None
    if which.endswith("coming"):
        return now.year + (month <= this)
    return now.year


def _is_adverb(match: re.Match[str]) -> bool:
    """Whether a weekday without "on" tells when its sentence is: "he told reporters Sunday"."""
    end = _ADVERB_END.match(match.string, match.end())
    return bool(end and _VERB_THEN.search(words_before(match)))


def _is_of_another_week(match: re.Match[str]) -> bool:
    """Whether what is beside a day moves it: "a week from today", "Monday week"."""
    after = _WEEK_AFTER.match(match.string, match.end())
    return bool(after or _AWAY.search(words_before(match)))


def _weekday(match: re.Match[str], now: Now) -> str | None:
    """None where "last" or "next" falls in the week of `now`: the nearest, or a week further?
    And for "the last Sunday in April" and "last week on Sunday".

    Without such a word a verb has to say that the day is over or to come.
    """
    today, which = today_of(now), (match["which"] or "").lower()
    if not (match["on"] or which or _is_adverb(match)):
        return NO_TIME
    named = which and _ARTICLE.search(words_before(match))
    if today is None or named or _is_of_another_week(match):
        return None
    back = (today.weekday() - _WEEKDAYS.index(match["weekday"][:3].lower())) % 7
    if not which:
        verb = verb_of(match)
        if verb not in ("over", "coming") or (verb == "coming" and not back):
            return None
        return (today + timedelta(7 - back if verb == "coming" else -back)).isoformat()
    day = today - timedelta(back or 7) if which == "last" else today + timedelta(7 - back)
    same_week = day.isocalendar()[:2] == today.isocalendar()[:2]
    return None if same_week and not which.endswith("coming") else day.isoformat()


def _period(match: re.Match[str], now: Now) -> str | None:
    """None for "the last year", the twelve months up to now, and for a winter, which has two."""
    by, unit = _SHIFT[match["which"].lower()], match["unit"].lower()
    if _ARTICLE.search(words_before(match)) or unit in ("winter", "quarter", "weekend"):
        return None
    if unit in ("night", "morning", "afternoon", "evening"):
        return moved(now, "day", by) if by == -(unit == "night") else None
    return _season(now, unit, by) if unit in _SEASONS else moved(now, unit, by)


def _season(now: Now, unit: str, by: int) -> str | None:
    """The year of "last autumn" and "next spring", where that of this year cannot be meant."""
    first, last = _SEASONS[unit]
    if now.month is None or (by < 0 and now.month > last) or (by > 0 and now.month < first):
        return None
    return iso_date(now.year + by)


def _part(match: re.Match[str], now: Now) -> str | None:
    """The year or month of "the end of the year", if a verb or "by" shows that it is this one."""
    verb = verb_of(match)
    told = verb == "coming" or (verb != "over" and _TOWARDS.search(words_before(match)))
    return moved(now, match["unit"].lower(), 0) if told else None


def _day_word(match: re.Match[str], now: Now) -> str | None:
    """No time in "USA TODAY" and the show "Today"; None for "before yesterday" and "a year ago
    today"."""
    before, word = words_before(match), match["word"]
    name = word.isupper() or (word[0].isupper() and re.search(r"[\w,] $", before))
    if name:
        return NO_TIME
    if re.search(r"\b(?ai:before|after)\s+$", before) or _is_of_another_week(match):
        return None
    if word.lower() in ("today", "tonight"):
        return iso_date(*now)
    by = 1 if word.lower() == "tomorrow" else -1
    return moved(now, "day", by * (2 if match["further"] else 1))


_NO_YEAR_NEXT = (
    rf"(?!\w|['’]s|{SPACE}[0-9]|,?{SPACE}(?:(?ai:of){SPACE})?[12][0-9]{{3}}(?!\w)|{_NO_SHORT_YEAR})"
)
_NO_MONTH_NEXT = (
    rf"(?!\w|['’]s|[.,:/]?[0-9]|\s?%|{SPACE}{MONTH.replace('<month>', '<another>')}"
    rf"|{_NO_SHORT_YEAR})"
)
RELATIVE = (
    rule(
        f"{LEFT}{DAY_MONTH}{_OF_WHICH_YEAR}{_NO_YEAR_NEXT}",
        _day_without_year,
        yearless=True,
        needs=MONTHS,
    ),
    rule(
        f"{MONTH_DAY}{_OF_WHICH_YEAR}{_NO_MONTH_NEXT}",
        _day_without_year,
        yearless=True,
        needs=MONTHS,
    ),
    rule(
        rf"{_MONTH_LEAD}?(?<![^\W_])(?P<words>(?:(?P<which>(?ai:last|next|this|(?:this{SPACE})?coming))"
        rf"{SPACE})?{MONTH}{_OF_WHICH_YEAR}){_NO_YEAR_NEXT}",
        _month_without_year,
        words="words",
        yearless=True,
        needs=MONTHS,
    ),
    rule(
        rf"(?<!\w)(?P<on>(?ai:on){SPACE})?(?P<words>(?:(?P<which>(?ai:last|next|(?:this{SPACE})?coming))"
        rf"{SPACE})?{WEEKDAY})(?!['’]s|,?{SPACE}(?:(?ai:the){SPACE})?(?:[0-9]|{MONTH}))",
        _weekday,
        words="words",
        needs=("day",),
    ),
    rule(
        rf"(?<!\w)(?:(?ai:earlier|later|early|late){SPACE})?(?P<which>(?ai:last|this|next)){SPACE}"
        r"(?P<unit>(?ai:week|month|year)|spring|summer|autumn|fall|winter|quarter|weekend|night"
        r"|morning|afternoon|evening)(?!\w)",
        _period,
        needs=("last", "this", "next"),
    ),
    rule(
        rf"[Tt]he(?<!\w[Tt]he){SPACE}(?ai:end|start|beginning|middle){SPACE}(?ai:of){SPACE}"
        rf"(?ai:the){SPACE}(?P<unit>(?ai:year|month))(?!\w|{SPACE}[0-9])",
        _part,
        yearless=True,
        needs=("year", "month"),
    ),
    rule(
        r"(?<!\w)(?P<further>(?ai:the day (?:before (?=y)|after (?=tom))))?"
        r"(?P<word>(?ai:yesterday|today|tonight|tomorrow))(?!\w)",
        _day_word,
        needs=("day", "tonight", "tomorrow"),
    ),
)
