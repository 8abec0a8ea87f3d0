"""What a document calls itself. A title is taken only from where documents are named: better none
than the words of the text itself."""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from index.documents.columns import head_above
from index.documents.datelines import is_byline, is_dateline
from index.documents.heading import ends_sentence, fence_below, front_matter, heading_lines
from index.documents.marks import views
from index.documents.sections import opens_entry
from index.types import Span

_HASHES = re.compile(r" {0,3}(#{1,6})(?=\s|$)")
_UNDERLINE = re.compile(r"(?!-- \r?$) {0,3}(=+|-+)[ \t\r]*")  # "-- " is above a signature
_RULE = re.compile(r"(?P<mark>[=\-~*#^_+])(?P=mark){2,}")
_FRAMED = re.compile(
    r"(?P<mark>[=#])(?P=mark)*\s+(?P<words>\S.*?)(?:\s+(?P=mark)+)?"
    r"|(?P<star>[*~+_-])(?P=star)*\s*+(?P<inner>\S.*?)\s*(?P=star)+"
)
"""A title between marks, or in a text after those of a heading: "= Title", "*** Title ***"."""
_NO_TITLE = re.compile(
    r"(?i:advertisement|skip to (?:main )?content|(?:for immediate|press|news|media) release"
    r"|memo(?:randum)?)[:.]?"
    r"|(?ai:to|from|cc|bcc|sent|attn|ref|(?:[a-z]+ )?date|embargo(?:ed)?(?: until)?)\s?:.*"
    r"|(?i:copyright|\(c\)|©).*\d{4}.*|[\w-]+:\s?https?://\S+|.*[\w.]@[\w-]+\.\w.*"
    r"|#!.*|(?i:page \d+(?: (?:of|/) \d+)?)|<[^<>]*>|\.\. .*"
    r"|\[+_?TOC_?\]+|[\[(<]?(?:[\d/.-]{8,10},?[T ])?\d\d?:\d\d\b.*"
)
"""Nor a directive of a markup, nor a line of a log or a chat, which opens with the clock."""
_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"(?P<bullet>[-*+•·–])\s(?!.*\s(?P=bullet)$)|\[[ xX]?\]\s|\|.*\|")
"""What opens an item of a list, but no title between two such marks; or a row of a table."""
_APART = re.compile(r"\t| {4}")
"""What parts a title from a page's number, a date or the like at the other end of its line."""
_GAP = re.compile(r"\t|\s{3,}")
_SUBJECT = re.compile(r"[\s*_>#+]{0,8}(?ai:subject|re|title)\s?:[\s*_]{0,8}(?P<value>\S.*)")
_QUOTED = re.compile(
    r"""(?:'(?P<single>(?:[^']|'')*+)'|"(?P<double>(?:[^"\\]|\\.)*+)")(?:\s+#.*)?"""
)
_FOLDED = re.compile(r"\s*[>|][+-]?\s*")
_INDENTED = re.compile(r"(?:\n[ \t]+\S.*)+")

_COMMENT = re.compile(r"<!--(?:[^-]++|-(?!->))*+(?P<closed>-->)?")
"""One that is never closed is none, but is matched: so all are found in one pass."""
_HTML = re.compile(
    r"<(?P<tag>h(?P<level>[1-6])|title)\b[^<>]{0,200}>(?P<words>(?:(?!</?(?:h[1-6]|title)\b).){0,600})"
    r"</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_NO_WORDS = re.compile(
    r"\[\s*\](?:\([^()]*\)|\[[^\[\]]*\])|\s\{[#.][^{}]*\}\s*$"
    r"|</?(?:a|b|big|br|center|code|div|em|font|i|img|kbd|p|picture|small|source|span|strong|sub|sup|u)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
"""In a line of Markdown: a link around a picture, the name of a heading, tags."""
_LINKS = re.compile(r"(?:\[[^\[\]]*\]\([^()]*\)[^\w\[]*+){2,}+")
"""A line of nothing else leads to other pages."""


def title(text: str, *, markdown: bool) -> str | None:
    """The title of a document as it is seen, 1 to 300 characters with a letter among them, or None.

    Of Markdown the front matter's `title`, else the first heading of the first level, else the
    first heading, in HTML too. Of other text the first line, or if that cannot be one (a dateline,
    a byline, a sentence, "Press release", "To: ...") the first line that stands alone between blank
    lines, and before these what "Subject: ..." names: all above the running prose only, and with
    something below, since a title is the title of something.
    """
    named, start = _named(text) if markdown else (None, 0)
    body = _without_html(text[start:]) if markdown else text
    found = named or (_marked_title(body) if markdown else None) or _plain_title(body, markdown)
    opening = text[start:].lstrip("\ufeff# \t\r\n").partition("\n")[0].strip()
    entry = found and (opens_entry(found) or opens_entry(opening))
    return None if entry and _is_log(text) else found


def _is_log(text: str) -> bool:
    """Whether two lines open entries: a changelog is not named by the newest of its versions."""
    entries = (line for line in text.split("\n") if opens_entry(line.strip("#* \t\r")))
    return sum(1 for _ in islice(entries, 2)) == 2


def _named(text: str) -> tuple[str | None, int]:
    """The title that the front matter gives, and where the rest starts."""
    keys, start = front_matter(text)
    value = keys.get("title", Span(0, 0))
    words = text[value.start : value.end]
    if _FOLDED.fullmatch(words) and (below := _INDENTED.match(text, value.end, start)):
        return _title(" ".join(below.group().split())), start
    return _title(_unquoted(words.strip())), start


def _unquoted(value: str) -> str:
    """A scalar of YAML or TOML on one line, without what is noted after it."""
    if (quoted := _QUOTED.fullmatch(value)) is None:
        return value.partition(" #")[0]
    if quoted["single"] is not None:
        return quoted["single"].replace("''", "'")
    return quoted["double"].replace('\\"', '"')


def _title(words: str) -> str | None:
    words = _APART.split(words.lstrip("\ufeff").strip())[0].rstrip()
    fits = len(words) <= 300 and len(words.splitlines()) == 1
    return words if fits and any(map(str.isalpha, words)) else None


def _seen(line: str) -> str:
    """A line of Markdown as it is seen: without pictures, tags and marks."""
    bare = _NO_WORDS.sub("", _IMAGE.sub("", line)).strip()
    shown = next(views(bare, markdown=True), None)
    return html.unescape(shown.text if shown else bare).strip()


def _without_html(text: str) -> str:
    """Markdown without comments, its headings in HTML marked as others are, and without the lines
    that hold nothing but pictures."""
    text = _COMMENT.sub(lambda found: "" if found["closed"] else found[0], text)
    text = _HTML.sub(_as_heading, text)
    lines = text.split("\n")
    return "\n".join(line if not _IMAGE.search(line) or _seen(line) else "" for line in lines)


def _as_heading(match: re.Match[str]) -> str:
    return f"\n\n{'#' * int(match['level'] or 1)} {' '.join(match['words'].split())}\n\n"


def _marked_title(text: str) -> str | None:
    lines = text.lstrip("\ufeff").split("\n")
    found = [(level, _title(_seen(words))) for level, words in _headings(lines)]
    titles = sorted((level > 1, n) for n, (level, words) in enumerate(found) if words)
    return found[titles[0][1]][1] if titles else None


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Level and words of each heading, ATX or setext, that is not inside a code fence."""
    fence, above, previous = "", "", ""
    for line in lines:
        outer, fence = fence, fence_below(line, fence)
        if outer or fence:
            pass
        elif hashes := _HASHES.match(line):
            yield len(hashes[1]), _without_closing(line[hashes.end() :].strip())
        elif above and (underline := _UNDERLINE.fullmatch(line)):
            yield 1 + (underline[1][0] == "-"), above
        is_paragraph = not (fence or previous.strip() or line.lstrip()[:1] in tuple("#>|-*+="))
        above, previous = (line.strip() if is_paragraph else ""), line


def _without_closing(words: str) -> str:
    bare = words.rstrip("#")
    return bare.rstrip() if bare != bare.rstrip() or not bare else words


def _plain_title(text: str, markdown: bool) -> str | None:
    spans = heading_lines(text)
    lines = [text[s.start : s.end].lstrip("\ufeff").strip() for s in spans]
    if subject := next(filter(None, map(_SUBJECT.fullmatch, lines)), None):
        return _title(subject["value"].rstrip("*_"))
    lines = ["" if _RULE.fullmatch(line) else line for line in lines]
    first = [number for number, line in enumerate(lines) if line][:1]
    for number in (*first, *_alone(lines)):
        found = _seen(lines[number]) if markdown else _unframed(lines[number])
        if _ITEM.match(found) or _heads_columns(text, spans[number]):
            continue
        if _can_be_title(lines, number) and _title(found) and text[spans[number].end :].strip():
            return _title(found)
    return None


def _heads_columns(text: str, line: Span) -> bool:
    """Whether a line is what heads the columns of the rows below it, or below a rule, or the first
    of three rows of as many cells."""
    rows = text[line.start : line.start + 1000].split("\n", 3)[:3]
    cells = {len(_GAP.split(row.strip("#> \t\r"))) for row in rows}
    if len(rows) == 3 and len(cells) == 1 and cells != {1}:
        return True
    below = line.end + 1
    words = _WORD.findall(text, line.start, line.end)
    starts = (below, text.find("\n", below) + 1)
    return any(_WORD.findall(head_above(text, at)) == words for at in starts if at > line.start)


def _unframed(line: str) -> str:
    framed = _FRAMED.fullmatch(line)
    return (framed["words"] or framed["inner"]) if framed else line


def _alone(lines: Sequence[str]) -> Iterator[int]:
    """The lines between blank ones, not counting datelines and bylines beside them."""
    for is_text, block in groupby(enumerate(lines), key=lambda numbered: bool(numbered[1])):
        others = [n for n, line in block if not (is_dateline(line) or is_byline(line))]
        if is_text and len(others) == 1:
            yield others[0]


def _can_be_title(lines: Sequence[str], number: int) -> bool:
    """A line that ends like a sentence can if a dateline follows: only headlines have one below."""
    line, below = lines[number], next((s for s in lines[number + 1 :] if s), "")
    if is_dateline(line) or is_byline(line) or _NO_TITLE.fullmatch(line) or _LINKS.fullmatch(line):
        return False
    return not (ends_sentence(line) and not is_dateline(below)) and not _goes_on(line)


def _goes_on(line: str) -> bool:
    """Whether a line ends within a sentence, or a word."""
    return line.endswith((",", ";")) or (line.endswith("-") and line[-2:-1].isalpha())
