"""Every question judged by weights that were not fitted on it, and the figures of that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sets import Floats, Row, Set

from index.answers import answer
from index.answers.evidence import evidence
from index.evaluation.measure import SHOWN, auroc, calibration_error
from index.types import Quote

FOLDS = 5
FOIL_WEIGHT = 0.3
"""What the foils of a set count for together, beside its own questions."""
SHARE = {"mixed": 0.3}
"""What a set counts for in the confidence where that is less than another. The documents of `mixed`
are of the hand that wrote what the reader learned from: it is surer of them than of others."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Every question of every set, judged with rank weights that were not fitted on its fold.

    set: the number of each one's. own: not a foil. rank: float64[n, FEATURES], each one's weights.
    proof: float64[n, EVIDENCE]. right: whether the first quote holds the answer. weight: so that
    the sets count alike, or as SHARE says.
    """

    rows: tuple[Row, ...]
    set: NDArray[np.int64]
    fold: NDArray[np.int64]
    own: NDArray[np.bool_]
    rank: Floats
    proof: Floats
    right: NDArray[np.bool_]
    weight: Floats

    @property
    def answerable(self) -> NDArray[np.bool_]:
        return np.array([one.answerable for one in self.rows])

    def of_sets(self, some: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
        """Of some of the questions, those of each set."""
        return [some & (self.set == number) for number in np.unique(self.set)]


def fold_of(rows: Sequence[Row]) -> NDArray[np.int64]:
    """int64[n]: the fold of each question of a set."""
    return np.arange(len(rows)) % FOLDS


def judge(sets: Sequence[Set], ranks: Sequence[Floats], weights: answer.Weights) -> Judged:
    """ranks: for each fold, rank weights that were fitted on the other folds."""
    rows = tuple(row for one in sets for row in one.every())
    which = np.repeat(np.arange(len(sets)), [len(one.every()) for one in sets])
    folds = np.concatenate([fold_of(one.every()) for one in sets])
    own = np.concatenate([np.arange(len(one.every())) < len(one.rows) for one in sets])
    rank = np.array(ranks)[folds]
    proof = [
        evidence(r.question, r.found, r.found.features @ w, r.corpus)
        for r, w in zip(rows, rank, strict=True)
    ]
    right = [_right_first(r, replace(weights, rank=w)) for r, w in zip(rows, rank, strict=True)]
    whole = np.array([SHARE.get(one.name, 1.0) for one in sets]) * len(rows) / len(sets)
    count = np.array([(len(one.foils), len(one.rows)) for one in sets])
    each = whole[:, None] * (FOIL_WEIGHT, 1.0) / count
    weight = each[which, own.astype(int)]
    return Judged(rows, which, folds, own, rank, np.array(proof), np.array(right), weight)


def _quoted(one: Row, weights: answer.Weights) -> tuple[Quote, ...]:
    return answer.quotes(one.question, one.found, one.corpus, weights, top=3)


def _right_first(one: Row, weights: answer.Weights) -> bool:
    return bool(quotes := _quoted(one, weights)) and one.right(quotes[0].text)


def quality(judged: Judged, some: NDArray[np.bool_], weights: answer.Weights) -> dict[str, float]:
    """top1, top3, at300 and characters quoted over some of the answerable questions, each with rank
    weights of its own."""
    got = []
    for number in np.flatnonzero(some):
        one = judged.rows[number]
        texts = [q.text for q in _quoted(one, replace(weights, rank=judged.rank[number]))]
        held = [one.right(text) for text in texts]
        shown = "\n".join(texts)[:SHOWN]
        got.append((held[0], any(held), one.right(shown), sum(map(len, texts))))
    return dict(zip(("top1", "top3", "at300", "chars"), np.mean(got, 0).tolist(), strict=True))


def report(
    judged: Judged, confidence: Floats, sets: Sequence[Set], weights: answer.Weights
) -> None:
    """Print how well it does on each set. confidence: float64[n], by weights that did not see each
    one's fold."""
    own, made = judged.of_sets(judged.own), judged.of_sets(~judged.own)
    for one, asked, foils in zip(sets, own, made, strict=True):
        figures = _figures(judged, confidence, asked, foils, weights)
        print(one.name, "  ".join(f"{name} {value:.3f}" for name, value in figures.items()))


def _figures(
    judged: Judged,
    confidence: Floats,
    own: NDArray[np.bool_],
    made: NDArray[np.bool_],
    weights: answer.Weights,
) -> dict[str, float]:
    """Of the questions of one set and of its foils, of which only the keywords are answerable."""
    yes, no = own & judged.answerable, own & ~judged.answerable
    keywords, foils = made & judged.answerable, made & ~judged.answerable
    refused = confidence < weights.threshold
    return quality(judged, yes, weights) | {
        "auroc": auroc(confidence[yes], confidence[no]),
        "refused of the unanswerable": refused[no].mean(),
        "refused of the answerable": refused[yes].mean(),
        "refused of the foils": refused[foils].mean(),
        "refused of the keywords": refused[keywords].mean(),
        "right of the keywords": judged.right[keywords].mean(),
        "calibration error": calibration_error(confidence[own], judged.right[own]),
    }
