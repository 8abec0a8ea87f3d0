"""Which words of a question a sentence has, or what is around and over it; what they weigh."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.answers.window import may_date, month_of
from index.questions.question import Question
from index.storage.corpus import Corpus
from index.words.figures import MONTHS
from index.words.lexical import content, distinct

_MONTHS = distinct(" ".join(MONTHS))
BACKGROUND = 0.25
AROUND = 20
"""A word of the questions before says where to look, not what for: it weighs a quarter of one of
the question itself, and counts as held by a sentence if it is among so many on either side. Both
were set by hand, on a few conversations about the seeds: no set has follow-ups to fit them on."""


def rows(terms: Sequence[str], corpus: Corpus) -> NDArray[np.int32]:
    """The rows of terms in BM25; -1 for one that no sentence has."""
    return np.array([corpus.bm25.rows.get(term, -1) for term in terms], np.int32)


def weights(question: Question, corpus: Corpus) -> list[float]:
    """What each term of the question weighs; a rare one weighs most."""
    return [
        corpus.bm25.idf_of(term) * (BACKGROUND if term in question.background else 1)
        for term in question.terms
    ]


def share_of(held: NDArray[np.bool_], weights: Sequence[float]) -> NDArray[np.float64]:
    """float64[n]: the share (0..1) of the question's weight that is held; held: bool[n, terms]."""
    total = np.zeros(len(held))
    for term, weight in enumerate(weights):  # always in this order: floats do not commute
        total += held[:, term] * weight
    return total / (sum(weights) or 1.0)


def missing(
    some: Sequence[str], question: Question, held: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """float64[n]: the share (0..1) of some terms of the question that is not held."""
    lacked = ~held[:, [question.terms.index(term) for term in some]]
    return np.asarray(lacked.sum(axis=1) / max(1, len(some)), np.float64)


def around(number: int, far: int, corpus: Corpus) -> NDArray[np.int64]:
    """The sentences of a document that are not farther from one than so many."""
    own = corpus.record_of(number).sentences
    return np.arange(max(own.start, number - far), min(own.end, number + far + 1))


def in_context(question: Question, first: Sequence[int], corpus: Corpus) -> NDArray[np.bool_]:
    """bool[passages, terms]: the words of the questions before that stand around each passage.

    first: the first sentence of each.
    """
    held = np.zeros((len(first), len(question.terms)), np.bool_)
    if question.background:
        terms = rows(question.terms, corpus)
        before = np.array([term in question.background for term in question.terms])
        for at, number in enumerate(first):
            near = corpus.held.shared(around(number, AROUND, corpus), terms)
            held[at] = near.any(axis=0) & before
    return held


def under_title(question: Question, first: Sequence[int], corpus: Corpus) -> NDArray[np.bool_]:
    """bool[passages, terms]: the terms that the title over each passage has."""
    titles = (corpus.record_of(number).title for number in first)
    held = [[t in _title_terms(title or "") for t in question.terms] for title in titles]
    return np.array(held, np.bool_).reshape(len(first), len(question.terms))


@lru_cache(maxsize=1 << 12)
def _title_terms(title: str) -> frozenset[str]:
    return frozenset(content(title))


def under_headings(question: Question, first: Sequence[int], corpus: Corpus) -> NDArray[np.bool_]:
    """bool[passages, terms]: the terms that the headings over each passage have, its own too, and
    those of the date under which it stands."""
    held = np.zeros((len(first), len(question.terms)), np.bool_)
    dated = any(may_date(term) or term in _MONTHS for term in question.terms)
    for at, number in enumerate(first):
        document = corpus.document_of(number)
        above = corpus.headings_above(document, int(corpus.sentences[number, 1]))
        page = corpus.page(document).text
        said = {token for span in above for token in distinct(page[span.start : span.end])}
        if dated:  # to read the dates of documents that were not read before takes its time
            month = month_of(document, int(corpus.sentences[number, 0]), corpus)
            said.update(distinct(" ".join(month)))
        held[at] = [term in said for term in question.terms]
    return held
