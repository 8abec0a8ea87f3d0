"""A question set is read as it is written, or the line that is wrong is named."""

import json
from pathlib import Path

import pytest

from index.errors import BadSet
from index.evaluation.sets import Asked, read_set


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder of a set, with the one document that it is about, and no question yet."""
    (tmp_path / "mine" / "docs" / "hr").mkdir(parents=True)
    (tmp_path / "mine" / "docs" / "hr" / "leave.txt").write_text("Leave is signed off by Ada.\n")
    return tmp_path / "mine"


def write(mine: Path, *lines: str | bytes) -> None:
    raw = [line.encode() if isinstance(line, str) else line for line in lines]
    (mine / "questions.jsonl").write_bytes(b"\n".join(raw))


def test_a_set_is_its_questions_with_what_answers_them_and_where(mine: Path) -> None:
    signs = {"id": 7, "question": "who signs?", "answers": ["Ada", "A."], "docs": ["hr/leave.txt"]}
    write(mine, b"\xef\xbb\xbf" + json.dumps(signs).encode(), "", '{"question": "who sings?"}\r\n')
    assert read_set(mine) == (
        Asked("7", "who signs?", ("Ada", "A."), ("hr/leave.txt",)),
        Asked("", "who sings?", (), ()),
    )
    assert [asked.answerable for asked in read_set(mine)] == [True, False]


def test_what_the_set_calls_unanswerable_has_no_answers(mine: Path) -> None:
    write(mine, '{"question": "who signs?", "answers": ["Ada"], "answerable": false}')
    assert read_set(mine) == (Asked("", "who signs?", (), ()),)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", " is not JSON in UTF-8; write one object a line"),
        (b'{"question": "caf\xe9?"}', " is not JSON in UTF-8; write one object a line"),
        ("[" * 100_000, " is not JSON in UTF-8; write one object a line"),
        ("[]", " is no JSON object; write one object a line"),
        ("{}", ' has no text for "question"; write what is asked'),
        ('{"question": 5}', ' has no text for "question"; write what is asked'),
        ('{"question": "?"}', ": the question has no word or number in it; ask in words"),
        ('{"question": "who left \\ud800?"}', ": the question is not UTF-8; write it in UTF-8"),
        (
            '{"question": "who left?", "answers": "Ada"}',
            ': "answers" is no list of texts; write',
        ),
        ('{"question": "who left?", "answers": [5]}', ': "answers" is no list of texts; write'),
        (
            '{"question": "who left?", "answerable": true}',
            " is answerable and has no answer; ",
        ),
        (
            '{"question": "who left?", "answers": ["", "?"]}',
            " is answerable and has no answer; ",
        ),
        (
            '{"question": "who left?", "answerable": "no"}',
            ': "answerable" is neither true nor false',
        ),
        (
            '{"question": "who left?", "docs": {}}',
            ': "docs" is no list of texts; write',
        ),
        (
            '{"question": "who left?", "docs": ["a\\nb"]}',
            ": \"docs\" names 'a\\nb', which is no ",
        ),
        (
            '{"question": "who left?", "docs": ["hr"]}',
            ": \"docs\" names 'hr', which is no ",
        ),
    ],
    ids=lambda value: repr(value[:40]),
)
def test_a_line_that_is_wrong_is_named_by_its_number(
    mine: Path, line: str | bytes, said: str
) -> None:
    write(mine, '{"question": "who signs?"}', "", line)
    with pytest.raises(BadSet) as raised:
        read_set(mine)
    assert str(raised.value).startswith(f"{mine / 'questions.jsonl'}:3{said}")
    assert "\n" not in str(raised.value)


def test_a_folder_without_questions_or_documents_is_no_set(mine: Path) -> None:
    with pytest.raises(BadSet, match=r"questions\.jsonl cannot be read \(No such file"):
        read_set(mine)
    write(mine, "", "  ")
    with pytest.raises(BadSet, match=r"questions\.jsonl has no question; write one a line"):
        read_set(mine)
    (mine / "docs").rename(mine / "documents")
    with pytest.raises(BadSet, match=r"mine has no folder docs; put the documents asked about"):
        read_set(mine)
