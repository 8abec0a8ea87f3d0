"""What stands at the head of a document: its front matter, its date and its title.

A date is taken only from where documents date themselves, and a title only from where they are
named: better none than the words of the text itself.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby, islice, pairwise

from index.dates import mentions
from index.documents.datelines import (
    MARKS,
    MET,
    NEARBY,
    OTHER_NOTE,
    PUBLISHED,
    UNLABELLED,
    UPDATED,
    Dated,
    dated_in,
    heads_another,
    is_byline,
    is_dateline,
    labelled_in,
    moved_by,
    only_date,
    weak_claims,
    wired,
)
from index.documents.sections import opens_entry
from index.types import DateMention, Span

_NEW_SENTENCE = re.compile(r"\.?\s+[\"'“‘(]?[A-Z0-9]")
_FULL_STOP = re.compile(
    r"(?<!\.\.)(?<!\b[A-Za-z])(?<!\bInc)(?<!\bCorp)(?<!\bCo)(?<!\bLtd)(?<!\b[JS]r)[.。]"
    r"[\"'”’)\]]{0,3}$"
)
_UNFINISHED = re.compile(r"(?:\b(?:an?|the|of|in|on|to|and|or|for|with|by|at|from|that)|,)$")
_FRONT_MATTER = re.compile(
    r"\ufeff?---[^\S\n]*\n(?P<keys>(?:(?!---|\.\.\.).*\n)*+)(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)"
)
_KEY = re.compile(r"^(?P<key>[A-Za-z][\w-]{0,40})[^\S\n]{0,8}:(?P<value>.*)$", re.MULTILINE)
_KEYS = (
    *("date", "published", "created", "publishdate", "pubdate", "publishedat", "publishedon"),
    *("datepublished", "publicationdate", "issued", "dateissued", "meetingdate"),
)
_UPDATED_KEYS = (
    *("updated", "modified", "lastmod", "updatedat", "lastupdated", "lastmodified"),
    *("lastmodifiedat", "datemodified"),
)
# What says in the head of minutes that they are, and what that a meeting is to come.
_MEETING = re.compile(
    r"(?<![Nn]ext )\b(?ai:meetings?|minutes|sync|stand-?up|retro(?:spective)?|1:1|committee|agm)\b"
    r"|^[\s*_>-]*(?ai:(?:in )?attend(?:ees|ing|ance)|present|apologies|chair)[*_]{0,3}:"
)
_CALLED = re.compile(r"\b(?ai:agenda|notice|invit(?:ation|ed?|es)|rsvp|save the date)\b")
_FENCE = re.compile(r" {0,3}(`{3,}+(?!.*`)|~{3,})")
_HASHES = re.compile(r" {0,3}(#{1,6})(?=\s|$)")
_UNDERLINE = re.compile(r"(?!-- \r?$) {0,3}(=+|-+)[ \t\r]*")  # "-- " is above a signature
_NO_TITLE = re.compile(
    r"(?i:advertisement|skip to (?:main )?content|(?:for immediate|press|news|media) release"
    r"|memo(?:randum)?)[:.]?"
    r"|(?ai:to|from|cc|bcc|sent|attn|ref|(?:[a-z]+ )?date|embargo(?:ed)?(?: until)?)\s?:.*"
    r"|(?i:copyright|\(c\)|©).*\d{4}.*|[\w-]+:\s?https?://\S+|.*[\w.]@[\w-]+\.\w.*"
)
_APART = re.compile(r"\t| {4}")
"""What parts a title from a page's number, a date or the like at the other end of its line."""
_SUBJECT = re.compile(r"[\s*_>]{0,8}(?ai:subject|re|title)\s?:[\s*_]{0,8}(?P<value>\S.*)")


def document_date(text: str, *, markdown: bool) -> DateMention | None:
    """The date that a document gives for itself in front matter or in its heading lines, or None.

    A labelled date ("Published 2023-01-05") goes before a dateline, that before a place's, as press
    releases open ("BOSTON, March 3, 2021 -- "), that before "Updated ...", that before "Minutes of
    ...", and among equals the first; last comes the only day that these lines name, if it opens the
    line of where a meeting was or ends a short one. The stripped span covers label and date, the
    whole dateline, in front matter key and value, or that day. Never a date from prose, of a
    section among others or of what is to come.
    """
    keys, start = front_matter(text) if markdown else ({}, 0)
    dated = [*_key_dates(text, keys), *_opening(text, start)]
    spans = heading_lines(text, start=start)
    lines = _own_lines([(s.start, text[s.start : s.end]) for s in spans])
    dated += [(rank, moved_by(at, d)) for at, line in lines for rank, d in dated_in(line)]
    dated += wired(text, spans[-1].end + 1 if spans else start)
    if all(rank != PUBLISHED for rank, _ in dated):
        dated += _weakly_dated(text, lines)
    dated.sort(key=lambda d: d[0])
    return next((d for rank, d in dated if rank != UNLABELLED or not _is_section(text, d)), None)


def title(text: str, *, markdown: bool) -> str | None:
    """The title of a document: one line of 1 to 300 characters with a letter in it, or None.

    Of Markdown the front matter's `title`, else the first heading of the first level, else the
    first heading. Of other text the first line, or if that cannot be one (a dateline, a byline, a
    sentence, "Press release", "To: ...") the first line that stands alone between blank lines, and
    before these what "Subject: ..." names: all above the running prose only, and with something
    below, since a title is the title of something.
    """
    keys, start = front_matter(text) if markdown else ({}, 0)
    value = keys.get("title", Span(0, 0))
    named = _title(_unquoted(text[value.start : value.end].strip()))
    marked = _markdown_title(text, start) if markdown and not named else None
    found = named or marked or _plain_title(text, start)
    opening = text[start:].lstrip("\ufeff# \t\r\n").partition("\n")[0].strip()
    entry = found and (opens_entry(found) or opens_entry(opening))
    return None if entry and _is_log(text) else found


def _is_log(text: str) -> bool:
    """Whether two lines open entries: a changelog is not named by the newest of its versions."""
    entries = (line for line in text.split("\n") if opens_entry(line.strip("#* \t\r")))
    return sum(1 for _ in islice(entries, 2)) == 2


def front_matter(text: str) -> tuple[Mapping[str, Span], int]:
    """What stands between the leading --- lines of a Markdown text, and where the rest starts.

    The span of each top-level value by its key in lower case; ({}, 0) if there is no such block,
    or nothing in it has a key: then the lines are rules.
    """
    block = _FRONT_MATTER.match(text)
    if block is None:
        return {}, 0
    found: dict[str, Span] = {}
    for match in _KEY.finditer(text, *block.span("keys")):
        found.setdefault(match["key"].lower(), Span(*match.span("value")))
    return (found, block.end()) if found else ({}, 0)


def fence_below(line: str, fence: str) -> str:
    """The code fence that is open below a line of Markdown, where `fence` is above: "" for none."""
    mark = _FENCE.match(line)
    if not fence:
        return mark[1] if mark else ""
    closes = mark and mark[1].startswith(fence) and not line[mark.end() :].strip()
    return "" if closes else fence


def heading_lines(text: str, *, start: int = 0) -> tuple[Span, ...]:
    """The lines, blank ones too, before the first of running prose; 30 or 3,000 characters at most.

    Running prose is a line longer than 300 characters, or one of six words or more that ends a
    sentence or goes on in the next line. A headline or standfirst is none, whatever it ends in:
    that is a line with a dateline below it.
    """
    lines = list(_first_lines(text, start))
    for number, line in enumerate(lines):
        below = [text[s.start : s.end].strip() for s in lines[number + 1 : number + 5]]
        if number == 30 or _is_prose(text[line.start : line.end], below):
            return tuple(lines[:number])
    return tuple(lines)


def _first_lines(text: str, start: int) -> Iterator[Span]:
    stop, count = min(len(text), start + 3_000), 0
    while start < stop and count < 35:  # 30, and some below the last to look at
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Span(start, end)
        start, count = end + 1, count + 1


def _is_prose(line: str, below: list[str]) -> bool:
    if len(line) > 300:
        return True
    ends = (line[d.span.end :] for rank, _, d in weak_claims(line) if rank == NEARBY)
    if len(line.split()) < 6 or is_dateline(line) or any(map(_ends_note, ends)):
        return False
    goes_on = bool(below and below[0]) and not is_byline(below[0])
    goes_on = goes_on and bool(below[0][:1].islower() or _UNFINISHED.search(line.rstrip()))
    if not (goes_on or _ends_sentence(line)):
        return False
    following = next((s for s in below if s and not is_byline(s)), "")
    return not is_dateline(following)


def _ends_note(after: str) -> bool:
    """Whether after a date come marks, or what is to come or was: "Next review: May 2026."."""
    return not after.strip(MARKS) or OTHER_NOTE.match(after) is not None


def _ends_sentence(line: str) -> bool:
    """Whether a line ends in a full stop that is neither an ellipsis' nor an abbreviation's."""
    return _FULL_STOP.search(line.rstrip()[-20:]) is not None


def _own_lines(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines but for those under a label of another day: "Next meeting:"."""
    written = [numbered for numbered in lines if numbered[1].strip()]
    return [this for (_, above), this in pairwise([(0, ""), *written]) if not heads_another(above)]


def _opening(text: str, start: int) -> Iterator[Dated]:
    """A label and its date at the very start, with the first sentence of the text in their line."""
    line = text[start : start + 200].partition("\n")[0]
    for rank, found in labelled_in(line):
        at_start = not line[: found.span.start].strip(MARKS)
        if at_start and _NEW_SENTENCE.match(line, found.span.end):
            yield rank, moved_by(start, found)


def _weakly_dated(text: str, lines: list[tuple[int, str]]) -> Iterator[Dated]:
    """The weaker claims of the lines that no line of the text makes alike with another date."""
    claims = [(at, claim) for at, line in lines for claim in weak_claims(line)]
    days = {m.date for _, line in lines for m in mentions(line) if m.date[7:]}
    met = any(_MEETING.search(s) for _, s in lines) and not any(_CALLED.search(s) for _, s in lines)
    everywhere = (c for line in text.split("\n") if claims for c in weak_claims(line))
    alike = [claim[:2] for claim in {(rank, form, d.date) for rank, form, d in everywhere}]
    for at, (rank, form, found) in claims:
        fits = rank < MET or (len(days) == 1 and (rank != MET or met))
        if fits and alike.count((rank, form)) == 1:
            yield rank, moved_by(at, found)


def _is_section(text: str, found: DateMention) -> bool:
    """Whether a bare date heads one part of a chronicle: two more such lines with other dates."""
    words = text[found.span.start : found.span.end]
    if [m.span for m in mentions(words)] != [Span(0, len(words))]:
        return False
    lines = (line for line in text.split("\n") if 6 < len(line) <= 60)
    others = {d.date for line in lines for rank, d in dated_in(line) if rank == UNLABELLED}
    return len(others - {found.date}) >= 2


def _key_dates(text: str, keys: Mapping[str, Span]) -> Iterator[Dated]:
    letters = {re.sub("[^a-z]", "", key): value for key, value in keys.items()}
    for key in (*_KEYS, *_UPDATED_KEYS):
        if key in letters and (found := _key_date(text, letters[key])):
            yield PUBLISHED if key in _KEYS else UPDATED, found


def _key_date(text: str, value: Span) -> DateMention | None:
    words = text[value.start : value.end].partition(" #")[0]
    year = re.fullmatch(r"[\s\"']*([12][0-9]{3})[\s\"']*", words)
    found = DateMention(year[1], Span(*year.span(1))) if year else only_date(words)
    if found is None:
        return None
    end = value.start + found.span.end
    end += text[end : end + 1] in ('"', "'")
    return DateMention(found.date, Span(text.rfind("\n", 0, value.start) + 1, end))


# The title.


def _title(words: str) -> str | None:
    words = _APART.split(words.lstrip("\ufeff").strip())[0].rstrip()
    fits = len(words) <= 300 and len(words.splitlines()) == 1
    return words if fits and any(map(str.isalpha, words)) else None


def _unquoted(value: str) -> str:
    """A YAML scalar on one line."""
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"')
    return value.partition(" #")[0]


def _markdown_title(text: str, start: int) -> str | None:
    lines = text[start:].lstrip("\ufeff").split("\n")
    found = [(level, _title(words)) for level, words in _headings(lines)]
    titles = sorted((level > 1, n) for n, (level, words) in enumerate(found) if words)
    return found[titles[0][1]][1] if titles else None


def _headings(lines: list[str]) -> Iterator[tuple[int, str]]:
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


def _plain_title(text: str, start: int) -> str | None:
    spans = heading_lines(text, start=start)
    lines = [text[s.start : s.end].lstrip("\ufeff").strip() for s in spans]
    if subject := next(filter(None, map(_SUBJECT.fullmatch, lines)), None):
        return _title(subject["value"].rstrip("*_"))
    first = [number for number, line in enumerate(lines) if line][:1]
    for number in (*first, *_alone(lines)):
        if _can_be_title(lines, number) and text[spans[number].end :].strip():
            return _title(lines[number])
    return None


def _alone(lines: list[str]) -> Iterator[int]:
    """The lines between blank ones, not counting datelines and bylines beside them."""
    for is_text, block in groupby(enumerate(lines), key=lambda numbered: bool(numbered[1])):
        others = [n for n, line in block if not (is_dateline(line) or is_byline(line))]
        if is_text and len(others) == 1:
            yield others[0]


def _can_be_title(lines: list[str], number: int) -> bool:
    """A line that ends like a sentence can if a dateline follows: only headlines have one below."""
    line, below = lines[number], next((s for s in lines[number + 1 :] if s), "")
    if is_dateline(line) or is_byline(line) or _NO_TITLE.fullmatch(line):
        return False
    ends = (_ends_sentence(line) and not is_dateline(below)) or line.endswith((",", ";"))
    return _title(line) is not None and not ends
