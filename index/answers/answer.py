"""Candidate sentences -> quotes, and how sure it is that they answer."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.answers.features import EVIDENCE, FEATURES, SIFTED, Candidates
from index.answers.highlight import highlight
from index.answers.leads import fits, in_chat, together, with_list
from index.answers.said import Said
from index.answers.times import time_of
from index.questions.question import Question
from index.storage.corpus import Corpus
from index.types import Kind, Quote, Span
from index.words.lexical import STOP_STEMS, STOP_WORDS, distinct

MAX_QUOTE = 300
"""Code points to which a quote may grow by its neighbours: what a phone shows at once."""
_POINTS_BACK = re.compile(
    r"[\"'“‘«(\[*_]*(?:(?P<person>he|she|his|her)"
    r"|(?:(?:and|but|so|or|after|before|for|in|then),?\s)?"
    r"(?:it|they|this|that|these|those|its|their|both|such))\b"
    r"(?!\s(?:week|weekend|month|year|time|morning|afternoon|evening|spring|summer|autumn|winter|who)s?\b)",
    re.IGNORECASE,
)
MOST_ALONG = 2
"""Sentences that may come before one that cannot be understood without them."""
_NEW_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
LABEL = 3
"""Words that a label before a sentence has at most: "Time.", "Opening hours:"."""
_GOES_ON = re.compile(r"[^\S\n]+\S")
_BOLD = re.compile(r"(?P<marks>\*\*|__)(?:(?!(?P=marks)).)+(?P=marks)[.:]?", re.DOTALL)
NOTHING_SAID = 2
"""Words that a label which is no sentence has at most."""
_NUMBERED = re.compile(r"\W*(?:(?:\d{1,3}(?:\.\d{1,3})*|[a-z])[.)]\s+)?\W*", re.IGNORECASE)
"""What may be before the first word of a line: the number of a point."""
_QUOTATION_MARKS = re.compile("[\"'“”„‟«»″‘’‚‛`´]")
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

    Each says something that none before it does. Of the same words in several documents, those of
    the newest are quoted; everywhere: those of each.
    """
    ranks = _Ranks.of(found, weighed)
    used: set[int] = set()
    made: list[Quote] = []
    newest = {} if everywhere else _newest(ranks.best_first(), corpus)
    for number in ranks.best_first():
        if len(made) == top or ranks.is_too_far(number):
            break
        if number in used or newest.get(number) in used:
            continue
        shown = newest.get(number, number)
        run = _run(shown, ranks, used, corpus)
        if not run:
            continue
        score = _probability(ranks.scores[number], weighed)
        quote = _quote(question, shown, run, corpus, score, _sure_words(shown, found, weighed))
        others = [q for q in made if not everywhere or q.source == quote.source]
        if not any(_says(q.text) >= _says(quote.text) for q in others):
            used.update(run)
            made.append(quote)
    return tuple(made)


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
    """Without headings and the lines that date a document, where there is anything else: they help
    nobody whom nothing answers."""
    kept = np.array([_tells(number, corpus) for number in found.sentences.tolist()], bool)
    return found.only(kept) if kept.any() else found


def _tells(number: int, corpus: Corpus) -> bool:
    start, end, kind = corpus.sentences[number].tolist()
    own = corpus.record_of(number).date
    dates = own is not None and start <= own.span.start < own.span.end <= end
    return kind == Kind.PROSE or not (kind == Kind.HEADING or dates)


def _newest(ranked: Sequence[int], corpus: Corpus) -> dict[int, int]:
    """For each sentence the one of the newest document that reads as it does, else the first."""
    newest: dict[str, int] = {}
    read = {n: _alike(corpus.text(n)) for n in ranked}
    for number, text in read.items():
        other = newest.setdefault(text, number)
        if other != number and _date(number, corpus) > _date(other, corpus):
            newest[text] = number
    return {number: newest[text] for number, text in read.items()}


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


def _run(number: int, ranks: _Ranks, used: set[int], corpus: Corpus) -> range:
    """The sentence, with those beside it that it needs to be understood or that answer as well."""
    run = _understood(number, used, corpus)
    while run:
        wider = {
            run.start - 1: range(run.start - 1, run.stop),
            run.stop: range(run.start, run.stop + 1),
        }
        close = [
            added
            for added, one in wider.items()
            if added not in used and ranks.is_as_good(added, number) and _is_one(one, corpus)
        ]
        if not close:
            return with_list(run, corpus, used)
        run = wider[max(close, key=lambda n: (ranks.scores[n], -n))]
    return run


def _understood(number: int, used: set[int], corpus: Corpus) -> range:
    """The sentence, with those before it and the one after that it needs to be understood; empty
    where one of these is quoted already without which it says another thing."""
    run = together(number, corpus, used)
    while run and run.start - 1 not in used and (tie := _needs(run.start, corpus)):
        next_to, longer = (range(run.start - 1, stop) for stop in (run.start + 1, run.stop))
        one = fits(longer, corpus) and _is_one(next_to, corpus, apart=tie == "apart")
        if number - longer.start > MOST_ALONG or not one:
            break
        run = longer
    leads = _leads_on(corpus.text(number)) or _is_label(number, corpus, alone=True)
    after = range(run.start, number + 2)
    if leads and run.stop == number + 1 not in used and _is_one(after, corpus, apart=True):
        return after
    return run


def _is_one(run: range, corpus: Corpus, *, apart: bool = False) -> bool:
    """Whether sentences are prose of one document, short together, and nothing is between them;
    apart: a new paragraph may be."""
    document = corpus.document_of(max(run.start, 0))
    rows = corpus.documents[document].sentences
    if run.start < rows.start or run.stop > rows.end:
        return False
    starts, ends, kinds = corpus.sentences[run.start : run.stop].T.tolist()
    if ends[-1] - starts[0] > MAX_QUOTE or any(kind != Kind.PROSE for kind in kinds):
        return False
    text = corpus.page(document).text
    gaps = [text[a:b] for a, b in zip(ends, starts[1:], strict=False)]
    return not any(gap.strip() or (_NEW_PARAGRAPH.search(gap) and not apart) for gap in gaps)


def _needs(number: int, corpus: Corpus) -> Literal["", "beside", "apart"]:
    """Whether a sentence is understood only with the one before it, and if so whether also with one
    of the paragraph before ("apart").

    It opens with a word for what that names (a person, if that has a name), or that is its label or
    its question.
    """
    if number == 0:
        return ""
    before, back = corpus.text(number - 1), _POINTS_BACK.match(corpus.text(number))
    if back and _has_name(before):
        return "apart"
    if (back and not back["person"]) or _is_label(number - 1, corpus):
        return "beside"
    return "apart" if _leads_on(before) else ""


def _has_name(text: str) -> bool:
    """Whether a word has a capital that no small word would have; the first one counts."""
    return any(w[0].isupper() and w.lower() not in STOP_WORDS for w in re.findall(r"\w+", text))


def _is_label(number: int, corpus: Corpus, *, alone: bool = False) -> bool:
    """Whether a sentence is so short, or alone so bold, at the start of a line, that it is the
    label of the next: not what somebody says in a chat.

    alone: that it says nothing without, as "Summer fair." before more on its line.
    """
    said = corpus.text(number)
    bold = _BOLD.fullmatch(said) is not None
    short = len(said.split()) <= (NOTHING_SAID if alone else LABEL)
    if in_chat(number, corpus) or not (bold or short):
        return False
    text = corpus.page(corpus.document_of(number)).text
    start, end = corpus.sentences[number, :2].tolist()
    goes_on = _GOES_ON.match(text, end)
    line = text.rfind("\n", 0, start) + 1
    return bool(_NUMBERED.fullmatch(text, line, start) and (goes_on or not (alone or bold)))


def _leads_on(text: str) -> bool:
    """Whether what a sentence is about comes after it: it is a question, or ends in a colon."""
    return text.rstrip("\"'”’»)*_ ").endswith(("?", ":"))


def _quote(
    question: Question, number: int, run: range, corpus: Corpus, score: float, words: Span | None
) -> Quote:
    """A quote of the sentences of a run, one of which is the best: its date goes before theirs."""
    document = corpus.document_of(run.start)
    text = corpus.page(document).text
    span = corpus.span(run)
    told, best = _told(run, span, corpus), corpus.span(range(number, number + 1))
    best = best if best.start >= told.start else told
    words = words if words and words.start >= told.start else None
    own, time, said = corpus.date_at(document, span.start), None, Said(question, text, told)
    if question.asks == "date":
        date = own.date if own else None
        time = time_of(said, date, likely=words, best=best)
    marked = highlight(said, time, words, best=best)
    return corpus.quote(document, span, highlight=marked, score=score)


def _told(run: range, span: Span, corpus: Corpus) -> Span:
    """What of a quote is not the question before its answer: "who has it?" names who asks."""
    asked = (number for number in run if not corpus.text(number).rstrip("*_ ").endswith("?"))
    first = next(asked, run.start)
    return Span(int(corpus.sentences[first, 0]), span.end)
