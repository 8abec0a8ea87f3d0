"""What tells a time of which no date is made."""

import pytest
from dated import THURSDAY
from soon import soon

from index.dates import unresolved


def untold(text: str, now: str | None = None) -> list[str]:
    """The time words of which no date is made."""
    return [text[s.start : s.end] for s in unresolved(text, document_date=now)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("paid on 03/04/2020", ["03/04/2020"]),
        ("the fire on 12 July", ["12 July"]),
        ("the May 5 attack", ["May 5"]),
        ("said last Tuesday", ["last Tuesday"]),
        ("next September", ["next September"]),
        ("about three years ago", ["three years ago"]),
        ("paid on 3/4/20", ["3/4/20"]),
        ("closed from Monday to Friday", ["Monday to Friday"]),
        ("shut between Monday and Friday", ["Monday and Friday"]),
        ("in the fiscal year 2022/23", ["fiscal year 2022/23"]),
        ("in FY 2022-23", ["FY 2022-23"]),
        ("She was to join in May", ["May"]),
        ("in the 1990s", ["1990s"]),
        ("mended in the late 90s", ["late 90s"]),
        ("on Good Friday", ["Good Friday"]),
        ("on Halloween", ["Halloween"]),
        ("on St. Patrick's Day", ["St. Patrick's Day"]),
        ("in week 12", ["week 12"]),
        ("in CW 12", ["CW 12"]),
        ("in KW 12/2025", ["KW 12/2025"]),
        ("at the end of the quarter", ["the end of the quarter"]),
        ("on 05.02. they", ["05.02."]),
        ("the following Monday", ["the following Monday"]),
        ("a year later he left", ["a year later"]),
        ("a couple of weeks ago", ["a couple of weeks ago"]),
        *((f"{many} weeks ago", [f"{many} weeks ago"]) for many in ("some", "many", "several")),
        ("two years earlier he left", ["two years earlier"]),
        ("on the previous day", ["the previous day"]),
        ("in the preceding year", ["the preceding year"]),
        ("in the same month", ["the same month"]),
        ("in the last week", ["the last week"]),
        ("in the coming month", ["the coming month"]),
        ("at the start of the decade", ["the start of the decade"]),
        ("at the turn of the century", ["the turn of the century"]),
        ("sold last winter", ["last winter"]),
        ("in the third quarter sales rose", ["the third quarter"]),
        ("in the third quarter of 2018 sales rose", []),
        ("A day later, on 2 May, he left", []),
        ("at the weekend", ["the weekend"]),
        ("over the past two years", ["the past two years"]),
        ("they have until Monday", ["Monday"]),
        ("delayed until September", ["September"]),
        *(
            (f"sent {by} Monday", ["Monday"])
            for by in "by till before after from since for".split()
        ),
        *((f"sent {by} March", ["March"]) for by in "by till before after from".split()),
        ("on the 13th.", ["the 13th"]),
        ("at Christmas", ["Christmas"]),
        ("on Easter Monday", ["Easter Monday"]),
        ("over Thanksgiving", ["Thanksgiving"]),
        ("before Ramadan", ["Ramadan"]),
        ("on Boxing Day", ["Boxing Day"]),
        ("In 1940 he left. On May 10 he", ["May 10"]),
        ("He died 10 years ago today", ["today"]),
        ("It opened a week ago yesterday", ["yesterday"]),
        ("the 7 July bombings", ["7 July"]),
        ("in about two weeks' time", ["in about two weeks' time"]),
        ("the weekend after next", ["the weekend after next"]),
        ("It will open on Monday week", ["Monday"]),
    ],
)
def test_time_words_of_which_no_date_can_be_made_are_told(text: str, words: list[str]) -> None:
    assert untold(text, THURSDAY) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("opened in 2014 and moved last June", ["last June"]),
        ("said yesterday that on 5 May", ["yesterday", "5 May"]),
        ("in May 2018", []),
    ],
)
def test_without_a_documents_date_what_needs_it_is_untold(text: str, words: list[str]) -> None:
    assert untold(text) == words


@pytest.mark.parametrize(
    "text",
    [
        *(
            "in May",
            "met on Sunday",
            "last year",
            "in 2018",
            "Theresa May",
            "you may 5",
            "(2000 copies)",
        ),
        *("by 2000 votes", "May 10 people", "USA TODAY", "every Sunday", "in 2000 people"),
        *("in her 90s", "At the end of the day", "on 45.02. they", "in 11/2024", "week 12 of 40"),
        *("half of them", "on the 13th floor", "the quarter", "Sunday Times"),
    ],
)
def test_dates_and_what_is_no_time_are_not_untold(text: str) -> None:
    assert untold(text, THURSDAY) == []


def test_a_hostile_line_of_dates_has_no_time_words_left_and_is_read_in_one_pass() -> None:
    with soon():
        assert untold("two weeks ago " * 20_000, THURSDAY) == []
