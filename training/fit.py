"""Fit what the product weighs by: fusing, ranking sentences, confidence, the threshold.

    python training/fit.py SETS... --work DIR

SETS are folders of sets: a folder with docs/ and questions.jsonl, as README.md here describes, or a
folder of such folders, which count as one set. DIR keeps their indexes between runs. Writes
index/answers/weights.json and prints how well it does on questions that the weights were not fitted
on. The same sets give the same weights.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from choosing import (
    GAPS,
    choose_quoting,
    choose_ridge,
    choose_sure,
    choose_threshold,
    fit_confidence,
    unseen_confidence,
)
from fitting import fit_logistic, fit_rank
from judging import FOLDS, fold_of, judge, report
from questions import Asked, foils, load_sets
from sets import Floats, Row, Set, recall, row

from index.answers import answer
from index.answers.evidence import EVIDENCE
from index.answers.features import FEATURES, SIFTED, Reads
from index.models.encode import SentenceEncoder
from index.models.reader import Reader, fingerprint
from index.questions.question import read
from index.types import Encoder

DENSE = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
"""The shares of the cosine, in fusing, of which one is chosen."""


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
    """Find, read and fit. reader: the product's if None."""
    loaded = load_sets(folders, work, encoder)
    own = {name: [part.questions for part in parts] for name, parts in loaded.items()}
    made = {
        name: [foils(name, number, loaded) for number in range(len(parts))]
        for name, parts in loaded.items()
    }
    texts = _texts(own, made)
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))

    def rows(name: str, asked: Sequence[Sequence[Asked]], dense: float) -> tuple[Row, ...]:
        return tuple(
            row(q, vectors[read(q.text).text], part.corpus, dense)
            for part, some in zip(loaded[name], asked, strict=True)
            for q in some
        )

    def recall_at(dense: float) -> float:
        return float(np.mean([recall(rows(name, some, dense)) for name, some in own.items()]))

    dense = max(DENSE, key=recall_at)
    sets = [Set(n, rows(n, own[n], dense), rows(n, made[n], dense)) for n in loaded]
    sift = fit_rank([r for one in sets for r in one.every()])
    reader = reader or Reader(fingerprint())
    write([one.read(sift, reader) for one in sets], dense, sift)


def _texts(*asked: Mapping[str, Iterable[Iterable[Asked]]]) -> list[str]:
    """The text of every question, as it is embedded, once."""
    parts = (some for sets in asked for parts in sets.values() for some in parts)
    return sorted({read(one.text).text for some in parts for one in some})


def write(sets: Sequence[Set], dense: float, sift: Floats) -> None:
    """Fit all that comes after reading, print how well it does, and write weights.json."""
    every = [one.every() for one in sets]
    ranks = [
        fit_rank([rows[i] for rows in every for i in np.flatnonzero(fold_of(rows) != fold)])
        for fold in range(FOLDS)
    ]
    rank, zero = fit_rank([r for rows in every for r in rows]), np.zeros(len(EVIDENCE))
    weights = answer.Weights(
        dense, sift, rank, (1.0, 0.0), 0.0, zero, 0.0, 0.0, GAPS[-1], 0.0, fingerprint()
    )
    weights = choose_quoting(judge(sets, ranks, weights), weights)
    judged = judge(sets, ranks, weights)
    ridge = choose_ridge(judged)
    offset, confidence = fit_confidence(judged, ridge)
    unseen = unseen_confidence(judged, ridge)
    fitted = replace(
        weights,
        platt=_platt([r for one in sets for r in one.rows], rank),
        offset=offset,
        confidence=confidence,
        threshold=choose_threshold(judged, unseen),
        sure=choose_sure(judged),
    )
    report(judged, unseen, sets, fitted)
    Path(answer.__file__).with_name("weights.json").write_text(as_json(fitted), "ascii")


def _platt(rows: Sequence[Row], rank: Floats) -> tuple[float, float]:
    """Scale and offset that make a rank score the probability that a sentence answers."""
    scores = np.concatenate([r.found.features @ rank for r in rows])
    held = np.concatenate([r.holds for r in rows])
    offset, scale = fit_logistic(scores[:, None], held, np.ones(len(scores)))
    return float(scale[0]), offset


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
