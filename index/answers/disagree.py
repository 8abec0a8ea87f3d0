"""Quotes of different dates that say different things of the same: the newest first."""

import re
from collections.abc import Sequence

import numpy as np

from index.answers.features import Candidates
from index.answers.highlight import SHORT, is_hour, names
from index.answers.off import Thing, is_off, names_off, things_off
from index.answers.said import Said
from index.answers.when import date_at, tells_when
from index.dates import recurring
from index.questions.question import SHORTENED, Question
from index.storage.corpus import Corpus
from index.types import Quote, Span
from index.words.amounts import Amount, agree, amounts, is_time
from index.words.lexical import STOP_STEMS, STOP_WORDS, content, distinct, is_number, tokens

_HOUR = re.compile(r"\d{1,2}[:h]\d\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_CASE = re.compile(r"\b(for|per)\s([\w'’-]+(?:\s[\w'’-]+){0,2})", re.IGNORECASE)
"""Whom or what something is said of alone: "for adults", "per child"."""

_WHOLE = frozenset(
    tokens(
        "date edition event holding idea introduction launch opening plan project proposal start"
    )
)
"""What is a thing of another and stands for all of it: "the plans for the fair"."""


def called_off(found: Candidates, corpus: Corpus) -> Candidates | None:
    """Those of the candidates that say of something that it is off; None where none do."""
    off = [is_off(corpus.text(number)) for number in found.sentences.tolist()]
    return found.only(np.array(off, np.bool_)) if any(off) else None


def newest_first(
    question: Question, quotes: Sequence[Quote], off: Sequence[Quote], corpus: Corpus
) -> tuple[tuple[Quote, ...], bool]:
    """The quotes, and whether some of different dates give different answers.

    That can be told where a date, an amount or a person is asked for, or is what answers: the best
    quote and another hold the same words of the question, and what is highlighted in them is not
    the same. And where one of `off`, which may be quoted or not, says of what the best one tells of
    that it is off since. These then come first, the newest of them foremost.
    """
    if not quotes:
        return (), False
    best, *others = quotes
    since = [one for one in off if _is_since(question, best, one, corpus)]
    newest = max(since, key=lambda q: q.dates_from or "", default=None)
    told = next((one for one in others if newest and _overlap(one, newest)), newest)
    against = [one for one in others if one == told or _contradicts(question, best, one, corpus)]
    against += [told] if told and told not in against else []
    if not against:
        return tuple(quotes), False
    rest = [one for one in others if one not in against]
    alike = [one for one in rest if _agrees(question, best, one, corpus)]
    last = max(one.dates_from or "" for one in (best, *against))
    tells = [one for one in rest if _tells(question, one, corpus)]
    newer = [one for one in tells if _is_newer(question, best, one, last)]
    others = [one for one in rest if one not in alike and one not in newer]
    tell = [best, *against, *(one for one in rest if one not in others)]
    return (*sorted(tell, key=lambda q: q.dates_from or "", reverse=True), *others), True


def _tells(question: Question, quote: Quote, corpus: Corpus) -> bool:
    """Whether a quote answers at all, be it by its own date."""
    return bool(quote.highlight) or tells_when(question, quote, corpus) is not None


def _is_newer(question: Question, best: Quote, other: Quote, last: str) -> bool:
    """Whether the other is of the same, whatever it says, and newer than all that tell of it."""
    return (other.dates_from or "") > last and _is_of_the_same(question, best, other)


def _is_since(question: Question, best: Quote, other: Quote, corpus: Corpus) -> bool:
    """Whether the other, which is newer, says that it is off, and neither best nor question do.

    Not where it names who is asked for again: what is off is then something else.
    """
    newer = (other.dates_from or "") > (best.dates_from or "") > ""
    told = names_off(best.text) or names_off(question.text)
    if not newer or told or not _is_of_the_same(question, best, other):
        return False
    if not any(_is_asked_for(question, thing) for thing in things_off(other.text)):
        return False
    return question.asks != "person" or _agrees(question, best, other, corpus) is not True


def _is_asked_for(question: Question, thing: Thing) -> bool:
    """Whether what is off may be what is asked about, and is not told to be a thing of that: "the
    raffle of the fair", "the fair's raffle"."""
    names, beside = (set(tokens(" ".join(words))) for words in thing)
    asked = set(question.terms).difference(STOP_STEMS)
    return bool(names & (asked | _WHOLE)) or not beside & asked


def _overlap(one: Quote, other: Quote) -> bool:
    meet = one.span.start < other.span.end and other.span.start < one.span.end
    return one.source == other.source and meet


def _contradicts(question: Question, best: Quote, other: Quote, corpus: Corpus) -> bool:
    """Whether the other, of another date, says something else of the same."""
    other_date = best.dates_from != other.dates_from
    return other_date and _agrees(question, best, other, corpus) is False


def _agrees(question: Question, best: Quote, other: Quote, corpus: Corpus) -> bool | None:
    """Whether two dated quotes may say the same of the same; None where they cannot be compared."""
    if None in (best.dates_from, other.dates_from) or not _is_of_the_same(question, best, other):
        return None
    if question.asks not in ("date", "person"):
        return agree(_amounts(question, best), _amounts(question, other))
    said, says = (_values(question, one, corpus) for one in (best, other))
    if question.asks == "date" and not said | says:
        if not best.highlight and not other.highlight and best.dates_from != other.dates_from:
            return agree(*(amounts(one.text, Span(0, len(one.text))) for one in (best, other)))
        return _at_one_hour(best, other)
    return _agree(question, said, says) if said and says else None


def _at_one_hour(best: Quote, other: Quote) -> bool | None:
    """Whether two quotes tell one time of day; None where either tells none, or more, or they tell
    it of other days."""
    said, says = (_hour(one) for one in (best, other))
    days = {tuple(best.text[at.start : at.end] for at in recurring(best.text))}
    days.add(tuple(other.text[at.start : at.end] for at in recurring(other.text)))
    if not said or not says or len(days) > 1:
        return None
    return said[-1] in says or says[-1] in said


def _hour(quote: Quote) -> list[str]:
    """The tokens of the time of day that is highlighted, the surest last."""
    found = [tokens(words) for words in _marked(quote) if is_hour(words)]
    hours = [[t for t in some if _HOUR.fullmatch(t)] for some in found]
    return hours[0] if len(hours) == 1 and len(hours[0]) == len(("5:00", "17h00")) else []


def _is_of_the_same(question: Question, best: Quote, other: Quote) -> bool:
    """Whether the other has all the words of the question that the best one has, if those are more
    than half of what the question tells; and neither their titles nor they tell of two things, nor
    are they of two years of which the question names one."""
    asked = set(question.terms).difference(STOP_STEMS)
    shared = asked & distinct(best.text)
    same = 2 * len(shared) > len(asked) and shared <= distinct(
        other.text if other.source == best.source else _titled(other)
    )
    two = _of_two_things(question, best.title or "", other.title or "")
    years = {(quote.dates_from or "")[:4] for quote in (best, other)}
    two = two or (len(years) > 1 and not years.isdisjoint(question.exact))
    return same and not two and not _of_two_cases(best.text, other.text)


def _of_two_things(question: Question, title: str, other: str) -> bool:
    """Whether two titles are alike but for what they name: "Rules of the Berlin office" and "Rules
    of the Madrid office" are rules of two things. A title all in capitals names nothing so."""
    shared = distinct(title) & distinct(other) - STOP_STEMS
    named, also = (_named(question, one) for one in (title, other))
    return bool(shared and named - distinct(other) and also - distinct(title))


def _of_two_cases(text: str, other: str) -> bool:
    """Whether each of two texts is about a case that the other does not name: "£5 for adults" and
    "£3 for children". How long something is for is no case."""
    one, another = (_cases(said) for said in (text, other))
    return bool(one - another and another - one)


def _cases(text: str) -> set[str]:
    found = ((case[1].lower(), t) for case in _CASE.finditer(text) for t in tokens(case[2]))
    return {
        token
        for word, token in found
        if not (token in STOP_STEMS or is_number(token) or (word == "for" and is_time(token)))
    }


def _named(question: Question, title: str) -> set[str]:
    """The tokens of what a title names."""
    small = any(w[0].islower() for w in _LETTERS.findall(title) if w.lower() not in STOP_WORDS)
    runs = names(Said(question, title, Span(0, len(title)))) if small else ()
    return {token for at in runs for token in content(title[at.start : at.end]) if len(token) > 1}


def _titled(quote: Quote) -> str:
    return f"{quote.title or ''}\n{quote.text}"


def _values(question: Question, quote: Quote, corpus: Corpus) -> set[str]:
    """What is highlighted in a quote: dates, ISO, or the telling words of who it is."""
    if question.asks == "date":
        dates = (date_at(quote, place, corpus) for place in quote.highlight)
        return {one.date for one in dates if one}
    return {token for words in _marked(quote) for token in content(_without_titles(words))}


def _amounts(question: Question, quote: Quote) -> tuple[Amount, ...]:
    """The amounts and other numbers of what is highlighted, if that is little more than these; none
    of what is marked for a yes or no."""
    if question.asks == "whether":
        return ()
    if question.asks != "amount" and sum(len(words.split()) for words in _marked(quote)) > SHORT:
        return ()
    start = quote.span.start
    places = (Span(at.start - start, at.end - start) for at in quote.highlight)
    return tuple(one for place in places for one in amounts(quote.text, place))


def _marked(quote: Quote) -> list[str]:
    start = quote.span.start
    return [quote.text[at.start - start : at.end - start] for at in quote.highlight]


def _without_titles(name: str) -> str:
    """A name without its initials, "Mr" and "Dr", which others may write otherwise."""
    return " ".join(word for word in name.split() if not SHORTENED.fullmatch(word))


def _agree(question: Question, said: set[str], says: set[str]) -> bool:
    """Whether two answers may be the same: a day and its month, "Mrs Berg" and "Anna Berg"."""
    if question.asks == "date":
        return any(one.startswith(other) or other.startswith(one) for one in said for other in says)
    return said <= says or says <= said
