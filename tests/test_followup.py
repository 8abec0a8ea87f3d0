"""Follow-ups are read with the question before; complete questions are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.followup import read_follow_up
from index.types import Reading

BEFORE = [Reading("when was the 10% rule dropped?")]


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("and who recommended it?", "who recommended it? (10% rule dropped)"),
        ("when?", "when? (10% rule dropped)"),
        ("why", "why (10% rule dropped)"),
        ("what about Nokia?", "what about Nokia? (10% rule dropped)"),
        ("And what about Nokia?", "what about Nokia? (10% rule dropped)"),
        ("did they say why?", "did they say why? (10% rule dropped)"),
        ("ok, and when was that?", "when was that? (10% rule dropped)"),
        ("what about Nokia and Ericsson?", "what about Nokia and Ericsson? (10% rule dropped)"),
        ("since when?", "since when? (10% rule dropped)"),
        ("in which year?", "in which year? (10% rule dropped)"),
        ("by whom?", "by whom? (10% rule dropped)"),
        ("who else was listed?", "who else was listed? (10% rule dropped)"),
        ("who owns the rest?", "who owns the rest? (10% rule dropped)"),
        ("what happened next?", "what happened next? (10% rule dropped)"),
        ("how many were there?", "how many were there? (10% rule dropped)"),
        ("tell me more", "tell me more (10% rule dropped)"),
        ("and the Direct Product Rule?", "the Direct Product Rule? (10% rule dropped)"),
    ],
)
def test_a_follow_up_takes_the_topic_before_it_along(question: str, reading: str) -> None:
    assert str(read_follow_up(question, BEFORE)) == reading


@pytest.mark.parametrize(
    "question",
    [
        "Who is the CEO of Huawei?",
        "And who is the chief security officer of Huawei?",
        "how much did Huawei spend with British businesses?",
        "When did Trump say that he would allow it?",
        "what is inflation?",
        "Who resigned?",
        "Is there a date for the licences?",
        "How long does it take to get a licence?",
        "Is it true that fees rise?",
        "what happened this year?",
        "In which year did the wall fall?",
        "who is one of the founders?",
    ],
)
def test_a_complete_question_is_never_bent(question: str) -> None:
    assert read_follow_up(question, BEFORE) == Reading(question)


def test_without_a_question_before_there_is_nothing_to_follow() -> None:
    assert read_follow_up("and who recommended it?", []) == Reading("and who recommended it?")


def test_a_reading_can_be_followed_in_its_turn() -> None:
    first = read_follow_up("and who recommended it?", BEFORE)
    assert read_follow_up("when?", [*BEFORE, first]) == Reading(
        "when?", "recommended 10% rule dropped"
    )


def test_one_name_after_another_takes_the_place_of_the_former() -> None:
    before = [Reading("when was Huawei banned?"), Reading("what about Ericsson?", "Huawei banned")]
    assert read_follow_up("and Nokia?", before) == Reading("Nokia?", "Huawei banned")


def test_the_words_that_ask_for_an_amount_are_no_topic() -> None:
    before = [Reading("how many requests were received?")]
    assert read_follow_up("and when?", before) == Reading("when?", "requests received")


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_can_be_read(question: str, before: list[str]) -> None:
    read = read_follow_up(question, [Reading(text) for text in before])
    assert read == Reading(question) or read.topic
