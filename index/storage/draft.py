"""The next generation of an index, written by one writer at a time and committed at one stroke."""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from index.errors import BusyIndex, UnwritableIndex
from index.storage.current import FORMAT, GENERATION, Current, as_json, current_name, sha256_of

_PARTS = {"current.json", "lock", "generations"}


@dataclass(frozen=True, slots=True)
class Draft:
    """The next generation while it is being written; nobody reads it before `commit`."""

    directory: Path
    name: str

    @property
    def folder(self) -> Path:
        return self.directory / "generations" / self.name

    def path(self, name: str) -> Path:
        """Where to write the file `name`, a plain file name other than manifest.json."""
        return self.folder / name

    def commit(
        self, meta: dict[str, Any], mend: str, *, always_verify: tuple[str, ...] = ()
    ) -> None:
        """Makes the files written so far the index, at one stroke; at most once, all files closed.

        meta: JSON values, handed back by `open_generation`. mend: the command that would rebuild
        this index, but for its folder, which may be moved. always_verify: files to check byte by
        byte at any size of index.
        """
        paths = sorted(self.folder.iterdir())
        with ThreadPoolExecutor() as pool:
            files = dict(zip([path.name for path in paths], pool.map(_sealed, paths), strict=True))
        if unknown := set(always_verify) - files.keys():
            raise ValueError(f"always_verify names files that were not written: {sorted(unknown)}")
        manifest = as_json({"meta": meta, "files": files, "always_verify": always_verify})
        _put(self.folder / "manifest.json", manifest)
        _sync_directory(self.folder.parent)
        _sync_directory(self.directory)
        current = Current(FORMAT, self.name, sha256_of(manifest), mend)
        _put(self.directory / "current.json", current.encoded())


@contextmanager
def writing(directory: Path, on_wait: Callable[[str], None] | None = None) -> Iterator[Draft]:
    """The sole writer's draft of the next generation; without a commit the former index stays.

    on_wait: called once with who holds the index, if another process does, before waiting for it.
    Raises BusyIndex instead where it is None; UnwritableIndex for a folder that holds other things,
    and for an OSError of a file in the index, or of no named file, while the block lasts.
    """
    with _writable(directory):
        _claim(directory)
        with _locked(directory, on_wait):
            draft = _start(directory)
            try:
                yield draft
            finally:
                _finish(draft)


@contextmanager
def _writable(directory: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if not _is_about(error, directory):
            raise
        why = f"the index in {directory} cannot be written: {error.strerror or error}"
        mend = "mend that or name another folder with --index, and run it again"
        raise UnwritableIndex(f"{why}; what it held is unharmed; {mend}") from error


def _is_about(error: OSError, directory: Path) -> bool:
    """Whether it names the index or a folder above it, or nothing, as a failed write does."""
    if error.filename is None:
        return True
    path = Path(str(error.filename))
    return path.is_relative_to(directory) or directory.is_relative_to(path)


def _claim(directory: Path) -> None:
    """Makes the folder, or sees that it is empty or an index, so that no other is littered."""
    try:
        names = set(os.listdir(directory))
    except FileNotFoundError:
        directory.mkdir(parents=True, exist_ok=True)
        return
    # A first build, killed at once, leaves its lock alone; damage may have taken one part of three.
    if not names <= {"lock"} and len(names & _PARTS) < 2:
        why = f"{directory} holds other things than an index"
        raise UnwritableIndex(f"{why}; name a new or an empty folder with --index")


@contextmanager
def _locked(directory: Path, on_wait: Callable[[str], None] | None) -> Iterator[None]:
    # The file stays when the lock goes: were it removed, two writers could lock two files.
    with open(directory / "lock", "a+b", buffering=0) as file:
        _take(file, directory, on_wait)
        file.truncate(0)
        file.write(f"process {os.getpid()} on {os.uname().nodename}".encode())
        try:
            yield
        finally:
            file.truncate(0)
            fcntl.flock(file, fcntl.LOCK_UN)  # closing does not, if a child process has it too


def _take(file: IO[bytes], directory: Path, on_wait: Callable[[str], None] | None) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().decode(errors="replace") or "another process"
        if on_wait is None:
            why = f"{holder} is building the index in {directory}"
            raise BusyIndex(f"{why}; wait until it has ended, and run it again") from None
        on_wait(holder)
        fcntl.flock(file, fcntl.LOCK_EX)


def _start(directory: Path) -> Draft:
    """Removes what other builds left, and makes the folder of the next generation."""
    (directory / "generations").mkdir(exist_ok=True)
    current, names = current_name(directory), _generations(directory)
    _remove(directory, names - {current})
    latest = max(map(int, names | {current or "0"}))
    draft = Draft(directory, f"{latest + 1:06d}")
    draft.folder.mkdir()
    return draft


def _generations(directory: Path) -> set[str]:
    found = (path.name for path in (directory / "generations").iterdir())
    return {name for name in found if GENERATION.fullmatch(name)}


def _remove(directory: Path, names: set[str]) -> None:
    for name in names:
        # On NFS a folder cannot go while a reader has its files open: it goes another time.
        shutil.rmtree(directory / "generations" / name, ignore_errors=True)


def _finish(draft: Draft) -> None:
    """Removes the draft unless it was committed, else the former generation: what was removed from
    the documents is not kept until the next build."""
    # Asked of the disk, not of a flag: Ctrl-C may come between the commit and the flag.
    current = current_name(draft.directory)
    if current == draft.name:
        _remove(draft.directory, _generations(draft.directory) - {current})
    else:
        _remove(draft.directory, {draft.name})
        (draft.directory / "current.json.tmp").unlink(missing_ok=True)


def _sealed(path: Path) -> dict[str, Any]:
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return {"size": file.tell(), "sha256": sha256}


def _put(path: Path, data: bytes) -> None:
    """Writes the file, or leaves it as it was: on the disk before it has its name."""
    temporary = path.with_name(path.name + ".tmp")
    with open(temporary, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    _sync_directory(path.parent)


def _sync_directory(directory: Path) -> None:
    """So that a power cut does not forget the names of files whose bytes are on the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some file systems (network and FUSE mounts) cannot; they order names in their own way.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
