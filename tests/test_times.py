"""The words of what is said that tell when: dates, habits, hours, and plans that were changed."""

import pytest
from marked import marked
from soon import soon

from index.answers.said import Said
from index.answers.times import date_of, time_of
from index.questions.question import read
from index.types import DateMention, Span


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("when does the course begin?", "1 July"),
        ("when does the course end?", "31 August"),
        ("when is the course?", "1 July"),
    ],
)
def test_of_dates_in_one_clause_the_one_next_to_what_is_asked_is_marked(
    question: str, expected: str
) -> None:
    for year in ("", " 2024"):
        text = f"The course begins on 1 July{year} and ends on 31 August{year}."
        assert marked(question, text) == [expected + year]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("when is it open?", "It is open from 6 to 22, closed on 25 December.", ["from 6 to 22"]),
        ("when is it open?", "It is open 17-23, closed on Sunday and Tuesday.", ["17-23"]),
        ("when is it open?", "It is shut on Tuesdays.", []),
        ("when is it open?", "9 to 17, any day but Monday, it is open.", []),
        ("when is lunch?", "Lunch is served every weekday except Friday.", ["every weekday"]),
        ("when is it staffed?", "It is staffed, but not on 24 or 31 December.", []),
        ("when is it open?", "Closed on Monday, open on Tuesday.", ["Tuesday"]),
        ("when is it closed?", "It is open daily, closed on Tuesday.", ["Tuesday"]),
        ("when is the outing?", "It is closed on 12 June for the outing.", ["12 June"]),
        ("when is it open?", "It is not open on Mondays.", []),
        ("since when is it valid?", "It is valid since last May.", ["last May"]),
        ("when was the deal closed?", "The deal was closed on 3 May 2024.", ["3 May 2024"]),
        ("when is the fair?", "The fair is not on 3 June 2024.", []),
        ("when was the vote?", "The vote was not on 3 May but on 4 May.", ["4 May"]),
    ],
)
def test_no_time_is_marked_at_which_a_thing_is_not(
    question: str, text: str, expected: list[str]
) -> None:
    assert marked(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "when will it be done?",
            "It began two days ago and will be done in two weeks.",
            "in two weeks",
        ),
        ("how long will it take?", "It will be done in two weeks.", "two weeks"),
        (
            "when are keys handed out?",
            "Keys are handed out from Monday to Friday between 9:00 and 11:00.",
            "Monday to Friday between 9:00 and 11:00",
        ),
    ],
)
def test_a_habit_is_marked_whole_and_how_long_it_is_until_something_to_a_when(
    question: str, text: str, expected: str
) -> None:
    assert marked(
        question, text, "2019-07-11", likely="two weeks" if "two weeks" in text else None
    ) == [expected]


MOVED = "The fair was moved from 3 June 2024 to 16 September 2024."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("when is the fair?", MOVED, "16 September 2024"),
        ("when is the fair?", MOVED.replace(" 2024", ""), "16 September"),
        ("when was the fair planned for originally?", MOVED, "3 June 2024"),
        (
            "when is the fair?",
            "The fair is on 10 June 2024 instead of Monday, 3 June 2024.",
            "10 June 2024",
        ),
        (
            "when is the fair?",
            "The fair, first planned for May 2024, is in July 2024.",
            "July 2024",
        ),
        ("when is the fair?", "It was due in May 2024 but is now in July 2024.", "July 2024"),
        (
            "when will work begin?",
            "Work, which was to begin in May 2024, will not start before June 2024.",
            "June 2024",
        ),
        (
            "when was work to begin originally?",
            "Work will not start before June 2024; it was first planned for May 2024.",
            "May 2024",
        ),
        ("when is the fair?", MOVED.replace("moved", "extended"), "16 September 2024"),
        ("when is the fair?", "The fair is on ~~7 May~~ 14 May 2024.", "14 May 2024"),
        ("when is the fair?", "The fair is on <del>7 May 2024</del> 14 May 2024.", "14 May 2024"),
        ("when is the fair?", "The fair ~~in town~~ is on 7 May 2024 ~~or later~~.", "7 May 2024"),
        ("when is the fair?", "Fair (new date): 7 May 2024 → 14 May 2024", "14 May 2024"),
        ("when is the fair?", "New fair: 7 May 2024 → 14 May 2024", "7 May 2024"),
        (
            "when are the hours longer?",
            "The hours are extended from May 2024 to July 2024.",
            "May 2024",
        ),
        ("when does the lease begin?", "The lease runs from May 2024 to July 2024.", "May 2024"),
        ("when did it open?", "It first opened in 1998 and reopened in 2005.", "1998"),
    ],
)
def test_of_a_plan_that_was_changed_the_time_that_lasts_is_marked(
    question: str, text: str, expected: str
) -> None:
    assert marked(question, text, "2024-03-01") == [expected]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("when will the painting be done?", ["September 2025"]),
        ("when will the painting begin?", ["September 2025"]),
        ("when did the painting begin?", ["two days ago"]),
    ],
)
def test_what_will_be_is_not_before_the_document(question: str, expected: list[str]) -> None:
    text = "The painting began two days ago and will be done in September 2025."
    assert marked(question, text, "2025-07-11", likely="two days ago") == expected


READERS = "Meeting about the badge readers which were fitted last week, {} in room 3."


@pytest.mark.parametrize(
    ("question", "when", "expected"),
    [
        ("when is the meeting about badge readers?", "at noon", []),
        ("when is the meeting about badge readers?", "next week", ["next week"]),
        ("when were the badge readers fitted?", "at noon", ["last week"]),
    ],
)
def test_what_is_or_comes_is_not_when_something_was(
    question: str, when: str, expected: list[str]
) -> None:
    for over in ("last week", "two weeks ago", "some weeks ago", "yesterday"):
        text = READERS.format(when).replace("last week", over)
        found = marked(question, text, "2025-03-20", likely=over)
        assert found == [words.replace("last week", over) for words in expected]


def test_the_last_day_of_a_month_may_be_to_come() -> None:
    text = "The fair is held on the last Monday of May."
    assert marked("when is the fair?", text, "2025-03-20") == ["the last Monday"]


def test_no_sentence_is_read_without_the_year_that_the_one_before_names() -> None:
    text = "Built in 1911, it was lost in 1947 to fire, it was said on Tuesday. It rose in January."
    asked, best = read("when did it rise?"), Span(text.index("It rose"), len(text))
    said = Said(asked, text, Span(0, len(text)))
    found = time_of(said, "2019-07-11", likely=None, best=best)
    assert found
    assert text[found.start : found.end] == "January"


def test_a_date_that_the_question_gives_does_not_answer_it() -> None:
    text = "Announced in May 2019, the ban began in June 2019."
    assert marked("when did what was announced in May 2019 begin?", text) == ["June 2019"]


def test_a_day_is_worked_out_only_from_a_document_with_a_date() -> None:
    text = "He spoke on Sunday."
    said = Said(read("when did he speak?"), text, Span(0, len(text)))
    assert date_of(said, None) is None
    assert date_of(said, "2019-07-11") == DateMention("2019-07-07", Span(12, 18), "relative")


def test_of_very_many_dates_in_one_line_the_right_one_is_found_at_once() -> None:
    """Each is compared with what is near it: with all of the line it took half a minute."""
    text = "The fair " + "with stalls on 3 May 2019 and " * 1500 + "is held on 1 July 2020."
    with soon():
        found = date_of(Said(read("when is the fair held?"), text, Span(0, len(text))), None)
    assert found is not None
    assert text[found.span.start : found.span.end] == "1 July 2020"
