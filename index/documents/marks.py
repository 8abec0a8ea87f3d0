"""A document as who reads it sees it: without the marks of Markdown, and with words whole that a
line end parts. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from index.documents.lines import EMPTY_LINE, parts_paragraphs
from index.types import Span

_WITHIN = rf"(?:(?!{EMPTY_LINE}).){{1,200}}?"
"""What may be marked as one: no more than a paragraph, and not so much that one is long sought."""
_MARKED = re.compile(
    r"\\(?:[!-/:-@\[-`{-~]|(?=\r?\n))"
    rf"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>{_WITHIN})(?<!`)(?P=ticks)(?!`)"
    r"|\[\^[^\]\s]{1,40}\]"
    rf"|!?\[(?P<link>(?:(?!{EMPTY_LINE})[^\[\]]){{1,200}})\]"
    r"(?:\((?:[^()\s]|\([^()\s]*\))*(?:\s\"[^\"\n]*\")?\)|\[[^\[\]\n]*\])"
    r"|(?P<run>\*+|_+)"
    r"|^[ \t]*(?:>[ \t]?)+",
    re.DOTALL | re.MULTILINE,
)
"""An escape or a line end that stays one, code, a note's number, a link, a run of * or _, the mark
of a block quote. https://spec.commonmark.org/0.31.2/, but for what is rare within a sentence."""
_SHOWN = ("code", "link")
NESTED = 20
"""Runs before one that ends emphasis among which that which begins it is looked for."""
SOFT_HYPHEN = "\u00ad"
PARTED = re.compile(r"(?P<hyphen>[-‐‑\u00ad])(?<=[^\W\d_].)\r?\n[ \t]*(?=[^\W\d_])")
"""What parts a word at a line end."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a text, and where it stands there: pieces begin at `starts` in `text`, at
    `origins` in the document."""

    text: str
    starts: Sequence[int]
    origins: Sequence[int]

    def span(self, span: Span) -> Span:
        """The place in the document, of a span that is not empty."""
        return Span(self._origin(span.start), self._origin(span.end - 1) + 1)

    def at(self, origin: int) -> int:
        """Where a place in the document is seen; of what is not, where the next is that is."""
        piece = max(0, bisect_right(self.origins, origin) - 1)
        seen = self.starts[piece] + max(0, origin - self.origins[piece])
        return min(seen, *self.starts[piece + 1 : piece + 2], len(self.text))

    def _origin(self, at: int) -> int:
        piece = bisect_right(self.starts, at) - 1
        return self.origins[piece] + at - self.starts[piece]


def views(text: str, *, markdown: bool) -> Iterator[Seen]:
    """A text as it is seen, if anything is hidden in it: a hyphen at a line end as one that only
    parts a word ("re-\\nported"), and as one of the word's own ("third-\\nparty")."""
    marks = list(_marks(text, 0, len(text))) if markdown else []
    parted = list(PARTED.finditer(text))
    if marks or parted:
        yield _without(text, [*marks, *(Span(*match.span()) for match in parted)])
    if parted:
        yield _without(text, [*marks, *(Span(m.end("hyphen"), m.end()) for m in parted)])


def unmarked(text: str) -> str:
    """A text of Markdown as it is seen, its hyphens as they are."""
    return _without(text, list(_marks(text, 0, len(text)))).text


def unparted(text: str, *, markdown: bool) -> Seen | None:
    """A text as it is seen, with a soft hyphen for each that parts a word at a line end and may be
    the word's own ("re-\\nported by a third-\\nparty firm"); None where nothing in it is hidden."""
    marks = list(_marks(text, 0, len(text))) if markdown else []
    parted = list(PARTED.finditer(text))
    if not (marks or parted or SOFT_HYPHEN in text):
        return None
    view = _without(text, [*marks, *(Span(m.end("hyphen"), m.end()) for m in parted)])
    letters = list(view.text)
    for at, hyphen in ((view.at(match.start("hyphen")), match["hyphen"]) for match in parted):
        if letters[at : at + 1] == [hyphen]:  # it may stand in what is hidden, such as an address
            letters[at] = SOFT_HYPHEN
    return Seen("".join(letters), view.starts, view.origins)


def _marks(text: str, start: int, end: int) -> Iterator[Span]:
    runs: list[_Run] = []
    for match in _MARKED.finditer(text, start, end):
        shown = next((name for name in _SHOWN if match[name] is not None), None)
        if match["run"]:
            runs.append(_run(text, *match.span()))
        elif shown is None:
            escape = match.group().startswith("\\")
            yield Span(match.start(), match.start() + 1 if escape else match.end())
        else:
            yield Span(match.start(), match.start(shown))
            if shown != "code":
                yield from _marks(text, *match.span(shown))
            yield Span(match.end(shown), match.end())
    yield from _emphasis(text, runs)


@dataclass(slots=True)
class _Run:
    """A run of one mark, as much of it as marks nothing yet; size: how long it is in the text."""

    mark: str
    start: int
    end: int
    size: int
    opens: bool
    closes: bool


def _run(text: str, start: int, end: int) -> _Run:
    """By its neighbours a run may begin emphasis or end it; one of _ within a word does neither."""
    mark, before, after = text[start], text[start - 1 : start] or " ", text[end : end + 1] or " "
    left, right = _flanks(after, before), _flanks(before, after)
    inside = mark == "_" and left and right
    opens = left and not (inside and not _is_sign(before))
    closes = right and not (inside and not _is_sign(after))
    return _Run(mark, start, end, end - start, opens, closes)


def _flanks(inner: str, outer: str) -> bool:
    return not inner.isspace() and (not _is_sign(inner) or outer.isspace() or _is_sign(outer))


def _is_sign(character: str) -> bool:
    return category(character)[0] in "PS"


def _emphasis(text: str, runs: Sequence[_Run]) -> Iterator[Span]:
    """The marks of emphasis, in pairs from the inmost outwards; no pair parts a paragraph.
    https://spec.commonmark.org/0.31.2/#phase-2-inline-structure"""
    opened: list[_Run] = []
    at = runs[0].start if runs else 0
    for run in runs:
        if parts_paragraphs(text, at, run.start):
            opened.clear()
        at = run.end
        while run.closes and run.start < run.end and _close(opened, run):
            both = 2 if min(opened[-1].end - opened[-1].start, run.end - run.start) > 1 else 1
            opened[-1].end -= both
            yield Span(opened[-1].end, opened[-1].end + both)
            yield Span(run.start, run.start + both)
            run.start += both
            if opened[-1].start == opened[-1].end:
                opened.pop()
        if run.opens and run.start < run.end:
            opened.append(run)


def _close(opened: list[_Run], run: _Run) -> bool:
    """Whether one of the runs opened what this one closes; then it is the last of them."""
    for back, one in enumerate(reversed(opened[-NESTED:])):
        either = (one.opens and one.closes) or (run.opens and run.closes)
        thirds = either and (one.size + run.size) % 3 == 0 and (one.size % 3 or run.size % 3)
        if one.mark == run.mark and not thirds:
            del opened[len(opened) - back :]
            return True
    return False


def _without(text: str, hidden: Sequence[Span]) -> Seen:
    pieces: list[str] = []
    starts, origins = [0], [0]
    at = size = 0
    for span in sorted(hidden):
        if span.start < at:  # a mark that another one holds
            continue
        pieces.append(text[at : span.start])
        size, at = size + span.start - at, span.end
        starts.append(size)
        origins.append(at)
    return Seen("".join([*pieces, text[at:]]), starts, origins)
