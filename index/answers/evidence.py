"""What speaks for there being an answer at all, as numbers."""

import re
from collections.abc import Collection
from math import log

import numpy as np
from numpy.typing import NDArray

from index.answers.features import FEATURES, Candidates, asked_above, tells_otherwise
from index.answers.shares import around, missing, rows, share_of, weights
from index.answers.turned import denies, heard_of_denied, opposed, tells_of_denied
from index.answers.window import month_of, window_of
from index.questions.question import Question
from index.storage.corpus import Corpus
from index.words.lexical import distinct, exact

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
"""Of the best sentence, where nothing else is said.

score: by which it is the best. evidence, agreed, exact_missing: its features. strongest: the most
evidence of any. denied: its score, if above 0, where what the question denies is said to be so or
no document knows of it; else 0. opposed: the same where it says the opposite of what is asked.
unknown: the share (0..1) of what the question's terms weigh that no document has. lacked: that of
the one word that it lacks most: "parrots" of "are parrots allowed in the library?" beside what is
allowed there. names_missing: the share (0..1) of the question's names that are nowhere near.
exact_unknown: whether one of the question's numbers, amounts and codes is in no document. keywords:
whether the question is no sentence but words to find. lead: its score above that of the second, at
most LEAD. size: the logarithm of how many passages there are, at least SMALLEST."""
SMALLEST = 39
"""Passages of the smallest corpus that the weights were fitted on: what fewer of them would tell,
nothing has taught."""
LEAD = 3.0
"""The most that the best sentence's lead in rank score counts for, and what it is with no other."""
_NUMBERED = re.compile(
    r"\b(?:(?:version|release|revision|build|firmware)s?\s+|v(?:ersion)?\.\s?|v)"
    r"(?P<version>\d+(?:\.\d+)+)\b"
    r"|\b(?:(?:bug|code|error|flight|ticket)\s+(?:no\.?\s?|number\s)?#?"
    r"|(?:form|invoice|issue|model|order)\s+(?:no\.?\s?|number\s|#))"  # else they may be verbs
    r"(?P<code>[a-z]{0,4}-?\d[\w-]*)\b(?![.,]\d)",
    re.IGNORECASE,
)
"""What only its number tells from others, and what is not given by the range, as rooms and pages
are."""


def evidence(
    question: Question, found: Candidates, scores: NDArray[np.float64], corpus: Corpus
) -> NDArray[np.float64]:
    """float64[EVIDENCE]: what the best of the candidates says for or against there being an answer.

    scores: float64[n], by which it is the best. `denied` and `opposed` are scores, since what says
    the opposite is the surer no answer the better it would be one otherwise. Only `size` grows with
    the corpus: among more passages more sound right by chance.
    """
    best = int(np.lexsort((found.sentences, -scores))[0])
    feature = dict(zip(FEATURES, found.features[best].tolist(), strict=True))
    number, score = int(found.sentences[best]), float(scores[best])
    heard = {term for term in question.terms if term in corpus.bm25.rows or term in corpus.years}
    known = np.array([[term in heard for term in question.terms]])
    return np.array(
        [
            score,
            feature["evidence"],
            float(found.features[:, FEATURES.index("evidence")].max()),
            feature["agreed"],
            _denied(question, number, found, corpus) * max(0.0, score),
            _opposed(question, corpus.text(number)) * max(0.0, score),
            1.0 - share_of(known, weights(question, corpus))[0],
            _lacked(question, number, corpus),
            _names_missing(question, number, corpus),
            feature["exact_missing"],
            float(not heard.issuperset(question.exact)),
            float(question.keywords),
            min(LEAD, float(np.subtract(*np.sort(scores)[:-3:-1]))) if len(scores) > 1 else LEAD,
            log(max(SMALLEST, len(corpus.passages))),
        ]
    )


def _denied(question: Question, number: int, found: Candidates, corpus: Corpus) -> bool:
    """Whether a sentence says that what the question denies is so, and the best says nothing else
    of it: "Anna signed" beside "Ben went home" does not tell who did not sign. Nor does anything
    where no document knows of signing, or of the version that is asked of."""
    words = corpus.bm25.rows
    if not (heard_of_denied(question.own, words) and heard_of_numbered(question.own, words)):
        return True
    if tells_otherwise(question, number, corpus):
        return True
    said = denies(question.own) and found.features[:, FEATURES.index("denied")].any()
    return bool(said) and not tells_of_denied(question.own, corpus.text(number))


def _opposed(question: Question, text: str) -> bool:
    """Whether a sentence says the opposite; to "is it open?" that is an answer."""
    return question.asks != "whether" and opposed(question.own, text)


def heard_of_numbered(question: str, words: Collection[str]) -> bool:
    """Whether documents that have these tokens may tell of the version, the ticket, the error ...
    that a question asks of by its number, if it does: what is new in 4.2 is not new in 4.1."""
    asked = list(_NUMBERED.finditer(question))
    versions = [m["version"].removesuffix(".0") for m in asked if m["version"]]
    codes = [token for m in asked if m["code"] for token in exact(m["code"])]
    return all(code in words for code in codes) and all(
        any(word == version or word.startswith(f"{version}.") for word in words)
        for version in versions
    )


def _lacked(question: Question, number: int, corpus: Corpus) -> float:
    """The most that one word of the question itself weighs, of those that neither a sentence has
    nor what it is read under: a share (0..1) of what all of its words weigh, and those of the
    questions before it as much as its own. Below the very question none is lacked."""
    if asked_above(question, number, corpus) is not None:
        return 0.0
    passage = int(np.searchsorted(corpus.passages[:, 0], number, side="right")) - 1
    place = corpus.document_of(number), int(corpus.sentences[number, 0])
    above = distinct(" ".join([window_of(passage, corpus).title, *month_of(*place, corpus)]))
    (held,) = corpus.held.shared(np.array([number]), rows(question.terms, corpus))
    each = [corpus.bm25.idf_of(term) for term in question.terms]
    own = (
        weight
        for term, weight, has in zip(question.terms, each, held, strict=True)
        if not (has or term in above or term in question.background)
    )
    return max(own, default=0.0) / (sum(each) or 1.0)


def _names_missing(question: Question, number: int, corpus: Corpus) -> float:
    """The share of the question's names that neither the title nor five sentences around have."""
    if not question.names:
        return 0.0
    near = corpus.held.shared(around(number, 2, corpus), rows(question.terms, corpus))
    title = distinct(corpus.record_of(number).title or "")
    titled = np.array([[term in title for term in question.terms]])
    return float(missing(question.names, question, near.any(axis=0) | titled)[0])
