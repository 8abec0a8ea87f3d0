"""The figures, against values worked out by hand."""

import numpy as np
import pytest

from index.evaluation.measure import auroc, bins, calibration_error, has


def test_auroc_is_how_often_a_positive_is_above_a_negative_and_ties_count_half() -> None:
    assert auroc(np.array([0.9, 0.5]), np.array([0.5, 0.1])) == pytest.approx(3.5 / 4)
    assert auroc(np.array([0.1]), np.array([0.2, 0.3])) == 0


def test_calibration_error_weighs_each_bin_by_its_questions() -> None:
    confidence, right = np.array([0.2, 0.25, 0.9, 1.0]), np.array([True, False, True, True])
    assert [one.count for one in bins(confidence, right)] == [0, 0, 2, 0, 0, 0, 0, 0, 0, 2]
    assert calibration_error(confidence, right) == pytest.approx(0.5 * 0.275 + 0.5 * 0.05)


@pytest.mark.parametrize(
    ("answer", "text", "held"),
    [
        ("Line-Manager", "the line manager signs", True),
        ("line", "they are lined up", False),
        ("10", "it costs 100", False),
        ("?", "who?", False),
    ],
)
def test_an_answer_is_held_in_whole_words(answer: str, text: str, held: bool) -> None:
    assert has([answer], text) is held
