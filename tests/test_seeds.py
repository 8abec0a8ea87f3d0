"""The first corpus, byte for byte, and what must be quoted from it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import FirstUse
from e2e.door import Door

ROOT = Path(__file__).parent.parent
HASHES = {
    "000_170c282705bbfc67.txt": "3bbdb22085132620c6ed3b7b0835098eb8f4c6cd520042e0ce983080fcd12e6c",
    "001_d6e10a7ef917b09b.txt": "ceb5cbb5cc71e3ff7acd027b2fb9a52556b441ff9a2a2781ffbcfab24be1ecb5",
    "002_b4eacca091bd7850.txt": "ca99ac502483f4979192619b05eb948b9d979e90d08b9e8f8740735f8cc8f553",
    "003_77119e96c5a50260.txt": "70c39e40bbaca3b81e475a107252de051299cfe7ef2141f472ddf546e45f1e3f",
    "004_260a84af7aca67c8.txt": "c09cf668127a8781826965401d734143e3bb41c9101b40b3aafd21f94257712d",
}
ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "seeds.jsonl").read_text("utf-8").splitlines()
]
ANSWERABLE = [row for row in ROWS if row["source"]]
UNANSWERABLE = [row for row in ROWS if not row["source"]]


def test_the_seeds_are_the_five_articles_as_they_were_given() -> None:
    assert {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / "seeds").iterdir()
    } == HASHES


@pytest.fixture(scope="module")
def answers(first_use: FirstUse) -> dict[str, dict[str, Any]]:
    """What the installed command answers to every question, in one go."""
    questions = "".join(row["question"] + "\n" for row in ROWS).encode()
    ran = Door(first_use.home).run("ask", "-", "--json", stdin=questions)
    assert ran.code == 0, ran.err
    given = [json.loads(line) for line in ran.out.splitlines()]
    return {row["question"]: answer for row, answer in zip(ROWS, given, strict=True)}


@pytest.mark.parametrize("row", ANSWERABLE, ids=lambda row: row["question"])
def test_what_answers_is_quoted_within_300_characters(
    row: dict[str, Any], answers: dict[str, dict[str, Any]]
) -> None:
    quotes = answers[row["question"]]["quotes"]
    assert row["quotes"] in "\n".join(quote["text"] for quote in quotes)[:300]
    assert row["source"] in [quote["source"] for quote in quotes]


@pytest.mark.parametrize("row", UNANSWERABLE, ids=lambda row: row["question"])
def test_what_no_article_answers_is_refused(
    row: dict[str, Any], answers: dict[str, dict[str, Any]]
) -> None:
    answer = answers[row["question"]]
    assert not answer["answered"]
    assert answer["near"]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "when" in row], ids=lambda row: row["question"]
)
def test_a_when_is_dated_and_says_where_the_date_is_from(
    row: dict[str, Any], answers: dict[str, dict[str, Any]]
) -> None:
    when = answers[row["question"]]["when"]
    assert [when["date"], when["basis"]] == row["when"]
