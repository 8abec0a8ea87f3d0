"""The indexed documents as tables: written by a build, mapped and checked by a reader."""

import hashlib
import heapq
import json
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import dense
from index.abbreviations import Abbreviations
from index.errors import BrokenIndex
from index.held import Held
from index.lexical import Bm25, Terms
from index.passages import line_of, lines
from index.store import Draft, Generation
from index.types import DateMention, Document, Excerpt, Kind, Quote, Sentence, Span, Vectors

_KINDS = tuple(Kind)
_NONE: Vectors = np.zeros((0, 0), np.float32)
_PAGES_KEPT = 64
_SENTENCES_KEPT = 1 << 14
_BM25: dict[str, type[np.generic]] = {
    "starts": np.int64,
    "passages": np.int32,
    "weights": np.float32,
    "idf": np.float32,
}
_HELD: dict[str, type[np.generic]] = {"starts": np.int64, "rows": np.int32, "telling": np.int32}
_LISTS: dict[str, type[np.generic]] = {
    "order": np.int32,
    "starts": np.int64,
    "centres": np.float32,
}


@dataclass(frozen=True, slots=True)
class Page:
    """A document as it goes into the index: read and cut, but not yet given its rows.

    stat: size, mtime and ctime (ns) and inode of the file as it was read. passages: ranges of
    sentences. vectors: float32[sentences, dim] and float32[passages, dim]; None until encoded.
    """

    document: Document
    raw: bytes
    path: str
    stat: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[range, ...]
    sentence_vectors: Vectors | None = None
    passage_vectors: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One indexed document: what it is, the file it came from, and where its rows are.

    text: bytes of texts.bin. sentences, passages: its rows. check: CRC-32 of its sentence rows.
    """

    id: str
    path: str
    stat: tuple[int, ...]
    title: str | None
    date: DateMention | None
    sha256: str
    text: Span
    sentences: Span
    passages: Span
    check: int


def always_verify(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """The files to check at any size of index: what quotes say of their documents, and the small
    tables by which others are read. meta: what `write` gave.
    """
    return ("documents.json", *(f"passages.{name}" for name in _LISTS if meta["dense"]))


def write(draft: Draft, pages: Sequence[Page], bm25: Bm25, held: Held) -> dict[str, Any]:
    """All files of a generation. What a reader must know of them, as JSON. Raises OSError."""
    tables = [_sentence_rows(page) for page in pages]
    records = _records(pages, tables)
    ranges = [
        (record.sentences.start + r.start, record.sentences.start + r.stop)
        for page, record in zip(pages, records, strict=True)
        for r in page.passages
    ]
    _put(draft, "documents.json", [json.dumps(records, default=_fields).encode()])
    _put(draft, "texts.bin", [page.raw for page in pages])
    _put(draft, "sentences.i32", [table.tobytes() for table in tables])
    _put(draft, "sentences.f32", [v.data for v in _encoded(p.sentence_vectors for p in pages)])
    _put(draft, "passages.i32", [np.array(ranges, np.int32).tobytes()])
    _put(draft, "bm25.terms", [bm25.rows.data])
    _put(draft, "bm25.ends", [bm25.rows.ends.data])
    for name in _BM25:
        _put(draft, f"bm25.{name}", [getattr(bm25, name).data])
    for name in _HELD:
        _put(draft, f"held.{name}", [getattr(held, name).data])
    return _put_passages(draft, _together(_encoded(p.passage_vectors for p in pages)))


def _fields(of: Any) -> dict[str, Any]:
    """As `asdict`, but a level at a time and ten times as fast."""
    return {name: getattr(of, name) for name in of.__slots__}


def _put_passages(draft: Draft, vectors: Vectors) -> dict[str, Any]:
    """The passages' vectors, parted into lists where there are too many to compare them all.

    Sentences stand for questions; they are mapped as they were written, not held once more.
    """
    lists = None
    if len(vectors):  # what is empty cannot be mapped
        written = np.memmap(draft.path("sentences.f32"), np.float32, "r")
        lists = dense.part(vectors, written.reshape(-1, vectors.shape[1]))
    if lists is None:
        _put(draft, "passages.f32", [vectors.data])
        return {"dense": None}
    _put(draft, "passages.f32", [vectors[lists.order].data])
    for name in _LISTS:
        _put(draft, f"passages.{name}", [getattr(lists, name).data])
    return {"dense": {"probes": lists.probes, "recall": round(lists.recall, 4)}}


def _put(draft: Draft, name: str, parts: Iterable[bytes | memoryview]) -> None:
    with draft.path(name).open("wb") as file:
        file.writelines(parts)


def _encoded(parts: Iterable[Vectors | None]) -> Iterator[Vectors]:
    """The vectors of page after page, where there are any."""
    for vectors in parts:
        if vectors is None:
            raise ValueError("a page has not been encoded")
        if len(vectors):
            yield vectors


def _together(parts: Iterable[Vectors]) -> Vectors:
    """The vectors of all pages, float32[n, dim] with a dim of 0 where nothing has one."""
    filled = list(parts)
    return np.concatenate(filled) if filled else _NONE


def _sentence_rows(page: Page) -> NDArray[np.int32]:
    rows = [
        (start, end, s.kind, page.document.text[start:end].endswith("?"))
        for s in page.sentences
        for start, end in [(s.span.start, s.span.end)]
    ]
    return np.array(rows, np.int32).reshape(-1, 4)


def _records(pages: Sequence[Page], tables: Sequence[NDArray[np.int32]]) -> list[Record]:
    records: list[Record] = []
    byte = sentence = passage = 0
    for page, table in zip(pages, tables, strict=True):
        spans = (
            Span(byte, byte + len(page.raw)),
            Span(sentence, sentence + len(page.sentences)),
            Span(passage, passage + len(page.passages)),
        )
        byte, sentence, passage = (span.end for span in spans)
        document = page.document
        check = zlib.crc32(table.tobytes())
        facts = (document.id, page.path, page.stat, document.title, document.date, document.sha256)
        records.append(Record(*facts, *spans, check))
    return records


class Corpus:
    """One generation's tables. Documents, sentences and passages are numbered by their rows.

    sentences: int32[n, 4], start, end, kind and whether it ends with a question mark. passages:
    int32[m, 2], a range of sentences. sentence_vectors: float32[n, dim]. held: what each sentence
    holds. dense: None where there is no passage.
    """

    def __init__(self, generation: Generation, mend: str) -> None:
        self._generation, self._mend = generation, mend
        self.documents = tuple(map(_record, json.loads(bytes(generation.map("documents.json")))))
        self.sentences = self._array("sentences.i32", np.int32).reshape(-1, 4)
        self.passages = self._array("passages.i32", np.int32).reshape(-1, 2)
        self.sentence_vectors = self._vectors("sentences.f32", len(self.sentences))
        self.dense = self._dense() if len(self.passages) else None
        rows = Terms(generation.map("bm25.terms"), self._array("bm25.ends", np.int64))
        arrays = {name: self._array(f"bm25.{name}", kind) for name, kind in _BM25.items()}
        self.bm25 = Bm25(rows, **arrays, size=len(self.passages))
        self.held = Held(*(self._array(f"held.{name}", kind) for name, kind in _HELD.items()))
        self.abbreviations = Abbreviations(generation.meta["abbreviations"])
        self._numbers = {record.id: number for number, record in enumerate(self.documents)}
        self._first = [record.sentences.start for record in self.documents]
        self._first_passage = np.array([r.passages.start for r in self.documents], np.int64)
        self.page = lru_cache(maxsize=_PAGES_KEPT)(self._page)
        self.tokens = lru_cache(maxsize=_SENTENCES_KEPT)(self._tokens)

    def _array(self, name: str, kind: type[np.generic]) -> NDArray[Any]:
        return np.frombuffer(self._generation.map(name), kind)

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
        order, starts, centres = (self._array(f"passages.{n}", kind) for n, kind in _LISTS.items())
        centres = centres.reshape(len(starts) - 1, -1)
        return dense.Dense(rows, dense.Lists(order, starts, centres, **how))

    def number(self, source: str) -> int:
        """The document with that id. Raises KeyError."""
        return self._numbers[source]

    def document_of(self, sentence: int) -> int:
        """The document that holds a sentence."""
        return bisect_right(self._first, sentence) - 1

    def holders(self, term: str) -> NDArray[np.int64]:
        """The documents that hold a term, ascending."""
        passages = self.bm25.holders(term)
        found = np.searchsorted(self._first_passage, passages, side="right") - 1
        return np.unique(found)

    def names(self, part: str, *, limit: int) -> tuple[str, ...]:
        """Ids that hold `part`, or whose title does, in any case: those that begin so first."""
        wanted = part.casefold()
        found = (
            (not (id.startswith(wanted) or title.startswith(wanted)), record.id)
            for record, (id, title) in zip(self.documents, self._folded, strict=True)
            if wanted in id or wanted in title
        )
        return tuple(id for _, id in heapq.nsmallest(limit, found))

    @cached_property
    def recency(self) -> NDArray[np.float64]:
        """float64[documents]: the share (0..1) of the dated documents that are older than each, of
        those of its own date half; one half for a document without a date."""
        dates = np.array([record.date.date if record.date else "" for record in self.documents])
        dated = np.sort(dates[dates != ""])
        ranks = np.searchsorted(dated, dates, "left") + np.searchsorted(dated, dates, "right")
        return np.where(dates == "", 0.5, ranks / 2 / max(1, len(dated)))

    @cached_property
    def _folded(self) -> tuple[tuple[str, str], ...]:
        """Each document's id and title without case, for looking through them at every key."""
        return tuple((r.id.casefold(), (r.title or "").casefold()) for r in self.documents)

    def raw(self, document: int) -> bytes:
        """The file's bytes as they were indexed. Raises BrokenIndex."""
        record = self.documents[document]
        raw = bytes(self._generation.map("texts.bin")[record.text.start : record.text.end])
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

    def _page(self, document: int) -> tuple[str, tuple[int, ...], NDArray[np.int32]]:
        """A document's text, the offsets of its lines, and its sentences. Raises BrokenIndex."""
        text = self.raw(document).decode("utf-8")
        return text, lines(text), self.rows(document)

    def former_page(self, document: int) -> Page:
        """A document as it was indexed, to go into the next index. Raises BrokenIndex."""
        record = self.documents[document]
        raw = self.raw(document)
        rows, held = record.sentences, record.passages
        ranges = (self.passages[held.start : held.end] - rows.start).tolist()
        return Page(
            Document(record.id, record.title, record.date, raw.decode("utf-8"), record.sha256),
            raw,
            record.path,
            record.stat,
            tuple(map(_sentence, self.rows(document).tolist())),
            tuple(range(start, end) for start, end in ranges),
            self.sentence_vectors[rows.start : rows.end],
            self.dense.vectors(np.arange(held.start, held.end)) if self.dense else _NONE,
        )

    def sentence_text(self, document: int, number: int) -> tuple[str, Sentence]:
        """A sentence's characters, and the sentence; `number` counts over all documents."""
        text, _, rows = self.page(document)
        sentence = _sentence(rows[number - self.documents[document].sentences.start].tolist())
        return text[sentence.span.start : sentence.span.end], sentence

    def text(self, number: int) -> str:
        """A sentence's characters."""
        start, end, *_ = self.sentences[number].tolist()
        return self.page(self.document_of(number))[0][start:end]

    def _tokens(self, number: int) -> frozenset[str]:
        """The distinct tokens of a sentence, an abbreviation in both of its forms."""
        return frozenset(self.abbreviations.tokens(self.text(number)))

    def _damaged(self, file: str, record: Record) -> BrokenIndex:
        path = self._generation.path(file)
        return BrokenIndex(f"{path}: damaged, at {record.id}; build the index again: {self._mend}")

    def quote(
        self, document: int, span: Span, *, highlight: tuple[Span, ...], score: float
    ) -> Quote:
        """The one maker of quotes: the document's own characters, checked against its hash."""
        record = self.documents[document]
        text, starts, _ = self.page(document)
        return Quote(
            text=text[span.start : span.end],
            source=record.id,
            span=span,
            line_start=line_of(starts, span.start),
            line_end=line_of(starts, span.end - 1),
            highlight=highlight,
            title=record.title,
            date=record.date.date if record.date else None,
            sha256=record.sha256,
            score=score,
        )

    def excerpt(self, document: int, span: Span, *, around: int) -> Excerpt:
        """The lines of a place with `around` more on either side, without blank ones at the ends;
        what of the place is outside the text is cut off."""
        record = self.documents[document]
        text, starts, _ = self.page(document)
        start = max(0, min(span.start, len(text)))
        quoted = Span(start, max(start, min(span.end, len(text))))
        opens, ends = (line_of(starts, at) for at in (start, max(start, quoted.end - 1)))
        first, last = max(1, opens - around), min(len(starts), ends + around)
        while first < opens and not _line(text, starts, first).strip():
            first += 1
        while last > ends and not _line(text, starts, last).strip():
            last -= 1
        whole = Span(starts[first - 1], starts[last - 1] + len(_line(text, starts, last)))
        return Excerpt(
            text=text[whole.start : whole.end],
            source=record.id,
            span=whole,
            quoted=quoted,
            line_start=first,
            line_end=last,
            sha256=record.sha256,
        )


def _sentence(row: Sequence[int]) -> Sentence:
    return Sentence(Span(row[0], row[1]), _KINDS[row[2]])


def _line(text: str, starts: Sequence[int], number: int) -> str:
    """A line without its end, counted from 1."""
    end = starts[number] - 1 if number < len(starts) else len(text)
    return text[starts[number - 1] : end]


def _record(row: dict[str, Any]) -> Record:
    date = row["date"]
    if date is not None:
        row["date"] = DateMention(date["date"], Span(**date["span"]), date["basis"])
    for name in ("text", "sentences", "passages"):
        row[name] = Span(**row[name])
    return Record(**row | {"stat": tuple(row["stat"])})
