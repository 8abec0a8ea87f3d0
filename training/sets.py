"""Question sets, with the sentences that are found for each question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from questions import Asked

from index.answers.features import Candidates, Reads, candidates
from index.answers.features import read as read_passages
from index.questions.question import Question, read
from index.storage.corpus import Corpus
from index.types import Vectors

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


@dataclass(frozen=True, slots=True)
class Set:
    """A question set: its own questions, and others that its documents do not answer.

    rows: its own questions. foils: made ones, most of them like its own but not answerable.
    """

    name: str
    rows: tuple[Row, ...]
    foils: tuple[Row, ...]

    def every(self) -> tuple[Row, ...]:
        return self.rows + self.foils

    def read(self, sift: Floats, reader: Reads) -> "Set":
        """The set with what the reader says of each question's best passages."""
        rows, made = (
            tuple(after_reading(one, sift, reader) for one in several)
            for several in (self.rows, self.foils)
        )
        return Set(self.name, rows, made)


def row(asked: Asked, vector: Vectors, corpus: Corpus, dense: float) -> Row:
    """A question and what is found for it. vector: its own. dense: the cosine's share, 0..1."""
    question = read(asked.text)
    found = candidates(question, vector, corpus.hits(question.terms, vector, dense), corpus)
    texts = map(corpus.text, found.sentences.tolist())
    holds = np.array([asked.right(text) for text in texts], bool)
    return Row(question, corpus, asked.right, asked.answers, asked.answerable, found, holds)


def after_reading(one: Row, sift: Floats, reader: Reads) -> Row:
    """The row with those of its candidates whose passages are read, and what the reader says."""
    found = read_passages(one.question, one.found, one.found.features @ sift, one.corpus, reader)
    kept = dict(zip(one.found.sentences.tolist(), one.holds.tolist(), strict=True))
    return replace(
        one, found=found, holds=np.array([kept[n] for n in found.sentences.tolist()], bool)
    )


def recall(rows: Sequence[Row]) -> float:
    """The share of the answerable questions with an answer among the sentences found."""
    return float(np.mean([one.holds.any() for one in rows if one.answerable]))
