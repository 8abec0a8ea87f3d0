"""What a question asks for, and what is no question."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadQuestion
from index.questions.question import names_in, question_key, read, reads_as_question


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
        ("Where was the ship?", "thing"),
        ("Why did it sink?", "other"),
        ("the 25% threshold", "other"),
        ("Did the rule end in May?", "whether"),
        ("Is parking allowed when it snows?", "whether"),
        ("And isn't it Ida who runs it?", "whether"),
        ("is parking free or not?", "whether"),
        ("Do you know when it ends?", "date"),
        ("can you tell me who runs it?", "person"),
        ("Is it known how much it costs?", "amount"),
        ("is it 5% or 10%?", "other"),
        ("May 2019 budget", "other"),
        ("The laws will lapse when?", "date"),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(text: str, asks: str) -> None:
    assert read(text).asks == asks


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("When was the rule dropped?", "was the rule dropped?"),
        ("  when did they meet", "did they meet"),
        ("when, roughly?", None),
        ("since when is the rule so?", None),
        ("whenever it rains", None),
    ],
)
def test_of_what_is_asked_when_it_can_be_asked_whether(text: str, whether: str | None) -> None:
    assert read(text).whether == whether


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
    assert read("\u202ewhen\u200f was\x00 it\ufeff dropped?") == read("when was it dropped?")


@pytest.mark.parametrize(
    "text",
    ["when", "when is it?", "Why?", "is it", "the", "what is it", "who are they?", "Was it?"],
)
def test_a_question_of_stop_words_alone_says_nothing_to_look_for(text: str) -> None:
    with pytest.raises(BadQuestion, match="does not say what it is about"):
        read(text)
    assert read(text, topic="rule dropped").terms == ("rule", "drop")


@pytest.mark.parametrize("text", ["leave", "the lease", "VAT", "5G", "10%", "who is Ada", "2025"])
def test_one_word_is_enough_to_look_for(text: str) -> None:
    assert read(text).terms


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
    assert asked.text == "10% rule dropped - who recommended it?"
    assert asked.terms == ("recommend", "10%", "rule", "drop")
    assert asked.background == {"10%", "rule", "drop"}
    assert asked.exact == ()
    assert asked.asks == "person"


@pytest.mark.parametrize(
    "again",
    [
        "When was the 10% rule dropped?",
        "when is the 10% rule dropped",
        "The rule of 10% -- dropped when?!",
        "when was the ten per cent rule dropped",
    ],
)
def test_askings_of_one_question_share_a_key(again: str) -> None:
    assert question_key(again) == question_key("when was the 10% rule dropped?")


@pytest.mark.parametrize(
    "other",
    [
        "when was the 15% rule dropped?",
        "who dropped the 10% rule?",
        "when was the 10% rule set?",
        "?",
    ],
)
def test_other_questions_have_other_keys(other: str) -> None:
    assert question_key(other) != question_key("when was the 10% rule dropped?")


@pytest.mark.parametrize(
    "text",
    [
        "it was dropped?",
        "who recommended it",
        "and who recommended it",
        "ok, and when was that",
        "what about Nokia",
        "how many firms joined",
        "is the rule dropped",
        "Did Trump allow it",
        "why",
        "so why not",
        "規則は？",
    ],
)
def test_what_asks_in_any_form_reads_as_a_question(text: str) -> None:
    assert reads_as_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "thanks!",
        "ok, will do",
        "Will check tomorrow.",
        "what a day",
        "how nice",
        "When I get home I will look.",
        "can do",
        "is fine with me",
        "I know who recommended it",
        "This is what it says.",
        "whoever it was",
    ],
)
def test_what_people_say_to_each_other_reads_as_no_question(text: str) -> None:
    assert not reads_as_question(text)


def test_colours_copied_from_a_terminal_are_no_part_of_what_is_asked() -> None:
    asked = read("\x1b[1;31mwho\x1b[0m signs\x1b[K off leave?")
    assert (asked.text, asked.terms) == ("who signs off leave?", ("sign", "leav"))


def test_emoji_are_no_part_of_what_is_asked() -> None:
    assert read("🎉 who won the 2️⃣nd race? 👩‍👩‍👧") == read("who won the 2 nd race?")
