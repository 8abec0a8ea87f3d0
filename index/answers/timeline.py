"""Candidate sentences -> evidence in order of date."""

from dataclasses import replace

import numpy as np

from index.answers.answer import Weights, rank
from index.answers.answer import quotes as best_quotes
from index.answers.features import Candidates
from index.answers.said import Said
from index.answers.times import date_of
from index.answers.when import dated
from index.dates import unresolved
from index.questions.question import Question
from index.storage.corpus import Corpus
from index.types import Event, Kind, Quote
from index.words.lexical import distinct

FAR = 6.0
"""How far below the best in rank score evidence is still shown, in log odds. Wider than what an
answer quotes: a timeline is to be looked over. Set by hand: no set has timelines to fit it on."""

GREETING = 4
"""Words that a greeting of a mail has at most."""


def events(
    question: Question, found: Candidates, corpus: Corpus, weighed: Weights, *, top: int
) -> tuple[Event, ...]:
    """The best `top` pieces of evidence, oldest first, undated last; of one year, the year first.

    The words of a quote that date it are highlighted, and no others.
    """
    told, weighed = _told(found, corpus, weighed), replace(weighed, gap=FAR)
    quotes = best_quotes(question, told, corpus, weighed, top=top, everywhere=True)
    return tuple(sorted((_event(question, quote, corpus) for quote in quotes), key=_place))


def _told(found: Candidates, corpus: Corpus, weighed: Weights) -> Candidates:
    """Without what is no sentence (a tag, a related headline) and what tells nothing that is not
    shown with each quote, unless it is the best there is."""
    scores, numbers = rank(found, weighed), found.sentences.tolist()
    says = np.array([not _greets(corpus.text(number)) for number in numbers], np.bool_)
    tells = np.array([_tells(number, corpus) for number in numbers], np.bool_)
    best = scores == scores.max(where=says, initial=scores.min())
    return found.only(says & (tells | best)) if says.any() else found


def _greets(text: str) -> bool:
    """Whether a sentence only greets, as mails do: "Dear all,"."""
    return text.endswith(",") and len(text.split()) <= GREETING


def _tells(number: int, corpus: Corpus) -> bool:
    """Whether a sentence is one, or a heading in words that are not its document's title."""
    kind = corpus.sentences[number, 2]
    if kind != Kind.HEADING:
        return bool(kind != Kind.FRAGMENT)
    text, title = corpus.text(number), corpus.record_of(number).title
    return any(map(str.isalpha, text)) and not distinct(text) <= distinct(title or "")


def _event(question: Question, quote: Quote, corpus: Corpus) -> Event:
    """A date that the question itself names counts: it asks what happened then. Words of which no
    date can be made are marked, and the date under which they stand is not put in their place."""
    document = corpus.number(quote.source)
    date = corpus.counted_from(document, quote.span)
    said = Said(question, corpus.page(document).text, quote.span)
    found, untold = date_of(said, date, new=False), None
    if found is None:
        vague = unresolved(said.text, start=said.span.start, end=said.span.end, document_date=date)
        untold = max(vague, key=said.nearness, default=None)
    marked = found.span if found else untold
    highlight = (marked,) if marked else ()
    shown = corpus.quote(document, quote.span, highlight=highlight, score=quote.score)
    return Event(shown, None if untold else dated(found, shown, corpus))


def _place(event: Event) -> tuple[bool, str, str, int]:
    quote, when = event.quote, event.when
    return when is None, when.date if when else "", quote.source, quote.span.start
