"""Lines of a document, one by one: what each opens with and ends in. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.documents.entries import is_entry
from index.documents.mails import QUOTED
from index.types import Kind, Span

MARKS = ".!?…‼⁇⁈⁉؟۔।॥։።፧။។"
WIDE_MARKS = "。！？｡"
CLOSERS = r"(?:[\"'”’»)\]*_]|[ \u00a0\u202f]»(?!\S))*+(?:\[[^\W_][\w ]{0,20}\])*+"
"""What closes after a stop: quotation marks, also after a blank as in French, and "[1]"."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
NO_WIDTH = "\u200b\u2060\ufeff"
"""Zero-width space, word joiner, byte order mark: pages have them at the ends of paragraphs."""
_ENDS = re.compile(rf"(?:[{MARKS}:;]{CLOSERS}|[{WIDE_MARKS}][\"'”’»)\]*_」』）]*)$")
_MARKER = re.compile(
    r"(?:>\s?)*(?:[-*+•·–]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+|\(?(?:[a-z]|[ivx]{2,5})\)\s+)?"
)
_OPENS = re.compile(
    r"#{1,6}(?:\s|$)|>|<(?:!--|/?(?:address|article|aside|base|basefont|blockquote|body|caption|center"
    r"|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame"
    r"|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol"
    r"|optgroup|option|p|param|pre|script|search|section|style|summary|table|tbody|td|textarea"
    r"|tfoot|th|thead|title|tr|track|ul)(?=[\s/>]|$))",
    re.IGNORECASE,
)
"""A heading, a quotation, or what opens or closes a block of HTML, by CommonMark 0.31."""
_RULE = re.compile(r"\s*[|+=:_*\-–—\s]+$")


class Block(NamedTuple):
    """Lines that belong together; their kind where the page itself tells it.

    whole: they are one sentence, whatever stops they hold: a row of a table.
    """

    span: Span
    kind: Kind | None = None
    whole: bool = False


def strip(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends, and what has no width there."""
    while start < end and (text[start].isspace() or text[start] in NO_WIDTH):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in NO_WIDTH):
        end -= 1
    return Span(start, end)


def unquoted(text: str, row: Span) -> tuple[int, Span]:
    """How deep a line is quoted, as of a mail, and the line without the marks of that."""
    marks = QUOTED.match(text, row.start, row.end)
    if marks is None:
        return 0, row
    return marks.group().count(">"), strip(text, marks.end(), row.end)


def says_something(text: str, span: Span) -> bool:
    """Whether there is a letter or a digit."""
    return _LETTER_OR_DIGIT.search(text, span.start, span.end) is not None


def has_end(text: str, span: Span) -> bool:
    """Whether it ends as a sentence or a lead-in does."""
    return _ENDS.search(text, max(span.start, span.end - 40), span.end) is not None


def adjacent(text: str, a: Span, b: Span) -> bool:
    """Whether two rows are neighbours with words in both, with no empty line between them."""
    return a.end > a.start and b.end > b.start and text.count("\n", a.end, b.start) == 1


def after_marker(text: str, row: Span) -> int:
    """Where a row goes on after the bullet, the number or the signs of a quotation before it."""
    marker = _MARKER.match(text, row.start, row.end)
    return marker.end() if marker else row.start


def opens_block(text: str, row: Span) -> bool:
    """Whether a row begins a list item, a quotation, a table or a rule, whatever is above it."""
    marked = after_marker(text, row) > row.start or text.startswith("|", row.start)
    opens = marked or _OPENS.match(text, row.start, row.end) is not None
    return opens or _RULE.match(text, row.start, row.end) is not None


def is_indented(text: str, row: Span) -> bool:
    """Whether four blanks or a tab are right before a row."""
    return text.endswith(("    ", "\t"), max(0, row.start - 4), row.start)


def is_lower(text: str, row: Span) -> bool:
    """Whether a row opens in lower case, after what opens a quotation or a bracket."""
    return text[row.start : row.start + 2].lstrip("\"'“‘(")[:1].islower()


def opens_lower(text: str, rows: Sequence[Span]) -> bool:
    """Whether as many lines open in lower case as do where prose is wrapped.

    Three of four do; of separate lines, as of a table or of names, hardly any. A script without
    case tells nothing.
    """
    lower = sum(is_lower(text, row) for row in rows)
    told = any(text[row.start].isupper() or text[row.start].isdigit() for row in rows)
    return lower * 4 >= len(rows) or not told


def code(text: str, row: Span) -> Block:
    """A line of code: it heads nothing. What an option means is told as prose."""
    told = has_end(text, row) or is_entry(text, row)
    return Block(row, Kind.PROSE if told else Kind.FRAGMENT)
