"""Documents and sentences that are all in capitals."""

import pytest
from conftest import Ask, quoted

from index.words.capitals import in_small_letters

NOTICE = """\
NOTICE TO ALL STAFF

PERMITS ARE ISSUED BY MRS HANSEN. A PERMIT COSTS £40 A YEAR.

FORKLIFTS ARE DRIVEN BY LICENSED STAFF ONLY. REPORT ACCIDENTS TO HSE WITHIN 24 HOURS.
"""


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("who issues permits?", "MRS HANSEN"),
        ("how much is a permit?", "£40"),
        ("who may drive forklifts?", "LICENSED STAFF"),
    ],
)
def test_sentences_in_capitals_answer_as_others_do(ask: Ask, question: str, marked: str) -> None:
    answer = ask(question, notice=NOTICE)
    quote = answer.quotes[0]
    assert NOTICE[quote.span.start : quote.span.end] == quoted(answer)[0]
    (span,) = quote.highlight
    assert NOTICE[span.start : span.end].startswith(marked)


def test_a_capital_names_nobody_where_all_are_capitals(ask: Ask) -> None:
    quote = ask("who do we report accidents to?", notice=NOTICE).quotes[0]
    assert [NOTICE[span.start : span.end] for span in quote.highlight] == ["HSE"]


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("THE CAR PARK IS CLOSED", "the car park is closed"),
        ("THE CAR PARK IS CLOSED from 5", "THE CAR PARK IS CLOSED from 5"),
        ("MRS JANE HANSEN", "MRS JANE HANSEN"),
        ("A B C D E 5", "A B C D E 5"),
        ("DIE İSTANBUL FÄHRE FÄHRT", "DIE İSTANBUL FÄHRE FÄHRT"),
        ("", ""),
    ],
)
def test_text_in_capitals_is_put_in_small_letters_place_by_place(text: str, small: str) -> None:
    assert in_small_letters(text) == small
