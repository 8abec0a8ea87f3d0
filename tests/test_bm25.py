"""BM25, held to rank-bm25 and to its formula; and the table of its terms."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.bm25 import Bm25, fit, okapi
from index.search.terms import Terms


def test_a_term_in_half_of_the_passages_still_counts_for_them() -> None:
    model = fit([["ban", "huawei"], ["huawei"], ["china"], ["trade"]])
    scores = model.scores(["huawei"])
    assert scores[0] > 0
    assert scores[1] > scores[0]  # the shorter passage is more about it
    assert scores[2] == scores[3] == 0


def test_a_score_is_what_the_formula_gives_by_hand() -> None:
    model = fit([["a", "a", "b"], ["c"]])
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    weight = 2 * 2.5 / (2 + 1.5 * (0.25 + 0.75 * 3 / 2))
    assert model.scores(["a"]) == pytest.approx([idf * weight, 0])


passages = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8), min_size=1, max_size=12)


@given(passages.filter(any), st.lists(st.sampled_from("abcdefghx"), unique=True))
def test_the_matrix_gives_the_scores_that_rank_bm25_gives(
    corpus: list[list[str]], question: list[str]
) -> None:
    expected = okapi(corpus).get_scores(question)
    assert fit(corpus).scores(question) == pytest.approx(expected, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("corpus", [[], [[]], [[], []]])
def test_a_corpus_without_words_has_no_scores(corpus: list[list[str]]) -> None:
    model = fit(corpus)
    assert isinstance(model, Bm25)
    assert np.array_equal(model.scores(["a"]), np.zeros(len(corpus)))


def test_a_term_that_is_nowhere_tells_as_much_as_one_that_is_once() -> None:
    model = fit([["a", "b"], ["b"], ["b", "c"]])
    assert model.idf_of("x") == pytest.approx(model.idf_of("a"))
    assert model.idf_of("a") > model.idf_of("b") > 0


@given(st.sets(st.text(st.characters(exclude_categories=["Cs"]))), st.text())
def test_a_table_of_terms_is_the_mapping_of_the_sorted_terms(terms: set[str], other: str) -> None:
    table = Terms.of(terms)
    assert dict(table) == {term: number for number, term in enumerate(sorted(terms))}
    assert (other in table) is (other in terms)
    assert "\ud800" not in table
