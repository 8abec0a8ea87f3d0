"""The file of what the bot remembers: foreign, damaged, removed, killed over, full."""

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from e2e.door import ROOT
from remembered import GIVEN

from bot.discord.schema import MIGRATIONS
from bot.discord.state import BadState, State


def test_the_file_is_its_owners_alone(state_file: Path, state: State) -> None:
    state.add(GIVEN)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in state_file.parent.iterdir()}
    assert modes == dict.fromkeys(["bot.sqlite", "bot.sqlite-shm", "bot.sqlite-wal"], 0o600)
    assert stat.S_IMODE(state_file.parent.stat().st_mode) == 0o700


def test_an_empty_file_is_taken_and_made_ready(state_file: Path) -> None:
    state_file.parent.mkdir()
    state_file.touch()
    assert State(state_file).add(GIVEN) == 1


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        (len(MIGRATIONS) + 1, "made by a newer quoth; install that, or"),
        (0, "made by another program;"),
    ],
)
def test_a_file_that_is_not_for_this_version_is_refused_and_left_as_it_is(
    state_file: Path, version: int, reason: str
) -> None:
    state_file.parent.mkdir()
    with sqlite3.connect(state_file) as other:
        other.execute("CREATE TABLE theirs (a)")
        other.execute(f"PRAGMA user_version = {version}")
    other.close()
    before = state_file.read_bytes()
    assert refusal(state_file) == f"{state_file}: {reason} set QUOTH_STATE to another file"
    assert state_file.read_bytes() == before
    assert [file.name for file in state_file.parent.iterdir()] == ["bot.sqlite"]


def refusal(path: Path) -> str:
    with pytest.raises(BadState) as caught:
        State(path)
    return str(caught.value)


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_one_line_and_left_as_it_is(state_file: Path, content: bytes) -> None:
    state_file.parent.mkdir()
    state_file.write_bytes(content)
    mend = "mend or move the file, or set QUOTH_STATE to another"
    assert refusal(state_file) == f"{state_file}: file is not a database; {mend}"
    assert state_file.read_bytes() == content


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (Path.mkdir, "Is a directory"),
        (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
        (lambda path: path.symlink_to(path.parent / "none" / "file"), "No such file or directory"),
    ],
)
def test_what_cannot_be_opened_is_one_line_that_names_it(
    state_file: Path, make: object, reason: str
) -> None:
    state_file.parent.mkdir()
    assert callable(make)
    make(state_file)
    assert refusal(state_file).startswith(f"{state_file}: {reason}; mend or move the file, or ")


def test_a_folder_that_is_a_file_is_one_line_that_names_it(state_file: Path) -> None:
    state_file.parent.touch()
    assert re.match(
        rf"{re.escape(str(state_file))}: \S.*; mend or move the file", refusal(state_file)
    )


def test_damage_done_while_it_is_open_is_one_line_that_names_it(
    state_file: Path, state: State
) -> None:
    state.add(GIVEN)
    for file in (state_file, Path(f"{state_file}-wal")):
        with file.open("r+b") as raw:
            raw.write(b"\xff" * file.stat().st_size)
    with pytest.raises(BadState, match=rf"^{re.escape(str(state_file))}: \S.*; mend or move the "):
        state.counts(1001)


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_is_removed_while_it_is_open_is_one_line_and_nothing_is_taken(
    state_file: Path, state: State, replaced: bool
) -> None:
    state_file.rename(state_file.with_name("moved"))
    if replaced:
        state_file.write_bytes(state_file.with_name("moved").read_bytes())
    said = f"{state_file}: removed or replaced while in use; start the bot anew"
    with pytest.raises(BadState, match=f"^{re.escape(said)}$"):
        state.add(GIVEN)


PRELUDE = """
import resource, sys
from pathlib import Path
from bot.discord.state import BadState, Given, Settings, State
GIVEN = Given(1001, 7, 5, True, "2020-01-01T00:00:00+00:00", True, 0.75, 0, ())
PATH = Path(sys.argv[1])
"""
UNTIL_KILLED = f"""{PRELUDE}
state = State(PATH)
state.set(1001, Settings(keep_questions=True))
while True:
    number = state.add(GIVEN)
    state.add_gap(number, key=str(number), question="x" * 5000)
    print(number, flush=True)
"""
FULL = f"""{PRELUDE}
state = State(PATH)
state.set(1001, Settings(keep_questions=True))
first, hard = state.add(GIVEN), resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
try:
    while True:
        state.add_gap(first, key="key", question="x" * 5000)
except BadState as error:
    print(error)
assert state.given(first, 7) == GIVEN
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
assert state.add(GIVEN) == first + 1
"""
ONCE = f"{PRELUDE}print(State(PATH).add(GIVEN))"


def process(code: str, path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_was_acknowledged_survives_a_kill_in_the_middle_of_writing(state_file: Path) -> None:
    told = []
    for _ in range(2):
        with process(UNTIL_KILLED, state_file) as writer:
            assert writer.stdout
            told += [int(writer.stdout.readline()) for _ in range(20)]
            os.kill(writer.pid, signal.SIGKILL)
            told += [int(line) for line in writer.stdout if line.endswith("\n")]
    state = State(state_file)
    assert len(told) >= 40
    assert [number for number in told if state.given(number, 7) is None] == []
    assert len(state.gaps(1001)) >= len(told)


def test_a_full_disk_is_one_line_and_loses_nothing(state_file: Path) -> None:
    with process(FULL, state_file) as writer:
        out, err = writer.communicate()
    assert (writer.returncode, err) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(state_file))}: .*; mend or move the file, or .*\n", out)
    state = State(state_file)
    assert state.counts(1001) == (2, 0, 0)


def test_those_who_open_it_at_once_all_get_it_ready(state_file: Path) -> None:
    started = [process(ONCE, state_file) for _ in range(3)]
    ended = [writer.communicate() for writer in started]
    assert sorted(out for out, _ in ended) == ["1\n", "2\n", "3\n"], ended
