"""Words that tell when something is, of which no date is ever made: "in the 1990s", "a year later".

Each is as wide as the words that tell it, so that a reader can be shown them in place of a date.
"""

from index.dates.words import MONTH, MONTHS, NUMBERS, SPACE, WEEKDAY, Rule

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
    "(?:Christmas(?: (?:Eve|Day))?|Easter(?: (?:Sunday|Monday|Saturday))?|Good Friday|Palm Sunday"
    "|Ash Wednesday|Shrove Tuesday|Maundy Thursday|Ascension Day|Pentecost"
    "|Whit(?:sun| Sunday| Monday)|Thanksgiving|Ramadan|Eid(?: al-(?:Fitr|Adha))?|Diwali|Hanukkah"
    "|Passover|Yom Kippur"
    "|Hallowe['’]?en|Bonfire Night|Boxing Day|New Year['’]s (?:Eve|Day)|May Day|Lab(?:ou)?r Day"
    "|Memorial Day|Independence Day|Remembrance (?:Day|Sunday)|Valentine['’]s Day|Mother['’]s Day"
    "|Father['’]s Day|St\\.? (?:Andrew|David|George|Patrick)['’]s Day|Midsummer(?: (?:Eve|Day))?)"
)


_OTHER_DAY = WEEKDAY.replace("<weekday>", "<other>")


UNTOLD = (
    Rule(rf"(?<![\w$€£-]){_PHASE}(?:[12][0-9]{{2}}0|['’][0-9]0)['’]?s(?!\w)"),
    # Not of an age, "in her 90s".
    Rule(
        rf"(?<!\w)(?ai:during|from|in|of|since|until){SPACE}(?ai:the){SPACE}"
        rf"(?P<words>{_PHASE}[1-9]0s)(?!\w)",
        words="words",
        needs=("0s",),
    ),
    Rule(
        rf"(?<!\w)(?:(?ai:by|during|from|in|of|since|until){SPACE}(?P<words>(?ai:calendar{SPACE})?"
        rf"(?ai:week){SPACE}[0-9]{{1,2}}|(?:CW|KW)\s?[0-9]{{1,2}}(?:\s?/\s?(?:[0-9]{{4}}|[0-9]{{2}}))?))"
        r"(?![\w/]|[.,:][0-9])",
        words="words",
        needs=("week", "cw", "kw"),
    ),
    Rule(
        rf"(?<!\w)(?ai:before|by|from|on|since|until){SPACE}"
        r"(?P<words>(?:0[1-9]|[12][0-9]|3[01])\.(?:0[1-9]|1[0-2])\.)(?!\w)",
        words="words",
    ),
    Rule(
        rf"(?<!\w)(?ai:the){SPACE}(?ai:{_NEIGHBOUR}){SPACE}(?:{_MANY}{SPACE})?"
        rf"(?:{WEEKDAY}|{MONTH}|{_UNITS}|{_SEASON}|morning|afternoon|evening)(?!\w)",
        needs=tuple(_NEIGHBOUR.split("|")),
    ),
    Rule(
        rf"(?<!\w)(?ai:the){SPACE}(?:{WEEKDAY}|{MONTH}|{_UNITS}){SPACE}"
        rf"(?ai:after{SPACE}next|before{SPACE}last)(?!\w|['’])",
        needs=("after", "before"),
    ),
    Rule(
        rf"(?<![\w,.-])(?:{_MANY}{SPACE})?{_UNITS}{SPACE}(?ai:ago|later|earlier)(?!\w)",
        needs=("ago", "later", "earlier"),
    ),
    Rule(
        rf"(?<!\w)(?ai:in){SPACE}(?:(?ai:about|around|roughly|some){SPACE})?{_MANY}{SPACE}{_UNITS}['’]?s?{SPACE}(?ai:time)(?!\w)",
        needs=("time",),
    ),
    Rule(
        r"(?<![\w/.-])[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}(?![\w/]|[.-][0-9])",
    ),
    Rule(
        rf"(?<!\w)(?:(?ai:at|in|by|during|over|until|since|before|after|from){SPACE})"
        rf"(?P<words>(?:(?ai:the){SPACE})?(?:{_PHASE}{_SEASON}|weekend))(?!\w)",
        words="words",
        needs=("spring", "summer", "autumn", "fall", "winter", "weekend"),
    ),
    Rule(
        rf"(?<!\w)(?:(?ai:the){SPACE}(?:(?ai:end|start|beginning|middle|turn){SPACE}(?ai:of){SPACE}"
        rf"(?ai:the){SPACE})?(?:{_ORDINAL}{SPACE})?(?ai:decade|century)"
        rf"|(?:(?ai:the){SPACE})?(?ai:end|start|beginning|middle){SPACE}(?ai:of){SPACE}(?ai:the){SPACE}"
        rf"(?ai:quarter|season|semester|term|week)"
        rf"|(?:(?ai:the){SPACE})?{_ORDINAL}{SPACE}(?ai:quarter|half))(?!\w)",
        needs=("quarter", "half", "century", "decade", "season", "semester", "term", "week"),
    ),
    Rule(r"(?<![\w-])(?:Q[1-4]|H[12]|FY\s?(?:[0-9]{2}|[0-9]{4}/[0-9]{2}))(?![\w-])"),
    Rule(
        rf"(?<!\w)(?ai:by|until|till|before|after|from|since|for|between){SPACE}"
        rf"(?P<words>{WEEKDAY}(?:\s?(?:[-–—]|(?ai:to|and|until|till|through))\s?{_OTHER_DAY})?)(?!['’]s)",
        words="words",
        needs=("day",),
    ),
    Rule(
        rf"(?<!\w)(?ai:by|until|till|before|after|from){SPACE}(?P<words>(?!(?ai:may|mar|dec)\b)"
        rf"{MONTH})(?!\w|{SPACE}[0-9])",
        words="words",
        needs=MONTHS,
    ),
    Rule(
        rf"(?<!\w)(?ai:on){SPACE}(?P<words>(?ai:the){SPACE}[0-9]{{1,2}}(?:st|nd|rd|th))"
        r"(?=[.,;:)]|\s*$)",
        words="words",
    ),
    Rule(
        rf"(?<!\w)(?:(?ai:at|by|for|on|over|since|until|before|after|last|this|next){SPACE})"
        rf"(?P<words>{_FEASTS})(?!\w)(?!['’]s)",
        words="words",
    ),
)
