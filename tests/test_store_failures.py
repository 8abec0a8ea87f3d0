"""A build that ends before its end leaves the former index, whole."""

import errno
import os
import resource
import shutil
import signal
import stat
import sys
from contextlib import suppress
from itertools import count, groupby
from pathlib import Path
from typing import Any

import pytest
from stored import (
    MEND,
    NEW,
    OLD,
    Files,
    ask,
    build,
    generations,
    process,
    state,
    tree,
)

from index.errors import BrokenIndex, UnwritableIndex
from index.storage.draft import writing


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, BrokenIndex])
def test_a_build_that_fails_leaves_the_former_index_and_no_draft(
    stored: Path, error: type[BaseException]
) -> None:
    def fail() -> None:
        with writing(stored) as draft:
            draft.path("text.bin").write_bytes(b"half")
            raise error

    before = tree(stored)
    with pytest.raises(error):
        fail()
    assert tree(stored) == before


def test_a_build_that_is_not_committed_changes_nothing(stored: Path) -> None:
    before = tree(stored)
    with writing(stored) as draft:
        draft.path("text.bin").write_bytes(b"not needed after all")
    assert tree(stored) == before


def test_an_interrupt_after_the_commit_keeps_what_was_committed(stored: Path) -> None:
    def interrupted() -> None:
        with writing(stored) as draft:
            draft.path("text.bin").write_bytes(b"done")
            draft.commit({}, MEND)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert state(stored) == {"text.bin": b"done"}


def test_a_failed_write_is_one_line_and_an_error_elsewhere_is_left_alone(stored: Path) -> None:
    with pytest.raises(UnwritableIndex) as raised, writing(stored):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert str(raised.value) == (
        f"the index in {stored} cannot be written: {os.strerror(errno.ENOSPC)}; what it held is "
        "unharmed; mend that or name another folder with --index, and run it again"
    )
    with pytest.raises(FileNotFoundError), writing(stored):
        Path("/nowhere/model.safetensors").read_bytes()
    assert state(stored) == OLD


@pytest.mark.parametrize(
    ("number", "found"), [(errno.EINVAL, NEW), (errno.ENOTSUP, NEW), (errno.EIO, OLD)]
)
def test_where_folders_cannot_be_synced_an_index_is_built_and_not_on_a_failing_disk(
    stored: Path, monkeypatch: pytest.MonkeyPatch, number: int, found: Files
) -> None:
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with suppress(UnwritableIndex):
        build(stored, NEW)
    assert state(stored) == found


def test_a_folder_above_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    why = rf"^the index in .*/link/idx cannot be written: {os.strerror(errno.EEXIST)}; .*$"
    with pytest.raises(UnwritableIndex, match=why), writing(tmp_path / "link" / "idx"):
        pass


def test_a_file_or_a_folder_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for directory in [tmp_path / "notes.txt", tmp_path / "notes.txt" / "idx"]:
        with pytest.raises(UnwritableIndex, match=os.strerror(errno.ENOTDIR)), writing(directory):
            pass
    assert tree(tmp_path) == {"notes.txt": b"mine"}


@pytest.mark.parametrize(
    "files",
    [
        ["notes.txt"],
        ["current.json"],
        ["generations/000001/mice.csv"],
        ["lock", "notes.txt"],
        ["notes.txt", "src/main.py"],
    ],
)
def test_a_folder_of_other_things_is_refused_and_left_as_it_is(
    tmp_path: Path, files: list[str]
) -> None:
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(UnwritableIndex) as raised, writing(tmp_path):
        pass
    assert str(raised.value) == (
        f"{tmp_path} holds other things than an index; name a new or an empty folder with --index"
    )
    assert tree(tmp_path) == before


def test_other_files_beside_the_parts_of_an_index_are_left_alone(stored: Path) -> None:
    others = [stored / "notes.txt", stored / "generations" / "notes.txt"]
    for other in others:
        other.write_bytes(b"mine")
    build(stored, NEW)
    build(stored, NEW)
    assert [other.read_bytes() for other in others] == [b"mine", b"mine"]


def full_disk(directory: Path) -> None:
    """Builds with files of at most so many bytes, for each line that it reads."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    for line in sys.stdin:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(line), hard))
        try:
            build(directory, NEW)
            print("written", flush=True)
        except UnwritableIndex as error:
            print(error, flush=True)


def test_a_full_disk_at_any_point_leaves_the_former_index(stored: Path) -> None:
    before = tree(stored)
    with process(full_disk, stored) as builder:
        said = "not yet"
        for limit in count(0, 7):
            said = ask(builder, str(limit))
            if said == "written":
                break
            assert said.startswith(
                f"the index in {stored} cannot be written: {os.strerror(errno.EFBIG)}; "
            )
            assert tree(stored) == before
    assert state(stored) == NEW


def die_at_step(last: int) -> None:
    """Kills this process just before its `last` call that could change a file or the lock."""
    steps = 0

    def step(_frame: object, event: str, called: Any) -> None:
        nonlocal steps
        if event == "c_call" and (
            called.__module__ in ("posix", "fcntl", "io", "_io")
            or called.__name__ in ("write", "flush", "truncate")
        ):
            steps += called.__name__ not in ("fspath", "stat", "lstat", "fstat", "getpid", "uname")
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(step)


def killed_builds(_: Path) -> None:
    """Builds in each directory that it reads a line of, dying one step later each time."""
    for last, line in enumerate(sys.stdin, 1):
        child = os.fork()
        if child == 0:
            die_at_step(last)
            build(Path(line.removesuffix("\n")), NEW)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


@pytest.mark.parametrize(
    ("first", "states"),
    [
        (False, [OLD, NEW]),
        # A manifest without current.json: killed just before its first commit, or it was deleted.
        (True, ["NoIndex", "BrokenIndex", NEW]),
    ],
)
def test_a_build_killed_at_any_step_leaves_the_former_index_or_the_new_one(
    tmp_path: Path, first: bool, states: list[Files | str]
) -> None:
    if not first:
        build(tmp_path / "former", NEW)
        build(tmp_path / "former", OLD)
    found = []
    with process(killed_builds, tmp_path, die_at_step) as builder:
        for step in count(1):
            directory = tmp_path / f"killed {step}"
            if not first:
                shutil.copytree(tmp_path / "former", directory)
            ended = ask(builder, str(directory))
            assert ended in ("-9", "0")
            found.append(state(directory))
            assert_next_build_cleans_up(directory)
            if ended == "0":
                break
    assert [value for value, _ in groupby(found)] == states
    assert len(found) > 40


def assert_next_build_cleans_up(directory: Path) -> None:
    build(directory, OLD)
    assert state(directory) == OLD
    assert sorted(path.name for path in directory.iterdir()) == [
        "current.json",
        "generations",
        "lock",
    ]
    assert (directory / "lock").read_bytes() == b""
    (kept,) = generations(directory)
    assert sorted(os.listdir(directory / "generations" / kept)) == sorted([*OLD, "manifest.json"])
