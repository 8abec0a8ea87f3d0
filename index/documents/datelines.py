"""The dates that a line gives for its document: a label's, a dateline, what is near its writing."""

import re
from collections.abc import Iterator

from index.dates import DAY_NAME, SHORT_DAY, mentions, read_date
from index.types import DateMention, Span

_LABEL = (
    r"(?ai:(?P<late>(?:(?:last[ -])?(?:updated|modified|revised|edited)"
    r"|last[ -](?:changed?|checked|edit|modification|reviewed|revision|tested|update))(?:[ -]date)?"
    r"(?:\sby(?-i:\s[A-Z][\w.'’-]*+){1,4})?)"
    r"|date[ ](?:issued|published|of[ ](?:issue|letter|meeting|publication|report))"
    r"|date(?:[ ]and[ ]|[ ]?[/&][ ]?)time"
    r"|(?:document|filing|issue|meeting|pub|publication|publish|release|report)[ -]date"
    r"|(?:delivered|filed|released|sent)(?=(?:[ ]on)?:)"
    r"|(?:first[ ])?(?:published|posted)|created|issued|written|dated?)(?!\w)"
    r"(?:\s(?ai:on|at)(?!\w))?[\s:*_|–—-]{0,8}"
)
_LABELLED = re.compile(
    r"(?:(?<=[|·•/–—(,])[\s*_]{0,8}|(?<=[0-9.;]\s)|(?<=[A-Z]{2}\s)|(?<=\s\s)(?=\*\*)"
    r"|^[\s>|\ufeff-]{0,8})"
    rf"(?P<label>[*_]{{0,3}}{_LABEL})"
)
_YEAR_ALONE = re.compile(r"[12][0-9]{3}(?=\s*$)")
# What may stand beside the date in a dateline: marks, a weekday, a clock with its zone, a place.
_HALF_DAY = r"\s?(?ai:am|pm|a\.m\.?|p\.m\.?)(?!\w)"
_ZONE = r"(?:,?\s?\(?[A-Z]{2,4}(?![\w:]))?"
_CLOCK = (
    r"(?:[+-][0-9]{1,2}(?::?[0-9]{2})?(?!\w)|[\s.,:@]"
    rf"|{SHORT_DAY}"
    rf"|T?[0-9]{{1,2}}(?:[:.h][0-9]{{2}}){{1,2}}(?:\.[0-9]{{1,9}})?Z?(?:{_HALF_DAY})?{_ZONE}"
    rf"|(?:(?:[0-9]{{1,2}})?{_HALF_DAY}|(?ai:noon|midnight)(?!\w)){_ZONE}|(?ai:at|on)(?!\w)"
    r"|[A-Z]{2,4}(?=,\s)|[0-9]{1,3}[ -](?ai:min(?:ute)?s?(?: read)?)(?!\w))"
)
_BESIDE = re.compile(rf"(?:{_CLOCK}|[;|·•/()\[\]*_>\ufeff–—-])*+")
# Between a date and the sentence in its line: marks, and a clock with its zone.
_TRAIL = re.compile(
    rf"[\s,;:|·•–—-]*(?:(?:(?ai:at)\s)?[0-9]{{1,2}}(?:(?:[:.h][0-9]{{2}}){{1,2}}(?:{_HALF_DAY})?|{_HALF_DAY})"
    r"(?:\s[A-Z]{2,4}(?!\w))?[\s.,;:|·•–—-]*)?(?:\.\s+)?"
)
MARKS = " \t\r\n\u00a0\ufeff.,;:|·•/()[]*_>–—-"
_BYLINE = re.compile(
    r"[\s*_]{0,8}(?ai:(?:(?:written|published|posted) )?by)"
    rf"(?!\s{DAY_NAME})"
    r"(?P<names>(?:,?\s(?:and\s)?[A-Z][\w.'’-]*+){1,8})\s?(?:[|·•,–—-]|$)"
)
_ZONE_THEN_DAY = re.compile(
    r"(?<!\w)[A-Z]{2,5}\s?(?:\+(?:1[0-4]|0?[0-9])|-(?:1[0-2]|0?[0-9]))(?::?(?:00|30|45))?"
    r"(?P<day>0[1-9]|[12][0-9]|3[01])(?=\s[^\W\d_]{3})"
)
_AFTER_LABELLED = re.compile(
    rf"(?:\s*|(?:(?!\.\s){_CLOCK})*+)"
    rf"(?:[|·•;(–—-]|(?<=\s\s)\*\*|(?ai:in)(?!\w)|(?:\.\s+)?(?:(?ai:by)(?!\w)|{_LABEL}))"
)
# A draft, a meeting or an approval is near the writing of a document without being it. Up to its
# date: "Version 4.2, approved", "Last revised by the People team, edition of", but no sentence.
_DATE_OF = (
    r"date(?=\sof\s)(?!\sof\s(?:(?:the|this|first|last|next)\s)*(?:accident|admission|appointment"
    r"|arrival|birth|commencement|completion|death|delivery|departure|employment|end|entry\sinto"
    r"|event|exam|expir\w+|fire|graduation|hir\w+|injury|joining|leaving|loss|marriage|match|onset"
    r"|party|purchase|race|retirement|start|termination|travel|wedding)\b)"
)
_NEAR_WORD = (
    r"(?ai:(?:(?:first|second|third|final|current|last)[ -])?(?:minutes|meeting|edition|version"
    r"|(?:notes|record)(?=\sof\b)"
    r"|newsletter|bulletin|issue(?=\s(?:no\.?\s)?[0-9]+\s?[,:;(|·•–—-])"
    rf"|draft|revision|status|held|as[ ](?:of|at)|incident[ ]date|{_DATE_OF}"
    r"|compiled|prepared|signed|adopted|approved|reviewed|revised|updated|published|issued)(?!\w))"
)
_NEAR = re.compile(
    rf"[\s>|#\ufeff-]{{0,8}}(?P<label>[*_]{{0,3}}"
    rf"(?:(?:[A-Z][\w'’.]*+\s){{1,4}}(?=(?ai:meeting|minutes)\W))?(?P<word>{_NEAR_WORD})"
    rf"(?:[\s,;:()|·•*_–—-]++(?:{_NEAR_WORD}|v?[0-9][\w.]*+|\w{{3,6}}day(?!\w)"
    r"|(?ai:of|by|in|at|on|for|from|with|no|notes)(?!\w)\.?(?:\s++[^\s,;:()|·•*_–—-]++){0,15}+))*+"
    r"[\s,;:()|·•*_–—-]*+)"
)
_AFTER_NEAR = re.compile(r"\s*(?:$|[.,:;)\]*_|·•(–—-]|(?ai:at|by|in)(?!\w))")
# What makes a day that of something else, and the end of a sentence.
_OTHERWISE = re.compile(
    r"\b(?ai:birth|born|death|died|due|deadline|next|previous|last meeting|review (?:date|by)|will"
    r"|be|until|till|since|before|after|valid|effective|expir\w+|copyright|replaces|supersed\w+"
    r"|planned|scheduled|(?:start|end|target) date|photo\w*|pictured?|image)\b"
    r"|\b(?ai:dob|eol|eta|etd|founded|established|withdrawn|retrieved|accessed)\b"
    r"(?:[:\s]+(?ai:on\b|\w+day\b,?))?[:\s]*$"
    r"|©|\b(?ai:by|from|to)\s(?:\w+day,?\s)?$|[^\W\d]{3}[.!?]\s+(?=[A-Z])"
)
# A note after a date, that its document is of that day and no other: "Next review: May 2026."
OTHER_NOTE = re.compile(
    r"[*_]{0,3}\.\s+[*_]{0,3}(?ai:next (?:edition|review|revision|update|version)|replac(?:es|ing)"
    r"|supersed(?:es|ing)|review(?: (?:date|due|by)|:)"
    r"|(?:valid|effective)(?: (?:from|until|to|on)|:)|(?:due|expires|expiry)(?: on| date|:))"
)
_LEADING = r"\b(?ai:by|on|in|at|from|to|for|during|between|around)\b"
_NAME = r"(?=[^\W\d_])[^a-zß-ÿ][\w.'’]*+"
_PLACE_NAMED = rf"[\s*_>\ufeff]{{0,8}}(?P<place>(?!{_LEADING}){_NAME}(?:,?[ -]{_NAME}){{0,5}})\s?"
_PLACE = re.compile(rf"{_PLACE_NAMED}[,|·•–—-]\s{_BESIDE.pattern}")
# No day alone: a caption's ("..., China October 30, 2019"), or after "on" or an unknown label.
_CAPTION = re.compile(
    rf",[^,|(–—-]*\w(?<!\bof)\s*$|:[\s*_]*(?:(?:{DAY_NAME}|{SHORT_DAY}),?\s)?$"
    rf"|{_LEADING}\s(?:\w+day,?\s)?$"
)
# What a document calls itself by its day: "notes of 5 March 2024", but "your letter of ...".
_OF = re.compile(
    r"(?P<other>\b(?ai:about|by|from|on|our|re|see|their|to|under|your)\b.*)?"
    r"\b(?P<what>[\w-]+)\s(?ai:of)\s(?:\w+day,?\s)?$"
)
_ITSELF = frozenset(
    "agenda announcement briefing bulletin circular communique decision digest draft edition issue"
    " inspection interview journal judgment letter list log meeting memo memorandum minutes"
    " newsletter note notes notice order protocol record release report resolution retro"
    " retrospective review session sitting stand-up standup state statement status summary"
    " survey sync transcript update version visit week".split()
)
# A day before this year is what its line tells of: "The battle of Hill End, 14 October 1066".
_HISTORY = "1900"
# How press releases and agencies open: "BOSTON, March 3, 2021 /PRNewswire/ -- ".
_WIRE_PLACE = re.compile(
    rf"{_PLACE_NAMED}"
    r"(?:(?:,|[–—-]{1,2})\s?(?:\([A-Z][\w .]{1,30}\)\s?[–—-]{0,2}\s?)?|(?P<bracket>\())$"
)
_WIRE_END = re.compile(
    r"(?P<agency>\s?(?:/[\w .]{2,30}/|\([A-Z][\w .]{1,30}\)))?\s?[–—-]{1,2}\s?"
    r"(?=(?=[^\W\d_])[^a-zß-ÿ]|[\"'“‘])"
)
_BRACKET_END = re.compile(r"(?P<agency>\))\s")
# The line under a title that names a paper, a part of it and who writes: "Tribune | 5 May 2024 |
# Jane Doe". Its names are not those of a place to meet or of what is to be there.
_BAR = re.compile(r"\s*[|·•]\s*")
_NEXT_NAME = rf"[ -](?:(?:and|de|den|der|of|the|van|von|&)\s){{0,2}}{_NAME}"
_PART = re.compile(rf"{_NAME}(?:,?{_NEXT_NAME}){{0,8}}")
_WRITER = re.compile(rf"{_NAME}(?:{_NEXT_NAME}){{1,4}}")
_SIGNED = re.compile(
    rf",?\s(?:(?ai:by)\s)?{_WRITER.pattern}(?:(?:,|\sand)\s{_WRITER.pattern}){{0,3}}[\s.*_]*"
)
_EVENT = (
    r"(?ai:concert|conference|fair|f[eê]te|festival|gala|launch|party|show|tour|trip|webinar"
    r"|workshop)"
)
_TO_GO_TO = re.compile(
    rf"\b(?:{_EVENT}|(?ai:arena|avenue|centre|center|church|college|court|day|entry|evening|field"
    r"|floor|gardens?|green|hall|hotel|house|inn|library|market|museum|night|park|road|room|school|square"
    r"|stadium|street|talk|theatre|theater|tickets?))\b"
)
_ANNOUNCED = re.compile(rf"\b{_EVENT}[\s,:(|·•–—-]*(?:\w+day,?\s)?$")
# Where and when a meeting was, after its day: "10:00-11:10, Room Heron".
_WHERE = re.compile(
    rf"(?=\s?[,;|·•@(–—-]|\s(?ai:at|in|via)\s|\s[0-9]){_BESIDE.pattern}(?:(?ai:in|via)\s)?"
    r"(?:[\w'’.&]++(?:,?[ -]|(?=[\s)*_]*$))){1,6}(?<!\.)[\s)*_]*"
)
PUBLISHED, UNLABELLED, PLACED, UPDATED, NEARBY, MET, ALONE = range(7)
Dated = tuple[int, DateMention]
Claim = tuple[int, str, DateMention]
"""Rank, form and date of what may date a document; the heads of its sections share a form."""


def is_dateline(line: str) -> bool:
    """Whether a line only dates its document: "Thursday 11 July 2019 10:37, UK", "Updated: ..."."""
    return any(True for _ in dated_in(line))


def is_byline(line: str) -> bool:
    """Whether a line only names its writer: "By Jane Doe"."""
    return len(line) <= 200 and _BYLINE.fullmatch(line.strip()) is not None


def after_date(text: str, end: int) -> int:
    """Where what follows a date's words in its line begins, after a clock and marks."""
    trail = _TRAIL.match(text, end)
    return trail.end() if trail else end


def dated_in(line: str) -> Iterator[Dated]:
    """The dates that a line gives as a label's or as a dateline, with their ranks."""
    if len(line) > 200:
        return
    labelled = list(labelled_in(line))
    for rank, found in labelled:
        rest = line[found.span.end :]
        if _BESIDE.fullmatch(rest) or _AFTER_LABELLED.match(rest) or OTHER_NOTE.match(rest):
            yield rank, found
    before_label = min((found.span.start for _, found in labelled), default=len(line))
    if dateline := _dateline(line[:before_label]):
        yield UNLABELLED, dateline


def wired(text: str, start: int) -> Iterator[Dated]:
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
        yield PLACED, moved_by(start, DateMention(found.date, Span(place.start("place"), stop)))


def weak_claims(line: str) -> Iterator[Claim]:
    """What a line says that may date its document, if no other line says the like."""
    may = len(line) <= 200 and re.search("[0-9]{4}", line) and not line.lstrip().startswith("##")
    found = mentions(line) if may else ()
    if not found or _OTHERWISE.search(line[: found[0].span.start]):
        return
    yield from _near(line, found)
    if len(found) == 1 and found[0].date[7:]:
        yield from _lone_day(line, found[0])


def _near(line: str, found: tuple[DateMention, ...]) -> Iterator[Claim]:
    """By a word that is near the writing of a document: "Minutes of 5 March 2024"."""
    day, start, end = found[0].date, found[0].span.start, found[0].span.end
    apart = len(found) == 1 or line[end : found[1].span.start].strip(MARKS)
    near = _NEAR.fullmatch(line, 0, start) if apart and day[4:] else None
    if near and _AFTER_NEAR.match(line, end):
        yield NEARBY, near["word"].lower(), DateMention(day, Span(near.start("label"), end))


def _lone_day(line: str, found: DateMention) -> Iterator[Claim]:
    """By what stands beside the only day of a line: a writer, a room, a place, or few words."""
    start, end = found.span.start, found.span.end
    if _is_masthead(line, found):
        yield PLACED, "masthead", found
    where = _BESIDE.fullmatch(line, 0, start) and _WHERE.fullmatch(line, end)
    if where and not _OTHERWISE.search(where[0]):
        yield MET, "", found
    if not _BESIDE.fullmatch(line, end) or _ANNOUNCED.search(line[:start]):
        return
    if place := _PLACE.fullmatch(line, 0, start):
        words = Span(place.start("place"), len(line.rstrip(MARKS)))
        yield PLACED, "", DateMention(found.date, words)
    of = _OF.search(line[:start])
    other = _CAPTION.search(line[:start]) or (
        of and (of["other"] or of["what"].lower() not in _ITSELF)
    )
    if len(line[:start].split()) <= 8 and not other and found.date >= _HISTORY:
        yield ALONE, re.sub(r"\w[\w .'’&-]*", "w", line[:end]), found


def _is_masthead(line: str, found: DateMention) -> bool:
    """Whether there are only names beside a day, one of them that of a writer.

    A writer has a "By" or two names, and does not open the line, where "Spring Ball" may stand.
    """
    start, end = found.span.start, found.span.end
    before, after = _BAR.split(line[:start]), _BAR.split(line[end:])
    others = [part.strip(MARKS) for part in (*before[:-1], *after[1:])]
    fits = all(any(form.fullmatch(part) for form in (_PART, _BESIDE, _BYLINE)) for part in others)
    if not fits or line.lstrip().startswith("|") or _TO_GO_TO.search(line):
        return False
    if _BESIDE.fullmatch(before[-1]) and _SIGNED.fullmatch(after[0]):
        return True
    writers = [*filter(_WRITER.match, others[len(before) > 1 :]), *filter(_BYLINE.match, before)]
    return bool(writers and _dateline(before[-1] + line[start:end] + after[0]))


def heads_another(line: str) -> bool:
    """Whether a line says that the day below it is not the document's: "Next meeting:"."""
    labels = len(line) <= 200 and line.rstrip(" \r*_").endswith(":")
    return labels and _OTHERWISE.search(line) is not None


def labelled_in(line: str) -> Iterator[Dated]:
    for match in _LABELLED.finditer(line):
        found = _labelled_year(line, match) or next(iter(_mentions_from(line, match.end())), None)
        if found and _BESIDE.fullmatch(line, match.end(), found.span.start):
            words = Span(match.start("label"), found.span.end)
            yield UPDATED if match["late"] else PUBLISHED, DateMention(found.date, words)


def _labelled_year(line: str, label: re.Match[str]) -> DateMention | None:
    year = _YEAR_ALONE.match(line, label.end()) if ":" in label["label"] else None
    date = read_date(year[0]) if year else None
    return DateMention(date, Span(*year.span())) if year and date else None


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
    left = start + len(words) - len(words.lstrip(MARKS))
    return DateMention(found[0].date, Span(left, start + len(words.rstrip(MARKS))))


def _mentions_from(line: str, start: int) -> tuple[DateMention, ...]:
    """The stated dates in line[start:]; in "GMT +307 December" a zone and a day run together."""
    glued = _ZONE_THEN_DAY.search(line, start)
    start = glued.start("day") if glued else start
    return tuple(moved_by(start, found) for found in mentions(line[start:]))


def moved_by(offset: int, found: DateMention) -> DateMention:
    return DateMention(found.date, Span(found.span.start + offset, found.span.end + offset))


def only_date(words: str) -> DateMention | None:
    found = next(iter(mentions(words)), None)
    around = (words[: found.span.start], words[found.span.end :]) if found else ()
    return found if all(_BESIDE.fullmatch(part.strip("\"' \r\t")) for part in around) else None
