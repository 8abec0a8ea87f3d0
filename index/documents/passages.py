"""Document text -> sentences -> passages, as exact spans. Pure; the text is never changed.

A page is read as blocks (a paragraph, a heading, a list item, a line that stands alone) and each
block as sentences. What is no sentence - a button, a caption, a related headline - stays findable,
but is marked, so that it does not win over a sentence that answers.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from unicodedata import category

from index.documents.blocks import blocks
from index.documents.datelines import after_date, is_byline, is_dateline
from index.documents.lines import as_lines
from index.documents.mails import after_quote_marks, is_header
from index.documents.rows import (
    CLOSERS,
    MARKS,
    NO_WIDTH,
    WIDE_MARKS,
    has_end,
    says_something,
    strip,
)
from index.documents.tabular import LEADERS
from index.types import Kind, Sentence, Span
from index.words.figures import MONTHS
from index.words.honorifics import HONORIFICS

MAX_SENTENCE = 1000
"""Longer runs without an end (a file of one line, a table) are cut at white space: code points."""
MAX_HEADING_WORDS = 12
MAX_FRAGMENT_WORDS = 20
"""A line that has more says something, though it has lost its full stop."""
MAX_PASSAGE = 600
"""A passage takes the next sentence only up to this many code points: the default model reads 256
word pieces, about 1,000 characters, and a longer text would be embedded only in part."""
MAX_PASSAGE_SENTENCES = 3

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# Possessive, and never begun inside a run: a megabyte of full stops is read once, not squared.
_STOP = re.compile(
    rf"(?<![{MARKS}])[{MARKS}]++{CLOSERS}(?=[\s{NO_WIDTH}])|[{WIDE_MARKS}]++[”’」』）]*+"
)
_ORDINAL = re.compile(r"[\s*_]{0,8}(?:(?:\d{1,3}\.)+|[A-Za-z]\d{0,2}\.|[ivxIVX]{2,5}\.)[*_]{0,3}")
_LEADING = re.compile(rf"(?:{LEADERS})$")
_WORD = re.compile(r"[^\W\d_]*")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W_]+\.$")
_OPENERS = "\"'“‘«([*_"

# The place that opens a report, and what follows it: "BOSTON, Mass. – March 3", "Calif. (AP)".
_PLACE = re.compile(r"(?:[^\W\d_a-z][\w'’]*+[.,]?\s?){1,6}")
_AFTER_PLACE = re.compile(r"\s(?:[–—-]|\([A-Z][\w ]{1,20}\))")
# Never the end of a sentence: a name or a number follows.
_TITLES = frozenset(
    (
        *map(str.lower, HONORIFICS),
        *"supt det insp mt ft messrs mme mlle fig figs eq sec vol ch pp p vs v viz cf".split(),
        *"e.g i.e eg ie approx ca al ste".split(),
    )
)
# In capitals alone: "Reps. Omar and Levin", but "10 reps. Rest a minute."
_TITLES_OF_SEVERAL = frozenset("Reps Sens Drs Profs".split())
# The end of a sentence only where a word that opens sentences follows.
_ABBREVIATIONS = frozenset(
    (
        "inc ltd co corp llc plc bros etc jr sr esq dept est ed eds univ assn ave blvd rd a.m "
        "p.m u.s u.k u.n e.u u.s.a d.c b.c a.d ph.d m.d jan feb mar apr jun jul aug sep sept "
        "oct nov dec mon tue tues wed thu thur thurs fri sat sun hr hrs min mins "
        "excl incl encl attn misc qty avg wk wks yr yrs resp pte pty std esp pvt"
    ).split()
)
# The end of a sentence unless a number follows: "No. 5", "ext. 12", "ref. HEAT-4471".
# So is a small letter, a month too: "c. 1150", "b. May 1914".
_BEFORE_NUMBERS = frozenset(
    (
        "no nos nr ref refs tel fax mob ext max para paras art arts reg regs chap ss cl sched abs "
        "tab temp prop op pop hwy rte apt bldg rm eqs ver dist"
    ).split()
)
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in map(str.title, MONTHS))
_NUMBER = re.compile(r"[+(#£$€]*[\w/-]*\d")
_NUMBER_OR_MONTH = re.compile(rf"{_NUMBER.pattern}|(?:{_MONTH})\b")
_OPENER = re.compile(r"(?![^\W\d_]\.)[^\W\d_]+")
"""A word, but no initial: "A. A. Milne"."""
_SENTENCE_OPENERS = frozenset(
    (
        "a after all although an and as at both but by during each for from he her his how "
        "however i if in it its many meanwhile more most my no now on one our she since so some "
        "such that the their then there these they this those to under we what when where while "
        "who why with you your"
    ).split()
)


def split(text: str, *, markdown: bool = False, dated: Span | None = None) -> tuple[Sentence, ...]:
    """The sentences of a document in order, not overlapping: each has a letter or a digit.

    None has white space, or what has no width, at an end, or is longer than MAX_SENTENCE. `dated`
    holds the words that give the document's date: before a sentence on one line they are not of it,
    nor is the clock after them.
    """
    text = as_lines(text)
    found: list[Sentence] = []
    told: set[Span] = set()
    for block, kind, whole in blocks(text, markdown=markdown):
        holds = dated and block.start <= dated.start and dated.end <= block.end
        if dated and holds and block.start == dated.start and dated.end < block.end:
            found.append(Sentence(dated, Kind.FRAGMENT))
            told.add(dated)
            block = strip(text, min(after_date(text, dated.end), block.end), block.end)
            whole = whole and says_something(text, block)
        if holds and block != dated and is_dateline(text[block.start : block.end]):
            kind = Kind.FRAGMENT
        for span in (block,) if whole else _sentences(text, block):
            pieces = tuple(_cut(text, span)) if span.end - span.start > MAX_SENTENCE else (span,)
            found += [Sentence(piece, _kind(text, piece, kind)) for piece in pieces]
            told.update(pieces if kind is not None else ())
    return tuple(_with_headings(text, found, told))


def group(sentences: tuple[Sentence, ...]) -> tuple[range, ...]:
    """Passages, as ranges of sentence numbers: all sentences in order, each in one passage.

    A heading opens a passage, which it tells the topic of and does not count in; fragments and
    prose are not mixed, so that the words of a page's furniture do not blur what a passage says.
    """
    passages: list[range] = []
    start = 0
    for i in range(1, len(sentences) + 1):
        if i == len(sentences) or not _belongs(sentences, start, i):
            passages.append(range(start, i))
            start = i
    return tuple(passages)


def _belongs(sentences: tuple[Sentence, ...], start: int, i: int) -> bool:
    before, this = sentences[i - 1], sentences[i]
    if this.kind is Kind.HEADING or (before.kind is Kind.FRAGMENT) != (this.kind is Kind.FRAGMENT):
        return False
    held = i - start - (sentences[start].kind is Kind.HEADING)
    length = this.span.end - sentences[start].span.start
    return length <= MAX_PASSAGE and held < MAX_PASSAGE_SENTENCES


def _sentences(text: str, block: Span) -> Iterator[Span]:
    start, spoken = block.start, _first_spoken(text, block.start, block.end)
    words = text[block.start : block.end]
    cased, quoted = not words.islower(), "\n" in words and ">" in words
    for stop in _STOP.finditer(text, block.start, block.end):
        if stop.end() <= spoken or not (
            stop.end() == block.end or _ends_sentence(text, start, stop, cased=cased)
        ):
            continue
        yield strip(text, start, stop.end())
        start = after_quote_marks(text, stop.end(), block.end) if quoted else stop.end()
        spoken = _first_spoken(text, start, block.end)
    if spoken < block.end:
        yield strip(text, start, block.end)


def _first_spoken(text: str, start: int, end: int) -> int:
    """Where the first letter or digit is; `end` if there is none."""
    found = _LETTER_OR_DIGIT.search(text, start, end)
    return found.start() if found else end


def _ends_sentence(text: str, start: int, stop: re.Match[str], *, cased: bool) -> bool:
    """Whether a stop ends its sentence: in a block with capitals, a sentence begins with one."""
    mark = stop.group()
    if mark[0] in WIDE_MARKS:
        return True
    following = text[stop.end() : stop.end() + 40].lstrip()
    if following.startswith((")", "]", "}")):
        return False  # "POST( ... ) is here"
    following = following.lstrip(_OPENERS)
    word = _WORD.match(following)
    if cased and word and word[0].islower():  # "iPhone" is not
        return False
    if _ORDINAL.fullmatch(text, start, stop.end()):
        return False  # "2." of "1. This. 2. That.", "**2." of "**2. Prices.** That."
    if _is_leader(text, start, stop):
        return False
    if mark != ".":
        return True
    if _AFTER_PLACE.match(text, stop.end()) and _PLACE.fullmatch(text, start, stop.end()):
        return False
    before = _WORD_BEFORE.search(text, max(start, stop.start() - 30), stop.start() + 1)
    return before is None or _may_end(before.group()[:-1], following)


def _is_leader(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop is of dots that lead to something in its line: "Weekend day ..... £90"."""
    if text[stop.end()] in "\r\n":
        return False
    spaced = text[stop.start() - 1 : stop.end() + 2] == " . ."
    return spaced or _LEADING.search(text, max(start, stop.start() - 8), stop.end()) is not None


def _may_end(word: str, following: str) -> bool:
    """Whether a full stop after `word` ends its sentence, given what comes next."""
    lowered = word.lower()
    if lowered in _TITLES or word in _TITLES_OF_SEVERAL:
        return False
    if lowered in _BEFORE_NUMBERS:
        return _NUMBER.match(following) is None
    if len(word) == 1 and word.islower():
        return _NUMBER_OR_MONTH.match(following) is None
    if (
        lowered in _ABBREVIATIONS
        or (len(word) == 1 and word.isupper())
        or re.fullmatch(r"(\w\.)+\w", word)
    ):
        opener = _OPENER.match(following)
        return opener is not None and opener.group().lower() in _SENTENCE_OPENERS
    return True


def _cut(text: str, span: Span) -> Iterator[Span]:
    """A run too long for a sentence, in pieces that end at white space where there is any."""
    start = span.start
    while span.end - start > MAX_SENTENCE:
        limit = start + MAX_SENTENCE
        at = max(text.rfind(c, start + MAX_SENTENCE // 2, limit) for c in " \t\n")
        at = at if at > 0 else _between_characters(text, start + MAX_SENTENCE // 2, limit)
        piece = strip(text, start, at)
        if says_something(text, piece):
            yield piece
        start = at
    rest = strip(text, start, span.end)
    if says_something(text, rest):
        yield rest


def _between_characters(text: str, least: int, most: int) -> int:
    """The last place to cut that parts no mark from its letter, and no emoji's joined pieces."""
    for at in range(most, least, -1):
        joined = category(text[at])[0] == "M" or "\U0001f3fb" <= text[at] <= "\U0001f3ff"
        if not joined and "\u200d" not in text[at - 1 : at + 1]:
            return at
    return most


def _with_headings(text: str, sentences: Sequence[Sentence], told: set[Span]) -> Iterator[Sentence]:
    """The sentences; a short fragment on top of prose heads it, if no mark told its kind and it
    does not only name a writer or say when a mail was sent, nor ends a list of three or more lines
    one below the other."""
    end = listed = 0
    for this, following in zip_longest(sentences, sentences[1:]):
        line = text[this.span.start : this.span.end]
        below = this.kind is Kind.FRAGMENT and text.count("\n", end, this.span.start) == 1
        listed, end = listed + 1 if below else 0, this.span.end
        heads = (
            this.kind is Kind.FRAGMENT
            and this.span not in told
            and following is not None
            and following.kind is Kind.PROSE
            and listed < 2
            and len(line.split(None, MAX_HEADING_WORDS)) <= MAX_HEADING_WORDS
            and not is_byline(line)
            and not is_header(line)
        )
        yield Sentence(this.span, Kind.HEADING) if heads else this


def _kind(text: str, span: Span, given: Kind | None) -> Kind:
    if given is not None:
        return given
    if text[span.end - 1] == ":" and len(text[span.start : span.end].split(None, 3)) < 4:
        return Kind.FRAGMENT  # a label ("Related:"), not a lead-in
    words = text[span.start : span.end].split(None, MAX_FRAGMENT_WORDS)
    said = has_end(text, span) or len(words) > MAX_FRAGMENT_WORDS
    return Kind.PROSE if said else Kind.FRAGMENT
