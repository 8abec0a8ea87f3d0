"""Documents in, answers out, through Index with the real model."""

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from conftest import RATES, Ask, build_in

from index import BadQuestion, BrokenIndex, Index
from index.models.encode import SentenceEncoder
from index.storage.store import open_generation
from index.types import Reading, Scope, Span


@pytest.mark.parametrize("files", [{}, {"empty": ""}, {"marks": "---\n***\n?!\n"}])
def test_documents_without_words_answer_nothing(ask: Ask, files: dict[str, str]) -> None:
    answer = ask("is there anything?", **files)
    assert (answer.answered, answer.confidence, answer.quotes, answer.near) == (False, 0.0, (), ())


def test_a_question_that_cannot_be_asked_is_refused(ask: Ask) -> None:
    with pytest.raises(BadQuestion):
        ask("?!", rates=RATES)


def test_the_same_question_is_answered_the_same_way(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    first = build_in(tmp_path, {"rates": RATES}, encoder).ask("who pays a fee of 5%?")
    again = Index.open(tmp_path / "idx", model=encoder).ask("who pays a fee of 5%?")
    assert replace(again, elapsed_ms=0) == replace(first, elapsed_ms=0)


def test_an_open_index_stays_as_it_was(tmp_path: Path, encoder: SentenceEncoder) -> None:
    file, index = tmp_path / "docs.txt", tmp_path / "idx"
    file.write_text("The bridge was opened in 1931 by the mayor.")
    Index.build([file], index, model=encoder)
    opened = Index.open(index, model=encoder)
    for text in ("The bridge was closed in 1950 by the mayor.", "There is no bridge any more."):
        file.write_text(text)
        Index.build([file], index, model=encoder)
    assert opened.ask("when was the bridge opened?").quotes[0].text.endswith("1931 by the mayor.")


def everything(index: Index) -> list[object]:
    """All that an index is asked, each of its files read for it."""
    sentence, source = "The board set the budget for the harbour at $5,000.", "old.txt"
    return [
        replace(index.ask("when did the board set the bugdet?", further=9), elapsed_ms=0),
        index.ask("what is the budget?", scope=Scope(after="2020")).quotes,
        index.timeline("when did the board set the budget?"),
        index.verify(sentence),
        index.verify(sentence.replace("$5,000", "$5,001")),
        index.excerpt(source, Span(0, 9)),
        (index.names("o"), index.raw(source), index.sources()),
    ]


@pytest.mark.parametrize("lists", [False, True], ids=["small", "large"])
def test_an_open_index_of_which_nothing_was_read_outlives_its_files(
    own_minutes: Index,
    tmp_path: Path,
    encoder: SentenceEncoder,
    lists: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A large one is not read as it is opened, and its vectors are parted into lists."""
    docs, idx, other = tmp_path / "docs", tmp_path / "idx", tmp_path / "docs" / "other.txt"
    if lists:
        monkeypatch.setattr("index.search.dense.EXACT", 3)
        monkeypatch.setattr(
            "index.engine.open_generation", partial(open_generation, verify_bytes=0)
        )
        other.write_text("There is no bridge.")
        Index.build([docs], idx, model=encoder)
    copied = Path(shutil.copytree(idx, tmp_path / "copy"))
    opened = Index.open(idx, model=encoder)
    other.write_text("There is a bridge.")
    Index.build([docs], idx, model=encoder)
    assert len(list((idx / "generations").iterdir())) == 1
    other.unlink()
    assert everything(opened) == everything(Index.open(copied, model=encoder))


class Renamed(SentenceEncoder):
    """The same model under another name and fingerprint, as another model would have them."""

    def __init__(self, name: str, fingerprint: str) -> None:
        super().__init__()
        self.name, self.fingerprint = name, fingerprint


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("other", "made with the model sentence-transformers/all-MiniLM-L6-v2, not other"),
        (
            "sentence-transformers/all-MiniLM-L6-v2",
            "made with the model sentence-transformers/all-MiniLM-L6-v2 in another form",
        ),
    ],
)
def test_an_index_of_another_model_is_named_and_how_to_mend_it(
    tmp_path: Path, encoder: SentenceEncoder, name: str, why: str
) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=encoder)
    with pytest.raises(BrokenIndex, match=why) as refusal:
        Index.open(tmp_path / "idx", model=Renamed(name, "0" * 64))
    mend = f"quoth index {tmp_path / 'a.txt'} --index {tmp_path / 'idx'}"
    assert str(refusal.value).endswith(f"build it again: {mend}")


FIRE = (
    "Two people died in the fire at the depot.\n\nThe fire at the mill broke out on 3 May 2021.\n\n"
    "The next meeting of the board is on 9 June 2021."
)


@pytest.mark.parametrize(
    ("reading", "used"),
    [
        (
            Reading("how many of them died?", "fire at the depot", Reading("is there a zebra?")),
            "how many of them died? (fire at the depot)",
        ),
        (
            Reading("what of the zebra?", otherwise=Reading("how many died in the fire?")),
            "how many died in the fire?",
        ),
        (
            Reading("when is the next meeting?", otherwise=Reading("when?", "fire at the mill")),
            "when is the next meeting?",
        ),
    ],
)
def test_of_two_readings_the_surer_is_used_and_told(ask: Ask, reading: Reading, used: str) -> None:
    answer = ask(reading, fire=FIRE)
    assert answer.answered
    assert answer.question == str(answer.reading) == used
