"""Whether a sentence says the opposite of what a question asks. Pure.

A sentence about the very thing that a question turns round ("who did not sign?", "when does it
close?") has all else in common with it, and reads like its answer.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from index.lexical import STOP_STEMS, distinct, telling, tokens
from index.opposites import SIDES

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
    return frozenset(t for _, side in found for word in side for t in _tokens(word)) - same, same


@lru_cache(maxsize=1 << 12)
def _tokens(word: str) -> tuple[str, ...]:
    return tuple(tokens(word))


def denied(question: str, sentence: str) -> bool:
    """Whether a question asks of what something is not so ("who did not sign?") and a sentence says
    that it is ("Anna signed")."""
    found = _DENIES.search(question)
    if not found or _ASIDE.search(question, 0, found.start()) or _TURNS.search(sentence):
        return False
    word = next(iter(telling(question[found.end() :])), None)
    return word in distinct(sentence)


def opposed(question: str, sentence: str) -> bool:
    """Whether a sentence has the opposite of a word of a question ("close", "opens"), and neither
    that word nor another for it. Where either of the two is denied it may be the same again."""
    if _TURNS.search(question) or _TURNS.search(sentence):
        return False
    said = distinct(sentence)
    return any(_turns(word, said) for word in distinct(question) - said)


def _turns(word: str, said: frozenset[str]) -> bool:
    """Whether some tokens have the opposite of one, and nothing that stands for it."""
    opposites, same = _opposites(word)
    return bool(opposites & said and not same & said) or _with_prefix(word, said)


def _with_prefix(word: str, said: frozenset[str]) -> bool:
    """Whether a word or one that is said is the other with "un-" or "non-" before it."""
    if word in STOP_STEMS:
        return False
    bare = (word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix))
    return any(prefix + word in said for prefix in _PREFIXES) or any(
        other in said and other not in STOP_STEMS for other in bare
    )
