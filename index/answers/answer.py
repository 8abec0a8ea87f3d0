"""Candidate sentences -> quotes, and how sure it is that they answer."""

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

from index.answers.evidence import EVIDENCE
from index.answers.features import FEATURES, SIFTED, Candidates, asked_above, says_otherwise
from index.answers.highlight import highlight
from index.answers.leads import is_one, understood, with_list
from index.answers.said import Said
from index.answers.times import time_of
from index.answers.window import above
from index.documents.columns import is_head
from index.documents.tabular import is_row
from index.questions.question import Question
from index.storage.corpus import Corpus
from index.types import Kind, Quote, Span
from index.words.figures import MONTHS
from index.words.lexical import STOP_STEMS, distinct

_QUOTATION_MARKS = re.compile("[\"'“”„‟«»″‘’‚‛`´]")
_SAYS_NOTHING = re.compile(r"[\W\d_]*|\W*\w+[^\w:]*:\W*")
_MONTHS = distinct(" ".join(MONTHS))
_KINDS = ("date", "amount", "person")
_TURNING = frozenset("after before few more most no nor not off over under until up".split())


@dataclass(frozen=True, slots=True)
class Weights:
    """What training/fit.py fitted.

    dense: the share of the cosine in fusing. sift: float64[SIFTED], by which passages are chosen to
    be read. rank: float64[FEATURES]. reader: the fingerprint of the reader that these were fitted
    with. platt: scale and offset that make a rank score a probability. offset, confidence:
    float64[EVIDENCE], of the logistic regression. threshold: the least confidence of an answer.
    margin: how far below a sentence, in rank score, its neighbour may be to be quoted with it. gap:
    how far below the best one a sentence may be to be quoted at all. sure: the least probability
    at which words that the reader takes for the answer are marked.
    """

    dense: float
    sift: NDArray[np.float64]
    rank: NDArray[np.float64]
    platt: tuple[float, float]
    offset: float
    confidence: NDArray[np.float64]
    threshold: float
    margin: float
    gap: float
    sure: float
    reader: str


@cache
def weights() -> Weights:
    """The weights that the product uses, from weights.json beside this module."""
    return parse(json.loads(files("index.answers").joinpath("weights.json").read_text("ascii")))


def parse(raw: Mapping[str, Any]) -> Weights:
    """Weights from their JSON form, held to the names of the features. Raises KeyError."""
    return Weights(
        dense=raw["dense"],
        sift=np.array([raw["sift"][name] for name in SIFTED]),
        rank=np.array([raw["rank"][name] for name in FEATURES]),
        platt=(raw["platt"]["scale"], raw["platt"]["offset"]),
        offset=raw["confidence"]["offset"],
        confidence=np.array([raw["confidence"][name] for name in EVIDENCE]),
        threshold=raw["threshold"],
        margin=raw["margin"],
        gap=raw["gap"],
        sure=raw["sure"],
        reader=raw["reader"],
    )


def sift(found: Candidates, weighed: Weights) -> NDArray[np.float64]:
    """float64[n]: the score of each candidate before any is read."""
    return found.features[:, : len(SIFTED)] @ weighed.sift


def rank(found: Candidates, weighed: Weights) -> NDArray[np.float64]:
    """float64[n]: the rank score of each candidate that was read; only differences count."""
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

    Each says something that none before it does, which a heading does not. Of the same words in
    several documents, said of the same, those of the newest are quoted; everywhere: those of each.
    """
    ranks = _Ranks.of(found, weighed)
    used: set[int] = set()
    made: list[Quote] = []
    newest = {} if everywhere else _newest(question, ranks.best_first(), corpus)
    for number in _in_order(question, ranks, corpus):
        if len(made) == top or ranks.is_too_far(number):
            break
        heading = bool(made) and not everywhere and _is_heading(number, corpus)
        if heading or number in used or newest.get(number) in used:
            continue
        shown = newest.get(number, number)
        run = _entry(question, shown, used, corpus) or _run(shown, ranks, used, corpus)
        if question.asks not in _KINDS and (longer := _headed(shown, ranks, used, corpus)):
            shown, run = shown + 1, longer
        if not run:
            continue
        score = _probability(ranks.scores[number], weighed)
        quote = _quote(question, shown, run, corpus, score, _sure_words(shown, found, weighed))
        others = [q for q in made if not everywhere or q.source == quote.source]
        if not any(_says(q.text) >= _says(quote.text) for q in others):
            used.update(run)
            made.append(quote)
    return tuple(made)


def _in_order(question: Question, ranks: "_Ranks", corpus: Corpus) -> list[int]:
    """The candidates, best first; but headings last that have nothing of the kind asked for: "Trip
    to the castle" does not tell when that is."""
    order = ranks.best_first()
    if question.asks not in _KINDS:
        return order
    telling = [n for n in order if not _is_heading(n, corpus) or _has_kind(question, n, corpus)]
    if not telling or ranks.is_too_far(telling[0]):
        return order
    return [*telling, *(number for number in order if number not in telling)]


def _is_heading(number: int, corpus: Corpus) -> bool:
    """Whether a sentence heads its document, a section, or the columns of a table."""
    text = corpus.page(corpus.document_of(number)).text
    start, end, kind = corpus.sentences[number].tolist()
    titled = corpus.text(number) == corpus.record_of(number).title
    columns = is_row(text, Span(start, end)) and is_head(text, start)
    return titled or kind == Kind.HEADING or columns


def _has_kind(question: Question, number: int, corpus: Corpus) -> bool:
    """Whether a date, an amount or a name that a question asks for is in a sentence."""
    return bool(_marked(question, number, range(number, number + 1), corpus, None))


@dataclass(frozen=True, slots=True)
class _Ranks:
    """The candidates by their numbers: rank scores, and the shares (0..1) of the question's own
    numbers that each lacks; and how far apart, in rank score, what is quoted may be."""

    scores: Mapping[int, float]
    lacks: Mapping[int, float]
    margin: float
    gap: float

    @classmethod
    def of(cls, found: Candidates, weighed: Weights) -> "_Ranks":
        numbers = found.sentences.tolist()
        missing = found.features[:, FEATURES.index("exact_missing")].tolist()
        scores = rank(found, weighed).tolist()
        one, other = (dict(zip(numbers, column, strict=True)) for column in (scores, missing))
        return cls(one, other, weighed.margin, weighed.gap)

    def best_first(self) -> list[int]:
        return sorted(self.scores, key=lambda n: (-self.scores[n], n))

    def is_too_far(self, number: int) -> bool:
        """Whether one is too far below the best to be quoted at all."""
        return self.scores[number] < max(self.scores.values()) - self.gap

    def is_as_good(self, beside: int, number: int) -> bool:
        """Whether one may be quoted beside another, for it answers about as well: not one that
        lacks a number of the question which the other has."""
        close = self.scores.get(beside, -np.inf) >= self.scores[number] - self.margin
        return close and self.lacks[beside] <= self.lacks[number]


def _sure_words(number: int, found: Candidates, weighed: Weights) -> Span | None:
    """The words of a sentence that the reader takes for the answer, if it is sure enough."""
    words, sure = found.words.get(number, (None, 0.0))
    return words if sure >= weighed.sure else None


def telling(found: Candidates, corpus: Corpus) -> Candidates:
    """Without headings, the lines that date a document, numbers alone and a word and a colon, where
    there is anything else: they help nobody whom nothing answers."""
    kept = np.array([_tells(number, corpus) for number in found.sentences.tolist()], bool)
    return found.only(kept) if kept.any() else found


def _tells(number: int, corpus: Corpus) -> bool:
    start, end, kind = corpus.sentences[number].tolist()
    own = corpus.record_of(number).date
    dates = own is not None and start <= own.span.start < own.span.end <= end
    leads = kind != Kind.PROSE and (kind == Kind.HEADING or dates)
    return not (leads or _SAYS_NOTHING.fullmatch(corpus.text(number)))


def _newest(question: Question, ranked: Sequence[int], corpus: Corpus) -> dict[int, int]:
    """For each sentence the one of the newest document that says it of the same, else the first."""
    alike: dict[str, list[int]] = {}
    for number in ranked:
        alike.setdefault(_alike(corpus.text(number)), []).append(number)
    newest: dict[int, int] = {}
    for some in alike.values():
        placed = [_Placed.of(number, corpus) for number in some] if some[1:] else []
        for one in placed:
            same = (other.number for other in placed if one.is_said_by(other, question))
            newest[one.number] = max(same, key=lambda number: _date(number, corpus))
    return newest


@dataclass(frozen=True, slots=True)
class _Placed:
    """A sentence with what it is understood with, and the tokens of the title and the headings over
    it."""

    number: int
    said: str
    under: frozenset[str]

    @classmethod
    def of(cls, number: int, corpus: Corpus) -> "_Placed":
        document, span = corpus.document_of(number), corpus.span(understood(number, set(), corpus))
        said = corpus.page(document).text[span.start : span.end]
        return cls(number, _alike(said), distinct("\n".join(above(document, span.start, corpus))))

    def is_said_by(self, other: "_Placed", question: Question) -> bool:
        """Whether another says the same, and of the same: it stands under all that the question
        names of what is over this one, and under another title only as another edition does."""
        asked = self.under.intersection(question.terms)
        mine, its = _subject(self.under), _subject(other.under)
        same = self.said == other.said and asked <= other.under
        return same and (mine <= its or its <= mine)


def _subject(under: frozenset[str]) -> frozenset[str]:
    """What of a title tells its subject, and not which edition it is: no figures, no months."""
    return frozenset(t for t in under if t.isalpha()) - STOP_STEMS - _MONTHS


def _date(number: int, corpus: Corpus) -> str:
    own = corpus.date_at(corpus.document_of(number), int(corpus.sentences[number, 0]))
    return own.date if own else ""


@lru_cache(maxsize=1 << 12)
def _alike(text: str) -> str:
    """A text without what does not make it another: white space, quotation marks, case."""
    return " ".join(_QUOTATION_MARKS.sub("", text).casefold().split())


@lru_cache(maxsize=1 << 12)
def _says(text: str) -> frozenset[str]:
    """The tokens of a text that say something, with the small words that turn what is said."""
    return frozenset(t for t in distinct(text) if t not in STOP_STEMS or t in _TURNING)


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-max(-60.0, min(60.0, x))))


def _probability(score: float, weighed: Weights) -> float:
    scale, offset = weighed.platt
    return _logistic(scale * score + offset)


def _headed(number: int, ranks: "_Ranks", used: set[int], corpus: Corpus) -> range:
    """A heading with the sentence right below it, and what is quoted with that: "Root cause" alone
    tells nothing. Empty for what is no heading, and where that sentence does not come near."""
    run, below = range(number, number + 2), number + 1
    near = corpus.sentences[number, 2] == Kind.HEADING and below in ranks.scores.keys() - used
    if not near or ranks.is_too_far(below) or not is_one(run, corpus, apart=True, headed=True):
        return range(0)
    longer = range(number, _run(below, ranks, used, corpus).stop)
    return longer if is_one(longer, corpus, apart=True, headed=True) else run


def _entry(question: Question, number: int, used: set[int], corpus: Corpus) -> range:
    """A sentence with all from the very question that stands above it; empty where none does."""
    asked = asked_above(question, number, corpus)
    run = range(number if asked is None else asked, number + 1)
    whole = len(run) > 1 and used.isdisjoint(run) and is_one(run, corpus, apart=True)
    return run if whole else range(0)


def _run(number: int, ranks: _Ranks, used: set[int], corpus: Corpus) -> range:
    """The sentence, with those beside it that it needs to be understood or that answer as well."""
    run = understood(number, used, corpus)
    while run:
        wider = {
            added: one
            for added in (run.start - 1, run.stop)
            if added not in used and ranks.is_as_good(added, number)
            if (one := _with(added, run, used, corpus))
        }
        if not wider:
            return with_list(run, corpus, used)
        run = wider[max(wider, key=lambda n: (ranks.scores[n], -n))]
    return run


def _with(added: int, run: range, used: set[int], corpus: Corpus) -> range:
    """A run with the sentence right before it, and what that needs, or after it; empty if that is
    not one quote."""
    longer = range(min(added, run.start), max(added + 1, run.stop))
    if not is_one(longer, corpus):
        return range(0)
    first = understood(added, used, corpus) if added < run.start else run
    whole = range(min(first.start, longer.start), longer.stop)
    return whole if first and is_one(whole, corpus, apart=True) else range(0)


def _quote(
    question: Question, number: int, run: range, corpus: Corpus, score: float, words: Span | None
) -> Quote:
    """A quote of the sentences of a run, one of which is the best."""
    marked = _marked(question, number, run, corpus, words)
    document = corpus.document_of(run.start)
    return corpus.quote(document, corpus.span(run), highlight=marked, score=score)


def _marked(
    question: Question, number: int, run: range, corpus: Corpus, words: Span | None
) -> tuple[Span, ...]:
    """What to mark in the sentences of a run, one of which is the best: its date goes before
    theirs; nothing, if that says that what is asked for is not so. words: what the reader takes for
    the answer."""
    if says_otherwise(question, corpus.text(number)):
        return ()
    document = corpus.document_of(run.start)
    text = corpus.page(document).text
    span = corpus.span(run)
    told, best = _told(run, span, corpus), corpus.span(range(number, number + 1))
    best = best if best.start >= told.start else told
    words = words if words and words.start >= told.start else None
    time, said = None, Said(question, text, told)
    if question.asks == "date":
        date = corpus.counted_from(document, span)
        time = time_of(said, date, likely=words, best=best)
    return highlight(said, time, words, best=best)


def _told(run: range, span: Span, corpus: Corpus) -> Span:
    """What of a quote is not the question before its answer: "who has it?" names who asks."""
    asked = (number for number in run if not corpus.text(number).rstrip("*_ ").endswith("?"))
    first = next(asked, run.start)
    return Span(int(corpus.sentences[first, 0]), span.end)
