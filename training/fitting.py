"""The two regressions: one that ranks sentences, one that tells a probability."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sets import Floats, Row

from index.answers.features import FEATURES
from index.words.lexical import is_number

RIDGE = 0.01
"""What the square of a scaled weight costs in the ranking, beside the loss of a question."""
_COVERAGE, _EXACT_MISSING = map(FEATURES.index, ("coverage", "exact_missing"))


def fit_rank(rows: Sequence[Row]) -> Floats:
    """Weights of a softmax over each question's candidates, on those that an answer is among."""
    groups = [r for r in map(_with_decoys, rows) if r.holds.any()]
    features = np.concatenate([g.found.features for g in groups])
    scale = features.std(0) + 1e-9
    scaled = (features - features.mean(0)) / scale
    right = np.concatenate([g.holds for g in groups]).astype(float)
    sizes = [len(g.holds) for g in groups]
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    group = np.repeat(np.arange(len(groups)), sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        every = np.add.reduceat(raised, starts)
        good = np.add.reduceat(raised * right, starts) + 1e-12
        slope = scaled.T @ (raised / every[group] - raised * right / good[group]) / len(groups)
        value = float(np.mean(np.log(every) - np.log(good)))
        return value + RIDGE * float(weights @ weights), slope + 2 * RIDGE * weights

    return minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B").x / scale


def _with_decoys(one: Row) -> Row:
    """A row with, beside each right sentence that has the question's numbers, one with others."""
    exact = one.found.features[:, _EXACT_MISSING]
    shared = np.flatnonzero(one.holds & (exact < 1)) if one.question.exact else []
    if not len(shared):
        return one
    weights = {t: one.corpus.bm25.idf_of(t) for t in one.question.terms}
    lost = sum(w for t, w in weights.items() if is_number(t)) / sum(weights.values())
    decoys = one.found.features[shared].copy()
    decoys[:, _EXACT_MISSING] = 1.0
    decoys[:, _COVERAGE] = np.maximum(0, decoys[:, _COVERAGE] - lost)
    found = replace(
        one.found,
        sentences=np.concatenate([one.found.sentences, one.found.sentences[shared]]),
        features=np.concatenate([one.found.features, decoys]),
    )
    return replace(one, found=found, holds=np.concatenate([one.holds, np.zeros(len(shared), bool)]))


def fit_logistic(
    features: Floats, right: NDArray[np.bool_], weight: Floats, ridge: float = RIDGE
) -> tuple[float, Floats]:
    """Offset and weights of a logistic regression with a ridge, samples weighted."""
    scale = features.std(0) + 1e-9
    mean = features.mean(0)
    scaled = np.c_[np.ones(len(features)), (features - mean) / scale]

    def loss(weights: Floats) -> tuple[float, Floats]:
        z = scaled @ weights
        value = weight @ (np.logaddexp(0, z) - right * z)
        slope = scaled.T @ (weight * (1 / (1 + np.exp(-z)) - right))
        pull = ridge * np.r_[0.0, weights[1:]]
        return float(value + pull @ weights / 2), slope + pull

    fitted = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    return float(fitted[0] - fitted[1:] @ (mean / scale)), fitted[1:] / scale
