"""The whole of it: build an index, open it, ask it, verify with it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import inf
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.answers import answer
from index.answers.disagree import called_off, newest_first
from index.answers.evidence import evidence
from index.answers.features import Candidates, Reads, candidates, read
from index.answers.timeline import events
from index.answers.when import tells_when
from index.errors import NoIndex
from index.models.encode import SentenceEncoder, vocabulary
from index.models.reader import Reader
from index.questions import question
from index.questions.named import named
from index.questions.scope import passages_in, passages_of
from index.questions.slips import mend
from index.storage import tables
from index.storage.corpus import Corpus
from index.storage.excerpts import excerpt
from index.storage.freshness import not_indexed, source_of, state_of
from index.storage.made import check
from index.storage.store import Generation, open_generation, read_meta
from index.storage.tables import Record
from index.types import (
    Answer,
    Encoder,
    Excerpt,
    Progress,
    Quote,
    Reading,
    Report,
    Scope,
    Source,
    Span,
    State,
    Status,
    Timeline,
    Verdict,
)

COMPARED = 3
"""Quotes among which it is seen whether documents give different answers, however few are shown."""
NEAR = 3
"""Passages that a timeline shows where nothing answers."""


class Index:
    """An opened index. It stays as it was, whatever is built later; threads may share it."""

    def __init__(
        self,
        generation: Generation,
        directory: Path,
        encoder: Encoder,
        *,
        weights: answer.Weights | None = None,
    ) -> None:
        """Use `Index.open`. Raises BrokenIndex."""
        self.weights = weights or answer.weights()
        self._generation, self._directory, self._encoder = generation, directory, encoder
        self.reader: Reads = _reader(self.weights.reader)
        self.corpus = Corpus(generation, check(generation, directory, encoder))

    @property
    def documents(self) -> int:
        """How many documents it holds."""
        return len(self.corpus.documents)

    @property
    def threshold(self) -> float:
        """The least confidence (0..1) of an answer."""
        return self.weights.threshold

    @classmethod
    def build(
        cls,
        paths: Sequence[Path],
        directory: Path,
        *,
        model: str | Encoder | None = None,
        progress: Progress | None = None,
        on_wait: Callable[[str], None] | None = None,
        first: bool = False,
    ) -> Report:
        """Make the index in `directory` mirror the documents under `paths`, by content.

        model: a folder, a name on the hub, an encoder, or None for the packaged one. on_wait is
        called once with who holds the index, before waiting; without it that raises BusyIndex.
        first: leave an index that there is by then, made by another process, as it is.
        Raises UnreadableCorpus, UnwritableIndex or BadModel; the former index then stays.
        """
        encoder, progress = _encoder(model), progress or _silent
        from index.storage.build import build  # slow to import, and a question needs none

        return build(paths, directory, encoder, progress=progress, on_wait=on_wait, first=first)

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        model: str | Encoder | None = None,
        threshold: float | None = None,
    ) -> "Index":
        """The index in `directory`, the model not loaded. Raises NoIndex, BrokenIndex, BadModel.

        threshold: the least confidence (0..1) of an answer; None for the fitted one.
        """
        weights = answer.weights()
        if threshold is not None:
            weights = replace(weights, threshold=threshold)
        generation = open_generation(directory, also=tables.LED_BY)
        return cls(generation, directory, _encoder(model), weights=weights)

    @staticmethod
    def built_from(directory: Path) -> tuple[Path, ...]:
        """What the index in `directory` was built from, absolute; nothing where there is none.

        Raises BrokenIndex where that cannot be read.
        """
        try:
            return tuple(map(Path, read_meta(directory)["paths"]))
        except NoIndex:
            return ()

    def ask(
        self,
        text: str | Reading,
        *,
        top: int = 3,
        further: int = 0,
        scope: Scope | None = None,
    ) -> Answer:
        """What the documents of a scope say to a question, in at most `top` quotes.

        further: how many passages more there may be, for who wants to read on. The first call loads
        the model. Raises BadQuestion for what cannot be asked, BrokenIndex.
        """
        began = time.perf_counter()
        sought = self._surest(text, scope)
        quotes, differ = self._quotes(sought, max(top, COMPARED)), False
        if sought.answered:
            quotes, differ = newest_first(
                sought.asked, quotes, self._called_off(sought), self.corpus
            )
        quotes = quotes[:top]
        when = tells_when(sought.asked, quotes[0], self.corpus) if sought.answered else None
        more = self._quotes(sought, len(quotes) + further, all=True) if further else ()
        shown = {(quote.source, quote.span) for quote in quotes}
        return Answer(
            question=str(sought.reading),
            answered=sought.answered,
            confidence=sought.confidence,
            when=when,
            quotes=quotes if sought.answered else (),
            near=() if sought.answered else quotes,
            elapsed_ms=(time.perf_counter() - began) * 1000,
            further=tuple(one for one in more if (one.source, one.span) not in shown)[:further],
            differ=differ,
            reading=sought.reading,
        )

    def timeline(
        self, text: str | Reading, *, top: int = 10, scope: Scope | None = None
    ) -> Timeline:
        """The evidence for a question in order of date, at most `top` pieces. Raises as `ask`."""
        sought = self._surest(text, scope)
        told = sought.found if sought.answered else None
        return Timeline(
            question=str(sought.reading),
            answered=sought.answered,
            confidence=sought.confidence,
            events=events(sought.asked, told, self.corpus, self.weights, top=top) if told else (),
            near=() if sought.answered else self._quotes(sought, min(top, NEAR)),
        )

    def verify(self, sentence: str, *, top: int = 3) -> Verdict:
        """Where the documents say a sentence word for word, else at most `top` that come closest.

        No model is needed. Raises BadQuestion for what cannot be looked for, BrokenIndex.
        """
        from index.verification.verify import verify  # slow to import, and a question needs none

        return verify(sentence, self.corpus, top=top)

    def check_scope(self, scope: Scope) -> bool:
        """Whether any passage is within it. Raises BadQuestion for dates that are none, and for a
        source that is not there."""
        return bool(passages_of(scope, self.corpus).any())

    def _surest(self, text: str | Reading, scope: Scope | None) -> "_Sought":
        """By the surer of both readings; a question that is answered as it stands is not bent."""
        reading = text if isinstance(text, Reading) else Reading(text)
        first, other = self._seek(reading, scope), reading.otherwise
        if other is None or (first.answered and other.topic):
            return first
        return max(first, self._seek(other, scope), key=lambda sought: sought.confidence)

    def _mended(self, reading: Reading) -> Reading:
        said, topic = (
            mend(t, self.corpus, vocabulary()) for t in (reading.question, reading.topic)
        )
        return replace(reading, question=said, topic=topic)

    def _seek(self, reading: Reading, scope: Scope | None) -> "_Sought":
        """What answers; where the question names a document, there alone if it says to look there,
        and else there if that is surer."""
        allowed = None if scope is None else passages_of(scope, self.corpus)
        found = named(reading.question, self.corpus.names)
        inside = passages_in(found.documents, self.corpus, allowed) if found else None
        if found is None or inside is None or not inside.any():
            return self._weigh(reading, allowed)
        there = self._weigh(replace(reading, question=found.question), inside)
        there = replace(there, reading=reading)
        if found.sure:
            return there
        rest = self._weigh(reading, allowed)
        return rest if rest.answered and rest.confidence >= there.confidence else there

    def _weigh(self, reading: Reading, allowed: NDArray[np.bool_] | None) -> "_Sought":
        """What answers in the passages that are allowed, bool[passages]; None for all."""
        asked, weighed = question.read(reading.question, topic=reading.topic), self.weights
        meant = self._mended(reading)
        if meant != reading:
            reading, asked = meant, question.read(meant.question, topic=meant.topic)
        if not (len(self.corpus.passages) if allowed is None else allowed.any()):
            return _Sought(reading, asked, None, 0.0, False)
        vector = self._encoder.encode([asked.text])[0]
        ranked = self.corpus.hits(asked.terms, vector, weighed.dense, within=allowed)
        sifted = candidates(asked, vector, ranked, self.corpus)
        scores = answer.sift(sifted, weighed)
        found = read(asked, sifted, scores, self.corpus, self.reader)
        proof = evidence(asked, found, answer.rank(found, weighed), self.corpus)
        confidence = answer.confidence(proof, weighed)
        return _Sought(reading, asked, found, confidence, confidence >= weighed.threshold)

    def _quotes(self, sought: "_Sought", top: int, *, all: bool = False) -> tuple[Quote, ...]:
        """The best; all: also those that are too far below the best to be quoted beside it."""
        if sought.found is None:
            return ()
        found = sought.found if sought.answered else answer.telling(sought.found, self.corpus)
        weighed = replace(self.weights, gap=inf) if all else self.weights
        return answer.quotes(sought.asked, found, self.corpus, weighed, top=top)

    def _called_off(self, sought: "_Sought") -> tuple[Quote, ...]:
        """What says of something that it is off, however far below the best."""
        found = called_off(sought.found, self.corpus) if sought.found else None
        if not found:
            return ()
        weighed = replace(self.weights, gap=inf)
        return answer.quotes(sought.asked, found, self.corpus, weighed, top=COMPARED)

    def path(self, source: str) -> Path:
        """The file that a source was read from, absolute; it may be gone. Raises KeyError."""
        return Path(self._record(source).path)

    def source_at(self, path: str) -> str | None:
        """The id of the document that was read from a file, given absolute; None where none was."""
        return next((record.id for record in self.corpus.documents if record.path == path), None)

    def names(self, part: str, *, limit: int = 25) -> tuple[str, ...]:
        """Ids of sources that hold all words of `part`, or whose title does, whatever their case
        and accents.

        Those that begin with it come first, then those that hold it as it is, and then by id.
        """
        return self.corpus.names.holding(part, limit=limit)

    def sha256(self, source: str) -> str | None:
        """Of the file as it was indexed; None where the index has no such source."""
        try:
            return self._record(source).sha256
        except KeyError:
            return None

    def state(self, source: str) -> State:
        """How the file is now against what was indexed. Raises KeyError."""
        return state_of(self._record(source))

    def raw(self, source: str) -> bytes:
        """The file's exact bytes as they were indexed. Raises KeyError, BrokenIndex."""
        return self.corpus.raw(self.corpus.number(source))

    def quote(self, source: str, span: Span, *, highlight: tuple[Span, ...] = ()) -> Quote:
        """A quote of before, made anew. Raises KeyError where there is no such place, BrokenIndex.

        Its score is 0, for it answers nothing.
        """
        document = self.corpus.number(source)
        text = self.corpus.page(document).text
        if not 0 <= span.start < span.end <= len(text):
            raise KeyError(source, span)
        return self.corpus.quote(document, span, highlight=highlight, score=0.0)

    def excerpt(self, source: str, span: Span, *, lines: int = 3) -> Excerpt:
        """The whole lines of a place, with so many more on either side, as far as they are near.

        What of the span lies outside the text is cut off. Raises KeyError, BrokenIndex.
        """
        return excerpt(self.corpus, self.corpus.number(source), span, around=lines)

    def ids(self) -> tuple[str, ...]:
        """Of every document, in order."""
        return tuple(record.id for record in self.corpus.documents)

    def source(self, source: str) -> Source:
        """A document, and how its file compares with it now (it may read it). Raises KeyError."""
        return source_of(self._record(source))

    def sources(self) -> tuple[Source, ...]:
        """Every document by id, and how its file compares with it now (it reads some of them)."""
        return tuple(map(source_of, self.corpus.documents))

    def status(self) -> Status:
        """What the index holds, and how its files compare with it now (it reads some of them)."""
        meta = self._generation.meta
        return Status(
            directory=str(self._directory),
            paths=tuple(meta["paths"]),
            built=meta["built"],
            model=meta["model"],
            sources=self.sources(),
            sentences=len(self.corpus.sentences),
            bytes=self._generation.size,
            new=not_indexed(self.corpus, meta["paths"]),
        )

    def _record(self, source: str) -> Record:
        return self.corpus.documents[self.corpus.number(source)]


@dataclass(frozen=True, slots=True)
class _Sought:
    """A question as it was read, and the sentences that may answer it; None where there are none.

    confidence: the probability that the best of them answers.
    """

    reading: Reading
    asked: question.Question
    found: Candidates | None
    confidence: float
    answered: bool


@cache
def _reader(sha256: str) -> Reader:
    """The reader, once for all indexes that a process opens."""
    return Reader(sha256)


def _encoder(model: str | Encoder | None) -> Encoder:
    return SentenceEncoder(model) if model is None or isinstance(model, str) else model


def _silent(stage: str, done: int, total: int) -> None:
    """No progress is asked for."""
