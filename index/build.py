"""Files -> an index: encodes what is new, takes over what is not, forgets what is gone."""

import hashlib
import os
import shlex
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index import corpus as tables
from index import lexical
from index.abbreviations import Abbreviations, explained
from index.corpus import Corpus, Page, Record
from index.errors import BrokenIndex, NoIndex, UnreadableCorpus
from index.held import Gathering
from index.load import File, find, is_markdown, parse, read
from index.passages import group, split
from index.store import Generation, open_generation, writing
from index.types import Encoder, Progress, Report, Skipped, Vectors

SCHEMA = 5
"""The version of the tables and of how text is cut: another one must be built again."""
_SETTLED_NS = 2 * 10**9
"""A file written to this shortly before it was read may change again under the same time stamp:
some file systems keep whole seconds. "Racy git", in git's own documentation, tells the story."""


@dataclass(frozen=True, slots=True)
class _Former:
    """The index as it was, its records by file id, and one record by content."""

    corpus: Corpus
    meta: Mapping[str, Any]
    by_id: Mapping[str, int]
    by_content: Mapping[tuple[str, bool], int]

    def settled(self, record: Record) -> bool:
        """Whether the file was written to well before it was read, so that its stat tells all."""
        return max(record.stat[1:3]) + _SETTLED_NS < int(self.meta["started_ns"])

    def is_still(self, pages: Sequence[Page], meta: Mapping[str, Any]) -> bool:
        """Whether an index of these pages would be the same, and every file known by its stat."""
        same = [(r.id, r.path, r.stat) for r in self.corpus.documents] == [
            (page.document.id, page.path, page.stat) for page in pages
        ]
        return (
            same
            and all(self.meta[name] == meta[name] for name in ("paths", "tokenizer"))
            and all(map(self.settled, self.corpus.documents))
        )


def build(
    paths: Sequence[Path],
    directory: Path,
    encoder: Encoder,
    *,
    progress: Progress,
    on_wait: Callable[[str], None] | None = None,
) -> Report:
    """Make the index in `directory` mirror the documents under `paths`.

    Raises UnreadableCorpus, BusyIndex, UnwritableIndex or BadModel; the former index then stays.
    """
    began, started_ns = time.perf_counter(), time.time_ns()
    files, passed_over = find(paths)
    with writing(directory, on_wait) as draft:
        former = _former(directory, encoder)
        pages, unreadable = _pages(files, former, progress)
        skipped = tuple(sorted((*passed_over, *unreadable), key=lambda s: s.path))
        _refuse_nothing(pages, skipped)
        meta = _meta(paths, encoder, started_ns)
        if former is None or not former.is_still(pages, meta):
            pages = _encoded(pages, encoder, progress)
            progress("writing", 0, 1)
            long_forms = explained(page.document.text for page in pages)
            known = Abbreviations(long_forms)
            gathering = Gathering()
            passages = [some for page in pages for some in _passage_tokens(page, known, gathering)]
            bm25 = lexical.fit(passages)
            held = gathering.held(bm25.rows)
            meta |= tables.write(draft, pages, bm25, held) | {"abbreviations": long_forms}
            draft.commit(meta, mend(paths, directory), always_verify=tables.always_verify(meta))
            progress("writing", 1, 1)
    return _report(former, pages, skipped, time.perf_counter() - began)


def _meta(paths: Sequence[Path], encoder: Encoder, started_ns: int) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "tokenizer": lexical.TOKENIZER,
        "model": encoder.name,
        "fingerprint": encoder.fingerprint,
        "paths": [os.path.abspath(path) for path in paths],
        "built": datetime.fromtimestamp(started_ns // 10**9, UTC).isoformat(),
        "started_ns": started_ns,
    }


def mend(paths: Iterable[Path | str], directory: Path) -> str:
    """The command that builds this index again."""
    named = " ".join(shlex.quote(os.path.abspath(p)) for p in paths)
    return f"quoth index {named} --index {shlex.quote(str(directory))}"


def check(generation: Generation, directory: Path, encoder: Encoder) -> str:
    """The command that builds the index again, if it is as this version would make it.

    Raises BrokenIndex, which names that command, if it is not.
    """
    meta = generation.meta
    command = mend(meta["paths"], directory)
    made = _made_otherwise(meta, encoder)
    if meta["tokenizer"] != lexical.TOKENIZER:
        made = made or "by another version of Quoth"
    if made:
        raise BrokenIndex(f"{directory}: made {made}; build it again: {command}")
    return command


def _made_otherwise(meta: Mapping[str, Any], encoder: Encoder) -> str | None:
    """Why the index's sentences and vectors are not what this version and model would make."""
    if meta["schema"] != SCHEMA:
        return "by another version of Quoth"
    if meta["fingerprint"] == encoder.fingerprint:
        return None
    if meta["model"] == encoder.name:
        return f"with the model {encoder.name} in another form"
    return f"with the model {meta['model']}, not {encoder.name}"


def _former(directory: Path, encoder: Encoder) -> _Former | None:
    """What can be taken over; nothing from an index that is damaged or was made otherwise."""
    try:
        generation = open_generation(directory)
        if _made_otherwise(generation.meta, encoder):
            return None
        corpus = Corpus(generation, mend(generation.meta["paths"], directory))
    except (NoIndex, BrokenIndex):
        return None
    by_id = {record.id: number for number, record in enumerate(corpus.documents)}
    by_content = {(corpus.documents[n].sha256, is_markdown(i)): n for i, n in by_id.items()}
    return _Former(corpus, generation.meta, by_id, by_content)


def _pages(
    files: Sequence[File], former: _Former | None, progress: Progress
) -> tuple[list[Page], list[Skipped]]:
    pages: list[Page] = []
    skipped: list[Skipped] = []
    for number, file in enumerate(files, 1):
        page = _untouched(file, former) or _read(file, former)
        if isinstance(page, Skipped):
            skipped.append(page)
        else:
            pages.append(page)
        progress("reading", number, len(files))
    return pages, skipped


def _untouched(file: File, former: _Former | None) -> Page | None:
    """The former page of a file whose time stamps show that nothing wrote to it since."""
    number = former.by_id.get(file.id) if former else None
    if former is None or number is None:
        return None
    record = former.corpus.documents[number]
    if (
        not former.settled(record)
        or record.path != str(file.path)
        or file_stat(file.path) != record.stat
    ):
        return None
    return _taken_over(former, number, file, record.stat)


def _read(file: File, former: _Former | None) -> Page | Skipped:
    got = read(file)
    if isinstance(got, Skipped):
        return got
    raw, status = got
    key = (hashlib.sha256(raw).hexdigest(), is_markdown(file.id))
    if former and key in former.by_content:
        page = _taken_over(former, former.by_content[key], file, signature(status))
        if page is not None:
            return page
    document = parse(file.id, raw)
    dated = document.date.span if document.date else None
    sentences = split(document.text, markdown=is_markdown(file.id), dated=dated)
    return Page(document, raw, str(file.path), signature(status), sentences, group(sentences))


def _taken_over(former: _Former, number: int, file: File, status: tuple[int, ...]) -> Page | None:
    """The former page of this very content, under the id and path that it has now.

    None if it is damaged, which in a large index shows only here: the file is then read anew.
    """
    try:
        page = former.corpus.former_page(number)
    except BrokenIndex:
        return None
    return replace(
        page, document=replace(page.document, id=file.id), path=str(file.path), stat=status
    )


def signature(status: os.stat_result) -> tuple[int, ...]:
    """Size, times of change (ns) and inode of a file: what differs once it was written to."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def file_stat(path: Path | str) -> tuple[int, ...] | None:
    """The signature of the file that is there now; None if there is none."""
    try:
        return signature(os.stat(path))
    except OSError:
        return None


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


def _passage_tokens(page: Page, known: Abbreviations, gathering: Gathering) -> list[list[str]]:
    """The tokens of each passage; what each sentence holds is gathered on the way."""
    of_sentences = [known.tokens(text) for text in _sentences(page)]
    for words in of_sentences:
        gathering.add(words)
    return [[token for n in r for token in of_sentences[n]] for r in page.passages]


def _refuse_nothing(pages: Sequence[Page], skipped: Sequence[Skipped]) -> None:
    if skipped and not pages:
        first = skipped[0]
        more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        raise UnreadableCorpus(
            f"{first.path}: {first.reason}{more}; no document could be read, so nothing was changed"
        )


def _report(
    former: _Former | None, pages: Sequence[Page], skipped: tuple[Skipped, ...], seconds: float
) -> Report:
    before = {r.id: r.sha256 for r in former.corpus.documents} if former else {}
    now = {page.document.id: page.document.sha256 for page in pages}
    changed = tuple(sorted(i for i in now.keys() & before.keys() if now[i] != before[i]))
    return Report(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=changed,
        removed=tuple(sorted(before.keys() - now.keys())),
        unchanged=len(now.keys() & before.keys()) - len(changed),
        skipped=skipped,
        sentences=sum(len(page.sentences) for page in pages),
        seconds=seconds,
    )
