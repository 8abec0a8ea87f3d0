import errno
import hashlib
import inspect
import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count, groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BrokenIndex, BusyIndex, NoIndex, UnwritableIndex
from index.storage import store
from index.storage.current import FORMAT
from index.storage.draft import writing
from index.storage.store import VERIFY_BYTES, Generation, open_generation

MEND = "quoth index docs"
OLD = {"empty.bin": b"", "table.json": b"[1, 2]", "text.bin": b"May 2019."}
NEW = {"empty.bin": b"", "table.json": b"[3, 4]", "text.bin": b"28 January 2020."}
PACKAGE = Path(store.__file__).parents[1]

Files = dict[str, bytes]


def build(directory: Path, files: Files) -> None:
    with writing(directory) as draft:
        for name, data in files.items():
            with open(draft.path(name), "wb", buffering=0) as file:
                file.write(data[:4])
                file.write(data[4:])
        draft.commit({"files": len(files)}, MEND, always_verify=("table.json",))


def contents(generation: Generation) -> Files:
    return {name: bytes(generation.map(name)) for name in generation.files}


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


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A small index, of one generation."""
    build(tmp_path / "idx", OLD)
    return tmp_path / "idx"


# Processes of their own: a function of this file, run by another Python.

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
def process(function: Callable[[Path], None], directory: Path) -> Iterator[subprocess.Popen[str]]:
    values = f"MEND, OLD, NEW = {(MEND, OLD, NEW)!r}"
    helpers = (build, contents, die_at_step, function)
    parts = [inspect.getsource(each) for each in helpers]
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
    assert running.stdin is not None
    running.stdin.write(f"{line}\n")
    return hear(running)


def hear(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().removesuffix("\n")


# What is committed is what is opened


def test_what_was_committed_is_what_is_opened(tmp_path: Path) -> None:
    meta = {"model": "small", "documents": [{"id": "a/b.txt", "title": None}], "scale": 0.25}
    with writing(tmp_path / "new" / "idx") as draft:
        draft.path("text.bin").write_bytes(b"words")
        draft.path("empty.bin").write_bytes(b"")
        draft.commit(meta, MEND)

    opened = open_generation(tmp_path / "new" / "idx")

    assert opened.meta == meta
    assert opened.map("text.bin") == b"words"
    assert opened.map("empty.bin") == b""
    assert opened.path("text.bin").read_bytes() == b"words"
    assert opened.map("text.bin").readonly


def test_the_size_is_that_of_all_files_of_the_generation(index: Path) -> None:
    folder = index / "generations" / "000001"
    on_disk = sum(path.stat().st_size for path in folder.iterdir())
    assert open_generation(index).size == on_disk


def test_an_unknown_file_is_a_key_error(index: Path) -> None:
    with pytest.raises(KeyError):
        open_generation(index).map("other.bin")


def test_a_file_to_verify_that_was_not_written_is_refused(index: Path) -> None:
    with (
        pytest.raises(ValueError, match=r"\['tabel.json'\]"),
        writing(index) as draft,
    ):
        draft.commit({}, MEND, always_verify=("tabel.json",))
    assert state(index) == OLD


def test_opening_writes_nothing_and_works_where_nothing_can_be_written(index: Path) -> None:
    every = [index, *index.rglob("*")]
    before = tree(index), [path.stat().st_mtime_ns for path in every]
    try:
        for path in every:
            path.chmod(0o555 if path.is_dir() else 0o444)
        assert state(index) == OLD
        assert (tree(index), [path.stat().st_mtime_ns for path in every]) == before
    finally:
        for path in every:
            path.chmod(0o755)


def test_what_a_build_leaves_out_is_gone_from_the_disk_and_an_open_reader_keeps_it(
    index: Path,
) -> None:
    reader = open_generation(index)
    build(index, NEW)
    assert not reader.folder.exists()
    assert contents(reader) == OLD
    assert state(index) == NEW


# Nothing there


@pytest.mark.parametrize("entries", [None, [], ["lock"], ["lock", "generations/000001/text.bin"]])
def test_where_no_build_ever_ended_there_is_no_index(
    tmp_path: Path, entries: list[str] | None
) -> None:
    directory = tmp_path / "my idx"
    for entry in entries or []:
        (directory / entry).parent.mkdir(parents=True, exist_ok=True)
        (directory / entry).write_bytes(b"")
    if entries == []:
        directory.mkdir()
    with pytest.raises(NoIndex) as raised:
        open_generation(directory)
    assert str(raised.value) == (
        f"there is no index in {directory}; make one with: quoth index PATH --index '{directory}'"
    )


def test_a_file_and_a_folder_of_other_things_are_no_index(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert state(tmp_path / "notes.txt") == "NoIndex"
    assert state(tmp_path) == "NoIndex"


# Damage

EVERY_FILE = ["current.json", *(f"generations/000001/{name}" for name in [*OLD, "manifest.json"])]


def assert_broken(directory: Path, file: str, why: str) -> None:
    command = "quoth index PATH" if file == "current.json" else MEND
    mend = f"{command} --index {directory}"
    with pytest.raises(BrokenIndex) as raised:
        open_generation(directory)
    assert str(raised.value) == f"{directory / file} {why}; rebuild the index with: {mend}"


@pytest.mark.parametrize("file", EVERY_FILE)
def test_any_byte_that_changes_is_noticed(index: Path, file: str) -> None:
    whole = (index / file).read_bytes()
    why = (
        "is damaged"
        if file == "current.json"
        else "is damaged: its SHA-256 is not the one recorded"
    )
    for place in range(len(whole)):
        for bit in (0x01, 0x20):
            flipped = bytearray(whole)
            flipped[place] ^= bit
            (index / file).write_bytes(flipped)
            assert_broken(index, file, why)


@pytest.mark.parametrize("file", EVERY_FILE)
@pytest.mark.parametrize("verify_bytes", [VERIFY_BYTES, 0])
def test_a_file_of_another_length_is_noticed_at_any_size_of_index(
    index: Path, file: str, verify_bytes: int
) -> None:
    whole = (index / file).read_bytes()
    for damaged in [whole[:length] for length in range(len(whole))] + [whole + b"}"]:
        (index / file).write_bytes(damaged)
        with pytest.raises(BrokenIndex, match=file):
            open_generation(index, verify_bytes=verify_bytes)


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_missing_file_is_named(index: Path, file: str) -> None:
    (index / file).unlink()
    assert_broken(index, file, "is missing")


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_file_that_cannot_be_read_is_named(index: Path, file: str) -> None:
    (index / file).unlink()
    (index / file).mkdir()
    assert_broken(index, file, f"cannot be read: {os.strerror(errno.EISDIR)}")


def test_what_may_not_be_read_is_no_damage(index: Path) -> None:
    (index / "current.json").chmod(0)
    if not os.access(index / "current.json", os.R_OK):  # the administrator may read all there is
        with pytest.raises(BrokenIndex, match="Permission denied; let this user read it"):
            open_generation(index)


def test_the_mend_names_the_folder_that_was_opened_wherever_it_was_made(index: Path) -> None:
    moved = index.rename(index.with_name("moved"))
    (moved / "generations/000001/text.bin").unlink()
    assert_broken(moved, "generations/000001/text.bin", "is missing")


def test_a_missing_generation_is_noticed(index: Path) -> None:
    shutil.rmtree(index / "generations" / "000001")
    assert_broken(index, "generations/000001/manifest.json", "is missing")


def test_a_truncated_file_is_said_to_be_short(index: Path) -> None:
    (index / "generations/000001/text.bin").write_bytes(b"May")
    assert_broken(index, "generations/000001/text.bin", "has 3 bytes, not 9")


def test_files_of_another_generation_are_not_taken_for_this_one(index: Path) -> None:
    shutil.copytree(index / "generations" / "000001", index.with_name("former"))
    build(index, NEW)
    shutil.rmtree(index / "generations" / "000002")
    index.with_name("former").rename(index / "generations" / "000002")
    assert_broken(
        index,
        "generations/000002/manifest.json",
        "is damaged: its SHA-256 is not the one recorded",
    )


def test_above_the_limit_only_what_must_be_is_verified(index: Path) -> None:
    size = sum(map(len, OLD.values()))
    (index / "generations/000001/text.bin").write_bytes(b"May 2018.")
    with pytest.raises(BrokenIndex, match=r"text\.bin is damaged"):
        open_generation(index, verify_bytes=size)
    assert open_generation(index, verify_bytes=size - 1).map("text.bin") == b"May 2018."

    (index / "generations/000001/table.json").write_bytes(b"[1, 9]")
    with pytest.raises(BrokenIndex, match=r"table\.json is damaged"):
        open_generation(index, verify_bytes=size - 1)


def forged(directory: Path, changes: dict[str, Any]) -> None:
    """Writes a current.json whose own SHA-256 is right."""
    fields = json.loads((directory / "current.json").read_bytes()) | changes
    fields = {name: value for name, value in fields.items() if name != "sha256"}
    sha256 = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    (directory / "current.json").write_text(json.dumps(fields | {"sha256": sha256}))


@pytest.mark.parametrize(
    "changes",
    [
        {"generation": "../generations/000001"},
        {"generation": "000001/../000001"},
        {"generation": "/etc"},
        {"generation": "1"},
        {"generation": "000001\n"},
        {"generation": ""},
        {"generation": 1},
        {"generation": None},
        {"format": "1"},
        {"format": None},
        {"mend": ["rm", "-r"]},
        {"manifest_sha256": None},
    ],
)
def test_a_pointer_to_somewhere_else_is_damage(index: Path, changes: dict[str, Any]) -> None:
    forged(index, changes)
    assert_broken(index, "current.json", "is damaged")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()) | st.just(b"[" * 100_000))
def test_whatever_current_json_holds_it_is_damage_or_an_index(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    directory = tmp_path_factory.getbasetemp() / "any"
    if not directory.exists():
        build(directory, OLD)
    (directory / "current.json").write_bytes(data)
    assert state(directory) == "BrokenIndex"


@pytest.mark.parametrize(("version", "age"), [(FORMAT - 1, "an older"), (FORMAT + 1, "a newer")])
def test_another_version_is_told_from_damage(index: Path, version: int, age: str) -> None:
    forged(index, {"format": version, "colour": "blue"})
    with pytest.raises(BrokenIndex) as raised:
        open_generation(index)
    assert str(raised.value) == (
        f"{index} was made by {age} version (format {version}, this one reads 1); "
        f"rebuild the index with: {MEND} --index {index}"
    )


def test_a_mend_with_a_file_name_that_is_no_text_survives(index: Path) -> None:
    with writing(index) as draft:
        draft.path("text.bin").write_bytes(b"words")
        draft.commit({}, "quoth index 'caf\udce9'")
    (index / "generations/000002/text.bin").unlink()
    with pytest.raises(BrokenIndex, match="index with: quoth index 'caf\udce9'"):
        open_generation(index)


@pytest.mark.parametrize("part", ["current.json", "lock", "generations"])
@pytest.mark.parametrize("damage", ["missing", "flipped"])
def test_whatever_part_is_lost_the_next_build_mends_it(index: Path, part: str, damage: str) -> None:
    if damage == "flipped" and part != "generations":
        (index / part).write_bytes(b"\xff")
    elif part == "generations":
        shutil.rmtree(index / part)
    else:
        (index / part).unlink()
    build(index, NEW)
    assert state(index) == NEW


# Builds that do not end well


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, BrokenIndex])
def test_a_build_that_fails_leaves_the_former_index_and_no_draft(
    index: Path, error: type[BaseException]
) -> None:
    def fail() -> None:
        with writing(index) as draft:
            draft.path("text.bin").write_bytes(b"half")
            raise error

    before = tree(index)
    with pytest.raises(error):
        fail()
    assert tree(index) == before


def test_a_build_that_is_not_committed_changes_nothing(index: Path) -> None:
    before = tree(index)
    with writing(index) as draft:
        draft.path("text.bin").write_bytes(b"not needed after all")
    assert tree(index) == before


def test_an_interrupt_after_the_commit_keeps_what_was_committed(index: Path) -> None:
    def interrupted() -> None:
        with writing(index) as draft:
            draft.path("text.bin").write_bytes(b"done")
            draft.commit({}, MEND)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert state(index) == {"text.bin": b"done"}


def test_a_failed_write_is_one_line_and_an_error_elsewhere_is_left_alone(index: Path) -> None:
    with pytest.raises(UnwritableIndex) as raised, writing(index):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert str(raised.value) == (
        f"the index in {index} cannot be written: {os.strerror(errno.ENOSPC)}; what it held is "
        "unharmed; mend that or name another folder with --index, and run it again"
    )
    with pytest.raises(FileNotFoundError), writing(index):
        Path("/nowhere/model.safetensors").read_bytes()
    assert state(index) == OLD


@pytest.mark.parametrize(
    ("number", "found"), [(errno.EINVAL, NEW), (errno.ENOTSUP, NEW), (errno.EIO, OLD)]
)
def test_where_folders_cannot_be_synced_an_index_is_built_and_not_on_a_failing_disk(
    index: Path, monkeypatch: pytest.MonkeyPatch, number: int, found: Files
) -> None:
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    with suppress(UnwritableIndex):
        build(index, NEW)
    assert state(index) == found


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


def test_other_files_beside_the_parts_of_an_index_are_left_alone(index: Path) -> None:
    others = [index / "notes.txt", index / "generations" / "notes.txt"]
    for other in others:
        other.write_bytes(b"mine")
    build(index, NEW)
    build(index, NEW)
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


def test_a_full_disk_at_any_point_leaves_the_former_index(index: Path) -> None:
    before = tree(index)
    with process(full_disk, index) as builder:
        said = "not yet"
        for limit in count(0, 7):
            said = ask(builder, str(limit))
            if said == "written":
                break
            assert said.startswith(
                f"the index in {index} cannot be written: {os.strerror(errno.EFBIG)}; "
            )
            assert tree(index) == before
    assert state(index) == NEW


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
    with process(killed_builds, tmp_path) as builder:
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


# Several at once


def hold(directory: Path) -> None:
    """Writes, says so, and commits at the next line that it reads."""
    with writing(directory) as draft:
        draft.path("text.bin").write_bytes(b"by the holder")
        print("holding", flush=True)
        sys.stdin.readline()
        draft.commit({}, MEND)


def wait(directory: Path) -> None:
    """Writes as soon as it may, and says for whom it waits."""
    with writing(directory, lambda holder: print(holder, flush=True)) as draft:
        draft.path("text.bin").write_bytes(b"by the one who waited")
        draft.commit({}, MEND)
    print("written", flush=True)


def test_a_second_build_is_told_who_holds_the_index(index: Path) -> None:
    with process(hold, index) as holder:
        assert hear(holder) == "holding"
        with pytest.raises(BusyIndex) as raised, writing(index):
            pass
        assert str(raised.value) == (
            f"process {holder.pid} on {os.uname().nodename} is building the index in {index}; "
            "wait until it has ended, and run it again"
        )
        assert state(index) == OLD
        holder.communicate("\n")
    assert state(index) == {"text.bin": b"by the holder"}


@pytest.mark.parametrize("end", ["commits", "is killed"])
def test_a_second_build_waits_until_the_first_has_ended(index: Path, end: str) -> None:
    with process(hold, index) as holder:
        assert hear(holder) == "holding"
        with process(wait, index) as waiter:
            assert hear(waiter) == f"process {holder.pid} on {os.uname().nodename}"
            assert waiter.poll() is None
            if end == "commits":
                holder.communicate("\n")
                assert holder.returncode == 0
            else:
                holder.kill()
            assert hear(waiter) == "written"
    assert state(index) == {"text.bin": b"by the one who waited"}
    assert generations(index) == ["000003"]


def overtaken(directory: Path) -> None:
    """Opens, while two builds end just before it opens the file that it reads the name of."""
    name = sys.stdin.readline().removesuffix("\n")
    builds = [OLD, NEW]

    def overtake(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith(f"/{name}"):
            due = builds.copy()
            builds.clear()
            for files in due:
                build(directory, files)

    sys.addaudithook(overtake)
    print(contents(open_generation(directory)), flush=True)


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_reader_overtaken_by_two_builds_opens_the_newest(index: Path, file: str) -> None:
    with process(overtaken, index) as reader:
        assert ask(reader, Path(file).name) == repr(NEW)


def many_builds(directory: Path) -> None:
    for number in range(2, 40):
        words = b"%d" % number
        build(directory, {"table.json": words, "text.bin": words})


def test_a_reader_among_builds_always_finds_one_whole_index(tmp_path: Path) -> None:
    build(tmp_path / "idx", {"table.json": b"1", "text.bin": b"1"})
    seen = []
    with process(many_builds, tmp_path / "idx") as builder:
        while builder.poll() is None:
            opened = open_generation(tmp_path / "idx")
            assert opened.map("text.bin") == opened.map("table.json")
            seen.append(int(bytes(opened.map("text.bin"))))
        assert builder.returncode == 0
    assert seen == sorted(seen)
