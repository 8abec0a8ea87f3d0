"""What a page says of dates: the answer's, its document's, the heading's, or that there is none."""

from dataclasses import replace

import pytest
from printed import answer, quote, seen

from bot.wording import in_words
from index.types import Reading, When


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2020-01-28", "28 January 2020"), ("2019-12-07", "7 December 2019"), ("2019-05", "May 2019")],
)
def test_a_date_is_said_as_precisely_as_it_is_known(iso: str, words: str) -> None:
    assert in_words(iso) == words


@pytest.mark.parametrize(
    ("iso", "line"),
    [
        ("2019-05", "reported in May 2019, the document's own date; the passage states none"),
        ("2019", "reported in 2019, the document's own date; the passage states none"),
    ],
)
def test_a_document_dated_to_a_month_or_a_year_reported_in_it(iso: str, line: str) -> None:
    shown = seen(answer(quote("Yes."), when=When(iso, "document", iso)), 80)
    assert shown.startswith(f"{line}\n\n")


@pytest.mark.parametrize(
    ("when", "line"),
    [
        (
            When("2025-05-12", "document", "12 May 2025", above=True),
            "reported on 12 May 2025, the date above the passage, which states none",
        ),
        (
            When("2025-02-01", "relative", "Saturday", above=True),
            '1 February 2025, worked out from "Saturday" and the date before it',
        ),
    ],
)
def test_a_date_of_the_heading_above_is_said_to_be_that(when: When, line: str) -> None:
    told = quote("Yes.", date="2025-06-01")
    assert seen(answer(told, when=when), 80).startswith(f"{line}\n\n")


def test_of_a_date_above_that_is_yet_to_come_for_the_document_nothing_is_reported() -> None:
    when = When("2025-05-12", "document", "12 May 2025", above=True)
    planned = quote("The band plays.", date="2025-03-01")
    line = "12 May 2025, the date above the passage, which states none"
    assert seen(answer(planned, when=when), 80).startswith(f"{line}\n\n")
    within = replace(planned, date="2025")
    assert seen(answer(within, when=when), 80).startswith(f"reported on {line}\n\n")


def test_a_when_of_which_no_date_can_be_made_shows_what_the_passage_says() -> None:
    told = quote("It opens next\nspring, he said.", bold="next\nspring")
    when = replace(answer(told), question="when does it open?")
    assert seen(when, 80).startswith('no date, only what the passage says: "next spring"\n\n')


def test_a_date_that_only_the_question_before_asked_for_is_not_missed() -> None:
    reading = Reading("and the 25% one?", "when was the 10% rule dropped")
    told = replace(answer(quote("Yes.")), question=str(reading), reading=reading)
    assert seen(told, 80).startswith("│ Yes.\n")


def test_a_when_without_any_date_is_said_to_have_none() -> None:
    undated = replace(answer(quote("Yes.", date=None)), question="when was it?")
    assert seen(undated, 80).startswith(
        "no date: neither the passage nor its document gives one\n\n"
    )
    assert seen(replace(undated, question="what was it?"), 80).startswith("│ Yes.\n")
