"""Document text -> sentences -> passages, as exact spans. Pure; the text is never changed.

A page is read as blocks (a paragraph, a heading, a list item, a line that stands alone) and each
block as sentences. What is no sentence - a button, a caption, a related headline - stays findable,
but is marked, so that it does not win over a sentence that answers.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from unicodedata import category

from index.datelines import after_date, is_byline, is_dateline
from index.heading import fence_below, front_matter
from index.types import Kind, Sentence, Span

MAX_SENTENCE = 1000
"""Longer runs without an end (a file of one line, a table) are cut at white space: code points."""
MAX_HEADING_WORDS = 12
MAX_PASSAGE = 600
"""A passage takes the next sentence only up to this many code points: the default model reads 256
word pieces, about 1,000 characters, and a longer text would be embedded only in part."""
MAX_PASSAGE_SENTENCES = 3
WRAP_COLUMNS = range(40, 121)
"""Widths at which people let an editor or a mail program wrap plain text."""

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LINE = re.compile(r"[^\n]+")
_BULLETS = "-*+•·–"
_MARKER = re.compile(r"(?:>\s?)*(?:[-*+•·–]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+|\(?[a-z]\)\s+)?")
_ATX = re.compile(r"(?:>\s?)*#{1,6}\s+")
_UNDERLINE = re.compile(r"=+|-+")
_RULE = re.compile(r"\s*[|+=:_*\-–—\s]+$")
# Possessive, and never begun inside a run: a megabyte of full stops is read once, not squared.
_MARKS = ".!?…‼⁇⁈⁉؟۔।॥։።፧။។"
_WIDE_MARKS = "。！？｡"
_CLOSERS = r"[\"'”’»)\]*_]*+(?:\[[^\W_][\w ]{0,20}\])*+"  # of them "[1]", a reference
_STOP = re.compile(
    rf"(?<![{_MARKS}])[{_MARKS}]++{_CLOSERS}(?=[\s\ufeff])|[{_WIDE_MARKS}]++[”’」』）]*+"
)
_ENDS = re.compile(rf"(?:[{_MARKS}:;]{_CLOSERS}|[{_WIDE_MARKS}][\"'”’»)\]*_」』）]*)$")
_ORDINAL = re.compile(r"\s{0,8}\d{1,3}\.")
_WORD = re.compile(r"[^\W\d_]*")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W_]+\.$")
_OPENERS = "\"'“‘«([*_"

# The place that opens a report, and what follows it: "BOSTON, Mass. – March 3", "Calif. (AP)".
_PLACE = re.compile(r"(?:[^\W\d_a-z][\w'’]*+[.,]?\s?){1,6}")
_AFTER_PLACE = re.compile(r"\s(?:[–—-]|\([A-Z][\w ]{1,20}\))")
# Never the end of a sentence: a name or a number follows.
_TITLES = frozenset(
    (
        "mr mrs ms mx dr prof rev hon cllr fr gen lt col sgt capt cmdr maj adm gov sen rep pres "
        "supt det insp st mt ft messrs mme mlle fig figs eq sec vol ch pp p vs v viz cf e.g i.e "
        "approx ca al"
    ).split()
)
# Not the end of a sentence where a number follows.
_NUMBERED = frozenset("no nos para paras art arts reg regs".split())
# The end of a sentence only where a word that opens sentences follows.
_ABBREVIATIONS = frozenset(
    (
        "inc ltd co corp llc plc bros etc jr sr esq dept est ed eds univ assn ave blvd rd a.m "
        "p.m u.s u.k u.n e.u u.s.a d.c b.c a.d ph.d m.d jan feb mar apr jun jul aug sep sept "
        "oct nov dec mon tue tues wed thu thur thurs fri sat sun hr hrs min mins no nos"
    ).split()
)
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

    None has white space or a byte order mark at an end, or is longer than MAX_SENTENCE. `dated`
    holds the words that give the document's date: before a sentence on one line they are not of it,
    nor is the clock after them.
    """
    found: list[Sentence] = []
    told: set[Span] = set()
    for block, kind in _blocks(text, markdown=markdown):
        holds = dated and block.start <= dated.start and dated.end <= block.end
        if dated and holds and block.start == dated.start and dated.end < block.end:
            found.append(Sentence(dated, Kind.FRAGMENT))
            told.add(dated)
            block = _strip(text, min(after_date(text, dated.end), block.end), block.end)
        if holds and block != dated and is_dateline(text[block.start : block.end]):
            kind = Kind.FRAGMENT
        for span in _sentences(text, block):
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


def lines(text: str) -> tuple[int, ...]:
    """The offsets at which lines start; line n (1-based) starts at `lines(text)[n - 1]`."""
    return (0, *(m.end() for m in re.finditer("\n", text)))


def line_of(starts: tuple[int, ...], offset: int) -> int:
    """The 1-based number of the line that holds the character at `offset`."""
    return bisect_right(starts, offset)


def _blocks(text: str, *, markdown: bool) -> Iterator[tuple[Span, Kind | None]]:
    """Runs of lines that belong together, and their kind where the page itself tells it."""
    rows = [_strip(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    apart = _apart(text, rows) if markdown else {}
    width = _wrap_width(text, [row for n, row in enumerate(rows) if n not in apart])
    start: int | None = None
    listed = False
    for number, row in enumerate(rows):
        if number in apart:
            yield apart[number]
            continue
        if start is None and not _says_something(text, row):
            continue
        if start is None:
            start = _after_marker(text, row)
            listed = any(mark in _BULLETS for mark in text[row.start : start])
        following = rows[number + 1] if number + 1 < len(rows) else row
        adjacent = number + 1 not in apart and _adjacent(text, row, following)
        if not adjacent or not _continues(text, row, following, width, markdown=markdown):
            yield Span(start, row.end), Kind.PROSE if listed else None
            start = None


def _after_marker(text: str, row: Span) -> int:
    marker = _MARKER.match(text, row.start, row.end)
    return marker.end() if marker else row.start


def _apart(text: str, rows: list[Span]) -> dict[int, tuple[Span, Kind | None]]:
    """The rows of Markdown that belong to no paragraph: of front matter, headings and code.

    By their numbers; what marks them, as a fence, is left empty.
    """
    found: dict[int, tuple[Span, Kind | None]] = {}
    front, fence = front_matter(text)[1], ""
    for number, (row, code) in enumerate(zip(rows, _code(text, rows), strict=True)):
        if row.start < front:
            found[number] = row, Kind.FRAGMENT
            continue
        outer, fence = fence, fence_below(text[row.start : row.end], fence)
        if outer or fence:
            found[number] = row if outer and fence else Span(row.end, row.end), None
        elif heading := _heading(text, rows, number):
            found[number] = heading, Kind.HEADING
        elif code:
            found[number] = row, None
    return found


def _heading(text: str, rows: list[Span], number: int) -> Span | None:
    """The words of a heading: after hashes, or a paragraph of one line that is underlined."""
    row = rows[number]
    if _is_indented(text, row):
        return None
    if atx := _ATX.match(text, row.start, row.end):
        words = text[atx.end() : row.end]
        bare = words.rstrip("#")
        return _strip(text, atx.end(), row.end - (len(words) - len(bare)) * bare[-1:].isspace())
    return row if _is_underlined(text, rows, number) else None


def _is_underlined(text: str, rows: list[Span], number: int) -> bool:
    row, following = rows[number], rows[number + 1 : number + 2]
    if not following or not _UNDERLINE.fullmatch(text, following[0].start, following[0].end):
        return False
    alone = number == 0 or not _adjacent(text, rows[number - 1], row)
    return alone and _adjacent(text, row, following[0]) and not _opens_block(text, row)


def _code(text: str, rows: list[Span]) -> Iterator[bool]:
    """Whether each row is indented as code is, and is not the rest of a paragraph or a list."""
    code = listed = False
    for above, row in pairwise([Span(0, 0), *rows]):
        marked, indented = _after_marker(text, row) > row.start, _is_indented(text, row)
        goes_on = _adjacent(text, above, row) and not code
        code = indented and not (marked or listed or goes_on)
        listed = marked or (listed and (indented or row.start == row.end))
        yield code


def _is_indented(text: str, row: Span) -> bool:
    return text.endswith(("    ", "\t"), max(0, row.start - 4), row.start)


def _strip(text: str, start: int, end: int) -> Span:
    """The span without the white space and the byte order marks at its ends."""
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "\ufeff"):
        end -= 1
    return Span(start, end)


def _says_something(text: str, span: Span) -> bool:
    return _LETTER_OR_DIGIT.search(text, span.start, span.end) is not None


def _wrap_width(text: str, rows: list[Span]) -> int | None:
    """The column at which the text was wrapped; None where lines are paragraphs of their own.

    In wrapped text nearly every line that another follows is filled: its neighbour's first word
    would not have fitted. Lists, headings and unwrapped paragraphs are not filled to one width.
    """
    pairs = [
        (a, b) for a, b in pairwise(rows) if _adjacent(text, a, b) and not _opens_block(text, b)
    ]
    lengths = sorted(a.end - a.start for a, _ in pairs)
    if len(lengths) < 2:
        return None
    width = lengths[(len(lengths) - 1) * 9 // 10]
    filled = sum(_overflows(text, a, b, width) for a, b in pairs)
    return width if width in WRAP_COLUMNS and filled * 10 >= len(pairs) * 7 else None


def _adjacent(text: str, a: Span, b: Span) -> bool:
    """Whether two rows are neighbours with words in both, with no empty line between them."""
    return a.end > a.start and b.end > b.start and text.count("\n", a.end, b.start) == 1


def _overflows(text: str, a: Span, b: Span, width: int) -> bool:
    word = text[b.start : b.end].split(None, 1)
    return bool(word) and a.end - a.start + 1 + len(word[0]) > width


def _opens_block(text: str, row: Span) -> bool:
    """Whether a row begins a list item, a quotation, a table or a rule, whatever is above it."""
    marked = _after_marker(text, row) > row.start or text[row.start] in "#|>"
    return marked or _RULE.match(text, row.start, row.end) is not None


def _continues(text: str, row: Span, following: Span, width: int | None, *, markdown: bool) -> bool:
    """Whether a paragraph goes on in the row below.

    Markdown says that it always does, but many write lines one below the other and mean them apart.
    """
    if _opens_block(text, following):
        return False
    if width is not None and _overflows(text, row, following, width):
        return True
    return markdown and text[following.start].islower() and not _is_broken(text, row)


def _is_broken(text: str, row: Span) -> bool:
    """Whether a line of Markdown is broken on purpose, or at the end of a sentence."""
    return text.startswith("  ", row.end) or text[row.end - 1] in "\\|>" or _has_end(text, row)


def _sentences(text: str, block: Span) -> Iterator[Span]:
    start, spoken = block.start, _first_spoken(text, block.start, block.end)
    cased = not text[block.start : block.end].islower()
    for stop in _STOP.finditer(text, block.start, block.end):
        if stop.end() <= spoken or not (
            stop.end() == block.end or _ends_sentence(text, start, stop, cased=cased)
        ):
            continue
        yield _strip(text, start, stop.end())
        start, spoken = stop.end(), _first_spoken(text, stop.end(), block.end)
    if spoken < block.end:
        yield _strip(text, start, block.end)


def _first_spoken(text: str, start: int, end: int) -> int:
    """Where the first letter or digit is; `end` if there is none."""
    found = _LETTER_OR_DIGIT.search(text, start, end)
    return found.start() if found else end


def _ends_sentence(text: str, start: int, stop: re.Match[str], *, cased: bool) -> bool:
    """Whether a stop ends its sentence: in a block with capitals, a sentence begins with one."""
    mark = stop.group()
    if mark[0] in _WIDE_MARKS:
        return True
    following = text[stop.end() : stop.end() + 40].lstrip().lstrip(_OPENERS)
    word = _WORD.match(following)
    if cased and word and word[0].islower():  # "iPhone" is not
        return False
    if mark != ".":
        return True
    if _ORDINAL.fullmatch(text, start, stop.end()):
        return False  # "2." of "1. This. 2. That."
    if _AFTER_PLACE.match(text, stop.end()) and _PLACE.fullmatch(text, start, stop.end()):
        return False
    before = _WORD_BEFORE.search(text, max(start, stop.start() - 30), stop.start() + 1)
    return before is None or _may_end(before.group()[:-1], following)


def _may_end(word: str, following: str) -> bool:
    """Whether a full stop after `word` ends its sentence, given what comes next."""
    lowered = word.lower()
    if lowered in _TITLES:
        return False
    if lowered in _NUMBERED:
        return not following[:1].isdigit()
    if (
        lowered in _ABBREVIATIONS
        or (len(word) == 1 and word.isupper())
        or re.fullmatch(r"(\w\.)+\w", word)
    ):
        opener = re.match(r"[^\W\d_]+", following)
        return opener is not None and opener.group().lower() in _SENTENCE_OPENERS
    return True


def _cut(text: str, span: Span) -> Iterator[Span]:
    """A run too long for a sentence, in pieces that end at white space where there is any."""
    start = span.start
    while span.end - start > MAX_SENTENCE:
        limit = start + MAX_SENTENCE
        at = max(text.rfind(c, start + MAX_SENTENCE // 2, limit) for c in " \t\n")
        at = at if at > 0 else _between_characters(text, start + MAX_SENTENCE // 2, limit)
        piece = _strip(text, start, at)
        if _says_something(text, piece):
            yield piece
        start = at
    rest = _strip(text, start, span.end)
    if _says_something(text, rest):
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
    does not only name a writer."""
    for this, following in zip_longest(sentences, sentences[1:]):
        line = text[this.span.start : this.span.end]
        heads = (
            this.kind is Kind.FRAGMENT
            and this.span not in told
            and following is not None
            and following.kind is Kind.PROSE
            and len(line.split(None, MAX_HEADING_WORDS)) <= MAX_HEADING_WORDS
            and not is_byline(line)
        )
        yield Sentence(this.span, Kind.HEADING) if heads else this


def _kind(text: str, span: Span, given: Kind | None) -> Kind:
    if given is not None:
        return given
    if text[span.end - 1] == ":" and len(text[span.start : span.end].split(None, 3)) < 4:
        return Kind.FRAGMENT  # a label ("Related:"), not a lead-in
    return Kind.PROSE if _has_end(text, span) else Kind.FRAGMENT


def _has_end(text: str, span: Span) -> bool:
    return _ENDS.search(text, max(span.start, span.end - 40), span.end) is not None
