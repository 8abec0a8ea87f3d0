"""Where a text says words, in any typography, and cuts no word, number or amount. Pure."""

import re
from collections.abc import Iterator
from unicodedata import category, normalize

from index.documents.marks import PARTED, SOFT_HYPHEN
from index.types import Span
from index.words.numbers import CODES, NUMBER_WORDS
from index.words.shapes import ANY_SHAPE, PIECE, UNIT, UNSEEN

_HIDDEN = re.compile(f"[{UNSEEN}]")
_OPENING = re.compile(r"(\W*)([^\W\d_][\u0300-\u036f]*)(.*)", re.DOTALL)

# What belongs together on the two sides of a place, so that no quote may begin or end there.
_NUMBER_WORD = rf"(?:one|{'|'.join(NUMBER_WORDS)})"
_NUMBER = rf"(?:\d|\b(?:{'|'.join(NUMBER_WORDS)}))"
_SCALE = r"\b(?:hundred|thousand|million|billion|trillion)"
_TENS = r"\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_MONEY = rf"(?:dollars?|pounds?|euros?|rupees?|yen|yuan|quid|cents?|pence|pennies|{CODES})"
_COUNTED = rf"(?:{_NUMBER}(?:[kmb]|[mbt]n)?|{_SCALE})"
_TIME = r"(?:minute|hour|day|week|month|year)"
_A_WHOLE = rf"an?\s(?:hundred|thousand|million|billion|trillion|dozen|per\s?cent|{_TIME})\b"
_SHARE = r"\b(?:half|quarters?|thirds?)"
_PART = r"(?:an?|one|two|three)\s(?:half|quarters?|thirds?)\b"
_WHOLE = rf"(?:\d|\b(?:{_NUMBER_WORD}|an?\s{_TIME}))"
_INTEGER, _FRACTION = r"(?<![\w.,/])\d{1,3}", r"[1-9]\d?[/⁄]\d{1,2}(?![\d/])"
_DIALLED = r"(?<![^\s(])[+0][\d \u00a0()]*\d\)?"
"""What a telephone number begins with: 020, +44 (0)20."""
_GROUPS = r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})*"
"""Figures by threes: 1 000 000."""
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: nothing shows where a word of theirs ends."""
REACH = 28
"""How many signs of either side tell whether anything runs across a place: of what follows below,
" to £1,000,000,000 per cent" has 27. What cannot be seen counts for none."""
_NOT = r"(?:not|no|never|neither|nor|without|hardly|cannot)"
_WRAP = r"[^\S\n]*\n[^\S\n]*"
_BESIDE = r"[^\S\n\t]{1,2}"
_JOINED = tuple(
    (re.compile(before + r"\Z", re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for before, after in (
        (r"[^\W_]", r"[-‐‑'’ʼ_/&@][^\W_]"),  # F-35, don't, snake_case, AT&T
        (r"[^\W_][-‐‑'’ʼ_/&@]", r"[^\W_]"),
        (r"\d", r"[.,:–−]\d"),  # 10.5, 1,000, 10:30, 10–15%
        (r"\d[.,:–−]", r"\d"),
        (r"[^\W_]", r"\.(?-i:[a-z])"),  # example.com
        (r"[^\W_]\.", r"(?-i:[a-z])"),
        (rf"{_NUMBER}\s{{0,2}}", rf"\s{{0,2}}{UNIT}"),  # 10 per cent, $11 billion
        (rf"{_COUNTED}\s", rf"{_MONEY}\b"),  # 20 euros, 5m EUR
        (_COUNTED, rf"\s{_MONEY}\b"),
        (r"\bper\s?", r"\s?cent\b"),
        (r"[^\W_]", r"[$€£¥₹]"),  # US$5
        (rf"(?:[$€£¥₹]|\b(?:{CODES}|Rs\.?))\s?", r"\d"),
        (r"(?:^|[\s(\[\"'“‘])[-−–+±<>~≤≥≈#]", r"[$€£¥₹]?\.?\d"),  # -5%, <5%, #5
        (r"(?:^|\W)\.", r"\d"),
        (_GROUPS, r"[ \u00a0\u2009\u202f]\d{3}(?!\d)"),  # 10 000
        (rf"{_GROUPS}[ \u00a0\u2009\u202f]", r"\d{3}(?!\d)"),
        (rf"{_SCALE}(?:\s(?:and\s)?)?", rf"\s?(?:and\s)?{_NUMBER_WORD}\b"),  # one hundred and five
        (rf"{_TENS}\s?", rf"\s?{_NUMBER_WORD}\b"),
        (rf"{_SHARE}\s(?:of\s)?", _A_WHOLE),  # half a million
        (_SHARE, rf"\s(?:of\s)?{_A_WHOLE}"),
        (r"\bhalf\sa\s?", rf"\s?{_SCALE}"),
        (_WHOLE, rf"\sand\s{_PART}"),  # two and a half
        (rf"{_WHOLE}\sand\s(?:an?\s)?", rf"(?:{_PART}|half\b|quarter\b)"),
        (r"\d", r"\s[¼-¾⅐-⅞]"),  # 2 ½, 1 1/2
        (r"\d\s", r"[¼-¾⅐-⅞]"),
        (_INTEGER, rf"\s{_FRACTION}"),
        (rf"{_INTEGER}\s", _FRACTION),
        (r"\d", r"[ \u00a0]?[x×][ \u00a0]?\d"),  # 3 x 10
        (r"\d[ \u00a0]?[x×][ \u00a0]?", r"\d"),
        (r"(?:\d|\b[a-z])", r"(?:\^|\*\*)[-−+]?\d"),  # 10^8, and not the note of a word^1
        (r"(?:\d|\b[a-z])(?:\^|\*\*)[-−+]?", r"\d"),
        (_DIALLED, r"[ \u00a0]\(?\d{2}"),  # 020 7946 0958
        (rf"{_DIALLED}[ \u00a0]\(?", r"\d{2}"),
        (
            r"(?<![^\s(\[])[$€£¥₹]?[\d.,]*\d",
            rf"(?:\s?[-–—]|\sto)\s?[$€£¥₹]?\d[\d.,]*\s{{0,2}}{UNIT}",
        ),  # 10 to 15%
        (r"[^\W_]", r"(?:\+{1,2}|#)(?!\w)"),  # C++, 65+
        (r"[^\W_]\+", r"\+"),
        (r"°\s?", r"[CF]\b"),
        (r"\b(?-i:[A-Z])", r"\.(?-i:[A-Z])\b"),  # U.S.
        (r"\b(?-i:[A-Z])\.", r"(?-i:[A-Z])\b"),
        # no lorries
        (rf"(?:(?<![^\W_])(?<![/-]){_NOT}|n['’ʼ]t)[*_`]*{_BESIDE}[*_`\[\"“'‘]*", r"(?=\S)"),
        # Where a line ends within a sentence; "Dogs: no" ends one.
        (rf"(?:(?<=[^\s:=|]\s){_NOT}|n['’ʼ]t)[*_`]*{_WRAP}", r"(?=(?-i:[a-z]))"),
        (r"(?<=[^\W_])[*_`]*", rf"{_BESIDE}[*_`]*(?:not|never)\b"),  # cats are not
        (r"(?<=[^\W_])[*_`]*", rf"{_WRAP}(?-i:not|never)\b"),
    )
)


def pattern(words: str, *, parted: bool = False) -> re.Pattern[str]:
    """The words in any white space and typography, the very first letter in either case.

    A full stop at the end is the person's or the document's. parted: there may be a soft hyphen
    within a word, or in the place of a hyphen.
    """
    opening = _OPENING.match(words)
    lead, first, rest = opening.groups() if opening else ("", "", words)
    either = f"(?:{_encoded(first)}|{_encoded(first.swapcase())})"
    either += f"{SOFT_HYPHEN}?" if parted and rest[:1].isalpha() else ""
    body = rest.rstrip(".")
    stops = len(rest) - len(body)
    end = rf"(?:\.{{{stops}}}|\.*)" if stops else ""  # as many as were given, if there are
    shapes = (_any_shape(part, parted=parted) for part in (lead, body))
    return re.compile(either.join(shapes) + end)


def _any_shape(words: str, *, parted: bool) -> str:
    pieces = list(PIECE.finditer(words))
    shapes = [ANY_SHAPE.get(m.lastgroup or "") or _encoded(m.group()) for m in pieces]
    if parted:
        letters = [piece.group()[0].isalpha() for piece in pieces]
        within = [n and letters[n - 1] and letters[n] for n in range(len(pieces))]
        soft = [f"{SOFT_HYPHEN}?" if one else "" for one in within]
        dashes = [f"|{SOFT_HYPHEN}" if m.lastgroup == "dash" else "" for m in pieces]
        shapes = [f"{a}(?:{b}{c})" for a, b, c in zip(soft, shapes, dashes, strict=True)]
    return "".join(shapes)


def _encoded(letter: str) -> str:
    """A character in any form that Unicode gives it: with its accents, or with them after it."""
    forms = dict.fromkeys([letter, *(normalize(form, letter) for form in ("NFC", "NFD"))])
    return f"(?:{'|'.join(map(re.escape, forms))})" if len(forms) > 1 else re.escape(letter)


def spans(words: re.Pattern[str], text: str) -> Iterator[Span]:
    """Where the words stand and cuts nothing, from left to right, none overlapping another."""
    at = 0
    while match := words.search(text, at):
        whole = not (_joined(text, match.start()) or _joined(text, match.end()))
        if whole:
            yield Span(*match.span())
        at = match.end() if whole else match.start() + 1


def _joined(text: str, at: int) -> bool:
    """Whether a word, number, percentage, amount or code runs across a place in the text, or a word
    that a line end parts."""
    if 0 < at < len(text) and (_is_mark(text[at]) or "\u200d" in text[at - 1 : at + 1]):
        return True
    if _parted(text, at):
        return True
    before, after = _before(text, at), _after(text, at)
    if not before or not after:
        return False
    if _UNSPACED.match(before[-1]) or _UNSPACED.match(after[0]):
        return False
    if _is_of_a_word(before[-1]) and _is_of_a_word(after[0]):
        return True
    return any(right.match(after) and left.search(before) for left, right in _JOINED)


def across(words: re.Pattern[str], text: str, start: int, end: int) -> list[Span]:
    """What the ends of the first place in text[start:end] that says the words would cut.

    Empty spans where it is one word; none where no place says them.
    """
    match = words.search(text, start, end)
    return [_across(text, at) for at in match.span() if _joined(text, at)] if match else []


def _across(text: str, at: int) -> Span:
    before, after = text[max(0, at - REACH) : at], text[at : at + REACH]
    both = ((left.search(before), right.match(after)) for left, right in _JOINED)
    sides = ((one.group(), other.group()) for one, other in both if one and other)
    left, right = next(sides, ("", ""))
    return Span(at - len(left), at + len(right))


def _parted(text: str, at: int) -> bool:
    """Whether a place is in what parts a word at a line end, however far the next is indented."""
    end = at
    while end and text[end - 1] in "\r\n \t":
        end -= 1
    parts = (PARTED.match(text, start) for start in (max(0, end - 1), end))
    return any(part is not None and at <= part.end() for part in parts)


def _before(text: str, at: int) -> str:
    """What can be seen before a place, as much as may join it to what follows."""
    width = REACH
    while len(seen := _HIDDEN.sub("", text[max(0, at - width) : at])) < REACH and width < at:
        width *= 2
    return seen[-REACH:]


def _after(text: str, at: int) -> str:
    width = REACH
    while len(seen := _HIDDEN.sub("", text[at : at + width])) < REACH and at + width < len(text):
        width *= 2
    return seen[:REACH]


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or _is_mark(character)


def _is_mark(character: str) -> bool:
    return category(character)[0] == "M"
