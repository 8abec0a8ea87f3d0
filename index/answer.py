"""Candidate sentences -> quotes, a date, and how sure it is that they answer."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.corpus import Corpus
from index.features import EVIDENCE, FEATURES, Candidates
from index.highlight import date_of, highlight
from index.lexical import STOP_STEMS, tokens
from index.question import Question, names_in
from index.types import DateMention, Kind, Quote, Span, When

MAX_QUOTE = 300
"""Code points to which a quote may grow by a neighbour: what a reader with a phone sees at once."""
_POINTS_BACK = re.compile(
    r"[\"'“‘«(\[]*(?:he|she|it|they|this|that|these|those|his|her|its|their|both|such)\b",
    re.IGNORECASE,
)

_QUOTATION_MARKS = re.compile("[\"'“”„‟«»″‘’‚‛`´]")
_TURNING = frozenset("after before few more most no nor not off over under until up".split())


@dataclass(frozen=True, slots=True)
class Weights:
    """What training/fit.py fitted.

    dense: the share of the cosine in fusing. rank: float64[FEATURES]. platt: scale and offset that
    make a rank score a probability. offset, confidence: float64[EVIDENCE], of the logistic
    regression. threshold: the least confidence of an answer. margin: how far below a sentence, in
    rank score, its neighbour may be to be quoted with it. gap: how far below the best one a
    sentence may be to be quoted at all.
    """

    dense: float
    rank: NDArray[np.float64]
    platt: tuple[float, float]
    offset: float
    confidence: NDArray[np.float64]
    threshold: float
    margin: float
    gap: float


@cache
def weights() -> Weights:
    """The weights that the product uses, from weights.json beside this module."""
    return parse(json.loads(files("index").joinpath("weights.json").read_text("ascii")))


def parse(raw: Mapping[str, Any]) -> Weights:
    """Weights from their JSON form, held to the names of the features. Raises KeyError."""
    return Weights(
        dense=raw["dense"],
        rank=np.array([raw["rank"][name] for name in FEATURES]),
        platt=(raw["platt"]["scale"], raw["platt"]["offset"]),
        offset=raw["confidence"]["offset"],
        confidence=np.array([raw["confidence"][name] for name in EVIDENCE]),
        threshold=raw["threshold"],
        margin=raw["margin"],
        gap=raw["gap"],
    )


def rank(found: Candidates, weighed: Weights) -> NDArray[np.float64]:
    """float64[n]: the rank score of each candidate; only differences between them mean anything."""
    return found.features @ weighed.rank


def confidence(proof: NDArray[np.float64], weighed: Weights) -> float:
    """The probability (0..1) that the best candidate answers: a logistic regression."""
    return _logistic(weighed.offset + float(proof @ weighed.confidence))


def quotes(
    question: Question,
    found: Candidates,
    corpus: Corpus,
    weighed: Weights,
    *,
    top: int,
    everywhere: bool = False,
) -> tuple[Quote, ...]:
    """The best passages to quote, best first: a sentence or two each, none overlapping another.

    Each says something that none before it does. Of the same words in several documents, those of
    the newest are quoted; everywhere: those of each.
    """
    scores = dict(zip(found.sentences.tolist(), rank(found, weighed).tolist(), strict=True))
    least = max(scores.values()) - weighed.gap
    used: set[int] = set()
    made: list[Quote] = []
    ranked = sorted(scores, key=lambda n: (-scores[n], n))
    newest = {} if everywhere else _newest(ranked, corpus)
    for number in ranked:
        if len(made) == top or scores[number] < least:
            break
        if number in used or newest.get(number) in used:
            continue
        run = _run(newest.get(number, number), scores, used, corpus, weighed.margin)
        quote = _quote(question, run, corpus, _probability(scores[number], weighed))
        others = [q for q in made if not everywhere or q.source == quote.source]
        if not any(_says(q.text) >= _says(quote.text) for q in others):
            used.update(run)
            made.append(quote)
    return tuple(made)


def _newest(ranked: Sequence[int], corpus: Corpus) -> dict[int, int]:
    """For each sentence the one of the newest document that reads as it does, else the first."""
    newest: dict[str, int] = {}
    read = {n: _alike(corpus.sentence_text(corpus.document_of(n), n)[0]) for n in ranked}
    for number, text in read.items():
        if _date(number, corpus) > _date(newest.setdefault(text, number), corpus):
            newest[text] = number
    return {number: newest[text] for number, text in read.items()}


def _date(number: int, corpus: Corpus) -> str:
    own = corpus.documents[corpus.document_of(number)].date
    return own.date if own else ""


def _alike(text: str) -> str:
    """A text without what does not make it another: white space, quotation marks, case."""
    return " ".join(_QUOTATION_MARKS.sub("", text).casefold().split())


@lru_cache(maxsize=1 << 12)
def _says(text: str) -> frozenset[str]:
    """The tokens of a text that say something, with the small words that turn what is said."""
    return frozenset(t for t in tokens(text) if t not in STOP_STEMS or t in _TURNING)


def when(question: Question, quote: Quote, corpus: Corpus) -> When | None:
    """The date that a quote gives to a question that asks for one; None where nothing gives any."""
    if question.asks != "date":
        return None
    document = corpus.number(quote.source)
    text, _, _ = corpus.page(document)
    return dated(date_of(question, text, quote.span, quote.date), document, corpus)


def dated(found: DateMention | None, document: int, corpus: Corpus) -> When | None:
    """The date found in a document's words, else the document's own, else none."""
    text, _, _ = corpus.page(document)
    if found:
        return When(found.date, found.basis, text[found.span.start : found.span.end])
    own = corpus.documents[document].date
    return When(own.date, "document", text[own.span.start : own.span.end]) if own else None


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-max(-60.0, min(60.0, x))))


def _probability(score: float, weighed: Weights) -> float:
    scale, offset = weighed.platt
    return _logistic(scale * score + offset)


def _run(
    number: int, scores: Mapping[int, float], used: set[int], corpus: Corpus, margin: float
) -> range:
    """The sentence, with one beside it that it needs to be understood or that answers as well."""
    beside = [n for n in (number - 1, number + 1) if n not in used]
    fitting = {n: run for n in beside if (run := _together(number, n, corpus)) is not None}
    if number - 1 in fitting and _points_back(number, corpus):
        return fitting[number - 1]
    close = [n for n in fitting if scores.get(n, -np.inf) >= scores[number] - margin]
    return (
        fitting[max(close, key=lambda n: (scores[n], -n))] if close else range(number, number + 1)
    )


def _together(number: int, other: int, corpus: Corpus) -> range | None:
    """Two neighbours as one run, if both are prose, short together, and nothing is between them."""
    document = corpus.document_of(number)
    run = range(min(number, other), max(number, other) + 1)
    rows = corpus.documents[document].sentences
    if run.start < rows.start or run.stop > rows.end:
        return None
    first, second = (corpus.sentence_text(document, n)[1] for n in run)
    between = corpus.page(document)[0][first.span.end : second.span.start]
    short = second.span.end - first.span.start <= MAX_QUOTE
    prose = first.kind is second.kind is Kind.PROSE
    return run if short and prose and not between.strip() else None


def _points_back(number: int, corpus: Corpus) -> bool:
    """Whether a sentence opens with a pronoun and the one before has a name for it to stand for."""
    document = corpus.document_of(number)
    text, _ = corpus.sentence_text(document, number)
    before, _ = corpus.sentence_text(document, number - 1)
    return bool(_POINTS_BACK.match(text)) and bool(names_in(before))


def _quote(question: Question, run: range, corpus: Corpus, score: float) -> Quote:
    document = corpus.document_of(run.start)
    text, _, _ = corpus.page(document)
    first, last = (corpus.sentence_text(document, n)[1].span for n in (run.start, run.stop - 1))
    span = Span(first.start, last.end)
    own = corpus.documents[document].date
    date = (
        date_of(question, text, span, own.date if own else None)
        if question.asks == "date"
        else None
    )
    return corpus.quote(
        document, span, highlight=highlight(question, text, span, date), score=score
    )
