"""The lines of a text."""

from index.documents.lines import line_of, lines


def test_lines_are_counted_from_one_and_end_at_a_line_feed_alone() -> None:
    text = "a\r\nb\u2028\x0b\rc\n\nd"
    starts = lines(text)
    assert starts == (0, 3, 9, 10)
    assert [line_of(starts, text.index(c)) for c in "a\nbcd"] == [1, 1, 2, 2, 4]
