"""What is said of a sentence: where it stands, or what comes closest, with what differs marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import quote

from bot.terminal.layout import Page, show_verdict
from bot.wording import visible
from index.types import Span, Verdict


def judged(verdict: Verdict, width: int = 24, *, ascii: bool = False) -> str:
    return show_verdict(verdict, Page(width, str, ascii)).plain


def test_the_marks_stand_under_the_words_that_differ_however_wide_those_are() -> None:
    sentence = "日本 5% here, and so it goes on for ever"
    close = quote("日本語 15% here, and so it goes on", bold="日本語 15%")
    verdict = Verdict(sentence, (), (close,), (Span(0, 5), Span(22, 29)))
    assert (
        judged(verdict)
        == """\
Not word for word in the
documents.

You wrote:
  日本 5% here, and so
  ^^^^^^^
  it goes on for ever
     ^^^^^^^

What comes closest, its
differences marked:

┆ 日本語 15% here, and
┆ ^^^^^^^^^^
┆ so it goes on
  28 January 2020
  000.txt:9"""
    )


def test_a_document_is_named_once_above_all_its_lines_and_a_line_once() -> None:
    here = quote("the fee", line_start=9)
    there = quote("the fee", line_start=12, line_end=12)
    else_where = quote("The\nfee", source="b.txt", line_start=1, line_end=2, date=None)
    verdict = Verdict("the fee", (here, here, there, else_where), (), ())
    assert (
        judged(verdict, ascii=True)
        == """\
Word for word in the
documents, in 4 places.

| the fee
  28 January 2020
  000.txt:9
  000.txt:12

The same but for white
space, a capital letter:

| The fee
  undated
  b.txt:1 (lines 1-2)"""
    )


def test_where_a_reader_does_not_see_the_difference_that_is_said_below() -> None:
    verdict = Verdict("the fee", (quote("the **fee**"),), (), (), but_for_marks=True)
    below = "But for marks that a reader does not see: ** and the like, a hyphen at a line end."
    assert judged(verdict).endswith(f"000.txt:9\n\n{below}")


def test_of_very_many_places_the_first_are_listed_and_all_are_counted() -> None:
    places = tuple(quote("the", line_start=n, line_end=n) for n in range(1, 1201))
    shown = judged(Verdict("the", places, (), ())).splitlines()
    assert shown[:2] == ["Word for word in the", "documents, in 1,200"]
    assert shown[-4:] == ["  000.txt:50", "", "These are the first 50;", "--json names all."]
    assert "first" not in judged(Verdict("the", places[:50], (), ()))


def test_where_nothing_is_marked_nothing_is_said_to_be() -> None:
    verdict = Verdict("the fee", (), (quote("the fee", highlight=()),), ())
    assert "What comes closest:" in judged(verdict)


@pytest.mark.parametrize(
    ("text", "marks", "said"),
    [
        ("The fee", False, "The same but for a capital letter:"),
        ("\u201cthe fee\u201d", False, "The same but for quotation marks:"),
        ("the f\u200bee", False, "The same but for unseen marks:"),
        ("The `fee", True, "As the document writes it:"),
    ],
)
def test_what_differs_is_named_but_where_marks_would_pass_for_it(
    text: str, marks: bool, said: str
) -> None:
    verdict = Verdict("the fee", (quote(text),), (), (), but_for_marks=marks)
    assert judged(verdict, 60).split("\n\n")[1] == said


@given(st.text(max_size=200), st.text(min_size=1, max_size=200), st.integers(20, 60))
def test_no_sentence_and_no_document_can_paint_the_screen(
    sentence: str, text: str, width: int
) -> None:
    span = Span(100, 100 + len(text))
    close = quote(text, highlight=(span,))
    shown = judged(Verdict(sentence, (), (close,), (Span(0, len(sentence)),)), width)
    assert visible(shown.replace("\n", "")) == shown.replace("\n", "")
