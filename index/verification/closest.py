"""Sentences -> what comes closest to one that no document has word for word, and what differs."""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from difflib import SequenceMatcher
from itertools import pairwise
from unicodedata import normalize

import numpy as np

from index.documents.lines import paragraph
from index.documents.load import is_markdown
from index.documents.marks import Seen, views
from index.search.fuse import best
from index.storage.corpus import Corpus
from index.types import Quote, Span
from index.verification.places import across, pattern
from index.words.lexical import content, telling, tokens
from index.words.numbers import NUMBER_WORDS
from index.words.shapes import APOSTROPHE, DASH, PIECE, UNIT

POOL = 50
"""Passages, by BM25, in which what is closest, or is seen without marks, is looked for."""
NEAR = 0.3
"""The least likeness of what is called close. Set by hand: below it two sentences share a word or
two, as any two about one topic do."""
BESIDE = 0.75
"""The least likeness, of the greatest, of what is called close beside it."""
SHARED = 1 / 3
"""More than this share of the words that carry meaning is in what is called close: in few documents
even a small word is rare, and one of them alone would weigh enough."""
REST = 0.1
"""What a word counts that only the document has: half a sentence may be asked about."""

_WORD = re.compile(
    r"[$€£¥₹]?\d+(?:[.,:]\d+)+[^\W\d_][^\W_]*"
    rf"|[$€£¥₹]?\d+(?:[.,:]\d+)*(?:\s?{UNIT}|(?![^\W_]))"
    rf"|(?i:\b(?:one|{'|'.join(NUMBER_WORDS)})(?:{DASH}[^\W_]+)?(?:\s{UNIT})+)"
    rf"|[^\W_]+(?:(?:{DASH}|{APOSTROPHE})[^\W_]+)*"
    r"|-{2,3}|\.{2,}|[^\s\w]|_"
)


def closest(sentence: str, corpus: Corpus, top: int) -> tuple[tuple[Quote, ...], tuple[Span, ...]]:
    """The sentences nearest in words, and the words of `sentence` that the first of them lacks."""
    quotes: list[Quote] = []
    differs: tuple[Span, ...] = ()
    for run, score in _nearest(sentence, corpus)[:top]:
        quote, missing = _compared(sentence, run, score, corpus)
        differs = differs if quotes else missing
        quotes.append(quote)
    return tuple(quotes), differs


def _nearest(sentence: str, corpus: Corpus) -> list[tuple[range, float]]:
    """Runs of sentences, the most alike first, none overlapping another."""
    alike = _likeness(sentence, corpus)
    scored = {run: alike(run) for run in _runs(sentence, corpus)}
    kept: list[tuple[range, float]] = []
    for run in sorted(scored, key=lambda r: (-scored[r], len(r), r.start)):
        apart = all(run.stop <= r.start or r.stop <= run.start for r, _ in kept)
        least = max(NEAR, BESIDE * kept[0][1]) if kept else NEAR
        if apart and scored[run] >= least:
            kept.append((run, scored[run]))
    return kept


def _likeness(sentence: str, corpus: Corpus) -> Callable[[range], float]:
    """How alike (0..1) a run of sentences is: Tversky's index of the tokens, weighted by idf."""
    own, said = frozenset(tokens(sentence)), frozenset(telling(sentence))

    def weight(some: Set[str]) -> float:
        return sum(map(corpus.bm25.idf_of, sorted(some)))  # in one order: floats do not commute

    def alike(run: range) -> float:
        held = frozenset().union(*(corpus.tokens(n) for n in run))
        if said and len(said & held) <= SHARED * len(said):
            return 0.0
        return weight(own & held) / (weight(own) + REST * weight(held - own))

    return alike


def _runs(sentence: str, corpus: Corpus) -> Iterator[range]:
    """The sentences of the passages that BM25 finds, and the runs from each about as long."""
    for passage in sorted(best(corpus.bm25.scores(content(sentence)), POOL).tolist()):
        start, end = corpus.passages[passage].tolist()
        last = corpus.record_of(start).sentences.end
        for first in range(start, end):
            enough = corpus.sentences[first, 0] + len(sentence)
            size = int(np.searchsorted(corpus.sentences[first:last, 1], enough))
            stops = {first + 1, first + max(1, size), min(first + size + 1, last)}
            yield from (range(first, stop) for stop in sorted(stops))


def _compared(
    sentence: str, run: range, score: float, corpus: Corpus
) -> tuple[Quote, tuple[Span, ...]]:
    """A run as a quote, the words of it that differ marked, and those of the sentence that do.

    They are compared with or without the document's marks, by which less differs.
    """
    document = corpus.document_of(run.start)
    text = corpus.page(document).text
    span = corpus.span(run)
    own = _words(sentence, 0, len(sentence))
    keys = _keys(sentence, own)
    cut = pattern(sentence.strip(), parted=True)
    found: list[tuple[int, list[int], tuple[Span, ...]]] = []
    for view, start, end in _looks(text, span, is_markdown(corpus.documents[document].id)):
        theirs = _words(view.text, start, end)
        missing, other = _differences(keys, _keys(view.text, theirs))
        differ = len(missing) + len(_joint(view.text, theirs, other))
        other = _touched(theirs, across(cut, view.text, start, end)) or other
        found.append((differ, missing, tuple(map(view.span, _joint(view.text, theirs, other)))))
    _, missing, marked = min(found, key=lambda one: one[0])
    quote = corpus.quote(document, span, highlight=marked, score=score)
    return quote, _joint(sentence, own, missing)


def _looks(text: str, span: Span, markdown: bool) -> Iterator[tuple[Seen, int, int]]:
    """What is seen of text[span], if that is less, and then all of it; and from where to where."""
    around = paragraph(text, span)
    whole = text[around.start : around.end]
    for view in (*views(whole, markdown=markdown), Seen(whole, (0,), (0,))):
        within = Seen(view.text, view.starts, [origin + around.start for origin in view.origins])
        yield within, within.at(span.start), within.at(span.end)


def _words(text: str, start: int, end: int) -> list[Span]:
    """Words, numbers, amounts and marks, without the full stop at the end."""
    end = start + len(text[start:end].rstrip(". \n"))
    return [Span(*match.span()) for match in _WORD.finditer(text, start, end)]


def _keys(text: str, words: Sequence[Span]) -> list[str]:
    """What has to be equal of words: all but typography; with "+" where no space is before it."""
    shapes = [PIECE.sub(_one_shape, text[word.start : word.end]) for word in words]
    joined = [one.end == other.start for one, other in pairwise(words)]
    return [f"+{s}" if n and joined[n - 1] else s for n, s in enumerate(shapes)]


def _one_shape(piece: re.Match[str]) -> str:
    return piece.lastgroup or normalize("NFC", piece.group())


def _differences(own: list[str], theirs: list[str]) -> tuple[list[int], list[int]]:
    """The numbers of the words that one has and the other has not, in place.

    What the document says before and after, beyond as many words as are missing, is no difference.
    """
    if own:
        own = [next((word for word in theirs if _may_open(word, own[0])), own[0]), *own[1:]]
    matcher = SequenceMatcher(None, own, theirs, autojunk=False)
    changed = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    missing = [n for _, start, end, _, _ in changed for n in range(start, end)]
    other = [n for op in changed for n in _beside(op, len(own))]
    return missing, other


def _beside(op: tuple[str, int, int, int, int], own: int) -> range:
    """The document's words of a change; at an end, as many as the sentence has there."""
    _, start, end, first, last = op
    if start == 0:
        return range(max(first, last - end), last)
    if end == own:
        return range(first, min(last, first + end - start))
    return range(first, last)


def _may_open(word: str, first: str) -> bool:
    """Whether a document's word is the first one asked about, whatever stands before it there."""
    word = word.removeprefix("+")
    return word[1:] == first[1:] and word[:1] in (first[:1], first[:1].swapcase())


def _touched(words: Sequence[Span], cut: Sequence[Span]) -> list[int]:
    """The numbers of the words that a cut has a part of, or touches where it is empty."""
    return [
        n
        for n, word in enumerate(words)
        if any(
            word.start < one.end and one.start < word.end
            if one.start < one.end
            else word.start <= one.start <= word.end
            for one in cut
        )
    ]


def _joint(text: str, words: Sequence[Span], numbers: Sequence[int]) -> tuple[Span, ...]:
    """The words of those numbers, as one span where only white space is between them."""
    joint: list[Span] = []
    for word in (words[n] for n in numbers):
        if joint and not text[joint[-1].end : word.start].strip():
            joint[-1] = Span(joint[-1].start, word.end)
        else:
            joint.append(word)
    return tuple(joint)
