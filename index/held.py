"""What each sentence holds, worked out once as an index is built: its tokens, and those of names.

A question is compared with sentences by the numbers of terms, and reads no text for that.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.lexical import STOP_STEMS, Terms, is_number, tokens
from index.question import names_in

WORD, NAME, TELLING, NUMBER = 1, 2, 4, 8
"""What a term is to a sentence: one of its tokens, of those of a word written as names are, when
that is read alone, and of its tokens one that carries meaning, one with a digit."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What some sentences hold of a question's terms, bool[n, terms], and what else."""

    terms: NDArray[np.bool_]
    _of: NDArray[np.int64]
    _roles: NDArray[np.uint8]

    def others(self, role: int) -> NDArray[np.int64]:
        """int64[n]: how many terms that are not the question's each sentence has in a role."""
        return np.bincount(self._of[(self._roles & role) > 0], minlength=len(self.terms))


@dataclass(frozen=True, slots=True)
class Held:
    """The terms of each sentence, each once as a word and once as a name.

    starts: int64[sentences + 1], where a sentence's entries begin. rows: int32, the terms, by their
    rows in BM25. roles: uint8, what each is there.
    """

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    roles: NDArray[np.uint8]

    def shared(self, sentences: NDArray[np.int64], terms: NDArray[np.int32]) -> Shared:
        """Sentences, int64[n], beside the terms of a question: rows of BM25, -1 for one that no
        sentence has."""
        sizes = self.starts[sentences + 1] - self.starts[sentences]
        of = np.repeat(np.arange(len(sentences)), sizes)
        entries = np.arange(len(of)) + (self.starts[sentences + 1] - np.cumsum(sizes))[of]
        others = self.roles[entries]
        same = np.flatnonzero(self.rows[entries] == terms[:, None])
        term, entry = np.divmod(same, max(1, len(entries)))
        word = (others[entry] & WORD) > 0
        held = np.zeros((len(sentences), len(terms)), np.bool_)
        held[of[entry[word]], term[word]] = True
        others[entry] = 0
        return Shared(held, of, others)


class Gathering:
    """What will be a `Held`, sentence after sentence, with terms numbered as they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ends, self._terms, self._roles = array("q", [0]), array("i"), array("B")

    def add(self, words: Iterable[str], text: str) -> None:
        """A sentence: its tokens, and its text."""
        for some, role in ((dict.fromkeys(words), WORD), (_of_names(text), NAME)):
            self._terms.extend([self._numbers.setdefault(t, len(self._numbers)) for t in some])
            self._roles.frombytes(bytes((role,)) * len(some))
        self._ends.append(len(self._terms))

    def __iter__(self) -> Iterator[str]:
        """The terms so far."""
        return iter(self._numbers)

    def held(self, rows: Terms) -> Held:
        """All of it. rows: a table of these very terms."""
        row = {term: number for number, term in enumerate(rows)}
        of = np.fromiter((row[term] for term in self._numbers), np.int32)
        kinds = ((t not in STOP_STEMS) * TELLING | is_number(t) * NUMBER for t in self._numbers)
        kind = np.fromiter(kinds, np.uint8)
        terms, roles = np.array(self._terms, np.int32), np.array(self._roles, np.uint8)
        roles[roles == WORD] |= kind[terms[roles == WORD]]
        return Held(np.array(self._ends, np.int64), of[terms], roles)


def _of_names(text: str) -> dict[str, None]:
    return dict.fromkeys(t for match in names_in(text) for t in _alone(match.group()))


@lru_cache(maxsize=1 << 16)
def _alone(word: str) -> tuple[str, ...]:
    return tuple(tokens(word))
