"""What speaks for a sentence as the answer, and for there being an answer at all, as numbers."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.corpus import Corpus
from index.dates import mentions
from index.lexical import STOP_STEMS, content, is_number, tokens
from index.question import Question, names_in
from index.types import DateMention, Hit, Kind, Read, Span, Vectors, Window

SIFTED = (
    "cosine",
    "passage_cosine",
    "neighbour_cosine",
    "passage_bm25",
    "coverage",
    "passage_coverage",
    "neighbour_coverage",
    "exact_missing",
    "date",
    "amount",
    "person",
    "thing",
    "heading",
    "fragment",
    "question_mark",
    "news",
)
READ = ("evidence", "likely", "passage_evidence")
"""What the reader says: that a sentence answers, that words in it do, that its passage does."""
FEATURES = (*SIFTED, *READ)
EVIDENCE = (
    "score",
    "cosine",
    "coverage",
    "unknown",
    "names_missing",
    "exact_missing",
    "keywords",
    *READ,
    "any_evidence",
    "lead",
)
WINDOWS = 10
"""Passages that the reader reads: those of the best sentences by all else. It takes the most time
of all that a question costs."""
LEAD = 3.0
"""The most that the best sentence's lead in rank score counts for, and what it is with no other."""
Weigh = Callable[[Set[str]], float]
BACKGROUND = 0.25
AROUND = 20
"""A word of the questions before says where to look, not what for: it weighs a quarter of one of
the question itself, and counts as held by a sentence if it is among so many on either side. Both
were set by hand, on a few conversations about the seeds: no set has follow-ups to fit them on."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences that may answer: their numbers, int64[n], and features, float64[n, SIFTED], or
    FEATURES where they are read."""

    sentences: NDArray[np.int64]
    features: NDArray[np.float64]

    def only(self, kept: NDArray[np.bool_]) -> "Candidates":
        return Candidates(self.sentences[kept], self.features[kept])


class Reads(Protocol):
    """What index/reader.py does."""

    def read(self, question: str, windows: Sequence[Window]) -> Sequence[Sequence[Read]]: ...


def candidates(
    question: Question, vector: Vectors, hits: Sequence[Hit], corpus: Corpus
) -> Candidates:
    """The sentences of the passages found, each once; `vector` is the question's, float32[dim].

    An answer says something that the question does not: a button or a heading of nothing but its
    words is left out where there is anything else, unless those words are all that is looked for.
    """
    weigh = _weigher(question, corpus)
    rows = [row for hit in hits for row in _passage_rows(question, vector, hit, corpus, weigh)]
    numbers = np.array([number for number, _ in rows], np.int64)
    features = np.array([row for _, row in rows], np.float64).reshape(-1, len(SIFTED))
    prose = corpus.sentences[numbers, 2] == Kind.PROSE
    kept = prose | (features[:, SIFTED.index("news")] > 0)
    found = Candidates(numbers, features)
    return found if question.keywords or not kept.any() else found.only(kept)


def _passage_rows(
    question: Question, vector: Vectors, hit: Hit, corpus: Corpus, weigh: Weigh
) -> Iterator[tuple[int, list[float]]]:
    """The sentences of a passage, each with its features in the order of SIFTED."""
    start, end = corpus.passages[hit.passage].tolist()
    document = corpus.document_of(start)
    context = _context(question, corpus, document, start)
    title = _title_terms(corpus.documents[document].title or "")
    passage = weigh({t for i in range(start, end) for t in corpus.tokens(i)} | {*title, *context})
    for number in range(start, end):
        near = _neighbours(corpus, document, number)
        cosines = [float(corpus.sentence_vectors[i] @ vector) for i in (number, *near)]
        together = {t for i in (number, *near) for t in corpus.tokens(i)} | context
        row = [cosines[0], hit.cosine, max(cosines[1:], default=0.0), hit.bm25]
        row += [weigh(corpus.tokens(number) | context), passage, weigh(together)]
        yield number, row + _sentence_features(question, corpus, document, number)


def read(
    question: Question,
    found: Candidates,
    scores: NDArray[np.float64],
    corpus: Corpus,
    reader: Reads,
) -> Candidates:
    """Those of the candidates whose passages are read, with what the reader says of them.

    scores: float64[n], by which the passages to read are chosen.
    """
    passages = passages_of(found, corpus)
    chosen = best_passages(found, scores, corpus)[:WINDOWS]
    said: dict[int, tuple[float, ...]] = {}
    windows = reader.read(question.text, [window_of(passage, corpus) for passage in chosen])
    for passage, each in zip(chosen, windows, strict=True):
        first = int(corpus.passages[passage, 0])
        together = float(np.logaddexp.reduce([one.evidence for one in each]))
        said |= {first + i: (one.evidence, one.likely, together) for i, one in enumerate(each)}
    kept = found.only(np.isin(passages, chosen))
    rows = np.array([said[n] for n in kept.sentences.tolist()]).reshape(-1, len(READ))
    return Candidates(kept.sentences, np.concatenate([kept.features, rows], axis=1))


def passages_of(found: Candidates, corpus: Corpus) -> NDArray[np.int64]:
    """int64[n]: the passage of each candidate."""
    return np.searchsorted(corpus.passages[:, 0], found.sentences, side="right") - 1


def best_passages(found: Candidates, scores: NDArray[np.float64], corpus: Corpus) -> list[int]:
    """The passages of the candidates, that of the best first. scores: float64[n]."""
    order = np.lexsort((found.sentences, -scores))
    return list(dict.fromkeys(passages_of(found, corpus)[order].tolist()))


def window_of(passage: int, corpus: Corpus) -> Window:
    """A passage as the reader reads it."""
    start, end = corpus.passages[passage].tolist()
    document = corpus.document_of(start)
    spans = [corpus.sentence_text(document, n)[1].span for n in range(start, end)]
    offset, text = spans[0].start, corpus.page(document)[0][spans[0].start : spans[-1].end]
    inside = tuple(Span(span.start - offset, span.end - offset) for span in spans)
    return Window(corpus.documents[document].title or "", text, inside)


def evidence(
    question: Question, found: Candidates, scores: NDArray[np.float64], corpus: Corpus
) -> NDArray[np.float64]:
    """float64[EVIDENCE]: what the best of the candidates says for or against there being an answer.

    None of it grows with the corpus: sums are shares of the question's own weight.
    """
    best = int(np.lexsort((found.sentences, -scores))[0])
    feature = dict(zip(FEATURES, found.features[best].tolist(), strict=True))
    known = {term for term in question.terms if term in corpus.bm25.rows}
    return np.array(
        [
            float(scores[best]),
            feature["cosine"],
            feature["coverage"],
            1.0 - _weigher(question, corpus)(known),
            _names_missing(question, int(found.sentences[best]), corpus),
            feature["exact_missing"],
            float(question.keywords),
            *(feature[name] for name in READ),
            float(np.logaddexp.reduce(found.features[:, FEATURES.index("evidence")])),
            min(LEAD, float(np.subtract(*np.sort(scores)[:-3:-1]))) if len(scores) > 1 else LEAD,
        ]
    )


def _weigher(question: Question, corpus: Corpus) -> Weigh:
    """The share (0..1) of the question's weight that some tokens hold; a rare term weighs most."""
    weights = {
        term: corpus.bm25.idf_of(term) * (BACKGROUND if term in question.background else 1)
        for term in question.terms
    }
    total = sum(weights.values()) or 1.0
    return lambda held: sum(w for term, w in weights.items() if term in held) / total


def _context(question: Question, corpus: Corpus, document: int, number: int) -> set[str]:
    """Those words of the questions before that stand in the sentences around."""
    if not question.background:
        return set()
    span = corpus.documents[document].sentences
    around = range(max(span.start, number - AROUND), min(span.end, number + AROUND + 1))
    return {t for i in around for t in corpus.tokens(i)} & question.background


def _neighbours(corpus: Corpus, document: int, number: int) -> list[int]:
    span = corpus.documents[document].sentences
    return [i for i in (number - 1, number + 1) if span.start <= i < span.end]


def _sentence_features(
    question: Question, corpus: Corpus, document: int, number: int
) -> list[float]:
    """The features from `exact_missing` on: what the sentence itself holds."""
    text, sentence = corpus.sentence_text(document, number)
    held = corpus.tokens(number)
    kinds = ("date", "amount", "person", "thing")
    typed = _holds(question, number, corpus, document) if question.asks in kinds else 0.0
    titled = text == corpus.documents[document].title
    return [
        sum(t not in held for t in question.exact) / max(1, len(question.exact)),
        *(typed if question.asks == kind else 0.0 for kind in kinds),
        float(sentence.kind is Kind.HEADING and not titled),
        float(sentence.kind is Kind.FRAGMENT and not titled),
        float(text.endswith("?")),
        log1p(len(held - STOP_STEMS - set(question.terms))),
    ]


def _holds(question: Question, number: int, corpus: Corpus, document: int) -> float:
    """1 if a sentence has something of the kind asked for that the question does not say itself."""
    if question.asks == "amount":
        return float(any(is_number(t) and t not in question.terms for t in corpus.tokens(number)))
    text, _ = corpus.sentence_text(document, number)
    if question.asks == "date":
        date = corpus.documents[document].date
        found = _mentions(text, date.date if date else None)
        new = [
            m
            for m in found
            if not set(tokens(text[m.span.start : m.span.end])) <= set(question.terms)
        ]
        return float(bool(new))
    return float(any(not set(tokens(m.group())) <= set(question.terms) for m in names_in(text)))


@lru_cache(maxsize=1 << 12)
def _title_terms(title: str) -> Sequence[str]:
    return content(title)


@lru_cache(maxsize=1 << 12)
def _mentions(text: str, document_date: str | None) -> Sequence[DateMention]:
    """As `mentions`, remembered: questions about a corpus meet the same sentences."""
    return mentions(text, document_date=document_date)


def _names_missing(question: Question, number: int, corpus: Corpus) -> float:
    """The share of the question's names that neither the title nor five sentences around have."""
    if not question.names:
        return 0.0
    document = corpus.document_of(number)
    span = corpus.documents[document].sentences
    around = range(max(span.start, number - 2), min(span.end, number + 3))
    held = {t for i in around for t in corpus.tokens(i)}
    held |= set(tokens(corpus.documents[document].title or ""))
    return sum(name not in held for name in question.names) / len(question.names)
