"""What sentences hold is known by numbers, as their texts would say it."""

import numpy as np

from index.held import NAME, NUMBER, TELLING, Gathering, Shared
from index.lexical import fit, tokens

SENTENCES = (
    "Huawei was banned by the USA in 2019.",
    "What is it?",
    "The board met Ms Smith-Jones.",
    "...",
    "Smith paid 900 and 7.",
)


def shared(question: str, *sentences: int) -> Shared:
    gathering, words = Gathering(), [tokens(text) for text in SENTENCES]
    for some, text in zip(words, SENTENCES, strict=True):
        gathering.add(some, text)
    model = fit(words, also=gathering)
    rows = np.array([model.rows.get(term, -1) for term in tokens(question)], np.int32)
    return gathering.held(model.rows).shared(np.array(sentences, np.int64), rows)


def test_a_sentence_has_the_terms_that_stand_in_it() -> None:
    held = shared("Smith Huawei nowhere", 2, 0).terms.tolist()
    assert held == [[True, False, False], [False, True, False]]


def test_what_else_it_says_is_counted_without_small_words_and_those_of_the_question() -> None:
    assert shared("what was Huawei", 0, 1).others(TELLING).tolist() == [3, 0]  # ban, usa, 2019


def test_numbers_are_counted_that_the_question_does_not_give() -> None:
    assert shared("who paid 900", 0, 3, 4).others(NUMBER).tolist() == [1, 0, 1]


def test_names_are_counted_that_the_question_does_not_give() -> None:
    assert shared("smith", 0, 1, 2).others(NAME).tolist() == [1, 0, 2]  # usa; ms, jone


def test_without_terms_or_sentences_nothing_is_shared() -> None:
    assert shared("", 0).terms.shape == (1, 0)
    assert shared("Smith").terms.shape == (0, 1)


def test_a_term_of_a_name_alone_is_in_no_passage() -> None:
    gathering = Gathering()
    gathering.add(tokens("about two Hundred people"), "about two Hundred people")
    model = fit([tokens("about two Hundred people")], also=gathering)
    assert "100" in model.rows
    assert model.row("100") is None
    assert model.idf_of("100") == model.idf_of("nowhere")
    assert not len(model.holders("100"))
    assert not model.scores(["100"]).any()
