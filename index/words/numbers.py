"""Numbers, percentages, amounts and ordinals in one form, however they are written."""

import re
from collections.abc import Iterable, Iterator

from index.words.figures import DEGREES, FRACTIONS, SHORT, WRITTEN_TO, degrees, in_figures
from index.words.forms import fold, stem

_DIGITS = dict(zip("two three four five six seven eight nine".split(), "23456789", strict=True))
_TENS = {
    word: str(value * 10)
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
NUMBER_WORDS = {
    "zero": "0",  # "one" is left out: alone it is more often a pronoun
    **_DIGITS,
    **{
        word: str(value)
        for value, word in enumerate(
            (
                "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
            ).split(),
            10,
        )
    },
    **_TENS,
    "hundred": "100",
}
SCALES = {"k": "thousand", "m": "million", "b": "billion", "mn": "million", "mln": "million"}
SCALES |= {"bn": "billion", "bln": "billion", "tn": "trillion", "trn": "trillion"}
SCALES |= {"mio": "million"}
_POWERS = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_CURRENCIES = {
    "dollar": "$ us$ usd",
    "pound": "£ gbp quid",
    "euro": "€ eur",
    "yen": "¥ jpy",
    "rupee": "₹ inr rs",
    "yuan": "cn¥ cny rmb renminbi",
    "aud": "a$ au$",
    "cad": "c$ ca$",
    "hkd": "hk$",
    "nzd": "nz$",
    "sgd": "s$",
    **{code: code for code in "chf czk dkk huf krw mxn nok pln sek twd uah zar".split()},
}
"""The word for a currency: its sign, and what else is written for it beside a number."""
_SIGN = {word: written.split()[0] for word, written in _CURRENCIES.items()}
CURRENCIES = frozenset(_SIGN.values())
"""What a token of an amount of money begins with."""
_CURRENCY = {one: word for word, all in _CURRENCIES.items() for one in (word, *all.split())}
_ORDINALS = dict(
    zip(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
        ).split(),
        range(1, 21),
        strict=True,
    )
)
_ORDINALS |= {word[:-1] + "ieth": int(value) for word, value in _TENS.items()}
CHANGEABLE = frozenset(
    (
        *(*NUMBER_WORDS, *SCALES, *_POWERS, *_CURRENCY, *_ORDINALS, *SHORT, *WRITTEN_TO),
        *("per", "cent", "percent", "pct", "one", "half", "and"),
    )
)
"""Words whose tokens depend on those beside them."""


def _any_of(some: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, some), key=len, reverse=True))


_SIGNS = _any_of(name for name in _CURRENCY if not name.isalpha())
_WORDS = {"yen", "cad", "sek"}
"""Of three letters, and no codes in small ones: a kind of drawing, Swedish seconds."""
_THREE = _any_of(n for n in _CURRENCY.keys() - _WORDS if n.isalpha() and len(n) == 3)
CODES = rf"(?:{_THREE}|(?-i:CAD|SEK))"
"""The codes of currencies, for any case."""
_SMALL = rf"(?:(?:{_any_of(_TENS)})(?:[\s-](?:one|{_any_of(_DIGITS)})\b)?"
_SMALL += rf"|one|{_any_of(NUMBER_WORDS.keys() - _TENS.keys() - {'hundred'})})\b"
_BELOW = rf"(?:(?:a|{_SMALL})[\s-]hundred\b(?:\s(?:and\s)?{_SMALL})?|{_SMALL})"
_SCALE = rf"(?:{_any_of(_POWERS)}|{_any_of(s for s in SCALES if len(s) > 1)})\b"
_GAP = r"(?:\r?\n(?=(?-i:[a-z]{3}))|[^\S\n]|-)?"
"""Before a number's mark. On the line below, only a word in lower case: tables are lines too."""
_PERCENT = rf"{_GAP}(?:[%％]|per[\s-]?cent\b|pct\b)|pc\b"
_SPELLED = (
    rf"(?:{_BELOW}(?:\sand\sa\shalf\b)?|a(?=\s{_SCALE})"
    rf"|half(?:\sa)?(?=[\s-](?:{_SCALE}|per\s?cent\b)))"
)
_UNIT = (
    rf"{_GAP}(?:(?:u\.?s\.?\s)?(?:dollar|pound|euro|rupee)s?\b|(?:yen|yuan|renminbi|quid)\b"
    rf"|{CODES}\b|[$€£¥₹](?!\s?\d))"
)
_MONEY = rf"(?:(?:{_SIGNS})[^\S\n]?|(?:{CODES}|(?-i:Rs\.?))\s?)"
_RANGE = re.compile(
    r"(?:[^\S\n]?[-–—]|\s?(?:to|or|(?P<and>and))\b)\s?"
    rf"{_MONEY}?(?:\d{{1,3}}(?:[.,]\d{{1,2}})?|{_BELOW})"
    rf"(?:(?P<percent>{_PERCENT})|(?P<degrees>{DEGREES})"
    rf"|(?P<scale>[kmb]\b|{_GAP}{_SCALE})(?P<unit>{_UNIT})?)",
    re.IGNORECASE,
)
"""What shares its mark with the number before it: 5-10%, £5 to 10 million."""
_BETWEEN = re.compile(rf"\bbetween\s{_MONEY}?\Z", re.IGNORECASE)
_SIGN_BEFORE = re.compile(
    rf"(?P<between>\bbetween\s)?(?<![^\W_])(?P<sign>{_MONEY})\d[\d.,]*+(?:[kmb]\b|{_GAP}{_SCALE})?"
    r"(?P<dash>[-–—])?(?(dash)|\s(?:to|or|(?(between)and|(?!)))\s)\Z",
    re.IGNORECASE,
)
"""What shares its sign with the number after it: £5-10, and £5 to 10 million."""
_NEXT_TWO = _any_of({word[1:3] for word in (*NUMBER_WORDS, *_ORDINALS, "one", "half")})
_ORDINAL = rf"(?:(?:{_any_of(_TENS)})[\s-])?(?:{_any_of(_ORDINALS)})|\d++(?:st|nd|rd|th)"
_GROUP = r"[\u00a0\u2009\u202f]\d{3}(?!\d)|(?<!\d{4})\x200\d\d(?:\x20\d{3})*+(?![ ]?\d)"
"""Three figures of a number with gaps. After a plain one only those with which no number begins."""
_END = rf"(?!(?!(?:{_any_of(WRITTEN_TO)})\b)[^\W_]|['’]s\b)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|(?-i:Mar(?:ch)?|May)|apr(?:il)?|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
"""`march` and `may` are other words unless they have a capital."""
_MONTH_AFTER = re.compile(rf"\s(?:of\s)?{_MONTH}", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.?\s(?:the\s)?\Z", re.IGNORECASE)
_ONE_FORM = re.compile(r"\d{1,3}(?:[,\s]\d{2,3})*[,\s]\d{3}(?:\.\d+)?|\.\d+")
"""A number with marks between its thousands, or nothing before its point."""
_CLITIC = re.compile(r"'(?:s|re|ll|ve|d|m)$")
NUMBER = (
    rf"(?=[\d.{FRACTIONS}]|v\d|[efhnostz](?:{_NEXT_TWO})|a\s|(?-i:[A-Z][A-Z]|Rs)|[a-z]{{3}}\s?\d|[a-z]{{0,2}}[$€£¥₹])"
    rf"(?:(?P<ordinal>{_ORDINAL})(?![^\W_]|['’]s\b)"
    rf"|(?P<money>{_MONEY})?"
    r"(?:(?:v(?=\d+\.\d))?(?P<number>\d++(?:[.,]\d++|"
    rf"{_GROUP})*+(?:\x20?[{FRACTIONS}])?|(?<![\w.])\.\d++|[{FRACTIONS}])"
    rf"|(?P<spelled>{_SPELLED}))"
    rf"(?:(?P<percent>{_PERCENT})|(?P<degrees>(?(money)(?!)|{DEGREES}))"
    rf"|(?P<scale>(?(money)\s?)[kmb]\b|{_GAP}{_SCALE})?"
    rf"(?P<rest>(?(spelled)(?<=thousand)\s(?:and\s)?{_BELOW}|(?!)))?"
    rf"(?P<unit>(?(money)(?!)|{_UNIT}))?{_END}))"
)
"""A number with what tells of what it is, before or after it, or an ordinal; for any case."""


def word_form(folded: str) -> str:
    """A folded word as a token: a number in figures, any other by its stem."""
    return NUMBER_WORDS.get(folded) or stem(_CLITIC.sub("", folded))


def number_tokens(match: re.Match[str]) -> Iterator[str]:
    """A number as it is written; a percentage or an amount in one form, whatever it is in."""
    mark = _range(match) or match
    currency = match["money"] or mark["unit"] or _sign_before(match)
    marked = mark["percent"] or mark["degrees"] or mark["scale"] or currency
    if mark is not match or not marked:
        yield from _as_written(match)
    if not marked:
        return
    number = _decimal(match["number"] or _value(match["spelled"]))
    if mark["degrees"]:
        yield from map(word_form, degrees(number, mark["degrees"]))
    else:
        yield from [number + "%"] if mark["percent"] else _amount(number, currency, mark)


def _range(match: re.Match[str]) -> re.Match[str] | None:
    """What gives a number without a mark that of the one after it, unless it may be a year."""
    if any(match[name] for name in ("percent", "degrees", "scale", "unit")):
        return None
    short = len((match["number"] or "").partition(".")[0]) <= 3
    found = _RANGE.match(match.string, match.end()) if short else None
    start = match.start("number" if match["number"] else "spelled")
    between = _BETWEEN.search(match.string, max(0, match.start() - 10), start)
    return found if found and (between or not found["and"]) else None


def _sign_before(match: re.Match[str]) -> str | None:
    """The sign that a number without one shares with the amount before it."""
    if match["percent"] or match["degrees"] or not match["number"]:
        return None
    before = _SIGN_BEFORE.search(match.string, max(0, match.start() - 30), match.start())
    return before["sign"] if before and (before["dash"] or match["scale"]) else None


def _as_written(match: re.Match[str]) -> Iterator[str]:
    number = match["number"] and in_figures(match["number"])
    if number is None:
        yield "one" if match["spelled"].lower() == "one" else _value(match["spelled"])
    elif _ONE_FORM.fullmatch(number):
        yield _decimal(number)
    else:
        yield from re.split(r"[,\s]", fold(number))


def _amount(number: str, currency: str | None, mark: re.Match[str]) -> Iterator[str]:
    """`900`, `million`, `900000000`, `pound`, `£900000000`: the more telling, the later."""
    rest = mark.groupdict().get("rest")
    if not rest:
        yield number
    if mark["scale"]:
        scale = re.sub(r"[\s-]", "", fold(mark["scale"]))
        scale = SCALES.get(scale, scale)
        number = _shifted(number, _POWERS[scale])
        if rest:
            number = str(int(number) + int(_value(rest)))
        else:
            yield word_form(scale)
        yield number
    if currency:
        folded = re.sub(r"[\s.-]", "", fold(currency))
        name = _CURRENCY.get(folded) or _CURRENCY[folded.removeprefix("us").removesuffix("s")]
        yield stem(name)
        yield _SIGN[name] + number


def _decimal(number: str) -> str:
    """A number in one form: 1,000.50 is 1000.5, and so is 1.000,50; 1,5 is 1.5."""
    number = re.sub(r"\s", "", fold(in_figures(number)))
    if number.count(".") > 1 or re.search(r"\..*,", number):
        number = number.translate({ord("."): None, ord(","): "."})
    elif re.fullmatch(r"\d+,(?:\d{1,2}|\d{4,})", number):
        number = number.replace(",", ".")
    return _shifted(number.replace(",", ""), 0)


def _shifted(number: str, power: int) -> str:
    """number * 10 ** power without zeros that say nothing, however long it is."""
    whole, _, part = number.partition(".")
    part = part.ljust(power, "0")
    whole, part = (whole + part[:power]).lstrip("0") or "0", part[power:].rstrip("0")
    return f"{whole}.{part}" if part else whole


def _value(spelled: str) -> str:
    """A number below a thousand in words, perhaps with a half: `twelve`, `two and a half`."""
    parts = re.split(r"[\s-]+", fold(spelled).strip())
    half = "half" in parts
    if half:
        del parts[-3:]  # half, half a, and a half
    total = 0
    for word in parts:
        if word == "hundred":
            total *= 100
        elif word != "and":
            total += int(NUMBER_WORDS.get(word, "1"))  # a, one
    return f"{total}.5" if half else str(total)


def ordinal(match: re.Match[str]) -> str:
    """`21st` however it is written, but `first` to `third`; a day of a month is its number."""
    tens, _, last = re.sub(r"\s", "-", fold(match["ordinal"])).rpartition("-")
    digits = last[:-2] if last[0].isdigit() else str(int(_TENS.get(tens, "0")) + _ORDINALS[last])
    before = match.string[max(0, match.start() - 20) : match.start()]
    if _MONTH_AFTER.match(match.string, match.end()) or _MONTH_BEFORE.search(before):
        return digits
    if digits in ("1", "2", "3"):
        return stem(("first", "second", "third")[int(digits) - 1])
    teen = digits[-2:-1] == "1"
    return digits + ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th"))
