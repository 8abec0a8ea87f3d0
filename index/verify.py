"""Where the documents say a sentence word for word, or else what comes closest."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from difflib import SequenceMatcher
from functools import reduce
from itertools import pairwise
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from index.corpus import Corpus
from index.fuse import best
from index.lexical import CHANGEABLE, NUMBER_WORDS, SCALES, content, telling, tokens
from index.load import is_markdown
from index.marks import Seen, views
from index.question import check_sentence
from index.types import Quote, Span, Verdict

POOL = 50
"""Passages, by BM25, among which the closest words are looked for."""
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

_SPACE, _UNSEEN = r"\s\x00-\x1f\x7f-\x9f", "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""What sets words apart, and what cannot be seen at all: marks of direction, soft hyphens."""
_HIDDEN = re.compile(f"[{_UNSEEN}]")
_ENDS = re.compile(rf"^[{_SPACE}{_UNSEEN}]+|[{_SPACE}{_UNSEEN}]+$")
_PIECE = re.compile(
    rf"(?P<unseen>[{_UNSEEN}]+(?![{_SPACE}{_UNSEEN}]))|(?P<gap>[{_SPACE}{_UNSEEN}]+)"
    r"|(?P<dash>-{2,3}|[-‐‑‒–—―−])|(?P<apostrophe>['’‘‛ʼ′`´])|(?P<quote>[\"“”„‟«»″])|.",
    re.DOTALL,
)
_ANY_SHAPE = {
    "unseen": f"[{_UNSEEN}]*",
    "gap": f"[{_UNSEEN}]*[{_SPACE}][{_SPACE}{_UNSEEN}]*",
    "dash": "(?:-{2,3}|[-‐‑‒–—―−])",
    "apostrophe": "['’‘‛ʼ′`´]",
    "quote": '["“”„‟«»″]',
}
_OPENING = re.compile(r"(\W*)([^\W\d_])(.*)", re.DOTALL)
_IN_QUOTES = re.compile(r"[\"“”„‟«»″]([^\"“”„‟«»″]+)[\"“”„‟«»″]\.?")

# Which words a document must have. Only those whose token no neighbour can change are asked for.
_PLAIN = re.compile(rf"(?<![^{_SPACE}])[^\W\d_]{{3,64}}(?=[,.;:!?]?(?:[{_SPACE}]|$))")

# What belongs together on the two sides of a place, so that no quote may begin or end there.
_UNIT = (
    rf"(?:[%‰°]|(?:{'|'.join(scale for scale in SCALES if len(scale) > 1)}|hundred|thousand|million"
    r"|billion|trillion|per\s?cent|percentage)\b)"
)
_NUMBER = rf"(?:\d|\b(?:{'|'.join(NUMBER_WORDS)}))"
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: nothing shows where a word of theirs ends."""
_JOINED = tuple(
    (re.compile(before + r"\Z", re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for before, after in (
        (r"[^\W_]", r"[-‐‑'’ʼ_/&@][^\W_]"),  # F-35, don't, snake_case, AT&T
        (r"[^\W_][-‐‑'’ʼ_/&@]", r"[^\W_]"),
        (r"\d", r"[.,:–−]\d"),  # 10.5, 1,000, 10:30, 10–15%
        (r"\d[.,:–−]", r"\d"),
        (r"[^\W_]", r"\.(?-i:[a-z])"),  # example.com
        (r"[^\W_]\.", r"(?-i:[a-z])"),
        (rf"{_NUMBER}\s{{0,2}}", rf"\s{{0,2}}{_UNIT}"),  # 10 per cent, $11 billion
        (r"\bper\s?", r"\s?cent\b"),
        (r"[^\W_]", r"[$€£¥₹]"),  # US$5
        (r"[$€£¥₹]\s?", r"\d"),
        (r"(?:^|[\s(\[\"'“‘])[-−–+±<>~≤≥≈#]", r"[$€£¥₹]?\.?\d"),  # -5%, <5%, #5
        (r"(?:^|\W)\.", r"\d"),
    )
)

_WORD = re.compile(
    rf"[$€£¥₹]?\d+(?:[.,:]\d+)*(?:\s?{_UNIT}|(?![^\W_]))"
    rf"|(?i:\b(?:one|{'|'.join(NUMBER_WORDS)})(?:[-‐‑][^\W_]+)?(?:\s{_UNIT})+)"
    r"|[^\W_]+(?:[-‐‑'’ʼ][^\W_]+)*|-{2,3}|\.{2,}|[^\s\w]|_"
)


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
    closest, differs = _closest(sentence, corpus, top)
    return Verdict(sentence, (), closest, differs)


# Word for word.


def _places(words: str, corpus: Corpus) -> tuple[Quote, ...]:
    pattern = _pattern(words)
    found = [
        corpus.quote(document, span, highlight=(), score=1.0)
        for document in _documents(words, corpus)
        for span in _spans(pattern, corpus.raw(document).decode("utf-8"))
    ]
    return tuple(sorted(found, key=_place))


def _place(quote: Quote) -> tuple[str, Span]:
    return quote.source, quote.span


def _unmarked(words: str, corpus: Corpus, found: Sequence[Quote]) -> tuple[Quote, ...]:
    """The places that say the words only to who sees no marks, nor line ends within a word.

    A word that a line end parts is none of its document's terms: of such documents those are looked
    through that BM25 finds by the other words.
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
    pattern = _pattern(words)
    found = {
        (document, view.span(span))
        for document in documents
        for view in _views(document, corpus)
        for span in _spans(pattern, view.text)
    }
    return [corpus.quote(d, span, highlight=(), score=1.0) for d, span in sorted(found)]


def _views(document: int, corpus: Corpus) -> Iterator[Seen]:
    markdown = is_markdown(corpus.documents[document].id)
    return views(corpus.raw(document).decode("utf-8"), markdown=markdown)


def _pattern(words: str) -> re.Pattern[str]:
    """The words in any white space and typography, the very first letter in either case.

    A full stop at the end is the person's or the document's.
    """
    opening = _OPENING.match(words)
    lead, first, rest = opening.groups() if opening else ("", "", words)
    either = f"(?:{re.escape(first)}|{re.escape(first.swapcase())})"
    body = rest.rstrip(".")
    stops = len(rest) - len(body)
    end = rf"(?:\.{{{stops}}}|\.*)" if stops else ""  # as many as were given, if there are
    return re.compile(_any_shape(lead) + either + _any_shape(body) + end)


def _any_shape(words: str) -> str:
    return "".join(
        _ANY_SHAPE.get(m.lastgroup or "") or re.escape(m.group()) for m in _PIECE.finditer(words)
    )


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Where the pattern matches and cuts nothing, from left to right, none overlapping another."""
    at = 0
    while match := pattern.search(text, at):
        whole = not (_joined(text, match.start()) or _joined(text, match.end()))
        if whole:
            yield Span(*match.span())
        at = match.end() if whole else match.start() + 1


def _joined(text: str, at: int) -> bool:
    """Whether a word, number, percentage, amount or code runs across a place in the text."""
    if 0 < at < len(text) and (_is_mark(text[at]) or "\u200d" in text[at - 1 : at + 1]):
        return True
    before = _HIDDEN.sub("", text[max(0, at - 20) : at])
    after = _HIDDEN.sub("", text[at : at + 20])
    if not before or not after:
        return False
    if _UNSPACED.match(before[-1]) or _UNSPACED.match(after[0]):
        return False
    if _is_of_a_word(before[-1]) and _is_of_a_word(after[0]):
        return True
    return any(left.search(before) and right.match(after) for left, right in _JOINED)


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or _is_mark(character)


def _is_mark(character: str) -> bool:
    return category(character)[0] == "M"


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


# Or else what comes closest.


def _closest(sentence: str, corpus: Corpus, top: int) -> tuple[tuple[Quote, ...], tuple[Span, ...]]:
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
        last = corpus.documents[corpus.document_of(start)].sentences.end
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
    text, _, _ = corpus.page(document)
    first, last = (corpus.sentence_text(document, n)[1].span for n in (run[0], run[-1]))
    span = Span(first.start, last.end)
    own = _words(sentence, 0, len(sentence))
    keys = _keys(sentence, own)
    found: list[tuple[list[int], tuple[Span, ...]]] = []
    for view, start, end in _looks(text, span, is_markdown(corpus.documents[document].id)):
        theirs = _words(view.text, start, end)
        missing, other = _differences(keys, _keys(view.text, theirs))
        found.append((missing, tuple(map(view.span, _joint(view.text, theirs, other)))))
    missing, marked = min(found, key=lambda one: len(one[0]) + len(one[1]))
    quote = corpus.quote(document, span, highlight=marked, score=score)
    return quote, _joint(sentence, own, missing)


def _looks(text: str, span: Span, markdown: bool) -> Iterator[tuple[Seen, int, int]]:
    """What is seen of text[span], if that is less, and then all of it; and from where to where."""
    before, after = text.rfind("\n\n", 0, span.start) + 1, text.find("\n\n", span.end)
    paragraph = text[before : after if after >= 0 else len(text)]
    for view in (*views(paragraph, markdown=markdown), Seen(paragraph, (0,), (0,))):
        within = Seen(view.text, view.starts, [origin + before for origin in view.origins])
        yield within, within.at(span.start), within.at(span.end)


def _words(text: str, start: int, end: int) -> list[Span]:
    """Words, numbers, amounts and marks, without the full stop at the end."""
    end = start + len(text[start:end].rstrip(". \n"))
    return [Span(*match.span()) for match in _WORD.finditer(text, start, end)]


def _keys(text: str, words: Sequence[Span]) -> list[str]:
    """What has to be equal of words: all but typography; with "+" where no space is before it."""
    shapes = [_PIECE.sub(_one_shape, text[word.start : word.end]) for word in words]
    joined = [one.end == other.start for one, other in pairwise(words)]
    return [f"+{s}" if n and joined[n - 1] else s for n, s in enumerate(shapes)]


def _one_shape(piece: re.Match[str]) -> str:
    return piece.lastgroup or piece.group()


def _differences(own: list[str], theirs: list[str]) -> tuple[list[int], list[int]]:
    """The numbers of the words that one has and the other has not, in place.

    What the document says before and after, beyond as many words as are missing, is no difference.
    """
    if own:
        own = [next((word for word in theirs if _may_open(word, own[0])), own[0]), *own[1:]]
    matcher = SequenceMatcher(None, own, theirs, autojunk=False)
    changed = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    missing = [n for _, start, end, _, _ in changed for n in range(start, end)]
    other = [n for op in changed for n in _beside(op, len(own), len(theirs))]
    return missing, other


def _beside(op: tuple[str, int, int, int, int], own: int, theirs: int) -> range:
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


def _joint(text: str, words: Sequence[Span], numbers: Sequence[int]) -> tuple[Span, ...]:
    """The words of those numbers, as one span where only white space is between them."""
    joint: list[Span] = []
    for word in (words[n] for n in numbers):
        if joint and not text[joint[-1].end : word.start].strip():
            joint[-1] = Span(joint[-1].start, word.end)
        else:
            joint.append(word)
    return tuple(joint)
