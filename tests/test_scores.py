"""What an evaluation found, as a terminal shows it: pages written out by hand."""

import pytest
from printed import answer, quote, refusal

from bot.terminal.layout import Page
from bot.terminal.scores import show_measures, show_misses
from index.evaluation.measure import Outcome, judge, measure
from index.evaluation.sets import Asked

WHO = Asked("1", "who\nsigns?", ("Line-Manager", "the\x1bboss"), ("leave.txt", "rules.md"))
WHEN = Asked("2", "when?", ("in May",), ())
NOBODY = Asked("3", "who sings?", (), ())
RIGHT = judge(WHO, answer(quote("The line manager signs."), confidence=0.93))
SECOND = judge(WHO, answer(quote("Ada signs."), quote("The boss."), confidence=0.8))
NOT = judge(WHEN, answer(quote("In June."), confidence=0.64))
REFUSED = judge(WHEN, refusal(quote("It was in May."), confidence=0.31))
NOTHING = judge(WHEN, refusal(confidence=0.0))
WRONG = judge(NOBODY, answer(quote("Nobody sings."), confidence=0.5))
RIGHTLY = judge(NOBODY, refusal(quote("Nobody sings."), confidence=0.2))


def measured(*outcomes: Outcome, columns: int) -> list[str]:
    page = Page(columns, str)
    return show_measures("a\x1bset", measure(outcomes, 0.5), page).plain.split("\n\n")


def missed(one: Outcome) -> str:
    return show_misses([one], Page(40, str)).plain


def test_the_figures_stand_under_each_other_and_their_words_beside_them() -> None:
    head, figures, *_ = measured(RIGHT, SECOND, NOT, REFUSED, WRONG, RIGHTLY, columns=40)
    assert head == r"a\x1bset: 6 questions, 4 answerable"
    assert (
        figures
        == """\
top1           0.500  the first quote
                      holds an answer
top3           0.750  one of three
                      quotes does
at300          0.750  the first 300
                      characters quoted
                      do
characters        16  quoted, on average
AUROC          0.875  how well
                      confidence parts
                      answerable from
                      not
calibration    0.483  error: confidence
                      against share
                      right
threshold       0.50  the least
                      confidence of an
                      answer
refused          25%  of the answerable,
                      wrongly
let through      50%  of the
                      unanswerable,
                      wrongly"""
    )


def test_what_there_is_nothing_to_take_of_is_a_dash() -> None:
    _, figures, *_ = measured(WRONG, columns=100)
    dashes = [line.split()[0] for line in figures.split("\n") if line[13:20] == "      -"]
    assert dashes == ["top1", "top3", "at300", "characters", "AUROC", "refused"]


def test_the_tenths_of_the_scale_that_have_a_question_are_listed() -> None:
    *_, bins, _ = measured(RIGHT, SECOND, NOT, REFUSED, WRONG, RIGHTLY, columns=40)
    assert (
        bins
        == """\
confidence  questions  mean  right
0.2 to 0.3          1   20%     0%
0.3 to 0.4          1   31%   100%
0.5 to 0.6          1   50%     0%
0.6 to 0.7          1   64%     0%
0.8 to 0.9          1   80%     0%
0.9 to 1.0          1   93%   100%"""
    )


def test_each_threshold_is_told_with_what_it_does() -> None:
    *_, settings = measured(RIGHT, SECOND, NOT, REFUSED, WRONG, RIGHTLY, columns=40)
    lines = settings.split("\n")
    assert len(lines) == 3 + 21
    assert lines[:5] == [
        "What a QUOTH_THRESHOLD does:",
        "      refused  let through  right of",
        "      wrongly      wrongly  answered",
        "0.00       0%         100%       33%",
        "0.05       0%         100%       33%",
    ]
    assert lines[13:] == [
        "0.50      25%          50%       25%",
        "0.55      25%           0%       33%",
        "0.60      25%           0%       33%",
        *(f"{n / 100:.2f}      50%           0%       50%" for n in (65, 70, 75, 80)),
        *(f"{n / 100:.2f}      75%           0%      100%" for n in (85, 90)),
        *(f"{n / 100:.2f}     100%           0%         -" for n in (95, 100)),
    ]


@pytest.mark.parametrize(
    ("outcome", "page"),
    [
        (
            SECOND,
            r"""who signs?
answered, confidence 80%; the answer is
only in quote 2
answer: "Line-Manager" or "the\x1bboss",
in leave.txt, rules.md; quoted instead:
┆ Ada signs.
  28 January 2020
  000.txt:9""",
        ),
        (
            NOT,
            """\
when?
answered, confidence 64%; the answer is
not quoted
answer: "in May"; quoted instead:
┆ In June.
  28 January 2020
  000.txt:9""",
        ),
        (
            REFUSED,
            """\
when?
refused, confidence 31%; the answer is
quoted
answer: "in May"; quoted:
┆ It was in May.
  28 January 2020
  000.txt:9""",
        ),
        (
            NOTHING,
            """\
when?
refused, confidence 0%; the answer is
not quoted
answer: "in May"; quoted instead:
  nothing""",
        ),
        (
            WRONG,
            """\
who sings?
answered, confidence 50%
no answer is in the documents; quoted
instead:
┆ Nobody sings.
  28 January 2020
  000.txt:9""",
        ),
    ],
    ids=["another quote has it", "no quote has it", "refused", "nothing near", "no answer"],
)
def test_a_miss_says_how_it_went_wrong_and_what_was_quoted(outcome: Outcome, page: str) -> None:
    assert missed(outcome) == page


def test_misses_are_parted_by_a_blank_line() -> None:
    both = show_misses([NOT, WRONG], Page(40, str)).plain
    assert both == f"{missed(NOT)}\n\n{missed(WRONG)}"


def test_every_line_above_figures_is_bold() -> None:
    shown = show_measures("a set", measure([RIGHT, NOT], 0.5), Page(100, str))
    bold = {shown.plain[span.start : span.end] for span in shown.spans if span.style == "bold"}
    assert bold >= {
        "a set: 2 questions, 2 answerable",
        "confidence  questions  mean  right",
        "      refused  let through  right of",
        "      wrongly      wrongly  answered",
    }
