"""The words that answer, by the kind of thing asked for; none rather than a guess."""

import pytest

from index.highlight import date_of, highlight
from index.question import read
from index.types import Span


def marked(
    question: str, text: str, document_date: str | None = None, *, likely: str | None = None
) -> list[str]:
    """What is marked of a text; likely: the words of it that the reader takes for the answer."""
    asked, span = read(question), Span(0, len(text))
    date = date_of(asked, text, span, document_date) if asked.asks == "date" else None
    words = Span(text.index(likely), text.index(likely) + len(likely)) if likely else None
    return [text[s.start : s.end] for s in highlight(asked, text, span, date, words)]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "when did the order ban it?",
            "The order of May 2019 banned it, which lasted until June 2020.",
            ["May 2019"],
        ),
        ("when was it dropped?", "The rule was dropped.", []),
        ("how much does it invest?", "It invests $11 billion, in 2 towns.", ["$11 billion"]),
        ("what share does he own?", "He owns a mere 2% of it.", ["2%"]),
        ("how many of the 5 firms left?", "In May 2019 3 of the 5 firms left.", ["3"]),
        (
            "who is the security officer?",
            "Security Officer (CSO) Andy Purdy spoke.",
            ["Andy Purdy"],
        ),
        ("who told them?", "Six chiefs told them in February 2018.", []),
        ("why was it pulled?", "It was pulled for the economy.", []),
    ],
)
def test_the_words_that_answer_are_marked(question: str, text: str, expected: list[str]) -> None:
    assert marked(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text", "likely", "expected"),
    [
        ("why was it pulled?", "It was pulled for the economy.", "for the economy", True),
        ("what was pulled?", "It was pulled.", "pulled", False),  # the question has it
        ("when was it pulled?", "It was pulled after the vote.", "after the vote", False),
        ("when does it end?", "It ends within 14 days.", "within 14 days", True),
        ("when does it open?", "It opens at 07:00.", "07:00", True),
        ("when was it dropped?", "The 25% threshold was dropped.", "25% threshold", False),
        ("how much is left?", "A little of it is left.", "A little", False),
        ("who pulled it?", "Somebody pulled it.", "Somebody", False),
    ],
)
def test_what_the_reader_takes_for_the_answer_is_marked_if_it_is_of_the_kind_asked_for(
    question: str, text: str, likely: str, expected: bool
) -> None:
    assert marked(question, text, likely=likely) == ([likely] if expected else [])


def test_what_is_found_by_rule_goes_before_what_the_reader_takes_for_the_answer() -> None:
    text = "It invests $11 billion in 2 towns in May 2019."
    assert marked("how much does it invest?", text, likely="2 towns") == ["$11 billion", "2"]
    assert marked("when does it invest?", text, likely="2 towns") == ["May 2019"]


def test_a_date_that_the_question_gives_does_not_answer_it() -> None:
    text = "Announced in May 2019, the ban began in June 2019."
    assert marked("when did what was announced in May 2019 begin?", text) == ["June 2019"]


def test_a_day_is_worked_out_only_from_a_document_with_a_date() -> None:
    assert marked("when did he speak?", "He spoke on Sunday.", "2019-07-11") == ["Sunday"]
    assert marked("when did he speak?", "He spoke on Sunday.") == []


def test_only_the_quoted_span_is_marked() -> None:
    text = "In May 2018 it began. It ended in June 2019."
    asked, span = read("when did it end?"), Span(22, len(text))
    date = date_of(asked, text, span, None)
    assert date is not None
    assert highlight(asked, text, span, date, None) == (Span(34, 43),)
