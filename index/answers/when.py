"""A quote -> when what it says is or was, for a question that asks."""

import re

from index.answers.highlight import is_hour
from index.answers.off import names_off
from index.dates import mentions
from index.documents.sections import is_day_alone
from index.questions.question import (
    Question,
    asks_for_a_case,
    asks_of_the_past,
    asks_of_the_present,
)
from index.storage.corpus import Corpus
from index.types import DateMention, Quote, Span, When

_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w.,])")
"""What is a year in the cell of a table, and elsewhere may be a number."""


def tells_when(question: Question, quote: Quote, corpus: Corpus) -> When | None:
    """The date that a quote gives to a question that asks for one.

    None where nothing gives any, and where the quote tells when in words of which no date can be
    made: that under which it stands would be another. Not so of an hour at which something was.
    Nor where a row has years and the question names none of their columns.
    Of what may or must be, and of what is off, only a date that the quote gives tells when; of what
    is, that or the day that is the heading above, as in a calendar: a document, a meeting and a
    version have that of their writing, and what they say of habits and plans is of other days.
    """
    if question.asks != "date":
        return None
    if quote.columns and not quote.highlight and _YEAR.search(quote.text):
        return None
    off = names_off(quote.text) and not asks_of_the_past(question.text)
    if not quote.highlight and (off or asks_for_a_case(question.text)):
        return None
    if (
        not quote.highlight
        and asks_of_the_present(question.text)
        and not _in_calendar(quote, corpus)
    ):
        return None
    if not quote.highlight or _was_at(question, quote):
        return dated(None, quote, corpus)
    found = date_at(quote, quote.highlight[0], corpus)
    return dated(found, quote, corpus) if found else None


def _in_calendar(quote: Quote, corpus: Corpus) -> bool:
    """Whether the heading above a quote is a day and nothing else."""
    document = corpus.number(quote.source)
    above = corpus.date_at(document, quote.span.start)
    text = corpus.page(document).text
    return bool(quote.section and above and is_day_alone(text, above))


def _was_at(question: Question, quote: Quote) -> bool:
    at, start = quote.highlight[0], quote.span.start
    hour = is_hour(quote.text[at.start - start : at.end - start])
    return hour and asks_of_the_past(question.text)


def date_at(quote: Quote, place: Span, corpus: Corpus) -> DateMention | None:
    """The date that words of a quote give, at their place in its document."""
    document, span = corpus.number(quote.source), quote.span
    text = corpus.page(document).text
    date = corpus.counted_from(document, span)
    found = mentions(text, start=span.start, end=span.end, document_date=date)
    told = next((one for one in found if one.span == place), None)
    year = text[place.start : place.end] if quote.columns else ""
    if told is None and _YEAR.fullmatch(year):
        return DateMention(year, place, "stated")
    return told


def dated(found: DateMention | None, quote: Quote, corpus: Corpus) -> When | None:
    """The date found in a quote's words, else that under which it stands, else none."""
    document = corpus.number(quote.source)
    text = corpus.page(document).text
    own = corpus.date_at(document, quote.span.start)
    above = quote.section is not None
    if found:
        words = text[found.span.start : found.span.end]
        other = corpus.counted_from(document, quote.span) != quote.date
        return When(found.date, found.basis, words, found.basis == "relative" and other)
    words = text[own.span.start : own.span.end] if own else ""
    return When(own.date, "document", words, above) if own else None
