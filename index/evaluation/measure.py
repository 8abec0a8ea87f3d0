"""How good answers are, against a question set: figures, calibration, what a threshold does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.evaluation.sets import Asked
from index.types import Answer, Quote

BINS = 10
SHOWN = 300
"""Characters that somebody reads at once."""
QUOTES = 3
_STEPS = tuple(step / 20 for step in range(21))
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and what came of it; `held` says of each quote whether it holds an answer.

    quotes: the answer's, or where it was refused what came closest; at most QUOTES.
    """

    asked: Asked
    answered: bool
    confidence: float
    quotes: tuple[Quote, ...]
    held: tuple[bool, ...]

    @property
    def right(self) -> bool:
        """Whether the first quote holds an answer."""
        return self.held[:1] == (True,)

    @property
    def missed(self) -> bool:
        """Whether anything went wrong: it was answered wrongly, or wrongly refused."""
        return not self.right or not self.answered if self.asked.answerable else self.answered


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions of one tenth of the scale: how many, their mean confidence, the share right."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Setting:
    """What a threshold does, in shares (0..1): of the answerable questions those refused, of the
    others those let through, of the answered those whose first quote is right. None where there are
    no such questions."""

    threshold: float
    refused: float | None
    let_through: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of a set, as shares (0..1); None where there are no questions to take them from.

    top1, top3, at300: of the answerable, those of which the first quote, one of the first three, or
    the first 300 characters quoted hold an answer. chars: mean characters of three quotes. auroc:
    of confidence, the answerable against the others. calibration_error: of confidence as the chance
    that the first quote is right, over ten bins.
    """

    answerable: int
    unanswerable: int
    top1: float | None
    top3: float | None
    at300: float | None
    chars: float | None
    auroc: float | None
    calibration_error: float
    at_threshold: Setting
    bins: tuple[Bin, ...]
    settings: tuple[Setting, ...]


def plain(text: str) -> str:
    """Lower case, words parted by single spaces: the form in which answers are compared."""
    return " " + re.sub(r"\W+", " ", text.lower()).strip() + " "


def has(answers: Sequence[str], text: str) -> bool:
    """Whether a text holds one of the answers, in whole words."""
    held = plain(text)
    return any(plain(a) in held for a in answers if plain(a).strip())


def judge(asked: Asked, answer: Answer) -> Outcome:
    """What came of asking. An answer counts in whichever document it is found, since others than
    `asked.docs` may hold it too."""
    quotes = (answer.quotes or answer.near)[:QUOTES]
    held = tuple(has(asked.answers, quote.text) for quote in quotes)
    return Outcome(asked, answer.answered, answer.confidence, quotes, held)


def measure(outcomes: Sequence[Outcome], threshold: float) -> Measures:
    """All figures of a set; `outcomes` are not empty."""
    yes = [one for one in outcomes if one.asked.answerable]
    no = [one for one in outcomes if not one.asked.answerable]
    confidence, right = _confidence(outcomes), np.array([one.right for one in outcomes])
    return Measures(
        answerable=len(yes),
        unanswerable=len(no),
        top1=_mean([one.right for one in yes]),
        top3=_mean([any(one.held) for one in yes]),
        at300=_mean([has(one.asked.answers, shown(one)) for one in yes]),
        chars=_mean([sum(len(quote.text) for quote in one.quotes) for one in yes]),
        auroc=auroc(_confidence(yes), _confidence(no)) if yes and no else None,
        calibration_error=calibration_error(confidence, right),
        at_threshold=_setting(outcomes, threshold),
        bins=bins(confidence, right),
        settings=tuple(_setting(outcomes, step) for step in _STEPS),
    )


def shown(outcome: Outcome) -> str:
    """The first SHOWN characters quoted."""
    return "\n".join(quote.text for quote in outcome.quotes)[:SHOWN]


def auroc(positive: Floats, negative: Floats) -> float:
    """How often a positive is above a negative; ties count half. Neither may be empty."""
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left")
    return float((below + np.searchsorted(ordered, positive, "right")).mean() / 2 / len(ordered))


def bins(confidence: Floats, right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Ten equal bins from 0 to 1; of an empty one both shares are 0."""
    of = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(int(here.sum()), float(confidence[here].mean()), float(right[here].mean()))
        if here.any()
        else Bin(0, 0.0, 0.0)
        for here in (of == number for number in range(BINS))
    )


def calibration_error(confidence: Floats, right: NDArray[np.bool_]) -> float:
    """Mean gap between confidence and share right over ten equal bins (Guo et al. 2017)."""
    gaps = (one.count * abs(one.confidence - one.right) for one in bins(confidence, right))
    return sum(gaps) / len(confidence)


def _setting(outcomes: Sequence[Outcome], threshold: float) -> Setting:
    above = [one for one in outcomes if one.confidence >= threshold]
    return Setting(
        threshold,
        refused=_mean([one.confidence < threshold for one in outcomes if one.asked.answerable]),
        let_through=_mean(
            [one.confidence >= threshold for one in outcomes if not one.asked.answerable]
        ),
        right=_mean([one.right for one in above]),
    )


def _confidence(outcomes: Sequence[Outcome]) -> Floats:
    return np.array([one.confidence for one in outcomes])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
