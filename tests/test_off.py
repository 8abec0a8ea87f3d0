"""What says that a plan, a rule or a meeting is off, and what does not."""

import pytest

from index.off import is_off


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
    ],
)
def test_what_is_off(text: str) -> None:
    assert is_off(text)


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
    ],
)
def test_what_is_not_off(text: str) -> None:
    assert not is_off(text)
