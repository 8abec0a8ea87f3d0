"""Tokens, and BM25 held to rank-bm25 and to its formula."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import Bm25, Terms, _PositiveIdf, content, fit, is_number, telling, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("when was the 10% rule dropped?", ["when", "was", "the", "10%", "rule", "drop"]),
        ("5% 15% 0.5% 50%", ["5%", "15%", "0.5%", "50%"]),
        ("10 per cent, 10 percent, 10 %, ten per cent", ["10%", "10%", "10%", "10%"]),
        ("£900 million", ["900", "£900", "million"]),
        ("$2.39 Bln", ["2.39", "$2.39", "billion"]),
        ("$11bn", ["11", "$11", "billion"]),
        ("10 m", ["10", "m"]),
        ("1,000,000 people", ["1000000", "peopl"]),
        ("COVID-19", ["covid", "19", "covid19"]),
        ("US-China talks", ["us", "china", "talk"]),
        ("the U.S. and the US", ["the", "us", "and", "the", "us"]),
        ("Pentagon’s, Pentagon's, Pentagon", ["pentagon", "pentagon", "pentagon"]),
        ("5G 10th", ["5g", "10th"]),
        ("recommended recommendation", ["recommend", "recommend"]),
        ("six chiefs", ["6", "chief"]),
        ("FRÉDÉRIC frédéric Frederic", ["freder", "freder", "freder"]),
        ("日本語", ["日本", "本語"]),
        ("?!… — 👍", []),
    ],
)
def test_a_text_has_these_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_a_token_knows_the_characters_it_was_made_from() -> None:
    text = "a 10 per cent rise"
    assert [text[s.start : s.end] for _, s in words(text)] == ["a", "10 per cent", "rise"]


def test_stop_words_tell_nothing_unless_there_is_nothing_else() -> None:
    assert telling("what is it?") == []
    assert content("what is it?") == ["what", "is", "it"]
    assert content("what is the rule?") == ["rule"]


def test_a_country_is_no_pronoun() -> None:
    assert content("what did the US do in May?") == ["us", "may"]


@pytest.mark.parametrize(
    ("token", "expected"), [("10%", True), ("5g", True), ("£900", True), ("rule", False)]
)
def test_a_token_with_a_digit_is_a_number(token: str, expected: bool) -> None:
    assert is_number(token) is expected


@given(st.text())
def test_any_text_has_tokens_whose_characters_lie_in_it_in_order(text: str) -> None:
    spans = [span for _, span in words(text)]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize("piece", ["a.", "a-", "a'", "1,", "1-", "$", "ten ", ".", "é\u0301"])
def test_a_long_run_of_anything_is_read_in_linear_time(piece: str) -> None:
    assert sum(1 for _ in words(piece * 100_000)) <= 400_000


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
    expected = _PositiveIdf(corpus).get_scores(question)
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
