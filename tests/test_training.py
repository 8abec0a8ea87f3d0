"""What the reader learns from is as training/written/README.md says, and the scripts start."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index import read_set
from index.evaluation.measure import has

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
        assert list(document) == ["kind", "title", "text", "questions"]
        text = document["text"]
        for question, answer, *opening in document["questions"]:
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
