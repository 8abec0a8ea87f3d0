"""BM25 over the tokens of passages, as a sparse matrix that is asked where it lies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.search.terms import Terms

if TYPE_CHECKING:
    from rank_bm25 import BM25Okapi

K1, B = 1.5, 0.75
"""rank-bm25's own."""


def okapi(passages: Sequence[Sequence[str]]) -> "BM25Okapi":
    """rank-bm25's model of tokenized passages, with Lucene's idf.

    Its own idf is 0 for a term in half of the passages and below 0 for a commoner one, so that in a
    small corpus a true match counts for nothing, or against. Lucene's, ln(1 + (N - n + 0.5) / (n +
    0.5)), is never negative. See Kamphuis et al. 2020, "Which BM25 do you mean?", table 1.
    """
    from rank_bm25 import BM25Okapi  # here, for it brings along what no question needs

    class PositiveIdf(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no type hints
        def _calc_idf(self, nd: Mapping[str, int]) -> None:
            idf = _idf(np.fromiter(nd.values(), np.int64), self.corpus_size)
            self.idf = dict(zip(nd, idf.tolist(), strict=True))

    return PositiveIdf(passages, k1=K1, b=B)


def _idf(held: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Lucene's, of terms that so many of all passages hold."""
    return np.log1p((size - held + 0.5) / (held + 0.5))


@dataclass(frozen=True, slots=True)
class Bm25:
    """The scores of rank-bm25's fitted model as a sparse matrix: a row a term, a column a passage.

    rows: term -> row. starts: int64[terms + 1], where a row's entries begin. passages: int32, the
    columns of the entries, ascending in a row. counts: uint16, how often a passage holds the term,
    1 up. weights: float32, what its score gains by that. idf: float32[terms]. size: how many
    passages there are.
    """

    rows: Terms
    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    counts: NDArray[np.uint16]
    weights: NDArray[np.float32]
    idf: NDArray[np.float32]
    size: int

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """float32[passages]: the BM25 score of each passage, 0 where it has none of the terms."""
        total = np.zeros(self.size, np.float32)
        for row in map(self.rows.get, terms):
            if row is None:
                continue
            entries = slice(int(self.starts[row]), int(self.starts[row + 1]))
            total[self.passages[entries]] += self.weights[entries]
        return total

    def holders(self, term: str) -> NDArray[np.int32]:
        """The passages that hold a term, ascending."""
        row = self.rows.get(term)
        if row is None:
            return self.passages[:0]
        return self.passages[int(self.starts[row]) : int(self.starts[row + 1])]

    def idf_of(self, term: str) -> float:
        """How telling a term is, 0 up; one in no passage counts like one in a single passage."""
        row = self.rows.get(term)
        return float(np.log1p((self.size - 0.5) / 1.5)) if row is None else float(self.idf[row])


def fit(passages: Iterable[Iterable[str]]) -> Bm25:
    """BM25 over tokenized passages, each of at most 65,535 tokens: rank-bm25's fitted model, each
    product of its sums done beforehand."""
    tokens = [list(some) for some in passages]
    held = okapi(tokens).doc_freqs if any(tokens) else [{} for _ in tokens]
    table = Terms.of({term for counts in held for term in counts})
    (rows,) = _rows_of([[term for counts in held for term in counts]], table)
    passage = np.repeat(np.arange(len(held), dtype=np.int32), [len(counts) for counts in held])
    counts = np.fromiter((n for counts in held for n in counts.values()), np.uint16)
    return _weighed(table, rows, passage, counts, len(held))


def join(
    models: Sequence[Bm25], numbers: Sequence[NDArray[np.int32]]
) -> tuple[Bm25, list[NDArray[np.int32]]]:
    """BM25 over passages of some models, and for each model int32[terms], the row of each term.

    numbers: for each model int32[passages], the number that each passage gets, -1 for one that is
    left out. A term that no passage holds any longer is left out too: its row is -1.
    """
    entries = [np.repeat(np.arange(len(m.rows), dtype=np.int32), np.diff(m.starts)) for m in models]
    passages = [number[m.passages] for m, number in zip(models, numbers, strict=True)]
    names = [list(m.rows) for m in models]
    terms: set[str] = set()
    for row, passage, own in zip(entries, passages, names, strict=True):
        held = np.bincount(row[passage >= 0], minlength=len(own))
        terms.update(own[n] for n in np.flatnonzero(held).tolist())
    table = Terms.of(terms)
    maps = _rows_of(names, table)
    every = np.concatenate(passages)
    kept = every >= 0
    rows = np.concatenate([of[row] for of, row in zip(maps, entries, strict=True)])[kept]
    counts = np.concatenate([m.counts for m in models])[kept]
    size = sum(int((number >= 0).sum()) for number in numbers)
    return _weighed(table, rows, every[kept], counts, size), maps


def _rows_of(names: Iterable[Iterable[str]], table: Terms) -> list[NDArray[np.int32]]:
    """For each of some lists of terms their rows, -1 for one that is not in the table."""
    row = {term: number for number, term in enumerate(table)}
    return [np.fromiter((row.get(name, -1) for name in some), np.int32) for some in names]


def _weighed(
    terms: Terms,
    rows: NDArray[np.int32],
    passages: NDArray[np.int32],
    counts: NDArray[np.uint16],
    size: int,
) -> Bm25:
    """The same sums as rank-bm25's `get_scores`, one product a term and passage done beforehand.

    rows, passages, counts: an entry for each term of each passage, in any order.
    """
    order = np.argsort(rows.astype(np.int64) * size + passages, kind="stable")
    rows, passages, counts = rows[order], passages[order], counts[order]
    lengths = np.bincount(passages, counts, minlength=size)
    held = np.bincount(rows, minlength=len(terms))
    idf = _idf(held, size)
    length = (lengths / (lengths.sum() / size))[passages] if len(passages) else lengths[:0]
    saturation = counts * (K1 + 1) / (counts + K1 * (1 - B + B * length))
    return Bm25(
        terms,
        np.concatenate([[0], np.cumsum(held)]).astype(np.int64),
        passages,
        counts,
        (idf[rows] * saturation).astype(np.float32),
        idf.astype(np.float32),
        size,
    )
