"""What both doors say alike: dates, numbers, how sure an answer is. Pure.

Text from documents is hostile until it has been through `visible`: it may hold escape sequences
that would repaint a screen.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from index import Answer, Quote, Report, Scope, Verdict, When

DIFFER = "The documents give different answers; the newest comes first."

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_SURENESS = ((0.9, "sure"), (0.7, "fairly sure"), (0.5, "more likely than not"), (0.0, "not sure"))

INNERMOST = 3
"""Headings that are told of a quote at most: those right above it."""
_BREAK = re.compile("[ \t-\r\x85\u2028\u2029]+")
_OPENS_LINE = re.compile(
    r"[-*+•]\s|\d{1,3}[.)]\s|\([a-z0-9]{1,3}\)\s|[a-z]\)\s|```|~~~|\||\[\d|\d\d?:\d\d\s<"
)
"""What opens a line that is not wrapped: an item, code, a row of a table, a message of a chat."""

_UNSAFE = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""C0, DEL and C1 controls, line separators, bidirectional embeddings, overrides and isolates (which
reorder what follows them, https://trojansource.codes), and surrogates, which cannot be encoded."""


def visible(text: str) -> str:
    r"""The text on one line, with whatever a terminal would obey spelled out, as in `\x1b[2J`."""
    return _UNSAFE.sub(lambda match: _spelled(match[0]), text)


def _spelled(char: str) -> str:
    r"""As `\x1b` or `\u2028`, and a byte that is not UTF-8, which Python keeps as a surrogate, as
    `\xe9`: https://peps.python.org/pep-0383/"""
    byte = ord(char) - 0xDC00
    return f"\\x{byte:02x}" if 0x80 <= byte <= 0xFF else char.encode("unicode_escape").decode()


def flowing(text: str) -> str:
    """The text as it can be wrapped: white space is one space, but ends a line where one is empty,
    before an item, code, a row of a table or a message, and after a colon; and what parts columns
    stays a gap."""
    joined = _BREAK.sub(lambda white: "\n" if _ends_line(white) else _gap(white[0]), text)
    return "\n".join(visible(line) for line in joined.split("\n"))


def _gap(white: str) -> str:
    wide = ("\t" in white or "   " in white) and "\n" not in white
    return "   " if wide else " "


def _ends_line(white: re.Match[str]) -> bool:
    lines, text = white[0].count("\n"), white.string
    line = text[text.rfind("\n", 0, white.start()) + 1 : white.start()]
    led = line.endswith(":") or line.lstrip().startswith(("```", "~~~"))
    return lines > 1 or (lines == 1 and (led or _OPENS_LINE.match(text, white.end()) is not None))


def in_words(iso: str) -> str:
    """An ISO date as people write it, as precise as it is: 2020-01-28 is 28 January 2020."""
    year, month, day, *_ = [*iso.split("-"), "", ""]
    words = (day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year)
    return " ".join(filter(None, words))


def dated_within(scope: "Scope") -> str:
    """The dates of a scope in words, as in "dated 2020 or later"; "" where it has none."""
    if scope.after and scope.before:
        return f"dated from {in_words(scope.after)} to {in_words(scope.before)}"
    if scope.after:
        return f"dated {in_words(scope.after)} or later"
    return f"dated {in_words(scope.before)} or earlier" if scope.before else ""


def date_of(quote: "Quote") -> str:
    """The date of its section, else of its document, in words."""
    if quote.section:
        return f"section of {in_words(quote.section)}"
    return in_words(quote.date) if quote.date else "undated"


def headings_of(quote: "Quote") -> tuple[str, ...]:
    """The headings right above a quote, the outermost first, each on one line."""
    return tuple(visible(" ".join(one.split())) for one in quote.under[-INNERMOST:])


def show_when(when: "When | None", quote: "Quote | None" = None) -> Text:
    """The date and where it comes from; where there is none, what the quote says of when it is."""
    if when is None and quote and quote.highlight:
        at, start = quote.highlight[0], quote.span.start
        words = " ".join(flowing(quote.text[at.start - start : at.end - start]).split("\n"))
        return Text(f'no date, only what the passage says: "{words}"')
    if when is None and quote and quote.date:
        return Text("no date: the passage states none")
    if when is None:
        return Text("no date: neither the passage nor its document gives one")
    date = Text(in_words(when.date), "bold")
    if when.basis == "stated":
        return date
    if when.basis == "relative":
        words = " ".join(flowing(when.text).split("\n"))
        other = "the date before it" if when.above else "the document's date"
        return date.append(f', worked out from "{words}" and {other}', "not bold")
    own = quote.date if when.above and quote else None
    to_come = own and when.date > own and not when.date.startswith(own)
    preposition = "on" if when.date.count("-") == 2 else "in"
    rest = ", the document's own date; the passage states none"
    if when.above:
        rest = ", the date above the passage, which states none"
    return Text.assemble("" if to_come else f"reported {preposition} ", date, rest)


def differing(verdict: "Verdict", places: Iterable["Quote"]) -> str:
    """What of typography is not the same in a sentence and in all of these places of it, "" where
    only what cannot be seen is not. Marks of Markdown and a hyphen at a line end, where the verdict
    has any, would pass for signs of it."""
    from index import APOSTROPHE, DASH, QUOTATION_MARK

    shapes = {
        "quotation marks": QUOTATION_MARK,
        "apostrophes": APOSTROPHE,
        "dashes": DASH,
        "dots": r"…|\.{3}",
        "white space": r"[\s\x00-\x1f\x7f-\x9f]+",
        "a capital letter": r"\A[\W\d_]*([^\W\d_])",
        "a full stop": rf"\.+(?=(?:{QUOTATION_MARK}|{APOSTROPHE})*\Z)",
    }
    own, texts = verdict.sentence.strip(), {place.text for place in places}
    differ = (
        what
        for what, shape in shapes.items()
        if any(re.findall(shape, text) != re.findall(shape, own) for text in texts)
    )
    return "" if verdict.but_for_marks else ", ".join(differ)


def asks_when(answer: "Answer") -> bool:
    """Whether a date was asked for; what the questions before asked for does not count."""
    from index import asks_for_a_date

    asked = answer.reading.question if answer.reading else answer.question
    return bool(answer.when) or asks_for_a_date(asked)


def sureness(confidence: float) -> str:
    """How sure an answer is, in words and as a percentage."""
    words = next(words for least, words in _SURENESS if confidence >= least)
    return f"{words}: {percent(confidence)}"


def percent(share: float) -> str:
    """Whole per cents, rounded; only what is certain is 0% or 100%."""
    return f"{round(100 * share) if share in (0, 1) else min(99, max(1, round(100 * share)))}%"


def count(number: int, noun: str) -> str:
    """A number of things, as in "1 document" or "1,200 documents"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def unread_kinds(report: "Report") -> str:
    """How many documents there are of each kind that is not read, most first, "" if there are none:
    "3 .pdf, 1 .html"."""
    kinds = sorted(report.unread.items(), key=lambda kind: (-kind[1], kind[0]))
    return ", ".join(f"{number:,} {ending}" for ending, number in kinds)
