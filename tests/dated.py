"""Dates as tests write them down."""

from index.dates import mentions

THURSDAY = "2019-07-11"


def told(text: str, now: str | None = None) -> list[tuple[str, str]]:
    """Each mention as its words and its date."""
    found = mentions(text, document_date=now)
    return [(text[m.span.start : m.span.end], m.date) for m in found]
