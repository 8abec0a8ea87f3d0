"""Dates as tests write them down."""

from index.dates import mentions
from index.documents.heading import document_date

THURSDAY = "2019-07-11"
PROSE = "The first paragraph of an article is running prose, and it ends in a full stop.\n"


def told(text: str, now: str | None = None) -> list[tuple[str, str]]:
    """Each mention as its words and its date."""
    found = mentions(text, document_date=now)
    return [(text[m.span.start : m.span.end], m.date) for m in found]


def own(text: str, *, markdown: bool = False) -> tuple[str, str] | None:
    """The date that a document gives for itself, as its words and its date."""
    found = document_date(text, markdown=markdown)
    return found and (text[found.span.start : found.span.end], found.date)
