"""When: the date of an answer, and where it is from."""

import pytest
from conftest import Ask, quoted

REPORT = (
    "The Ferry News\n3 May 2022\n\nThe council has scrapped the night ferry, which lost money.\n\n"
    "Its plan for 40 bicycle racks goes ahead, and the budget is unchanged."
)


@pytest.mark.parametrize(
    ("question", "text", "answered"),
    [
        ("when was the night ferry scrapped?", REPORT, True),
        ("when was the 50% night ferry scrapped?", REPORT, False),
        ("when was the airport scrapped?", REPORT, False),
    ],
)
def test_when_is_the_documents_date_where_it_reports_what_is_asked_and_gives_none(
    ask: Ask, question: str, text: str, answered: bool
) -> None:
    answer = ask(question, report=text)
    assert answer.answered == answered
    if answered:
        assert quoted(answer)[0] == "The council has scrapped the night ferry, which lost money."
        assert answer.when is not None
        assert (answer.when.date, answer.when.basis) == ("2022-05-03", "document")


def test_a_date_is_worked_out_from_the_words_and_the_date_of_the_document(ask: Ask) -> None:
    answer = ask(
        "when did the minister open the new bridge?",
        news="Bridge opened\n11 July 2019\n\nThe minister opened the new bridge on Sunday.",
    )
    assert answer.when is not None
    assert (answer.when.date, answer.when.basis) == ("2019-07-07", "relative")
    assert answer.when.text == "Sunday"


def test_what_will_be_has_never_the_date_of_the_document(ask: Ask) -> None:
    text = "Notice\n11 July 2019\n\nThe lift in the east wing will be mended by the makers."
    answer = ask("when will the lift be mended?", notice=text)
    assert answer.answered
    assert answer.when is None


def test_an_undated_document_never_makes_a_date(ask: Ask) -> None:
    text = "The minister opened the new bridge on Sunday, to great applause."
    answer = ask("when did the minister open the new bridge?", news=text)
    assert answer.answered
    assert answer.when is None


CHANGES = (
    "Release notes\n\n2.4.0 (12 May 2025)\n\n- The export to Excel is faster.\n"
    "- Support for Windows 8 was dropped.\n\n2.3.0 (3 March 2025)\n\n"
    "- Passwords now need twelve characters.\n- The old editor was removed.\n"
)


LOG = (
    "Caretaker's log\n\n3 February 2025\n\nThe boiler in the east wing was repaired by Mr Ames on "
    "Saturday.\n\n17 March 2025\n\nThe fire doors on the second floor were painted on Friday.\n"
)


FITTED = (
    "The fire doors on the second floor were painted on Friday.",
    "The new fire doors were fitted on the second floor. The old ones went to the scrap yard.",
)


@pytest.mark.parametrize(
    ("question", "date", "words"),
    [
        ("when was support for Windows 8 dropped?", "2025-05-12", "12 May 2025"),
        ("when was the old editor removed?", "2025-03-03", "3 March 2025"),
        ("when was support for Windows 7 dropped?", None, None),
    ],
)
@pytest.mark.parametrize("head", ["", "Date: 1 June 2025\n\n"])
def test_when_is_the_date_in_the_heading_above_what_is_reported(
    ask: Ask, head: str, question: str, date: str | None, words: str | None
) -> None:
    answer = ask(question, changes=head + CHANGES)
    assert answer.answered == (date is not None)
    if answer.answered:
        assert answer.when is not None
        told = answer.when.date, answer.when.basis, answer.when.text, answer.when.above
        assert told == (date, "document", words, True)
        assert answer.quotes[0].date == ("2025-06-01" if head else None)


def test_a_date_is_worked_out_from_the_words_and_the_date_in_the_heading_above(ask: Ask) -> None:
    answer = ask("when were the fire doors painted?", log=LOG)
    assert answer.when is not None
    assert (answer.when.date, answer.when.basis) == ("2025-03-14", "relative")
    assert answer.when.above


def test_a_date_that_the_words_state_owes_nothing_to_the_heading_above(ask: Ask) -> None:
    answer = ask("when were the fire doors painted?", log=LOG.replace("Friday", "1 March 2025"))
    assert answer.when is not None
    told = answer.when.date, answer.when.basis, answer.when.above
    assert told == ("2025-03-01", "stated", False)


def test_an_ordinal_tells_no_time_of_which_no_date_can_be_made(ask: Ask) -> None:
    answer = ask("when were the new fire doors fitted?", log=LOG.replace(*FITTED))
    assert answer.when is not None
    assert (answer.when.date, answer.when.above) == ("2025-03-17", True)


def test_a_heading_about_a_date_does_not_date_its_paragraphs(ask: Ask) -> None:
    text = REPORT.replace("The council", "What happened in May 2019\n\nThe council")
    answer = ask("when was the night ferry scrapped?", report=text)
    assert answer.when is not None
    assert (answer.when.date, answer.when.above) == ("2022-05-03", False)


def test_of_words_that_make_no_date_the_documents_own_is_not_put_in_their_place(ask: Ask) -> None:
    text = "Pool notes\n\n11 July 2019\n\nThe pool survey has to be paid on 03/04/2020 at the desk."
    answer = ask("when does the pool survey have to be paid?", a=text)
    assert answer.answered
    assert answer.when is None
    (marked,) = answer.quotes[0].highlight
    assert text[marked.start : marked.end] == "03/04/2020"


@pytest.mark.parametrize(
    ("question", "text", "date"),
    [
        ("when was the shop robbed?", "The shop was robbed at 14:05.", "2024-03-19"),
        ("what day was the shop robbed?", "The shop was robbed at 2 p.m.", "2024-03-19"),
        ("when does the shop open?", "The shop opens at 14:05.", None),
        ("when was the shop robbed?", "The shop was robbed within 14 days.", None),
    ],
)
def test_an_hour_at_which_something_was_is_one_of_the_documents_own_day(
    ask: Ask, question: str, text: str, date: str | None
) -> None:
    answer = ask(question, a=f"Report\n\n19 March 2024\n\n{text}")
    assert answer.answered
    assert (answer.when and answer.when.date) == date


@pytest.mark.parametrize(
    ("question", "text", "date"),
    [
        ("when may goods be rejected?", "Goods may be rejected where they are warm.", None),
        ("when must the hall be closed?", "The hall must be closed in a storm.", None),
        ("when must the fee be paid?", "The fee must be paid by 1 May 2024.", "2024-05-01"),
        (
            "when were the goods rejected?",
            "The goods were rejected, for they were warm.",
            "2024-03-19",
        ),
    ],
)
def test_when_something_may_or_must_be_is_not_the_date_of_the_rule(
    ask: Ask, question: str, text: str, date: str | None
) -> None:
    answer = ask(question, a=f"Rules\n\n19 March 2024\n\n{text}")
    assert answer.answered
    assert (answer.when and answer.when.date) == date


HABITS = {
    "The reception is staffed from 9 to 19.": ("when is the reception staffed?", "from 9 to 19"),
    "The archive is open 8-10 on weekdays.": ("when is the archive open?", "8-10 on weekdays"),
    "The canteen serves soup every Tuesday.": (
        "when does the canteen serve soup?",
        "every Tuesday",
    ),
    "Bins are emptied daily.": ("when are bins emptied?", "daily"),
    "The choir rehearses on Thursdays.": ("what day does the choir rehearse?", "Thursdays"),
    "The gallery opens on request.": ("when does the gallery open?", "on request"),
    "The rota is drawn up by the first Friday of each month.": (
        "when is the rota drawn up?",
        "the first Friday of each month",
    ),
    "The pool closes for cleaning after the last swim.": (
        "when does the pool close for cleaning?",
        "",
    ),
}


@pytest.mark.parametrize("text", HABITS)
def test_a_habit_is_marked_and_has_no_date(ask: Ask, text: str) -> None:
    question, words = HABITS[text]
    answer = ask(question, a=f"Minutes\n\n11 January 2024\n\n{text}")
    assert answer.answered
    assert answer.when is None
    (quote,) = answer.quotes
    assert [
        text[s.start - quote.span.start : s.end - quote.span.start] for s in quote.highlight
    ] == ([words] if words else [])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The plant sale is held in the hall.", "2025-03-17"),
        ("The plant sale is held in the hall every Friday.", None),
    ],
)
def test_what_is_in_a_calendar_has_the_date_above_it_unless_it_comes_again(
    ask: Ask, text: str, date: str | None
) -> None:
    head = "Calendar\n\n3 February 2025\n\nThe boiler is repaired.\n\n17 March 2025\n\n"
    answer = ask("when is the plant sale held?", calendar=head + text)
    assert answer.answered
    assert (answer.when and answer.when.date) == date


@pytest.mark.parametrize(
    ("heading", "date"),
    [
        ("17 March 2025", "2025-03-17"),
        ("Monday, 17 March 2025, 19:30", "2025-03-17"),
        ("[2.1.0] - 2025-03-17", None),
        ("Meeting of 17 March 2025", None),
    ],
)
def test_the_date_of_a_version_or_a_meeting_is_not_when_something_is_as_a_rule(
    ask: Ask, heading: str, date: str | None
) -> None:
    text = f"Log\n\n## 3 February 2025\n\nA boiler broke.\n\n## {heading}\n\n"
    answer = ask("when do backups run?", a=f"{text}Backups run in the night shift by hand.")
    assert answer.answered
    assert answer.quotes[0].section == "2025-03-17"
    assert (answer.when and answer.when.date) == date


@pytest.mark.parametrize(
    ("above", "date"),
    [
        ("", "2025-03-16"),
        ("On Mon, 3 Mar 2025 at 09:15, Tom Hale wrote:\n> ", "2025-03-02"),
        ("From: Tom Hale\nSent: Monday, March 3, 2025 9:15 AM\nTo: Ann\n\n", "2025-03-02"),
        ("> ", None),
    ],
)
def test_in_what_a_mail_quotes_words_are_counted_from_the_day_of_that(
    ask: Ask, above: str, date: str | None
) -> None:
    head = "From: Ann\nDate: Mon, 17 Mar 2025 09:00:00 +0100\n\nWe can start now, I think.\n\n"
    answer = ask(
        "when were the racks delivered?", a=f"{head}{above}The racks were delivered yesterday.\n"
    )
    assert answer.answered
    assert (answer.when and answer.when.date) == date


@pytest.mark.parametrize(
    ("head", "row", "date"),
    [
        ("", "[2025-03-12 08:30] Carla: the coffee machine was repaired yesterday", "2025-03-11"),
        ("", "2025-03-12: the coffee machine was repaired yesterday", "2025-03-11"),
        (
            "Updated 20 March 2025",
            "2025-03-12: the coffee machine was repaired yesterday.",
            "2025-03-11",
        ),
        (
            "10 March 2025",
            "**Update 12 March 2025:** The coffee machine was repaired yesterday.",
            "2025-03-11",
        ),
        (
            "20 March 2025",
            "- 12 March 2025, 08:30 - The coffee machine was repaired yesterday.",
            "2025-03-11",
        ),
        ("20 March 2025", "12 March 2025: the coffee machine was repaired.", "2025-03-12"),
    ],
)
def test_in_a_row_that_opens_with_its_day_words_are_counted_from_that(
    ask: Ask, head: str, row: str, date: str
) -> None:
    answer = ask("when was the coffee machine repaired?", a=f"The office\n\n{head}\n\n{row}\n")
    assert answer.answered
    assert (answer.when and answer.when.date) == date


@pytest.mark.parametrize(
    ("question", "when"), [("when did Olga join?", ("2019", "stated")), ("when did Olga go?", None)]
)
def test_of_a_row_with_years_the_one_that_is_asked_for_tells_when_and_no_other_date(
    ask: Ask, question: str, when: tuple[str, str] | None
) -> None:
    staff = (
        "---\ndate: 2024-06-03\n---\n# Staff who joined us and those who go\n\n"
        "| Name | Joined | Until | Role |\n|---|---|---|---|\n| Olga | 2019 | 2023 | cook |\n"
    )
    found = ask(question, **{"staff.md": staff})
    assert quoted(found) == ["| Olga | 2019 | 2023 | cook |"]
    assert (found.when and (found.when.date, found.when.basis)) == when
