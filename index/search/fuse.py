"""Ranked lists -> one. Pure."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.types import Hit


def fuse(
    passages: NDArray[np.int64],
    cosines: NDArray[np.float32],
    bm25: NDArray[np.float32],
    *,
    weight: float,
    top: int,
) -> tuple[Hit, ...]:
    """The best `top` of the passages (arrays aligned), best first; ties break by passage number.

    A convex combination: `weight` of the cosine, the rest of BM25 over its greatest value. See
    Bruch, Gai and Ingber 2023, "An analysis of fusion functions for hybrid retrieval": reciprocal
    rank fusion throws the scores away, and does worse.
    """
    lexical = bm25 / (float(bm25.max(initial=0.0)) or 1.0)
    scores = weight * cosines + (1 - weight) * lexical
    order = np.lexsort((passages, -scores))[:top]
    columns = (column[order].tolist() for column in (passages, scores, cosines, lexical))
    return tuple(map(Hit, *columns))


def best(scores: NDArray[np.float32], top: int) -> NDArray[np.int64]:
    """The numbers of the `top` greatest scores above 0, in no order; ties at the edge by number."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > top:  # sorting them all would take longest, where a word is everywhere
        least = np.partition(scores[positive], -top)[-top]
        positive = positive[scores[positive] >= least]
    order = np.lexsort((positive, -scores[positive]))[:top]
    return positive[order]


def union(*lists: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Every number of the lists once, ascending."""
    return np.unique(np.concatenate([np.asarray(one, np.int64) for one in lists]))
