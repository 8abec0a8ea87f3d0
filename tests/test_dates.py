"""The dates of a text: none overlaps another, none has the year of another, and none is guessed."""

from datetime import date
from itertools import pairwise

import pytest
from dated import THURSDAY, told
from hypothesis import given
from hypothesis import strategies as st
from soon import soon

from index.dates import first_day, last_day, mentions, read_date, unresolved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May 5 and, in July 2018, the mill", [("May 5", "2019-05-05"), ("July 2018", "2018-07")]),
        ("In 1940 he left. On May 10 he", [("1940", "1940")]),
        ("In 1940 he left.\nOn May 10 he", [("1940", "1940"), ("May 10", "2019-05-10")]),
        ("He joined in 2016; in June he left", [("2016", "2016")]),
        ("In 2019 he joined. On May 10 he", [("2019", "2019"), ("May 10", "2019-05-10")]),
        ("on 5 March and 7 April he spoke", [("5 March", "2019-03-05"), ("7 April", "2019-04-07")]),
        ("on Sunday, July 7, 2019", [("July 7, 2019", "2019-07-07")]),
    ],
)
def test_a_year_that_the_text_names_is_not_overruled_by_the_document(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, THURSDAY) == expected


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("The brewery, founded in 1998, was sold last May", "last May", "2019-05"),
        ("The ferry firm, which was founded in 1998, shut down on Sunday", "Sunday", "2019-07-07"),
        ("Built in 1931 at a cost of £2m, it was shut in May", "May", "2019-05"),
        ("The club (founded in 1998) was sold in May", "May", "2019-05"),
        ("Smith (2015) said in May", "May", "2019-05"),
        ("fined twice since 2016, most recently in May", "May", "2019-05"),
        ("Prices have risen since 2016 and fell in May", "May", "2019-05"),
        ("arrested on 5 May 2018 and convicted on Sunday", "Sunday", "2019-07-07"),
        ("It was bought in 2016 and sold in June last year", "June last year", "2018-06"),
    ],
)
def test_a_year_said_in_passing_is_not_that_of_other_dates(text: str, words: str, iso: str) -> None:
    assert told(text, THURSDAY)[-1] == (words, iso)


def test_basis_says_whether_the_documents_date_was_needed() -> None:
    found = mentions("In May 2018, and last year", document_date=THURSDAY)
    assert [m.basis for m in found] == ["stated", "relative"]


def test_only_the_part_asked_for_is_searched_and_spans_are_the_texts_own() -> None:
    text = "In 2017. In 2018. In 2019."
    assert [(m.date, m.span.start) for m in mentions(text, start=8, end=17)] == [("2018", 12)]


@pytest.mark.parametrize("wrong", ["", "July", "2019-7-1", "2019-13", "2019-02-30", "0999", "11"])
def test_a_document_date_that_is_not_iso_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not an ISO date"):
        mentions("today", document_date=wrong)


WORDS = st.sampled_from(
    [
        *("in", "on", "last", "next", "this", "of", "three", "week", "year", "ago", "yesterday"),
        *("May", "may", "Jan.", "March", "Sunday", "5", "12", "31", "98", "1997", "2019", "10:37"),
        *("to", "-", "–", "/", ",", ".", "(", ")", "%", "$", ":", "|", "#", "\n", "\r\n"),
        *("2020-01-28", "03/04/2020"),
        *("\t", "\ufeff", "\u00a0", "\u0130", "\u017f", "\U0001f600"),
    ]
)


TEXTS = st.text(max_size=80) | st.lists(WORDS, max_size=25).map(" ".join)


DAYS = st.dates(date(1000, 1, 1), date(2199, 12, 31)).map(date.isoformat)


@given(TEXTS, st.none() | DAYS | DAYS.map(lambda d: d[:7]) | DAYS.map(lambda d: d[:4]))
def test_every_mention_is_stripped_ordered_and_a_real_date(text: str, now: str | None) -> None:
    end = 0
    for found in mentions(text, document_date=now):
        words = text[found.span.start : found.span.end]
        assert end <= found.span.start < found.span.end <= len(text)
        assert words == words.strip()
        assert date.fromisoformat(found.date + "-01-01"[len(found.date) - 4 :])
        end = found.span.end


@given(TEXTS, DAYS)
def test_what_is_untold_is_apart_from_every_mention(text: str, now: str) -> None:
    spans = [m.span for m in mentions(text, document_date=now)]
    spans = sorted([*spans, *unresolved(text, document_date=now)])
    assert all(a.end <= b.start for a, b in pairwise(spans))


@given(TEXTS)
def test_without_a_documents_date_every_mention_is_stated_by_its_words(text: str) -> None:
    assert all(m.basis == "stated" for m in mentions(text))


@pytest.mark.parametrize(
    "hostile",
    [
        *("1 " * 100_000, "May " * 50_000, "1" * 200_000, "in " * 30_000, "5-6 " * 20_000),
        *(" " * 90_000, "5" + " " * 90_000 + "May 2019", "2019-" * 20_000, "|" * 90_000),
        *(
            "-" * 90_000,
            "\n" * 90_000,
            "will " * 20_000 + "in May",
            "on Sunday " * 9_000,
            ".\"'" * 30_000,
        ),
        *("5 May 2019 " * 10_000, "in 2018 " + "on May 5 " * 20_000),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_lines_of_any_length_are_read_in_one_pass(hostile: str) -> None:
    with soon():
        found = mentions(hostile, document_date=THURSDAY)
    assert all(one.span.end <= len(hostile) for one in found)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2020", "2020"),
        ("2010-11", "2010-11"),
        (" 2020-03-28 ", "2020-03-28"),
        ("28 January 2020", "2020-01-28"),
        ("march 2020", "2020-03"),
        ("28/01/2020", "2020-01-28"),
        ("yesterday", "2019-07-10"),
        ("last month", "2019-06"),
        ("3 weeks ago", "2019-06"),
    ],
)
def test_what_is_typed_is_one_date(typed: str, iso: str) -> None:
    assert read_date(typed, today=THURSDAY) == iso


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2020-13",
        "2020-02-30",
        "03/04/2020",
        "in March 2020",
        "2019 and 2020",
        "soon",
        "Q3 2025",
        "H1 2024",
        "FY2020",
        "fiscal year 2020",
    ],
)
def test_what_is_no_date_or_more_than_one_is_not_guessed(typed: str) -> None:
    assert read_date(typed, today=THURSDAY) is None


def test_without_a_day_of_today_no_date_is_worked_out() -> None:
    assert read_date("yesterday") is None


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2019-07-11", "2019-07-11", "2019-07-11"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(iso: str, first: str, last: str) -> None:
    assert (first_day(iso), last_day(iso)) == (first, last)
