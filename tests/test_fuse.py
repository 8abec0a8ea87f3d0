"""Ranked lists become one."""

import numpy as np
import pytest

from index.search.fuse import best, fuse, union


def test_the_share_of_the_cosine_decides() -> None:
    passages, cosines = np.array([3, 5]), np.array([0.9, 0.5], np.float32)
    bm25 = np.array([0.0, 4.0], np.float32)
    assert [h.passage for h in fuse(passages, cosines, bm25, weight=0.9, top=2)] == [3, 5]
    assert [h.passage for h in fuse(passages, cosines, bm25, weight=0.1, top=2)] == [5, 3]


def test_a_hit_says_how_it_came_to_its_score() -> None:
    (hit,) = fuse(
        np.array([7]), np.array([0.5], np.float32), np.array([8.0], np.float32), weight=0.7, top=1
    )
    assert (hit.passage, hit.cosine, hit.bm25) == (7, 0.5, 1.0)
    assert hit.score == pytest.approx(0.7 * 0.5 + 0.3)


def test_ties_break_by_passage_number() -> None:
    passages, same = np.array([9, 2, 4]), np.ones(3, np.float32)
    assert [h.passage for h in fuse(passages, same, same, weight=0.5, top=2)] == [2, 4]


def test_where_no_word_matches_the_cosine_alone_decides() -> None:
    none = np.zeros(2, np.float32)
    hits = fuse(np.array([0, 1]), np.array([0.1, 0.2], np.float32), none, weight=0.7, top=2)
    assert [(h.passage, h.bm25) for h in hits] == [(1, 0.0), (0, 0.0)]


def test_the_best_are_those_above_nothing() -> None:
    assert best(np.array([0, 3, 0, 5, 3], np.float32), 2).tolist() == [3, 1]
    assert best(np.zeros(3, np.float32), 2).tolist() == []


def test_a_union_holds_each_number_once_ascending() -> None:
    assert union([5, 1], np.array([1, 3])).tolist() == [1, 3, 5]


def test_ties_at_the_edge_of_the_best_go_to_the_lowest_numbers() -> None:
    assert best(np.array([1, 2, 1, 1, 0], np.float32), 3).tolist() == [1, 0, 2]
