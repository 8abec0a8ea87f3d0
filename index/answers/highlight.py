"""The words of a quote that answer. Pure; all spans are the document's."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from index.answers.cells import asked_cell, within_cell
from index.answers.changed import former, without
from index.answers.said import Said, overlap
from index.answers.times import may_be
from index.dates import times
from index.questions.question import PARTICLE, SHORTENED, Asks, names_in
from index.types import Span
from index.words.amounts import UNIT_NAMES
from index.words.capitals import in_capitals
from index.words.figures import AT_A_TIME
from index.words.lexical import is_number, telling
from index.words.numbers import CURRENCIES

_SCALE = re.compile(
    r"\s(?:hundred|thousand|million|billion|trillion|bn|bln|mn|mln|per\s?cent|percentage points)\b",
    re.IGNORECASE,
)
_NAMED = "|".join(sorted({*UNIT_NAMES, "night", "degree"} - {"t"})).replace("tre", "t(?:re|er)")
_UNIT = re.compile(
    r"(?:[^\S\n]|-)?(?:(?:working|calendar|business|full|school)[^\S\n])?"
    rf"(?:(?:{_NAMED})(?:e?s)?['’]?|m?s|[kmµμ]?g|[kcmµμn]?m[²2³3]?|ha|(?-i:[pt])|pence"
    r"|[cdmµμ]?l|[kmgt]i?b|[kmg]?hz|[km]?[vw]|kwh|rpm|mph|°[^\S\n]?[cf]|px)(?![\w'’])",
    re.IGNORECASE,
)
"""What a number may be of."""
_NUMBERED = re.compile(
    r"(?:^[\s#>*_]*\(?|\b(?:art|article|chapter|class|clause|floor|hall|item|line|no|page|para"
    r"|paragraph|room|rule|section|step|version|year)\.?\s|§+\s?|#)$",
    re.IGNORECASE,
)
"""What is before the number of a clause, of a room and the like, at the start of a line too."""
_OF_CLAUSE = re.compile(r"[.)](?!\d)|(?<=\d\.\d)\s(?=[A-Z][a-z])|(?<=\.\d\d)\s(?=[A-Z][a-z])")
_CODED = re.compile(rf"(?!(?:{'|'.join(map(re.escape, sorted(CURRENCIES)))})\d)[^\W\d_]")
_SHARE = re.compile(r"\bper\s?cent(?:age)?\b", re.IGNORECASE)
_SHARES = ("%", "percent", "per cent", "percentage points")
SHORT = 6
"""Words that an amount has at most with what it is an amount of."""
NEAR = 200
"""Code points beside what is said that are looked at for its lines."""
_TIME = re.compile(
    rf"{AT_A_TIME}|\b(?:\d{{1,2}}:\d\d|[ap]\.?m|(?:minute|hour|day|week|month|quarter|year)s?|seconds"
    r"|(?:a|one|per) second)\b",
    re.IGNORECASE,
)
"""A time of the day or how long; "the second floor" is neither, nor is 8.13.2."""
_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d){1,2}\b|\b\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow\s+many\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow\s+(?:many|much)\b", re.IGNORECASE)
_STOP = re.compile(r"[\s,;:*`]+$|(?<!\.[^\W\d])(?<![\s.])\.$")
"""What ends a clause or sentence; a stop after another is of the word ("a.m.")."""
_OPENING = re.compile(r"[\s*`]*(?:[(\[](?![^()\[\]]*[)\]]))?")
"""What may stand before the first word: marks of emphasis, a bracket that is not closed."""
_WHOLE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?]"
    r"|(?<![\w.,])(?:\+\d|\(?0\d)\d*(?:[ /()\u00a0-]{1,2}\d+)+|\w+\([^\s()]{0,20}\)"
)
"""What is no more than one word, whatever stands in it: an address, a telephone number, scp(1)."""
_RUN = re.compile(r"[^\s()\[\]{}<>\"'`“”‘’«»,;|*]+")
_CODE = re.compile(r"\\\w|[^\W_]_[^\W_]|\w[=+]\w|\$[A-Za-z]|~/|^\.{0,2}/\w|/[^/]+/")
"""What only paths, settings, variables and versions have: /etc/hosts, MAX_AGE, 1.2+deb12."""
_TICKED = re.compile(r"`([^`\n]{1,80})`")
_PAIRS = (("**", "**"), ("(", ")"), ("[", "]"), ("`", "`"), ('"', '"'), ("“", "”"))
_NAME_GAP = re.compile(rf"\s(?:&\s|(?:(?:of|the|{PARTICLE})\s){{0,2}}(?:d['’]|al-)?)")
_CALENDAR = re.compile(
    r"AM|PM|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?|January|February|April|June|July"
    r"|August|September|October|November|December"
)
"""Names, but of no person: in a rota's row no date can be made of them."""

_Kind = Callable[[Said], tuple[Span, ...]]


def highlight(
    said: Said, time: Span | None, likely: Span | None, *, best: Span | None = None
) -> tuple[Span, ...]:
    """The words of what is said that answer; none rather than a guess.

    time: those that tell when, to a question that asks it. likely: those that the reader takes for
    the answer, if it is sure enough. To "did it ..." their clause is marked: a figure or a name
    alone is no yes or no. To "how much" and "who", the amounts or the names (new to the question)
    in those, or else in the clause nearest to its words, or else in all. They are marked themselves
    to a "who" if they have no name, to a "when" without a date if they tell a time or how long ("at
    07:00", "within 14 days"), and where nothing of these kinds is asked for. best: the part of the
    span that answers best, which goes before the rest. Of the row of a table one cell is marked:
    that under the head which the question names, if there is one.
    """
    asks, row = said.question.asks, said.part(best or said.span)
    if asks == "date" and time:
        return (within_cell(said.text, time),)
    cell = None if asks == "whether" else asked_cell(row)
    marked = (cell,) if cell else _marked(said, likely, row)
    return tuple(within_cell(said.text, at, figures=asks == "amount") for at in marked)


def _marked(said: Said, likely: Span | None, best: Said) -> tuple[Span, ...]:
    """The words that answer, not yet kept to one cell; likely: what the reader takes for them."""
    asks, words = said.question.asks, None if likely is None else _whole(said, likely)
    words = words and without(said, words)
    words = words if words and _answers(said, words) else None
    if asks == "whether":
        return _clause_of(best, words) if words else ()
    if of := _KINDS.get(asks):
        return _of_a_kind(of, said, best, words)
    timed = words and _TIME.search(said.text, words.start, words.end) and may_be(said, words)
    return (words,) if words and (asks != "date" or timed) else ()


def _answers(said: Said, words: Span) -> bool:
    """Whether words are more than those of the question, and than "it", "we" and the like."""
    return bool(telling(said.words(words))) and not said.is_asked(words)


def _of_a_kind(of: _Kind, said: Said, best: Said, words: Span | None) -> tuple[Span, ...]:
    """What of a kind answers; words: what the reader takes for the answer. An amount is marked with
    what it is an amount of, if the reader takes that along: "45 minutes", "4,600 signatures"."""
    if words:
        inside = [at for at in of(best) if overlap(at, words)]
        short = len(said.words(words).split()) <= SHORT
        if inside and of is _amounts and short:
            start, end = min(words.start, inside[0].start), max(words.end, inside[-1].end)
            return (Span(start, end),)
        if inside or (of is names and not _only_days(said.words(words))):
            return tuple(inside) or (words,)
    return _nearest(of, best) or _nearest(of, said)


def _only_days(text: str) -> bool:
    """Whether there is no word but names of days and months: "Mon–Wed" is nobody."""
    return not re.search(r"[^\W\d_]", _CALENDAR.sub("", text))


def _clause_of(said: Said, words: Span) -> tuple[Span, ...]:
    """Of the clauses that have some of the words the one nearest to the question's; none where that
    has none of these: "since 3 May 2020" alone is no yes."""
    held = [one for one in said.clauses if overlap(one, words)]
    near = max(held, key=lambda one: (said.shared(one), -one.start), default=None)
    return (_whole(said, near),) if near and said.shared(near) else ()


def is_hour(words: str) -> bool:
    """Whether words tell a time of day and nothing more: "at 14:05", "from 9am to 3 p.m."."""
    return bool(_CLOCK.search(words)) and not re.search(r"\d|[^\W_]{5}", _CLOCK.sub("", words))


def _whole(said: Said, part: Span) -> Span:
    """A part with all of the words and amounts that it has a piece of, and without the stop or
    comma after them."""
    text, span = said.text, said.span
    own = (at for _, at in said.tokens())
    whole = (Span(*match.span()) for match in _WHOLE.finditer(text, span.start, span.end))
    cut = [at for at in (*own, *whole, *_codes(text, span)) if overlap(at, part)]
    start = min([part.start, *(at.start for at in cut)])
    end = max([part.end, *(at.end for at in cut)])
    end = start + len(_STOP.sub("", text[start:end]))
    opening = _OPENING.match(text, start, end)
    return _paired(text, span, Span(opening.end() if opening else start, end))


def _codes(text: str, span: Span) -> Iterator[Span]:
    """The paths, settings, variables and versions in text[span], without the stop after them, and
    what is between backticks."""
    for code in _TICKED.finditer(text, span.start, span.end):
        yield Span(*code.span(1))
    for run in _RUN.finditer(text, span.start, span.end):
        if _CODE.search(run.group()):
            yield Span(run.start(), run.start() + len(run.group().rstrip(".:!?")))


def _paired(text: str, span: Span, part: Span) -> Span:
    """With the bracket or quotation mark right beside it that belongs to one within."""
    start, end = part.start, part.end
    for left, right in _PAIRS:
        words = text[start:end]
        opened = words.count(left) % 2 if left == right else words.count(left) - words.count(right)
        before = text.startswith(left, max(span.start, start - len(left)), start)
        after = text.startswith(right, end, span.end)
        both = left == right and left in words and not opened and before and after
        if after and (opened > 0 or both):
            end += len(right)
        if before and (opened < 0 or both or (opened > 0 and left == right and not after)):
            start -= len(left)
    return Span(start, end)


def _nearest(of: _Kind, said: Said) -> tuple[Span, ...]:
    """What the clause nearest to the question's words has of a kind, else what all of it has."""
    return of(said.part(said.best_clause())) or of(said)


def _amounts(said: Said) -> tuple[Span, ...]:
    """Numbers with their sign and scale, dates left out: `$11 billion`, `15%`; no code such as A3,
    and to "what percentage" only those that are one, if there is any other."""
    question, text, span = said.question, said.text, said.span
    numbers = [at for t, at in said.tokens() if is_number(t) and t not in question.terms]
    dates = [*times(text, start=span.start, end=span.end)] if numbers else []
    if _COUNTED.search(question.text):
        dates += [Span(*match.span()) for match in _CLOCK.finditer(text, span.start, span.end)]
    found: list[Span] = []
    for place in numbers:
        if _inside(place, dates) or _numbers(text, place):
            continue
        scale = _SCALE.match(text, place.end, span.end) or _UNIT.match(text, place.end, span.end)
        place = Span(place.start, scale.end() if scale else place.end)
        if not found or found[-1].end <= place.start:
            found.append(place)
    past = former(said) if len(found) > 1 else []
    found = [at for at in found if not _inside(at, past)] or found
    codes = {at.start for t, at in said.tokens() if is_number(t) and _CODED.match(t)}
    money = {at.start for t, at in said.tokens() if not is_number(t)}
    counts = [at for at in found if at.start not in codes]
    # "R500" may be a price, if nothing else is one.
    if _HOW_MANY.search(question.text) or any(at.start in money for at in counts):
        found = counts or found
    shares = [at for at in found if text[at.start : at.end].endswith(_SHARES)]
    return tuple(shares if shares and _SHARE.search(question.text) else found)


def _numbers(text: str, place: Span) -> bool:
    """Whether a figure is the number of a clause, a room or the like: "3.1 The rent", "Year 4"."""
    before = text[max(text.rfind("\n", 0, place.start) + 1, place.start - 20) : place.start]
    named = _NUMBERED.search(before)
    opens = named and not named.group().strip("#>*_ \t(")
    figure = text[place.start].isdigit()
    return bool(figure and named and (not opens or _OF_CLAUSE.match(text, place.end)))


def _inside(place: Span, others: Sequence[Span]) -> bool:
    return any(at.start <= place.start and place.end <= at.end for at in others)


def names(said: Said) -> tuple[Span, ...]:
    """Runs of capitalised words, whole names, that are no date and not in the question; none in
    lines that are all in capitals."""
    text, span = said.text, said.span
    runs: list[Span] = []
    capitalised = names_in(text, start=span.start, end=span.end)
    if not capitalised or in_capitals(_lines(said)):
        return ()
    dates = times(text, start=span.start, end=span.end)
    for match in capitalised:
        if _inside(Span(match.start(), match.end()), dates) or _CALENDAR.fullmatch(match.group()):
            continue
        gap = text[runs[-1].end : match.start()] if runs else ""
        if runs and SHORTENED.search(text[runs[-1].start : runs[-1].end]):
            gap = gap.removeprefix(".")
        if runs and gap and _NAME_GAP.fullmatch(gap):
            runs[-1] = Span(runs[-1].start, match.end())
        else:
            runs.append(Span(match.start(), match.end()))
    return tuple(run for run in runs if not said.is_asked(run))


def _lines(said: Said) -> str:
    """The lines in which something is said, as far as they are near."""
    text, span = said.text, said.span
    first, last = max(0, span.start - NEAR), span.end + NEAR
    start, end = text.rfind("\n", first, span.start) + 1, text.find("\n", span.end, last)
    return text[start or first : end if end >= 0 else last]


_KINDS: Mapping[Asks, _Kind] = {"amount": _amounts, "person": names}
"""What answers of a kind, in the words themselves."""
