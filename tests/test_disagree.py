"""Documents and sections of different dates that answer differently, and what is off since."""

import pytest
from conftest import Ask


@pytest.mark.parametrize("top", [1, 3])
def test_where_dated_documents_differ_the_newest_comes_first_and_it_is_said(
    ask: Ask, top: int
) -> None:
    rule = "The threshold for imports of steel is {}% of the price of the goods.\n"
    answer = ask(
        "how high is the threshold for imports of steel?",
        top=top,
        a=f"Trade notes\n\n12 December 2019\n\n{rule.format(25)}",
        b=f"Trade notes\n\n28 January 2020\n\n{rule.format(10)}",
    )
    assert [(quote.date, "10%" in quote.text) for quote in answer.quotes[:1]] == [
        ("2020-01-28", True)
    ]
    assert answer.differ


def test_what_is_undated_is_in_no_disagreement(ask: Ask) -> None:
    rule = "The threshold for imports of steel is {}% of the price of the goods.\n"
    answer = ask(
        "how high is the threshold for imports of steel?",
        a=f"Trade notes\n\n12 December 2019\n\n{rule.format(25)}",
        b=f"Trade notes\n\n{rule.format(10)}",
    )
    assert len(answer.quotes) == 2
    assert not answer.differ


def test_what_a_document_is_about_its_title_may_say(ask: Ask) -> None:
    answer = ask(
        "how long is the session timeout of the portal?",
        a=fair("5 December 2023", "The session timeout of the portal is 15 minutes."),
        b="The portal\n\n9 January 2024\n\nThe session timeout is now 30 minutes.\n",
    )
    assert (answer.quotes[0].source, answer.differ) == ("b.txt", True)


def test_where_dated_documents_agree_nothing_is_said_of_it(ask: Ask) -> None:
    answer = ask(
        "how many people may ride in the lift?",
        a="House notes\n\n12 December 2019\n\nThe lift may be used by 8 people.\n",
        b="House notes\n\n28 January 2020\n\nAt most 8 people may ride in the lift of the house.\n",
    )
    assert answer.answered
    assert not answer.differ


@pytest.mark.parametrize(
    ("question", "old", "new", "differ"),
    [
        (
            "how much will the new bridge cost?",
            "The new bridge will cost £900 million, the council said.",
            "The new bridge will cost £1.3 billion, the council said.",
            True,
        ),
        (
            "when was the Moss dam opened?",
            "The Moss dam was opened on Sunday, the council said.",
            "The Moss dam was opened on 1 March 2020, the council said.",
            False,
        ),
        (
            "when does the Moss hall close?",
            "The Moss hall closes at 5 pm.",
            "The Moss hall closes at 18:00.",
            True,
        ),
        (
            "when does the Moss hall close?",
            "The Moss hall closes at 5 pm.",
            "The Moss hall closes at 17:00.",
            False,
        ),
        (
            "when does the Moss hall close?",
            "The Moss hall closes at 5 pm on weekdays.",
            "The Moss hall closes at 18:00 on Saturdays.",
            False,
        ),
        (
            "when will the Moss dam open?",
            "The Moss dam will open in June 2021, the council said.",
            "The Moss dam will open in October 2021, the council said.",
            True,
        ),
        (
            "when will the Moss dam open?",
            "The Moss dam will open in June 2021, its builder said.",
            "The Moss dam will open on 7 June 2021, the council said.",
            False,
        ),
        (
            "who has to sign the lease of a stall?",
            "The lease of a stall has to be signed by the line manager.",
            "The lease of a stall has to be signed by your manager, at the desk.",
            False,
        ),
    ],
)
def test_answers_differ_by_what_they_say_and_not_by_their_words(
    ask: Ask, question: str, old: str, new: str, differ: bool
) -> None:
    answer = ask(question, a=f"News\n\n3 March 2020\n\n{old}\n", b=f"News\n\n5 May 2021\n\n{new}\n")
    assert answer.differ == differ
    assert (answer.quotes[0].source == "b.txt") or not differ


@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [
        ("Rules of the Berlin office", "Rules of the Madrid office", False),
        ("Rules of the Berlin office", "Rules of the Berlin office, revised in May", True),
        ("Rules of the Berlin office", "Notice to all staff", True),
        ("Old Office Rules", "New Office Rules", True),
        ("Rules of the office, rev. B", "Rules of the office, rev. C", True),
        ("Minutes of the meeting, 3 March 2020", "Minutes of the meeting, 5 April 2021", True),
    ],
)
def test_documents_of_two_things_that_their_titles_name_do_not_disagree(
    ask: Ask, old: str, new: str, differ: bool
) -> None:
    rule = "Visitors have to be announced {} hours ahead."
    answer = ask(
        "how long ahead do visitors have to be announced?",
        a=f"{old}\n\n3 March 2020\n\n{rule.format(24)}\n",
        b=f"{new}\n\n5 May 2021\n\n{rule.format(48)}\n",
    )
    assert len(answer.quotes) == 2
    assert answer.differ == differ


CHANGES = """# Changelog of the portal

## 2.4.0 (12 May 2024)

- The session timeout is now 30 minutes.

## 2.1.0 (3 February 2023)

- The session timeout is now 60 minutes.

## 1.9.0 (7 July 2021)

- The session timeout is 15 minutes.
"""


@pytest.mark.parametrize(
    "question", ["how long is the session timeout?", "what is the session timeout?"]
)
def test_where_dated_sections_of_one_document_differ_the_newest_comes_first_and_it_is_said(
    ask: Ask, question: str
) -> None:
    answer = ask(question, changes=CHANGES)
    assert [(quote.date, quote.section, quote.text) for quote in answer.quotes] == [
        (None, "2024-05-12", "The session timeout is now 30 minutes."),
        (None, "2023-02-03", "The session timeout is now 60 minutes."),
        (None, "2021-07-07", "The session timeout is 15 minutes."),
    ]
    assert answer.differ


def test_a_newer_number_of_something_else_does_not_come_first(ask: Ask) -> None:
    """Of a question's four words "password" alone is too little to be about the same."""
    answer = ask(
        "what is the minimum length of a staff password?",
        a="Rules\n\n2 May 2022\n\nPasswords of staff must have a length of at least 14 characters.",
        b="Shop\n\n5 June 2023\n\nThe password rules for shop accounts now ask for 12 characters.",
    )
    assert answer.quotes[0].source == "a.txt"
    assert not answer.differ


def fair(date: str, text: str) -> str:
    return f"Fair committee\n\n{date}\n\n{text}\n"


PLANNED = fair("5 December 2023", "The winter fair takes place on 20 January 2024 in the hall.")
CANCELLED = "The winter fair is cancelled."


@pytest.mark.parametrize(
    "question",
    ["when is the winter fair?", "where is the winter fair?", "when will the winter fair be?"],
)
@pytest.mark.parametrize(
    "off",
    [
        CANCELLED,
        "The winter fair has been called off.",
        "The winter fair is put off.",
    ],
)
def test_what_is_off_since_comes_before_the_plan_and_has_not_its_date(
    ask: Ask, question: str, off: str
) -> None:
    answer = ask(question, dec=PLANNED, jan=fair("9 January 2024", off))
    first, second = answer.quotes[:2]
    assert (first.date, second.date) == ("2024-01-09", "2023-12-05")
    assert answer.differ
    assert answer.when is None


@pytest.mark.parametrize(
    ("question", "date", "text"),
    [
        ("when is the winter fair?", "3 October 2023", CANCELLED),  # and planned anew
        ("when is the winter fair?", "5 December 2023", CANCELLED),  # before or after the plan?
        ("when is the winter fair?", "9 January 2024", "The summer fair is cancelled."),
        ("when is the winter fair?", "9 January 2024", "The winter fair is on, not the race."),
    ],
)
def test_what_was_off_before_or_is_another_thing_or_on_changes_nothing(
    ask: Ask, question: str, date: str, text: str
) -> None:
    answer = ask(question, dec=PLANNED, other=fair(date, text))
    assert answer.quotes[0].source == "dec.txt"
    assert (answer.when and answer.when.date, answer.differ) == ("2024-01-20", False)


def test_of_what_was_put_off_and_then_cancelled_the_newest_comes_first(ask: Ask) -> None:
    answer = ask(
        "when is the winter fair?",
        dec=PLANNED,
        jan=fair("9 January 2024", "The winter fair is put off."),
        feb=fair("2 February 2024", "The winter fair of this year is cancelled."),
    )
    assert (answer.quotes[0].source, answer.differ) == ("feb.txt", True)


def test_a_plan_without_a_date_of_its_own_may_be_newer_than_what_is_off(ask: Ask) -> None:
    plan = "The winter fair takes place on 20 January 2024 in the hall.\n"
    answer = ask("when is the winter fair?", plan=plan, jan=fair("9 January 2024", CANCELLED))
    assert (answer.quotes[0].source, answer.differ) == ("plan.txt", False)


@pytest.mark.parametrize(
    "text",
    [
        "The winter fair will not be cancelled, the council said.",
        "The winter fair will be cancelled if it snows.",
        "A stall at the winter fair may be cancelled up to a day before.",
    ],
)
def test_what_may_be_off_or_is_not_changes_nothing(ask: Ask, text: str) -> None:
    answer = ask("when is the winter fair?", dec=PLANNED, jan=fair("9 January 2024", text))
    assert (answer.quotes[0].source, answer.differ) == ("dec.txt", False)


@pytest.mark.parametrize(
    ("text", "differ"),
    [
        ("The raffle of the winter fair was cancelled.", False),
        ("The winter fair's raffle has been cancelled.", False),
        ("The committee has cancelled the winter fair raffle.", False),
        ("The plans for the winter fair were dropped.", True),
        ("The winter fair planned for 20 January is cancelled.", True),
    ],
)
def test_only_where_the_thing_asked_about_is_off_is_it_no_plan_any_more(
    ask: Ask, text: str, differ: bool
) -> None:
    answer = ask("when is the winter fair?", dec=PLANNED, jan=fair("9 January 2024", text))
    assert answer.differ == differ
    assert (answer.quotes[0].source == "jan.txt") == differ


def test_who_is_named_again_beside_what_is_off_is_no_other_answer(ask: Ask) -> None:
    answer = ask(
        "who leads the Acme works?",
        a=fair("5 December 2023", "The Acme works are led by Anna Berg."),
        b=fair("9 January 2024", "Anna Berg, who leads the Acme works, said a sale was cancelled."),
    )
    assert answer.answered
    assert not answer.differ


def test_an_amount_with_its_unit_written_to_it_is_no_other_amount(ask: Ask) -> None:
    answer = ask(
        "what is the limit for luggage?",
        a=fair("5 December 2023", "The limit for luggage is 20 kg, says the leaflet."),
        b=fair("9 January 2024", "The limit for luggage is 20kg in the new terms too."),
    )
    assert len(answer.quotes) == 2
    assert not answer.differ


def told_to_differ(ask: Ask, question: str, old: str, new: str) -> bool:
    """Whether two dated documents, both quoted, are said to differ."""
    answer = ask(question, a=fair("5 December 2023", old), b=fair("9 January 2024", new))
    assert len(answer.quotes) == 2
    return answer.differ


@pytest.mark.parametrize(
    ("question", "old", "new", "differ"),
    [
        (
            "what is the limit for a talk?",
            "The limit for a talk is 20 minutes.",
            "The limit for a talk is five slides.",
            False,
        ),
        (
            "how long is the guarantee?",
            "The guarantee is 2 years long.",
            "The guarantee is 24 months long.",
            False,
        ),
        (
            "how long is the guarantee?",
            "The guarantee is 2 years long.",
            "The guarantee is 36 months long.",
            True,
        ),
        (
            "how high is the budget for the harbour?",
            "The budget for the harbour is $5,000.",
            "The budget for the harbour is 4,500 euros.",
            False,
        ),
        (
            "how many chairs does the hall have?",
            "The hall has 200 chairs.",
            "The hall has 250 blue chairs.",
            True,
        ),
    ],
)
def test_only_amounts_of_one_kind_differ(
    ask: Ask, question: str, old: str, new: str, differ: bool
) -> None:
    assert told_to_differ(ask, question, old, new) == differ


@pytest.mark.parametrize(
    ("question", "old", "new", "differ"),
    [
        (
            "how much is the entry?",
            "The entry is £5 for adults.",
            "The entry is £3 for children.",
            False,
        ),
        (
            "how much is the entry?",
            "The entry is £5 for adults.",
            "The entry is £6 for adults.",
            True,
        ),
        ("how much is a boat?", "A boat is £5 per hour.", "A boat is £30 per day.", False),
        (
            "when does the course start?",
            "The course for beginners starts on 3 May 2024.",
            "The course for masters starts on 5 June 2024.",
            False,
        ),
        (
            "how much does the Acme fund give?",
            "The Acme fund gives £500 for two years.",
            "The Acme fund gives £600 for five months.",
            True,
        ),
    ],
)
def test_only_what_is_said_of_one_case_differs(
    ask: Ask, question: str, old: str, new: str, differ: bool
) -> None:
    assert told_to_differ(ask, question, old, new) == differ


def test_a_name_with_a_title_is_no_other_name(ask: Ask) -> None:
    answer = ask(
        "who is the chair of the board?",
        a=fair("5 December 2023", "The chair of the board is Anna Berg."),
        b=fair("9 January 2024", "Mrs Berg, chair of the board, opened the hall."),
    )
    assert len(answer.quotes) == 2
    assert not answer.differ


def test_of_quotes_that_differ_the_newest_comes_first_though_it_agrees_with_the_best(
    ask: Ask,
) -> None:
    answer = ask(
        "who is the chair of the board?",
        a=fair("12 December 2019", "The chair of the board is Anna Berg."),
        b=fair("28 January 2020", "The chair of the board was Tom Hale for a week."),
        c=fair("28 January 2021", "At the hall the chair of the board, Anna Berg, gave prizes."),
    )
    assert [quote.date for quote in answer.quotes] == ["2021-01-28", "2020-01-28", "2019-12-12"]
    assert answer.differ


def test_a_question_about_the_end_of_something_is_answered_by_it(ask: Ask) -> None:
    jan = fair("9 January 2024", CANCELLED)
    answer = ask("when was the winter fair cancelled?", dec=PLANNED, jan=jan)
    assert (answer.quotes[0].source, answer.differ) == ("jan.txt", False)
    assert answer.when is not None
    assert (answer.when.date, answer.when.basis) == ("2024-01-09", "document")


def test_what_tells_no_other_answer_but_is_newer_comes_before_those_that_do(ask: Ask) -> None:
    answer = ask(
        "when was the loan limit raised?",
        a=fair("5 December 2023", "The loan limit was raised on 1 May 2023."),
        b=fair("9 January 2024", "The loan limit was raised on 2 January 2024."),
        c=fair("1 March 2025", "The loan limit was raised to 900."),
    )
    assert answer.differ
    assert [quote.date for quote in answer.quotes] == ["2025-03-01", "2024-01-09", "2023-12-05"]


@pytest.mark.parametrize(
    ("new", "differ"),
    [
        ("The export limit was raised to 500 rows.", True),
        ("The export limit was raised to 200 rows.", False),
        ("The export limit was raised.", False),
    ],
)
def test_of_reports_that_give_no_date_those_of_other_amounts_differ(
    ask: Ask, new: str, differ: bool
) -> None:
    notes = f"Notes\n\n## 4.2 (5 March 2025)\n\n- {new}\n\n## 4.1 (3 February 2025)\n\n"
    answer = ask(
        "when was the export limit raised?",
        a=f"{notes}- The export limit was raised to 200 rows.\n",
    )
    assert answer.differ == differ
    assert not differ or [q.section for q in answer.quotes] == ["2025-03-05", "2025-02-03"]
