"""The lines of a text."""

import pytest

from index import Span
from index.documents.lines import line_of, lines, paragraph


def test_lines_are_counted_from_one_and_end_at_a_line_feed_alone() -> None:
    text = "a\r\nb\u2028\x0b\rc\n\nd"
    starts = lines(text)
    assert starts == (0, 3, 9, 10)
    assert [line_of(starts, text.index(c)) for c in "a\nbcd"] == [1, 1, 2, 2, 4]


@pytest.mark.parametrize("empty", ["\n\n", "\n \t\n", "\r\n\r\n", "\n\n\n"])
def test_a_paragraph_is_what_empty_lines_part_whatever_ends_them(empty: str) -> None:
    text = f"One.{empty}Two,\nit is.{empty}Three."
    for word in ("Two", "is"):
        at = paragraph(text, Span(text.index(word), text.index(word) + 2))
        assert text[at.start : at.end].strip() == "Two,\nit is."
    for word in ("One.", "Three."):
        at = paragraph(text, Span(text.index(word), text.index(word) + 2))
        assert text[at.start : at.end].strip() == word
