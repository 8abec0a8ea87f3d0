"""How the files that were indexed are now."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from index.documents.load import file_stat, find, read
from index.errors import UnreadableCorpus
from index.storage.corpus import Corpus
from index.storage.tables import Record
from index.types import Skipped, Source, State


def state_of(record: Record) -> State:
    """How a file compares with what was indexed: by its stat, or by content where that differs."""
    try:
        now = file_stat(record.path)
        if now is None:
            return "gone"
        if now == record.stat:
            return "current"
        with Path(record.path).open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == record.sha256
    except FileNotFoundError:
        return "gone"
    except OSError:
        return "unreadable"
    return "current" if same else "changed"


def source_of(record: Record) -> Source:
    """An indexed document, and how its file is now."""
    return Source(
        id=record.id,
        path=record.path,
        title=record.title,
        date=record.date.date if record.date else None,
        sentences=record.sentences.end - record.sentences.start,
        bytes=record.text.end - record.text.start,
        sha256=record.sha256,
        state=state_of(record),
    )


def not_indexed(corpus: Corpus, paths: Iterable[str]) -> tuple[str, ...]:
    """The files under the paths that could be indexed and are not."""
    try:
        found, *_ = find([Path(path) for path in paths])
    except UnreadableCorpus:
        return ()
    unknown = (file for file in found if file.id not in corpus.numbers)
    return tuple(file.path for file in unknown if not isinstance(read(file), Skipped))
