"""Nearest passages by FAISS: cosine of unit vectors, exact while that is fast.

Beyond, an inverted file: k-means parts the vectors into lists, and a question looks only into the
lists whose centres are nearest to it (Sivic and Zisserman 2003; FAISS's IndexIVFFlat). The rows
of the passages lie on disk list after list, so that looking into one reads one stretch of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import sqrt

import faiss
import numpy as np
from numpy.typing import NDArray

from index.types import Vectors

EXACT = 50_000
"""Up to so many passages are all compared: that takes some ten milliseconds on one slow core."""
NEAR = 10
"""The nearest passages that recall is measured by."""
ENOUGH = 0.99
"""The recall for which lists are looked into."""
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Lists:
    """How passages are parted.

    order: int32[n], the passage of each row. starts: int64[lists + 1], where a list's rows begin.
    centres: float32[lists, dim]. probes: how many lists a question looks into. recall: the share
    (0..1) of the `NEAR` nearest passages that half as many lists found for a sample of sentences.
    """

    order: NDArray[np.int32]
    starts: NDArray[np.int64]
    centres: Vectors
    probes: int
    recall: float


def part(vectors: Vectors, questions: Vectors) -> Lists | None:
    """Lists for float32[n, dim], a row a passage; None for up to EXACT of them.

    questions: float32[m, dim], vectors of sentences, to measure recall by.
    """
    if len(vectors) <= EXACT:
        return None
    means = faiss.Kmeans(
        vectors.shape[1],
        int(4 * sqrt(len(vectors))),
        niter=10,
        seed=1,
        spherical=True,
        max_points_per_centroid=64,
    )
    means.train(vectors)
    centres = np.asarray(means.centroids, np.float32)
    nearest = faiss.knn(vectors, centres, 1, metric=faiss.METRIC_INNER_PRODUCT)[1][:, 0]
    order = np.argsort(nearest, kind="stable").astype(np.int32)
    starts = np.searchsorted(nearest[order], np.arange(len(centres) + 1)).astype(np.int64)
    return _probing(Lists(order, starts, centres, 0, 0.0), vectors[order], questions)


def _probing(lists: Lists, rows: Vectors, questions: Vectors) -> Lists:
    """The lists with twice the fewest probes, doubled from 8, that find enough.

    Twice, for what is asked here are sentences, and a question lies farther from any passage.
    """
    asked = questions[np.linspace(0, len(questions) - 1, _SAMPLE, dtype=np.int64)]
    truth = lists.order[faiss.knn(asked, rows, NEAR, metric=faiss.METRIC_INNER_PRODUCT)[1]]
    probes = 8
    while (recall := _recall(rows, replace(lists, probes=probes), asked, truth)) < ENOUGH:
        probes *= 2
    return replace(lists, probes=2 * probes, recall=recall)


def _recall(rows: Vectors, lists: Lists, asked: Vectors, truth: NDArray[np.int32]) -> float:
    """The share of the true neighbours that is found; 1 where every list is looked into."""
    if lists.probes >= len(lists.centres):
        return 1.0
    dense = Dense(rows, lists)
    found = [dense.search(question, NEAR) for question in asked]
    same = [np.isin(near, true).sum() for near, true in zip(found, truth, strict=True)]
    return float(np.sum(same)) / truth.size


class Dense:
    """Passage vectors, searchable; passages are numbered as they were before they were parted."""

    def __init__(self, rows: Vectors, lists: Lists | None) -> None:
        """rows: float32[n, dim], in the order of the lists where there are any."""
        self._rows, self._lists = rows, lists
        if lists:
            self._row_of = np.empty(len(rows), np.int32)
            self._row_of[lists.order] = np.arange(len(rows), dtype=np.int32)

    def search(
        self, vector: Vectors, top: int, *, within: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """The numbers of the `top` passages nearest to float32[dim], best first.

        within: bool[n], those that may be found; None for all. Where these are few, or too few of
        them are in the lists looked into, each of them is compared, however many there are.
        """
        allowed = None if within is None else np.flatnonzero(within)
        if allowed is not None and (self._lists is None or len(allowed) <= EXACT):
            return self._compared(allowed, vector, top)
        if self._lists is None:
            wanted, metric = min(top, len(self._rows)), faiss.METRIC_INNER_PRODUCT
            with _alone():
                found = faiss.knn(vector[None, :], self._rows, wanted, metric=metric)[1][0]
            return np.asarray(found, np.int64)
        rows = self._probed(vector, self._lists)
        cosines = np.concatenate([np.vecdot(self._rows[a:b], vector) for a, b in rows])
        passages = np.concatenate([self._lists.order[a:b] for a, b in rows]).astype(np.int64)
        if within is not None and allowed is not None:
            held = within[passages]
            passages, cosines = passages[held], cosines[held]
            if len(passages) < min(top, len(allowed)):
                return self._compared(allowed, vector, top)
        return _nearest(passages, cosines, top)

    def _compared(
        self, passages: NDArray[np.int64], vector: Vectors, top: int
    ) -> NDArray[np.int64]:
        """The `top` of some passages that are nearest, by comparing each."""
        return _nearest(passages, np.vecdot(self.vectors(passages), vector), top)

    def _probed(self, vector: Vectors, lists: Lists) -> list[tuple[int, int]]:
        """The rows, half open, of the lists whose centres are nearest."""
        cosines = np.vecdot(lists.centres, vector)
        near = np.argpartition(-cosines, min(lists.probes, len(cosines)) - 1)[: lists.probes]
        return [(int(lists.starts[i]), int(lists.starts[i + 1])) for i in np.sort(near)]

    def vectors(self, passages: NDArray[np.int64]) -> Vectors:
        """float32[len(passages), dim]: the vectors of some passages."""
        return self._rows[passages if self._lists is None else self._row_of[passages]]

    def all(self) -> Vectors:
        """float32[n, dim]: those of all passages; no copy where they are in no lists."""
        return self._rows if self._lists is None else self._rows[self._row_of]


@contextmanager
def _alone() -> Iterator[None]:
    """FAISS on this one thread: where cores are busy, waiting for others takes ten times as long
    as comparing one vector with all. For the same reason NumPy's `vecdot`, not `@`."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def _nearest(passages: NDArray[np.int64], cosines: Vectors, top: int) -> NDArray[np.int64]:
    """The `top` of some passages with the greatest cosines, best first, ties by number."""
    few = np.arange(len(passages))
    if top < len(passages):
        few = np.argpartition(-cosines, top - 1)[:top]
    return passages[few][np.lexsort((passages[few], -cosines[few]))]
