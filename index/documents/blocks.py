"""Document text -> blocks: paragraphs, headings, items of lists, rows of tables, lone lines.

A block is a run of lines that a reader takes as one. Pure; the text is never changed.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from index.documents.datelines import is_dateline
from index.documents.entries import is_entry, with_hanging
from index.documents.items import opening
from index.documents.mails import PROMPT, belongs_to, quotes_twice
from index.documents.markdown import set_apart
from index.documents.rows import (
    MARKS,
    Block,
    adjacent,
    after_marker,
    code,
    has_end,
    is_lower,
    opens_block,
    opens_lower,
    says_something,
    strip,
    unquoted,
)
from index.documents.tabular import forms_of, is_piped
from index.types import Kind, Span
from index.words.lexical import STOP_WORDS

WRAP_COLUMNS = range(40, 121)
"""Widths at which people let an editor or a mail program wrap plain text."""
_WORDS = 4
"""A line of fewer that a day follows is a label: "Meeting held on"."""
FULL = 80
"""Columns of a line that is broken for its length."""

_LINE = re.compile(r"[^\n]+")
_BULLETS = "-*+•·–"
_ANSWER = re.compile(r"[*_]{0,2}A(?:nswer)?\d{0,2}[.:)]")
_LABEL = re.compile(r"[\w-]+(?: [\w-]+)?:\s")
_UNFINISHED = re.compile(
    r"\b(?:an?|the|of|and|or|to|in|on|into|for|with|from|at|by|than|as|that|until|because|is|are|was"
    r"|were|will|be|has|have|had|his|her|its|our|their|my|your|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|been|being"
    r"|between|can|could|each|every|if|may|must|should|through|under|via|which|whose|within|without"
    r"|would)$"
)
_PARTED = re.compile(r"[^\W\d_][-‐\u00ad]\s*\n\s*[a-zß-öø-ÿ]")
"""A word that is parted at the end of its line."""
_STOP_INSIDE = re.compile(r"[.!?][\"'”’)]*\s")


def blocks(text: str, *, markdown: bool) -> Iterator[Block]:
    """The blocks of a document in order; some say nothing, as the fence of code."""
    lines = [strip(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    rows = with_hanging(text, lines)
    apart = set_apart(text, rows) if markdown else {}
    found = list(_paragraphs(text, rows, apart))
    pairs = [pair for one in found if not isinstance(one, Block) for pair in one.prose]
    width = _wrap_width(text, pairs)
    for one in found:
        if isinstance(one, Block):
            yield one
        elif len(one.rows) == 1 and not one.forms[0]:
            yield _block(text, one.rows[0])
        else:
            yield from _parts(text, one, width, markdown=markdown)


class _Paragraph(NamedTuple):
    """Lines with their forms, and the pairs of them that may be wrapped.

    In none is a row of a table, nor one shorter than people wrap at: a greeting, an address.
    """

    rows: list[Span]
    forms: list[str]
    prose: list[tuple[Span, Span]]


def _paragraph(text: str, rows: list[Span]) -> _Paragraph:
    if len(rows) == 1:
        return _Paragraph(rows, ["columns" if is_piped(text, rows[0]) else ""], [])
    forms = forms_of(text, rows)
    pairs = zip(pairwise(rows), pairwise(forms), strict=True)
    least = WRAP_COLUMNS.start
    return _Paragraph(
        rows, forms, [(a, b) for (a, b), two in pairs if not any(two) and a.end - a.start >= least]
    )


def _paragraphs(
    text: str, rows: list[Span], apart: dict[int, Block]
) -> Iterator[_Paragraph | Block]:
    """Lines with no empty one between them, none of which opens a block but the first."""
    paragraph: list[Span] = []
    depth, quotes, items = 0, quotes_twice(text), opening(text, rows)
    for number, row in enumerate(rows):
        above, depth = depth, 0
        if text.startswith(">", row.start) and (quotes or not text.startswith(PROMPT, row.start)):
            depth, row = unquoted(text, row)
        goes_on = depth == above and number not in apart
        below = bool(paragraph) and adjacent(text, paragraph[-1], row)
        if paragraph and not (goes_on and below and not _opens(text, row, items.get(number))):
            yield _paragraph(text, paragraph)
            paragraph = []
        if number in apart:
            yield apart[number]
        elif paragraph or says_something(text, row):
            paragraph.append(row)
    if paragraph:
        yield _paragraph(text, paragraph)


def _opens(text: str, row: Span, item: bool | None) -> bool:
    """Whether a row below another begins a block: an item, if that is known, or something else."""
    return opens_block(text, row) if item is None else item


def _parts(
    text: str, paragraph: _Paragraph, width: int | None, *, markdown: bool
) -> Iterator[Block]:
    """A paragraph as blocks: where its lines were not wrapped, each stands alone."""
    rows, forms = paragraph.rows, paragraph.forms
    lower = markdown or _lower_tells(text, rows)
    if paragraph.prose:
        width = _wrap_width(text, paragraph.prose) or width
    start = 0
    for number, row in enumerate(rows):
        if forms[number] and not says_something(text, row):
            start = number + 1
        elif forms[number]:
            yield Block(row, Kind.PROSE, whole=forms[number] != "minutes")
            start = number + 1
        elif (
            number + 1 == len(rows)
            or forms[number + 1]
            or not _continues(text, row, rows[number + 1], width, lower=lower, markdown=markdown)
        ):
            answers = start > 0 and "?" in text[rows[start - 1].end - 3 : rows[start - 1].end]
            lines = Span(rows[start].start, row.end)
            yield _block(text, lines, answers=answers, marked=not start)
            start = number + 1


def _block(text: str, lines: Span, *, answers: bool = False, marked: bool = True) -> Block:
    """Lines without the mark before the first: of an item of a list, which is prose.

    answers: a question is right above, so that "A: No" is prose too, and not a page's furniture.
    marked: a paragraph opens with them; below others a number is none of an item.
    """
    if text.startswith(PROMPT, lines.start):
        return code(text, lines)
    start = after_marker(text, lines) if marked else lines.start
    listed = start > lines.start and any(map(_BULLETS.__contains__, text[lines.start : start]))
    told = listed or (answers and _ANSWER.match(text, start) is not None) or is_entry(text, lines)
    return Block(Span(start, lines.end), Kind.PROSE if told else None)


def _lower_tells(text: str, rows: list[Span]) -> bool:
    """Whether a line in lower case may go on from the one above: not in a list of such lines,
    which have no stop; "apt-get now waits for the lock" may open a sentence."""
    if after_marker(text, rows[0]) > rows[0].start or not is_lower(text, rows[0]):
        return True
    stopped = text[rows[-1].end - 1] in MARKS
    return stopped or _STOP_INSIDE.search(text, rows[0].start, rows[-1].end) is not None


def _wrap_width(text: str, pairs: list[tuple[Span, Span]]) -> int | None:
    """The column at which lines were wrapped; None where they are paragraphs of their own.

    In wrapped text nearly every line that another follows is filled: its neighbour's first word
    would not have fitted. Lists, headings and unwrapped paragraphs are not filled to one width.
    """
    lengths = sorted(_edge(text, a) for a, _ in pairs)
    width = lengths[len(lengths) * 9 // 10] if len(lengths) > 1 else 0
    if width not in WRAP_COLUMNS:
        return None
    cased = _cased(text, [b for _, b in pairs])
    if not (opens_lower(text, cased) if cased else any(_is_cut(text, a) for a, _ in pairs)):
        return None
    filled = sum(_overflows(text, a, b, width) for a, b in pairs)
    return width if filled * 10 >= len(pairs) * 7 else None


def _cased(text: str, rows: list[Span]) -> list[Span]:
    """The lines that tell something by the case they open in: not those all in capitals, if half of
    these have a small word, as codes and names have not."""
    lines = [text[row.start : row.end] for row in rows]
    capitals = [line.lower().split() for line in lines if line.isupper()]
    small = sum(not STOP_WORDS.isdisjoint(words) for words in capitals)
    if small * 2 < len(capitals):
        return rows
    return [row for row, line in zip(rows, lines, strict=True) if not line.isupper()]


def _is_cut(text: str, row: Span) -> bool:
    """Whether a line in capitals ends within a sentence: of rules, one a line, none does."""
    words = text[row.start : row.end]
    return (
        words.endswith(",")
        or _UNFINISHED.search(words.lower()) is not None
        or _STOP_INSIDE.search(words) is not None
    )


def _overflows(text: str, a: Span, b: Span, width: int) -> bool:
    word = text[b.start : min(b.end, b.start + width)].split(None, 1)
    return bool(word) and _edge(text, a) + 1 + len(word[0]) > width


def _edge(text: str, row: Span) -> int:
    """The column at which a row ends: an item's lines are indented, and wrapped where all are."""
    start = text.rfind("\n", 0, row.start) + 1
    return len(text[start : row.end].expandtabs())


def _continues(
    text: str, row: Span, following: Span, width: int | None, *, lower: bool, markdown: bool
) -> bool:
    """Whether a paragraph goes on in the row below.

    Markdown says that it always does, but many write lines one below the other and mean them apart.
    """
    edge, long = _edge(text, row), row.end - row.start >= WRAP_COLUMNS.start
    if _PARTED.search(text, row.end - 2, following.start + 1):
        return True
    if not lower:
        return False
    if width is not None and edge <= width + 10 and _overflows(text, row, following, width):
        return True
    if belongs_to(text, row, following):
        return True
    if has_end(text, row) or (markdown and _is_broken(text, row)):
        return False
    if _LABEL.match(text, following.start):
        return False
    opens = is_lower(text, following)
    if _is_wrapped_at_a_day(text, row, following):
        return True
    ending = text[max(row.start, row.end - 10) : row.end]
    if long and text[row.start : row.end].isupper():
        ending = ending.lower()
    unfinished = _UNFINISHED.search(ending) is not None
    certain = opens + (unfinished or (long and text[row.end - 1] == ",")) + long
    filled = width is not None and width * 8 <= edge * 10 <= width * 11
    broken = edge >= FULL and _breaks_off(text, row, following)
    return certain > 1 or (markdown and (opens or unfinished or filled or broken))


def _is_wrapped_at_a_day(text: str, row: Span, following: Span) -> bool:
    """Whether a sentence goes on with the day in the row below, or after that in the row: "The fair
    that was planned for", "14 June 2025", "had to be put off."."""
    if _is_unfinished(text[max(row.start, row.end - FULL) : row.end]):
        return is_dateline(text[following.start : following.end])
    above = "".join(text[max(0, row.start - FULL) : row.start].split("\n")[-2:-1])
    day = is_lower(text, following) and _is_unfinished(above.strip())
    return day and is_dateline(text[row.start : row.end])


def _is_unfinished(words: str) -> bool:
    return len(words.split()) >= _WORDS and _UNFINISHED.search(words) is not None


def _breaks_off(text: str, row: Span, following: Span) -> bool:
    """Whether a row ends within a sentence, for it has another before that: "He left. We welcome"
    above "Ms Ruiz"."""
    return text[following.start].isalpha() and bool(_STOP_INSIDE.search(text, row.start, row.end))


def _is_broken(text: str, row: Span) -> bool:
    """Whether a line of Markdown is broken on purpose."""
    return text.startswith("  ", row.end) or text[row.end - 1] in "\\|>"
