"""The whole of it: build an index, open it, ask it."""

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from index import answer, question
from index.build import build, check, file_stat
from index.corpus import Corpus, Record
from index.encode import SentenceEncoder
from index.features import candidates, evidence
from index.fuse import best, fuse, union
from index.store import Generation, open_generation
from index.types import (
    Answer,
    Encoder,
    Hit,
    Progress,
    Quote,
    Reading,
    Report,
    Source,
    Status,
    Vectors,
)

POOL = 100
"""Passages that each ranking may propose."""
HITS = 20
"""Passages whose sentences are weighed: among so many, the answer is nearly always found
(training/README.md has the figures)."""


class Index:
    """An opened index. It stays as it was, whatever is built later; threads may share it."""

    def __init__(self, generation: Generation, directory: Path, encoder: Encoder) -> None:
        """Use `Index.open`. Raises BrokenIndex."""
        self._generation, self._directory, self._encoder = generation, directory, encoder
        self.corpus = Corpus(generation, check(generation, directory, encoder))

    @classmethod
    def build(
        cls,
        paths: Sequence[Path],
        directory: Path,
        *,
        model: str | Encoder | None = None,
        progress: Progress | None = None,
        on_wait: Callable[[str], None] | None = None,
    ) -> Report:
        """Make the index in `directory` mirror the documents under `paths`, by content.

        model: a folder, a name on the hub, an encoder, or None for the packaged one. on_wait is
        called once with who holds the index, before waiting; without it that raises BusyIndex.
        Raises UnreadableCorpus, UnwritableIndex or BadModel; the former index then stays.
        """
        return build(
            paths, directory, _encoder(model), progress=progress or _silent, on_wait=on_wait
        )

    @classmethod
    def open(cls, directory: Path, *, model: str | Encoder | None = None) -> "Index":
        """The index in `directory`, the model not loaded. Raises NoIndex, BrokenIndex, BadModel."""
        return cls(open_generation(directory), directory, _encoder(model))

    def ask(self, text: str | Reading, *, top: int = 3) -> Answer:
        """What the documents say to a question, in at most `top` quotes.

        The first call loads the model. Raises BadQuestion for what cannot be asked, BrokenIndex.
        """
        began = time.perf_counter()
        reading = text if isinstance(text, Reading) else Reading(text)
        asked, weighed = question.read(reading.question, topic=reading.topic), answer.weights()
        confidence, quotes = self._answer(asked, weighed, top)
        answered = bool(quotes) and confidence >= weighed.threshold
        return Answer(
            question=str(reading),
            answered=answered,
            confidence=confidence,
            when=answer.when(asked, quotes[0], self.corpus) if answered else None,
            quotes=quotes if answered else (),
            near=() if answered else quotes,
            elapsed_ms=(time.perf_counter() - began) * 1000,
        )

    def _answer(
        self, asked: question.Question, weighed: answer.Weights, top: int
    ) -> tuple[float, tuple[Quote, ...]]:
        """The confidence that the first of the quotes answers, and the quotes."""
        if not len(self.corpus.passages):
            return 0.0, ()
        vector = self._encoder.encode([asked.text])[0]
        ranked = hits(asked, vector, self.corpus, weighed.dense)
        found = candidates(asked, vector, ranked, self.corpus)
        proof = evidence(asked, found, answer.rank(found, weighed), self.corpus)
        quotes = answer.quotes(asked, found, self.corpus, weighed, top=top)
        return answer.confidence(proof, weighed), quotes

    def path(self, source: str) -> Path:
        """The file that a source was read from, absolute; it may be gone. Raises KeyError."""
        return Path(self.corpus.documents[self.corpus.number(source)].path)

    def status(self) -> Status:
        """What the index holds, and how its files compare with it now (it reads some of them)."""
        meta = self._generation.meta
        return Status(
            directory=str(self._directory),
            paths=tuple(meta["paths"]),
            built=meta["built"],
            model=meta["model"],
            sources=tuple(self._source(record) for record in self.corpus.documents),
            sentences=len(self.corpus.sentences),
            bytes=self._generation.size,
        )

    def _source(self, record: Record) -> Source:
        return Source(
            id=record.id,
            path=record.path,
            title=record.title,
            date=record.date.date if record.date else None,
            sentences=record.sentences.end - record.sentences.start,
            state=_state(record),
        )


def hits(
    asked: question.Question, vector: Vectors, corpus: Corpus, weight: float
) -> tuple[Hit, ...]:
    """The passages most like the question, by words and by vector; `weight` is the vector's."""
    if corpus.dense is None:
        return ()
    bm25 = corpus.bm25.scores(asked.terms)
    pool = union(corpus.dense.search(vector, POOL), best(bm25, POOL))
    cosines = corpus.dense.vectors(pool) @ vector
    return fuse(pool, cosines, bm25[pool], weight=weight, top=HITS)


def _encoder(model: str | Encoder | None) -> Encoder:
    return SentenceEncoder(model) if model is None or isinstance(model, str) else model


def _silent(stage: str, done: int, total: int) -> None:
    """No progress is asked for."""


def _state(record: Record) -> Literal["current", "changed", "gone"]:
    """How a file compares with what was indexed: by its stat, or by content where that differs."""
    now = file_stat(record.path)
    if now is None:
        return "gone"
    if now == record.stat:
        return "current"
    try:
        with Path(record.path).open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == record.sha256
    except OSError:
        return "gone"
    return "current" if same else "changed"
