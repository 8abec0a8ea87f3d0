"""A follow-up read with the questions before it, as a question that stands alone. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.questions.instead import asks_of_one, instead
from index.questions.question import ASKED, AUXILIARY, LEAD, MAX_QUESTION, PREPOSITION, names_in
from index.types import Reading
from index.words.figures import MONTHS
from index.words.lexical import exact, telling

MAX_TOPIC = 25
"""Words of a question before that are kept: it must not drown the question itself."""

_LEAD = re.compile(rf"\s*{LEAD}+", re.IGNORECASE)
_TALK = re.compile(rf"^[^?]{{1,20}}[!:]\s++(?={ASKED}|{AUXILIARY})", re.IGNORECASE)
"""What is said before a question: "thanks! when was it?"."""
_ABOUT = re.compile(
    r"\s*(?:(?:what|how)\s+(?:about|of)|(?:the\s+)?same(?:\s+question)?(?=\s+(?:for|with)\b))\b\s*",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"{ASKED}|\s*{AUXILIARY}", re.IGNORECASE)
_ASKED = re.compile(ASKED, re.IGNORECASE)
_AUXILIARY = re.compile(AUXILIARY, re.IGNORECASE)
_PREPOSITION = re.compile(rf"\s*{PREPOSITION}", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:its|he|him|his|she|her|hers|they|them|their|theirs|those|these|then|same|else"
    # Not "how long does it take to", "is it true that", "is there a", "this year", "one of the".
    r"|it(?!\s+(?:(?:takes?|took)\s(?:.*\s)?to|true|possible|necessary|legal)\b)"
    r"|(?<!true\s)(?<!possible\s)that|this(?!\s+(?:year|month|week|quarter|morning)\b)"
    r"|ones?(?!\s+(?:of|more)\b)"
    r"|(?<!is\s)(?<!are\s)(?<!was\s)(?<!were\s)there(?!\s+(?:is|are|was|were)\b)"
    r"|the\s+(?:rest|others?)|(?:there|others|more|some|any|next)(?=\W*$))\b",
    re.IGNORECASE,
)
_WH = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_OF_WHAT = re.compile(r"(?:for\s+)?(?:how\s+(?:many|much|long|often|far)|which)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]+[\"”“»]")
_CORRECTS = re.compile(
    r"^\s*+(?:(?:(?:no|nope|oh|oops|pardon|sorry)\b(?=\s*+,|\s+i\s+mean)|actually\b|rather\b"
    r"|i\s+(?:mean|meant)\b)[\s,]*+)++(?=[^\s?])(?!thank)",
    re.IGNORECASE,
)
"""What is said before what should have been asked: "sorry, I meant Bergen"."""
_MEANT = re.compile(r"[\s,]+(?:i\s+(?:mean|meant)|rather)\W*$", re.IGNORECASE)
_TOO = re.compile(r"[\s,]+(?:too|as\s+well|also|instead|then|though|please)\W*$", re.IGNORECASE)
_ONE = re.compile(r"(?:the|that|this)\s+(.+?)\s+ones?\W*$", re.IGNORECASE)
"""What stands for what was asked about: "the Bergen one"."""
_THING = re.compile(r"(?:the|our|my|your|their)\s", re.IGNORECASE)
_TIME = re.compile(
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|{'|'.join(MONTHS)})s?", re.IGNORECASE
)
"""What has a capital and is no name of what is asked about: "is it open on Sundays?"."""
_IT = re.compile(r"\b(?:it|he|him|she|they|them)\b", re.IGNORECASE)
_WHO_DOES = re.compile(
    r"(?:\b(?:do|does|did|can|could|should|must|may|might|will|would|have|has|had)"
    r"|^\W*(?:is|are|was|were))"
    r"\s+(?:(?P<one>an?|any|each|every)\s+|(?P<the>the|our)\s+|(?:all|most|some)\s+)?(?P<who>[^\W\d_]+)\b",
    re.IGNORECASE,
)
"""The subject of a question: "can employees", "should an employee", "does the lake"."""
_MANY = re.compile(r"\w{3,}s|people|staff|children|women|men|anyone|everyone", re.IGNORECASE)
_THEIR = r"(?<!\bof\s)\b(?:theirs?|they|its)\b"
_HIS = r"(?<!\bof\s)\b(?:his|hers?|he|she)\b"
_AND = re.compile(
    r"\b(?:an?|any|each|every|my|your)\s+[^\W\d_].*?(?:,|\b(?:and|or|if|when|before|after)\b)"
    rf"|\b(?:the|our)\s+[^\W\d_].*?(?:,|\band\b)(?={ASKED}|\s*{AUXILIARY})",
    re.IGNORECASE,
)
"""A thing, and what goes on after it: "book a room and", "who is the chair and what is"."""
_ITS = re.compile(r"\b(?:it|its|he|him|his|she|hers?|they|them|theirs?)\b", re.IGNORECASE)
_ENDS = re.compile(r"^[\s*_~|`]+|[\s?!.*_~|`]+$")
"""White space, what ends a question, and marks of bold and the like around it."""


def read_follow_up(question: str, before: Sequence[Reading]) -> Reading:
    """The question as it stands alone: with what the one before was about, if it needs that.

    `before` holds the earlier questions as they were read, oldest first. A part of a question ("and
    Nokia?") takes the place of what is like it in the question before. A question that points back
    ("it", "who else") or names nothing ("when?") is read with that question as its topic. "How many
    died?" and "can staff bring their dogs?" may be read so or alone; "when is the next meeting?"
    alone, and else so. Any other is returned as it is, since a complete question is never bent by
    what came before, and so is one that is too long to be asked.
    """
    if not before or len(question) > MAX_QUESTION:
        return Reading(question)
    said = _TALK.sub("", question).strip()
    meant = _MEANT.sub("?", _CORRECTS.sub("", said))
    asks = _ASKS.match(meant) and meant != said
    said, alone = (meant, Reading(meant)) if asks else (said, Reading(question))
    own, last = _without_lead(meant), before[-1]
    own = _named_by_it(own, last.question) or own
    if _ABOUT.match(own) or not _ASKS.match(own):
        return _read_part(said, own, last) or alone
    following = _after(own, last)
    if following == Reading(own):
        return alone
    points, quotes = _points_back(own), bool(_QUOTED.search(own))
    if not _own(own) or (points and not quotes):
        return replace(following, otherwise=alone if _own(own) and _names_it(own) else None)
    if not points and (len(_own(own)) > 2 or _says_all(own)):
        return alone
    first, other = (
        (following, alone) if not quotes and (own != said or _elliptic(own)) else (alone, following)
    )
    return replace(first, otherwise=other)


def _read_part(said: str, own: str, last: Reading) -> Reading | None:
    """A part, in the place of what is like it, or else beside what was asked before."""
    about = _ABOUT.match(own)
    part = _TOO.sub("", _ENDS.sub("", own[about.end() :] if about else own))
    one = _ONE.fullmatch(part)
    part = one[1] if one and _is_named(one[1]) else part
    points, few = bool(_POINTS_BACK.search(part)), _count(part)
    goes_on = own != said or about or points or (few < 3 and _PREPOSITION.match(own))
    if (
        len(telling(part)) > 4
        or _WH.search(part)
        or not (goes_on or (few < 3 and own.endswith("?")))
    ):
        return None
    other = None if goes_on and not (about and few) else Reading(said)
    put = () if points or not few else _put(part, last)
    if put:
        # Nothing but a name, put where another was, asks that of it, and not what is told of it.
        other = None if _is_named(part) else other
        return replace(put[0], otherwise=put[1] if len(put) > 1 else other)
    read = _after(own if points or not few else _asking(part, own, last), last)
    return replace(read, otherwise=other) if read.topic else None


def _count(part: str) -> int:
    """How many of its words tell something: "above 2,000 euros" has two."""
    return sum(bool(telling(word)) for word in _PREPOSITION.sub("", part, count=1).split())


def _put(part: str, last: Reading) -> list[Reading]:
    """What was asked last with a part in the place of what is like it there, or in its topic.

    There it takes the place of what all goes back to; what was asked between is kept if it points
    back to that: "(who will succeed her; who leads Valdane)". If that was asked of one thing, it
    takes the place of "it": "when was the crane ordered?".
    """
    between, _, first = last.topic.rpartition("; ")
    if named := _in_place_of_it(part, last.question, first):
        return [Reading(named)]
    kept = f"{between}; " if _POINTS_BACK.search(between) else ""
    return (
        [Reading(one, last.topic) for one in instead(part, last.question)]
        or [Reading(last.question, kept + one) for one in instead(part, first)]
        or [Reading(last.question, one) for one in instead(part, last.topic)]
    )


def _in_place_of_it(part: str, question: str, first: str) -> str | None:
    thing = _THING.match(part) or _is_named(part)
    if thing and len(_IT.findall(question)) == 1 and asks_of_one(first) and instead(part, first):
        return _IT.sub(lambda _: part, question)
    return None


def _asking(part: str, own: str, last: Reading) -> str:
    """A part with what was asked last before it: "how much for hotels?"."""
    if _ABOUT.match(last.question):
        return f"what about {part}?"
    asked = _ASKED.match(last.question)
    if asked is None:
        return own
    by = _PREPOSITION.match(part) or asked.group().endswith("for")
    return f"{asked.group().strip()} {'' if by else 'for '}{part}?"


def _after(own: str, last: Reading) -> Reading:
    """A question after the last: what that asked, and what it was about, if it needed that itself.

    Of a longer conversation only the last question and the one that it goes back to are kept. One
    that is asked again is not about itself.
    """
    said = _ENDS.sub("", last.question).split()
    again = telling(own) == telling(last.question)
    asked = " ".join(said[:MAX_TOPIC]) if _own(last.question) and not again else ""
    first = last.topic.rpartition("; ")[2]
    return Reading(own, "; ".join(filter(None, (asked, first))))


def _points_back(own: str) -> bool:
    """Whether it has a word for what was named before, other than in what it quotes."""
    pointing = _POINTS_BACK.search(_QUOTED.sub("", own))
    named = [name for name in names_in(own) if not _TIME.fullmatch(name.group())]
    return bool(pointing) and len(telling(own)) < 4 and not named


def _names_it(own: str) -> bool:
    """Whether what it points back to may stand in itself: "can employees bring their dogs?"."""
    for subject in _WHO_DOES.finditer(own):
        many = bool(_MANY.fullmatch(subject["who"]))
        its = f"{_THEIR}|{_HIS}" if subject["one"] else r"\bits\b" if subject["the"] else _THEIR
        if telling(subject["who"]) and (subject["one"] or subject["the"] or many):
            rest = re.sub(its, "", own[subject.end() :], flags=re.IGNORECASE)
            own = own[: subject.end()] + rest
            break
    if thing := _AND.search(own):
        own = own[: thing.end()] + _ITS.sub("", own[thing.end() :])
    return not _POINTS_BACK.search(own)


def _says_all(own: str) -> bool:
    """Whether a question has a name, a number or quoted words: what makes it one of its own."""
    return bool(names_in(own) or exact(own) or _QUOTED.search(own))


def _elliptic(own: str) -> bool:
    """Whether it asks how many or which of one thing, and no more: "how many died?"."""
    rest = _ASKED.sub("", own, count=1)
    return bool(_OF_WHAT.match(own)) and len(telling(rest)) < 2 and not _AUXILIARY.search(rest)


def _own(question: str) -> list[str]:
    """The telling words of a question but for those that ask."""
    return telling(_ASKED.sub("", question, count=1))


def _without_lead(question: str) -> str:
    """Without "and" before it, if it says more."""
    lead = _LEAD.match(question)
    rest = question[lead.end() :] if lead else question
    return rest if _ENDS.sub("", rest) else question


def _named_by_it(own: str, last: str) -> str | None:
    """What is named, if the last question is asked of that with its first word: "does Bergen?"."""
    asks, before = _AUXILIARY.match(own), _AUXILIARY.match(last)
    rest = own[asks.end() :] if asks else ""
    again = asks and before and asks.group().lower() == before.group().lower()
    return rest.strip() if again and _is_named(_ENDS.sub("", rest)) else None


def _is_named(part: str) -> bool:
    """Whether a part of a question is nothing but names."""
    words = telling(part)
    return bool(words) and words == telling(" ".join(m.group() for m in names_in(f"a {part}")))
