"""A document as who reads it sees it: without the marks of Markdown, and with words whole that a
line end parts. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.types import Span

_WITHIN = r"(?:[^\n]|\n(?![ \t]*\n)){1,200}?"
"""What may be marked as one: no more than a paragraph, and not so much that one is long sought."""
_MARKED = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"
    rf"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>{_WITHIN})(?<!`)(?P=ticks)(?!`)"
    r"|\[\^[^\]\s]{1,40}\]"
    r"|!?\[(?P<link>[^\[\]\n]{1,200})\](?:\((?:[^()\s]|\([^()\s]*\))*(?:\s\"[^\"\n]*\")?\)|\[[^\[\]\n]*\])"
    rf"|(?<!\*)(?P<stars>\*{{1,3}})(?=[^\s*])(?P<starred>{_WITHIN})(?<=[^\s*])(?P=stars)(?!\*)"
    rf"|(?<!\w)(?P<bars>_{{1,3}})(?=[^\s_])(?P<barred>{_WITHIN})(?<=[^\s_])(?P=bars)(?!\w)"
    r"|^[ \t]*(?:>[ \t]?)+",
    re.DOTALL | re.MULTILINE,
)
"""An escape, code, a note's number, a link, emphasis by * and by _, the mark of a block quote.
https://spec.commonmark.org/0.31.2/, but for what is rare in the midst of a sentence."""
_SHOWN = ("code", "link", "starred", "barred")
_PARTED = re.compile(r"(?P<hyphen>[-‐\u00ad])(?<=[^\W\d_].)\r?\n[ \t]*(?=[^\W\d_])")


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
    parted = list(_PARTED.finditer(text))
    if marks or parted:
        yield _without(text, [*marks, *(Span(*match.span()) for match in parted)])
    if parted:
        yield _without(text, [*marks, *(Span(m.end("hyphen"), m.end()) for m in parted)])


def _marks(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _MARKED.finditer(text, start, end):
        shown = next((name for name in _SHOWN if match[name] is not None), None)
        if shown is None:
            yield Span(*match.span())
            continue
        yield Span(match.start(), match.start(shown))
        if shown != "code":
            yield from _marks(text, *match.span(shown))
        yield Span(match.end(shown), match.end())


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
