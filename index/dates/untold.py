"""Words that tell when something is, of which no date is ever made: "in the 1990s", "a year later".

Each is as wide as the words that tell it, so that a reader can be shown them in place of a date.
"""

import re

from index.dates.words import MONTH, MONTHS, NUMBERS, SPACE, WEEKDAY, Now, Rule

_UNITS = (
    r"(?ai:(?:hour|day|night|week|weekend|fortnight|month|quarter|year|decade)s?"
    r"|centur(?:y|ies))"
)
_SEASON = "(?:spring|summer|autumn|fall|winter)"
_PHASE = r"(?:(?ai:early|mid|late)[\s-])?"
_NEIGHBOUR = "following|previous|preceding|same|next|last|past|coming"
_MANY = (
    rf"(?ai:(?:an?|some|many|several|few|a{SPACE}few|a{SPACE}couple{SPACE}of|{NUMBERS})"
    r"|[0-9]{1,4})"
)
_ORDINAL = r"(?ai:[0-9]{1,2}(?:st|nd|rd|th)|first|second|third|last|[a-z-]{3,16}th)"
_FEASTS = (
    "(?:Christmas(?: (?:Eve|Day))?|Easter(?: (?:Sunday|Monday))?|Thanksgiving|Ramadan|Boxing Day"
    "|New Year['’]s (?:Eve|Day))"
)


_OTHER_DAY = WEEKDAY.replace("<weekday>", "<other>")


def _untold(_: re.Match[str], __: Now) -> None:
    return None


UNTOLD = (
    Rule(rf"(?<![\w$€£-]){_PHASE}(?:[12][0-9]{{2}}0|['’][0-9]0)['’]?s(?!\w)", _untold),
    Rule(
        rf"(?<!\w)(?ai:the){SPACE}(?ai:{_NEIGHBOUR}){SPACE}(?:{_MANY}{SPACE})?"
        rf"(?:{WEEKDAY}|{MONTH}|{_UNITS}|{_SEASON}|morning|afternoon|evening)(?!\w)",
        _untold,
        needs=tuple(_NEIGHBOUR.split("|")),
    ),
    Rule(
        rf"(?<!\w)(?ai:the){SPACE}(?:{WEEKDAY}|{MONTH}|{_UNITS}){SPACE}"
        rf"(?ai:after{SPACE}next|before{SPACE}last)(?!\w|['’])",
        _untold,
        needs=("after", "before"),
    ),
    Rule(
        rf"(?<![\w,.-])(?:{_MANY}{SPACE})?{_UNITS}{SPACE}(?ai:ago|later|earlier)(?!\w)",
        _untold,
        needs=("ago", "later", "earlier"),
    ),
    Rule(
        rf"(?<!\w)(?ai:in){SPACE}(?:(?ai:about|around|roughly|some){SPACE})?{_MANY}{SPACE}{_UNITS}['’]?s?{SPACE}(?ai:time)(?!\w)",
        _untold,
        needs=("time",),
    ),
    Rule(
        r"(?<![\w/.-])[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}(?![\w/]|[.-][0-9])",
        _untold,
    ),
    Rule(
        rf"(?<!\w)(?:(?ai:at|in|by|during|over|until|since|before|after|from){SPACE})"
        rf"(?P<words>(?:(?ai:the){SPACE})?(?:{_PHASE}{_SEASON}|weekend))(?!\w)",
        _untold,
        words="words",
        needs=("spring", "summer", "autumn", "fall", "winter", "weekend"),
    ),
    Rule(
        rf"(?<!\w)(?:(?ai:the){SPACE}(?:(?ai:end|start|beginning|middle|turn){SPACE}(?ai:of){SPACE}"
        rf"(?ai:the){SPACE})?(?:{_ORDINAL}{SPACE})?(?ai:decade|century)"
        rf"|(?:(?ai:the){SPACE})?{_ORDINAL}{SPACE}(?ai:quarter|half))(?!\w)",
        _untold,
        needs=("quarter", "half", "century", "decade"),
    ),
    Rule(r"(?<![\w-])(?:Q[1-4]|H[12]|FY\s?(?:[0-9]{2}|[0-9]{4}/[0-9]{2}))(?![\w-])", _untold),
    Rule(
        rf"(?<!\w)(?ai:by|until|till|before|after|from|since|for|between){SPACE}"
        rf"(?P<words>{WEEKDAY}(?:\s?(?:[-–—]|(?ai:to|and|until|till|through))\s?{_OTHER_DAY})?)(?!['’]s)",
        _untold,
        words="words",
        needs=("day",),
    ),
    Rule(
        rf"(?<!\w)(?ai:by|until|till|before|after|from){SPACE}(?P<words>(?!(?ai:may|mar|dec)\b)"
        rf"{MONTH})(?!\w|{SPACE}[0-9])",
        _untold,
        words="words",
        needs=MONTHS,
    ),
    Rule(
        rf"(?<!\w)(?ai:on){SPACE}(?P<words>(?ai:the){SPACE}[0-9]{{1,2}}(?:st|nd|rd|th))"
        r"(?=[.,;:)]|\s*$)",
        _untold,
        words="words",
    ),
    Rule(
        rf"(?<!\w)(?:(?ai:at|by|for|on|over|since|until|before|after|last|this|next){SPACE})"
        rf"(?P<words>{_FEASTS})(?!\w)(?!['’]s)",
        _untold,
        words="words",
    ),
)
