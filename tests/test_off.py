"""What says that a plan, a rule or a meeting is off, and what does not."""

import pytest

from index.answers.off import is_off, names_off, things_off


@pytest.mark.parametrize(
    "text",
    [
        "The winter fair has been cancelled.",
        "Council cancels winter fair.",
        "The department has pulled the amendment.",
        "The rule was quietly dropped in May.",
        "They said that the levy would be abolished.",
        "On 3 May the council cancelled the fair.",
        "The race will not go ahead.",
        "The race isn't taking place.",
        "The levy is no longer charged.",
        "If you have paid: the trip is off, it was called off today.",
        "The trip is put off.",
        "CANCELLED: the winter fair",
        "The levy got dropped.",
        "The levy is being withdrawn.",
        "The rule is now suspended.",
        "They dropped plans for a bridge.",
        "The winter fair is cancelled, so ask at the desk if you have paid.",
        "You should know it was cancelled.",
        "The race won't take place.",
        "The plan will not go forward.",
    ],
)
def test_a_text_may_tell_that_what_was_planned_is_off(text: str) -> None:
    assert is_off(text)


@pytest.mark.parametrize(
    "words",
    (
        "abolished canceled discontinued postponed repealed rescinded revoked scrapped abandoned"
        " overturned reversed shelved suspended withdrawn"
    ).split(),
)
def test_what_was_ended_is_off(words: str) -> None:
    assert is_off(f"The levy was {words} by the council.")


@pytest.mark.parametrize(
    "words",
    (
        "abolishes postpones abandons abandoned drops dropped overturns pulls reverses scraps"
        " shelves suspended withdrew withdraws"
    ).split(),
)
def test_what_somebody_ends_is_off(words: str) -> None:
    assert is_off(f"The council {words} the levy.")


@pytest.mark.parametrize(
    "text",
    [
        "The winter fair will not be cancelled.",
        "The winter fair hasn't yet been cancelled.",
        "A booking may be cancelled up to a day before.",
        "The levy should be scrapped, she said.",
        "The fair will be cancelled if it snows.",
        "If the fair is called off, tickets are paid back.",
        "Anyone who cancels a place loses the fee.",
        "A talk is no longer than five minutes.",
        "Scraps of food go into the bin.",
        "Sales dropped by 5 per cent.",
        "A lorry overturned on the road.",
        "The abandoned quarry is a nature reserve.",
        "The play pulled in a crowd.",
        "The fee does not go to the tutor.",
        "The child was pulled out of the river.",
        "The old pier was pulled down.",
        "The key was dropped off at the gate.",
        "The levy could be scrapped.",
        "The levy might be scrapped, she said.",
        "The levy cannot be scrapped.",
        "The İzmir trip may be cancelled.",
        "The İzmir trip cannot be cancelled.",
        "The İİİİİİ trip is cancelled if it snows.",
        "The levy was never scrapped.",
        "Unless the fair is called off, tickets are valid.",
        "Places are cancelled unless the fee is paid.",
        "Licences are revoked where the fee is not paid.",
    ],
)
def test_what_may_be_off_or_is_something_else_is_not_told_to_be_off(text: str) -> None:
    assert not is_off(text)


@pytest.mark.parametrize(
    ("text", "name", "beside"),
    [
        ("The winter fair has sadly had to be cancelled.", "fair", "winter"),
        ("Winter fair cancelled after a storm.", "fair", "winter"),
        ("Council cancels winter fair.", "fair", "winter"),
        ("On 3 May the council cancelled the fair.", "fair", ""),
        ("After the storm the winter fair was put off.", "fair", "winter"),
        ("The race and the winter fair are cancelled.", "fair", "winter"),
        ("The winter fair planned for 20 January was called off.", "fair", "winter planned for"),
        ("The winter fair next Saturday will not take place.", "fair", "winter next"),
        ("This year's winter fair isn't taking place.", "fair", "winter"),
        ("The raffle of the winter fair was cancelled.", "raffle", "of winter fair"),
        ("The fair's raffle has been cancelled.", "raffle", "fair's"),
        ("The fair raffle was cancelled.", "raffle", "fair"),
        ("The İzmir trip was cancelled.", "trip", "izmir"),
        ("Raffle of winter fair cancelled.", "raffle", "of winter fair"),
        ("We have cancelled the raffle at the winter fair.", "raffle", "at winter fair"),
        ("The winter fair has cancelled its raffle.", "raffle", "its winter fair"),
        ("The council dropped the plans for the winter fair.", "plans", "for winter fair"),
        ("If you have paid: it was called off today.", "it", ""),
    ],
)
def test_what_is_off_is_named_with_what_it_is_of(text: str, name: str, beside: str) -> None:
    (thing,) = things_off(text)
    assert thing.names == (name,)
    assert set(beside.split()) <= set(thing.beside)


def test_of_two_things_with_one_article_both_are_named() -> None:
    (thing,) = things_off("The winter fair and race are cancelled.")
    assert thing.names == ("fair", "race")


def test_what_will_not_be_cancelled_is_no_thing_that_is_off() -> None:
    assert things_off("The winter fair will not be cancelled.") == []


@pytest.mark.parametrize("text", ["The fair may be cancelled.", "CANCELLED if it snows"])
def test_what_may_be_off_has_words_for_it(text: str) -> None:
    assert names_off(text)
