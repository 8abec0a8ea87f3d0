"""What is said of a plan, a rule or a meeting that is not to be, or not now. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.dates import DAY_NAME

# These tell of it in any form, the others only as done to something: sales that dropped, a lorry
# that overturned and an abandoned quarry are not off.
_DONE = (
    r"abolish(?:ed|es)|call(?:ed|s)\soff|cancel(?:l?ed|s)|discontinued|postpone[ds]|put\soff"
    r"|repealed|rescinded|revoked|scrapped"
)
_BE = r"\b(?:is|are|was|were|be|been|being|gets?|got)\s(?:(?:also|now|since|then|\w+ly)\s)?"
_ITS = r"(?:the|its|his|her|their|our|all|this|that|these|those|plans?)\b"
_OFF = re.compile(
    rf"\b(?:{_DONE})\b"
    rf"|{_BE}(?:abandoned|dropped|overturned|pulled|reversed|shelved|suspended|withdrawn)\b"
    r"(?!\s(?:apart|down|into|off|out|over|up)\b)"
    r"|\b(?:abandon(?:ed|s)|dropped|drops|overturn(?:ed|s)|pull(?:ed|s)|reverse[ds]|scraps"
    rf"|shelve[ds]|suspend(?:ed|s)|withdr(?:ew|aws|awn))(?=\s{_ITS})"
    r"|\bno\slonger\b(?!\sthan\b)"
    r"|\b(?:(?:will|does|do|did|is|are)\snot|won['’]t|(?:does|do|did|is|are)n['’]t)"
    r"\s(?:go(?:ing)?\s(?:ahead|forward)|tak(?:e|ing)\splace)\b"
)
"""For small letters: without regard to case it takes three times as long."""
_DENIED = re.compile(
    r"\b(?i:if|unless|whether|who|whoever)\b[^.,;:!?]*$"
    r"|(?:\b(?:may|(?i:can|cannot|could|might|must|never|not|should))|(?i:n['’]t))(?:\s\w+){0,2}\s$"
)
"""In May it may be off, and was."""
REACH = 100
"""Code points on either side in which its clause is looked for: a rule says no more of a case."""
_DEPENDS = re.compile(rf"[^.,;:!?]{{0,{REACH}}}\b(?i:if|unless|where)\b")


_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|does|do|did|gets?|got|be|been|being)\b"
    r"(?:\s\w+){0,4}\s*$"
)
_BEEN = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got|longer|not)\b|n['’]t\b")
_PREPOSITION = frozenset(
    "about after at before by during for from in of on over since to until with within".split()
)
_DETERMINER = frozenset("a all an both her his its our that the their these this those".split())
_OWN = frozenset("her his its their".split())
_NO_OBJECT = re.compile(r"\W*(?:$|[.,;:!?(]|(?:again|and|as|because|but|due|now|or|today)\b)")
_BESIDE_NAME = re.compile(
    r"\d\w*|\w+ed|held|due|set|next|last|this|today|tomorrow|weekend|week|month|year"
    rf"|{DAY_NAME}"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
)
"""What may stand between the name of a thing and what is said of it: when it is or was planned."""
_CLAUSE = re.compile(r"[.,;:!?\n]\s")
_WORD = re.compile(r"[\w'’%-]+")


class Thing(NamedTuple):
    """What is said to be off: the words that name it, and those beside them in its phrase: "raffle"
    and "the ... of the fair"."""

    names: tuple[str, ...]
    beside: tuple[str, ...]


def names_off(text: str) -> bool:
    """Whether a text has words for it, whatever is said with them."""
    return _OFF.search(_small(text)) is not None


def is_off(text: str) -> bool:
    """Whether a text says that something is off, and not that it may be, or is not, or in some case
    only: "A booking may be cancelled", "if it is called off"."""
    return any(True for _ in _said(text))


def things_off(text: str) -> list[Thing]:
    """What a text says to be off, in small letters; of what it does not name, no words."""
    small = _small(text)
    return [_thing(small, found.start(), found.end()) for found in _said(text)]


def _small(text: str) -> str:
    """A text in small letters, each in its place: that of "İ" would be two characters."""
    return text.replace("İ", "i").lower()


def _said(text: str) -> Iterator[re.Match[str]]:
    """Where a text says that something is off."""
    for found in _OFF.finditer(_small(text)):
        denied = _DENIED.search(text[max(0, found.start() - REACH) : found.start()])
        if not denied and not _DEPENDS.match(text, found.end()):
            yield found


def _thing(text: str, start: int, end: int) -> Thing:
    """What text[start:end] is said of: of what comes after it, where somebody is told to have done
    it ("the council cancelled the fair"), else of what is before."""
    before = _CLAUSE.split(text[max(0, start - REACH) : start])[-1]
    after = _CLAUSE.split(text[end : end + REACH])[0]
    verb = _PASSIVE.search(before)
    told = before[verb.start() :] if verb else ""
    first = next(iter(_WORD.findall(after)), "")
    if _BEEN.search(told + text[start:end]) or _NO_OBJECT.match(after) or first in _PREPOSITION:
        return _named(_WORD.findall(before[: verb.start()] if verb else before), last=True)
    thing = _named(_WORD.findall(after), last=False)
    own = _OWN.intersection(thing.beside)
    return thing._replace(beside=(*thing.beside, *_WORD.findall(before))) if own else thing


def _named(words: list[str], *, last: bool) -> Thing:
    """The first phrase of some words, or the last one that stands after no preposition."""
    opens = [n for n, word in enumerate(words) if word in _DETERMINER]
    opens = [n for n in opens if n == 0 or words[n - 1] not in _PREPOSITION]
    words = words[opens[-1] :] if last and opens else words
    ends = (n for n, word in enumerate(words) if n and word in (*_PREPOSITION, "that", "which"))
    end = next(ends, len(words))
    parts = " ".join(words[:end]).split(" and ")
    names = tuple(name for part in parts if (name := _name(part.split())))
    return Thing(names, tuple(word for word in words if word not in names))


def _name(words: list[str]) -> str:
    while words and _BESIDE_NAME.fullmatch(words[-1]):
        words = words[:-1]
    return words[-1] if words else ""
