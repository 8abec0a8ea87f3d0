"""The reader: what it says of sentences, and that it is the one that the weights were made for."""

import shutil
from pathlib import Path

import pytest

from index.answers.answer import weights
from index.documents.passages import split
from index.errors import BadModel
from index.models import reader as module
from index.models.reader import Reader, fingerprint
from index.questions.question import MAX_QUESTION
from index.types import Window

BRIDGE = (
    "The old bridge was closed to lorries for years. It was opened again on 3 May 2019. "
    "The town council paid 2.4 million euros for the work."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(fingerprint())


def window(text: str, title: str = "The bridge of Mill Lane") -> Window:
    return Window(title, text, tuple(sentence.span for sentence in split(text)))


def test_the_weights_were_fitted_with_the_reader_that_is_here() -> None:
    assert weights().reader == fingerprint()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("when was the bridge opened again?", 1),
        ("how much did the council pay for the work?", 2),
        ("for which vehicles was the bridge closed?", 0),
    ],
)
def test_the_sentence_that_answers_has_the_most_evidence(
    reader: Reader, question: str, sentence: int
) -> None:
    ((*read,),) = reader.read(question, [window(BRIDGE)])
    assert max(range(3), key=lambda i: read[i].evidence) == sentence


def test_a_question_about_something_else_has_less(reader: Reader) -> None:
    def most(question: str) -> float:
        ((*read,),) = reader.read(question, [window(BRIDGE)])
        return max(one.evidence for one in read)

    assert most("when was the bridge opened again?") > most("when was the harbour of Oslo dredged?")


def test_what_is_said_of_a_window_depends_on_no_other(reader: Reader) -> None:
    one, other = window(BRIDGE), window("Nothing of this is about bridges. Cats sleep a lot.")
    (alone,) = reader.read("who paid?", [one])
    together = reader.read("who paid?", [other, one, other])
    assert together[1] == alone
    assert together[0] == together[2]


def test_of_a_text_that_is_cut_every_sentence_is_given(reader: Reader) -> None:
    text = " ".join(f"Sentence number {n} is about the {n}th thing of all." for n in range(60))
    one = window(text)
    ((*read,),) = reader.read("what is the 3rd thing?", [one])
    assert len(read) == len(one.sentences) == 60
    cut = [r for r in read if r == read[-1]]
    assert 20 < len(cut) < 55
    assert read[-1].evidence == min(r.evidence for r in read)


@pytest.mark.parametrize("text", ["", " ", "\n", "x", "日本語", "🙂" * 50, "\x00\u202e"])
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    ((*read,),) = reader.read(text or "?", [window(text, title="")])
    assert len(read) == len(window(text).sentences)


@pytest.mark.parametrize("words", ["what is the rule about ", "第", "a1-"])
def test_a_question_as_long_as_can_be_asked_is_read(reader: Reader, words: str) -> None:
    ((*read,),) = reader.read((words * MAX_QUESTION)[:MAX_QUESTION], [window(BRIDGE)])
    assert len(read) == 3


def test_no_window_is_no_reading(reader: Reader) -> None:
    assert reader.read("who paid?", []) == []


def test_another_reader_or_a_damaged_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadModel, match="not the reader that this version came with"):
        Reader("0" * 64).load()
    expected = fingerprint()
    shutil.copytree(module.FOLDER, tmp_path / "reader")
    monkeypatch.setattr(module, "FOLDER", tmp_path / "reader")
    with (tmp_path / "reader" / "model.bin").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"quoth")
    with pytest.raises(BadModel, match="install quoth again"):
        Reader(expected).load()
    (tmp_path / "reader" / "model.bin").unlink()
    with pytest.raises(BadModel, match="No such file"):
        Reader(expected).load()
