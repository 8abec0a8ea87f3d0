"""The terms of each sentence, worked out once as an index is built.

A question is compared with sentences by the numbers of terms, and reads no text for that.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.search.terms import Terms
from index.words.lexical import STOP_STEMS


@dataclass(frozen=True, slots=True)
class Held:
    """The terms of each sentence, each once.

    starts: int64[sentences + 1], where a sentence's entries begin. rows: int32, the terms, by their
    rows in BM25. telling: int32[sentences], how many of its terms carry meaning.
    """

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    telling: NDArray[np.int32]

    def shared(self, sentences: NDArray[np.int64], terms: NDArray[np.int32]) -> NDArray[np.bool_]:
        """bool[n, terms]: which terms of a question each of some sentences, int64[n], holds.

        terms: rows of BM25, -1 for one that no sentence has.
        """
        sizes = self.starts[sentences + 1] - self.starts[sentences]
        of = np.repeat(np.arange(len(sentences)), sizes)
        entries = np.arange(len(of)) + (self.starts[sentences + 1] - np.cumsum(sizes))[of]
        same = np.flatnonzero(self.rows[entries] == terms[:, None])
        term, entry = np.divmod(same, max(1, len(entries)))
        held = np.zeros((len(sentences), len(terms)), np.bool_)
        held[of[entry], term] = True
        return held

    def key(self, sentence: int) -> bytes:
        """The same for sentences of the same terms in the same order, and for no others."""
        return self.rows[self.starts[sentence] : self.starts[sentence + 1]].tobytes()


class Gathering:
    """What will be a `Held`, sentence after sentence, with terms numbered as they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ends, self._terms = array("q", [0]), array("i")

    def add(self, words: Iterable[str]) -> None:
        """A sentence, by its tokens."""
        numbers = self._numbers
        self._terms.extend([numbers.setdefault(t, len(numbers)) for t in dict.fromkeys(words)])
        self._ends.append(len(self._terms))

    def held(self, rows: Terms) -> Held:
        """All of it. rows: a table that has these terms."""
        row = {term: number for number, term in enumerate(rows)}
        of = np.fromiter((row[term] for term in self._numbers), np.int32)
        tells = np.fromiter((term not in STOP_STEMS for term in self._numbers), np.bool_)
        terms, ends = np.array(self._terms, np.int32), np.array(self._ends, np.int64)
        so_far = np.concatenate([[0], np.cumsum(tells[terms])])
        return Held(ends, of[terms], np.diff(so_far[ends]).astype(np.int32))
