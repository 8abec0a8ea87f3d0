"""What a text says to a question: which of its words are the question's, and how near to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from index.questions.question import Question
from index.types import Span
from index.words.lexical import content, distinct, words

FAR = 200
"""Code points before a place in which a word of the question is near it, and words between it and
one that is not there: a line may have a thousand dates, and no end."""
_CLAUSE_END = re.compile(r",?\s(?:but|while|whereas)\s|[,;:–—]\s|\s[-–—|]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A part `span` of a text, and the question that it is to answer; all spans are the text's."""

    question: Question
    text: str
    span: Span

    def part(self, span: Span) -> "Said":
        return replace(self, span=span)

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def tokens(self) -> Iterator[tuple[str, Span]]:
        """Each token with the place that it was made from."""
        for token, at in words(self.words(self.span)):
            yield token, Span(self.span.start + at.start, self.span.start + at.end)

    @property
    def clauses(self) -> tuple[Span, ...]:
        """The parts between commas and the like, without white space at their ends."""
        return _clauses(self.text, self.span)

    def is_asked(self, span: Span) -> bool:
        """Whether words say nothing that the question does not say itself."""
        return set(content(self.words(span))) <= set(self.question.terms)

    def shared(self, span: Span) -> int:
        """How many words of the question a place has."""
        return len(distinct(self.words(span)).intersection(self.question.terms))

    def best_clause(self) -> Span:
        """The clause nearest to the question's words."""
        return max(self.clauses, key=lambda one: (self.shared(one), -one.start))

    def nearness(self, at: Span) -> tuple[int, int, int]:
        """How near to the question's words a place is: the greater the nearer."""
        *clauses, last = self.clauses
        clause = next((one for one in clauses if one.start <= at.start < one.end), last)
        return self.shared(clause), -self._distance(clause, at), -at.start

    def _distance(self, clause: Span, at: Span) -> int:
        """How many words are between a place and the last word of the question before it in its
        clause: "it begins on 1 July and ends on 31 August" tells of each date by the verb right
        before it."""
        before = words(self.text[max(clause.start, at.start - FAR) : at.start])
        back = reversed([token for token, _ in before])
        return next((n for n, token in enumerate(back) if token in self.question.terms), FAR)


def overlap(one: Span, other: Span) -> bool:
    """Whether two places share a character."""
    return one.start < other.end and other.start < one.end


@lru_cache(maxsize=1)
def _clauses(text: str, span: Span) -> tuple[Span, ...]:
    ends = (match.end() for match in _CLAUSE_END.finditer(text, span.start, span.end))
    parts = (_trim(text, a, b) for a, b in pairwise([span.start, *ends, span.end]))
    return tuple(part for part in parts if part.start < part.end) or (span,)


def _trim(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    lead = len(part) - len(part.lstrip())
    return Span(start + lead, max(start + lead, start + len(part.rstrip(" \t\r\n,;:–—-"))))
