"""What stands at the head of a document: its front matter, its date and its title.

A date is taken only from where documents date themselves, and a title only from where they are
named: better none than the words of the text itself.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from index.dates import mentions
from index.types import DateMention, Span

_LABEL = (
    r"(?ai:(?P<late>(?:last[ -])?(?:updated|modified|revised|edited)(?:[ -]date)?)"
    r"|date[ ](?:issued|published|of[ ](?:issue|meeting|publication))"
    r"|(?:filing|issue|meeting|pub|publication|publish|release)[ -]date"
    r"|(?:delivered|filed|released|sent)(?=(?:[ ]on)?:)"
    r"|(?:first[ ])?(?:published|posted)|created|issued|written|dated?)(?!\w)"
    r"(?:\s(?ai:on|at)(?!\w))?[\s:*_|–—-]{0,8}"
)
_LABELLED = re.compile(
    r"(?:(?<=[|·•/–—(,])[\s*_]{0,8}|(?<=[0-9.;]\s)|(?<=[A-Z]{2}\s)|^[\s>|\ufeff-]{0,8})"
    rf"(?P<label>[*_]{{0,3}}{_LABEL})"
)
_YEAR_ALONE = re.compile(r"[12][0-9]{3}(?=\s*$)")
# What may stand beside the date in a dateline: marks, a weekday, a clock, a zone or a place.
_CLOCK = (
    r"(?:[+-][0-9]{1,2}(?::?[0-9]{2})?(?!\w)|[\s.,:]"
    r"|(?ai:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?ai:day)?(?!\w)"
    r"|T?[0-9]{1,2}(?:[:.h][0-9]{2}){1,2}(?:\.[0-9]{1,9})?Z?"
    r"|(?ai:(?:[0-9]{1,2}\s?)?(?:am|pm|a\.m\.?|p\.m\.?)|noon|midnight|at|on)(?!\w)"
    r"|[A-Z]{2,4}(?!\w)|[0-9]{1,3}[ -](?ai:min(?:ute)?s?(?: read)?)(?!\w))"
)
_BESIDE = re.compile(rf"(?:{_CLOCK}|[;|·•/()\[\]*_>\ufeff–—-])*+")
# Between a date and the sentence in its line: marks, and a clock with its zone.
_HALF_DAY = r"\s?(?ai:am|pm|a\.m\.?|p\.m\.?)(?!\w)"
_TRAIL = re.compile(
    rf"[\s,;:|·•–—-]*(?:(?:(?ai:at)\s)?[0-9]{{1,2}}(?:(?:[:.h][0-9]{{2}}){{1,2}}(?:{_HALF_DAY})?|{_HALF_DAY})"
    r"(?:\s[A-Z]{2,4}(?!\w))?[\s.,;:|·•–—-]*)?(?:\.\s+)?"
)
_MARKS = " \t\r\n\u00a0\ufeff.,;:|·•/()[]*_>–—-"
_BYLINE = re.compile(
    r"[\s*_]{0,8}(?ai:(?:(?:written|published|posted) )?by)"
    r"(?!\s(?ai:mon|tues|wednes|thurs|fri|satur|sun)day)"
    r"(?P<names>(?:,?\s(?:and\s)?[A-Z][\w.'’-]*+){1,8})\s?(?:[|·•,–—-]|$)"
)
_ZONE_THEN_DAY = re.compile(
    r"(?<!\w)[A-Z]{2,5}\s?(?:\+(?:1[0-4]|0?[0-9])|-(?:1[0-2]|0?[0-9]))(?::?(?:00|30|45))?"
    r"(?P<day>0[1-9]|[12][0-9]|3[01])(?=\s[^\W\d_]{3})"
)
_AFTER_LABELLED = re.compile(
    rf"(?:\s*|(?:(?!\.\s){_CLOCK})*+)"
    rf"(?:[|·•;(–—-]|(?ai:in)(?!\w)|(?:\.\s+)?(?:(?ai:by)(?!\w)|{_LABEL}))"
)
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
_FENCE = re.compile(r" {0,3}(`{3,}+(?!.*`)|~{3,})")
_HASHES = re.compile(r" {0,3}(#{1,6})(?=\s|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t\r]*")
_NO_TITLE = re.compile(
    r"(?i:advertisement|skip to (?:main )?content|(?:for immediate|press|news|media) release"
    r"|memo(?:randum)?|minutes|agenda)[:.]?"
    r"|(?ai:to|from|cc|bcc|sent|attn|ref|(?:[a-z]+ )?date|embargo(?:ed)?(?: until)?)\s?:.*"
)
_SUBJECT = re.compile(r"[\s*_>]{0,8}(?ai:subject|re|title)\s?:[\s*_]{0,8}(?P<value>\S.*)")
# A draft, a meeting or an approval is near the writing of a document without being it. Up to its
# date: "Version 4.2, approved", "Last revised by the People team, edition of", but no sentence.
_NEAR_WORD = (
    r"(?ai:(?:(?:first|second|third|final|current|last)[ -])?(?:minutes|meeting|edition|version"
    r"|(?:notes|record)(?=\sof\b)"
    r"|draft|revision|status|held|as[ ](?:of|at)|(?:incident|report|document)[ ]date|date(?=\sof\b)"
    r"|compiled|prepared|signed|adopted|approved|reviewed|revised|updated|published|issued)(?!\w))"
)
_NEAR = re.compile(
    rf"[\s>|#\ufeff-]{{0,8}}(?P<label>[*_]{{0,3}}"
    rf"(?:(?:[A-Z][\w'’.]*+\s){{1,4}}(?=(?ai:meeting|minutes)\W))?(?P<word>{_NEAR_WORD})"
    rf"(?:[\s,;:()|·•*_–—-]++(?:{_NEAR_WORD}|v?[0-9][\w.]*+|\w{{3,6}}day(?!\w)"
    r"|(?ai:of|by|in|at|on|for|from|with|no|notes)(?!\w)(?:\s++[^\s,;:()|·•*_–—-]++){0,15}+))*+"
    r"[\s,;:()|·•*_–—-]*+)"
)
_AFTER_NEAR = re.compile(r"\s*(?:$|[.,:;)\]*_|·•(–—-]|(?ai:at|by|in)(?!\w))")
# What makes a day that of something else, and the end of a sentence.
_OTHERWISE = re.compile(
    r"\b(?ai:birth|born|death|died|due|deadline|next|previous|last meeting|review (?:date|by)|will"
    r"|be|until|till|since|before|after|valid|effective|expir\w+|copyright|replaces|supersedes"
    r"|planned|scheduled|(?:start|end|target) date|photo\w*|pictured?|image)\b"
    r"|©|\b(?ai:by|from|to)\s(?:\w+day,?\s)?$|[^\W\d]{3}[.!?]\s+(?=[A-Z])"
)
_LEADING = r"\b(?ai:by|on|in|at|from|to|for|during|between|around)\b"
_NAME = r"(?=[^\W\d_])[^a-zß-ÿ][\w.'’]*+"
_PLACE = re.compile(
    rf"[\s*_>\ufeff]{{0,8}}(?P<place>(?!{_LEADING}){_NAME}(?:,?[ -]{_NAME}){{0,5}})\s?[,|·•–—-]\s"
    rf"{_BESIDE.pattern}"
)
# No day alone: a caption's ("..., China October 30, 2019"), or after "on" or an unknown label.
_CAPTION = re.compile(rf",[^,|(–—-]*\w(?<!\bof)\s*$|:[\s*_]*$|{_LEADING}\s(?:\w+day,?\s)?$")
# How press releases and agencies open: "BOSTON, March 3, 2021 /PRNewswire/ -- ".
_WIRE_PLACE = re.compile(
    rf"[\s*_>\ufeff]{{0,8}}(?P<place>(?!{_LEADING}){_NAME}(?:,?[ -]{_NAME}){{0,5}})\s?"
    r"(?:(?:,|[–—-]{1,2})\s?(?:\([A-Z][\w .]{1,30}\)\s?[–—-]{0,2}\s?)?|(?P<bracket>\())$"
)
_WIRE_END = re.compile(
    r"(?P<agency>\s?(?:/[\w .]{2,30}/|\([A-Z][\w .]{1,30}\)))?\s?[–—-]{1,2}\s?"
    r"(?=(?=[^\W\d_])[^a-zß-ÿ]|[\"'“‘])"
)
_BRACKET_END = re.compile(r"(?P<agency>\))\s")
_PUBLISHED, _UNLABELLED, _PLACED, _UPDATED, _NEARBY, _ALONE = range(6)
_Dated = tuple[int, DateMention]


def document_date(text: str, *, markdown: bool) -> DateMention | None:
    """The date that a document gives for itself in front matter or in its heading lines, or None.

    A labelled date ("Published 2023-01-05") goes before a dateline, that before a place's, as press
    releases open ("BOSTON, March 3, 2021 -- "), that before "Updated ...", that before "Minutes of
    ...", and among equals the first; last comes the only day that these lines
    name, if it ends a short one. The stripped span covers label and date, the whole dateline, in
    front matter key and value, or that day. Never a date from prose or of a section among others.
    """
    keys, start = front_matter(text) if markdown else ({}, 0)
    dated = [*_key_dates(text, keys), *_opening(text, start)]
    lines = [(s.start, text[s.start : s.end]) for s in heading_lines(text, start=start)]
    dated += [(rank, _moved_by(at, d)) for at, line in lines for rank, d in _dated(line)]
    dated += _wired(text, lines[-1][0] + len(lines[-1][1]) + 1 if lines else start)
    if all(rank != _PUBLISHED for rank, _ in dated):
        dated += _weakly_dated(text, lines)
    dated.sort(key=lambda d: d[0])
    return next((d for rank, d in dated if rank != _UNLABELLED or not _is_section(text, d)), None)


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
    return named or marked or _plain_title(text, start)


def is_dateline(line: str) -> bool:
    """Whether a line only dates its document: "Thursday 11 July 2019 10:37, UK", "Updated: ..."."""
    return any(True for _ in _dated(line))


def after_date(text: str, end: int) -> int:
    """Where what follows a date's words in its line begins, after a clock and marks."""
    trail = _TRAIL.match(text, end)
    return trail.end() if trail else end


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
    ends = (line[d.span.end :] for rank, _, d in _weak_claims(line) if rank == _NEARBY)
    if len(line.split()) < 6 or is_dateline(line) or any(not end.strip(_MARKS) for end in ends):
        return False
    goes_on = bool(below and below[0]) and not is_byline(below[0])
    goes_on = goes_on and bool(below[0][:1].islower() or _UNFINISHED.search(line.rstrip()))
    if not (goes_on or _ends_sentence(line)):
        return False
    following = next((s for s in below if s and not is_byline(s)), "")
    return not is_dateline(following)


def is_byline(line: str) -> bool:
    """Whether a line only names its writer: "By Jane Doe"."""
    return len(line) <= 200 and _BYLINE.fullmatch(line.strip()) is not None


def _ends_sentence(line: str) -> bool:
    """Whether a line ends in a full stop that is neither an ellipsis' nor an abbreviation's."""
    return _FULL_STOP.search(line.rstrip()[-20:]) is not None


def _dated(line: str) -> Iterator[_Dated]:
    """The dates that a line gives as a label's or as a dateline, with their ranks."""
    if len(line) > 200:
        return
    labelled = list(_labelled(line))
    for rank, found in labelled:
        rest = line[found.span.end :]
        if _BESIDE.fullmatch(rest) or _AFTER_LABELLED.match(rest):
            yield rank, found
    before_label = min((found.span.start for _, found in labelled), default=len(line))
    if dateline := _dateline(line[:before_label]):
        yield _UNLABELLED, dateline


def _opening(text: str, start: int) -> Iterator[_Dated]:
    """A label and its date at the very start, with the first sentence of the text in their line."""
    line = text[start : start + 200].partition("\n")[0]
    for rank, found in _labelled(line):
        at_start = not line[: found.span.start].strip(_MARKS)
        if at_start and _NEW_SENTENCE.match(line, found.span.end):
            yield rank, _moved_by(start, found)


def _wired(text: str, start: int) -> Iterator[_Dated]:
    """The place and the date that open the prose of a press release or of an agency's report."""
    line = text[start : start + 200].partition("\n")[0]
    found = next((m for m in mentions(line) if m.date[7:]), None)
    place = _WIRE_PLACE.match(line, 0, found.span.start) if found else None
    if found is None or place is None:
        return
    # In lower case a bracket is as likely the life of a person: "Jane Doe (5 May 1950)".
    bracketed = bool(place["bracket"])
    end = (_BRACKET_END if bracketed else _WIRE_END).match(line, found.span.end)
    if bracketed and not place["place"].isupper():
        return
    following = [m for m in mentions(line) if end and 0 <= m.span.start - end.end() < 3]
    if end and not following:
        stop = end.end("agency") if end["agency"] else found.span.end
        yield _PLACED, _moved_by(start, DateMention(found.date, Span(place.start("place"), stop)))


def _weakly_dated(text: str, lines: list[tuple[int, str]]) -> Iterator[_Dated]:
    """The weaker claims of the lines that no line of the text makes alike with another date."""
    claims = [(at, claim) for at, line in lines for claim in _weak_claims(line)]
    days = {m.date for _, line in lines for m in mentions(line) if m.date[7:]}
    everywhere = (c for line in text.split("\n") if claims for c in _weak_claims(line))
    alike = [claim[:2] for claim in {(rank, form, d.date) for rank, form, d in everywhere}]
    for at, (rank, form, found) in claims:
        if alike.count((rank, form)) == 1 and (rank != _ALONE or len(days) == 1):
            yield rank, _moved_by(at, found)


def _weak_claims(line: str) -> Iterator[tuple[int, str, DateMention]]:
    """Rank, form and date of what may date a document; the heads of its sections share a form."""
    may = len(line) <= 200 and re.search("[0-9]{4}", line) and not line.lstrip().startswith("##")
    found = mentions(line) if may else ()
    if not found or _OTHERWISE.search(line[: found[0].span.start]):
        return
    day, start, end = found[0].date, found[0].span.start, found[0].span.end
    apart = len(found) == 1 or line[end : found[1].span.start].strip(_MARKS)
    near = _NEAR.fullmatch(line, 0, start) if apart and day[4:] else None
    if near and _AFTER_NEAR.match(line, end):
        yield _NEARBY, near["word"].lower(), DateMention(day, Span(near.start("label"), end))
    if len(found) > 1 or not day[7:] or not _BESIDE.fullmatch(line, end):
        return
    if place := _PLACE.fullmatch(line, 0, start):
        yield _PLACED, "", DateMention(day, Span(place.start("place"), len(line.rstrip(_MARKS))))
    if len(line[:start].split()) <= 8 and not _CAPTION.search(line[:start]):
        yield _ALONE, re.sub(r"\w[\w .'’&-]*", "w", line[:end]), found[0]


def _labelled(line: str) -> Iterator[_Dated]:
    for match in _LABELLED.finditer(line):
        found = _labelled_year(line, match) or next(iter(_mentions_from(line, match.end())), None)
        if found and _BESIDE.fullmatch(line, match.end(), found.span.start):
            words = Span(match.start("label"), found.span.end)
            yield _UPDATED if match["late"] else _PUBLISHED, DateMention(found.date, words)


def _labelled_year(line: str, label: re.Match[str]) -> DateMention | None:
    year = _YEAR_ALONE.match(line, label.end()) if ":" in label["label"] else None
    return DateMention(year[0], Span(*year.span())) if year else None


def _dateline(line: str) -> DateMention | None:
    """A line that is a date of a month or a day, and nothing beside it but what datelines hold."""
    byline = _BYLINE.match(line)
    start = byline.end() if byline else 0
    found = _mentions_from(line, start)
    if len({m.date for m in found}) != 1 or len(found[0].date) < len("2019-07"):
        return None
    edges = [start, *(edge for m in found for edge in (m.span.start, m.span.end)), len(line)]
    beside = [line[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    # More capitals than a zone and a place are a headline in capitals.
    capitals = re.findall("(?!AM|PM)[A-Z]{2,}", " ".join(beside))
    if len(capitals) > 2 or not all(map(_BESIDE.fullmatch, beside)):
        return None
    words = line[start:]
    left = start + len(words) - len(words.lstrip(_MARKS))
    return DateMention(found[0].date, Span(left, start + len(words.rstrip(_MARKS))))


def _mentions_from(line: str, start: int) -> tuple[DateMention, ...]:
    """The stated dates in line[start:]; in "GMT +307 December" a zone and a day run together."""
    glued = _ZONE_THEN_DAY.search(line, start)
    start = glued.start("day") if glued else start
    return tuple(_moved_by(start, found) for found in mentions(line[start:]))


def _moved_by(offset: int, found: DateMention) -> DateMention:
    return DateMention(found.date, Span(found.span.start + offset, found.span.end + offset))


def _is_section(text: str, found: DateMention) -> bool:
    """Whether a bare date heads one part of a chronicle: two more such lines with other dates."""
    words = text[found.span.start : found.span.end]
    if [m.span for m in mentions(words)] != [Span(0, len(words))]:
        return False
    lines = (line for line in text.split("\n") if 6 < len(line) <= 60)
    others = {d.date for line in lines for rank, d in _dated(line) if rank == _UNLABELLED}
    return len(others - {found.date}) >= 2


def _key_dates(text: str, keys: Mapping[str, Span]) -> Iterator[_Dated]:
    letters = {re.sub("[^a-z]", "", key): value for key, value in keys.items()}
    for key in (*_KEYS, *_UPDATED_KEYS):
        if key in letters and (found := _key_date(text, letters[key])):
            yield _PUBLISHED if key in _KEYS else _UPDATED, found


def _key_date(text: str, value: Span) -> DateMention | None:
    words = text[value.start : value.end].partition(" #")[0]
    year = re.fullmatch(r"[\s\"']*([12][0-9]{3})[\s\"']*", words)
    found = DateMention(year[1], Span(*year.span(1))) if year else _only_date(words)
    if found is None:
        return None
    end = value.start + found.span.end
    end += text[end : end + 1] in ('"', "'")
    return DateMention(found.date, Span(text.rfind("\n", 0, value.start) + 1, end))


def _only_date(words: str) -> DateMention | None:
    found = next(iter(mentions(words)), None)
    around = (words[: found.span.start], words[found.span.end :]) if found else ()
    return found if all(_BESIDE.fullmatch(part.strip("\"' \r\t")) for part in around) else None


# The title.


def _title(words: str) -> str | None:
    words = words.lstrip("\ufeff").strip()
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
