"""A question as search sees it: checked at the door, and what kind of thing it asks for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.errors import BadQuestion
from index.words.honorifics import HONORIFICS
from index.words.lexical import STOP_WORDS, content, exact, telling, tokens

MAX_QUESTION = 2000
"""Code points. The longest message that Discord carries; the model reads far less of it."""
MAX_SENTENCE = 4000
"""Code points of what can be looked for word for word: two such messages, a long paragraph."""

Asks = Literal["date", "amount", "person", "thing", "whether", "other"]

_WHAT = r"\b(?:what|which)(?:\s+(?:is|was|are|were)\s+the)?\s+(?:\w+\s+)?"
_PATTERNS: Mapping[Asks, str] = {
    "date": rf"\bwhen\b|{_WHAT}(?:date|day|month|year|decade|century)\b",
    "amount": r"\bhow\s+(?:many|much|long|old|far|big|large|tall|high|fast|often)\b"
    rf"|{_WHAT}(?:percent(?:age)?|share|number\s+of|amount|price|cost|age|size|rate|proportion)\b",
    "person": r"\b(?:who|whom|whose)\b",
    "thing": r"\b(?:which|what|where|name)\b",
}
_ASKS = tuple((asks, re.compile(p, re.IGNORECASE)) for asks, p in _PATTERNS.items())
_CAPITALISED = re.compile(r"(?<![\w.])(?:[^\W\d_a-zß-öø-ÿ]\w*(?:['’-]\w+)*)")
SHORTENED = re.compile(rf"\b(?:[A-Z]|{'|'.join(HONORIFICS)})\.?$")
"""An initial or a title, after which a stop ends no name."""
PARTICLE = "de|del|della|di|da|dos|du|van|von|der|den|zu|la|le|bin|ibn"
"""Small words within a name: "Vincent van Gogh"."""
_NAME_GOES_ON = re.compile(rf"\s(?:(?:{PARTICLE})\s){{0,2}}(?:d['’])?")
_UNSEEN = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    r"|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control and direction marks; what a terminal was told by colours, as copied from one."""
_EMOJI = re.compile(r"[\u20e3\u2600-\u27bf\ufe0e\ufe0f\U0001f000-\U0001faff]")
_SUBJECT = (
    r"\s+(?:i|you|he|she|we|they|it|there|this|that|these|those|any\w*|every\w*|some\w*|no\w*"
    r"|the|my|our|your|his|her|its|their|(?-i:[A-Z0-9$£€])[\w%]*)\b"
)
_VERBS = "is|are|was|were|do|does|did|can|could|will|would|should|has|have|had"
AUXILIARY = rf"\b(?:{_VERBS}|may|might|must)\b"
LEAD = r"(?:(?:and|but|so|then|also|ok(?:ay)?|well)\b[\s,]*)"
"""A word before a question that asks nothing; there may be several."""
_OPENS = re.compile(
    rf"{LEAD}*"
    # "What a day", "how nice" and "when I get home" open as exclamations and clauses do.
    r"(?:(?:who|whom|whose|which)\b"
    r"|what\b(?!\s+an?\b)"
    r"|(?:when|where|why)\b(?!\s+(?:i|you|he|she|we|they|it)\b)"
    rf"|how\s+(?:many|much|long|old|far|big|large|tall|high|fast|often|about|come|{_VERBS})\b|how$"
    rf"|(?:{_VERBS}|may|might){_SUBJECT})",
    re.IGNORECASE,
)
PREPOSITION = (
    r"(?:about|above|after|against|at|before|below|between|by|during|for|from|in|into|near|of|on"
    r"|outside|over|per|since|through|till|to|under|until|with|within|without)\b"
)
ASKED = (
    rf"\s*+(?:{PREPOSITION}\s++)?(?:how\s+(?:many|much|long|often|far|old|come)"
    r"|(?:what|which)\s+(?:year|month|day|date|time)"
    r"|who|whom|whose|what|which|when|where|why|how)\b(?:\s+(?:exactly|precisely|by|for|from|to)\b)?"
)
"""What a question asks for: "how many", "in what year", "when exactly". Possessive, so that a long
run of white space is read over once from each of its places, and not many times."""
_NO_TOPIC = re.compile(rf"^{ASKED}\s*(?:{AUXILIARY}\s*)?|^\s*{AUXILIARY}\s*", re.IGNORECASE)
_WAS = re.compile(
    r"\b(?:when|(?:what|which)\s+(?:day|date))\s+(?:was|were|did|had)\b", re.IGNORECASE
)
_TIMES = r"\b(?:when|(?:what|which)\s+(?:days?|dates?|months?|years?))\s+"
_IS = re.compile(rf"{_TIMES}(?:is|are|do|does|will|shall)\b", re.IGNORECASE)
_WILL = re.compile(rf"{_TIMES}(?:will|shall)\b", re.IGNORECASE)
_MAY = re.compile(r"\bwhen\s+(?:may|must|can|should|shall)\b", re.IGNORECASE)
_WHETHER = re.compile(
    rf"\W*{LEAD}*(?:{_VERBS}|may|might|must)(?:n['’]t)?\b"
    # "May 2019" opens with a month, "5% or 10%?" asks for one of them.
    r"(?!\s+\d{4}\b|.*\bor\s(?!not\b)"
    # "Do you know when" asks for a date, as "when" does.
    r"|.*\b(?:ask|check|clear|explain|find|idea|known?|mention(?:ed)?|re(?:call|member|mind)|said|say|see"
    r"|show|state[ds]?|sure|tell|told)\s(?:\w+\s){0,4}?(?:who|whom|whose|what|which|when|where|why"
    r"|how)\b)",
    re.IGNORECASE,
)
_WHEN = re.compile(r"when(?:\s+(?=\w)|\W*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, with what the questions before it were about.

    text: what the reader reads. own: the question alone. terms: the distinct tokens of both that
    carry meaning. background: the terms that only the questions before it have. exact, names: the
    terms of the question alone that are numbers, percentages, amounts and codes, and those of words
    that are written as names. asks: the kind of thing that would answer. keywords: whether it is no
    sentence but words to find. whether: of "when was the rule dropped?" whether it was: "was the
    rule dropped?"; None of any other.
    """

    text: str
    own: str
    terms: tuple[str, ...]
    background: frozenset[str]
    exact: tuple[str, ...]
    names: tuple[str, ...]
    asks: Asks
    keywords: bool
    whether: str | None


def asks_for_a_date(text: str) -> bool:
    """Whether a question asks when something is or was."""
    return _asks(_clean(text)) == "date"


def asks_of_the_past(text: str) -> bool:
    """Whether a question asks when something was, once: a time of day is then that of one day."""
    return bool(_WAS.search(text))


def asks_of_the_present(text: str) -> bool:
    """Whether a question asks when something is, as a rule or next, and not when it was."""
    return bool(_IS.search(text))


def asks_of_the_future(text: str) -> bool:
    """Whether a question asks when something will be."""
    return bool(_WILL.search(text))


def asks_for_a_case(text: str) -> bool:
    """Whether a question asks when something is allowed or due, as rules say, and not when it was:
    no date of a report answers that."""
    return bool(_MAY.search(text))


def read(text: str, *, topic: str = "") -> Question:
    """The question, read; control and direction marks and emoji in it count as spaces.

    topic: what the questions before it were about, in their own words with "; " between, if it
    cannot be understood alone. Raises BadQuestion.
    """
    _refuse_unaskable(text)
    own, before = _clean(text), _about(_clean(topic))
    said = tokens(own)
    if not said:
        raise BadQuestion("the question has no word or number in it; ask in words")
    terms = telling(own)
    background = [t for t in telling(before) if t not in terms]
    if not terms and not background:
        raise BadQuestion("the question does not say what it is about; name it in a word or more")
    return Question(
        text=_after(before, own),
        own=own,
        terms=(*terms, *background),
        background=frozenset(background),
        exact=exact(own),
        names=_names(own, terms),
        asks=_asks(own),
        keywords=not before and len(terms) == len(set(said)),
        whether=_after(before, own[asked.end() :]) or None if (asked := _WHEN.match(own)) else None,
    )


def _refuse_unaskable(text: str) -> None:
    """Raise BadQuestion for what is too long, or empty, whatever it says."""
    if len(text) > MAX_QUESTION:
        raise BadQuestion(
            f"the question has {len(text):,} characters; at most {MAX_QUESTION:,} can be asked"
        )
    if not _visible(text):
        raise BadQuestion(
            'the question is empty; ask something, such as "when was the 10% rule dropped?"'
        )


def _about(topic: str) -> str:
    """The questions before without what they ask for, which the question itself does not ask."""
    return "; ".join(_NO_TOPIC.sub("", one) for one in topic.split("; "))


def _after(topic: str, own: str) -> str:
    """A question with what it is about before it, as the reader takes it best."""
    return f"{topic} - {own}" if topic and own else topic or own


def check_sentence(text: str) -> None:
    """Raise BadQuestion for what cannot be looked for word for word."""
    if len(text) > MAX_SENTENCE:
        raise BadQuestion(
            f"the sentence has {len(text):,} characters; at most {MAX_SENTENCE:,} can be verified"
        )
    if not _visible(text):
        raise BadQuestion("the sentence is empty; give the words to look for")
    if not tokens(text):
        raise BadQuestion("the sentence has no word or number in it; give the words to look for")


def question_key(text: str) -> str:
    """What two askings of one question share: what it asks for and its telling words, in no order.

    Case, stop words, word forms, marks and repetition do not count; numbers do. "" of no words.
    """
    own = _clean(text)
    telling_words = " ".join(sorted(content(own)))
    return f"{_asks(own)}: {telling_words}" if telling_words else ""


def reads_as_question(text: str) -> bool:
    """Whether a message is a question or a follow-up to one, and not only talk.

    It ends with a question mark, or opens as a question does ("who signed", "is the", "and when").
    """
    own = _clean(text)
    if own.endswith(("?", "？", "؟")):
        return bool(tokens(own))
    return bool(_OPENS.match(own)) and not own.endswith("!")


def _visible(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", text).split())


def _clean(text: str) -> str:
    return " ".join(_EMOJI.sub(" ", _visible(text)).split())


def names_in(text: str, *, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
    """The words of text[start:end] that are written as names are, in order.

    A capital says nothing of the first word of a sentence, so that one counts only with another
    name right after it or its "van"; a word that carries no meaning ("We", "The") never does.
    """
    found = [
        match
        for match in _CAPITALISED.finditer(text, start, len(text) if end is None else end)
        if match.group().lower() not in STOP_WORDS
    ]
    after = {match.start() for match in found}
    return [m for m in found if not _opens(text, start, m) or _goes_on(text, m.end()) in after]


def _goes_on(text: str, at: int) -> int:
    """Where the next word of a name would begin that has one before `at`; `at` if none may."""
    gap = _NAME_GOES_ON.match(text, at)
    return gap.end() if gap else at


def _opens(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a word is the first of a sentence, or of what is quoted in it; after an initial or a
    title ("Mrs K. Dunphy") none is."""
    before = text[max(start, match.start() - 12) : match.start()].rstrip()
    opens = not before or before[-1] in "\"'“‘«([*_.!?:"
    return opens and not SHORTENED.search(before)


def _names(text: str, terms: Sequence[str]) -> tuple[str, ...]:
    written = dict.fromkeys(t for m in names_in(text) for t in tokens(m.group()))
    return tuple(t for t in written if t in terms)


def _asks(text: str) -> Asks:
    """Whether something is so, or what the question opens with, else what its last interrogative
    asks for.

    "Who ruled when X fell?" and "In the year when X fell, who ruled?" both ask for a person.
    """
    if _WHETHER.match(text) and len(text.split()) > 2:
        return "whether"
    found = sorted(
        (m.start(), -len(m.group()), asks)
        for asks, pattern in _ASKS
        for m in pattern.finditer(text)
    )
    if not found:
        return "other"
    opens = len(text[: found[0][0]].split()) < 2
    at = found[0][0] if opens else found[-1][0]
    return next(asks for start, _, asks in found if start == at)
