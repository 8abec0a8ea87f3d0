"""Files in, Documents out: finding them, reading each whole or not at all, decoding."""

import codecs
import errno
import heapq
import os
import stat
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from index.errors import UnreadableCorpus
from index.types import Document, Skipped

# The whole text is held in memory, at up to four bytes a character, and each of its sentences is
# embedded. 64 MB is more than ten times the Bible; a larger file is a dump or a log, and would take
# the memory and the hours of all the others.
MAX_BYTES = 64 * 2**20
_SUFFIXES = (".txt", ".md", ".markdown")
_UNREAD = frozenset(
    {
        *(".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".epub", ".html", ".htm", ".xhtml"),
        *(".ppt", ".pptx", ".odp", ".xls", ".xlsx", ".ods", ".eml", ".msg"),
        *(".rst", ".adoc", ".org", ".tex"),
    }
)
"""What people write documents in and is not read, so that they may miss it; not code, data and
pictures, which lie beside documents everywhere."""
_REASONS = {
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ELOOP: "symlink loop",
    errno.ENOENT: "vanished while it was read",
    errno.ESTALE: "vanished while it was read",
    errno.ENXIO: "not a regular file",
}


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to index; `id` is its path below what was asked for, with /; `path` is from /.

    stat: size, times of change (ns) and inode as it was found: what differs once it is written to.
    """

    id: str
    path: str
    stat: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Root:
    """A PATH that was asked for: from /, and free of symlinks."""

    absolute: Path
    real: Path
    status: os.stat_result

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.status.st_mode)


def find(
    paths: Sequence[Path],
) -> tuple[tuple[File, ...], tuple[Skipped, ...], Mapping[str, int]]:
    """The .txt, .md and .markdown files under `paths` by id, what had to be skipped by path, and
    how many documents of kinds that are not read were passed over, by their endings.

    An id is the path below the one folder; of several PATHs it begins with the folder's name, or
    with as much of its path as sets it apart. Hidden names in a folder are left out and not named.
    Raises UnreadableCorpus if a PATH cannot be reached: else a disk that is not mounted would look
    like one whose files were all removed.
    """
    roots = _outermost([_root(path) for path in paths])
    walk = _Walk(roots)
    for root, name in zip(roots, _names(roots), strict=True):
        if root.is_folder:
            walk.folders.append((str(root.absolute), name))
        else:
            walk.add_file(str(root.absolute), name, root.status)
    walk.run()
    walk.files.sort(key=lambda file: file.id)
    return tuple(walk.files), tuple(sorted(walk.skipped, key=lambda s: s.path)), walk.unread


def check_paths(paths: Sequence[Path]) -> None:
    """Raise UnreadableCorpus, as `find` does, if a PATH cannot be reached."""
    for path in paths:
        _root(path)


def _root(path: Path) -> _Root:
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        shown = str(path) if str(path).isprintable() else repr(str(path))
        raise UnreadableCorpus(
            f"{shown} cannot be indexed: {reason}; mend the path, or mount its disk, and run again"
        ) from error
    return _Root(absolute(path), Path(os.path.realpath(path)), status)


def absolute(path: Path) -> Path:
    """The path from /, without `..`: so it means the same wherever the index is used from."""
    real, plain = os.path.realpath(path), os.path.abspath(path)
    # Of `link/..` the system goes to the folder above the link's target, and not to the link's.
    return Path(plain if os.path.realpath(plain) == real else real)


def lasting(paths: Sequence[Path]) -> list[str]:
    """Those in which documents can be, from / and each once: folders, and files that are read."""
    every = map(absolute, paths)
    return list(dict.fromkeys(str(p) for p in every if os.path.isdir(p) or _is_document(str(p))))


def _outermost(roots: list[_Root]) -> list[_Root]:
    """Without those that another one holds, so that each file is indexed once."""
    unique = list({root.real: root for root in reversed(roots)}.values())[::-1]
    folders = {root.real for root in unique if root.is_folder}
    return [root for root in unique if not any(_holds(f, root) for f in folders)]


def _holds(folder: Path, root: _Root) -> bool:
    """Whether the walk through `folder` comes upon `root`: it passes over hidden names."""
    if folder == root.real or not root.real.is_relative_to(folder):
        return False
    hidden = any(part.startswith(".") for part in root.real.relative_to(folder).parts)
    return not hidden and (root.is_folder or _is_document(root.real.name))


def _names(roots: list[_Root]) -> list[str]:
    """What the ids of each begin with: the shortest ends of their paths that tell them apart."""
    if len(roots) == 1 and roots[0].is_folder:
        return [""]
    parts = [root.absolute.parts[1:] for root in roots]
    sizes = [1] * len(roots)
    while True:
        tails = [path[-size:] for path, size in zip(parts, sizes, strict=True)]
        longer = [n for n in _clashing(tails) if sizes[n] < len(parts[n])]
        if not longer:
            return ["/".join(tail) for tail in tails]
        for n in longer:
            sizes[n] += 1


def _clashing(tails: list[tuple[str, ...]]) -> list[int]:
    count = Counter(tails)
    heads = {tail[:n] for tail in tails for n in range(1, len(tail))}
    return [
        number
        for number, tail in enumerate(tails)
        if count[tail] > 1 or tail in heads or any(tail[:n] in count for n in range(1, len(tail)))
    ]


def is_markdown(id: str) -> bool:
    """Whether a document is read as Markdown: by its name alone."""
    return id.lower().endswith(_SUFFIXES[1:])


def _is_document(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES)


class _Walk:
    """A walk through folders with a stack of its own, as deep as they are.

    Linked folders come after all others, so that a folder is known by its own name and not by that
    of a link to it.
    """

    def __init__(self, roots: list[_Root]) -> None:
        self.files: list[File] = []
        self.skipped: list[Skipped] = []
        self.unread: Counter[str] = Counter()
        self.folders: list[tuple[str, str]] = []
        self._linked: list[tuple[str, str]] = []
        self._seen = {_identity(root.status) for root in roots if root.is_folder}

    def run(self) -> None:
        while self.folders or self._linked:
            if self.folders:
                self._open(*self.folders.pop())
            else:
                name, path = heapq.heappop(self._linked)
                self._enter(path, name)

    def add_file(self, path: str, name: str, status: os.stat_result) -> None:
        """A file that was asked for, or a document that was come upon."""
        if not _is_document(path):
            self._skip(path, "not a .txt or .md file")
        elif not stat.S_ISREG(status.st_mode):
            self._skip(path, "not a regular file")
        else:
            self.files.append(File(name, path, signature(status)))

    def _skip(self, path: str, reason: str) -> None:
        self.skipped.append(Skipped(path, reason))

    def _open(self, folder: str, name: str) -> None:
        try:
            entries = sorted(os.listdir(folder))
        except OSError as error:
            self._skip(folder, _reason(error))
            return
        above, prefix = os.path.join(folder, ""), f"{name}/" if name else ""
        for entry in entries:
            if not entry.startswith("."):
                self._add(above + entry, prefix + entry)

    def _add(self, path: str, name: str) -> None:
        try:
            status = os.stat(path)
        except OSError as error:
            self._skip(path, "symlink to nothing" if _is_dangling(path) else _reason(error))
            return
        if not stat.S_ISDIR(status.st_mode):
            if _is_document(path):
                self.add_file(path, name, status)
            elif (ending := os.path.splitext(path)[1].lower()) in _UNREAD:
                self.unread[ending] += 1
        elif not os.path.islink(path):
            self._enter(path, name)
        elif _is_above(path):
            self._skip(path, "symlink loop")
        else:
            heapq.heappush(self._linked, (name, path))

    def _enter(self, path: str, name: str) -> None:
        try:
            identity = _identity(os.stat(path))
        except OSError as error:
            self._skip(path, _reason(error))
            return
        if identity in self._seen:
            self._skip(path, "folder that is already indexed by another name")
        else:
            self._seen.add(identity)
            self.folders.append((path, name))


def signature(status: os.stat_result) -> tuple[int, ...]:
    """Size, times of change (ns) and inode of a file: what differs once it was written to."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def file_stat(path: str) -> tuple[int, ...] | None:
    """The signature of the file that is there now; None if there is none, or a pipe or the like,
    which one must not wait to read. Raises OSError where that cannot be told."""
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return signature(status) if stat.S_ISREG(status.st_mode) else None


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def _is_dangling(path: str) -> bool:
    return os.path.islink(path) and not os.path.lexists(os.path.realpath(path))


def _is_above(link: str) -> bool:
    """Whether a link leads to a folder that holds the link."""
    target = Path(os.path.realpath(link))
    return Path(os.path.realpath(os.path.dirname(link))).is_relative_to(target)


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0) or (error.strerror or "cannot be read").lower()


def read(file: File) -> tuple[bytes, os.stat_result] | Skipped:
    """The bytes of a file and its state before they were read, or why it cannot be indexed.

    The bytes are UTF-8 without NUL, at most MAX_BYTES. A change during the reading leaves a state
    that differs from the file's, so that the next run sees it.
    """
    try:
        # Without O_NONBLOCK a pipe that has taken the file's place would hold us up for ever.
        descriptor = os.open(file.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            found = _whole(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        found = _reason(error)
    return Skipped(file.path, found) if isinstance(found, str) else found


def _whole(descriptor: int) -> tuple[bytes, os.stat_result] | str:
    state = os.fstat(descriptor)
    if not stat.S_ISREG(state.st_mode):
        return "not a regular file"
    raw = b"" if state.st_size > MAX_BYTES else _bytes(descriptor, state.st_size)
    size = max(state.st_size, len(raw))
    if size > MAX_BYTES:
        return f"too large ({-(-size // 2**20)} MB; the limit is {MAX_BYTES // 2**20} MB)"
    return _fault(raw) or (raw, state)


def _bytes(descriptor: int, size: int) -> bytes:
    """All bytes, or one more than MAX_BYTES of a file that has grown beyond them.

    size: what is expected; Python allocates what it may read, and much takes long.
    """
    read, most = bytearray(), min(2**20, size + 2**12)
    while len(read) <= MAX_BYTES:
        chunk = os.read(descriptor, min(most, MAX_BYTES + 1 - len(read)))
        if not chunk:
            break
        read += chunk
    return bytes(read)


def _fault(raw: bytes) -> str | None:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "not UTF-8 but UTF-16; save it as UTF-8"
    nul = raw.find(0)
    if nul >= 0:
        return f"binary (NUL byte at offset {nul})"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        where = f"byte {raw[error.start]:#04x} at offset {error.start}"
        return f"not UTF-8 ({where}); save it as UTF-8"
    return None


def parse(id: str, raw: bytes) -> Document:
    """The Document of a file's bytes: every character kept, a byte order mark and line ends too.

    Raises UnicodeDecodeError on bytes that `read` skips.
    """
    from index.documents.heading import document_date  # slow to import, only a build needs them
    from index.documents.lines import as_lines
    from index.documents.titles import title

    text, markdown = raw.decode("utf-8"), is_markdown(id)
    read = as_lines(text)
    return Document(
        id=id,
        title=title(read, markdown=markdown),
        date=document_date(read, markdown=markdown),
        text=text,
        sha256=sha256(raw).hexdigest(),
    )
