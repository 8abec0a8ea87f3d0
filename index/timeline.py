"""Quotes -> events in order of date."""

from collections.abc import Sequence

from index.answer import dated
from index.corpus import Corpus
from index.highlight import date_of
from index.question import Question
from index.types import Event, Quote


def events(question: Question, quotes: Sequence[Quote], corpus: Corpus) -> tuple[Event, ...]:
    """Each quote with its date, oldest first, undated last; of one year, the year itself first.

    The words of a quote that date it are highlighted, and no others.
    """
    return tuple(sorted((_event(question, quote, corpus) for quote in quotes), key=_place))


def _event(question: Question, quote: Quote, corpus: Corpus) -> Event:
    """A date that the question itself names counts: it asks what happened then."""
    document = corpus.number(quote.source)
    text, _, _ = corpus.page(document)
    found = date_of(question, text, quote.span, quote.date, new=False)
    marked = (found.span,) if found else ()
    shown = corpus.quote(document, quote.span, highlight=marked, score=quote.score)
    return Event(shown, dated(found, document, corpus))


def _place(event: Event) -> tuple[bool, str, str, int]:
    quote, when = event.quote, event.when
    return when is None, when.date if when else "", quote.source, quote.span.start
