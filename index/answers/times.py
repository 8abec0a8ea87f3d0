"""The words of what is said that tell when. Pure."""

from collections.abc import Sequence

from index.answers.said import Said, overlap
from index.dates import mentions, recurring, unresolved
from index.questions.question import asks_of_the_present
from index.types import DateMention, Span


def date_of(
    said: Said,
    document_date: str | None,
    *,
    first: Sequence[Span | None] = (),
    new: bool = True,
) -> DateMention | None:
    """The date that is nearest to the question's words.

    first: parts whose dates go before all others, those of the first part foremost. new: whether it
    has to be one that the question does not give itself, as an answer is.
    """
    start, end = said.span.start, said.span.end
    found = mentions(said.text, start=start, end=end, document_date=document_date)
    fitting = [m for m in found if not (new and said.is_asked(m.span))]
    parts = [[m for m in fitting if part and overlap(m.span, part)] for part in first]
    foremost = next((some for some in parts if some), fitting)
    return max(foremost, key=lambda m: said.nearness(m.span), default=None)


def time_of(
    said: Said, document_date: str | None, *, likely: Span | None, best: Span
) -> Span | None:
    """The words that tell when: a date, or else what can not be made one, such as "at Christmas" or
    "the following Monday"; else, to when something is, a habit: "every Tuesday".

    likely: those that the reader takes for the answer, if it is sure enough. best: the part that
    answers best. Both go before all else.
    """
    date = date_of(said, document_date, first=(likely, best))
    inside = {"start": best.start, "end": best.end}
    untold = unresolved(said.text, **inside, document_date=document_date)
    if not (date or untold) and asks_of_the_present(said.question.text):
        untold = recurring(said.text, **inside)
    vague = [at for at in untold if not said.is_asked(at)]
    likeliest = [at for at in vague if likely and overlap(at, likely)]
    if date and (not vague or overlap(date.span, likely if likeliest and likely else best)):
        return date.span
    return max(likeliest or vague, key=said.nearness, default=None)
