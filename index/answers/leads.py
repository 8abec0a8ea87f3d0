"""What stands above or below a sentence that it cannot be understood without."""

import re
from collections.abc import Set
from typing import Literal

from index.answers.window import above
from index.documents.lines import parts_paragraphs
from index.documents.tabular import is_row
from index.storage.corpus import Corpus
from index.types import Kind, Span
from index.words.lexical import STOP_WORDS, distinct, telling

MAX_QUOTE = 300
"""Code points to which a quote may grow by its neighbours: what a phone shows at once."""
MOST_DENIED = 600
"""Code points of an item with the lead-in that denies it: "sublet the rooms" alone is no answer
where "The tenant shall not" stands above."""
_POINTS_BACK = re.compile(
    r"[\"'“‘«(\[*_]*(?:(?P<person>he|she|his|her)"
    r"|(?:(?:and|but|so|or|after|before|for|in|then),?\s)?"
    r"(?:it|they|this|that|these|those|its|their|both|such))\b"
    r"(?!\s(?:week|weekend|month|quarter|year|time|morning|afternoon|evening|\w*day|season|spring|summer"
    r"|autumn|winter|who)s?\b)",
    re.IGNORECASE,
)
_THIS = re.compile(r"\W*(?:this|these)\s(\w+)", re.IGNORECASE)
_PAGES = distinct("chapter clause document guide handbook manual page section wiki")
_LEFT_OUT = re.compile(
    r"\W*(?:(?!(?ai:as|how|if|than|that|what|when|where|who|why)\b)[\w'’*_-]+,?\s){1,6}"
    r"(?:(?:is|are|was|were|do|does|did|have|has|had|could|may|might|should|would"
    r"|(?<!\ba\s)(?<!\bthe\s)(?:can|must|will))(?:n['’]t|\snot)?|need(?:n['’]t|\snot)|cannot|can['’]t"
    r"|won['’]t)(?:,?\s(?:either|so|too))?\W*"
)
"""What leaves out what is done, which the sentence before says: "Cats are not."."""
MOST_ALONG = 2
"""Sentences that may come before one that cannot be understood without them."""
LABEL = 3
"""Words that a label before a sentence has at most: "Time.", "Opening hours:"."""
_GOES_ON = re.compile(r"[^\S\n]+\S")
_BOLD = re.compile(r"(?P<marks>\*\*|__)(?:(?!(?P=marks)).)+(?P=marks)[.:]?", re.DOTALL)
NOTHING_SAID = 2
"""Words that a label which is no sentence has at most."""
_NUMBERED = re.compile(r"\W*(?:(?:\d{1,3}(?:\.\d{1,3})*|[a-z])[.)]\s+)?\W*", re.IGNORECASE)
"""What may be before the first word of a line: the number of a point."""
_MARKER = re.compile(r"[>\s]*(?:[-*+•·–]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+|\(?[a-z0-9]{1,3}\)\s+)")
_DENIES = re.compile(
    r"\b(?:not|never|nor?|neither|cannot|without|except|unless|avoid|nobody|nothing|exclud\w+"
    r"|forbid\w*|forbidden|prohibit\w*|banned)\b|n['’]t\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_FENCES = ("```", "~~~")
_CLOCK = r"\d\d?[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DAY = r"(?:[\w/.-]{1,12}(?:\s\w{1,12}){0,2},?\s)"
_MESSAGE = re.compile(
    rf"[\[(]?{_DAY}?{_CLOCK}[\])]?\s?(?:-\s)?(?:<[^<>\n]{{1,40}}>|[^\s:<>][^:<>\n]{{0,40}}:)\s"
)
"""What opens a line of a chat: when, and who."""
_SPEAKER = re.compile(
    rf"[\[(]{_DAY}?{_CLOCK}[\])]\s[^\n:]{{1,40}}"
    rf"|[^\W\d][\w.'’ -]{{0,40}}?"
    rf"(?:(?:\s{{2,}}|\t)[\[(]?{_DAY}{{0,2}}|\s[—–-]\s{_DAY}{{1,2}}){_CLOCK}[\])]?"
)
"""A line of a chat that says who speaks below it, and when."""
_TIMED = re.compile(rf"[\[(]?{_CLOCK}")


def understood(number: int, used: set[int], corpus: Corpus) -> range:
    """The sentence, with those before it and the one after that it needs to be understood; empty
    where one of these is quoted already without which it says another thing, or only asks."""
    run = _together(number, corpus, used)
    while run and run.start - 1 not in used and (tie := _needs(run.start, corpus)):
        next_to, longer = (range(run.start - 1, stop) for stop in (run.start + 1, run.stop))
        one = _fits(longer, corpus) and is_one(next_to, corpus, apart=tie == "apart")
        if number - longer.start > MOST_ALONG or not one:
            break
        run = longer
    leads = _leads_on(corpus.text(number)) or _is_label(number, corpus, alone=True)
    after = range(run.start, number + 2)
    if leads and run.stop == number + 1 and is_one(after, corpus, apart=True):
        return after if number + 1 not in used else range(0)
    return run


def is_one(run: range, corpus: Corpus, *, apart: bool = False, headed: bool = False) -> bool:
    """Whether sentences are prose of one document, no rows of a table, short together, and nothing
    is between them; apart: a new paragraph may be, and the first may be a heading that asks.
    headed: it may be any heading."""
    document = corpus.document_of(max(run.start, 0))
    rows = corpus.documents[document].sentences
    if run.start < rows.start or run.stop > rows.end:
        return False
    starts, ends, kinds = corpus.sentences[run.start : run.stop].T.tolist()
    headed = headed or (apart and _leads_on(corpus.text(run.start)))
    told = kinds[headed and kinds[0] == Kind.HEADING :]
    if ends[-1] - starts[0] > MAX_QUOTE or any(kind != Kind.PROSE for kind in told):
        return False
    text = corpus.page(document).text
    if any(is_row(text, Span(*at)) for at in zip(starts, ends, strict=True)):
        return False
    return not any(
        text[a:b].strip() or (parts_paragraphs(text, a, b) and not apart)
        for a, b in zip(ends, starts[1:], strict=False)
    )


def _needs(number: int, corpus: Corpus) -> Literal["", "beside", "apart"]:
    """Whether a sentence is understood only with the one before it, and if so whether also with one
    of the paragraph before ("apart").

    It opens with a word for what that names (a person, if that has a name), or leaves out what that
    says is done, or that is its label or its question.
    """
    if number == 0:
        return ""
    before, said = corpus.text(number - 1), corpus.text(number)
    back = _POINTS_BACK.match(said) if not _means_its_page(number, corpus) else None
    if back and _has_name(before):
        return "apart"
    short = (back and not back["person"]) or _LEFT_OUT.fullmatch(said)
    if short or _is_label(number - 1, corpus):
        return "beside"
    return "apart" if _leads_on(before) else ""


def _means_its_page(number: int, corpus: Corpus) -> bool:
    """Whether a sentence opens with "this" and a word for what it stands in, as the title or a
    heading has it, and the sentence before does not: "This policy was approved"."""
    named = _THIS.match(corpus.text(number))
    if named is None or not (word := frozenset(telling(named[1]))):
        return False
    over = above(corpus.document_of(number), int(corpus.sentences[number, 0]), corpus)
    return word <= (distinct("\n".join(over)) | _PAGES) - distinct(corpus.text(number - 1))


def _has_name(text: str) -> bool:
    """Whether a word has a capital that no small word would have; the first one counts."""
    return any(w[0].isupper() and w.lower() not in STOP_WORDS for w in re.findall(r"\w+", text))


def _is_label(number: int, corpus: Corpus, *, alone: bool = False) -> bool:
    """Whether a sentence is so short, or alone so bold, at the start of a line, that it is the
    label of the next: not what somebody says in a chat.

    alone: that it says nothing without, as "Summer fair." before more on its line.
    """
    said = corpus.text(number)
    bold = _BOLD.fullmatch(said) is not None
    short = len(said.split()) <= (NOTHING_SAID if alone else LABEL)
    if _in_chat(number, corpus) or not (bold or short):
        return False
    text = corpus.page(corpus.document_of(number)).text
    start, end = corpus.sentences[number, :2].tolist()
    goes_on = _GOES_ON.match(text, end)
    line = text.rfind("\n", 0, start) + 1
    return bool(_NUMBERED.fullmatch(text, line, start) and (goes_on or not (alone or bold)))


def _leads_on(text: str) -> bool:
    """Whether what a sentence is about comes after it: it is a question, or ends in a colon."""
    return text.rstrip("\"'”’»)*_ ").endswith(("?", ":"))


def _together(number: int, corpus: Corpus, used: Set[int]) -> range:
    """A sentence with what must stand before it: who speaks in a message, and the lead-in that an
    item of a list ends or that denies it.

    used: what is quoted already. Empty where the lead-in is: alone the item says another thing.
    """
    rows = corpus.documents[corpus.document_of(number)].sentences
    above, alone = range(number - 1, rows.start - 1, -1), range(number, number + 1)
    if (lead := _lead_in(number, above, corpus)) is not None:
        return range(lead, number + 1) if used.isdisjoint(range(lead, number)) else range(0)
    speaker = _message(number, above, corpus)
    whole = alone if speaker is None else range(speaker, number + 1)
    return whole if used.isdisjoint(whole) else alone


def with_list(run: range, corpus: Corpus, used: Set[int]) -> range:
    """Sentences with the list or the code that the last of them leads to, as far as all is short
    together."""
    number, whole = run[-1], run
    text, start, end = _place(number, corpus)
    own = _item(text, _first(text, start))
    below = range(number + 1, corpus.documents[corpus.document_of(number)].sentences.end)
    if not (below and _leads_to(number, below[0], corpus)):
        return run
    for last in below:
        longer, gap = range(run.start, last + 1), Span(end, int(corpus.sentences[last, 0]))
        led = _fits(longer, corpus) and _is_led_to(text, gap, own)
        if last in used or not led or (last > below[0] and _heads_on(last, corpus)):
            break
        whole = longer
    return whole


def _heads_on(number: int, corpus: Corpus) -> bool:
    """Whether a sentence heads what is below it, and no list goes on with it: "5. Termination"."""
    text, start, _ = _place(number, corpus)
    heads = corpus.sentences[number, 2] == Kind.HEADING
    return bool(heads and parts_paragraphs(text, int(corpus.sentences[number - 1, 1]), start))


def _leads_to(number: int, following: int, corpus: Corpus) -> bool:
    """Whether a sentence ends in a colon, or has no end and goes on in small letters below; an item
    of a list only in what is indented deeper."""
    said = corpus.text(number).rstrip("*_ ")
    goes_on = _is_unfinished(number, corpus) and corpus.text(following)[:1].islower()
    text, start, _ = _place(number, corpus)
    own, deep = _item(text, _first(text, start)), _item(text, int(corpus.sentences[following, 0]))
    goes_on = goes_on and (own is None or (deep or 0) > own)
    return said.endswith(":") or (goes_on and not _STOPPED.search(said))


def _in_chat(number: int, corpus: Corpus) -> bool:
    """Whether a sentence opens a line of a chat, with who says it."""
    text, place, end = _place(number, corpus)
    opens = _opens(text, place)
    return opens and bool(_MESSAGE.match(text, place) or _SPEAKER.fullmatch(text, place, end))


def _fits(run: range, corpus: Corpus, most: int = MAX_QUOTE) -> bool:
    """Whether a run of sentences is short enough to be quoted as one."""
    return int(corpus.sentences[run[-1], 1]) - int(corpus.sentences[run[0], 0]) <= most


def _place(number: int, corpus: Corpus) -> tuple[str, int, int]:
    """The text of a sentence's document, and where it starts and ends there."""
    start, end = corpus.sentences[number, :2].tolist()
    return corpus.page(corpus.document_of(number)).text, start, end


def _line(text: str, place: int) -> int:
    """Where the line of a place starts; a document may be one line of megabytes."""
    return text.rfind("\n", 0, place) + 1


def _opens(text: str, place: int) -> bool:
    """Whether nothing but the mark of a heading or an item is before a place in its line."""
    line = _line(text, place)
    if place - line > MAX_QUOTE:
        return False
    return not text[line:place].strip("# \t") or bool(_MARKER.fullmatch(text, line, place))


def _message(number: int, above: range, corpus: Corpus) -> int | None:
    """The sentence that says who speaks in the message of a chat that a sentence goes on."""
    text, start, _ = _place(number, corpus)
    for first in (number, *above):
        place = int(corpus.sentences[first, 0])
        fits = _fits(range(first, number + 1), corpus)
        if not fits or parts_paragraphs(text, place, start):
            return None
        if _in_chat(first, corpus):
            return first if first < number else None
        if _opens(text, place) and _TIMED.match(text, place):
            return None
    return None


def _lead_in(number: int, above: range, corpus: Corpus) -> int | None:
    """The sentence above a list that an item in small letters ends, or that denies the item; where
    that is an item itself, what leads to it."""
    text, start, _ = _place(number, corpus)
    item, found = _item(text, start), None
    for first in above if item is not None else ():
        place = int(corpus.sentences[first, 0])
        other = _item(text, place) if _opens(text, place) else item
        if item is None or not _fits(range(first, number + 1), corpus, MOST_DENIED):
            break
        if other is None or other < item:
            found = first if _leads(first, number, corpus) else found
            item = other
    return found


def _item(text: str, place: int) -> int | None:
    """How far what opens at a place is indented, as the item of a list; None of a paragraph."""
    line = _line(text, place)
    if place - line > MAX_QUOTE:
        return None
    before = text[line:place].expandtabs()
    indent = len(before) - len(before.lstrip())
    if before.strip():
        return indent if _MARKER.fullmatch(text, line, place) else None
    return indent or None


def _first(text: str, place: int) -> int:
    """Where the first words of a line are."""
    line = _line(text, place)
    before = text[line : min(place, line + MAX_QUOTE)]
    marker = _MARKER.match(before)
    return line + (marker.end() if marker else len(before) - len(before.lstrip()))


def _leads(first: int, item: int, corpus: Corpus) -> bool:
    """Whether what stands above a list is so much a part of an item that both are quoted."""
    text, start, _ = _place(item, corpus)
    lead, run = corpus.text(first), range(first, item + 1)
    unmarked = not text[_line(text, start) : start].strip()
    if _STOPPED.search(lead) or (unmarked and not lead.endswith(":")):
        return False
    goes_on = _is_unfinished(first, corpus) and text[start].islower()
    return bool(_DENIES.search(lead)) or (goes_on and _fits(run, corpus))


def _is_unfinished(number: int, corpus: Corpus) -> bool:
    """Whether what has no end is no heading, but the first words of a sentence."""
    text, start, end = _place(number, corpus)
    if text.startswith("#", _line(text, start)):
        return False
    heading = corpus.sentences[number, 2] == Kind.HEADING and _item(text, start) is None
    return not heading or text[end - 1] == ":" or len(text[start:end].split()) >= LABEL


def _is_led_to(text: str, gap: Span, own: int | None) -> bool:
    """Whether what stands after a gap is in the code or the list that opens with the gap.

    own: how far what leads to it is indented, if it is itself an item.
    """
    between = text[gap.start : gap.end]
    if between.lstrip().startswith(_FENCES):
        return sum(line.lstrip().startswith(_FENCES) for line in between.splitlines()) == 1
    item = _item(text, gap.end)
    if item is None:
        return bool(between.strip()) and not _opens(text, gap.end)
    return own is None or item > own
