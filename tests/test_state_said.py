"""What the bot remembers of what people say of an answer, and of what found none."""

import dataclasses
import re
from pathlib import Path

import pytest
from remembered import EARLY, GIVEN, LATE, REFUSED, add_gap

from bot.discord.state import Feedback, Gap, Settings, State


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


def test_with_an_answer_from_before_a_time_goes_all_that_is_known_of_it(state_file: Path) -> None:
    state = State(state_file)
    old, new = state.add(GIVEN), state.add(dataclasses.replace(GIVEN, given=LATE))
    for number in (old, new):
        state.sent(number, [70 + number])
        state.judge(number, Feedback(9, good=False, why=f"secret {number}", given=LATE))
    state.forget_before(LATE)
    assert (state.given(old, 7), state.is_answer(70 + old)) == (None, False)
    assert state.given(new, 7) is not None
    assert [row["why"] for row in state.feedback(1001)] == [f"secret {new}"]
    assert f"secret {old}".encode() not in held(state_file)


@pytest.mark.parametrize("how", ["no longer kept", "too old"])
def test_a_text_that_is_forgotten_is_nowhere_in_the_file(state_file: Path, how: str) -> None:
    state = State(state_file)
    state.set(1001, Settings(keep_questions=True))
    for number in range(200):
        add_gap(state, 1001, EARLY, key=f"secret {number}", question=f"Is it SECRET {number}?")
    assert b"secret 199" in held(state_file)
    if how == "no longer kept":
        state.set(1001, Settings(keep_questions=False))
    else:
        state.forget_before(LATE)
    assert not re.search(b"(?i)secret", held(state_file))


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
    state_file: Path, judged: bool
) -> None:
    state = State(state_file)
    state.set(1001, Settings(keep_questions=True))
    number = add_gap(state, 1001, EARLY, key="secret", question="Is it SECRET?")
    state.sent(number, [70, 71])
    if judged:
        state.judge(number, Feedback(9, good=False, why="", given=LATE))
    state.forget([70])
    assert state.gaps(1001) == (Gap("Is it SECRET?", 1, EARLY),)
    state.forget([71])
    assert state.gaps(1001) == (Gap(None, 1, EARLY),)
    assert not re.search(b"(?i)secret", held(state_file))


def held(path: Path) -> bytes:
    """All that is on disk of the state, the write-ahead log too."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir())
