"""A passage as the reader reads it: under its document's title and the headings over it."""

from index.documents.columns import head_above
from index.documents.sections import dates_a_version
from index.storage.corpus import Corpus
from index.types import Span, Window
from index.words.capitals import in_small_letters

VERSIONS = "Version | Released"
"""What heads a version and its day, to who asks when, as if they were a row of a table."""


def window_of(passage: int, corpus: Corpus, *, when: bool = False) -> Window:
    """A passage as it is read: rows of a table under what heads their columns, sentences in
    capitals in small letters, since the reader knows few words in capitals. when: whether it is
    asked when."""
    start, end = corpus.passages[passage].tolist()
    spans = corpus.sentences[start:end, :2].tolist()
    document, offset = corpus.document_of(start), spans[0][0]
    page = corpus.page(document).text
    inside = tuple(Span(first - offset, last - offset) for first, last in spans)
    text = _readable(page[offset : spans[-1][1]], inside)
    heads = above(document, offset, corpus)
    if when and dates_a_version(page, Span(*spans[0])):
        heads[-1] = VERSIONS
    return Window("\n".join(filter(None, map(in_small_letters, heads))), text, inside)


def above(document: int, place: int, corpus: Corpus) -> list[str]:
    """What a place in a document is read under: the title, the headings over it and, last, what
    heads the columns of a table, "" where there is none."""
    title, head = corpus.documents[document].title, head_above(corpus.page(document).text, place)
    return [title or "", *corpus.under(document, place), head]


def _readable(text: str, sentences: tuple[Span, ...]) -> str:
    for span in sentences:
        small = in_small_letters(text[span.start : span.end])
        text = text[: span.start] + small + text[span.end :]
    return text
