"""What an amount was before it changed: "up from 210 to 225" tells that it is 225. Pure."""

import re

from index.answers.said import Said
from index.types import Span
from index.words.change import CHANGE

_FORMER = re.compile(
    rf"\b{CHANGE}\b(?:[^.;:!?\n]|\.(?=\w)){{0,60}}?\bfrom\s"
    r"(?P<old>(?:[^.,;:!?\n]|[.,:](?=\d)){1,40}?)\sto\s(?=\W?\w)"
    r"|\b(?:used to be|until now|(?:up|down) from|previously|formerly|instead of|rather than)\s"
    r"(?P<once>(?:[^.,;:!?()\n]|[.,:](?=\d)){1,40})",
    re.IGNORECASE,
)
_ASKS_OF_FORMER = re.compile(
    r"\b(?:before|earlier|first|former\w*|from|initial\w*|instead|old|original\w*|past|previous\w*"
    r"|then|until|used)\b",
    re.IGNORECASE,
)


def former(said: Said) -> list[Span]:
    """The parts of what is said that tell what an amount was before it changed; none where that may
    be what the question asks for."""
    if _ASKS_OF_FORMER.search(said.question.text):
        return []
    found = _FORMER.finditer(said.text, said.span.start, said.span.end)
    return [Span(*m.span("old" if m["old"] else "once")) for m in found]


def without(words: Span, former: list[Span]) -> Span | None:
    """Words less what is former of them, if that opens them: "from 210 to 225" is "225"."""
    for old in former:
        if old.start < words.end and words.start < old.end:
            start = old.end + len(" to ")
            return Span(start, words.end) if start < words.end else None
    return words
