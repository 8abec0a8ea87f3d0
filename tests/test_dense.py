"""Nearest passages: all of them compared, or the lists of an inverted file."""

from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np
import pytest

from index import BrokenIndex, Index
from index.models.encode import SentenceEncoder
from index.search import dense
from index.search.dense import Dense, part
from index.storage.store import open_generation
from index.types import Vectors


def scattered(count: int) -> Vectors:
    """Unit vectors around a hundred directions, as texts lie around topics."""
    random = np.random.default_rng(7)
    topics = random.standard_normal((100, 16))
    rows = topics[random.integers(100, size=count)] + 0.5 * random.standard_normal((count, 16))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_few_passages_are_all_compared() -> None:
    vectors = np.eye(4, dtype=np.float32)
    assert part(vectors, vectors) is None
    near = Dense(vectors, None).search(np.array([0.1, 0.9, 0.4, 0.2], np.float32), 3)
    assert near.tolist() == [1, 2, 3]


def test_no_more_is_found_than_there_is() -> None:
    assert Dense(np.eye(2, dtype=np.float32), None).search(np.ones(2, np.float32), 9).size == 2


def test_lists_find_what_comparing_all_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "EXACT", 20_000)
    vectors, questions = scattered(25_000), scattered(300)
    lists = part(vectors, questions)
    assert lists is not None
    assert lists.probes < len(lists.centres)
    assert lists.recall >= 0.99
    parted = Dense(vectors[lists.order], lists)
    truth = faiss.knn(questions, vectors, 10, metric=faiss.METRIC_INNER_PRODUCT)[1]
    found = [parted.search(question, 10) for question in questions]
    assert np.mean([np.isin(f, t).mean() for f, t in zip(found, truth, strict=True)]) >= 0.98
    assert all((np.diff(vectors[f] @ q) <= 0).all() for f, q in zip(found, questions, strict=True))
    within = np.arange(len(vectors)) % 2 == 0
    exact = np.flatnonzero(within)[np.argsort(-vectors[within] @ questions[0])[:10]]
    for limit in (20_000, 100):  # all that may be found are compared, or lists are looked into
        monkeypatch.setattr(dense, "EXACT", limit)
        near = parted.search(questions[0], 10, within=within)
        assert within[near].all()
        assert np.isin(near, exact).mean() >= 0.9
    some = np.array([24_999, 0, 7])
    assert np.array_equal(parted.vectors(some), vectors[some])


def test_what_may_be_found_is_found_in_whatever_lists_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dense, "EXACT", 1_000)
    vectors, questions = scattered(2_000), scattered(300)
    lists = part(vectors, questions)
    assert lists is not None
    lists = replace(lists, probes=8)
    within = vectors @ questions[0] < 0  # more than EXACT, and none near what is asked
    assert within.sum() > 500
    monkeypatch.setattr(dense, "EXACT", 500)
    found = Dense(vectors[lists.order], lists).search(questions[0], 10, within=within)
    exact = np.flatnonzero(within)[np.argsort(-vectors[within] @ questions[0])[:10]]
    assert found.tolist() == exact.tolist()


def test_an_index_of_many_passages_keeps_its_recall_and_answers(
    tmp_path: Path, encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "EXACT", 20)
    docs, idx = tmp_path / "docs", tmp_path / "idx"
    docs.mkdir()
    for year in range(1900, 1930):
        (docs / f"{year}.txt").write_text(f"In {year} the river rose by {year % 97} feet.\n")
    Index.build([docs], idx, model=encoder)
    assert open_generation(idx).meta["dense"]["recall"] >= 0.99
    order = idx / "generations" / "000001" / "passages.order"
    whole = order.read_bytes()
    order.write_bytes(whole[:-1] + b"\x7f")
    with pytest.raises(BrokenIndex, match=r"passages\.order is damaged"):
        open_generation(idx, verify_bytes=0)
    order.write_bytes(whole)
    question = "when did the river rise by 76 feet?"
    before = Index.open(idx, model=encoder).ask(question)
    assert before.quotes[0].text == "In 1919 the river rose by 76 feet."

    # An update takes the vectors over, wherever their rows were.
    (docs / "1930.txt").write_text("In 1930 the river was dry.\n")
    Index.build([docs], idx, model=encoder)
    after = Index.open(idx, model=encoder)
    assert after.ask(question).quotes[0].text == before.quotes[0].text
    assert after.ask("when was the river dry?").quotes[0].source == "1930.txt"
