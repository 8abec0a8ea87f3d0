"""Where the documents say a sentence word for word, or else what comes closest."""

import re
from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.documents.load import is_markdown
from index.documents.marks import Seen, unparted
from index.questions.question import check_sentence
from index.search.fuse import best
from index.storage.corpus import Corpus
from index.types import Quote, Span, Verdict
from index.verification.closest import POOL, closest
from index.verification.places import pattern, spans
from index.words.lexical import content, tokens
from index.words.numbers import CHANGEABLE
from index.words.shapes import QUOTATION_MARK, SPACE, UNSEEN

_ENDS = re.compile(rf"^[{SPACE}{UNSEEN}]+|[{SPACE}{UNSEEN}]+$")
_IN_QUOTES = re.compile(
    rf"{QUOTATION_MARK}((?:(?!{QUOTATION_MARK}).)+){QUOTATION_MARK}\.?", re.DOTALL
)

# Which words a document must have. Only those whose token no neighbour can change are asked for.
_PLAIN = re.compile(rf"(?<![^{SPACE}])[^\W\d_]{{3,64}}(?=[,.;:!?]?(?:[{SPACE}]|$))")


def verify(sentence: str, corpus: Corpus, *, top: int) -> Verdict:
    """All places that say the sentence, or at most `top` that come closest. Raises BadQuestion."""
    check_sentence(sentence)
    words = _ENDS.sub("", sentence)
    found = _places(words, corpus)
    if not found and (inner := _IN_QUOTES.fullmatch(words)):
        words = _ENDS.sub("", inner[1])
        found = _places(words, corpus)
    unseen = _unmarked(words, corpus, found)
    if found or unseen:
        places = sorted((*found, *unseen), key=_place)
        return Verdict(sentence, tuple(places), (), (), but_for_marks=bool(unseen))
    near, differs = closest(sentence, corpus, top)
    return Verdict(sentence, (), near, differs)


def _places(words: str, corpus: Corpus) -> tuple[Quote, ...]:
    looked_for = pattern(words)
    found = [
        corpus.quote(document, span, highlight=(), score=1.0)
        for document in _documents(words, corpus)
        for span in spans(looked_for, corpus.raw(document).decode("utf-8"))
    ]
    return tuple(sorted(found, key=_place))


def _place(quote: Quote) -> tuple[str, Span]:
    return quote.source, quote.span


def _unmarked(words: str, corpus: Corpus, found: Sequence[Quote]) -> tuple[Quote, ...]:
    """The places that say the words only to who sees no marks, nor line ends within a word.

    A word that a line end parts may be none of its document's terms: of such documents those are
    looked through that BM25 finds by the other words.
    """
    known = {(quote.source, quote.span.start) for quote in found}
    quotes = _seen(words, _documents(words, corpus), corpus)
    if not quotes and not found:
        quotes = _seen(words, _alike(words, corpus), corpus)
    return tuple(quote for quote in quotes if (quote.source, quote.span.start) not in known)


def _alike(words: str, corpus: Corpus) -> set[int]:
    rows = best(corpus.bm25.scores(content(words)), POOL).tolist()
    return {corpus.document_of(int(corpus.passages[row, 0])) for row in rows}


def _seen(words: str, documents: Iterable[int], corpus: Corpus) -> list[Quote]:
    """The places in the documents as they are seen, where anything in them is not."""
    looked_for = pattern(words, parted=True)
    views = ((document, _view(document, corpus)) for document in documents)
    found = {
        (document, view.span(span))
        for document, view in views
        if view
        for span in spans(looked_for, view.text)
    }
    return [corpus.quote(d, span, highlight=(), score=1.0) for d, span in sorted(found)]


def _view(document: int, corpus: Corpus) -> Seen | None:
    markdown = is_markdown(corpus.documents[document].id)
    return unparted(corpus.raw(document).decode("utf-8"), markdown=markdown)


def _documents(words: str, corpus: Corpus) -> Sequence[int]:
    """The documents that have all the plain words, which is all of them where there is none."""
    terms = {
        term
        for match in _PLAIN.finditer(words)
        if match.group().lower() not in CHANGEABLE
        for term in tokens(match.group())
    }
    if not terms:
        return range(len(corpus.documents))
    holders = sorted((corpus.holders(term) for term in terms), key=len)
    found: list[int] = reduce(_both, holders).tolist()
    return found


def _both(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.intersect1d(one, other, assume_unique=True)
