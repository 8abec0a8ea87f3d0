"""What speaks for a sentence as the answer, and for there being an answer at all, as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import compress
from math import log, log1p
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.answers.turned import denied, heard_of_denied, opposed, tells_of_denied
from index.answers.window import window_of
from index.dates import times
from index.questions.question import Question
from index.storage.corpus import Corpus
from index.types import Hit, Kind, Read, Span, Vectors, Window
from index.words.lexical import STOP_STEMS, content, distinct, telling

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
READ = ("evidence", "likely", "agreed")
"""What the reader says: that a sentence answers, that words in it do, and that other documents
answer with the same words."""
FEATURES = (*SIFTED, *READ, "denied")
"""denied: whether a sentence says that what the question denies is so."""
TURNED = ("denied", "opposed")
"""What tells that the opposite of what is asked is so."""
EVIDENCE = (
    "score",
    "evidence",
    "strongest",
    "agreed",
    "denied",
    "opposed",
    "unknown",
    "lacked",
    "names_missing",
    "exact_missing",
    "exact_unknown",
    "keywords",
    "lead",
    "size",
)
WINDOWS = 10
"""Passages that the reader reads: those of the best sentences by all else. It takes the most time
of all that a question costs."""
LEAD = 3.0
"""The most that the best sentence's lead in rank score counts for, and what it is with no other."""
DATE_LINE = 40
"""Code points that a line of nothing but a date has at most, with its weekday."""
BACKGROUND = 0.25
AROUND = 20
"""A word of the questions before says where to look, not what for: it weighs a quarter of one of
the question itself, and counts as held by a sentence if it is among so many on either side. Both
were set by hand, on a few conversations about the seeds: no set has follow-ups to fit them on."""


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
    terms = corpus.held.shared(numbers, _rows(question.terms, corpus))
    tells = np.array([term not in STOP_STEMS for term in question.terms], np.bool_)
    documents = [corpus.document_of(number) for number in first]
    context = _context(question, first, corpus)
    own = terms | context[passage]
    headed = _headed(question, first, corpus)
    whole = np.logical_or.reduceat(terms, opens) | context | headed
    whole |= _titles(question, first, corpus)
    shares = _share(np.concatenate([own, whole]), _weights(question, corpus))
    others = corpus.held.telling[numbers] - (terms & tells).sum(axis=1)
    own_share, whole_share = np.split(shares, [len(own)])
    return {
        "cosine": np.vecdot(corpus.sentence_vectors[numbers], vector),
        "coverage": own_share,
        "passage_coverage": whole_share[passage],
        "exact_missing": _missing(question.exact, question, terms | headed[passage]),
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
    turned = [denied(question.own, corpus.text(n)) for n in kept.sentences.tolist()]
    every = np.column_stack([kept.features, rows, told, turned])
    return Candidates(kept.sentences, every, words)


def _reads(
    question: Question, passages: Sequence[int], corpus: Corpus, reader: Reads
) -> list[Sequence[Read]]:
    """What the reader says of each passage's sentences.

    The reader looks for a date in the words where a question asks when. Where it finds none, the
    date of a document tells when what it reports was so: the reader is asked whether it was, of
    passages that have the question's numbers, since "no" answers that too.
    """
    when = question.asks == "date"
    windows = [window_of(passage, corpus, when=when) for passage in passages]
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
    held = corpus.held.shared(np.arange(start, end), _rows(question.exact, corpus)).any(axis=0)
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


def evidence(
    question: Question, found: Candidates, scores: NDArray[np.float64], corpus: Corpus
) -> NDArray[np.float64]:
    """float64[EVIDENCE]: what the best of the candidates says for or against there being an answer.

    Sums are shares of the question's own weight; `exact_unknown` is whether one of its numbers,
    amounts and codes is in no document at all; `strongest` the most that the reader said for any;
    `lacked` the weight of the one word that the best sentence lacks most: "financial" of "who is
    the chief financial officer?" beside the chief security officer.
    So only `size`, the logarithm of how many passages there are, grows with the corpus: among more
    of them more sound right by chance.
    """
    best = int(np.lexsort((found.sentences, -scores))[0])
    feature = dict(zip(FEATURES, found.features[best].tolist(), strict=True))
    text = corpus.text(int(found.sentences[best]))
    known = np.array([[term in corpus.bm25.rows for term in question.terms]])
    return np.array(
        [
            float(scores[best]),
            feature["evidence"],
            float(found.features[:, FEATURES.index("evidence")].max()),
            feature["agreed"],
            float(_denied(question, text, found, corpus)),
            float(opposed(question.own, text)),
            1.0 - _share(known, _weights(question, corpus))[0],
            _lacked(question, int(found.sentences[best]), corpus),
            _names_missing(question, int(found.sentences[best]), corpus),
            feature["exact_missing"],
            float(any(term not in corpus.bm25.rows for term in question.exact)),
            float(question.keywords),
            min(LEAD, float(np.subtract(*np.sort(scores)[:-3:-1]))) if len(scores) > 1 else LEAD,
            log(len(corpus.passages)),
        ]
    )


def _rows(terms: Sequence[str], corpus: Corpus) -> NDArray[np.int32]:
    """The rows of terms in BM25; -1 for one that no sentence has."""
    return np.array([corpus.bm25.rows.get(term, -1) for term in terms], np.int32)


def _denied(question: Question, text: str, found: Candidates, corpus: Corpus) -> bool:
    """Whether a sentence says that what the question denies is so, and the best says nothing else
    of it: "Anna signed" beside "Ben went home" does not tell who did not sign. Nor does anything
    where no document knows of signing."""
    if not heard_of_denied(question.own, corpus.bm25.rows):
        return True
    said = found.features[:, FEATURES.index("denied")].any()
    return bool(said) and (denied(question.own, text) or not tells_of_denied(question.own, text))


def _lacked(question: Question, number: int, corpus: Corpus) -> float:
    """The most that one word of the question itself weighs, of those that neither a sentence nor
    the title over it has: a share (0..1) of the weight of all of them."""
    (held,) = corpus.held.shared(np.array([number]), _rows(question.terms, corpus))
    held = held | _titles(question, [number], corpus)[0]
    own = [
        w * (t not in question.background)
        for t, w in zip(question.terms, _weights(question, corpus), strict=True)
    ]
    return max(compress(own, ~held), default=0.0) / (sum(own) or 1.0)


def _weights(question: Question, corpus: Corpus) -> list[float]:
    """What each term of the question weighs; a rare one weighs most."""
    return [
        corpus.bm25.idf_of(term) * (BACKGROUND if term in question.background else 1)
        for term in question.terms
    ]


def _share(held: NDArray[np.bool_], weights: Sequence[float]) -> NDArray[np.float64]:
    """float64[n]: the share (0..1) of the question's weight that is held; held: bool[n, terms]."""
    total = np.zeros(len(held))
    for term, weight in enumerate(weights):  # always in this order: floats do not commute
        total += held[:, term] * weight
    return total / (sum(weights) or 1.0)


def _missing(
    some: Sequence[str], question: Question, held: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """float64[n]: the share (0..1) of some terms of the question that is not held."""
    lacked = ~held[:, [question.terms.index(term) for term in some]]
    return np.asarray(lacked.sum(axis=1) / max(1, len(some)), np.float64)


def _around(number: int, far: int, corpus: Corpus) -> NDArray[np.int64]:
    """The sentences of a document that are not farther from one than so many."""
    own = corpus.record_of(number).sentences
    return np.arange(max(own.start, number - far), min(own.end, number + far + 1))


def _context(question: Question, first: Sequence[int], corpus: Corpus) -> NDArray[np.bool_]:
    """bool[passages, terms]: the words of the questions before that stand around each passage.

    first: the first sentence of each.
    """
    around = np.zeros((len(first), len(question.terms)), np.bool_)
    if question.background:
        rows = _rows(question.terms, corpus)
        before = np.array([term in question.background for term in question.terms])
        for at, number in enumerate(first):
            near = corpus.held.shared(_around(number, AROUND, corpus), rows)
            around[at] = near.any(axis=0) & before
    return around


def _titles(question: Question, first: Sequence[int], corpus: Corpus) -> NDArray[np.bool_]:
    """bool[passages, terms]: the terms that the title over each passage has."""
    titles = (corpus.record_of(number).title for number in first)
    held = [[t in _title_terms(title or "") for t in question.terms] for title in titles]
    return np.array(held, np.bool_).reshape(len(first), len(question.terms))


def _headed(question: Question, first: Sequence[int], corpus: Corpus) -> NDArray[np.bool_]:
    """bool[passages, terms]: the terms that the headings over each passage have, its own too."""
    held = np.zeros((len(first), len(question.terms)), np.bool_)
    for at, number in enumerate(first):
        document = corpus.document_of(number)
        above = corpus.headings_above(document, int(corpus.sentences[number, 1]))
        page = corpus.page(document).text
        said = {token for span in above for token in distinct(page[span.start : span.end])}
        held[at] = [term in said for term in question.terms]
    return held


@lru_cache(maxsize=1 << 12)
def _title_terms(title: str) -> frozenset[str]:
    return frozenset(content(title))


def _names_missing(question: Question, number: int, corpus: Corpus) -> float:
    """The share of the question's names that neither the title nor five sentences around have."""
    if not question.names:
        return 0.0
    near = corpus.held.shared(_around(number, 2, corpus), _rows(question.terms, corpus))
    title = distinct(corpus.record_of(number).title or "")
    titled = np.array([[term in title for term in question.terms]])
    return float(_missing(question.names, question, near.any(axis=0) | titled)[0])
