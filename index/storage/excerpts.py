"""The lines of a document around a place in it."""

import re
from collections.abc import Sequence

from index.documents.lines import line_of
from index.storage.corpus import Corpus
from index.types import Excerpt, Span

MOST_AROUND = 1500
"""Characters of a document shown on either side of a place in it."""
_SPACE = re.compile(r"\s+")


def excerpt(corpus: Corpus, document: int, span: Span, *, around: int) -> Excerpt:
    """The lines of a place with `around` more on either side, without blank ones at the ends, and
    no more than MOST_AROUND characters; what of the place is outside the text is cut off. Raises
    BrokenIndex."""
    text, starts, _ = corpus.page(document)
    start = max(0, min(span.start, len(text)))
    quoted = Span(start, max(start, min(span.end, len(text))))
    whole = _lines(text, starts, quoted, around)
    kept = _near(text, whole, quoted)
    record = corpus.documents[document]
    return Excerpt(
        text=text[kept.start : kept.end],
        source=record.id,
        span=kept,
        quoted=quoted,
        line_start=line_of(starts, kept.start),
        line_end=line_of(starts, kept.end if kept.end == whole.end else kept.end - 1),
        sha256=record.sha256,
        cut=(kept.start - whole.start, whole.end - kept.end),
    )


def _lines(text: str, starts: tuple[int, ...], quoted: Span, around: int) -> Span:
    """The lines of a place with those around it, but for blank ones at the ends."""
    opens, ends = (line_of(starts, at) for at in (quoted.start, max(quoted.start, quoted.end - 1)))
    first, last = max(1, opens - around), min(len(starts), ends + around)
    while first < opens and not _line(text, starts, first).strip():
        first += 1
    while last > ends and not _line(text, starts, last).strip():
        last -= 1
    return Span(starts[first - 1], starts[last - 1] + len(_line(text, starts, last)))


def _near(text: str, whole: Span, quoted: Span) -> Span:
    """What of a span is within MOST_AROUND of a place in it, from white space to white space where
    there is any: a document may be one line of megabytes."""
    start = max(whole.start, quoted.start - MOST_AROUND)
    end = min(whole.end, quoted.end + MOST_AROUND)
    if start > whole.start:
        space = _SPACE.search(text, start, quoted.start)
        start = space.end() if space else start
    if end < whole.end:
        *_, end = (end, *(space.start() for space in _SPACE.finditer(text, quoted.end, end)))
    return Span(start, end)


def _line(text: str, starts: Sequence[int], number: int) -> str:
    """A line without its end, counted from 1."""
    end = starts[number] - 1 if number < len(starts) else len(text)
    return text[starts[number - 1] : end]
