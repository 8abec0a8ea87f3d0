"""What an amount was before it changed: "up from 210 to 225" tells that it is 225. Pure."""

import re

from index.answers.said import Said
from index.types import Span
from index.words.change import CHANGE

_TO = r"(?=\W{0,2}\d[\d.,%]*(?:\s\w+)?\sto\s\W{0,2}\d)"
"""Before what an amount was, where what it is comes next."""
_FORMER = re.compile(
    rf"(?:\b{CHANGE}\b(?:[^.;:!?\n]|\.(?=\w)){{0,60}}?\bfrom\s|\b(?:up|down)\sfrom\s{_TO})"
    r"(?P<old>(?:[^.,;:!?\n]|[.,:](?=\d)){1,40}?)\sto\s(?=\W?\w)"
    rf"|(?P<aside>[\s,;(–—-]{{0,3}})\b(?:(?P<than>(?:up|down) from(?!\s{_TO})|instead of"
    r"|rather than)|used to be|until now|previously|formerly)\s"
    r"(?P<once>(?:[^.,;:!?()\n]|[.,:](?=\d)){1,40})",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\sto\s|\s?[,;)–—]+\s?")
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


def without(said: Said, words: Span) -> Span | None:
    """Words less what is former of them and what says that it is: "from 210 to 225" is "225", and
    so is "225, up from 210"."""
    if _ASKS_OF_FORMER.search(said.question.text):
        return words
    for match in _FORMER.finditer(said.text, said.span.start, said.span.end):
        start, end = match.span("old" if match["old"] else "once")
        if not (start < words.end and words.start < end):
            continue
        if match["than"] and words.start < match.start():
            return Span(words.start, match.start())
        after = _AFTER.match(said.text, end)
        sides = [Span(after.end() if after else words.end, words.end)]
        if (match["aside"] or "").strip():
            sides.append(Span(words.start, match.start()))
        sides = [side for side in sides if side.start < side.end]
        return max(sides, key=lambda side: _tells(said.words(side)), default=None)
    return words


def _tells(words: str) -> tuple[bool, int]:
    """How much words tell: the more if there is a figure among them, else the longer they are."""
    return bool(re.search(r"\d", words)), len(words)
