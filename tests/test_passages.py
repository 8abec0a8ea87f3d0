"""Which sentences make a passage."""

import pytest
from cut import TEXTS, F, H, P, kinds
from hypothesis import given
from hypothesis import strategies as st

from index.documents.passages import MAX_PASSAGE, MAX_PASSAGE_SENTENCES, group, split
from index.types import Kind, Sentence, Span


def prose(*lengths: int) -> tuple[Sentence, ...]:
    """Sentences of these lengths, each one character after the last."""
    starts = [sum(lengths[:n]) + n for n in range(len(lengths))]
    spans = [Span(start, start + size) for start, size in zip(starts, lengths, strict=True)]
    return tuple(Sentence(span, P) for span in spans)


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ((), ()),
        (prose(9), (range(1),)),
        (prose(9, 9, 9, 9), (range(3), range(3, 4))),
        (prose(300, 299, 9), (range(2), range(2, 3))),
        (prose(300, 300, 9), (range(1), range(1, 3))),
        (prose(1000, 9), (range(1), range(1, 2))),
    ],
)
def test_a_passage_is_up_to_three_sentences_or_600_characters(
    sentences: tuple[Sentence, ...], expected: tuple[range, ...]
) -> None:
    assert (MAX_PASSAGE_SENTENCES, MAX_PASSAGE) == (3, 600)
    assert group(sentences) == expected


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([H, P, P, H, P], (range(3), range(3, 5))),
        ([H, H], (range(1), range(1, 2))),
        ([F, F, P, F], (range(2), range(2, 3), range(3, 4))),
        ([H, F], (range(1), range(1, 2))),
    ],
)
def test_a_heading_opens_a_passage_and_fragments_keep_to_themselves(
    marks: list[Kind], expected: tuple[range, ...]
) -> None:
    spans = [s.span for s in prose(*[9] * len(marks))]
    assert group(tuple(map(Sentence, spans, marks))) == expected


@given(TEXTS, st.booleans())
def test_every_sentence_is_in_exactly_one_passage(text: str, markdown: bool) -> None:
    sentences = split(text, markdown=markdown)
    passages = group(sentences)
    assert [n for passage in passages for n in passage] == list(range(len(sentences)))
    for passage in passages:
        headed = sentences[passage[0]].kind is H and len(passage) > 1
        assert 1 <= len(passage) - headed <= MAX_PASSAGE_SENTENCES
        size = sentences[passage[-1]].span.end - sentences[passage[0]].span.start
        assert len(passage) == 1 or size <= MAX_PASSAGE


def test_a_short_line_on_top_of_prose_is_its_heading_and_opens_its_passage() -> None:
    text = "Subscribe\nShare\n\n3.1 Annual leave\n\nStaff have 27 days. They ask early."
    assert kinds(text) == [
        ("Subscribe", F),
        ("Share", F),
        ("3.1 Annual leave", H),
        ("Staff have 27 days.", P),
        ("They ask early.", P),
    ]
    assert group(split(text)) == (range(0, 2), range(2, 5))


def test_a_heading_does_not_count_among_the_sentences_of_its_passage() -> None:
    text = "Leave\n\nOne day. Two days. Three days. Four days."
    assert group(split(text)) == (range(0, 4), range(4, 5))
