"""What the bot remembers: each method, the file's safety, and what goes wrong with it."""

import dataclasses
import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from e2e.door import CAFE, ROOT

from bot.discord.schema import MIGRATIONS
from bot.discord.state import BadState, Feedback, Gap, Given, Place, Settings, State
from index import Quote, Span

EARLY, LATE = "2020-01-01T00:00:00+00:00", "2020-01-02T00:00:00+00:00"
PLACES = (
    Place("rules/rule.md", Span(10, 40), 5, (Span(12, 15), Span(20, 22)), "ab" * 32),
    Place(f"{CAFE}.txt", Span(0, 7), 1, (), "cd" * 32),
)
GIVEN = Given(
    1001, 7, 5, public=True, given=EARLY, answered=True, confidence=0.75, shown=1, places=PLACES
)
REFUSED = Given(
    1001, 8, 5, public=False, given=EARLY, answered=False, confidence=0.1, shown=0, places=()
)


def add_gap(state: State, guild: int, asked: str, *, key: str, question: str) -> int:
    """Count a question that others saw asked; the number of what was said to it."""
    refusal = dataclasses.replace(REFUSED, guild=guild, public=True, given=asked)
    number = state.add(refusal)
    state.add_gap(number, key=key, question=question)
    return number


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.sqlite"


@pytest.fixture
def state(path: Path) -> State:
    return State(path)


def test_an_answer_is_remembered_whole_also_by_who_opens_the_file_next(path: Path) -> None:
    first = State(path)
    number, refused = first.add(GIVEN), first.add(REFUSED)
    first.close()
    assert State(path).given(number, 7) == GIVEN
    assert State(path).given(refused, 8) == REFUSED


def test_an_answer_is_known_only_in_its_channel(state: State) -> None:
    number = state.add(GIVEN)
    assert state.given(number, 8) is None
    assert state.given(number + 1, 7) is None
    assert (state.answered_in(7), state.answered_in(8)) == (True, False)


def test_a_private_answer_makes_no_place_one_where_the_bot_answered(state: State) -> None:
    state.add(REFUSED)
    assert not state.answered_in(REFUSED.channel)


def test_a_thread_on_the_message_of_an_answer_is_a_place_where_the_bot_answered(
    state: State,
) -> None:
    number = state.add(GIVEN)
    state.sent(number, [70])
    assert (state.answered_in(70), state.answered_in(71)) == (True, False)


def test_the_number_of_an_answer_is_never_given_again(state: State) -> None:
    number = state.add(GIVEN)
    state.sent(number, [70])
    state.forget([70])
    assert state.given(number, 7) is None
    assert state.add(GIVEN) == number + 1


def test_what_is_kept_of_a_quote_is_where_it_stands() -> None:
    from bot.discord.state import place

    quote = Quote("Words.", "a.md", Span(3, 9), 2, 2, (Span(3, 8),), "T", "2020", "ef", 0.5)
    assert place(quote) == Place("a.md", Span(3, 9), 2, (Span(3, 8),), "ef")


def test_an_answer_lasts_until_the_last_of_its_messages_is_gone(state: State) -> None:
    number = state.add(GIVEN)
    state.sent(number, [71, 70])
    assert state.messages(number) == (70, 71)
    assert state.is_answer(70)
    state.forget([70, 99])
    assert (state.is_answer(70), state.given(number, 7)) == (False, GIVEN)
    state.forget([71])
    assert state.given(number, 7) is None
    assert not state.answered_in(7)


def test_messages_of_an_answer_that_is_forgotten_are_not_kept(state: State) -> None:
    state.sent(404, [70])
    assert not state.is_answer(70)


def test_an_answer_that_was_judged_outlives_its_messages(state: State) -> None:
    number = state.add(GIVEN)
    state.sent(number, [70])
    state.judge(number, Feedback(9, good=False, why="", given=LATE))
    state.forget([70])
    assert state.given(number, 7) == GIVEN
    assert [row["message"] for row in state.feedback(1001)] == [None]


def test_with_a_channel_go_the_answers_in_it_and_no_others(state: State) -> None:
    here, there = state.add(GIVEN), state.add(REFUSED)
    state.sent(here, [70, 71])
    state.sent(there, [80])
    state.forget_channel(7)
    assert (state.given(here, 7), state.messages(here)) == (None, ())
    assert state.given(there, 8) == REFUSED


def test_feedback_says_what_was_judged_who_judged_and_how(state: State) -> None:
    number, refused = state.add(GIVEN), state.add(REFUSED)
    state.sent(number, [70, 71])
    state.sent(refused, [80])
    state.judge(number, Feedback(9, good=False, why="the wrong year", given=LATE))
    state.judge(refused, Feedback(9, good=True, why="", given=EARLY))
    assert list(state.feedback(1001)) == [
        {
            "right": True,
            "why": "",
            "person": "9",
            "at": EARLY,
            "answered": False,
            "confidence": 0.1,
            "message": None,
            "quotes": [],
        },
        {
            "right": False,
            "why": "the wrong year",
            "person": "9",
            "at": LATE,
            "answered": True,
            "confidence": 0.75,
            "message": "https://discord.com/channels/1001/7/70",
            "quotes": [
                {
                    "source": "rules/rule.md",
                    "line": 5,
                    "start": 10,
                    "end": 40,
                    "sha256": "ab" * 32,
                }
            ],
        },
    ]
    assert list(state.feedback(1002)) == []


def test_to_an_answer_in_a_direct_message_no_link_leads(state: State) -> None:
    number = state.add(dataclasses.replace(GIVEN, direct=True))
    state.sent(number, [70])
    state.judge(number, Feedback(9, good=True, why="", given=LATE))
    assert state.given(number, 7) == dataclasses.replace(GIVEN, direct=True)
    assert [row["message"] for row in state.feedback(1001)] == [None]
    assert state.answered_in(7)


def test_of_what_a_person_says_of_an_answer_the_last_counts(state: State) -> None:
    number = state.add(GIVEN)
    state.judge(number, Feedback(9, good=False, why="no", given=EARLY))
    state.judge(number, Feedback(9, good=True, why="", given=LATE))
    state.judge(number, Feedback(6, good=False, why="", given=LATE))
    assert [row["why"] for row in state.feedback(1001)] == ["", ""]
    assert not state.judge(404, Feedback(9, good=False, why="of no answer", given=LATE))
    assert [(row["person"], row["right"]) for row in state.feedback(1001)] == [
        ("6", False),
        ("9", True),
    ]


def test_a_reason_outlives_that_the_same_is_said_again_without_one(state: State) -> None:
    number = state.add(GIVEN)
    state.judge(number, Feedback(9, good=False, why="the wrong year", given=EARLY))
    state.judge(number, Feedback(9, good=False, why="", given=LATE))
    assert [(row["why"], row["at"]) for row in state.feedback(1001)] == [("the wrong year", LATE)]


def test_answers_refusals_and_judgements_are_counted_by_server(state: State) -> None:
    assert state.counts(1001) == (0, 0, 0)
    number = state.add(GIVEN)
    state.add(GIVEN)
    state.add(REFUSED)
    for person in (8, 9):
        state.judge(number, Feedback(person, good=True, why="", given=LATE))
    assert (state.counts(1001), state.counts(1002)) == ((2, 1, 1), (0, 0, 0))


def test_gaps_are_counted_without_their_text_until_a_server_keeps_it(state: State) -> None:
    assert state.gaps(1001) == ()
    add_gap(state, 1001, EARLY, key="moon tall", question="how tall is the moon?")
    add_gap(state, 1001, LATE, key="ceo nokia", question="who is the CEO?")
    assert state.gaps(1001) == (Gap(None, 2, LATE),)
    state.set(1001, Settings(keep_questions=True))
    add_gap(state, 1001, LATE, key="moon tall", question="how tall is the moon?")
    assert state.gaps(1001) == (Gap("how tall is the moon?", 1, LATE), Gap(None, 2, LATE))
    assert state.gaps(1002) == ()


def test_gaps_that_ask_the_same_are_one_and_the_most_asked_comes_first(state: State) -> None:
    state.set(1001, Settings(keep_questions=True))
    asked = (("a", "A?"), ("b", "B?"), ("b", "b, then?"), ("c", "C?"))
    for second, (key, question) in enumerate(asked):
        add_gap(state, 1001, f"2020-01-01T00:00:0{second}+00:00", key=key, question=question)
    assert state.gaps(1001) == (
        Gap("b, then?", 2, "2020-01-01T00:00:02+00:00"),
        Gap("C?", 1, "2020-01-01T00:00:03+00:00"),
        Gap("A?", 1, "2020-01-01T00:00:00+00:00"),
    )


def test_gaps_from_before_a_time_are_forgotten(state: State) -> None:
    add_gap(state, 1001, EARLY, key="a", question="A?")
    add_gap(state, 1002, LATE, key="b", question="B?")
    state.forget_before(LATE)
    assert (state.gaps(1001), state.gaps(1002)) == ((), (Gap(None, 1, LATE),))


def test_with_an_answer_from_before_a_time_goes_all_that_is_known_of_it(path: Path) -> None:
    state = State(path)
    old, new = state.add(GIVEN), state.add(dataclasses.replace(GIVEN, given=LATE))
    for number in (old, new):
        state.sent(number, [70 + number])
        state.judge(number, Feedback(9, good=False, why=f"secret {number}", given=LATE))
    state.forget_before(LATE)
    assert (state.given(old, 7), state.is_answer(70 + old)) == (None, False)
    assert state.given(new, 7) is not None
    assert [row["why"] for row in state.feedback(1001)] == [f"secret {new}"]
    assert f"secret {old}".encode() not in held(path)


@pytest.mark.parametrize("how", ["no longer kept", "too old"])
def test_a_text_that_is_forgotten_is_nowhere_in_the_file(path: Path, how: str) -> None:
    state = State(path)
    state.set(1001, Settings(keep_questions=True))
    for number in range(200):
        add_gap(state, 1001, EARLY, key=f"secret {number}", question=f"Is it SECRET {number}?")
    assert b"secret 199" in held(path)
    if how == "no longer kept":
        state.set(1001, Settings(keep_questions=False))
    else:
        state.forget_before(LATE)
    assert not re.search(b"(?i)secret", held(path))


def test_what_one_server_no_longer_keeps_another_does(state: State) -> None:
    for guild in (1001, 1002):
        state.set(guild, Settings(keep_questions=True))
        add_gap(state, guild, EARLY, key="a", question="A?")
    state.set(1001, Settings(keep_questions=False))
    assert (state.gaps(1001), state.gaps(1002)) == ((Gap(None, 1, EARLY),), (Gap("A?", 1, EARLY),))


@pytest.mark.parametrize("how", [{"public": False}, {"direct": True}])
def test_the_text_of_what_others_did_not_see_asked_is_never_kept(
    state: State, how: dict[str, bool]
) -> None:
    state.set(1001, Settings(keep_questions=True))
    number = state.add(dataclasses.replace(REFUSED, **({"public": True} | how)))
    state.add_gap(number, key="a", question="A?")
    assert state.gaps(1001) == (Gap(None, 1, EARLY),)


@pytest.mark.parametrize("judged", [False, True])
def test_with_the_last_message_of_a_refusal_goes_the_text_of_what_was_asked(
    path: Path, judged: bool
) -> None:
    state = State(path)
    state.set(1001, Settings(keep_questions=True))
    number = add_gap(state, 1001, EARLY, key="secret", question="Is it SECRET?")
    state.sent(number, [70, 71])
    if judged:
        state.judge(number, Feedback(9, good=False, why="", given=LATE))
    state.forget([70])
    assert state.gaps(1001) == (Gap("Is it SECRET?", 1, EARLY),)
    state.forget([71])
    assert state.gaps(1001) == (Gap(None, 1, EARLY),)
    assert not re.search(b"(?i)secret", held(path))


def held(path: Path) -> bytes:
    """All that is on disk of the state, the write-ahead log too."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_the_server_to_serve_is_settled_for_who_opens_the_file_next(path: Path) -> None:
    first = State(path)
    assert first.home() is None
    first.settle(1002)
    first.settle(1001)
    first.close()
    assert State(path).home() == 1001


def test_of_a_file_of_before_the_server_that_was_answered_most_is_taken(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as old:
        old.executescript(MIGRATIONS[0])
        for guild in (1002, 1001, 1001):
            row = (guild, 7, 5, 1, EARLY, 1, 0.75, 0)
            old.execute("INSERT INTO answers VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        old.execute("INSERT INTO feedback VALUES (1, 9, 1, 'so it is', ?)", (LATE,))
        old.execute("PRAGMA user_version = 1")
    old.close()
    state = State(path)
    assert state.home() == 1001
    assert [row["why"] for row in state.feedback(1002)] == ["so it is"]
    assert state.add(GIVEN) == 4


def test_settings_are_a_servers_own_and_kept(path: Path) -> None:
    first = State(path)
    assert first.settings(1001) == Settings(cooldown=3, keep_questions=False)
    first.set(1001, Settings(cooldown=9, keep_questions=True))
    first.close()
    assert State(path).settings(1001) == Settings(cooldown=9, keep_questions=True)
    assert State(path).settings(1002) == Settings()


def test_lone_surrogates_in_what_people_write_are_kept_as_question_marks(state: State) -> None:
    number = state.add(GIVEN)
    state.judge(number, Feedback(9, good=False, why="no \ud800!", given=LATE))
    state.set(1001, Settings(keep_questions=True))
    add_gap(state, 1001, LATE, key="\ud800", question="why \udfff?")
    assert [row["why"] for row in state.feedback(1001)] == ["no ?!"]
    assert state.gaps(1001) == (Gap("why ??", 1, LATE),)


def test_the_file_is_its_owners_alone(path: Path, state: State) -> None:
    state.add(GIVEN)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == dict.fromkeys(["bot.sqlite", "bot.sqlite-shm", "bot.sqlite-wal"], 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_empty_file_is_taken_and_made_ready(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert State(path).add(GIVEN) == 1


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        (len(MIGRATIONS) + 1, "made by a newer quoth; install that, or"),
        (0, "made by another program;"),
    ],
)
def test_a_file_that_is_not_for_this_version_is_refused_and_left_as_it_is(
    path: Path, version: int, reason: str
) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (a)")
        other.execute(f"PRAGMA user_version = {version}")
    other.close()
    before = path.read_bytes()
    assert refusal(path) == f"{path}: {reason} set QUOTH_STATE to another file"
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["bot.sqlite"]


def refusal(path: Path) -> str:
    with pytest.raises(BadState) as caught:
        State(path)
    return str(caught.value)


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_one_line_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    mend = "mend or move the file, or set QUOTH_STATE to another"
    assert refusal(path) == f"{path}: file is not a database; {mend}"
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (Path.mkdir, "Is a directory"),
        (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
        (lambda path: path.symlink_to(path.parent / "none" / "file"), "No such file or directory"),
    ],
)
def test_what_cannot_be_opened_is_one_line_that_names_it(
    path: Path, make: object, reason: str
) -> None:
    path.parent.mkdir()
    assert callable(make)
    make(path)
    assert refusal(path).startswith(f"{path}: {reason}; mend or move the file, or ")


def test_a_folder_that_is_a_file_is_one_line_that_names_it(path: Path) -> None:
    path.parent.touch()
    assert re.match(rf"{re.escape(str(path))}: \S.*; mend or move the file", refusal(path))


def test_damage_done_while_it_is_open_is_one_line_that_names_it(path: Path, state: State) -> None:
    state.add(GIVEN)
    for file in (path, Path(f"{path}-wal")):
        with file.open("r+b") as raw:
            raw.write(b"\xff" * file.stat().st_size)
    with pytest.raises(BadState, match=rf"^{re.escape(str(path))}: \S.*; mend or move the "):
        state.counts(1001)


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_is_removed_while_it_is_open_is_one_line_and_nothing_is_taken(
    path: Path, state: State, replaced: bool
) -> None:
    path.rename(path.with_name("moved"))
    if replaced:
        path.write_bytes(path.with_name("moved").read_bytes())
    said = f"{path}: removed or replaced while in use; start the bot anew"
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


def test_what_was_acknowledged_survives_a_kill_in_the_middle_of_writing(path: Path) -> None:
    told = []
    for _ in range(2):
        with process(UNTIL_KILLED, path) as writer:
            assert writer.stdout
            told += [int(writer.stdout.readline()) for _ in range(20)]
            os.kill(writer.pid, signal.SIGKILL)
            told += [int(line) for line in writer.stdout if line.endswith("\n")]
    state = State(path)
    assert len(told) >= 40
    assert [number for number in told if state.given(number, 7) is None] == []
    assert len(state.gaps(1001)) >= len(told)


def test_a_full_disk_is_one_line_and_loses_nothing(path: Path) -> None:
    with process(FULL, path) as writer:
        out, err = writer.communicate()
    assert (writer.returncode, err) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(path))}: .*; mend or move the file, or .*\n", out)
    state = State(path)
    assert state.counts(1001) == (2, 0, 0)


def test_those_who_open_it_at_once_all_get_it_ready(path: Path) -> None:
    started = [process(ONCE, path) for _ in range(3)]
    ended = [writer.communicate() for writer in started]
    assert sorted(out for out, _ in ended) == ["1\n", "2\n", "3\n"], ended
