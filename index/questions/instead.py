"""A part of a question, put in the place of what is like it in the question before. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from index.questions.question import PREPOSITION, names_in
from index.words.lexical import STOP_WORDS, is_number, telling, tokens

_WORD = re.compile(r"[$€£¥₹]?[^\W_](?:[^\s,;:?!()\"“”]*\w)?%?")
_PREPOSITION = re.compile(PREPOSITION)
_ARTICLE = re.compile(r"(?:the|an?|our|my|your|their)(?=\s|$)")
_IN = {"during", "for", "in", "of"}
_LIMITS = {"above", "below", "over", "under"}
_SIGN = re.compile(r"[%$€£¥₹]|^(?:19|20)\d\d$")
_DOES = re.compile(r"do|does|did|will|would|can|could|must|should|may|might")
_IS = re.compile(r"is|are|was|were")
_DONE = re.compile(
    r"\w+ed|available|born|built|closed|cut|due|free|found|given|held|kept|left|lost|made|met|paid"
    r"|put|sent|set|shut|sold|spent|taken|told|won|written"
)
"""A participle, as far as its form shows one, and what else is said of a thing: "due"."""
_BEGINS_OR_ENDS = re.compile(
    r"arrive|begin|close|come|depart|end|expire|finish|go|leave|open|reopen|resume|return|start|stop"
)
"""What things do at some time: of a course is asked when it starts, and then when it ends."""


class _Words:
    """A text, where its words are, what kind each is, and the runs of those that are not small.

    Kinds: "name"; of a number its sign, or "year"; "small", a stop word or a preposition; "word",
    any other.
    """

    def __init__(self, text: str, *, inside: bool = False) -> None:
        """inside: it stands in a sentence, where a capital says something of its first word."""
        self.text, self.at = text, [match.span() for match in _WORD.finditer(text)]
        lead = "a " if inside else ""
        self.names = {match.start() - len(lead) for match in names_in(lead + text)}
        self.kinds = [self._kind(n) for n in range(len(self.at))]
        self.runs = list(self._runs())

    def __getitem__(self, n: int) -> str:
        return self.text[slice(*self.at[n])]

    def __len__(self) -> int:
        return len(self.at)

    def lower(self, n: int) -> str:
        return self[n].lower() if 0 <= n < len(self) else ""

    def cut(self, some: range) -> str:
        return self.text[self.at[some[0]][0] : self.at[some[-1]][1]] if some else ""

    def with_article(self, some: range) -> range:
        before = some.start - 1
        return range(before, some.stop) if _ARTICLE.fullmatch(self.lower(before)) else some

    def put(self, new: str, old: range) -> str:
        """The text with other words in the place of some, and of their article if it is theirs: not
        in "the Oslo office"."""
        theirs = self.run_at(old[-1]).stop == old.stop or _ARTICLE.match(f"{new} ".lower())
        old = self.with_article(old) if theirs else old
        return self.text[: self.at[old[0]][0]] + new + self.text[self.at[old[-1]][1] :]

    def run_at(self, n: int) -> range:
        return next((run for run in self.runs if n in run), range(0))

    def _kind(self, n: int) -> str:
        word = self[n]
        if any(map(is_number, tokens(word))):
            sign = _SIGN.search(word)
            return "number" if sign is None else "year" if sign.group().isdigit() else sign.group()
        if self.at[n][0] in self.names:
            return "name"
        small = word.lower() in STOP_WORDS or _PREPOSITION.fullmatch(word.lower())
        shout = len(word) > 1 and word.isupper() and not self.text.isupper()  # IT
        return "word" if not small else "name" if shout else "small"

    def _runs(self) -> Iterator[range]:
        start = 0
        for n in range(len(self) + 1):
            inside = n < len(self) and self.kinds[n] != "small"
            apart = inside and n and self.text[self.at[n - 1][1] : self.at[n][0]].strip()
            if n > start and (not inside or apart):
                yield range(start, n)
            if not inside or apart:
                start = n if inside else n + 1


def instead(part: str, question: str) -> tuple[str, ...]:
    """The question with `part` in the place of what is like it there: the two likeliest, in order.

    "For mothers" takes the place of "for fathers", "the new levy" of "the old levy", a name that of
    a name, a year of a year, "the levy" of "the rule". Empty where nothing is like it.
    """
    new, old = _Words(part, inside=True), _Words(question)
    after_for = new if _PREPOSITION.match(part.lower()) else _Words(f"for {part}", inside=True)
    ways = (
        *(_after_preposition(new, old), _before_shared(new, old), _alike(new, old)),
        *(_done(new, old), _asked_about(new, old), _after_preposition(after_for, old)),
    )
    asked = _telling(question)
    for way in ways:
        other = (one for one in dict.fromkeys(way) if _telling(one) != asked)
        if put := tuple(islice(other, 2)):
            return put
    return ()


def _telling(question: str) -> list[str]:
    return telling(question) + [word for word in question.lower().split() if word in _LIMITS]


def asks_of_one(question: str) -> bool:
    """Whether a question names one thing only, whatever it asks of that: "when does the ferry
    leave?", and not "when did the House pass the bill?"."""
    return len(_Words(question).runs) == 1


def _after_preposition(new: _Words, old: _Words) -> Iterator[str]:
    """In the place of what stands after the same preposition: "in 2021", "for fathers"; "above £50"
    in that of "below £50"."""
    by = new.lower(0)
    if len(new) > 1 and _PREPOSITION.fullmatch(by):
        same = {by} | (_LIMITS if by in _LIMITS else set())
        for n in (n for n in range(len(old) - 1) if old.lower(n) in same):
            at = n + 1 + bool(_ARTICLE.fullmatch(old.lower(n + 1)))
            run = old.run_at(at)
            if run and new.kinds[-1] in (old.kinds[at], old.kinds[run[-1]]):
                first = n + (old.lower(n) == by)
                yield old.put(new.cut(range(first - n, len(new))), range(first, run.stop))


def _before_shared(new: _Words, old: _Words) -> Iterator[str]:
    """In the place of what stands before the same word: "the Leeds office", "first class"."""
    last = new.lower(len(new) - 1)
    own = range(1 if _PREPOSITION.fullmatch(new.lower(0)) else 0, len(new) - 1)
    tells = [n for n in own if new.kinds[n] != "small"]
    for n in range(1, len(old)) if tells else ():
        run = range(old.run_at(n).start, n)
        if old.lower(n) == last and run:
            if len(tells) == 1 and new.kinds[tells[0]] == old.kinds[n - 1] not in ("word", "name"):
                yield old.put(new[tells[0]], range(n - 1, n))  # of "an oak panel 20 mm"
                continue
            told = old.with_article(run) != run
            yield old.put(new.cut(own), run if told else run[-len(tells) :])


def _alike(new: _Words, old: _Words) -> Iterator[str]:
    """A name in the place of a name, a number in that of a number of its kind."""
    own = range(1 if _PREPOSITION.fullmatch(new.lower(0)) else 0, len(new))
    kinds = {new.kinds[n] for n in own} - {"small"}
    inner = {new.lower(n) for n in own if _PREPOSITION.fullmatch(new.lower(n))}
    year = kinds == {"year"}
    by = _IN if year else {"for"}
    if len(kinds) != 1 or kinds & {"word"} or inner or (own.start and new.lower(0) not in by):
        return
    alike = ([n for n in run if old.kinds[n] in kinds] for run in old.runs)
    places = [some for numbers in alike for some in _ranges(numbers)]
    if year and own.start:  # not of "since 2021"
        before = [old.lower(some.start - 1) for some in places]
        said = (word in _IN or not _PREPOSITION.fullmatch(word) for word in before)
        places = [some for some, fits in zip(places, said, strict=True) if fits]
    # "Nokia" is like "Huawei", and not like "CEO".
    named = "".join(new[n] for n in own if new.kinds[n] != "small").isupper()
    places.sort(key=lambda some: old.cut(some).isupper() != named)
    yield from (old.put(new.cut(own), some) for some in places)


def _ranges(numbers: Sequence[int]) -> list[range]:
    """Ascending numbers as ranges of those that follow one another."""
    starts = [n for n in numbers if n - 1 not in numbers]
    ends = [n + 1 for n in numbers if n + 1 not in numbers]
    return [range(*pair) for pair in zip(starts, ends, strict=True)]


def _done(new: _Words, old: _Words) -> Iterator[str]:
    """What a thing does, or is done to it, in the place of what it does at the end of a question:
    "when does the course start?", "and end?"; "when was it opened?", "and closed?"."""
    last = len(old) - 1
    if len(new) == 1 and last > 1:
        does = any(_DOES.fullmatch(old.lower(n)) for n in range(2))
        verb = _BEGINS_OR_ENDS if does else _DONE
        if verb.fullmatch(new.lower(0)) and verb.fullmatch(old.lower(last)):
            yield old.put(new[0], range(last, last + 1))


def _asked_about(new: _Words, old: _Words) -> Iterator[str]:
    """A thing in the place of what a question asks about: "who is the CEO of Nokia?", "when was the
    old rule dropped?", "when did the council vote?"."""
    asked = [run for run in old.runs if old.with_article(run) != run and run.start in (3, 4)]
    if len(new) < 2 or not _ARTICLE.fullmatch(new.lower(0)) or not asked:
        return
    run, does = _whole(asked[0], new, old), bool(_DOES.fullmatch(old.lower(asked[0].start - 2)))
    verb = does or bool(_DONE.fullmatch(old.lower(run[-1])))
    if len(run) > verb and (does or _IS.fullmatch(old.lower(run.start - 2))):
        yield old.put(new.text, run[: len(run) - verb])


def _whole(run: range, new: _Words, old: _Words) -> range:
    """A thing with what it is of, if the new one says that too: "the CEO of Nokia"."""
    by = old.lower(run.stop)
    says = _PREPOSITION.fullmatch(by) and by in (new.lower(n) for n in range(len(new)))
    of = old.run_at(run.stop + 1 + bool(_ARTICLE.fullmatch(old.lower(run.stop + 1))))
    return _whole(range(run.start, of.stop), new, old) if says and of else run
