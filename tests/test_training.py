"""What the reader learns from is as training/written/README.md says, and the scripts start."""

import json
import random
import re
import subprocess
import sys
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from index import read_set
from index.evaluation.measure import has
from index.models.encode import SentenceEncoder

ROOT = Path(__file__).parent.parent / "training"
FILES = sorted((ROOT / "written").glob("*.jsonl"))
SETS = sorted(str(path.parent.relative_to(ROOT)) for path in ROOT.rglob("questions.jsonl"))


def test_there_are_documents_to_learn_from_and_sets_to_measure_with() -> None:
    assert len(FILES) == 42
    assert len(SETS) == 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_answer_is_the_words_of_its_document(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        document = json.loads(line)
        kind, title, text, *asked = document.values()
        assert list(document)[:4] == ["kind", "title", "text", "questions"]
        assert set(document) <= {"kind", "title", "text", "questions", "quiz", "pairs"}
        assert kind
        assert title
        for question, answer, *opening in chain(*asked):
            assert question.strip()
            assert answer is None or answer in text, question
            assert not opening or (answer and opening[0] in text), question


@pytest.mark.parametrize("name", SETS)
def test_each_answer_of_a_set_is_the_words_of_its_documents(name: str) -> None:
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / name / "docs").iterdir()}
    for asked in read_set(ROOT / name):
        held = "\n".join(texts[doc] for doc in asked.docs)
        assert all(has([answer], held) for answer in asked.answers), asked


@pytest.mark.parametrize("script", ["fit.py", "reader.py"])
def test_a_script_says_what_it_makes_of_what(script: str) -> None:
    command = [sys.executable, ROOT / script, "--help"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    assert "--work DIR" in said.stdout
    assert "Writes" in said.stdout


@pytest.fixture
def swaps(monkeypatch: pytest.MonkeyPatch, encoder: SentenceEncoder) -> Any:
    monkeypatch.syspath_prepend(str(ROOT))
    texts = [f"The {role} officer came {day}." for role in ("financial", "medical") for day in "ab"]
    return import_module("swaps").Swaps(texts, ["Norway", "Turkey", "Tuesday"], encoder)


@pytest.mark.parametrize(
    ("question", "said", "changed"),
    [
        ("who is the medical officer?", "The medical officer is Ida.", {"financial"}),
        ("when does it open?", "It will open at 8.", {"close", "shut"}),
    ],
)
def test_a_word_is_changed_for_one_that_stands_there_elsewhere_or_for_its_opposite(
    swaps: Any, question: str, said: str, changed: set[str]
) -> None:
    made = swaps.word(question, said, random.Random(1))
    assert set(made.strip("?").split()) - set(question.strip("?").split()) <= changed
    assert made != question


def test_a_word_is_not_changed_for_one_that_is_said_too(swaps: Any) -> None:
    said = "The medical officer is Ida, the financial officer Ole."
    assert swaps.word("who is the medical officer?", said, random.Random(1)) is None


def test_a_name_is_changed_for_one_of_its_kind(swaps: Any) -> None:
    asked = "how many came to Norway?"
    made = swaps.number_or_name(asked, asked, (), random.Random(1))
    assert made == "how many came to Turkey?"


def test_every_figure_of_a_number_is_changed(swaps: Any) -> None:
    asked = "who has room 12?"
    made = swaps.number_or_name(asked, asked, (), random.Random(1))
    assert made != asked
    assert re.fullmatch("who has room [1-9]{2}[0-9]?\\?", made)
