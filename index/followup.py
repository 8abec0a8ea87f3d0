"""A follow-up read with the questions before it, as a question that stands alone. Pure."""

import re
from collections.abc import Sequence

from index.lexical import telling, words
from index.question import names_in
from index.types import Reading

MAX_TOPIC = 12
"""Words: a long conversation must not drown the question itself."""

_LEAD = re.compile(r"\s*(?:(?:and|but|so|then|also|ok(?:ay)?|well)\b[\s,]*)+", re.IGNORECASE)
_ABOUT = re.compile(r"\s*(?:what|how)\s+about\b\s*", re.IGNORECASE)
_ASKS = re.compile(
    r"\s*(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|will"
    r"|would|should|has|have|had|may|might)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*(?:in|on|at|by|for|from|to|of|with|since|until|till|per|under|after|before|about)\b",
    re.IGNORECASE,
)
"""A phrase that is no question alone: "since when?", "in which year?"."""
_HOW_MUCH = re.compile(r"\bhow\s+(?:many|much|long|often|far|old)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:its|he|him|his|she|her|hers|they|them|their|theirs|those|these|then|same|else"
    # Not "how long does it take to", "is it true that", "is there a", "this year", "one of the".
    r"|it(?!\s+(?:takes?|took|true|possible|necessary|legal)\b)"
    r"|(?<!true\s)(?<!possible\s)that|this(?!\s+(?:year|month|week|quarter|morning)\b)|ones?(?!\s+of\b)"
    r"|(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)there(?!\s+(?:is|are|was|were)\b)"
    r"|the\s+(?:rest|others?)|(?:there|others|more|some|any|next)(?=\W*$))\b",
    re.IGNORECASE,
)


def read_follow_up(question: str, before: Sequence[Reading]) -> Reading:
    """The question as it stands alone: with what the one before was about, if it needs that.

    `before` holds the earlier questions as they were read, oldest first. A question is a follow-up
    if it points back ("it", "who else"), names nothing itself, or is only a part of one ("and
    Nokia?", "since when?"); any other is returned as it is, since a complete question is never bent
    by what came before.
    """
    if not before or not _is_follow_up(question):
        return Reading(question)
    own, last = _without_lead(question).strip(), before[-1]
    # "And Nokia?" after "what about Ericsson?" asks the same of Nokia, and not of both.
    instead = last.topic and _stands_in(own) and _stands_in(last.question)
    topic = last.topic if instead else _topic(str(last))
    return Reading(own, topic) if topic else Reading(question)


def _is_follow_up(question: str) -> bool:
    rest, own = _without_lead(question), len(telling(question))
    if not own or _ABOUT.match(rest) or (_PART.match(rest) and own < 2):
        return True
    if rest != question:
        return own < (3 if _ASKS.match(rest) else 5)
    return bool(_POINTS_BACK.search(rest)) and own < 4 and not names_in(rest)


def _without_lead(question: str) -> str:
    lead = _LEAD.match(question)
    return question[lead.end() :] if lead else question


def _stands_in(question: str) -> bool:
    """Whether a part of a question takes the place of one in the question before."""
    return bool(_ABOUT.match(question)) or not _ASKS.match(question)


def _topic(question: str) -> str:
    """The words of a question that say what it is about, as they were written."""
    said = _HOW_MUCH.sub("", question)
    meant = set(telling(said))
    spans = dict.fromkeys(span for token, span in words(said) if token in meant)
    return " ".join([said[span.start : span.end] for span in spans][-MAX_TOPIC:])
