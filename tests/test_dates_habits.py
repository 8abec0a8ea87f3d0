"""What tells a time that comes again, which has no date."""

import pytest

from index.dates import recurring


def habits(text: str) -> list[str]:
    return [text[s.start : s.end] for s in recurring(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is staffed from 9 to 19.", "from 9 to 19"),
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


def test_a_hostile_line_of_habits_is_read_in_one_pass() -> None:
    assert len(habits("every day of " * 20_000)) == 20_000
    assert habits("from 9 to " * 20_000 + " " * 20_000) == []
