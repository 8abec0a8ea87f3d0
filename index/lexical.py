"""Words and numbers as search sees them, and BM25 over them.

Only tokens are normalised; the text they came from never is.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.types import Span

TOKENIZER = "words-1"
"""Named in every index: one made by other rules must be built again."""

NUMBER_WORDS = {
    "zero": "0",  # "one" is left out: it is more often a pronoun
    **{
        word: str(value)
        for value, word in enumerate(
            (
                "two three four five six seven eight nine ten eleven twelve thirteen fourteen "
                "fifteen sixteen seventeen eighteen nineteen twenty"
            ).split(),
            2,
        )
    },
    **{
        word: str(value * 10)
        for value, word in enumerate(
            ("thirty forty fifty sixty seventy eighty ninety hundred").split(), 3
        )
    },
}
SCALES = {"k": "thousand", "m": "million", "b": "billion", "mn": "million", "mln": "million"}
SCALES |= {"bn": "billion", "bln": "billion", "tn": "trillion", "trn": "trillion"}
_WORD = re.compile(
    r"(?P<dotted>(?:[^\W\d_]\.){2,})"
    r"|(?P<money>[$€£¥₹]\s?)?(?P<number>\d++(?:[.,]\d++)*+)"
    r"(?:(?P<percent>\s?%|\s?per\s?cent\b)"
    r"|(?P<scale>[kmb]\b|\s?(?:bn|bln|mn|mln|tn|trn)\b)|(?![^\W_]))"
    rf"|(?P<spelled>{'|'.join(NUMBER_WORDS)})(?P<spelled_percent>\s+per\s?cent\b)"
    r"|(?P<cjk>[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]++)"
    r"|(?P<compound>[^\W_]++(?:-[^\W_]++)++)"
    r"|(?P<word>[^\W_]++(?:['’][^\W_]++)*+)",
    re.IGNORECASE,
)
_CLITIC = re.compile(r"'(?:s|re|ll|ve|d|m)$")
STOP_WORDS = frozenset(
    (
        "a about after all also am an and any are as at be because been before being between "
        "both but by can could did do does doing down during each either else ever every few "
        "for from further get got had has have having he her here hers him his how i if in into "
        "is it its itself just me might mine more most much must my no nor not of off on once "
        "only or other our ours out over own per s same shall she should so some such t than "
        "that the their theirs them then there these they this those through to too under until "
        "up upon very was we were what whatever when where whether which while who whom whose "
        "why will with would you your yours"
    ).split()
)


MAX_TOKEN = 64
"""Code points of a token that count; longer ones are data, not words."""


def words(text: str) -> Iterator[tuple[str, Span]]:
    """Each token of a text with the characters it was made from, in order.

    Numbers stay what they are: `5%`, `15%` and `5` are three tokens; `10 per cent` and `ten
    percent` are `10%`; `£900` gives `900` and `£900`; `COVID-19` gives its parts and `covid19`.
    """
    for match in _WORD.finditer(text):
        span = Span(match.start(), match.end())
        for token in _tokens(match):
            yield token[:MAX_TOKEN], span


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order."""
    return [token for token, _ in words(text)]


def telling(text: str) -> list[str]:
    """The distinct tokens of a text that carry meaning, in order: stop words are left out."""
    return [token for token in dict.fromkeys(tokens(text)) if token not in STOP_STEMS]


def content(text: str) -> list[str]:
    """What to search for: the telling tokens, or all of them where there is no other."""
    return telling(text) or list(dict.fromkeys(tokens(text)))


def is_number(token: str) -> bool:
    """Whether a token holds a digit: a number, a percentage, an amount or a code."""
    return any(c.isdigit() for c in token)


def _tokens(match: re.Match[str]) -> Iterator[str]:
    kind = match.lastgroup
    if match["number"] is not None:
        yield from _number(match)
    elif kind == "spelled_percent":
        yield NUMBER_WORDS[match["spelled"].lower()] + "%"
    elif kind == "dotted":
        yield _fold(match.group().replace(".", ""))
    elif kind == "compound":
        yield from _compound(_fold(match.group()))
    elif kind == "cjk":
        run = match.group()
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
    else:
        yield _word(_fold(match.group()))


def _word(folded: str) -> str:
    return NUMBER_WORDS.get(folded) or _stem(_CLITIC.sub("", folded))


def _compound(folded: str) -> Iterator[str]:
    parts = folded.split("-")
    yield from map(_word, parts)
    if is_number(folded):
        yield "".join(parts)  # a code: F-35, CVE-2023-1234


def _number(match: re.Match[str]) -> Iterator[str]:
    number = _fold(match["number"]).replace(",", "")
    if match["percent"]:
        yield number + "%"
        return
    yield number
    if match["money"]:
        yield match["money"].strip() + number
    if match["scale"]:
        yield _stem(SCALES[match["scale"].strip().lower()])


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    """Case, width and accents away: `Fréderic` and `FREDERIC` are one word."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


_english = snowballstemmer.stemmer("english")


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    return str(_english.stemWord(word))


STOP_STEMS = STOP_WORDS | {_stem(word) for word in STOP_WORDS}


class _PositiveIdf(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no type hints
    """Okapi BM25 with Lucene's idf, ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.

    BM25Okapi's own is 0 for a term in half of the passages and below 0 for a commoner one, so that
    in a small corpus a true match counts for nothing, or against. See Kamphuis et al. 2020, "Which
    BM25 do you mean?", table 1.
    """

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        total = self.corpus_size
        self.idf = {term: float(np.log1p((total - n + 0.5) / (n + 0.5))) for term, n in nd.items()}


class Terms(Mapping[str, int]):
    """Terms -> their numbers, ascending: a table that is searched where it lies, not loaded.

    data: the terms in UTF-8, one after the other, sorted. ends: int64[n], where each of them ends.
    """

    def __init__(self, data: bytes | memoryview, ends: NDArray[np.int64]) -> None:
        self.data, self.ends = memoryview(data), ends

    @classmethod
    def of(cls, terms: Iterable[str]) -> Self:
        """The table of some distinct terms. By code points is by bytes, in UTF-8."""
        encoded = [term.encode() for term in sorted(terms)]
        return cls(b"".join(encoded), np.cumsum([len(e) for e in encoded], dtype=np.int64))

    def _at(self, number: int) -> bytes:
        start = int(self.ends[number - 1]) if number else 0
        return bytes(self.data[start : int(self.ends[number])])

    def __getitem__(self, term: str) -> int:
        wanted = term.encode("utf-8", "surrogatepass")
        number = bisect_left(range(len(self)), wanted, key=self._at)
        if number == len(self) or self._at(number) != wanted:
            raise KeyError(term)
        return number

    def __iter__(self) -> Iterator[str]:
        return (self._at(number).decode() for number in range(len(self)))

    def __len__(self) -> int:
        return len(self.ends)


@dataclass(frozen=True, slots=True)
class Bm25:
    """rank-bm25's fitted model as a sparse matrix: a row a term, a column a passage.

    rows: term -> row, some microseconds a lookup. starts: int64[terms + 1], where a row's entries
    begin. passages: int32, the columns of the entries. weights: float32, what a passage's score
    gains by holding the term. idf: float32[terms]. size: how many passages there are.
    """

    rows: Terms
    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    idf: NDArray[np.float32]
    size: int

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """float32[passages]: the BM25 score of each passage, 0 where it has none of the terms."""
        total = np.zeros(self.size, np.float32)
        for row in (self.rows[t] for t in terms if t in self.rows):
            entries = slice(int(self.starts[row]), int(self.starts[row + 1]))
            total[self.passages[entries]] += self.weights[entries]
        return total

    def holders(self, term: str) -> NDArray[np.int32]:
        """The passages that hold a term, ascending."""
        row = self.rows.get(term)
        if row is None:
            return self.passages[:0]
        return self.passages[int(self.starts[row]) : int(self.starts[row + 1])]

    def idf_of(self, term: str) -> float:
        """How telling a term is, 0 up; one in no passage counts like one in a single passage."""
        row = self.rows.get(term)
        return float(np.log1p((self.size - 0.5) / 1.5)) if row is None else float(self.idf[row])


def fit(passages: Sequence[Sequence[str]]) -> Bm25:
    """BM25 over tokenized passages; k1 and b are rank-bm25's own 1.5 and 0.75."""
    if not any(passages):
        none = np.zeros(0, np.float32)
        starts = np.zeros(1, np.int64)
        return Bm25(Terms.of(()), starts, none.astype(np.int32), none, none, len(passages))
    return _compile(_PositiveIdf(passages))


def _compile(model: BM25Okapi) -> Bm25:
    """The same sums as `BM25Okapi.get_scores`, one product a term and passage done beforehand."""
    terms = Terms.of(model.idf)
    number = {term: row for row, term in enumerate(terms)}
    held = [len(counts) for counts in model.doc_freqs]
    row = np.fromiter((number[t] for counts in model.doc_freqs for t in counts), np.int32)
    count = np.fromiter((n for counts in model.doc_freqs for n in counts.values()), np.float32)
    passage = np.repeat(np.arange(len(held), dtype=np.int32), held)
    order = np.argsort(row, kind="stable")  # passages stay ascending within a term
    row, passage, count = row[order], passage[order], count[order].astype(np.float64)
    length = np.array(model.doc_len)[passage] / model.avgdl
    idf = np.array([model.idf[term] for term in terms])
    saturation = count * (model.k1 + 1) / (count + model.k1 * (1 - model.b + model.b * length))
    starts = np.searchsorted(row, np.arange(len(terms) + 1))
    return Bm25(
        terms,
        starts.astype(np.int64),
        passage,
        (idf[row] * saturation).astype(np.float32),
        idf.astype(np.float32),
        len(held),
    )
