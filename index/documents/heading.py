"""What stands at the head of a document: its front matter and its date.

A date is taken only from where documents date themselves: better none than one of the text itself.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from index.dates import mentions, read_date
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
from index.types import DateMention, Span

_NEW_SENTENCE = re.compile(r"\.?\s+[\"'“‘(]?[A-Z0-9]")
_FULL_STOP = re.compile(
    r"(?<!\.\.)(?<!\b[A-Za-z])(?<!\bInc)(?<!\bCorp)(?<!\bCo)(?<!\bLtd)(?<!\b[JS]r)[.。]"
    r"[\"'”’)\]]{0,3}$"
)
_UNFINISHED = re.compile(r"(?:\b(?:an?|the|of|in|on|to|and|or|for|with|by|at|from|that)|,)$")
_FRONT_MATTER = re.compile(
    r"\ufeff?(?P<mark>---|\+\+\+)[^\S\n]*\n(?P<keys>(?:(?!(?P=mark)|\.\.\.).*\n)*+)"
    r"(?:(?P=mark)|\.\.\.)[^\S\n]*(?:\n|\Z)"
)
_KEY = re.compile(r"^(?P<key>[A-Za-z][\w-]{0,40})[^\S\n]{0,8}[:=](?P<value>.*)$", re.MULTILINE)
_KEYS = (
    *("date", "published", "created", "publishdate", "pubdate", "publishedat", "publishedon"),
    *("datepublished", "publicationdate", "issued", "dateissued", "meetingdate"),
    *("createdat", "createdon", "datecreated"),
)
_UPDATED_KEYS = (
    *("updated", "modified", "lastmod", "updatedat", "lastupdated", "lastmodified"),
    *("lastmodifiedat", "datemodified", "updatedon", "lastupdate"),
)
# What says in the head of minutes that they are, and what that a meeting is to come.
_MEETING = re.compile(
    r"(?<![Nn]ext )\b(?ai:meetings?|minutes|sync|stand-?up|retro(?:spective)?|1:1|committee|agm)\b"
    r"|^[\s*_>-]*(?ai:(?:in )?attend(?:ees|ing|ance)|present|apologies|chair)[*_]{0,3}:"
)
# What says there that a "Date:" is the day of what people are asked to, and what that it is not.
_ASKED_TO = re.compile(
    r"^[\s|*_>-]*(?ai:place|venue|where)[*_]{0,3}\s?[:|]"
    r"|\b(?ai:invitation(?!\sto\s(?:bid|comment|quote|tender|treat))"
    r"|(?:are|be|is)\s(?:\w+\s)?invited|invites?\s(?:you|all|every\w*)|rsvp|save the date)\b"
)
_WRITTEN = re.compile(
    r"^[\s|*_>-]*(?ai:from|to|subject|author|reported by)[*_]{0,3}\s?[:|]"
    r"|\b(?ai:accident|agreement|audit|certificate|contract|diary|incident|inspection|interview|log"
    r"|memo|notes|observations?|protocol|record|report|review|samples?|sheet|statement|summary"
    r"|survey|tests?|visit)\b"
)
_ITS_DATE = re.compile(r"[*_]{0,3}(?ai:date)(?!\w|\s(?ai:of|issued|published)\b)")
_CALLED = re.compile(r"\b(?ai:agenda|notice|invit(?:ation|ed?|es)|rsvp|save the date)\b")
_RULE = re.compile(r"[ \t]{0,8}(?:[-–—=]{2,}|[-*+•])[ \t]")
_FENCE = re.compile(r" {0,3}(`{3,}+(?!.*`)|~{3,})")


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
    if _is_event([line for _, line in lines]):
        lines = [(at, line) for at, line in lines if not _names_day(line)]
    dated += [(rank, moved_by(at, d)) for at, line in lines for rank, d in dated_in(line)]
    dated += wired(text, spans[-1].end + 1 if spans else start)
    if all(rank != PUBLISHED for rank, _ in dated):
        dated += _weakly_dated(text, lines)
    dated.sort(key=lambda d: d[0])
    return next((d for rank, d in dated if rank != UNLABELLED or not _is_section(text, d)), None)


def front_matter(text: str) -> tuple[Mapping[str, Span], int]:
    """What is between the leading --- or +++ lines of a Markdown text, and where the rest starts.

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
    if len(line) > 300 or _goes_on_with_a_day(line, below):
        return True
    ends = (line[d.span.end :] for rank, _, d in weak_claims(line) if rank == NEARBY)
    if len(line.split()) < 6 or is_dateline(line) or any(map(_ends_note, ends)):
        return False
    goes_on = bool(below and below[0]) and not is_byline(below[0])
    goes_on = goes_on and bool(below[0][:1].islower() or _UNFINISHED.search(line.rstrip()))
    if not (goes_on or ends_sentence(line)):
        return False
    following = next((s for s in below if s and not is_byline(s)), "")
    return not is_dateline(following)


def _goes_on_with_a_day(line: str, below: list[str]) -> bool:
    """Whether a sentence was wrapped before its date: "The company was founded in" above "May
    1901." The name of minutes is none: "Council meeting held on" above a day."""
    short = len(line.split()) < 5 or line.rstrip().endswith(",")
    if short or not _UNFINISHED.search(line.rstrip()) or not is_dateline("".join(below[:1])):
        return False
    day, after = (*below, "")[:2]
    if ends_sentence(day) or after[:1].islower():
        return True
    whole = f"{line.strip()} {day}"
    named = any(rank == NEARBY for rank, _, _ in weak_claims(whole)) or _MEETING.search(line)
    return not named and not is_dateline(whole)


def _ends_note(after: str) -> bool:
    """Whether after a date come marks, or what is to come or was: "Next review: May 2026."."""
    return not after.strip(MARKS) or OTHER_NOTE.match(after) is not None


def ends_sentence(line: str) -> bool:
    """Whether a line ends in a full stop that is neither an ellipsis' nor an abbreviation's."""
    return _FULL_STOP.search(line.rstrip()[-20:]) is not None


def _own_lines(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The lines but for those under a label of another day: "Next meeting:"."""
    written = [numbered for numbered in lines if numbered[1].strip()]
    return [this for (_, above), this in pairwise([(0, ""), *written]) if not heads_another(above)]


def _is_event(lines: list[str]) -> bool:
    """Whether a head asks people to something, and is not that of a mail, a report or minutes."""

    def any_says(what: re.Pattern[str]) -> bool:
        return any(map(what.search, lines))

    return any_says(_ASKED_TO) and not any_says(_WRITTEN) and not any_says(_MEETING)


def _names_day(line: str) -> bool:
    """Whether a line has a "Date:", which on an invitation is the day to come."""
    return any(_ITS_DATE.match(line, found.span.start) for _, found in dated_in(line))


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
    """Whether a bare date heads one part of a chronicle: two more such lines with other dates, or
    one if dashes or the marks of a list open both."""
    words = text[found.span.start : found.span.end]
    if [m.span for m in mentions(words)] != [Span(0, len(words))]:
        return False
    lines = [line for line in text.split("\n") if 6 < len(line) <= 60]
    mark = _RULE.match(text, text.rfind("\n", 0, found.span.start) + 1)
    others = {
        (d.date, mark is not None and line.startswith(mark[0]))
        for line in lines
        for rank, d in dated_in(line)
        if rank == UNLABELLED and d.date != found.date
    }
    return len({date for date, _ in others}) >= 2 or any(alike for _, alike in others)


def _key_dates(text: str, keys: Mapping[str, Span]) -> Iterator[Dated]:
    letters = {re.sub("[^a-z]", "", key): value for key, value in keys.items()}
    for key in (*_KEYS, *_UPDATED_KEYS):
        if key in letters and (found := _key_date(text, letters[key])):
            yield PUBLISHED if key in _KEYS else UPDATED, found


def _key_date(text: str, value: Span) -> DateMention | None:
    words = text[value.start : value.end].partition(" #")[0]
    year = re.fullmatch(r"[\s\"']*([12][0-9]{3})[\s\"']*", words)
    date = read_date(year[1]) if year else None
    found = DateMention(date, Span(*year.span(1))) if year and date else only_date(words)
    if found is None:
        return None
    end = value.start + found.span.end
    end += text[end : end + 1] in ('"', "'")
    return DateMention(found.date, Span(text.rfind("\n", 0, value.start) + 1, end))
