"""A follow-up read with the questions before it, as a question that stands alone. Pure."""

import re
from collections.abc import Sequence

from index.lexical import telling, words
from index.question import names_in
from index.types import Reading

_LEAD = re.compile(r"^\s*(?:and|but|so|then|also|ok(?:ay)?|well)\b[\s,]*", re.IGNORECASE)
_ABOUT = re.compile(r"^\s*(?:what|how)\s+about\b\s*", re.IGNORECASE)
MAX_TOPIC = 12
"""Words: a long conversation must not drown the question itself."""
_POINTS_BACK = re.compile(
    r"\b(?:it|its|he|him|his|she|her|hers|they|them|their|theirs|that|this|those|these|there|then|one|ones|same)\b"
    r"(?!\s+(?:is|was|were|are)\s+(?:there|any)\b)",
    re.IGNORECASE,
)


def read_follow_up(question: str, before: Sequence[Reading]) -> Reading:
    """The question as it stands alone: with what the one before was about, if it needs that.

    `before` holds the earlier questions as they were read, oldest first. A question is a follow-up
    if it opens with "and" or "what about", points back ("it", "they"), or names nothing itself;
    any other is returned as it is, since a complete question is never bent by what came before.
    """
    topic = _topic(str(before[-1])) if before else ""
    if not topic or not _is_follow_up(question):
        return Reading(question)
    return Reading(_LEAD.sub("", question).strip(), topic)


def _is_follow_up(question: str) -> bool:
    own = len(telling(question))
    if not own or _ABOUT.match(_LEAD.sub("", question)):
        return True
    named = bool(names_in(question))
    return bool(_LEAD.match(question) and own < 3) or bool(
        _POINTS_BACK.search(question) and own < 4 and not named
    )


def _topic(question: str) -> str:
    """The words of a question that say what it is about, as they were written."""
    meant = set(telling(question))
    spans = dict.fromkeys(span for token, span in words(question) if token in meant)
    return " ".join([question[span.start : span.end] for span in spans][-MAX_TOPIC:])
