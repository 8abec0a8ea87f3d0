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


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_can_be_read(question: str, before: list[str]) -> None:
    read = read_follow_up(question, [Reading(text) for text in before])
    assert read == Reading(question) or read.topic
