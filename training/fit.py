"""Fit what the product weighs by: fusing, ranking sentences, confidence, the threshold.

    python training/fit.py SETS... --work DIR

SETS are folders of sets: a folder with docs/ and questions.jsonl, as README.md here describes, or a
folder of such folders, which count as one set. DIR keeps their indexes between runs. Writes
index/answers/weights.json and prints how well it does on questions that the weights were not fitted
on. The same sets give the same weights.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from questions import Asked, foils, load
from scipy.optimize import minimize

from index.answers import answer
from index.answers.features import (
    EVIDENCE,
    FEATURES,
    SIFTED,
    Candidates,
    Reads,
    candidates,
    evidence,
)
from index.answers.features import read as read_passages
from index.engine import hits
from index.evaluation.measure import SHOWN, auroc, calibration_error
from index.models.encode import SentenceEncoder
from index.models.reader import Reader, fingerprint
from index.questions.question import Question, read
from index.storage.corpus import Corpus
from index.types import Encoder, Quote, Vectors
from index.words.lexical import content, is_number

FOLDS = 5
FOIL_WEIGHT = 0.3
"""What the foils of a set count for together, beside its own questions."""
SHARE = {"mixed": 0.3}
"""What a set counts for in the confidence where that is less than another. The documents of `mixed`
are of the hand that wrote what the reader learned from: it is surer of them than of others."""
RIDGE = 0.01
"""Of the ranking's weights; that of the confidence's is chosen of these."""
RIDGE_GRID = (0.01, 1, 10, 30, 100, 300, 1000)
DENSE_GRID = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
MARGIN_GRID = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
GAP_GRID = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
MARKED = 0.9
TYPED = ("date", "amount", "person")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A question and its candidates; `holds` says which answer, `right` whether any text does."""

    question: Question
    corpus: Corpus
    right: Callable[[str], bool]
    answers: tuple[str, ...]
    answerable: bool
    found: Candidates
    holds: NDArray[np.bool_]


def row(asked: Asked, vector: Vectors, corpus: Corpus, dense: float) -> Row:
    question = read(asked.text)
    found = candidates(question, vector, hits(question, vector, corpus, dense), corpus)
    texts = (corpus.sentence_text(corpus.document_of(n), n)[0] for n in found.sentences.tolist())
    holds = np.array([asked.right(text) for text in texts], bool)
    return Row(question, corpus, asked.right, asked.answers, asked.answerable, found, holds)


def after_reading(one: Row, sift: Floats, reader: Reads) -> Row:
    """The row with those of its candidates whose passages are read, and what the reader says."""
    found = read_passages(one.question, one.found, one.found.features @ sift, one.corpus, reader)
    kept = dict(zip(one.found.sentences.tolist(), one.holds.tolist(), strict=True))
    return replace(
        one, found=found, holds=np.array([kept[n] for n in found.sentences.tolist()], bool)
    )


def with_decoys(one: Row) -> Row:
    """A row with, beside each right sentence that has the question's numbers, one with others."""
    shared = [
        i
        for i in np.flatnonzero(one.holds).tolist()
        if one.question.exact and one.found.features[i, FEATURES.index("exact_missing")] < 1
    ]
    if not shared:
        return one
    decoys = one.found.features[shared].copy()
    weights = {t: one.corpus.bm25.idf_of(t) for t in one.question.terms}
    lost = sum(w for t, w in weights.items() if is_number(t)) / sum(weights.values())
    decoys[:, FEATURES.index("exact_missing")] = 1.0
    decoys[:, FEATURES.index("coverage")] = np.maximum(
        0, decoys[:, FEATURES.index("coverage")] - lost
    )
    found = replace(
        one.found,
        sentences=np.concatenate([one.found.sentences, one.found.sentences[shared]]),
        features=np.concatenate([one.found.features, decoys]),
    )
    return replace(one, found=found, holds=np.concatenate([one.holds, np.zeros(len(shared), bool)]))


def fit_rank(rows: Sequence[Row]) -> Floats:
    """Weights of a softmax over each question's candidates, on those that an answer is among."""
    groups = [r for r in map(with_decoys, rows) if r.holds.any()]
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


@dataclass(frozen=True, slots=True)
class Set:
    """A question set: its own questions, and others that its documents do not answer.

    rows: its own questions. foils: made ones, most of them like its own but not answerable.
    """

    name: str
    rows: tuple[Row, ...]
    foils: tuple[Row, ...]

    def read(self, sift: Floats, reader: Reads) -> "Set":
        rows, made = (
            tuple(after_reading(one, sift, reader) for one in several)
            for several in (self.rows, self.foils)
        )
        return Set(self.name, rows, made)


def recall(rows: Sequence[Row]) -> float:
    """The share of the answerable questions with an answer among the sentences found."""
    return float(np.mean([one.holds.any() for one in rows if one.answerable]))


def evidence_of(rows: Sequence[Row], rank: Floats) -> Floats:
    return np.array(
        [evidence(r.question, r.found, r.found.features @ rank, r.corpus) for r in rows]
    )


def quoted(one: Row, weights: answer.Weights) -> tuple[Quote, ...]:
    return answer.quotes(one.question, one.found, one.corpus, weights, top=3)


def right_first(one: Row, weights: answer.Weights) -> bool:
    return bool(quotes := quoted(one, weights)) and one.right(quotes[0].text)


def others(rows: Sequence[Row], fold: int) -> list[Row]:
    return [one for i, one in enumerate(rows) if i % FOLDS != fold]


@dataclass(frozen=True, slots=True)
class Judged:
    """Every question of every set, judged with rank weights that were not fitted on its fold.

    proof: float64[n, EVIDENCE]. right: whether the first quote holds the answer. own: not a foil.
    weight: so that the sets count alike, or as SHARE says.
    """

    rows: tuple[Row, ...]
    set: NDArray[np.int64]
    fold: NDArray[np.int64]
    own: NDArray[np.bool_]
    proof: Floats
    right: NDArray[np.bool_]
    weight: Floats


def judge(sets: Sequence[Set], ranks: Sequence[Floats], weights: answer.Weights) -> Judged:
    rows, which, folds, own = [], [], [], []
    for number, one in enumerate(sets):
        for i, r in enumerate((*one.rows, *one.foils)):
            rows.append(r)
            which.append(number)
            folds.append(i % FOLDS)
            own.append(i < len(one.rows))
    proof = [evidence_of([r], ranks[f])[0] for r, f in zip(rows, folds, strict=True)]
    right = [
        right_first(r, replace(weights, rank=ranks[f])) for r, f in zip(rows, folds, strict=True)
    ]
    whole = np.array([SHARE.get(one.name, 1.0) for one in sets]) * len(rows) / len(sets)
    count = np.array([(len(one.foils), len(one.rows)) for one in sets])
    each = whole[:, None] * (FOIL_WEIGHT, 1.0) / count
    return Judged(
        tuple(rows),
        np.array(which),
        np.array(folds),
        np.array(own),
        np.array(proof),
        np.array(right),
        each[which, np.array(own, int)],
    )


def fit_confidence(
    judged: Judged, ridge: float, without: int | None = None
) -> tuple[float, Floats]:
    """Logistic regression of `right` on the evidence; on all folds, or without one."""
    kept = judged.fold != without
    return fit_logistic(judged.proof[kept], judged.right[kept], judged.weight[kept], ridge)


def choose_ridge(judged: Judged) -> float:
    """With which the confidence of questions that it was not fitted on has the least log loss, on
    the mean of the sets. What few questions have, such as a denial, would weigh without end else.
    """

    def loss(ridge: float) -> float:
        confidence = unseen_confidence(judged, ridge)
        each = -np.log(np.where(judged.right, confidence, 1 - confidence))
        of_sets = (judged.own & (judged.set == number) for number in np.unique(judged.set))
        return float(np.mean([each[own].mean() for own in of_sets]))

    return min(RIDGE_GRID, key=loss)


def unseen_confidence(judged: Judged, ridge: float) -> Floats:
    """Each question's confidence by weights that did not see its fold."""
    seen = np.zeros(len(judged.rows))
    for fold in range(FOLDS):
        offset, weights = fit_confidence(judged, ridge, without=fold)
        here = judged.fold == fold
        seen[here] = 1 / (1 + np.exp(-(offset + judged.proof[here] @ weights)))
    return seen


def choose_threshold(judged: Judged, confidence: Floats) -> float:
    """Where answering the answerable and refusing the rest do best together (Youden 1950).

    The gain is flat about its top: of the thresholds within a hundredth of it the highest is taken,
    since a wrong answer costs whoever relies on it more than a refusal.
    """
    answerable = np.array([r.answerable for r in judged.rows])
    asked = judged.own & answerable
    kinds = [judged.own & ~answerable, ~judged.own & ~answerable]

    def gain(threshold: float) -> float:
        above = confidence >= threshold
        return float(
            np.mean(
                [
                    above[asked & of].mean() - np.mean([above[kind & of].mean() for kind in kinds])
                    for of in (judged.set == s for s in np.unique(judged.set))
                ]
            )
        )

    gains = {float(t): gain(float(t)) for t in np.arange(0.05, 0.95, 0.01)}
    good = [t for t, gained in gains.items() if gained >= max(gains.values()) - 0.01]
    return good[-1]


def quality(rows: Sequence[Row], weights: Sequence[answer.Weights]) -> dict[str, float]:
    """top1, top3, at300 and characters quoted over the answerable rows, each with its weights."""
    got = []
    for one, weighed in zip(rows, weights, strict=True):
        texts = [quote.text for quote in quoted(one, weighed)]
        shown = "\n".join(texts)[:SHOWN]
        held = [one.right(text) for text in texts]
        got.append((held[0], any(held), one.right(shown), sum(map(len, texts))))
    return dict(zip(("top1", "top3", "at300", "chars"), np.mean(got, 0).tolist(), strict=True))


def choose_quoting(
    judged: Judged, ranks: Sequence[Floats], weights: answer.Weights
) -> answer.Weights:
    """The margin and gap that quote least, of those that are half a point from the best in the sum
    of top1, top3 and at300, on the mean of the sets."""
    picked = [i for i, r in enumerate(judged.rows) if r.answerable and judged.own[i]]
    of_sets = [[i for i in picked if judged.set[i] == number] for number in np.unique(judged.set)]

    def tried(margin: float, gap: float) -> tuple[answer.Weights, dict[str, float]]:
        made = replace(weights, margin=margin, gap=gap)
        each = [
            quality(
                [judged.rows[i] for i in own],
                [replace(made, rank=ranks[judged.fold[i]]) for i in own],
            )
            for own in of_sets
        ]
        return made, {name: float(np.mean([one[name] for one in each])) for name in each[0]}

    options = [tried(margin, gap) for margin in MARGIN_GRID for gap in GAP_GRID]

    def total(figures: dict[str, float]) -> float:
        return figures["top1"] + figures["top3"] + figures["at300"]

    best = max(total(figures) for _, figures in options)
    good = [o for o in options if total(o[1]) >= best - 0.005]
    return min(good, key=lambda o: o[1]["chars"])[0]


def choose_sure(judged: Judged, ranks: Sequence[Floats]) -> float:
    """The least probability from which on the words that the reader would mark, in a sentence that
    is right and where it is left to it, share a word with the answer MARKED of the time."""
    seen = []
    for i in np.flatnonzero(judged.own).tolist():
        one = judged.rows[i]
        best = int(np.argmax(one.found.features @ ranks[judged.fold[i]]))
        if one.answers and one.holds[best] and one.question.asks not in TYPED:
            number = int(one.found.sentences[best])
            span, sure = one.found.words[number]
            text, _, _ = one.corpus.page(one.corpus.document_of(number))
            marked = set(content(text[span.start : span.end]))
            seen.append((sure, any(marked & set(content(answer)) for answer in one.answers)))
    sure, meets = np.array(seen).T
    tried = np.arange(0.0, float(sure.max()), 0.01)
    return min((float(s) for s in tried if meets[sure >= s].mean() >= MARKED), default=1.0)


def report(
    judged: Judged,
    confidence: Floats,
    sets: Sequence[Set],
    ranks: Sequence[Floats],
    weights: answer.Weights,
) -> None:
    """Print how well it does on each set. confidence: float[n], of weights that did not see it."""
    answerable = np.array([r.answerable for r in judged.rows])
    for number, one in enumerate(sets):
        own = judged.own & (judged.set == number)
        made = ~judged.own & (judged.set == number)
        yes, no = own & answerable, own & ~answerable
        figures = quality(
            [judged.rows[i] for i in np.flatnonzero(yes)],
            [replace(weights, rank=ranks[judged.fold[i]]) for i in np.flatnonzero(yes)],
        )
        figures |= {
            "auroc": auroc(confidence[yes], confidence[no]),
            "refused of the unanswerable": float((confidence[no] < weights.threshold).mean()),
            "refused of the answerable": float((confidence[yes] < weights.threshold).mean()),
            "refused of the foils": float(
                (confidence[made & ~answerable] < weights.threshold).mean()
            ),
            "refused of the keywords": float(
                (confidence[made & answerable] < weights.threshold).mean()
            ),
            "right of the keywords": float(judged.right[made & answerable].mean()),
            "calibration error": calibration_error(confidence[own], judged.right[own]),
        }
        print(one.name, "  ".join(f"{name} {value:.3f}" for name, value in figures.items()))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sets", type=Path, nargs="+", help="folders of question sets")
    parser.add_argument(
        "--work", type=Path, required=True, help="a folder to keep their indexes in"
    )
    options = parser.parse_args()
    fit(options.sets, options.work, SentenceEncoder())


def fit(folders: Sequence[Path], work: Path, encoder: Encoder, reader: Reads | None = None) -> None:
    loaded = {
        path.name: [load(part, work / path.name, encoder) for part in parts]
        for folder in folders
        for path in sorted(folder.iterdir())
        if (parts := sorted(found.parent for found in path.rglob("questions.jsonl")))
    }
    made = {
        name: [foils(name, number, loaded) for number in range(len(parts))]
        for name, parts in loaded.items()
    }
    own = {name: [part.questions for part in parts] for name, parts in loaded.items()}
    every = (*own.values(), *made.values())
    texts = sorted({read(q.text).text for some in every for part in some for q in part})
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))

    def rows(name: str, asked: Sequence[Sequence[Asked]], dense: float) -> tuple[Row, ...]:
        return tuple(
            row(q, vectors[read(q.text).text], part.corpus, dense)
            for part, some in zip(loaded[name], asked, strict=True)
            for q in some
        )

    def recall_at(dense: float) -> float:
        return float(np.mean([recall(rows(name, some, dense)) for name, some in own.items()]))

    dense = max(DENSE_GRID, key=recall_at)
    sets = [Set(n, rows(n, own[n], dense), rows(n, made[n], dense)) for n in loaded]
    sift = fit_rank([r for one in sets for r in (*one.rows, *one.foils)])
    reader = reader or Reader(fingerprint())
    write([one.read(sift, reader) for one in sets], dense, sift)


def write(sets: Sequence[Set], dense: float, sift: Floats) -> None:
    ranks = [
        fit_rank([r for one in sets for r in others((*one.rows, *one.foils), f)])
        for f in range(FOLDS)
    ]
    rank = fit_rank([r for one in sets for r in (*one.rows, *one.foils)])
    zero = np.zeros(len(EVIDENCE))
    weights = answer.Weights(
        dense, sift, rank, (1.0, 0.0), 0.0, zero, 0.0, 0.0, GAP_GRID[-1], 0.0, fingerprint()
    )
    weights = choose_quoting(judge(sets, ranks, weights), ranks, weights)
    judged = judge(sets, ranks, weights)
    ridge = choose_ridge(judged)
    offset, confidence = fit_confidence(judged, ridge)
    unseen = unseen_confidence(judged, ridge)
    candidates = [(r.found.features @ rank, r.holds) for one in sets for r in one.rows]
    scores = np.concatenate([s for s, _ in candidates])
    held = np.concatenate([h for _, h in candidates])
    shift, slope = fit_logistic(scores[:, None], held, np.ones(len(scores)))
    fitted = replace(
        weights,
        platt=(float(slope[0]), shift),
        offset=offset,
        confidence=confidence,
        threshold=choose_threshold(judged, unseen),
        sure=choose_sure(judged, ranks),
    )
    report(judged, unseen, sets, ranks, fitted)
    Path(answer.__file__).with_name("weights.json").write_text(as_json(fitted), "ascii")


def as_json(weights: answer.Weights) -> str:
    def named(names: Sequence[str], values: Floats) -> dict[str, float]:
        return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}

    fields = {
        "fitted_by": "training/fit.py",
        "reader": weights.reader,
        "dense": weights.dense,
        "sift": named(SIFTED, weights.sift),
        "rank": named(FEATURES, weights.rank),
        "platt": {"scale": round(weights.platt[0], 4), "offset": round(weights.platt[1], 4)},
        "confidence": {"offset": round(weights.offset, 4)} | named(EVIDENCE, weights.confidence),
        "threshold": round(weights.threshold, 2),
        "margin": weights.margin,
        "gap": weights.gap,
        "sure": round(weights.sure, 2),
    }
    return json.dumps(fields, indent=2) + "\n"


if __name__ == "__main__":
    main()
