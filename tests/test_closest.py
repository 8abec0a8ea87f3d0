"""What comes closest to a sentence that is nowhere, and what differs."""

from pathlib import Path

import pytest
from conftest import Verify
from verified import differing, indexed, marked

FEES = (
    "The fee for members is 15% of the price. The fee for guests, however, is not due in May.\n\n"
    "Ada Lovelace signed the lease in 2019."
)


@pytest.mark.parametrize(
    ("sentence", "closest", "own", "theirs"),
    [
        (
            "The fee for members is 5% of the price.",
            "The fee for members is 15% of the price.",
            ["5%"],
            ["15%"],
        ),
        (
            "the fee for guests, however, is due in May",
            "The fee for guests, however, is not due in May.",
            [],
            ["not"],
        ),
        (
            "Ada Byron signed the lease in 2019.",
            "Ada Lovelace signed the lease in 2019.",
            ["Byron"],
            ["Lovelace"],
        ),
        ("signed the lease in June 2019", "Ada Lovelace signed the lease in 2019.", ["June"], []),
        (
            "The fee for guests is not due.",
            "The fee for guests, however, is not due in May.",
            [],
            [", however,"],
        ),
        (
            "The fee for guests, however, is not due in May. Ada Byron signed the lease.",
            FEES[41:],
            ["Byron"],
            ["Lovelace"],
        ),
        (
            "signed the (lease)",
            "Ada Lovelace signed the lease in 2019.",
            ["(lease)"],
            ["lease in 2019"],
        ),
    ],
)
def test_the_closest_words_are_shown_with_what_differs(
    verify: Verify, sentence: str, closest: str, own: list[str], theirs: list[str]
) -> None:
    verdict = verify(sentence, FEES)
    assert verdict.places == ()
    first = verdict.closest[0]
    assert (first.text, differing(verdict), marked(first)) == (closest, own, theirs)


def test_of_several_that_are_close_none_overlaps_another_and_the_first_says_what_differs(
    verify: Verify,
) -> None:
    verdict = verify(
        "The fee for members is 5% of the whole price.",
        "The fee for members is 15% of the price. It is due in May.",
        "The fee for guests is 20% of the price.",
        "Members sing in the hall.",
    )
    assert [quote.text for quote in verdict.closest] == [
        "The fee for members is 15% of the price.",
        "The fee for guests is 20% of the price.",
    ]
    assert differing(verdict) == ["5%", "whole"]


@pytest.mark.parametrize(
    ("sentence", "text", "own", "theirs"),
    [
        ("ten per cent is still high", "20% is still high.", ["ten per cent"], ["20%"]),
        ("it cost two million pounds", "It cost 3 million pounds.", ["two million"], ["3 million"]),
        (
            "it cost two million euros",
            "It cost two hundred million euros.",
            ["two million"],
            ["two hundred million"],
        ),
        ("2p each in Leeds", "It costs 4.2p each in Leeds.", ["2p"], ["4.2p"]),
        (
            "the fire went out and was put out",
            "The fire went out ... and was put out.",
            [],
            ["..."],
        ),
    ],
)
def test_a_number_in_words_differs_with_its_unit_and_dots_together(
    verify: Verify, sentence: str, text: str, own: list[str], theirs: list[str]
) -> None:
    verdict = verify(sentence, text)
    assert (differing(verdict), marked(verdict.closest[0])) == (own, theirs)


@pytest.mark.parametrize(
    ("sentence", "text", "own", "theirs"),
    [
        ("Lorries may cross it.", "No lorries may cross it.", [], ["No"]),
        ("Of our animals cats are", "Of our animals cats are not allowed.", [], ["not"]),
        ("The allowance abroad is 52", "The allowance abroad is 52 euros.", [], ["52 euros"]),
        ("The version is 2.4.0", "The version is 2.4.0-rc1 now.", [], ["2.4.0-rc1"]),
        ("25 °C are fine", "Inside, 20–25 °C are fine.", [], ["20–25 °C"]),
        ("It lasted two", "It lasted two and a half years.", [], ["two and a half"]),
        ("£1.2", "The £1.2m budget.", ["£1.2"], ["£1.2m"]),
        ("The rule is un", "The rule is un-\ncertain for now.", [], ["un-"]),
    ],
)
def test_where_no_word_differs_what_was_cut_is_marked(
    verify: Verify, sentence: str, text: str, own: list[str], theirs: list[str]
) -> None:
    verdict = verify(sentence, text)
    assert (differing(verdict), marked(verdict.closest[0])) == (own, theirs)


@pytest.mark.parametrize(
    ("text", "sentence", "own", "theirs"),
    [
        (
            "*Never* pay in cash at the **main** gate.",
            "Always pay in cash at the main gate.",
            ["Always"],
            ["Never"],
        ),
        (
            "The limit is `MAX_ROWS=500` for now.",
            "The limit is MAX_ROWS=400 for now",
            ["400"],
            ["500"],
        ),
        (
            "Ask [the warden](staff.md#w) for a key.",
            "Ask the steward for a key.",
            ["steward"],
            ["warden"],
        ),
        ("**By: Chidi Eze.** Seen by *two* others.", "By: Chidi Ezeh.", ["Ezeh"], ["Eze"]),
        (
            "The **dark _green_** boat is for hire.",
            "The deep red boat is for hire.",
            ["deep red"],
            ["dark _green"],
        ),
        (
            "The theft of three bicycles was re-\nported by a firm.",
            "The theft of three bicycles was reported by a friend.",
            ["friend"],
            ["firm"],
        ),
        ("The *fee* is due.", "The *rent* is due.", ["rent"], ["fee"]),
        (
            "Its standards-essential patents are Ann's, twenty-two per cent of all.",
            "Its standards–essential patent are Ann`s, twenty–two per cent of all.",
            ["patent"],
            ["patents"],
        ),
        ("The over-40s pay 10–15% here.", "The over—40s pay 10-16% here.", ["16%"], ["15%"]),
    ],
)
def test_marks_that_a_reader_does_not_see_and_typography_are_no_difference(
    tmp_path: Path, text: str, sentence: str, own: list[str], theirs: list[str]
) -> None:
    verdict = indexed(tmp_path, {"a.md": f"First things.\n\n{text}\n\nLast."}).verify(sentence)
    assert (differing(verdict), marked(verdict.closest[0])) == (own, theirs)


def test_one_word_of_three_is_not_close(verify: Verify) -> None:
    text = "Q. Where is the key?\nA. Behind Unit 4, under the mat."
    assert verify("The safe is behind the painting", text).closest == ()


def test_nothing_is_called_close_that_only_shares_small_words(verify: Verify) -> None:
    verdict = verify("The moon is made of the cheese.", FEES)
    assert (verdict.places, verdict.closest, verdict.differs) == ((), (), ())
