"""Files -> an index: encodes what is new, takes over what is not, forgets what is gone."""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from index.documents.load import (
    File,
    absolute,
    check_paths,
    find,
    is_markdown,
    parse,
    read,
    signature,
)
from index.errors import BrokenIndex, NoIndex, UnreadableCorpus
from index.storage import tables
from index.storage.corpus import Corpus
from index.storage.draft import writing
from index.storage.made import command, made_by, made_otherwise
from index.storage.store import Generation, command_for, open_generation, read_meta
from index.storage.tables import Documents, Page, Part, Run
from index.types import Encoder, Progress, Report, Skipped, Vectors
from index.words import lexical
from index.words.abbreviations import Abbreviations, Pair, affected, explained, unequivocal

_SETTLED_NS = 2 * 10**9
"""A file written to this shortly before it was read may change again under the same time stamp:
some file systems keep whole seconds. "Racy git", in git's own documentation, tells the story."""
Origin = int | Page
"""Where a document comes from: its number in the former index, or a page that was read."""


class _Former:
    """The index as it was, and what tells whether its documents are still the same."""

    def __init__(self, generation: Generation, corpus: Corpus) -> None:
        self.corpus, self.meta, self._checked = corpus, generation.meta, generation.whole
        self.documents: Documents = corpus.documents

    @cached_property
    def _by_content(self) -> dict[tuple[str, bool], int]:
        facts = self.documents.facts
        pairs = zip(facts["sha256"], map(is_markdown, facts["id"]), strict=True)
        return {pair: number for number, pair in enumerate(pairs)}

    def unwritten(self, file: File) -> int:
        """The document of a file whose stat shows that nothing wrote to it since it was read.

        -1 for another file, and for one that had been written to shortly before it was read: it may
        have been written to again, which its stat does not tell.
        """
        facts, number = self.documents.facts, self.corpus.numbers.get(file.id, -1)
        if number < 0 or (facts["path"][number], facts["stat"][number]) != (file.path, file.stat):
            return -1
        settled = max(file.stat[1:3]) + _SETTLED_NS < self.meta["started_ns"]
        return number if settled else -1

    def same(self, sha256: str, id: str) -> int | None:
        """The document, its own if possible, with this very content that was read as the file of
        that id would be: as Markdown or not."""
        own = self.corpus.numbers.get(id, -1)
        if own < 0 or self.documents.facts["sha256"][own] != sha256:
            own = self._by_content.get((sha256, is_markdown(id)), -1)
        return own if self.is_undamaged(own) else None

    def is_undamaged(self, number: int) -> bool:
        """Whether it can be taken over; -1 is no document.

        In an index too large to check as it is opened, damage to a document shows only here.
        """
        try:
            if number >= 0 and not self._checked:
                self.corpus.raw(number), self.corpus.rows(number)
        except BrokenIndex:
            return False
        return number >= 0

    def is_still(self, files: Sequence[File], meta: Mapping[str, Any]) -> bool:
        """Whether an index of these would be the same, and every file known by its stat."""
        same = list(map(self.unwritten, files)) == list(range(len(self.documents)))
        return same and all(self.meta[name] == meta[name] for name in ("paths", "tokenizer"))


def build(
    paths: Sequence[Path],
    directory: Path,
    encoder: Encoder,
    *,
    progress: Progress,
    on_wait: Callable[[str], None] | None = None,
    first: bool = False,
) -> Report:
    """Make the index in `directory` mirror the documents under `paths`.

    first: leave an index that there is by then, made by another process, as it is.
    Raises UnreadableCorpus, BusyIndex, UnwritableIndex or BadModel; the former index then stays.
    """
    began = time.perf_counter()
    check_paths(paths)  # before a folder is made for the index, or another build is waited for
    with writing(directory, on_wait) as draft:
        started_ns = time.time_ns()
        found, passed_over, unread = find(paths)
        former = _former(directory, encoder)
        if first and former:
            seconds = time.perf_counter() - began
            return _report(former, former.documents, skipped=(), unread={}, seconds=seconds)
        files, sources, unreadable = _read_all(found, former, progress)
        skipped = tuple(sorted((*passed_over, *unreadable), key=lambda s: s.path))
        _refuse_nothing(files, skipped)
        _refuse_emptied(paths, found, directory, former)
        meta = made_by(paths, encoder, started_ns)
        if former and all(isinstance(s, int) for s in sources) and former.is_still(files, meta):
            documents = former.documents
        else:
            part, long_forms = _tables(files, sources, former, encoder, progress)
            meta |= tables.write(draft, part) | {"abbreviations": long_forms}
            draft.commit(meta, command(meta), always_verify=tables.always_verify(meta))
            progress("writing", 1, 1)
            documents = part.documents
    seconds = time.perf_counter() - began
    return _report(former, documents, skipped=skipped, unread=unread, seconds=seconds)


def _former(directory: Path, encoder: Encoder) -> _Former | None:
    """What can be taken over; nothing from an index that is damaged or was made otherwise."""
    try:
        generation = open_generation(directory, also=tables.TAKEN_OVER)
        if made_otherwise(generation.meta, encoder):
            return None
        corpus = Corpus(generation, command_for(directory, command(generation.meta)))
    except (NoIndex, BrokenIndex):
        return None
    return _Former(generation, corpus)


def _read_all(
    files: Sequence[File], former: _Former | None, progress: Progress
) -> tuple[list[File], list[Origin], list[Skipped]]:
    """The files that could be read, where the document of each comes from, and the others."""
    kept: list[File] = []
    sources: list[Origin] = []
    skipped: list[Skipped] = []
    for number, file in enumerate(files, 1):
        same = former.unwritten(file) if former else -1
        known = former is not None and former.is_undamaged(same)
        got = (file, same) if known else _read(file, former)
        if isinstance(got, Skipped):
            skipped.append(got)
        else:
            kept.append(got[0])
            sources.append(got[1])
        progress("reading", number, len(files))
    return kept, sources, skipped


def _read(file: File, former: _Former | None) -> tuple[File, Origin] | Skipped:
    from index.documents.passages import group, split  # slow to import, and an update may need none

    got = read(file)
    if isinstance(got, Skipped):
        return got
    raw, status = got
    file = File(file.id, file.path, signature(status))
    same = former.same(hashlib.sha256(raw).hexdigest(), file.id) if former else None
    if same is not None:
        return file, same
    document = parse(file.id, raw)
    dated = document.date.span if document.date else None
    sentences = split(document.text, markdown=is_markdown(file.id), dated=dated)
    explains = tuple(explained(document.text))
    return file, Page(document, raw, explains, sentences, group(sentences))


def _tables(
    files: Sequence[File],
    sources: Sequence[Origin],
    former: _Former | None,
    encoder: Encoder,
    progress: Progress,
) -> tuple[Part, dict[str, str]]:
    """The tables of all documents, and the abbreviations that they explain."""
    if former and former.meta["tokenizer"] != lexical.TOKENIZER:
        sources = [former.corpus.former_page(s) if isinstance(s, int) else s for s in sources]
    long_forms = unequivocal(_explained(sources, former))
    if former:
        sources = _reread(sources, former, long_forms)
    pages = [source for source in sources if isinstance(source, Page)]
    of_pages = [f for f, source in zip(files, sources, strict=True) if isinstance(source, Page)]
    pages = _encoded(pages, encoder, progress)
    progress("writing", 0, 1)
    new = tables.of_pages(pages, of_pages, Abbreviations(long_forms))
    if former is None or len(pages) == len(sources):
        return new, long_forms
    return tables.join(former.corpus.part(), new, _runs(sources), files), long_forms


def _explained(sources: Sequence[Origin], former: _Former | None) -> Iterable[Pair]:
    before = former.documents.facts["explains"] if former else []
    for source in sources:
        yield from before[source] if isinstance(source, int) else source.explains


def _reread(
    sources: Sequence[Origin], former: _Former, long_forms: Mapping[str, str]
) -> list[Origin]:
    """The sources, with former documents made pages again where the abbreviations known now give
    them other terms, or where they occur a second time: former rows are taken over once."""
    terms = affected(former.meta["abbreviations"], long_forms)
    others = {int(document) for term in terms for document in former.corpus.holders(term)}
    found: list[Origin] = []
    for source in sources:
        if isinstance(source, int) and source in others:
            found.append(former.corpus.former_page(source))
        else:
            found.append(source)
        if isinstance(source, int):
            others.add(source)
    return found


def _runs(sources: Sequence[Origin]) -> list[Run]:
    """Runs of documents that stand together in the former index (0), or among the pages (1)."""
    runs: list[Run] = []
    pages = 0
    for source in sources:
        part, number = (0, source) if isinstance(source, int) else (1, pages)
        pages += part
        if runs and runs[-1].part == part and runs[-1].end == number:
            runs[-1] = Run(part, runs[-1].start, number + 1)
        else:
            runs.append(Run(part, number, number + 1))
    return runs


def _encoded(pages: Sequence[Page], encoder: Encoder, progress: Progress) -> list[Page]:
    """The pages with vectors; a text without one is encoded once, however often it occurs."""
    new = [page for page in pages if page.sentence_vectors is None]
    texts = list(
        dict.fromkeys(text for page in new for text in (*_sentences(page), *_passages(page)))
    )
    vectors = encoder.encode(texts, progress)
    row = {text: number for number, text in enumerate(texts)}

    def of(some: Sequence[str]) -> Vectors:
        return vectors[[row[text] for text in some]]

    return [
        page
        if page.sentence_vectors is not None
        else replace(
            page, sentence_vectors=of(_sentences(page)), passage_vectors=of(_passages(page))
        )
        for page in pages
    ]


def _sentences(page: Page) -> list[str]:
    return [page.document.text[s.span.start : s.span.end] for s in page.sentences]


def _passages(page: Page) -> list[str]:
    sentences, text = page.sentences, page.document.text
    return [
        text[sentences[r.start].span.start : sentences[r.stop - 1].span.end] for r in page.passages
    ]


def _refuse_nothing(files: Sequence[File], skipped: Sequence[Skipped]) -> None:
    if skipped and not files:
        first = skipped[0]
        more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        raise UnreadableCorpus(
            f"{first.path}: {first.reason}{more}; no document could be read, so nothing was changed"
        )


def _refuse_emptied(
    paths: Sequence[Path], found: Sequence[File], directory: Path, former: _Former | None
) -> None:
    """Raise UnreadableCorpus for a folder that gave the index documents and now holds none: that of
    a disk that is not mounted looks so."""
    if not found and _holds_any(directory, former):
        raise UnreadableCorpus(
            f"no .txt or .md file in {', '.join(map(str, paths))}, so nothing was changed; mount "
            f"its disk, name another folder, or remove {directory} first"
        )
    before = former.documents.facts["path"] if former else _files(directory)
    for path in paths:
        below = os.path.join(absolute(path), "")
        held = any(file.startswith(below) for file in before)
        if held and not any(file.path.startswith(below) for file in found):
            raise UnreadableCorpus(
                f"no .txt or .md file is left in {path}, so nothing was changed; mount its disk, "
                "or leave it out"
            )


def _holds_any(directory: Path, former: _Former | None) -> bool:
    """Whether there is an index with documents; one made otherwise is taken to have some."""
    if former:
        return len(former.documents) > 0
    try:
        return bool(read_meta(directory))
    except (NoIndex, BrokenIndex):
        return False


def _files(directory: Path) -> list[str]:
    """The files that an index was made from, however that was; none where it cannot be read."""
    try:
        tables_of = open_generation(directory, verify_bytes=0).files
        facts = json.loads(bytes(tables_of.get("documents.json", b"{}")))
    except (NoIndex, BrokenIndex):
        return []
    return list(facts.get("path", ())) if isinstance(facts, dict) else []


def _report(
    former: _Former | None,
    documents: Documents,
    *,
    skipped: tuple[Skipped, ...],
    unread: Mapping[str, int],
    seconds: float,
) -> Report:
    before = _hashes(former.documents) if former else {}
    now = _hashes(documents)
    changed = tuple(sorted(i for i in now.keys() & before.keys() if now[i] != before[i]))
    return Report(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=changed,
        removed=tuple(sorted(before.keys() - now.keys())),
        unchanged=len(now.keys() & before.keys()) - len(changed),
        skipped=skipped,
        sentences=int(documents.starts[-1, 1]),
        seconds=seconds,
        unread=unread,
    )


def _hashes(documents: Documents) -> dict[str, str]:
    """The SHA-256 of each document, by its id."""
    return dict(zip(documents.facts["id"], documents.facts["sha256"], strict=True))
