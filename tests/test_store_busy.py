"""Several that write and read an index at once."""

import os
import sys
from pathlib import Path

import pytest
from stored import (
    EVERY_FILE,
    MEND,
    NEW,
    OLD,
    ask,
    build,
    contents,
    generations,
    hear,
    process,
    state,
)

from index.errors import BusyIndex
from index.storage.draft import writing
from index.storage.store import open_generation


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


def test_a_second_build_is_told_who_holds_the_index(stored: Path) -> None:
    with process(hold, stored) as holder:
        assert hear(holder) == "holding"
        with pytest.raises(BusyIndex) as raised, writing(stored):
            pass
        assert str(raised.value) == (
            f"process {holder.pid} on {os.uname().nodename} is building the index in {stored}; "
            "wait until it has ended, and run it again"
        )
        assert state(stored) == OLD
        holder.communicate("\n")
    assert state(stored) == {"text.bin": b"by the holder"}


@pytest.mark.parametrize("end", ["commits", "is killed"])
def test_a_second_build_waits_until_the_first_has_ended(stored: Path, end: str) -> None:
    with process(hold, stored) as holder:
        assert hear(holder) == "holding"
        with process(wait, stored) as waiter:
            assert hear(waiter) == f"process {holder.pid} on {os.uname().nodename}"
            assert waiter.poll() is None
            if end == "commits":
                holder.communicate("\n")
                assert holder.returncode == 0
            else:
                holder.kill()
            assert hear(waiter) == "written"
    assert state(stored) == {"text.bin": b"by the one who waited"}
    assert generations(stored) == ["000003"]


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
def test_a_reader_overtaken_by_two_builds_opens_the_newest(stored: Path, file: str) -> None:
    with process(overtaken, stored) as reader:
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
            assert opened.files["text.bin"] == opened.files["table.json"]
            seen.append(int(bytes(opened.files["text.bin"])))
        assert builder.returncode == 0
    assert seen == sorted(seen)
