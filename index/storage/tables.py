"""The tables of an index: of new documents, joined with those of the former index, and written."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.documents.load import File
from index.search import bm25, dense
from index.search.bm25 import Bm25
from index.search.held import Gathering, Held
from index.storage.draft import Draft
from index.types import DateMention, Document, Sentence, Span, Vectors
from index.words.abbreviations import Abbreviations, Pair

NONE: Vectors = np.zeros((0, 0), np.float32)
BM25: dict[str, type[np.generic]] = {
    "starts": np.int64,
    "passages": np.int32,
    "counts": np.uint16,
    "weights": np.float32,
    "idf": np.float32,
}
HELD: dict[str, type[np.generic]] = {"starts": np.int64, "rows": np.int32, "telling": np.int32}
LISTS: dict[str, type[np.generic]] = {
    "order": np.int32,
    "starts": np.int64,
    "centres": np.float32,
}
TAKEN_OVER = (
    *("passages.i32", "bm25.terms", "bm25.ends"),
    *(f"bm25.{name}" for name in BM25),
    *(f"held.{name}" for name in HELD),
)
"""The files, beside vectors, that an update takes over and no reader checks while reading them."""
LED_BY = (
    *("passages.i32", "bm25.terms", "bm25.ends", "bm25.starts", "bm25.idf"),
    *("held.starts", "held.telling"),
)
"""The files that say where to look in others. They are checked whenever an index is opened: damage
to them leads astray, and they are less than a hundredth of it."""
FACTS = ("id", "path", "stat", "title", "date", "sha256", "explains")
"""The columns of documents.json."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document as it goes into the index: read and cut, but not yet given its rows.

    explains: abbreviations. passages: ranges of sentences. vectors: float32[sentences, dim] and
    float32[passages, dim]; None until encoded.
    """

    document: Document
    raw: bytes
    explains: tuple[Pair, ...]
    sentences: tuple[Sentence, ...]
    passages: tuple[range, ...]
    sentence_vectors: Vectors | None = None
    passage_vectors: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One indexed document: what it is, the file it came from, and where its rows are.

    stat: size, mtime and ctime (ns) and inode of the file as it was read. text: bytes of
    texts.bin. sentences, passages: its rows. check: CRC-32 of its sentence rows.
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


class Documents:
    """The records of some documents, kept as columns: one is made when it is first asked for.

    facts: a list for each of FACTS. figures: int64[documents, 4], how many bytes, sentences and
    passages each has, and the CRC-32 of its sentence rows. starts: int64[documents + 1, 3], where
    its bytes, sentences and passages begin.
    """

    def __init__(self, facts: Mapping[str, list[Any]], figures: NDArray[np.int64]) -> None:
        self.facts, self.figures = facts, figures
        self.starts = np.zeros((len(figures) + 1, 3), np.int64)
        np.cumsum(figures[:, :3], axis=0, out=self.starts[1:])
        self._at = cache(self._made)

    @classmethod
    def read(cls, facts: bytes, figures: memoryview) -> "Documents":
        columns = json.loads(facts)
        columns["stat"] = list(map(tuple, columns["stat"]))
        return cls(columns, np.frombuffer(figures, np.int64).reshape(-1, 4))

    def __len__(self) -> int:
        return len(self.figures)

    def __getitem__(self, number: int) -> Record:
        return self._at(number)

    def __iter__(self) -> Iterator[Record]:
        return map(self._at, range(len(self)))

    def _made(self, number: int) -> Record:
        id, path, stat, title, date, sha256, _ = (self.facts[name][number] for name in FACTS)
        starts, ends = self.starts[number : number + 2].tolist()
        text, sentences, passages = map(Span, starts, ends)
        mention = DateMention(date[0], Span(date[1], date[2]), date[3]) if date else None
        facts, check = (id, path, stat, title, mention, sha256), int(self.figures[number, 3])
        return Record(*facts, text, sentences, passages, check)


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents as tables: the rows of a document follow those of the one before it.

    texts: their bytes. sentences: int32[n, 3], start, end and kind. passages: int32[m, 2], a range
    of sentences. vectors: float32[n, dim] and float32[m, dim]. Texts and vectors are in pieces, one
    after the other, so that they need not be copied.
    """

    documents: Documents
    texts: Sequence[bytes | memoryview]
    sentences: NDArray[np.int32]
    passages: NDArray[np.int32]
    sentence_vectors: Sequence[Vectors]
    passage_vectors: Sequence[Vectors]
    bm25: Bm25
    held: Held


class Run(NamedTuple):
    """Documents `start` to `end`, half open, of the part of that number."""

    part: int
    start: int
    end: int


def of_pages(pages: Sequence[Page], files: Sequence[File], known: Abbreviations) -> Part:
    """The tables of new documents, each with the file that it was read from."""
    gathering = Gathering()
    model = bm25.fit(tokens for page in pages for tokens in _passage_tokens(page, known, gathering))
    rows = [_sentence_rows(page) for page in pages]
    documents = _documents(pages, files, rows)
    ranges = [
        (first + r.start, first + r.stop)
        for page, first in zip(pages, documents.starts[:, 1].tolist(), strict=False)
        for r in page.passages
    ]
    return Part(
        documents,
        [page.raw for page in pages],
        np.concatenate(rows) if rows else np.zeros((0, 3), np.int32),
        np.array(ranges, np.int32).reshape(-1, 2),
        list(_encoded(page.sentence_vectors for page in pages)),
        list(_encoded(page.passage_vectors for page in pages)),
        model,
        gathering.held(model.rows),
    )


def _documents(
    pages: Sequence[Page], files: Sequence[File], rows: Sequence[NDArray[np.int32]]
) -> Documents:
    facts: dict[str, list[Any]] = {name: [] for name in FACTS}
    figures: list[tuple[int, ...]] = []
    for page, file, table in zip(pages, files, rows, strict=True):
        document, date = page.document, page.document.date
        mention = (date.date, date.span.start, date.span.end, date.basis) if date else None
        own = (file.id, file.path, file.stat, document.title, mention, document.sha256)
        for name, fact in zip(FACTS, (*own, page.explains), strict=True):
            facts[name].append(fact)
        sizes = len(page.raw), len(page.sentences), len(page.passages)
        figures.append((*sizes, zlib.crc32(table.tobytes())))
    return Documents(facts, np.array(figures, np.int64).reshape(-1, 4))


def _passage_tokens(
    page: Page, known: Abbreviations, gathering: Gathering
) -> Iterator[Iterable[str]]:
    """The tokens of each passage; what each sentence holds is gathered on the way."""
    text = page.document.text
    of_sentences = [known.tokens(text[s.span.start : s.span.end]) for s in page.sentences]
    for words in of_sentences:
        gathering.add(words)
    return (chain.from_iterable(of_sentences[r.start : r.stop]) for r in page.passages)


def _sentence_rows(page: Page) -> NDArray[np.int32]:
    rows = [(s.span.start, s.span.end, s.kind) for s in page.sentences]
    return np.array(rows, np.int32).reshape(-1, 3)


def _encoded(parts: Iterable[Vectors | None]) -> Iterator[Vectors]:
    """The vectors of page after page, where there are any."""
    for vectors in parts:
        if vectors is None:
            raise ValueError("a page has not been encoded")
        if len(vectors):
            yield vectors


def join(former: Part, new: Part, runs: Sequence[Run], files: Sequence[File]) -> Part:
    """The tables of runs of documents, from the former index and new ones, in their order.

    They are what `of_pages` would make of all these documents. files: that of each document, for it
    may have moved since.
    """
    parts = (former, new)
    starts = tuple(part.documents.starts for part in parts)

    def rows(what: int) -> Iterator[tuple[int, slice]]:
        """Where the runs' bytes (0), sentences (1) or passages (2) are in their parts."""
        for part, start, end in runs:
            first, last = starts[part][[start, end], what].tolist()
            yield part, slice(first, last)

    ranges, numbers = _renumbered(parts, list(rows(1)), list(rows(2)))
    model, maps = bm25.join([part.bm25 for part in parts], numbers)
    whole = [tuple(map(_whole, (p.sentence_vectors, p.passage_vectors))) for p in parts]
    texts = [memoryview(p.texts[0] if len(p.texts) == 1 else b"".join(p.texts)) for p in parts]
    return Part(
        _joined_documents(parts, runs, files),
        [texts[part][at] for part, at in rows(0)],
        np.concatenate([parts[part].sentences[at] for part, at in rows(1)]),
        ranges,
        [some for part, at in rows(1) if len(some := whole[part][0][at])],
        [some for part, at in rows(2) if len(some := whole[part][1][at])],
        model,
        _joined_held([part.held for part in parts], maps, list(rows(1))),
    )


def _renumbered(
    parts: Sequence[Part],
    sentences: Sequence[tuple[int, slice]],
    passages: Sequence[tuple[int, slice]],
) -> tuple[NDArray[np.int32], list[NDArray[np.int32]]]:
    """The ranges of all passages, int32[m, 2], over the sentences' new rows; and for each part
    int32[passages], the new number of each of its passages, -1 for one that is left out.

    sentences, passages: where those of each run are in their part.
    """
    numbers = [np.full(len(part.passages), -1, np.int32) for part in parts]
    ranges: list[NDArray[np.int32]] = []
    sentence = passage = 0
    for (part, inside), (_, held) in zip(sentences, passages, strict=True):
        ranges.append(parts[part].passages[held] + np.int32(sentence - inside.start))
        numbers[part][held] = np.arange(passage, passage + held.stop - held.start)
        sentence += inside.stop - inside.start
        passage += held.stop - held.start
    return np.concatenate(ranges), numbers


def _whole(pieces: Sequence[Vectors]) -> Vectors:
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces) if pieces else NONE


def _joined_documents(
    parts: Sequence[Part], runs: Sequence[Run], files: Sequence[File]
) -> Documents:
    tables = [part.documents for part in parts]
    figures = np.concatenate([tables[part].figures[start:end] for part, start, end in runs])
    facts = {
        name: [fact for part, start, end in runs for fact in tables[part].facts[name][start:end]]
        for name in FACTS
    }
    facts |= {name: [getattr(file, name) for file in files] for name in ("id", "path", "stat")}
    return Documents(facts, figures)


def _joined_held(
    tables: Sequence[Held], maps: Sequence[NDArray[np.int32]], runs: Sequence[tuple[int, slice]]
) -> Held:
    """What the sentences of all runs hold. maps: the row of each term of each table."""
    sizes = np.concatenate([np.diff(tables[part].starts)[at] for part, at in runs])
    rows = [
        maps[part][tables[part].rows[tables[part].starts[at.start] : tables[part].starts[at.stop]]]
        for part, at in runs
    ]
    telling = np.concatenate([tables[part].telling[at] for part, at in runs])
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Held(starts, np.concatenate(rows), telling)


def always_verify(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """The files to check at any size of index: what quotes say of their documents, and the small
    tables by which others are read. meta: what `write` gave.
    """
    lists = (f"passages.{name}" for name in LISTS if meta["dense"])
    return ("documents.json", "documents.i64", *lists)


def write(draft: Draft, part: Part) -> dict[str, Any]:
    """All files of a generation. What a reader must know of them, as JSON. Raises OSError."""
    _put(draft, "documents.json", [json.dumps(part.documents.facts).encode()])
    _put(draft, "documents.i64", [part.documents.figures.data])
    _put(draft, "texts.bin", part.texts)
    _put(draft, "sentences.i32", [part.sentences.data])
    _put(draft, "sentences.f32", [v.data for v in part.sentence_vectors])
    _put(draft, "passages.i32", [part.passages.data])
    _put(draft, "bm25.terms", [part.bm25.rows.data])
    _put(draft, "bm25.ends", [part.bm25.rows.ends.data])
    for name in BM25:
        _put(draft, f"bm25.{name}", [getattr(part.bm25, name).data])
    for name in HELD:
        _put(draft, f"held.{name}", [getattr(part.held, name).data])
    return _put_passages(draft, part.passage_vectors)


def _put_passages(draft: Draft, pieces: Sequence[Vectors]) -> dict[str, Any]:
    """The passages' vectors, parted into lists where there are too many to compare them all.

    Sentences stand for questions; they are mapped as they were written, not held once more.
    """
    lists = None
    if sum(map(len, pieces)) > dense.EXACT:
        vectors = _whole(pieces)
        written = np.memmap(draft.path("sentences.f32"), np.float32, "r")
        lists = dense.part(vectors, written.reshape(-1, vectors.shape[1]))
    if lists is None:
        _put(draft, "passages.f32", [v.data for v in pieces])
        return {"dense": None}
    _put(draft, "passages.f32", [vectors[lists.order].data])
    for name in LISTS:
        _put(draft, f"passages.{name}", [getattr(lists, name).data])
    return {"dense": {"probes": lists.probes, "recall": round(lists.recall, 4)}}


def _put(draft: Draft, name: str, parts: Iterable[bytes | memoryview]) -> None:
    with draft.path(name).open("wb") as file:
        file.writelines(parts)
