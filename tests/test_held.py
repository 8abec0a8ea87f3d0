"""What sentences hold is known by numbers, as their texts would say it."""

import numpy as np

from index.search.bm25 import Bm25, fit
from index.search.held import Gathering, Held
from index.words.lexical import tokens

SENTENCES = (
    "Huawei was banned by the USA in 2019.",
    "What is it?",
    "The board met Ms Smith-Jones.",
    "...",
    "Smith paid 900 and Smith paid 7.",
)


def held() -> tuple[Held, Bm25]:
    gathering, words = Gathering(), [tokens(text) for text in SENTENCES]
    for some in words:
        gathering.add(some)
    model = fit(words)
    return gathering.held(model.rows), model


def shared(question: str, *sentences: int) -> np.ndarray:
    table, model = held()
    rows = np.array([model.rows.get(term, -1) for term in tokens(question)], np.int32)
    return table.shared(np.array(sentences, np.int64), rows)


def test_a_sentence_has_the_terms_that_stand_in_it() -> None:
    assert shared("Smith Huawei nowhere", 2, 0).tolist() == [
        [True, False, False],
        [False, True, False],
    ]


def test_what_a_sentence_says_is_counted_once_and_without_small_words() -> None:
    table, _ = held()
    assert table.telling.tolist() == [
        len({"huawei", "ban", "usa", "2019"}),
        0,
        len({"board", "met", "ms", "smith", "jone"}),
        0,
        len({"smith", "paid", "900", "7"}),
    ]


def test_without_terms_or_sentences_nothing_is_shared() -> None:
    assert shared("", 0).shape == (1, 0)
    assert shared("Smith").shape == (0, 1)


def test_a_corpus_of_no_words_holds_nothing() -> None:
    gathering = Gathering()
    gathering.add([])
    table = gathering.held(fit([[]]).rows)
    assert table.telling.tolist() == [0]
    assert table.shared(np.array([0]), np.array([-1], np.int32)).tolist() == [[False]]
