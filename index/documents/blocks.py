"""Document text -> blocks: paragraphs, headings, items of lists, rows of tables, lone lines.

A block is a run of lines that a reader takes as one. Pure; the text is never changed.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from index.documents.entries import is_entry, with_hanging, wrapped
from index.documents.heading import fence_below, front_matter
from index.documents.mails import ADDRESS, PROMPT, QUOTED, SIGNED, belongs_to, quotes_twice
from index.types import Kind, Span

WRAP_COLUMNS = range(40, 121)
"""Widths at which people let an editor or a mail program wrap plain text."""
FULL = 80
"""Columns of a line that is broken for its length."""
MAX_ROW = 240
"""A longer line holds sentences, whatever is above and below it: code points."""
MARKS = ".!?…‼⁇⁈⁉؟۔।॥։።፧။។"
WIDE_MARKS = "。！？｡"
CLOSERS = r"[\"'”’»)\]*_]*+(?:\[[^\W_][\w ]{0,20}\])*+"  # of them "[1]", a reference
LEADERS = r" \.{4,}|\.{6,}|(?: \.){4,}| ?…{2,}"
"""Dots that lead from a name to its price or its page."""

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_ENDS = re.compile(rf"(?:[{MARKS}:;]{CLOSERS}|[{WIDE_MARKS}][\"'”’»)\]*_」』）]*)$")
_LINE = re.compile(r"[^\n]+")
_BULLETS = "-*+•·–"
_MARKER = re.compile(r"(?:>\s?)*(?:[-*+•·–]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+|\(?[a-z]\)\s+)?")
_ANSWER = re.compile(r"[*_]{0,2}A(?:nswer)?\d{0,2}[.:)]")
_ATX = re.compile(r"(?:>\s?)*#{1,6}\s+")
_UNDERLINE = re.compile(r"=+|-+")
_RULE = re.compile(r"\s*[|+=:_*\-–—\s]+$")
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
_COLUMNS = re.compile(rf"\S(?: *\t[ \t]*| {{3,}}\t*| +\| +)\S|\S(?:{LEADERS}) ?[^\s.…]|^\|.*\|")
_GAPS = ("   ", "\t", "|", "....", ". . .", "……")
_GAP = re.compile(r"[^\s.!?:,;…\"'”’)]  \S")
_STAMP = re.compile(
    r"[\[(<]?(?:(?P<log>(?:[\d/.-]{8,10}[T ]|[A-Z][a-z]{2} +\d\d? )?\d\d:\d\d:\d\d"
    r"|[\d/.-]{8,10}[T ]\d\d:\d\d)|\d\d?[:.]\d\d)\b"
)
_VALUES = re.compile(r"(?!(?<=\d),\d{3}\b)[,;](?=[\"'“]?[^\s\"'”’])")
"""Between two values, not in 1,000 and not in "Yes," she said."""


class Block(NamedTuple):
    """Lines that belong together; their kind where the page itself tells it.

    whole: they are one sentence, whatever stops they hold: a row of a table.
    """

    span: Span
    kind: Kind | None = None
    whole: bool = False


def blocks(text: str, *, markdown: bool) -> Iterator[Block]:
    """The blocks of a document in order; some say nothing, as the fence of code."""
    lines = [strip(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    rows = with_hanging(text, lines)
    apart = _apart(text, rows) if markdown else {}
    found = list(_paragraphs(text, rows, apart))
    pairs = [pair for one in found if not isinstance(one, Block) for pair in one.prose]
    width = _wrap_width(text, pairs)
    for one in found:
        if isinstance(one, Block):
            yield one
        elif len(one.rows) == 1 and not one.forms[0]:
            yield _block(text, one.rows[0], answers=False)
        else:
            yield from _parts(text, one, width, markdown=markdown)


def strip(text: str, start: int, end: int) -> Span:
    """The span without the white space and the byte order marks at its ends."""
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "\ufeff"):
        end -= 1
    return Span(start, end)


def says_something(text: str, span: Span) -> bool:
    """Whether there is a letter or a digit."""
    return _LETTER_OR_DIGIT.search(text, span.start, span.end) is not None


def has_end(text: str, span: Span) -> bool:
    """Whether it ends as a sentence or a lead-in does."""
    return _ENDS.search(text, max(span.start, span.end - 40), span.end) is not None


class _Paragraph(NamedTuple):
    """Lines with their forms, and the pairs of them that may be wrapped.

    In none is a row of a table, nor one shorter than people wrap at: a greeting, an address.
    """

    rows: list[Span]
    forms: list[str]
    prose: list[tuple[Span, Span]]


def is_row(text: str, span: Span) -> bool:
    """Whether a line is plainly the row of a table, whatever is above and below it."""
    form = _form(text, span)
    return form == "columns" or form.startswith(",,")


def _paragraph(text: str, rows: list[Span]) -> _Paragraph:
    if len(rows) == 1:
        return _Paragraph(rows, ["columns" if _is_piped(text, rows[0]) else ""], [])
    forms = _forms(text, rows)
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
    depth, quotes = 0, quotes_twice(text)
    for number, row in enumerate(rows):
        above, depth = depth, 0
        if text.startswith(">", row.start) and (quotes or not text.startswith(PROMPT, row.start)):
            depth, row = _unquoted(text, row)
        goes_on = depth == above and number not in apart
        if paragraph and not (
            goes_on and _adjacent(text, paragraph[-1], row) and not _opens_block(text, row)
        ):
            yield _paragraph(text, paragraph)
            paragraph = []
        if number in apart:
            yield apart[number]
        elif paragraph or says_something(text, row):
            paragraph.append(row)
    if paragraph:
        yield _paragraph(text, paragraph)


def _unquoted(text: str, row: Span) -> tuple[int, Span]:
    """How deep a line of a mail is quoted, and the line without the marks of that."""
    marks = QUOTED.match(text, row.start, row.end)
    if marks is None:
        return 0, row
    return marks.group().count(">"), strip(text, marks.end(), row.end)


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
        if forms[number]:
            yield Block(row, Kind.PROSE, whole=forms[number] != "minutes")
            start = number + 1
        elif (
            number + 1 == len(rows)
            or forms[number + 1]
            or not _continues(text, row, rows[number + 1], width, lower=lower, markdown=markdown)
        ):
            answers = start > 0 and "?" in text[rows[start - 1].end - 3 : rows[start - 1].end]
            yield _block(text, Span(rows[start].start, row.end), answers=answers)
            start = number + 1


def _block(text: str, lines: Span, *, answers: bool) -> Block:
    """Lines without the mark before the first: of an item of a list, which is prose.

    answers: a question is right above, so that "A: No" is prose too, and not a page's furniture.
    """
    if text.startswith(PROMPT, lines.start):
        return _code(text, lines)
    start = _after_marker(text, lines)
    listed = start > lines.start and any(map(_BULLETS.__contains__, text[lines.start : start]))
    told = listed or (answers and _ANSWER.match(text, start) is not None) or is_entry(text, lines)
    return Block(Span(start, lines.end), Kind.PROSE if told else None)


def _forms(text: str, rows: list[Span]) -> list[str]:
    """What each line of a paragraph is, if not prose: the row of a table, of a log, of a chat."""
    found: list[str] = []
    for form, run in groupby(rows, lambda row: _form(text, row)):
        some = list(run)
        found += [form if _is_table(text, form, some) else ""] * len(some)
    return found


def _is_piped(text: str, row: Span) -> bool:
    return text[row.start] == "|" and text.find("|", row.start + 1, row.end) > 0


def _form(text: str, row: Span) -> str:
    """What a line may have in common with the row of a table above it."""
    if row.end - row.start > MAX_ROW:
        return ""
    line = text[row.start : row.end]
    if any(gap in line for gap in _GAPS) and _COLUMNS.search(line):
        return "columns"
    if stamp := _STAMP.match(line):
        return "log" if stamp["log"] else "minutes"
    if "  " in line and _GAP.search(line):
        return "gaps"
    spaced = line.count(", ") == line.count(",") and line.count("; ") == line.count(";")
    return "" if spaced else "," * len(_VALUES.findall(line))


def _is_table(text: str, form: str, rows: list[Span]) -> bool:
    if form in ("columns", "log", "minutes"):
        return len(rows) > 1
    certain = len(form) > 1 and form[0] == ","
    return bool(form) and len(rows) > 2 and (certain or not _opens_lower(text, rows))


def _opens_lower(text: str, rows: Sequence[Span]) -> bool:
    """Whether as many lines open in lower case as do where prose is wrapped.

    Three of four do; of separate lines, as of a table or of names, hardly any. A script without
    case tells nothing.
    """
    lower = sum(_is_lower(text, row) for row in rows)
    told = any(text[row.start].isupper() or text[row.start].isdigit() for row in rows)
    return lower * 4 >= len(rows) or not told


def _is_lower(text: str, row: Span) -> bool:
    return text[row.start : row.start + 2].lstrip("\"'“‘(")[:1].islower()


def _lower_tells(text: str, rows: list[Span]) -> bool:
    """Whether a line in lower case may go on from the one above: not in a list of such lines,
    which have no stop; "apt-get now waits for the lock" may open a sentence."""
    if _after_marker(text, rows[0]) > rows[0].start or not _is_lower(text, rows[0]):
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
    if width not in WRAP_COLUMNS or not _opens_lower(text, [b for _, b in pairs]):
        return None
    filled = sum(_overflows(text, a, b, width) for a, b in pairs)
    return width if filled * 10 >= len(pairs) * 7 else None


def _adjacent(text: str, a: Span, b: Span) -> bool:
    """Whether two rows are neighbours with words in both, with no empty line between them."""
    return a.end > a.start and b.end > b.start and text.count("\n", a.end, b.start) == 1


def _overflows(text: str, a: Span, b: Span, width: int) -> bool:
    word = text[b.start : min(b.end, b.start + width)].split(None, 1)
    return bool(word) and _edge(text, a) + 1 + len(word[0]) > width


def _edge(text: str, row: Span) -> int:
    """The column at which a row ends: an item's lines are indented, and wrapped where all are."""
    start = text.rfind("\n", 0, row.start) + 1
    return len(text[start : row.end].expandtabs())


def _opens_block(text: str, row: Span) -> bool:
    """Whether a row begins a list item, a quotation, a table or a rule, whatever is above it."""
    marked = _after_marker(text, row) > row.start or text[row.start] in "#|<>"
    if ADDRESS.match(text, row.start, row.end):
        return False
    return marked or _RULE.match(text, row.start, row.end) is not None


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
    opens = _is_lower(text, following)
    unfinished = _UNFINISHED.search(text, row.end - 10, row.end) is not None
    certain = opens + (unfinished or (long and text[row.end - 1] == ",")) + long
    filled = width is not None and width * 8 <= edge * 10 <= width * 11
    broken = edge >= FULL and _breaks_off(text, row, following)
    return certain > 1 or (markdown and (opens or unfinished or filled or broken))


def _breaks_off(text: str, row: Span, following: Span) -> bool:
    """Whether a row ends within a sentence, for it has another before that: "He left. We welcome"
    above "Ms Ruiz"."""
    return text[following.start].isalpha() and bool(_STOP_INSIDE.search(text, row.start, row.end))


def _is_broken(text: str, row: Span) -> bool:
    """Whether a line of Markdown is broken on purpose."""
    return text.startswith("  ", row.end) or text[row.end - 1] in "\\|>"


def _after_marker(text: str, row: Span) -> int:
    marker = _MARKER.match(text, row.start, row.end)
    return marker.end() if marker else row.start


def _apart(text: str, rows: list[Span]) -> dict[int, Block]:
    """The rows of Markdown that belong to no paragraph: of front matter, headings and code.

    By their numbers; what marks them, as a fence, is left empty.
    """
    found: dict[int, Block] = {}
    front, fence, prose = front_matter(text)[1], "", wrapped(text, rows)
    for number, (row, code) in enumerate(zip(rows, _is_code(text, rows), strict=True)):
        if row.start < front:
            found[number] = Block(row, Kind.FRAGMENT)
            continue
        outer, fence = fence, fence_below(text[row.start : row.end], fence)
        inside = bool(outer and fence)
        if (outer or fence) and not inside:
            found[number] = _code(text, Span(row.end, row.end))
        elif not inside and (heading := _heading(text, rows, number)):
            found[number] = Block(heading, Kind.HEADING)
        elif (inside or code) and number not in prose:
            found[number] = _code(text, row)
    return found


def _code(text: str, row: Span) -> Block:
    """A line of code: it heads nothing. What an option means is told as prose."""
    told = has_end(text, row) or is_entry(text, row)
    return Block(row, Kind.PROSE if told else Kind.FRAGMENT)


def _heading(text: str, rows: list[Span], number: int) -> Span | None:
    """The words of a heading: after hashes, or a paragraph of one line that is underlined."""
    row = rows[number]
    if _is_indented(text, row):
        return None
    if atx := _ATX.match(text, row.start, row.end):
        words = text[atx.end() : row.end]
        bare = words.rstrip("#")
        return strip(text, atx.end(), row.end - (len(words) - len(bare)) * bare[-1:].isspace())
    return row if _is_underlined(text, rows, number) else None


def _is_underlined(text: str, rows: list[Span], number: int) -> bool:
    row, following = rows[number], rows[number + 1 : number + 2]
    if not following or not _UNDERLINE.fullmatch(text, following[0].start, following[0].end):
        return False
    if text[following[0].start : following[0].end + 1] == SIGNED:
        return False
    alone = number == 0 or not _adjacent(text, rows[number - 1], row)
    return alone and _adjacent(text, row, following[0]) and not _opens_block(text, row)


def _is_code(text: str, rows: list[Span]) -> Iterator[bool]:
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
