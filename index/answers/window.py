"""A passage as the reader reads it: under its document's title and the headings over it."""

from collections.abc import Collection

from index.documents.columns import head_above
from index.documents.sections import dates_a_version
from index.storage.corpus import Corpus
from index.types import Span, Window
from index.words.capitals import in_small_letters
from index.words.figures import MONTHS

VERSIONS = "Version | Released"
"""What heads a version and its day, to who asks when, as if they were a row of a table."""


def window_of(
    passage: int, corpus: Corpus, *, when: bool = False, asked: Collection[str] = ()
) -> Window:
    """A passage as it is read: rows of a table under what heads their columns, sentences in
    capitals in small letters, since the reader knows few words in capitals. when: whether it is
    asked when. asked: of a year among these tokens that is the passage's own, its date is told."""
    start, end = corpus.passages[passage].tolist()
    spans = corpus.sentences[start:end, :2].tolist()
    document, offset = corpus.document_of(start), spans[0][0]
    page = corpus.page(document).text
    inside = tuple(Span(first - offset, last - offset) for first, last in spans)
    text = _readable(page[offset : spans[-1][1]], inside)
    heads = above(document, offset, corpus)
    if any(map(may_date, asked)):
        *_, year = month = month_of(document, offset, corpus) or [""]
        heads[1:1] = [" ".join(month).title()] if year in asked else []
    if when and dates_a_version(page, Span(*spans[0])):
        heads[-1] = VERSIONS
    return Window("\n".join(filter(None, map(in_small_letters, heads))), text, inside)


def above(document: int, place: int, corpus: Corpus) -> list[str]:
    """What a place in a document is read under: the title, the headings over it and, last, what
    heads the columns of a table, "" where there is none."""
    title, head = corpus.documents[document].title, head_above(corpus.page(document).text, place)
    return [title or "", *corpus.under(document, place), head]


def may_date(token: str) -> bool:
    """Whether a token may be a year, 1000 to 2999."""
    return len(token) == 4 and token.isdigit() and token[0] in "12"


def month_of(document: int, place: int, corpus: Corpus) -> list[str]:
    """The month, in small letters, and the year under which a place in a document stands, as far as
    they are known: what a policy of 2022 says is what was so in 2022."""
    date = corpus.date_at(document, place)
    year, month, *_ = [*(date.date if date else "").split("-"), ""]
    return [*([MONTHS[int(month) - 1]] if month else []), *([year] if year else [])]


def _readable(text: str, sentences: tuple[Span, ...]) -> str:
    for span in sentences:
        small = in_small_letters(text[span.start : span.end])
        text = text[: span.start] + small + text[span.end :]
    return text
