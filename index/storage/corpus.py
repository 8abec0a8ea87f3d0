"""The indexed documents, mapped and checked by a reader."""

import hashlib
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.documents.columns import head_above
from index.documents.lines import line_of, lines
from index.documents.mails import Written, written
from index.documents.sections import dates_above, days_of_rows, paths
from index.errors import BrokenIndex
from index.search import dense
from index.search.bm25 import Bm25
from index.search.fuse import best, fuse, union
from index.search.held import Held
from index.search.terms import Terms
from index.storage.names import Names
from index.storage.pages import Pages, Text
from index.storage.store import Generation
from index.storage.tables import BM25, HELD, LISTS, NONE, Documents, Page, Part, Record
from index.types import DateMention, Document, Hit, Kind, Quote, Sentence, Span, Vectors
from index.words.abbreviations import Abbreviations, explained
from index.words.lexical import distinct

POOL = 100
"""Passages that each ranking may propose."""
HITS = 20
"""Passages that are found for a question: among so many, the answer is nearly always
(training/README.md has the figures)."""
HEADING = 120
"""Code points of a heading that is told with what stands under it."""
_KINDS = tuple(Kind)
_PAGES_KEPT = 64
_CHARACTERS_KEPT = 1 << 26
_SENTENCES_KEPT = 1 << 14


class Corpus:
    """One generation's tables. Documents, sentences and passages are numbered by their rows.

    sentences: int32[n, 3], start, end and kind. passages: int32[m, 2], a range of sentences.
    sentence_vectors: float32[n, dim]. held: what each sentence holds. dense: None where there is no
    passage. numbers: the document of each id. names: how documents are called.
    """

    def __init__(self, generation: Generation, mend: str) -> None:
        self._generation, self._mend = generation, mend
        self.documents = Documents.read(
            bytes(generation.files["documents.json"]), generation.files["documents.i64"]
        )
        self.sentences = self._array("sentences.i32", np.int32).reshape(-1, 3)
        self.passages = self._array("passages.i32", np.int32).reshape(-1, 2)
        self.sentence_vectors = self._vectors("sentences.f32", len(self.sentences))
        self.dense = self._dense() if len(self.passages) else None
        rows = Terms(generation.files["bm25.terms"], self._array("bm25.ends", np.int64))
        arrays = {name: self._array(f"bm25.{name}", kind) for name, kind in BM25.items()}
        self.bm25 = Bm25(rows, **arrays, size=len(self.passages))
        self.held = Held(*(self._array(f"held.{name}", kind) for name, kind in HELD.items()))
        self.abbreviations = Abbreviations(generation.meta["abbreviations"])
        self._facts = self.documents.facts
        self.numbers = {id: number for number, id in enumerate(self._facts["id"])}
        years = [date[0][:4] if date else "" for date in self._facts["date"]]
        self.names = Names(self._facts["id"], self._facts["title"], years)
        self._first = self.documents.starts[:-1, 1].tolist()
        self._first_passage = self.documents.starts[:-1, 2]
        self.page = Pages(self._page, most=_PAGES_KEPT, characters=_CHARACTERS_KEPT)
        self.tokens = lru_cache(maxsize=_SENTENCES_KEPT)(self._tokens)
        self._dates_above = lru_cache(maxsize=_PAGES_KEPT)(self._read_dates_above)
        self._paths = lru_cache(maxsize=_PAGES_KEPT)(self._read_paths)

    def _array(self, name: str, kind: type[np.generic]) -> NDArray[Any]:
        return np.frombuffer(self._generation.files[name], kind)

    def _vectors(self, name: str, rows: int) -> Vectors:
        values = self._array(name, np.float32)
        return values.reshape(rows, len(values) // max(1, rows))

    def _dense(self) -> dense.Dense:
        rows, how = (
            self._vectors("passages.f32", len(self.passages)),
            self._generation.meta["dense"],
        )
        if how is None:
            return dense.Dense(rows, None)
        order, starts, centres = (self._array(f"passages.{n}", kind) for n, kind in LISTS.items())
        centres = centres.reshape(len(starts) - 1, -1)
        return dense.Dense(rows, dense.Lists(order, starts, centres, **how))

    def number(self, source: str) -> int:
        """The document with that id. Raises KeyError."""
        return self.numbers[source]

    def document_of(self, sentence: int) -> int:
        """The document that holds a sentence."""
        return bisect_right(self._first, sentence) - 1

    def hits(
        self,
        terms: Sequence[str],
        vector: Vectors,
        weight: float,
        *,
        within: NDArray[np.bool_] | None = None,
    ) -> tuple[Hit, ...]:
        """The passages most like a question, at most HITS, best first, by its terms and its vector.

        weight: the vector's share, 0..1. within: bool[passages], those that may be found, before
        any is ranked; None for all. Raises BrokenIndex: what ranks is not always checked before.
        """
        if self.dense is None:
            return ()
        try:
            bm25 = self.bm25.scores(terms)
            if within is not None:
                bm25 *= within
            pool = union(self.dense.search(vector, POOL, within=within), best(bm25, POOL))
            with np.errstate(all="ignore"):
                cosines = self.dense.vectors(pool) @ vector
            scores = bm25[pool]
        except IndexError:
            raise self._damaged("bm25.passages") from None
        if not np.isfinite(bm25).all():
            raise self._damaged("bm25.weights")
        self._check_cosines(cosines, "passages.f32")
        return fuse(pool, cosines, scores, weight=weight, top=HITS)

    def cosines(self, sentences: NDArray[np.int64], vector: Vectors) -> Vectors:
        """float32[n]: of some sentences with a vector. Raises BrokenIndex."""
        with np.errstate(all="ignore"):
            cosines: Vectors = np.vecdot(self.sentence_vectors[sentences], vector)
        self._check_cosines(cosines, "sentences.f32")
        return cosines

    def _check_cosines(self, cosines: Vectors, file: str) -> None:
        """Raises BrokenIndex where they cannot be of unit vectors."""
        if not (np.abs(cosines) < 2).all():  # NaN is not
            raise self._damaged(file)

    def record_of(self, sentence: int) -> Record:
        """The document that holds a sentence, with all that is known of it."""
        return self.documents[self.document_of(sentence)]

    def holders(self, term: str) -> NDArray[np.int64]:
        """The documents that hold a term, ascending."""
        passages = self.bm25.holders(term)
        found = np.searchsorted(self._first_passage, passages, side="right") - 1
        return np.unique(found)

    @cached_property
    def recency(self) -> NDArray[np.float64]:
        """float64[documents]: the share (0..1) of the dated documents that are older than each, of
        those of its own date half; one half for a document without a date."""
        dates = np.array([date[0] if date else "" for date in self._facts["date"]])
        dated = np.sort(dates[dates != ""])
        ranks = np.searchsorted(dated, dates, "left") + np.searchsorted(dated, dates, "right")
        return np.where(dates == "", 0.5, ranks / 2 / max(1, len(dated)))

    @cached_property
    def years(self) -> frozenset[str]:
        """Those of the dates that documents have, YYYY."""
        return frozenset(self.names.years) - {""}

    def raw(self, document: int) -> bytes:
        """The file's bytes as they were indexed. Raises BrokenIndex."""
        record = self.documents[document]
        raw = bytes(self._generation.files["texts.bin"][record.text.start : record.text.end])
        if hashlib.sha256(raw).hexdigest() != record.sha256:
            raise self._damaged("texts.bin", record)
        return raw

    def rows(self, document: int) -> NDArray[np.int32]:
        """A document's rows of `sentences`. Raises BrokenIndex."""
        record = self.documents[document]
        rows = self.sentences[record.sentences.start : record.sentences.end]
        if zlib.crc32(rows.tobytes()) != record.check:
            raise self._damaged("sentences.i32", record)
        return rows

    def _page(self, document: int) -> Text:
        """Raises BrokenIndex."""
        text = self.raw(document).decode("utf-8")
        return Text(text, lines(text), self.rows(document))

    def date_at(self, document: int, place: int) -> DateMention | None:
        """The date under which a place in a document stands: that of the heading above, if it gives
        its section one, or of the mail that is quoted there, whichever is nearer; else the
        document's own. Raises BrokenIndex."""
        above, mails = self._dates_above(document)
        number = bisect_right(above, place, key=itemgetter(0)) - 1
        date = above[number][1] if number >= 0 else None
        number = bisect_right(mails, place, key=itemgetter(0)) - 1
        mail = mails[number] if number >= 0 else None
        own = self.documents[document].date
        if mail and not mail.own and (date is None or date.span.start < mail.start):
            return mail.date or (own if own and own.span.start >= mails[0].start else None)
        return date or own

    def counted_from(self, document: int, span: Span) -> str | None:
        """The date, ISO, from which words such as "yesterday" in a part of a document count: the
        day that opens their row, as in a log, else the date under which they stand; None where the
        part has rows of several days. Raises BrokenIndex."""
        days = days_of_rows(self.page(document).text, span)
        own = self.date_at(document, span.start)
        if days:
            return days.pop() if len(days) == 1 else None
        return own.date if own else None

    def _read_dates_above(
        self, document: int
    ) -> tuple[list[tuple[int, DateMention | None]], list[Written]]:
        text, _, rows = self.page(document)
        heads = rows[:, 2] == Kind.HEADING
        headings, others = (
            [Span(start, end) for start, end in some.tolist()]
            for some in (rows[heads, :2], rows[~heads, :2])
        )
        return dates_above(text, headings, others), written(text)

    def headings_above(self, document: int, place: int) -> tuple[Span, ...]:
        """The marked headings under which a place in a document stands, the outermost first; one at
        the place itself is none of them. Raises BrokenIndex."""
        above = self._paths(document)
        number = bisect_right(above, place, key=itemgetter(0)) - 1
        return tuple(one for one in above[number][1] if one.start < place) if number >= 0 else ()

    def under(self, document: int, place: int) -> list[str]:
        """The headings over a place that are short and say something else than the title does."""
        title, text = distinct(self.documents[document].title or ""), self.page(document).text
        spans = self.headings_above(document, place)
        headings = [text[s.start : s.end] for s in spans if s.end - s.start <= HEADING]
        return [heading for heading in headings if distinct(heading) != title]

    def _read_paths(self, document: int) -> list[tuple[int, tuple[Span, ...]]]:
        text, _, rows = self.page(document)
        headings = rows[rows[:, 2] == Kind.HEADING, :2]
        return paths(text, [Span(start, end) for start, end in headings.tolist()])

    def part(self) -> Part:
        """All tables, to be joined with those of new documents."""
        return Part(
            self.documents,
            [self._generation.files["texts.bin"]],
            self.sentences,
            self.passages,
            [self.sentence_vectors],
            [self.dense.all() if self.dense else NONE],
            self.bm25,
            self.held,
        )

    def former_page(self, document: int) -> Page:
        """A document as it was indexed, to be given its terms anew. Raises BrokenIndex."""
        record = self.documents[document]
        raw = self.raw(document)
        text = raw.decode("utf-8")
        rows, held = record.sentences, record.passages
        ranges = (self.passages[held.start : held.end] - rows.start).tolist()
        return Page(
            Document(record.id, record.title, record.date, text, record.sha256),
            raw,
            tuple(explained(text)),
            tuple(map(_sentence, self.rows(document).tolist())),
            tuple(range(start, end) for start, end in ranges),
            self.sentence_vectors[rows.start : rows.end],
            self.dense.vectors(np.arange(held.start, held.end)) if self.dense else NONE,
        )

    def span(self, run: range) -> Span:
        """The place of a run of sentences of one document."""
        return Span(*self.sentences[(run[0], run[-1]), (0, 1)].tolist())

    def text(self, number: int) -> str:
        """A sentence's characters. Raises BrokenIndex."""
        start, end, *_ = self.sentences[number].tolist()
        return self.page(self.document_of(number)).text[start:end]

    def _tokens(self, number: int) -> frozenset[str]:
        """The distinct tokens of a sentence, an abbreviation in both of its forms."""
        return frozenset(self.abbreviations.tokens(self.text(number)))

    def _damaged(self, file: str, record: Record | None = None) -> BrokenIndex:
        at = f"{self._generation.path(file)}: damaged{f', at {record.id}' if record else ''}"
        return BrokenIndex(f"{at}; build the index again: {self._mend}")

    def quote(
        self, document: int, span: Span, *, highlight: tuple[Span, ...], score: float
    ) -> Quote:
        """The one maker of quotes: the document's own characters, checked against its hash."""
        record = self.documents[document]
        text, starts, _ = self.page(document)
        own, above = record.date, self.date_at(document, span.start)
        date = own.date if own else None
        return Quote(
            text=text[span.start : span.end],
            source=record.id,
            span=span,
            line_start=line_of(starts, span.start),
            line_end=line_of(starts, span.end - 1),
            highlight=highlight,
            title=record.title,
            date=date,
            sha256=record.sha256,
            score=score,
            section=above.date if above and above.date != date else None,
            under=tuple(self.under(document, span.start)),
            columns=head_above(text, span.start),
        )


def _sentence(row: Sequence[int]) -> Sentence:
    return Sentence(Span(row[0], row[1]), _KINDS[row[2]])
