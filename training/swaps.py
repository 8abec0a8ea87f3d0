"""A question with one thing changed, so that what answered it does not answer it any more.

What is changed is a number, a name, a word for its opposite, or a word for one of its kind that
elsewhere stands in the same place: "chief security officer" for "chief financial officer". The last
two are what a question written to deceive is made of, and leave nearly all of it as it was.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise

import numpy as np

from index.answers.opposites import SIDES
from index.evaluation.measure import plain
from index.questions.question import names_in
from index.types import Encoder
from index.words.lexical import distinct, telling

FEWEST = 2
"""Texts that two words must stand beside each other in, to be taken for a phrase."""
ALIKE, SAME = 0.3, 0.75
"""Cosines of two words: of one kind from the first on, of one meaning from the second."""
NEAREST = 5
"""So many of the words of one kind with a word may be taken for it."""
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_WORD = re.compile(r"\b[a-z]{3,}\b")
_PAIR = re.compile(r"\b[a-z]{3,}(?= [a-z]{3,}\b)")


class Swaps:
    """What may stand for what, as some texts have it."""

    def __init__(self, texts: Iterable[str], names: Sequence[str], encoder: Encoder) -> None:
        """names: those that a name may be changed for."""
        self._names = names
        counts: dict[tuple[str, str], int] = {}
        for text in texts:
            for pair in set(_pairs(text)):
                counts[pair] = counts.get(pair, 0) + 1
        self._before: dict[str, list[str]] = {}
        self._after: dict[str, list[str]] = {}
        for (first, second), count in counts.items():
            if count >= FEWEST:
                self._before.setdefault(second, []).append(first)
                self._after.setdefault(first, []).append(second)
        self._opposites = dict(_opposites())
        known = sorted({*names, *self._before, *self._after})
        self._numbers = {word: number for number, word in enumerate(known)}
        self._vectors = encoder.encode(known)

    def _like(self, word: str, others: Sequence[str]) -> list[str]:
        """Those of some words that are of a kind with a word, and not of its meaning."""
        known = [one for one in others if one in self._numbers]
        if word not in self._numbers or not known:
            return []
        vectors = self._vectors[[self._numbers[one] for one in known]]
        alike = vectors @ self._vectors[self._numbers[word]]
        order = np.argsort(-alike, kind="stable")
        return [known[i] for i in order if ALIKE <= alike[i] < SAME][:NEAREST]

    def number_or_name(
        self, question: str, text: str, near: Sequence[str], chance: random.Random
    ) -> str | None:
        """The text with a number or a name of the question changed for another; None if it has
        none. near: names to choose from; without any, all are."""
        held = [m.group() for m in (*_NUMBER.finditer(question), *names_in(question))]
        held = [one for one in held if re.search(rf"\b{re.escape(one)}\b", text)]
        if not held:
            return None
        old = chance.choice(held)
        if old[0].isdigit():
            digits = re.sub(r"\d", lambda _: str(chance.randrange(1, 10)), old)
            new = digits if digits != old else f"{old[0]}{digits}"
        else:
            others = self._like(old, near) or self._like(old, self._names)
            others = [one for one in others if plain(one) not in plain(question)]
            if not others:
                return None
            new = chance.choice(others)
        return re.sub(rf"\b{re.escape(old)}\b", lambda _: new, text)

    def word(self, question: str, said: str, chance: random.Random) -> str | None:
        """The question with one word that `said` has too changed for one that it does not have;
        None where no word is known that could stand there."""
        has, asked = distinct(said), distinct(question)
        choices = [
            (match, news)
            for match, others in self._places(question)
            if has & set(telling(match.group()))
            and (news := [w for w in others if _strange(w, has | asked)])
        ]
        if not choices:
            return None
        match, news = chance.choice(choices)
        return question[: match.start()] + chance.choice(news) + question[match.end() :]

    def _places(self, question: str) -> Iterator[tuple[re.Match[str], Sequence[str]]]:
        """The words of a question that may be changed, each with what for."""
        found = list(_WORD.finditer(question))
        for match in found:
            yield match, self._opposites.get(match.group(), ())
        for one, other in pairwise(found):
            first, second = one.group(), other.group()
            if question[one.end() : other.start()] == " " and telling(first) and telling(second):
                yield one, self._like(first, self._before.get(second, ()))
                yield other, self._like(second, self._after.get(first, ()))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Words that carry meaning and stand beside each other."""
    for match in _PAIR.finditer(text):
        first = match.group()
        second = _WORD.match(text, match.end() + 1)
        if second and telling(first) and telling(second.group()):
            yield first, second.group()


def _opposites() -> Iterator[tuple[str, Sequence[str]]]:
    for one, other in SIDES:
        for mine, theirs in ((one, other), (other, one)):
            yield from ((word, theirs) for word in mine)


def _strange(word: str, has: Set[str]) -> bool:
    """Whether a word is one of meaning that is not there, in any form."""
    mine = set(telling(word))
    return bool(mine) and not mine & has


def near_names(right: Sequence[str], wrong: Sequence[str]) -> list[str]:
    """The names that only the wrong texts have."""
    has = dict.fromkeys(m.group() for text in wrong for m in names_in(text))
    said = " ".join(right).lower()
    return [name for name in has if name.lower() not in said]
