"""An index on disk: whole generations of files, a pointer to the current one, one writer at a time.

    INDEX/
      current.json          names the current generation; replacing it is the one commit point
      lock                  flock'ed by a writer; says who that is
      generations/000007/   the files, and manifest.json with the size and SHA-256 of each

A generation is never changed once current.json names it, so a reader takes no lock and writes
nothing. Whatever current.json does not name is a leftover, which the next writer removes.
"""

import errno
import fcntl
import hashlib
import json
import mmap
import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Self, TypeVar

from index.errors import BrokenIndex, BusyIndex, NoIndex, UnwritableIndex

FORMAT = 1
"""The version of this layout; later ones keep the fields of current.json, to be told by them."""

VERIFY_BYTES = 128 * 2**20
"""The largest index, in bytes, of which every byte is checked as it is opened."""

_Read = TypeVar("_Read")
_PARTS = {"current.json", "lock", "generations"}
_GENERATION = re.compile(r"[0-9]{6,12}")


@dataclass(frozen=True, slots=True)
class Generation:
    """A whole index, opened for reading: it stays readable though later builds delete its files.

    meta: what the writer's `commit` was given. size: bytes of all its files. whole: whether every
    byte of them was checked.
    """

    name: str
    meta: dict[str, Any]
    size: int
    folder: Path
    files: Mapping[str, memoryview]
    whole: bool

    def path(self, name: str) -> Path:
        """Where the file is, or was: a later build may have removed it. To be loaded at once."""
        return self.folder / name

    def map(self, name: str) -> memoryview:
        """The file's bytes, read-only and mapped into memory; KeyError if it has no such file."""
        return self.files[name]


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
        manifest = _json({"meta": meta, "files": files, "always_verify": always_verify})
        _put(self.folder / "manifest.json", manifest)
        _sync_directory(self.folder.parent)
        _sync_directory(self.directory)
        current = _Current(FORMAT, self.name, _sha256(manifest), mend)
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


def open_generation(
    directory: Path,
    *,
    verify_bytes: int = VERIFY_BYTES,
    also: Iterable[str] = (),
) -> Generation:
    """The current generation, checked: all of it up to `verify_bytes`, else its sizes and tables.

    also: files to check where not all are, if it has them.
    Raises NoIndex where none was ever finished, BrokenIndex for one damaged or of another version.
    """
    return _of_current(directory, lambda data: _opened(directory, data, verify_bytes, also))


def read_meta(directory: Path) -> dict[str, Any]:
    """What the writer told of the current generation, of whose files none is looked at.

    Raises NoIndex, and BrokenIndex where that cannot be read.
    """
    _, _, manifest = _of_current(directory, lambda data: _manifest(directory, data))
    meta: dict[str, Any] = json.loads(manifest)["meta"]
    return meta


def _of_current(directory: Path, read: Callable[[bytes | None], _Read]) -> _Read:
    """What `read` makes of the bytes of current.json and of the generation that they name."""
    with _readable(directory / "current.json", command_for(directory)):
        while True:
            before = _read_current(directory)
            try:
                return read(before)
            except (BrokenIndex, NoIndex):
                # Builds that ended meanwhile may have removed what this was opening.
                if _read_current(directory) == before:
                    raise


@dataclass(frozen=True, slots=True)
class _Current:
    """What current.json says, beside a SHA-256 of itself."""

    format: int
    generation: str
    manifest_sha256: str
    mend: str

    def encoded(self) -> bytes:
        fields = asdict(self)
        return _json(fields | {"sha256": _sha256(_json(fields))})

    @classmethod
    def decoded(cls, data: bytes) -> Self:
        """ValueError unless the bytes are what some version of `encoded` made."""
        try:
            fields = json.loads(data)
            recorded = fields.pop("sha256")
            values = tuple(fields[name] for name in cls.__slots__)
            genuine = recorded == _sha256(_json(fields))
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("it is no object, or lacks a field") from error
        if not genuine or tuple(map(type, values)) != (int, str, str, str):
            raise ValueError("its SHA-256 or the type of a field is another")
        if not _GENERATION.fullmatch(values[1]):
            raise ValueError("its generation is no number")
        return cls(*values)


def _read_current(directory: Path) -> bytes | None:
    try:
        return (directory / "current.json").read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _current_name(directory: Path) -> str | None:
    """The generation in use; None where no reader could find one."""
    try:
        return _Current.decoded(_read_current(directory) or b"").generation
    except ValueError:
        return None


def _opened(
    directory: Path, data: bytes | None, verify_bytes: int, also: Iterable[str]
) -> Generation:
    path, mend, encoded = _manifest(directory, data)
    folder, manifest = path.parent, json.loads(encoded)
    files = {name: _mapped(folder / name, mend) for name in manifest["files"]}
    for name, entry in manifest["files"].items():
        if len(files[name]) != entry["size"]:
            why = f"has {len(files[name])} bytes, not {entry['size']}"
            raise _broken(folder / name, why, mend)
    size = sum(map(len, files.values()))
    whole = size <= verify_bytes
    for name in files if whole else {*manifest["always_verify"], *also} & files.keys():
        _verify(folder / name, files[name], manifest["files"][name]["sha256"], mend)
    size += len(encoded)
    return Generation(folder.name, manifest["meta"], size, folder, files, whole)


def _manifest(directory: Path, data: bytes | None) -> tuple[Path, str, bytes]:
    """The manifest that current.json names: its path, the mend of what is amiss, its bytes."""
    current = _understood(directory, data)
    path = directory / "generations" / current.generation / "manifest.json"
    mend = command_for(directory, current.mend)
    manifest = _mapped(path, mend)
    _verify(path, manifest, current.manifest_sha256, mend)
    return path, mend, bytes(manifest)


def _understood(directory: Path, data: bytes | None) -> _Current:
    path, mend = directory / "current.json", command_for(directory)
    if data is None:
        if any(directory.glob("generations/*/manifest.json")):
            raise _broken(path, "is missing", mend)
        raise NoIndex(f"there is no index in {directory}; make one with: {mend}")
    try:
        current = _Current.decoded(data)
    except ValueError as error:
        raise _broken(path, "is damaged", mend) from error
    if current.format != FORMAT:
        age = "a newer" if current.format > FORMAT else "an older"
        why = f"was made by {age} version (format {current.format}, this one reads {FORMAT})"
        raise _broken(directory, why, command_for(directory, current.mend))
    return current


def _mapped(path: Path, mend: str) -> memoryview:
    with _readable(path, mend), open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            return memoryview(b"")  # nothing cannot be mapped
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _verify(path: Path, data: memoryview, sha256: str, mend: str) -> None:
    if _sha256(data) != sha256:
        raise _broken(path, "is damaged: its SHA-256 is not the one recorded", mend)


@contextmanager
def _readable(path: Path, mend: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise _broken(path, "is missing", mend) from error
    except PermissionError as error:
        why = f"{path} cannot be read: {error.strerror}"
        raise BrokenIndex(f"{why}; let this user read it, and all of the index") from error
    except OSError as error:
        raise _broken(path, f"cannot be read: {error.strerror}", mend) from error


def _broken(path: Path, why: str, mend: str) -> BrokenIndex:
    return BrokenIndex(f"{path} {why}; rebuild the index with: {mend}")


def command_for(directory: Path, command: str = "quoth index PATH") -> str:
    """The command that builds the index in that folder. command: all of it but the folder."""
    return f"{command} --index {shlex.quote(str(directory))}"


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
    current, names = _current_name(directory), _generations(directory)
    _remove(directory, names - {current})
    latest = max(map(int, names | {current or "0"}))
    draft = Draft(directory, f"{latest + 1:06d}")
    draft.folder.mkdir()
    return draft


def _generations(directory: Path) -> set[str]:
    found = (path.name for path in (directory / "generations").iterdir())
    return {name for name in found if _GENERATION.fullmatch(name)}


def _remove(directory: Path, names: set[str]) -> None:
    for name in names:
        # On NFS a folder cannot go while a reader has its files open: it goes another time.
        shutil.rmtree(directory / "generations" / name, ignore_errors=True)


def _finish(draft: Draft) -> None:
    """Removes the draft unless it was committed, else the former generation: what was removed from
    the documents is not kept until the next build."""
    # Asked of the disk, not of a flag: Ctrl-C may come between the commit and the flag.
    current = _current_name(draft.directory)
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


def _json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True).encode()


def _sha256(data: bytes | memoryview) -> str:
    return hashlib.sha256(data).hexdigest()
