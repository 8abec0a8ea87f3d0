"""What the bot remembers: answers and their messages, settings, the server to serve."""

import dataclasses
import sqlite3
from pathlib import Path

from remembered import EARLY, GIVEN, LATE, REFUSED, add_gap

from bot.discord.schema import MIGRATIONS
from bot.discord.state import Feedback, Gap, Place, Settings, State
from index import Quote, Span


def test_an_answer_is_remembered_whole_also_by_who_opens_the_file_next(state_file: Path) -> None:
    first = State(state_file)
    number, refused = first.add(GIVEN), first.add(REFUSED)
    in_thread = dataclasses.replace(GIVEN, channel=9, parent=7)
    threaded = first.add(in_thread)
    first.close()
    assert State(state_file).given(number, 7) == GIVEN
    assert State(state_file).given(refused, 8) == REFUSED
    assert State(state_file).given(threaded, 9) == in_thread


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
    thread = state.add(dataclasses.replace(GIVEN, channel=9, parent=7))
    state.sent(here, [70, 71])
    state.sent(there, [80])
    state.sent(thread, [90])
    state.forget_channel(7)
    assert (state.given(here, 7), state.messages(here)) == (None, ())
    assert (state.given(thread, 9), state.is_answer(90)) == (None, False)
    assert state.given(there, 8) == REFUSED


def test_the_server_to_serve_is_settled_for_who_opens_the_file_next(state_file: Path) -> None:
    first = State(state_file)
    assert first.home() is None
    first.settle(1002)
    first.settle(1001)
    first.close()
    assert State(state_file).home() == 1001


def test_of_a_file_of_before_the_server_that_was_answered_most_is_taken(state_file: Path) -> None:
    state_file.parent.mkdir()
    with sqlite3.connect(state_file) as old:
        old.executescript(MIGRATIONS[0])
        for guild in (1002, 1001, 1001):
            row = (guild, 7, 5, 1, EARLY, 1, 0.75, 0)
            old.execute("INSERT INTO answers VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        old.execute("INSERT INTO feedback VALUES (1, 9, 1, 'so it is', ?)", (LATE,))
        old.execute("PRAGMA user_version = 1")
    old.close()
    state = State(state_file)
    assert state.home() == 1001
    assert [row["why"] for row in state.feedback(1002)] == ["so it is"]
    assert state.add(GIVEN) == 4


def test_settings_are_a_servers_own_and_kept(state_file: Path) -> None:
    first = State(state_file)
    assert first.settings(1001) == Settings(cooldown=3, keep_questions=False)
    first.set(1001, Settings(cooldown=9, keep_questions=True))
    first.close()
    assert State(state_file).settings(1001) == Settings(cooldown=9, keep_questions=True)
    assert State(state_file).settings(1002) == Settings()


def test_lone_surrogates_in_what_people_write_are_kept_as_question_marks(state: State) -> None:
    number = state.add(GIVEN)
    state.judge(number, Feedback(9, good=False, why="no \ud800!", given=LATE))
    state.set(1001, Settings(keep_questions=True))
    add_gap(state, 1001, LATE, key="\ud800", question="why \udfff?")
    assert [row["why"] for row in state.feedback(1001)] == ["no ?!"]
    assert state.gaps(1001) == (Gap("why ??", 1, LATE),)
