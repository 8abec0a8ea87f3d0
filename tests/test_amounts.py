"""Amounts: which are the same, which differ, and which cannot be compared."""

import pytest

from index.types import Span
from index.words.amounts import agree, amounts


def compared(one: str, other: str) -> bool | None:
    return agree(*(amounts(text, Span(0, len(text))) for text in (one, other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 years", "24 months"),
        ("1 hour 30 minutes", "90 min"),
        ("2 days and 12 hours", "60 hours"),
        ("30 days", "a notice of 1 month"),
        ("52 weeks", "1 year"),
        ("20 kg", "20kg"),
        ("20 kg", "20,000 g"),
        ("5 km", "5,000 metres"),
        ("3 litres", "3000ml"),
        ("£900m", "£0.9 billion"),
        ("10%", "ten per cent"),
        ("121 °C", "121 degrees"),
        ("98 feet", "30 m"),
        ("100 miles", "160 km"),
        ("20 lbs", "9 kg"),
        ("20", "20 minutes"),
        ("2.4.0", "v2.4.0"),
    ],
)
def test_amounts_are_equal_in_whatever_unit_they_are_told(one: str, other: str) -> None:
    assert compared(one, other) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 years", "30 months"),
        ("4 weeks", "1 month"),
        ("30 days", "2 months"),
        ("£5", "£3"),
        ("100 m", "99 m"),
        ("6 feet", "71 inches"),
        ("98 feet", "35 m"),
        ("5%", "6 per cent"),
        ("200 chairs", "250 blue chairs"),
        ("12", "14 characters"),
        ("2.4.0", "2.5.0"),
    ],
)
def test_amounts_of_one_kind_differ(one: str, other: str) -> None:
    assert compared(one, other) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("20 minutes", "five slides"),
        ("£5", "$6"),
        ("5%", "£5"),
        ("8 people", "10 visits"),
        ("100 °C", "212 °F"),
        ("20 kg", "20 cm"),
        ("F-35", "35 planes"),
        ("20 minutes", "soon"),
    ],
)
def test_amounts_of_two_kinds_cannot_be_compared(one: str, other: str) -> None:
    assert compared(one, other) is None


def test_the_unit_is_read_where_the_number_alone_is_marked() -> None:
    text = "at most five slides, 20 minutes"
    (five,), (twenty,) = amounts(text, Span(8, 12)), amounts(text, Span(21, 23))
    assert (five.kind, twenty.kind, twenty.number) == ("slide", "days", 20)
