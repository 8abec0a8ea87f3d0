"""What a question asks for, and what is no question."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadQuestion
from index.question import names_in, read


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("when was the 10% rule dropped?", "date"),
        ("In which year did it end?", "date"),
        ("What was the exact date of the ban?", "date"),
        ("Who ruled when the wall fell?", "person"),
        ("In the year when the wall fell, who ruled?", "person"),
        ("How many firms joined?", "amount"),
        ("what percentage does he own", "amount"),
        ("How did it end?", "other"),
        ("Which city was it?", "thing"),
        ("Where was it?", "thing"),
        ("Why?", "other"),
        ("the 25% threshold", "other"),
        ("The laws will lapse when?", "date"),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(text: str, asks: str) -> None:
    assert read(text).asks == asks


def test_a_question_is_read_once_for_all() -> None:
    asked = read("How many of the 70 firms did Wilbur Ross name?")
    assert asked.terms == ("mani", "70", "firm", "wilbur", "ross", "name")
    assert asked.exact == ("70",)
    assert asked.names == ("wilbur", "ross")
    assert not asked.keywords
    assert read("25% threshold").keywords


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" \t\n", "empty"),
        ("\u200f\u202e\u0000", "empty"),
        ("?!…", "no word or number"),
        ("👍🏽 🎉", "no word or number"),
        ("x" * 2001, "2,001 characters; at most 2,000"),
    ],
)
def test_what_is_no_question_is_refused_in_one_line(text: str, why: str) -> None:
    with pytest.raises(BadQuestion, match=why) as refusal:
        read(text)
    assert "\n" not in str(refusal.value)


def test_marks_that_nobody_sees_do_not_matter() -> None:
    assert read("\u202ewhen\u200f was\x00 it\ufeff?") == read("when was it ?")


@given(st.text())
def test_any_text_is_read_or_refused_and_what_is_read_has_terms(text: str) -> None:
    with contextlib.suppress(BadQuestion):
        assert read(text).terms


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Victor Zhang said so.", ["Victor", "Zhang"]),
        ("The law came from Washington.", ["Washington"]),
        ('He said: "We saw Ross."', ["Ross"]),
        ("Huawei owns it.", []),
        ("in the US and the UK", ["US", "UK"]),
    ],
)
def test_names_are_words_with_a_capital_of_their_own(text: str, names: list[str]) -> None:
    assert [match.group() for match in names_in(text)] == names


def test_what_came_before_says_where_to_look_and_not_what_for() -> None:
    asked = read("who recommended it?", topic="10% rule dropped")
    assert asked.text == "who recommended it? 10% rule dropped"
    assert asked.terms == ("recommend", "10%", "rule", "drop")
    assert asked.background == {"10%", "rule", "drop"}
    assert asked.exact == ()
    assert asked.asks == "person"
