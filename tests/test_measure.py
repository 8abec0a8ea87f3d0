"""The figures, against values worked out by hand."""

import numpy as np
import pytest
from printed import answer, quote, refusal

from index.evaluation.measure import (
    Bin,
    Outcome,
    Setting,
    auroc,
    bins,
    calibration_error,
    has,
    judge,
    measure,
)
from index.evaluation.sets import Asked

WHO = Asked("1", "who signs?", ("Line-Manager",), ())
NOBODY = Asked("2", "who sings?", (), ())


def came(asked: Asked, confidence: float, *texts: str, refused: bool = False) -> Outcome:
    """What came of asking, where these are the texts quoted, or else close."""
    made = refusal if refused else answer
    return judge(asked, made(*map(quote, texts), confidence=confidence))


RIGHT = came(WHO, 0.9, "The line manager signs.", "Ada.")
SECOND = came(WHO, 0.8, "Ada signs.", "The line manager does.")
FOURTH = came(WHO, 0.6, "Ada.", "Ben.", "Cleo.", "The line manager.")
REFUSED = came(WHO, 0.3, "The line manager signs.", refused=True)
WRONG = came(NOBODY, 0.5, "Nobody sings.")
RIGHTLY_REFUSED = came(NOBODY, 0.2, "Nobody sings.", refused=True)
ALL = [RIGHT, SECOND, FOURTH, REFUSED, WRONG, RIGHTLY_REFUSED]


def test_an_answer_may_be_held_by_any_of_three_quotes_and_is_right_in_the_first() -> None:
    assert [one.held for one in ALL] == [
        *((True, False), (False, True), (False, False, False)),
        *((True,), (False,), (False,)),
    ]
    assert [one.right for one in ALL] == [True, False, False, True, False, False]


def test_a_wrong_first_quote_a_refusal_amiss_and_an_answer_where_there_is_none_are_missed() -> None:
    assert [one.missed for one in ALL] == [False, True, True, True, True, False]


def test_the_figures_of_a_set_are_shares_of_its_questions() -> None:
    found = measure(ALL, 0.5)
    assert (found.answerable, found.unanswerable) == (4, 2)
    assert (found.top1, found.top3, found.at300) == (2 / 4, 3 / 4, 3 / 4)
    assert found.chars == (27 + 32 + 13 + 23) / 4
    assert found.auroc == (2 + 2 + 2 + 1) / 8
    assert found.at_threshold == Setting(0.5, refused=1 / 4, let_through=1 / 2, right=1 / 4)


def test_each_twentieth_of_the_scale_is_tried_as_a_threshold() -> None:
    found = measure(ALL, 0.5)
    assert [round(one.threshold * 20, 9) for one in found.settings] == list(range(21))
    assert found.settings[0] == Setting(0.0, refused=0.0, let_through=1.0, right=2 / 6)
    assert found.settings[10] == found.at_threshold
    assert found.settings[16].refused == 2 / 4  # what is as sure as 0.8 is answered
    assert found.settings[20] == Setting(1.0, refused=1.0, let_through=0.0, right=None)


def test_of_nothing_there_is_no_share() -> None:
    without, only = measure([RIGHT], 0.5), measure([WRONG], 0.5)
    assert (without.auroc, without.at_threshold.let_through) == (None, None)
    assert (only.top1, only.top3, only.at300, only.chars, only.auroc) == (None,) * 5
    assert only.at_threshold == Setting(0.5, refused=None, let_through=1.0, right=0.0)


@pytest.mark.parametrize(("before", "held"), [(283, 1.0), (284, 0.0)])
def test_what_is_read_at_once_ends_after_300_characters(before: int, held: float) -> None:
    """The line between two quotes is one of them, and "The line manager" has 16."""
    assert measure([came(WHO, 0.9, "x" * before, "The line manager")], 0.5).at300 == held


def test_auroc_is_how_often_a_positive_is_above_a_negative_and_ties_count_half() -> None:
    assert auroc(np.array([0.9, 0.5]), np.array([0.5, 0.1])) == pytest.approx(3.5 / 4)
    assert auroc(np.array([0.1]), np.array([0.2, 0.3])) == 0


def test_calibration_error_weighs_each_bin_by_its_questions() -> None:
    confidence, right = np.array([0.2, 0.25, 0.9, 1.0]), np.array([True, False, True, True])
    assert [one.count for one in bins(confidence, right)] == [0, 0, 2, 0, 0, 0, 0, 0, 0, 2]
    assert bins(confidence, right)[2] == Bin(2, pytest.approx(0.225), 0.5)
    assert bins(confidence, right)[3] == Bin(0, 0.0, 0.0)
    assert calibration_error(confidence, right) == pytest.approx(0.5 * 0.275 + 0.5 * 0.05)


@pytest.mark.parametrize(
    ("answer", "text", "held"),
    [
        ("Line-Manager", "the line manager signs", True),
        ("line", "they are lined up", False),
        ("10", "it costs 100", False),
        ("?", "who?", False),
        ("the manager!", "(The  manager) signs", True),
    ],
)
def test_an_answer_is_held_in_whole_words(answer: str, text: str, held: bool) -> None:
    assert has([answer], text) is held
    assert has(["nobody", answer], text) is held
