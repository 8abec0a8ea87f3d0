"""Abbreviations that the documents explain themselves: "National Cyber Security Centre (NCSC)"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.words.lexical import telling, tokens

_BRACKETED = re.compile(r"\s\(([A-Z]{3,8})s?\)")
_EXPLAINS = re.compile(r"\b([A-Z]{3,8}) \(([^()\n]{6,120})\)")
_SHORT = re.compile(r"\b[A-Z]{3,8}\b")
_PLAIN = re.compile(r"[^\W\d_][\w'’&-]*|&")
_SMALL = frozenset("a and de for in of on the to with &".split())
_BEFORE = 160
"""Code points before an abbreviation in which what it is short for is looked for."""


Pair = tuple[str, str]
"""An abbreviation and what a text says that it is short for."""


def unequivocal(pairs: Iterable[Pair]) -> dict[str, str]:
    """Abbreviation -> what it is short for; not one that stands for two things."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for short, long in pairs:
        first = found.setdefault(short, long)
        if first != long and telling(first) != telling(long):
            twice.add(short)
    return {short: long for short, long in sorted(found.items()) if short not in twice}


def affected(former: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Terms one of which is in every text that has other tokens by other abbreviations."""
    changed = former.items() ^ now.items()
    return {term for short, long in changed for term in (tokens(short)[0], telling(long)[0])}


def explained(text: str) -> Iterator[Pair]:
    """What a text explains, pair after pair."""
    for match in _BRACKETED.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()].split()
        if long := _long_form(match[1], before):
            yield match[1], long
    for match in _EXPLAINS.finditer(text):
        if _long_form(match[1], match[2].split()) == (long := " ".join(match[2].split())):
            yield match[1], long


def _long_form(short: str, words: Sequence[str]) -> str | None:
    """The words at the end whose initials are the abbreviation, small ones among them passed over;
    None where there are none."""
    at = len(words)
    for letter in reversed(short.lower()):
        at -= 1
        while at > 0 and words[at].lower() in _SMALL and words[at][0].lower() != letter:
            at -= 1
        if at < 0 or words[at][0].lower() != letter:
            return None
    long = words[at:]
    tells = long[0].lower() not in _SMALL and len(telling(" ".join(long))) > 1
    return " ".join(long) if tells and all(map(_PLAIN.fullmatch, long)) else None


class Abbreviations:
    """Tokens of texts, in which an abbreviation and what it is short for stand for each other."""

    def __init__(self, long_forms: Mapping[str, str]) -> None:
        self._forms = long_forms
        self._long: dict[str, tuple[str, list[str]]] = {}
        self._short: dict[str, list[tuple[frozenset[str], str]]] = {}
        for short, words in long_forms.items():
            token, long = tokens(short)[0], telling(words)
            self._long[token] = short, long
            self._short.setdefault(long[0], []).append((frozenset(long), token))
        self._telling = frozenset((*self._long, *self._short))

    def spelled(self, text: str) -> str:
        """The text, with what it is short for in the place of each abbreviation."""
        return _SHORT.sub(lambda match: self._forms.get(match[0], match[0]), text)

    def tokens(self, text: str) -> list[str]:
        """The tokens of a text, in order, and then those of what it says in its other form."""
        own = tokens(text)
        held = set(own)
        if held.isdisjoint(self._telling):
            return own
        more: list[str] = []
        for token in dict.fromkeys(own):
            short, long = self._long.get(token, ("", []))
            if short and re.search(rf"\b{short}\b", text):
                more += [t for t in long if t not in held]
            more += [t for all, t in self._short.get(token, ()) if all <= held and t not in held]
        return own + more
