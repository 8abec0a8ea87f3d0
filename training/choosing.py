"""The few numbers that are chosen among some, by what each does to questions not fitted on."""

from dataclasses import replace

import numpy as np
from fitting import fit_logistic
from judging import FOLDS, Judged, quality
from sets import Floats

from index.answers import answer
from index.words.lexical import content

RIDGES = (0.01, 1, 10, 30, 100, 300, 1000)
MARGINS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
GAPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
"""The values of which one is chosen; in rank score, what `answer.Weights` says of both."""
MARKED = 0.9
"""How often what is marked is to share a word with the answer."""
TYPED = ("date", "amount", "person")
"""Questions whose answer is marked by its kind, not as the reader says."""


def fit_confidence(
    judged: Judged, ridge: float, without: int | None = None
) -> tuple[float, Floats]:
    """Logistic regression of `right` on the evidence; on all folds, or without one."""
    kept = judged.fold != without
    return fit_logistic(judged.proof[kept], judged.right[kept], judged.weight[kept], ridge)


def unseen_confidence(judged: Judged, ridge: float) -> Floats:
    """Each question's confidence by weights that did not see its fold."""
    seen = np.zeros(len(judged.rows))
    for fold in range(FOLDS):
        offset, weights = fit_confidence(judged, ridge, without=fold)
        here = judged.fold == fold
        seen[here] = 1 / (1 + np.exp(-(offset + judged.proof[here] @ weights)))
    return seen


def choose_ridge(judged: Judged) -> float:
    """The ridge with which the confidence of questions that it was not fitted on has the least log
    loss, on the mean of the sets: without one, what few questions have, such as a denial, would
    weigh without end.
    """

    def loss(ridge: float) -> float:
        confidence = unseen_confidence(judged, ridge)
        each = -np.log(np.where(judged.right, confidence, 1 - confidence))
        return float(np.mean([each[own].mean() for own in judged.of_sets(judged.own)]))

    return min(RIDGES, key=loss)


def choose_threshold(judged: Judged, confidence: Floats) -> float:
    """Where answering the answerable and refusing the rest do best together (Youden 1950).

    The gain is flat about its top: of the thresholds within half a hundredth of it the middle one
    is taken, which chance moves least.
    """
    own, answerable = judged.own, judged.answerable
    kinds = (own & answerable, own & ~answerable, ~own & ~answerable)
    of_sets = list(zip(*map(judged.of_sets, kinds), strict=True))

    def gain(threshold: float) -> float:
        above = confidence >= threshold
        answered = ([above[kind].mean() for kind in kinds] for kinds in of_sets)
        return float(np.mean([asked - np.mean(others) for asked, *others in answered]))

    gains = {float(t): gain(float(t)) for t in np.arange(0.05, 0.95, 0.01)}
    good = [t for t, gained in gains.items() if gained >= max(gains.values()) - 0.005]
    return good[len(good) // 2]


def choose_quoting(judged: Judged, weights: answer.Weights) -> answer.Weights:
    """The weights with the margin and gap that quote least, of those that are half a point from the
    best in the sum of top1, top3 and at300, on the mean of the sets."""
    asked = judged.of_sets(judged.own & judged.answerable)

    def tried(made: answer.Weights) -> tuple[float, float]:
        each = [quality(judged, some, made) for some in asked]
        means = {name: float(np.mean([one[name] for one in each])) for name in each[0]}
        return means["top1"] + means["top3"] + means["at300"], means["chars"]

    made = [replace(weights, margin=margin, gap=gap) for margin in MARGINS for gap in GAPS]
    totals, chars = zip(*map(tried, made), strict=True)
    good = [i for i, total in enumerate(totals) if total >= max(totals) - 0.005]
    return made[min(good, key=chars.__getitem__)]


def choose_sure(judged: Judged) -> float:
    """The least probability from which on the words that the reader would mark, in a sentence that
    is right and where it is left to it, share a word with the answer MARKED of the time."""
    seen = []
    for i in np.flatnonzero(judged.own):
        one = judged.rows[i]
        best = int(np.argmax(one.found.features @ judged.rank[i]))
        if one.answers and one.holds[best] and one.question.asks not in TYPED:
            number = int(one.found.sentences[best])
            span, sure = one.found.words[number]
            text = one.corpus.page(one.corpus.document_of(number)).text
            marked = set(content(text[span.start : span.end]))
            seen.append((sure, any(marked & set(content(answer)) for answer in one.answers)))
    sure, meets = np.array(seen).T
    tried = np.arange(0.0, float(sure.max()), 0.01)
    return min((float(s) for s in tried if meets[sure >= s].mean() >= MARKED), default=1.0)
