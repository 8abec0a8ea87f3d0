"""An index on disk, opened: whole generations of files, and a pointer to the current one.

    INDEX/
      current.json          names the current generation; replacing it is the one commit point
      lock                  flock'ed by a writer; says who that is
      generations/000007/   the files, and manifest.json with the size and SHA-256 of each

A generation is never changed once current.json names it, so a reader takes no lock and writes
nothing. Whatever current.json does not name is a leftover, which the next draft removes.
"""

import json
import mmap
import os
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from index.errors import BrokenIndex, NoIndex
from index.storage.current import FORMAT, Current, read_current, sha256_of

VERIFY_BYTES = 128 * 2**20
"""The largest index, in bytes, of which every byte is checked as it is opened."""

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Generation:
    """A whole index, opened for reading: it stays readable though later builds delete its files.

    meta: what the writer's `commit` was given. size: bytes of all its files. files: each by its
    name, read-only and mapped into memory. whole: whether every byte of them was checked.
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
            before = read_current(directory)
            try:
                return read(before)
            except (BrokenIndex, NoIndex):
                # Builds that ended meanwhile may have removed what this was opening.
                if read_current(directory) == before:
                    raise


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


def _understood(directory: Path, data: bytes | None) -> Current:
    path, mend = directory / "current.json", command_for(directory)
    if data is None:
        if any(directory.glob("generations/*/manifest.json")):
            raise _broken(path, "is missing", mend)
        raise NoIndex(f"there is no index in {directory}; make one with: {mend}")
    try:
        current = Current.decoded(data)
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
    if sha256_of(data) != sha256:
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
