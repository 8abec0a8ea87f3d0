"""Follow-ups are read with the question before; complete questions are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.followup import read_follow_up
from index.types import Reading

BEFORE = [Reading("when was the 10% rule dropped?")]


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("and who recommended it?", "who recommended it?"),
        ("when?", "when?"),
        ("why", "why"),
        ("how come?", "how come?"),
        ("what year?", "what year?"),
        ("which month?", "which month?"),
        ("when exactly?", "when exactly?"),
        ("did they say why?", "did they say why?"),
        ("ok, and when was that?", "when was that?"),
        ("thanks! when was that?", "when was that?"),
        ("since when?", "since when?"),
        ("in which year?", "in which year?"),
        ("by whom?", "by whom?"),
        ("how long did it take?", "how long did it take?"),
        ("who else was listed?", "who else was listed?"),
        ("who owns the rest?", "who owns the rest?"),
        ("what happened next?", "what happened next?"),
        ("how many were there?", "how many were there?"),
        ("did it exceed 5%?", "did it exceed 5%?"),
        ("tell me more", "tell me more"),
        ("what about Nokia?", "when for Nokia?"),
        ("and in Scotland?", "when in Scotland?"),
        ("how many died?", "how many died?"),
    ],
)
def test_a_follow_up_has_the_question_before_it_as_its_topic(question: str, reading: str) -> None:
    assert str(read_follow_up(question, BEFORE)) == f"{reading} (when was the 10% rule dropped)"


@pytest.mark.parametrize(
    ("before", "question", "reading"),
    [
        ("when was Ericsson cleared?", "what about Nokia?", "when was Nokia cleared?"),
        ("when was Ericsson cleared?", "Nokia?", "when was Nokia cleared?"),
        ("when was Ericsson cleared?", "same for Nokia?", "when was Nokia cleared?"),
        ("who won it in 2021?", "and in 2023?", "who won it in 2023?"),
        ("who won it in 2021?", "what about 2023?", "who won it in 2023?"),
        ("who voted for 5%?", "and 15%?", "who voted for 15%?"),
        ("who voted in 2021 for 5%?", "and 15%?", "who voted in 2021 for 15%?"),
        ("who is the CEO of Huawei?", "and Nokia?", "who is the CEO of Nokia?"),
        ("who is the CEO of Huawei?", "and the owner?", "who is the owner of Huawei?"),
        ("how long is leave for fathers?", "and for mothers?", "how long is leave for mothers?"),
        ("how long is leave for fathers?", "and mothers?", "how long is leave for mothers?"),
        ("is first class allowed?", "what about business class?", "is business class allowed?"),
        ("when was the charge dropped?", "and the new levy?", "when was the new levy dropped?"),
        ("when did the House vote?", "the Senate?", "when did the Senate vote?"),
        ("what year did the House vote?", "the Senate?", "what year did the Senate vote?"),
        ("what year was the rule dropped?", "the levy?", "what year was the levy dropped?"),
        ("who is the CEO of Huawei?", "and the CEO of Nokia?", "who is the CEO of Nokia?"),
        ("who is the CEO?", "and the CEO of Nokia?", "who is the CEO of Nokia?"),
        (
            "when was the head of sales fired?",
            "the head of tax?",
            "when was the head of tax fired?",
        ),
        (
            "what is the fee for teams in May?",
            "and the fee for guests in June?",
            "what is the fee for guests in June?",
        ),
        ("who led the board since 2019?", "and since 2021?", "who led the board since 2021?"),
        ("who works outside Leeds?", "and outside York?", "who works outside York?"),
        ("how much is a room per day?", "and per week?", "how much is a room per week?"),
        ("who spoke about the levy?", "and about the ban?", "who spoke about the ban?"),
        ("when is the rent due?", "and the deposit?", "when is the deposit due?"),
        ("what is the limit in May?", "per night?", "what per night? (what is the limit in May)"),
        ("when was the Oslo office sold?", "and Bergen?", "when was the Bergen office sold?"),
        ("when was the Oslo office sold?", "the Bergen one?", "when was the Bergen office sold?"),
        ("when was the Oslo office sold?", "I meant Bergen", "when was the Bergen office sold?"),
        ("when was the Oslo office sold?", "no I meant Bergen", "when was the Bergen office sold?"),
        ("when was the Oslo office sold?", "Bergen, I mean", "when was the Bergen office sold?"),
        ("when was the Oslo office sold?", "Bergen too?", "when was the Bergen office sold?"),
        ("is the Oslo office open?", "is Bergen?", "is the Bergen office open?"),
        ("when does the course start?", "and end?", "when does the course end?"),
        ("when will the ferry arrive?", "and leave?", "when will the ferry leave?"),
        ("when was the hall opened?", "and closed?", "when was the hall closed?"),
        (
            "when does the course start?",
            "and parking?",
            "when for parking? (when does the course start)",
        ),
        ("did Anna resign?", "did Bob?", "did Bob resign?"),
        ("who is the CEO of Acme?", "what about the CFO?", "who is the CFO of Acme?"),
        ("when was it sold?", "and then?", "and then? (when was it sold)"),
        ("is it open till Friday?", "and till Saturday?", "is it open till Saturday?"),
        ("what is the code of the IT desk?", "and of payroll?", "what is the code of payroll?"),
        ("what is the code of the IT desk?", "of the HR team?", "what is the code of the HR team?"),
        ("what is the budget for 2025?", "and in 2024?", "what is the budget for 2024?"),
        ("who won the 2021 cup?", "and in 2023?", "who won the 2023 cup?"),
        ("what does an oak panel 20 mm cost?", "30 mm?", "what does an oak panel 30 mm cost?"),
        ("how much is a green 5 m cable?", "10 m?", "how much is a green 10 m cable?"),
        ("is a panel 20 mm thick?", "the 30 mm?", "is a panel 30 mm thick?"),
        ("is the old Oslo hall open?", "the Bergen hall?", "is the Bergen hall open?"),
        ("who signs above 500 euros?", "above 2,000 euros?", "who signs above 2,000 euros?"),
        ("who signs above 500 euros?", "below 500 euros?", "who signs below 500 euros?"),
        ("who signs under 5 km?", "and over 5 km?", "who signs over 5 km?"),
        (
            "who signs for trips?",
            "without receipts?",
            "who without receipts? (who signs for trips)",
        ),
    ],
)
def test_a_part_takes_the_place_of_what_is_like_it(
    before: str, question: str, reading: str
) -> None:
    assert str(read_follow_up(question, [Reading(before)])) == reading


@pytest.mark.parametrize(
    ("before", "question", "reading"),
    [
        ("who won the cup in 2021?", "and in Leeds?", "who in Leeds? (who won the cup in 2021)"),
        ("who led it since 2019?", "and in 2015?", "who in 2015? (who led it since 2019)"),
        ("who led it in 2015?", "since 2019?", "who since 2019? (who led it in 2015)"),
        ("who signs above 500 euros?", "£500?", "who for £500? (who signs above 500 euros)"),
        ("when was Ericsson cleared?", "by Nokia?", "when by Nokia? (when was Ericsson cleared)"),
        (
            "which office closed?",
            "the Leeds office?",
            "which for the Leeds office? (which office closed)",
        ),
    ],
)
def test_where_nothing_is_like_a_part_it_is_added(before: str, question: str, reading: str) -> None:
    assert str(read_follow_up(question, [Reading(before)])) == reading


def test_of_two_names_either_may_be_meant() -> None:
    read = read_follow_up("what about Havers?", [Reading("when did Ostrel buy Valdane?")])
    assert read == Reading(
        "when did Havers buy Valdane?", otherwise=Reading("when did Ostrel buy Havers?")
    )
    read = read_follow_up("what about Bath?", [Reading("was Leeds, York or Hull chosen?")])
    assert read == Reading(
        "was Bath, York or Hull chosen?", otherwise=Reading("was Leeds, Bath or Hull chosen?")
    )


@pytest.mark.parametrize(
    "question",
    [
        "Who is the CEO of Huawei?",
        "And who is the chief security officer of Huawei?",
        "how much did Huawei spend with British businesses?",
        "When did Trump say that he would allow it?",
        "when did the 25% rule begin?",
        "how long does it usually take to get a new export licence?",
        "Is it true that fees rise?",
        "in what year was the white paper published?",
        "If a matter is not reserved, who decides?",
        'who said "it was a betrayal"?',
        'who said "they would be fine"?',
    ],
)
def test_a_complete_question_is_never_bent(question: str) -> None:
    assert read_follow_up(question, BEFORE) == Reading(question)


@pytest.mark.parametrize(
    "question",
    [
        "what is inflation?",
        "Who resigned?",
        "Is there a date for the licences?",
        "How long does it take to get a licence?",
        "what happened this year?",
        "who is one of the founders?",
        "when is the next meeting?",
        'who called it "a betrayal"?',
    ],
)
def test_one_that_is_short_is_read_alone_and_else_with_its_topic(question: str) -> None:
    read = read_follow_up(question, BEFORE)
    assert str(read) == question
    assert read.otherwise == Reading(question, "when was the 10% rule dropped")


@pytest.mark.parametrize(
    "question",
    [
        "can employees bring their dogs?",
        "how do users reset their passwords?",
        "when should an employee tell his manager?",
        "are guests charged for their breakfast?",
        "how does the lake lose its water?",
        "how do I book a room and cancel it?",
        "who is the chair of the board and what is her email?",
    ],
)
def test_one_that_may_point_at_a_word_of_its_own_is_read_with_its_topic_or_alone(
    question: str,
) -> None:
    read = read_follow_up(question, BEFORE)
    assert read == Reading(question, "when was the 10% rule dropped", otherwise=Reading(question))


@pytest.mark.parametrize(
    "question",
    [
        "who proposed and seconded it?",
        "when did they publish it?",
        "did the board approve her contract?",
        "did the trustees accept their offer?",
        "why do guests like his cooking?",
        "what is the name of their manager?",
        "did the team change it and publish it?",
        "did the board meet and approve it?",
        "can employees leave their dogs there?",
    ],
)
def test_one_that_points_at_no_word_of_its_own_is_read_with_its_topic_alone(question: str) -> None:
    assert read_follow_up(question, BEFORE) == Reading(question, "when was the 10% rule dropped")


def test_without_a_question_before_there_is_nothing_to_follow() -> None:
    assert read_follow_up("and who recommended it?", []) == Reading("and who recommended it?")


def readings(*questions: str) -> list[str]:
    """How each question of a conversation is read, without the other way."""
    before: list[Reading] = []
    for question in questions:
        before.append(read_follow_up(question, before))
    return [str(reading) for reading in before]


def test_a_day_or_a_month_is_no_name_of_what_is_asked_about() -> None:
    asked = "is the east gate locked at night?"
    for own in ("is it locked on Sundays?", "is it open in June?"):
        assert readings(asked, own)[1] == f"{own} ({asked[:-1]})"


def test_a_question_that_is_asked_again_is_not_about_itself() -> None:
    asked = "when was the rule dropped?", "who recommended it?", "and who recommended it?"
    read = "who recommended it? (when was the rule dropped)"
    assert readings(*asked, asked[1]) == [asked[0], read, read, read]


def test_nothing_but_a_name_is_asked_what_was_asked_of_another() -> None:
    before = [Reading("when was Ericsson cleared?")]
    read = Reading("when was Nokia cleared?")
    assert read_follow_up("what about Nokia?", before) == read
    assert read_follow_up("what about the Nokia deal?", before).otherwise


def test_a_topic_is_the_last_question_and_the_one_that_it_goes_back_to() -> None:
    _, who, when, why = readings(
        "who leads Valdane?", "and who will succeed her?", "when?", "and who proposed her?"
    )
    assert who == "who will succeed her? (who leads Valdane)"
    assert when == "when? (who will succeed her; who leads Valdane)"
    assert why == "who proposed her? (who leads Valdane)"


@pytest.mark.parametrize("before", ["actually, ", "sorry, ", "no, I meant ", "oh, "])
def test_a_complete_question_that_corrects_the_last_is_not_bent(before: str) -> None:
    question = "who is the head of sales?"
    assert read_follow_up(f"{before}{question}", BEFORE) == read_follow_up(question, BEFORE)


@pytest.mark.parametrize("said", ["no, thanks", "sorry", "I mean", "no problem"])
def test_what_corrects_nothing_is_read_as_it_is(said: str) -> None:
    assert read_follow_up(said, BEFORE) == Reading(said)


def test_what_is_asked_for_is_named_once() -> None:
    before = [read_follow_up("what for guests?", [Reading("what is the wifi password?")])]
    assert read_follow_up("and staff?", before).question == "what for staff?"


def test_what_only_asks_is_no_topic() -> None:
    assert readings("what is the key rate of Sarnia?", "since when?", "until when?")[1:] == [
        "since when? (what is the key rate of Sarnia)",
        "until when? (what is the key rate of Sarnia)",
    ]


def test_one_part_after_another_takes_the_place_of_the_former() -> None:
    assert readings("when was Huawei banned?", "what about Ericsson?", "and Nokia?")[1:] == [
        "when was Ericsson banned?",
        "when was Nokia banned?",
    ]
    assert readings("how much is the meal allowance?", "and hotels?", "and trains?")[1:] == [
        "how much for hotels? (how much is the meal allowance)",
        "how much for trains? (how much is the meal allowance)",
    ]


def test_a_part_takes_the_place_of_what_all_goes_back_to() -> None:
    asked = ("when does the dredger arrive?", "and the cost?", "when was it ordered?")
    assert readings(*asked, "what about the crane?")[3] == "when was the crane ordered?"
    asked = ("who is the treasurer?", "when did she start?")
    assert readings(*asked, "and the secretary?")[2] == "when did the secretary start?"
    asked = ("who leads Valdane?", "and who will succeed her?", "when?")
    assert readings(*asked, "what about Acme?")[3] == (
        "when? (who will succeed her; who leads Acme)"
    )


def test_a_part_takes_its_place_in_the_topic_too() -> None:
    assert readings("when did the House pass the bill?", "who opposed it?", "the Senate?")[2] == (
        "who opposed it? (when did the Senate pass the bill)"
    )


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_can_be_read(question: str, before: list[str]) -> None:
    read = read_follow_up(question, [Reading(text) for text in before])
    assert bool(str(read)) == bool(question)


def test_of_a_long_question_the_first_words_are_the_topic() -> None:
    long = Reading("who knows " + "very " * 300 + "much?")
    assert len(str(read_follow_up("when?", [long])).split()) == 26


def test_one_that_is_too_long_to_be_asked_is_read_as_it_is() -> None:
    long = Reading("and " + "." * 1_000_000 + "who?")
    assert read_follow_up(long.question, BEFORE) == long


@pytest.mark.parametrize("hostile", ["thanks!{}x", "when{}x", "{}", "is it{}true", "what about{}x"])
@pytest.mark.parametrize("unit", [" ", ".", "it takes ", "1-2 Jan ", '"', "'s"])
def test_hostile_questions_are_read_as_any_other(hostile: str, unit: str) -> None:
    question = hostile.format(unit * (1900 // len(unit)))
    assert str(read_follow_up(question, BEFORE))
    assert str(read_follow_up("and Nokia?", [Reading(question)]))
