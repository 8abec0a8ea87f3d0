"""What is marked of a text that is quoted whole."""

from index.answers.highlight import highlight
from index.answers.said import Said
from index.answers.times import time_of
from index.questions.question import read
from index.types import Span


def marked(
    question: str, text: str, document_date: str | None = None, *, likely: str | None = None
) -> list[str]:
    """What is marked of a text; likely: the words of it that the reader takes for the answer."""
    span = Span(0, len(text))
    said = Said(read(question), text, span)
    words = Span(text.index(likely), text.index(likely) + len(likely)) if likely else None
    time = time_of(said, document_date, likely=words, best=span)
    return [text[s.start : s.end] for s in highlight(said, time, words)]
