"""What speaks for a sentence as the answer, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import log1p
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.answers.shares import (
    in_context,
    missing,
    rows,
    share_of,
    under_headings,
    under_title,
    weights,
)
from index.answers.turned import denied, refused
from index.answers.window import window_of
from index.dates import times
from index.questions.question import Question
from index.storage.corpus import Corpus
from index.types import Hit, Kind, Read, Span, Vectors, Window
from index.words.lexical import STOP_STEMS, distinct, telling

SIFTED = (
    "cosine",
    "passage_cosine",
    "passage_bm25",
    "coverage",
    "passage_coverage",
    "exact_missing",
    "news",
    "recency",
)
"""What search says. cosine, passage_cosine: -1..1, how near a sentence and its passage are to the
question in meaning. passage_bm25: 0..1, against the best passage found. coverage, passage_coverage:
the share (0..1) of what the question's terms weigh that a sentence has, and its passage with the
headings and the title over it; what the questions before were about may stand around.
exact_missing: the share (0..1) of the question's numbers and codes that neither the sentence nor
those headings have. news: log(1 + how many telling words a sentence has that the question has
not). recency: 0..1, of its document, as Corpus has it."""
READ = ("evidence", "likely", "agreed")
"""What the reader says: that a sentence answers, that words in it do, and that other documents
answer with the same words; the first two are log-odds, as Read has them, the last 0 up."""
FEATURES = (*SIFTED, *READ, "denied")
"""denied: whether a sentence says that what the question denies is so."""
TURNED = ("denied", "opposed")
"""What tells that the opposite of what is asked is so."""
WINDOWS = 10
"""Passages that the reader reads: those of the best sentences by all else. It takes the most time
of all that a question costs."""
DATE_LINE = 40
"""Code points that a line of nothing but a date has at most, with its weekday."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences that may answer: their numbers, int64[n], and features, float64[n, SIFTED], or
    FEATURES where they are read. words: of those that are, by number, which words of the document
    answer if any of theirs do, and the probability (0..1) that one of those does."""

    sentences: NDArray[np.int64]
    features: NDArray[np.float64]
    words: Mapping[int, tuple[Span, float]] = field(default_factory=dict)

    def only(self, kept: NDArray[np.bool_]) -> "Candidates":
        return replace(self, sentences=self.sentences[kept], features=self.features[kept])


class Reads(Protocol):
    """What index/models/reader.py does."""

    def read(self, question: str, windows: Sequence[Window]) -> Sequence[Sequence[Read]]: ...


def candidates(
    question: Question, vector: Vectors, hits: Sequence[Hit], corpus: Corpus
) -> Candidates:
    """The sentences of the passages found, each once; `vector` is the question's, float32[dim].

    An answer says something that the question does not: a button or a heading of nothing but its
    words is left out where there is anything else, unless those words are all that is looked for;
    so is a line of nothing but a date. One that dates its document is told with every quote, and
    answers only where it has a word of the question: "Last updated: 5 May 2024".
    """
    ranges = corpus.passages[[hit.passage for hit in hits]].astype(np.int64)
    passage = np.repeat(np.arange(len(hits)), ranges[:, 1] - ranges[:, 0])
    opens = np.searchsorted(passage, np.arange(len(hits)))
    numbers = ranges[passage, 0] + np.arange(len(passage)) - opens[passage]
    columns = _columns(question, vector, numbers, passage, corpus) | {
        "passage_cosine": np.array([hit.cosine for hit in hits])[passage],
        "passage_bm25": np.array([hit.bm25 for hit in hits])[passage],
    }
    features = np.stack([columns[name] for name in SIFTED], axis=1, dtype=np.float64)
    prose = corpus.sentences[numbers, 2] == Kind.PROSE
    kept = (prose | (features[:, SIFTED.index("news")] > 0)) & ~_dates(numbers, question, corpus)
    found = Candidates(numbers, features)
    return found if question.keywords or not kept.any() else found.only(kept)


def _dates(numbers: NDArray[np.int64], question: Question, corpus: Corpus) -> NDArray[np.bool_]:
    """bool[n]: which sentences are nothing but a date, or what gives their document its own and
    has no other word of the question."""
    held = (_is_date(number, question, corpus) for number in numbers.tolist())
    return np.fromiter(held, np.bool_, len(numbers))


def _is_date(number: int, question: Question, corpus: Corpus) -> bool:
    start, end = corpus.sentences[number, :2].tolist()
    own = corpus.record_of(number).date
    if own and own.span.start <= start and end <= own.span.end:
        return distinct(_beside_dates(corpus.text(number))).isdisjoint(question.terms)
    return end - start <= DATE_LINE and _only_a_date(corpus.text(number))


def _only_a_date(text: str) -> bool:
    beside = _beside_dates(text)
    return beside != text and not any(character.isalnum() for character in beside)


@lru_cache(maxsize=1 << 12)
def _beside_dates(text: str) -> str:
    for at in sorted(times(text), reverse=True):
        text = text[: at.start] + text[at.end :]
    return text


def _columns(
    question: Question,
    vector: Vectors,
    numbers: NDArray[np.int64],
    passage: NDArray[np.int64],
    corpus: Corpus,
) -> dict[str, NDArray[Any]]:
    """The features of sentences, int64[n], by name, each [n], but for those of the passages alone.

    passage: int64[n], ascending from 0: which sentences are of one passage.
    """
    opens = np.flatnonzero(np.diff(passage, prepend=-1))
    first = numbers[opens].tolist()
    terms = corpus.held.shared(numbers, rows(question.terms, corpus))
    tells = np.array([term not in STOP_STEMS for term in question.terms], np.bool_)
    documents = [corpus.document_of(number) for number in first]
    context = in_context(question, first, corpus)
    own = terms | context[passage]
    headed = under_headings(question, first, corpus)
    whole = np.logical_or.reduceat(terms, opens) | context | headed
    whole |= under_title(question, first, corpus)
    shares = share_of(np.concatenate([own, whole]), weights(question, corpus))
    others = corpus.held.telling[numbers] - (terms & tells).sum(axis=1)
    own_share, whole_share = np.split(shares, [len(own)])
    return {
        "cosine": corpus.cosines(numbers, vector),
        "coverage": own_share,
        "passage_coverage": whole_share[passage],
        "exact_missing": missing(question.exact, question, terms | headed[passage]),
        "news": np.array([log1p(n) for n in others.tolist()]),
        "recency": corpus.recency[documents][passage],
    }


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
    chosen = best_passages(found, scores, corpus)[:WINDOWS]
    said: dict[int, tuple[float, ...]] = {}
    words: dict[int, tuple[Span, float]] = {}
    for passage, each in zip(chosen, _reads(question, chosen, corpus, reader), strict=True):
        first = int(corpus.passages[passage, 0])
        said |= {first + i: (one.evidence, one.likely) for i, one in enumerate(each)}
        offset = int(corpus.sentences[first, 0])
        for i, one in enumerate(each):
            place = Span(offset + one.words.start, offset + one.words.end)
            words[first + i] = place, one.sure
    kept = found.only(np.array([n in said for n in found.sentences.tolist()]))
    rows = np.array([said[n] for n in kept.sentences.tolist()]).reshape(-1, len(READ) - 1)
    told = _agreed(question, kept.sentences, rows[:, 0], words, corpus)
    turned = [tells_otherwise(question, n, corpus) for n in kept.sentences.tolist()]
    every = np.column_stack([kept.features, rows, told, turned])
    return Candidates(kept.sentences, every, words)


def says_otherwise(question: Question, sentence: str) -> bool:
    """Whether a sentence says that what the question denies is so, or what it asks of is not."""
    of = question.asks in ("person", "thing")
    return denied(question.own, sentence) or (of and refused(question.own, sentence))


def tells_otherwise(question: Question, number: int, corpus: Corpus) -> bool:
    """Whether a sentence says otherwise, and not below the very question, as in an FAQ: "Which
    plans have it? Gold. Silver does not have it."."""
    otherwise = says_otherwise(question, corpus.text(number))
    return otherwise and asked_above(question, number, corpus) is None


def asked_above(question: Question, number: int, corpus: Corpus) -> int | None:
    """The one of two sentences above another that is the very question, if one is."""
    asked = frozenset(telling(question.own))
    first = max(corpus.record_of(number).sentences.start, number - 2)
    for above in range(number - 1, first - 1, -1):
        text = corpus.text(above)
        if "?" in text and frozenset(telling(text)) == asked:
            return above
    return None


def _reads(
    question: Question, passages: Sequence[int], corpus: Corpus, reader: Reads
) -> list[Sequence[Read]]:
    """What the reader says of each passage's sentences.

    The reader looks for a date in the words where a question asks when. Where it finds none, the
    date of a document tells when what it reports was so: the reader is asked whether it was, of
    passages that have the question's numbers, since "no" answers that too.
    """
    when = question.asks == "date"
    windows = [window_of(passage, corpus, when=when, asked=question.exact) for passage in passages]
    said = list(reader.read(corpus.abbreviations.spelled(question.text), windows))
    if question.whether and all(one.evidence < 0 for each in said for one in each):
        some = [i for i, passage in enumerate(passages) if _dates_it(passage, question, corpus)]
        whether = corpus.abbreviations.spelled(question.whether)
        again = reader.read(whether, [windows[i] for i in some])
        for i, each in zip(some, again, strict=True):
            pairs = zip(said[i], each, strict=True)
            said[i] = [max(pair, key=lambda one: one.evidence) for pair in pairs]
    return said


def _dates_it(passage: int, question: Question, corpus: Corpus) -> bool:
    """Whether a passage stands under a date and has the numbers that a question names."""
    start, end = corpus.passages[passage].tolist()
    held = corpus.held.shared(np.arange(start, end), rows(question.exact, corpus)).any(axis=0)
    date = corpus.date_at(corpus.document_of(start), int(corpus.sentences[start, 0]))
    return date is not None and bool(held.all())


def _agreed(
    question: Question,
    sentences: NDArray[np.int64],
    evidence: NDArray[np.float64],
    words: Mapping[int, tuple[Span, float]],
    corpus: Corpus,
) -> NDArray[np.float64]:
    """float64[n]: log(1 + how many other documents answer with words that a sentence has too, each
    as surely (0..1) as the reader is of the sentence that answers best in it).

    Only words count that the question has not. A copy of a sentence is no second witness.
    """
    documents = np.array([corpus.document_of(n) for n in sentences.tolist()], np.int64)
    best = np.lexsort((-evidence, documents))
    best = best[np.diff(documents[best], prepend=-1) > 0]
    asked, row = set(question.terms), corpus.bm25.rows
    said = []
    for number, document in zip(sentences[best].tolist(), documents[best].tolist(), strict=True):
        span, _ = words[number]
        text = corpus.page(document).text[span.start : span.end]
        said.append([row[t] for t in telling(text) if t not in asked and t in row])
    tells = np.array([bool(terms) for terms in said], np.bool_)
    if not tells.any():
        return np.zeros(len(sentences))
    best, said = best[tells], [terms for terms in said if terms]
    held = corpus.held.shared(sentences, np.concatenate(said).astype(np.int32))
    opens = np.cumsum([0, *map(len, said[:-1])])
    same = np.logical_and.reduceat(held, opens, axis=1)
    first: dict[bytes, int] = {}
    copy = np.array([first.setdefault(corpus.held.key(n), n) for n in sentences.tolist()])
    same &= (documents[:, None] != documents[best]) & (copy[:, None] != copy[best])
    agreed: NDArray[np.float64] = np.log1p((same / (1 + np.exp(-evidence[best]))).sum(axis=1))
    return agreed


def best_passages(found: Candidates, scores: NDArray[np.float64], corpus: Corpus) -> list[int]:
    """The passages of the candidates, that of the best first. scores: float64[n]."""
    ranked = found.sentences[np.lexsort((found.sentences, -scores))]
    passages = np.searchsorted(corpus.passages[:, 0], ranked, side="right") - 1
    return list(dict.fromkeys(passages.tolist()))
