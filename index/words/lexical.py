"""Words and numbers as search sees them.

Only tokens are normalised; the text they came from never is.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.types import Span
from index.words.figures import ABBREVIATED, FIGURE, SHORT, tokens_of
from index.words.forms import fold, stem
from index.words.numbers import NUMBER, number_tokens, ordinal, word_form

TOKENIZER = "words-7"
"""Named in every index: one made by other rules must be built again."""

_JOIN = r"-(?!\d+\.\d)"  # not a version: quoth-2.4.0
_LETTERS = r"[^\W_]++(?:[\u0300-\u036f]++[^\W_]*+|\u00ad++[^\W_]++)*+"
"""With the accents after them, where they are characters of their own, and soft hyphens within."""
_PARTED = r"[-‐\u00ad]\r?\n[^\S\n]*+(?=(?-i:[a-zß-öø-ÿ]))[^\W\d_]++"
"""The rest of a word that is parted at the end of a line."""
_WORD = re.compile(
    r"(?=\S)(?:"  # for speed, as what follows
    r"(?P<dotted>(?:[^\W\d_]\.){2,})"
    rf"|(?=[\d+(])(?P<figure>{FIGURE})"
    rf"|{NUMBER}"
    r"|(?P<mixed>\d++(?:\.\d++)++[^\W_]++)"
    rf"|(?=[acdfhjkmnos])(?P<short>{ABBREVIATED})"
    r"|(?P<cjk>[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]++)"
    rf"|(?P<word>{_LETTERS}(?!{_JOIN}[^\W_])(?:['’]{_LETTERS})*+)(?P<parted>{_PARTED})?"
    rf"|(?P<compound>{_LETTERS}(?:{_JOIN}{_LETTERS})++))",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"[a-z]{3}")
"""In a compound: that it is words with a number, `mid-2019`, and no code."""
STOP_WORDS = frozenset(
    (
        "a about after all also am an and any are as at be because been before being between "
        "both but by can could did do does doing down during each either else ever every few "
        "for from further get got had has have having he her here hers him his how i if in into "
        "is it its itself just me might more most much must my no nor not of off on once "
        "only or other our ours out over per s same shall she should so some such t than "
        "that the their theirs them then there these they this those through to too under until "
        "up upon very was we were what whatever when where whether which while who whom whose "
        "why will with would you your yours"
    ).split()
)


MAX_TOKEN = 64
"""Code points of a token that count; longer ones are data, not words."""


def words(text: str) -> Iterator[tuple[str, Span]]:
    """Each token of a text with the characters it was made from, in order.

    Numbers stay what they are: `5%`, `15%` and `5` are three tokens; `10 per cent` and `ten
    percent` are `10%`. What says more comes last: `£900m`, `900 million pounds` and `GBP
    900,000,000` all give `900000000`, `pound` and `£900000000`, and where it is written so also
    `900` and `million`. `COVID-19` gives its parts and `covid19`. `v2.4.0` is `2.4.0`, as is the
    end of `quoth-2.4.0`; other codes stay as they are written: `ISO27001` is not `ISO 27001`.
    Times, days, telephone numbers and measures are in the forms of figures.py.
    """
    for match in _WORD.finditer(text):
        span = Span(match.start(), match.end())
        for token in _of(match):
            yield token, span


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order."""
    return [token for match in _WORD.finditer(text) for token in _of(match)]


@lru_cache(maxsize=1 << 12)
def distinct(text: str) -> frozenset[str]:
    """The distinct tokens of a text, remembered: questions about a corpus meet the same texts."""
    return frozenset(tokens(text))


def telling(text: str) -> list[str]:
    """The distinct tokens of a text that carry meaning, in order: stop words are left out."""
    return [token for token in dict.fromkeys(tokens(text)) if token not in STOP_STEMS]


def content(text: str) -> list[str]:
    """What to search for: the telling tokens, or all of them where there is no other."""
    return telling(text) or list(dict.fromkeys(tokens(text)))


def exact(text: str) -> tuple[str, ...]:
    """The distinct tokens of a text that hold a digit; of an amount, the one that says all of it.

    So a text that says $900 million, £900 or 900 has nothing of £900 million.
    """
    found: list[str] = []
    for match in _WORD.finditer(text):
        found += _exact(match, [t[:MAX_TOKEN] for t in _tokens(match) if is_number(t)])
    return tuple(dict.fromkeys(found))


def _exact(match: re.Match[str], numbers: list[str]) -> list[str]:
    """Those that say all of it: of `F-35` the code, of `mid-2019` its number, of a day both."""
    if match["compound"] and _LETTERED.search(match.group()):
        return numbers[:-1]
    day = match["figure"] and numbers[-1].isdigit()
    return numbers if day else numbers[-1:]


def is_number(token: str) -> bool:
    """Whether a token holds a digit: a number, a percentage, an amount or a code."""
    return not token.isalpha() and any(c.isdigit() for c in token)


def _of(match: re.Match[str]) -> Sequence[str]:
    if match.lastgroup == "word":  # nearly all are: they are kept
        return (_plain(match.group()),)
    return [token[:MAX_TOKEN] for token in _tokens(match)]


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    return word_form(fold(word))[:MAX_TOKEN]


def _tokens(match: re.Match[str]) -> Iterator[str]:
    if match["number"] or match["spelled"]:
        yield from number_tokens(match)
    elif match["figure"]:
        yield from map(word_form, tokens_of(match.group()))
    elif match["short"]:
        yield word_form(SHORT[fold(match.group())])
    elif match["ordinal"]:
        yield ordinal(match)
    elif match["dotted"]:
        yield fold(match.group().replace(".", ""))
    elif match["parted"]:
        yield from _parted(match)
    elif match["compound"]:
        yield from _compound(fold(match.group()))
    elif run := match["cjk"]:
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
    else:
        yield word_form(fold(match.group()))


def _parted(match: re.Match[str]) -> Iterator[str]:
    """The two parts, and what they make: `third-party` is two words, `moor-ing` one."""
    first, rest = fold(match["word"]), fold(match["parted"].split()[-1])
    yield from (word_form(first), word_form(rest), word_form(first + rest))


def _compound(folded: str) -> Iterator[str]:
    parts = folded.split("-")
    yield from map(word_form, parts)
    if is_number(folded):
        yield "".join(parts)  # a code: F-35, CVE-2023-1234


STOP_STEMS = STOP_WORDS | {stem(word) for word in STOP_WORDS}
