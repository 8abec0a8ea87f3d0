"""A small index on disk as the tests of the store have it, and processes that write or read one."""

import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import BrokenIndex, NoIndex
from index.storage import store
from index.storage.draft import writing
from index.storage.store import Generation, open_generation

MEND = "quoth index docs"
OLD = {"empty.bin": b"", "table.json": b"[1, 2]", "text.bin": b"May 2019."}
NEW = {"empty.bin": b"", "table.json": b"[3, 4]", "text.bin": b"28 January 2020."}
EVERY_FILE = ["current.json", *(f"generations/000001/{name}" for name in [*OLD, "manifest.json"])]
PACKAGE = Path(store.__file__).parents[1]

Files = dict[str, bytes]


def build(directory: Path, files: Files) -> None:
    """Writes and commits these files, each in two parts."""
    with writing(directory) as draft:
        for name, data in files.items():
            with open(draft.path(name), "wb", buffering=0) as file:
                file.write(data[:4])
                file.write(data[4:])
        draft.commit({"files": len(files)}, MEND, always_verify=("table.json",))


def contents(generation: Generation) -> Files:
    return {name: bytes(data) for name, data in generation.files.items()}


def state(directory: Path) -> Files | str:
    """What a reader finds: the files, or the name of the error."""
    try:
        return contents(open_generation(directory))
    except (BrokenIndex, NoIndex) as error:
        return type(error).__name__ if "\n" not in str(error) else "not one line"


def tree(directory: Path) -> dict[str, bytes | None]:
    """Every file below, with its bytes, and every folder."""
    return {
        str(path.relative_to(directory)): path.read_bytes() if path.is_file() else None
        for path in directory.rglob("*")
    }


def generations(directory: Path) -> list[str]:
    return sorted(path.name for path in (directory / "generations").iterdir())


PRELUDE = """
import os, resource, signal, sys, types
package = types.ModuleType("index")  # the package's own __init__ imports FAISS, for each process
package.__path__ = [sys.argv[1]]
sys.modules["index"] = package
from pathlib import Path
from typing import Any
from index.errors import UnwritableIndex
from index.storage.draft import writing
from index.storage.store import open_generation
"""


@contextmanager
def process(
    function: Callable[[Path], None], directory: Path, *helpers: Callable[..., None]
) -> Iterator[subprocess.Popen[str]]:
    """Another Python that runs a function of a test's, with those that it calls."""
    values = f"MEND, OLD, NEW = {(MEND, OLD, NEW)!r}"
    parts = [inspect.getsource(each) for each in (build, contents, *helpers, function)]
    source = "\n".join(["from __future__ import annotations", PRELUDE, values, *parts])
    command = [sys.executable, "-c", f"{source}\n{function.__name__}(Path(sys.argv[2]))"]
    with subprocess.Popen(
        [*command, str(PACKAGE), str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def ask(running: subprocess.Popen[str], line: str) -> str:
    """What the process says to a line."""
    assert running.stdin is not None
    running.stdin.write(f"{line}\n")
    return hear(running)


def hear(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().removesuffix("\n")
