"""The dates of sections: in a changelog, a log or minutes a heading dates what is below it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.dates import SHORT_DAY, mentions, times
from index.types import DateMention, Span

_PLAIN = 7
"""The level of a heading without marks: below all that have them, and none below another."""
_HASHES = re.compile(r"(#{1,6})\s+$")
_STARS = re.compile(r"(\*{1,6})\s+$")
_OUTLINE = re.compile(r"^\*\* \S", re.MULTILINE)
"""What only an outline has: headings after as many stars as they are deep."""
_MARKS = re.compile(r"(?:#{1,6}|\*{2,6})\s+(?=\S)")
_UNDERLINE = re.compile(r"[^\n]*\n\s{0,3}(?:(?P<first>=+)|-+)\s*(?:\n|$)")
_DIGIT = re.compile(r"\d")
_VERSION = r"\[?(?:v|r|no\.? ?|#)?\d[\w.+-]*\]?"
_OF = r"(?:\s(?:of|on|held|for|from|the|at|released))*"
_MEETING = (
    r"(?:(?:minutes|notes|record)\sof\s(?:the\s)?)?"
    r"(?:(?!(?:next|last|previous|former|future|coming|planned|before|after|until|since|of|what|how"
    r"|why)\b)[\w'’&.-]+\s){0,4}(?:meeting|minutes|session|sitting)s?"
)
_NOTED = (
    r"(?:agm|changelog|changes|day|diary|edition|entry|incident|issue|journal|log|logbook"
    r"|newsletter|notes|patch|release|release\snotes|report|retro|revision|sprint|stand-?up|sync"
    r"|update|version|visit|week|(?:daily|weekly|monthly)\s(?:log|notes|report|sync|update))"
)
_PRODUCT = (
    r"(?!(?:after|and|as|at|before|by|for|from|in|of|or|since|to|until|with)\s)"
    r"(?-i:[A-Z][\w-]*(?:\s[A-Z][\w-]*)?|[a-z][\w-]*)(?=\s\[?v?\d+\.\d)"
)
_CHANGES = (
    r"(?:(?:noteworthy|notable|major|minor|important|user[ -]visible)\s)?changes\s"
    r"(?:in|for|of|between\s\S.{0,40}\sand)(?:\s(?:the|version|release))*\s"
    r"|(?:what['’]?s\s)?new\sin\s"
)
_STATE = r"(?:\s?\[?(?:yanked|stable|beta|alpha|current|lts)\]?)?"
_LABEL = re.compile(
    rf"(?:{_CHANGES})?(?:(?:{_NOTED}|{_MEETING}|{_PRODUCT}){_OF})?"
    rf"(?:(?:^|\s|(?<=\s)){_VERSION})?(?:\srelease\sdate)?{_OF}{_STATE}",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"(?:^|\s)(?:by\s)?(?:@[\w-]+|(?:\S+\s){1,5}<?\S+@\S+\.\w+>?)$")
"""Who made an entry that opens with its date: "2025-05-12  Jane Doe  jane@example.org"."""
_BESIDE = re.compile(
    r"(?<=\])\(\S{0,300}?\)|\b\d\d?:\d\d(?!\S)|(?<=[,\s]\s)\d\d?\.\d\d(?!\S)"
    r"|\[\s+\]"
    rf"|\b{SHORT_DAY}"
    r"|[\s,;:|·•/()*_~–—]+|(?<!\S)-+(?!\S)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?<![\w.])v?\d+\.\d")
_PACKAGE = re.compile(r"[\w.+-]+ \([^\s()]+\) [\w -]+; urgency=\w+")
_SIGNED = re.compile(
    rf"^(?: -- [^\n<>]*<[^\n<>]*> +(?P<date>[^\n]+)|(?P<next>{_PACKAGE.pattern}.*))$", re.MULTILINE
)
"""How Debian's changelogs open an entry, and how they close it with its date."""
_RULED = re.compile(r"\s*[-–—=~_*#]{2,}[^\n]*[-–—=~_*#]{2,}\s*$")
_BULLET = re.compile(r"(?P<indent>[ \t]*)[-*+•]\s")
_SAYS = re.compile(r"[^\n]*[^\W_]")
_UNFINISHED = re.compile(
    r"\b(?:an?|the|of|in|on|to|and|or|for|with|by|at|from|that|until|till|since|before|after|between"
    r"|is|was|(?:mon|tues|wednes|thurs|fri|satur|sun)day|,)\s*$",
    re.IGNORECASE,
)
"""What a line of a sentence ends in that goes on with a day."""
_OPENS_ROW = re.compile(
    r"[\s>|*_#\[(•·+–—-]{0,12}(?:(?ai:update|edit)[\s:,*_(]{1,4})?(?:\d\d:\d\d(?::\d\d)?\s)?"
    rf"(?:{SHORT_DAY},?\s)?"
)
_AFTER_DAY = re.compile(
    r"(?:[T,]?\s?(?:at\s)?\d\d?[:.h]\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:\s?[AaPp]\.?[Mm]\b\.?)?Z?"
    r"(?:\s?[+-]\d\d:?\d\d)?)?(?:[\s*_]{0,4}(?:[\])|:;]|[–—-]+\s(?!\d))|\s(?!to\b|until\b|till\b|and\b|is\b|was\b))"
)
"""What stands before the day of a row of a log or a chat, and after it: "[2025-03-12 08:30]"."""
_BREAK = re.compile(r"\n")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
MAX_ENTRY = 160
"""Code points that a line which opens an entry has at most."""


def dates_above(
    text: str, headings: Iterable[Span], lines: Iterable[Span] = ()
) -> list[tuple[int, DateMention | None]]:
    """Where each heading starts, and the date under which what follows it stands, if any.

    A heading's date holds until the next one that opens an entry or is marked as of its level or
    above. One without marks that opens none ("Any other business") is within the entry around it,
    if the document has several: after a lone dated heading it may as well go on with the document.
    lines: other sentences, of which those count as headings that stand between blank lines and open
    a dated entry, or are a day alone with what was then right below, if there are several: a line
    on its own may be anything.
    """
    found: list[tuple[int, DateMention | None]] = []
    above: list[tuple[int, DateMention]] = []
    outline = _is_outline(text)
    read = [_Heading(place.start, *_read(text, place, outline=outline)) for place in headings]
    may = (place for place in lines if _may(text, place))
    more = [_Heading(place.start, *_read(text, place, outline=outline)) for place in may]
    dated = [one for one in more if one.date and one.told]
    known = sum(one.date is not None for one in read)
    days = [*_days(text, lines, outline=outline)]
    told = {one.date.date for one in (*days, *read) if one.date}
    added = (*(dated if len(dated) + known > 1 else ()), *(days if len(told) > 1 else ()))
    read = sorted([*read, *added], key=lambda one: one.start)
    several = sum(one.date is not None and one.level == _PLAIN for one in read) > 1
    for one in read:
        if one.entry or one.level < _PLAIN or not several:
            above = [other for other in above if other[0] < one.level]
        if one.date:
            above.append((one.level, one.date))
        found.append((one.start, above[-1][1] if above else None))
    return found


def paths(text: str, headings: Iterable[Span]) -> list[tuple[int, tuple[Span, ...]]]:
    """Where each heading with marks starts, and the headings under which what follows it stands,
    itself the last of them."""
    found: list[tuple[int, tuple[Span, ...]]] = []
    above: list[tuple[int, Span]] = []
    outline = _is_outline(text)
    for place in headings:
        level = _level(text, _after_marks(text, place), outline=outline)
        if level < _PLAIN:
            above = [*(other for other in above if other[0] < level), (level, place)]
            found.append((place.start, tuple(span for _, span in above)))
    return found


def opens_entry(line: str) -> bool:
    """Whether a line opens the entry of a log with more than a date: "2.4.0 (12 May 2025)"."""
    if len(line) > MAX_ENTRY or not _DIGIT.search(line):
        return False
    _, entry, told, date = _read(line, Span(0, len(line)))
    return entry and told and (date is not None or _PACKAGE.fullmatch(line) is not None)


def dates_a_version(text: str, place: Span) -> bool:
    """Whether a heading is a version and the day of it: "[1.2.0] - 2024-05-01"."""
    if place.end - place.start > MAX_ENTRY:
        return False
    _, entry, _, date = _read(text, place)
    words = date and text[place.start : date.span.start] + text[date.span.end : place.end]
    return bool(entry and words and _DOTTED.search(words))


def is_day_alone(text: str, found: DateMention) -> bool:
    """Whether a date has its line to itself, as in a calendar, but for a weekday and an hour."""
    start, end = text.rfind("\n", 0, found.span.start) + 1, text.find("\n", found.span.end)
    line = _after_marks(text, Span(start, end if end >= 0 else len(text)))
    return line.end - line.start <= MAX_ENTRY and not _label(text, line, [found.span])


def day_of_row(text: str, place: int) -> DateMention | None:
    """The day that opens the line of a place, if more follows, as in a log or a chat: "[2025-03-12
    08:30] Ann: ...", "**Update 14 March 2025:** ..."."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", start, start + MAX_ENTRY)
    end = end if end >= 0 else min(len(text), start + MAX_ENTRY)
    opening = _OPENS_ROW.match(text, start, end)
    if opening is None or not _DIGIT.search(text, start, end):
        return None
    found = next(iter(mentions(text, start=start, end=end)), None)
    if found is None or found.span.start != opening.end() or not found.date[7:]:
        return None
    after = _AFTER_DAY.match(text, found.span.end, end)
    iso = _ISO_DAY.fullmatch(text, found.span.start, found.span.end) is not None
    parted = after is not None and (iso or not after[0].isspace())
    return found if after and parted and _SAYS.match(text, after.end()) else None


def days_of_rows(text: str, span: Span) -> set[str | None]:
    """The days, ISO, that open the rows of a part, None for a first row without, if words in it are
    counted from such: "12 March: Ann left yesterday"."""
    starts = [span.start, *(end.end() for end in _BREAK.finditer(text, span.start, span.end))]
    first, *others = (day_of_row(text, start) for start in starts)
    days = {first.date if first else None, *(one.date for one in others if one)}
    day = min(filter(None, days), default=None)
    found = mentions(text, start=span.start, end=span.end, document_date=day) if day else ()
    return days if any(one.basis == "relative" for one in found) else set()


class _Heading(NamedTuple):
    """A heading as it is read: entry: whether it opens one; told: by more than a date."""

    start: int
    level: int
    entry: bool = False
    told: bool = False
    date: DateMention | None = None


def _may(text: str, place: Span) -> bool:
    """Whether a sentence stands between blank lines (or above its underline) and has a digit.

    What is far from the start of its line does not: a document may be one line of megabytes.
    """
    start = text.rfind("\n", max(0, place.start - MAX_ENTRY), place.start) + 1
    far = not start and place.start > MAX_ENTRY
    long = place.end - place.start > MAX_ENTRY
    if far or long or not _DIGIT.search(text, place.start, place.end):
        return False
    before = text[max(0, start - 200) : start].split("\n")[-2:-1]
    after = text[place.end : place.end + 200].split("\n")[1:2]
    return not any(character.isalnum() for line in (*before, *after) for character in line)


def _days(text: str, lines: Iterable[Span], *, outline: bool) -> Iterator[_Heading]:
    """The lines that are a day alone and part what is below from what is above; and where an item
    of a list that is such ends."""
    for place in lines:
        line = _line(text, place)
        if line is None or not _parts(text, line):
            continue
        one = _Heading(place.start, *_read(text, place, outline=outline))
        if one.date and one.date.date[7:] and is_day_alone(text, one.date):
            yield one
            if bullet := _BULLET.match(text, line.start, line.end):
                below = re.compile(rf"\n(?!{bullet['indent']}[ \t]|[ \t]*\n)").search(
                    text, line.end
                )
                yield _Heading(below.end() if below else len(text), _PLAIN, entry=True)


def _line(text: str, place: Span) -> Span | None:
    """The line of a sentence with a digit, if it is short and another is below."""
    start = text.rfind("\n", max(0, place.start - MAX_ENTRY), place.start) + 1
    end = text.find("\n", place.end, place.end + MAX_ENTRY)
    far = (not start and place.start > MAX_ENTRY) or end < 0 or end - start > MAX_ENTRY
    return None if far or not _DIGIT.search(text, place.start, place.end) else Span(start, end)


def _parts(text: str, line: Span) -> bool:
    """Whether a line is between rules, or has a blank line above and what goes on right below, or
    is an item of a list with more of it below."""
    if _RULED.match(text, line.start, line.end):
        return True
    says = _SAYS.match(text, line.end + 1) is not None
    if bullet := _BULLET.match(text, line.start, line.end):
        deeper = (f"{bullet['indent']} ", f"{bullet['indent']}\t")
        return says and text.startswith(deeper, line.end + 1)
    before = text[max(0, line.start - MAX_ENTRY) : line.start]
    blank = not any(map(str.isalnum, "".join(before.split("\n")[-2:-1])))
    return says and blank and not _UNFINISHED.search(before)


def _read(
    text: str, whole: Span, *, outline: bool = False
) -> tuple[int, bool, bool, DateMention | None]:
    """The level of a heading, whether it opens an entry of a log or the like, whether more than a
    date says so, and the date that it gives it.

    It does if it is nothing but a date, a version or a number, with no more than the name of such
    an entry: "Meeting of 3 February 2025", "[1.2.0] - 2024-05-01". Other words say what a section
    is about, and a date among them is of that: "What happened in May 2019". So is a year alone.
    What does not have its line to itself ends what is before it: "He scored 81. (22 Jan. 2006)".
    """
    place = _after_marks(text, whole)
    level = _level(text, place, outline=outline)
    if not (_alone(text, place) and _DIGIT.search(text, place.start, place.end)):
        return level, False, False, None
    if _PACKAGE.fullmatch(text, place.start, place.end):
        return level, True, True, _signed(text, place.end)
    dates = mentions(text, start=place.start, end=place.end)
    told = times(text, start=place.start, end=place.end)
    label = _label(text, place, told)
    opens = bool(dates) and not any(map(str.isalnum, text[place.start : dates[0].span.start]))
    named = _AUTHOR.sub("", label) if opens else label
    numbered = any(character.isdigit() for character in named)
    entry = bool(told or numbered) and _LABEL.fullmatch(named) is not None
    one = entry and len(told) == 1 and dates and len(dates[0].date) > len("2025")
    return level, entry, numbered or named != label, dates[0] if one else None


def _label(text: str, place: Span, told: Iterable[Span]) -> str:
    """What a heading says but for times, weekdays and marks."""
    words = text[place.start : place.end]
    for at in sorted(told, reverse=True):
        words = f"{words[: at.start - place.start]} {words[at.end - place.start :]}"
    return " ".join(_BESIDE.sub(" ", words).split())


def _signed(text: str, start: int) -> DateMention | None:
    """The date of the line that closes the entry of a package's changelog, before the next one."""
    line = _SIGNED.search(text, start)
    found = (
        mentions(text, start=line.start("date"), end=line.end()) if line and line["date"] else ()
    )
    return next(iter(found), None)


def _after_marks(text: str, place: Span) -> Span:
    """A heading without its marks, which are in it where the file is not named as Markdown."""
    marks = _MARKS.match(text, place.start, place.end)
    return Span(marks.end(), place.end) if marks else place


def _alone(text: str, place: Span) -> bool:
    """Whether there is nothing but marks beside it in its line."""
    start, end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    beside = text[start : place.start] + text[place.end : end if end >= 0 else None]
    return not any(character.isalnum() for character in beside)


def _is_outline(text: str) -> bool:
    """Whether stars tell levels in a document: to be asked once, since it looks through all."""
    return _OUTLINE.search(text) is not None


def _level(text: str, place: Span, *, outline: bool) -> int:
    """1 to 6 as in Markdown, or by the stars of an outline; _PLAIN for a heading without marks."""
    line = text.rfind("\n", 0, place.start) + 1
    if hashes := _HASHES.search(text, line, place.start):
        return len(hashes[1])
    if outline and (stars := _STARS.search(text, line, place.start)):
        return len(stars[1])
    underlined = _UNDERLINE.match(text, place.end)
    return (1 if underlined["first"] else 2) if underlined else _PLAIN
