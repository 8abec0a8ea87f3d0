"""How good the answers are, and what each part is worth: `python -m benchmarks.answers --help`."""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import inf
from pathlib import Path

import numpy as np

from index import DOCUMENTS, Index, Measures, SentenceEncoder, judge, measure, read_set
from index.answers.answer import Weights
from index.answers.evidence import EVIDENCE
from index.answers.features import FEATURES, READ, SIFTED, TURNED, Reads
from index.types import Read, Window

ROOT = Path(__file__).parents[1]
BESIDE, OWN = ROOT.parent / "shared" / "sets", ROOT / "training"
_COSINES = ("cosine", "passage_cosine")
_WORDS = ("passage_bm25", "coverage", "passage_coverage", "exact_missing")
_HEAD = "| set | answers by | top1 | top3 | at300 | characters | AUROC | calibration error |"
Switch = Callable[[Index], None]
Reweigh = Callable[[Weights], Weights]
"""Turns a part off by what it weighs: nothing else of the product knows of it."""


def without(*names: str) -> Reweigh:
    """Features and evidence of these names weigh nothing, the rest what it did: no refitting."""
    assert set(names) <= {*FEATURES, *EVIDENCE}, names
    sifts, ranks, proofs = (
        np.array([name not in names for name in every]) for every in (SIFTED, FEATURES, EVIDENCE)
    )
    return lambda w: replace(
        w, sift=w.sift * sifts, rank=w.rank * ranks, confidence=w.confidence * proofs
    )


def _no_reader(weights: Weights) -> Weights:
    """What chooses the passages to be read chooses what is quoted."""
    rank = np.r_[weights.sift, np.zeros(len(FEATURES) - len(SIFTED))]
    return replace(without(*READ)(weights), rank=rank)


def _bm25_only(weights: Weights) -> Weights:
    return replace(without(*_COSINES)(weights), dense=0.0)


def _vectors_only(weights: Weights) -> Weights:
    lexical = without(*_WORDS, "unknown", "names_missing")
    return replace(lexical(weights), dense=1.0)


def _untitled(index: Index) -> None:
    """No title is read with a passage, nor do its words count for one."""
    index.corpus.documents = tuple(replace(one, title=None) for one in index.corpus.documents)


WEIGHED: Mapping[str, Reweigh] = {
    "everything": lambda weights: weights,
    "no reader": _no_reader,
    "BM25 only": _bm25_only,
    "vectors only": _vectors_only,
    "no recency": without("recency"),
    "no agreement of documents": without("agreed"),
    "no exact numbers": without("exact_missing"),
    "no opposites and denials": without(*TURNED),
    "no second sentence that answers as well": lambda weights: replace(weights, margin=-inf),
    "three quotes always": lambda weights: replace(weights, gap=inf),
    "confidence by the score alone": lambda weights: replace(
        weights, confidence=weights.confidence * (np.array(EVIDENCE) == "score")
    ),
}


def _reweighed(change: Reweigh) -> Switch:
    def turn(index: Index) -> None:
        index.weights = change(index.weights)

    return turn


PARTS: Mapping[str, Switch] = {
    **{name: _reweighed(change) for name, change in WEIGHED.items()},
    "no titles": _untitled,
}


class _Once:
    """Reads with a reader, each passage beside each question once: most parts change nothing of
    what is read."""

    def __init__(self, reader: Reads) -> None:
        self._reader = reader
        self._read: dict[tuple[str, Window], Sequence[Read]] = {}

    def read(self, question: str, windows: Sequence[Window]) -> list[Sequence[Read]]:
        new = [one for one in windows if (question, one) not in self._read]
        for one, said in zip(new, self._reader.read(question, new), strict=True):
            self._read[question, one] = said
        return [self._read[question, one] for one in windows]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a set, the part turned off, what came of it."""

    set: str
    part: str
    found: Measures


def main(argv: Sequence[str] | None = None) -> None:
    """Measure the answers to every set, with everything and with each part turned off."""
    options = _options(argv)
    with tempfile.TemporaryDirectory() as folder:
        print(_HEAD, "|---|---|---|---|---|---|---|---|", sep="\n", flush=True)
        measured = []
        for row in _rows(options, options.work or Path(folder)):
            print(_line(row), flush=True)
            measured.append(row)
    if options.out:
        text = json.dumps([asdict(row) for row in measured], indent=1)
        options.out.write_text(text + "\n", encoding="utf-8")


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=main.__doc__)
    default = [folder for folder in (BESIDE, OWN) if folder.is_dir()]
    what = "folders in or below which there are sets (default: ../shared/sets and training)"
    parser.add_argument("sets", type=Path, nargs="*", default=default, help=what)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--work", type=Path, help="folder that keeps the indexes between runs")
    parser.add_argument("--out", type=Path, help="file for the rows, as JSON")
    options = parser.parse_args(argv)
    if not _sets(options.sets):
        parser.error(f"no questions.jsonl in or below {', '.join(map(str, options.sets))}")
    return options


def _rows(options: argparse.Namespace, work: Path) -> Iterator[Row]:
    encoder, once = SentenceEncoder(), None
    for name, folders in sorted(_sets(options.sets).items()):
        for folder in folders:
            Index.build([folder / DOCUMENTS], work / name / folder.name, model=encoder)
        for part in options.only:
            outcomes = []
            for folder in folders:
                index = Index.open(work / name / folder.name, model=encoder)
                once = once or _Once(index.reader)
                index.reader = once
                PARTS[part](index)
                outcomes += [judge(one, index.ask(one.question)) for one in read_set(folder)]
            yield Row(name, part, measure(outcomes, index.threshold))


def _sets(given: Sequence[Path]) -> dict[str, list[Path]]:
    """The folders of each set; those further down in one folder count as one."""
    sets: dict[str, list[Path]] = {}
    for one in given:
        for folder in sorted(path.parent for path in one.rglob("questions.jsonl")):
            below = folder.relative_to(one).parts
            sets.setdefault(below[0] if below else one.resolve().name, []).append(folder)
    return sets


def _line(row: Row) -> str:
    found = row.found
    shares = (found.top1, found.top3, found.at300)
    chars = "-" if found.chars is None else f"{found.chars:.0f}"
    cells = [*map(_share, shares), chars, _share(found.auroc), _share(found.calibration_error)]
    return f"| {row.set} | {row.part} | {' | '.join(cells)} |"


def _share(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"


if __name__ == "__main__":
    main()
