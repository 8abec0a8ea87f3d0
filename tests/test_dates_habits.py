"""What tells a time that comes again, or how long it is until one, which has no date."""

import pytest
from soon import soon

from index.dates import ahead, recurring


def habits(text: str) -> list[str]:
    return [text[s.start : s.end] for s in recurring(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is staffed from 9 to 19.", "from 9 to 19"),
        ("The hours change: open from 10 to 20 for members", "from 10 to 20"),
        ("The bar moved up, it is open from 9 to 19 on Mondays", "from 9 to 19 on Mondays"),
        ("Opening hours have changed and are now from 10 to 20.", "from 10 to 20"),
        ("The hours are extended from 9:00 to 19:00.", "from 9:00 to 19:00"),
        ("The early shift runs from 6 to 14.", "from 6 to 14"),
        ("The lower pool and the rose garden are open from 9 to 17.", "from 9 to 17"),
        ("open between 8 and 10 on weekdays", "between 8 and 10 on weekdays"),
        ("from 8.30 to 10:45 except in May", "from 8.30 to 10:45"),
        ("The kiosk is open 9-17.", "9-17"),
        ("Reception: Mon-Fri 9–17", "Mon-Fri 9–17"),
        ("open 9 am - 5 pm daily", "9 am - 5 pm daily"),
        ("soup every Tuesday", "every Tuesday"),
        ("met every other week", "every other week"),
        ("on Thursdays", "Thursdays"),
        ("films at weekends", "weekends"),
        ("open Monday to Friday", "Monday to Friday"),
        ("the first Friday of each month", "the first Friday of each month"),
        ("serviced twice a year.", "twice a year"),
        ("printed weekly.", "weekly"),
        ("shown on request", "on request"),
    ],
)
def test_a_time_that_comes_again_is_told(text: str, words: str) -> None:
    assert habits(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        *("The fee goes up from 10 to 20 for members.", "It rose from 8 to 9, and fell"),
        *("from 9 to 19 members", "between 8 and 10 percent", "They won 3-2.", "Final: 3-2"),
        *(
            "pages 3-4, of which",
            "Oxford beat Poole 2-1 in May",
            "the daily menu",
            "a weekly paper",
            "Everyday life",
            "on Tuesday",
        ),
        *(
            "in the last week of May",
            "the last month of the year",
            "raised from 18 to 21 if",
            "call 020-11",
            "at her request",
            "once a mayor",
        ),
    ],
)
def test_what_counts_names_or_is_once_is_no_habit(text: str) -> None:
    assert habits(text) == []


def test_only_what_lies_between_two_places_is_told() -> None:
    text = "every day, every week, every month"
    assert [text[s.start : s.end] for s in recurring(text, start=5, end=21)] == ["every week"]


def test_a_hostile_line_of_habits_is_read_in_one_pass() -> None:
    with soon():
        assert len(habits("every day of " * 20_000)) == 20_000
        assert habits("from 9 to " * 20_000 + " " * 20_000) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It will open in two weeks.", "in two weeks"),
        ("The lift will be mended within 10 days.", "within 10 days"),
        ("Tickets go on sale in about a month.", None),
        ("Invoices are due within 21 days.", "within 21 days"),
        ("It began two days ago and will be done in two weeks", "in two weeks"),
        ("In a few weeks they will go dark", "In a few weeks"),
    ],
)
def test_how_long_it_is_until_something_is_told(text: str, words: str | None) -> None:
    assert [text[s.start : s.end] for s in ahead(text)] == ([words] if words else [])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "In two weeks they sold ten",
            "It was built in two weeks",
            "It will close in two weeks' time",
        ),
        *("It will be the highest in two years", "They will play four games in five days"),
        "It will be sent within a day of the vote",
    ],
)
def test_how_long_something_took_or_is_counted_is_not_how_long_it_is_until_it(text: str) -> None:
    assert ahead(text) == ()


def test_a_hostile_line_of_what_is_ahead_is_read_in_one_pass() -> None:
    with soon():
        assert len(ahead("It will end in two days. " * 5_000)) == 5_000
