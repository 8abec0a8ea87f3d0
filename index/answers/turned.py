"""Whether a sentence says the opposite of what a question asks. Pure.

A sentence about the very thing that a question turns round ("who did not sign?", "when does it
close?") has all else in common with it, and reads like its answer.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from index.answers.opposites import SIDES
from index.words.lexical import STOP_STEMS, distinct, telling, tokens

_NOT = r"\b(?:not|never|cannot|no)\b|n['’]t\b"
_DENIES = re.compile(_NOT, re.IGNORECASE)
_TURNS = re.compile(
    rf"{_NOT}|\b(?:nobody|none|neither|nor|without|hardly|nothing|unless|except\w*|only)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:why|how\s+come|if|unless|whether|because|since|although|while)\b"
    r"|\b(?:i|you|he|she|we|they|it|there)\s+(?:\w+\s)?\w*$",
    re.IGNORECASE,
)
"""Before a "not": what it turns is a reason or a condition, or a clause about what is asked for
("the hours that I have not taken")."""
_REFUSES = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
_LIMITS = re.compile(
    r"\b(?:after|before|beyond|but|except\w*|later|longer|more|only|other|outside|than|unless|until"
    r"|without)\b",
    re.IGNORECASE,
)
"""Beside a "not": it says how far a thing is so, and not that it is not."""
_ANY = re.compile(r"\bany(?:\b|body|one|thing)", re.IGNORECASE)
_PREFIXES = ("un", "non")
"""Those that turn whatever they stand before. Of others ("inform", "discover") few words do: they
are in the table."""


_Side = tuple[str, ...]


@cache
def _beginning() -> Mapping[str, Sequence[tuple[str, _Side, _Side]]]:
    """By its first two letters, which its token has too, each word that has opposites, with those
    that stand for it and those opposites. To stem them all would take as long as a question."""
    words: dict[str, list[tuple[str, _Side, _Side]]] = {}
    for one, other in SIDES:
        for mine, theirs in ((one, other), (other, one)):
            for word in mine:
                words.setdefault(word[:2], []).append((word, mine, theirs))
    return words


@lru_cache(maxsize=1 << 12)
def _opposites(token: str) -> tuple[frozenset[str], frozenset[str]]:
    """The tokens of the opposites of a token's word, and of what may stand for it, as it itself."""
    held = _beginning().get(token[:2], ())
    found = [(mine, theirs) for word, mine, theirs in held if token in _tokens(word)]
    same = frozenset(t for mine, _ in found for word in mine for t in _tokens(word))
    listed = {t for _, side in found for word in side for t in _tokens(word)}
    return frozenset({*listed, *_by_prefix(token)}) - same, same


def _by_prefix(token: str) -> Iterator[str]:
    """A token with "un" or "non" before it, or without."""
    if token not in STOP_STEMS:
        yield from (prefix + token for prefix in _PREFIXES)
        bare = (token[len(prefix) :] for prefix in _PREFIXES if token.startswith(prefix))
        yield from (other for other in bare if other not in STOP_STEMS)


@lru_cache(maxsize=1 << 12)
def _tokens(word: str) -> tuple[str, ...]:
    return tuple(tokens(word))


@lru_cache(maxsize=1 << 8)
def _denies(question: str) -> str | None:
    """The token of the word that a question denies: "sign" of "who did not sign?"."""
    found = _DENIES.search(question)
    if not found or _ASIDE.search(question, 0, found.start()):
        return None
    return next(iter(telling(question[found.end() :])), None)


@lru_cache(maxsize=1 << 8)
def _turns(question: str) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """The tokens of a question that have opposites, with those and what stands for each; none where
    it denies something, since the opposite of that may be the same again."""
    asked = () if _TURNS.search(question) else distinct(question)
    return {token: sides for token in asked if (sides := _opposites(token))[0]}


def denies(question: str) -> bool:
    """Whether a question asks of what something is not so."""
    return _denies(question) is not None


def heard_of_denied(question: str, words: Container[str]) -> bool:
    """Whether documents that have these tokens may tell of what a question denies, if it denies
    anything: by its word ("sign" of "who did not sign?"), or an opposite of that ("unsigned")."""
    word = _denies(question)
    return word is None or any(each in words for each in (word, *_opposites(word)[0]))


def tells_of_denied(question: str, sentence: str) -> bool:
    """Whether a question asks of what something is not so ("who did not sign?"), and a sentence
    tells of that, either way ("Anna signed", "Ben would not sign")."""
    word = _denies(question)
    return word is not None and word in distinct(sentence)


def denied(question: str, sentence: str) -> bool:
    """Whether a sentence says that what a question denies is so: "Anna signed"."""
    return tells_of_denied(question, sentence) and not _TURNS.search(sentence)


def refused(question: str, sentence: str) -> bool:
    """Whether a sentence says that something is not so of which a question asks who or what it is
    so of: "guests may not open tickets" does not tell who may open one. "We do not store any data"
    tells what data is stored: none."""
    found = [] if _TURNS.search(question) else list(_REFUSES.finditer(sentence))
    if len(found) != 1 or _LIMITS.search(sentence):
        return False
    before, after = sentence[: found[0].start()], sentence[found[0].end() :]
    asked = distinct(question)
    word = next(iter(telling(after)), None)
    none = distinct(before) <= asked and (_ANY.search(after) or distinct(after) <= asked)
    return word is not None and word in asked and not none


def opposed(question: str, sentence: str) -> bool:
    """Whether a sentence has the opposite of a word of a question ("close", "opens"), and neither
    that word nor another for it, and denies nothing."""
    said = distinct(sentence)
    turned = any(
        token not in said and not opposites.isdisjoint(said) and same.isdisjoint(said)
        for token, (opposites, same) in _turns(question).items()
    )
    return turned and not _TURNS.search(sentence)
