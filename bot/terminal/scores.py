"""What `quoth eval` found, as people see it on a terminal. Pure, as layout.py is."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from bot.terminal.layout import Page, block, other_bar, wrap
from bot.wording import count, flowing, percent, visible

if TYPE_CHECKING:
    from index import Measures, Outcome

_NAME, _VALUE = 13, 7
"""Columns of a figure's name, and of its value."""


def show_measures(name: str, found: "Measures", page: Page) -> Text:
    """The figures of a set, the calibration, and what each threshold does."""
    asked = found.answerable + found.unanswerable
    head = f"{visible(name)}: {count(asked, 'question')}, {found.answerable:,} answerable"
    lines = [line for row in _figures(found) for line in _figure(*row, page)]
    blocks = (wrap(Text(head, "bold"), page.columns), lines, _bins(found), _settings(found))
    return Text("\n\n").join(Text("\n").join(lines) for lines in blocks)


def show_misses(missed: Sequence["Outcome"], page: Page) -> Text:
    """Each question that went wrong: how, what answers it, and what was quoted instead."""
    return Text("\n\n").join(_miss(one, page) for one in missed)


def _figures(found: "Measures") -> Iterator[tuple[str, str, str]]:
    now = found.at_threshold
    chars = "-" if found.chars is None else f"{found.chars:.0f}"
    yield "top1", _three(found.top1), "the first quote holds an answer"
    yield "top3", _three(found.top3), "one of three quotes does"
    yield "at300", _three(found.at300), "the first 300 characters quoted do"
    yield "characters", chars, "quoted, on average"
    yield "AUROC", _three(found.auroc), "how well confidence parts answerable from not"
    yield "calibration", _three(found.calibration_error), "error: confidence against share right"
    yield "threshold", f"{now.threshold:.2f}", "the least confidence of an answer"
    yield "refused", _percent(now.refused), "of the answerable, wrongly"
    yield "let through", _percent(now.let_through), "of the unanswerable, wrongly"


def _figure(name: str, value: str, words: str, page: Page) -> Iterator[Text]:
    lines = wrap(Text(words, "dim"), page.columns - _NAME - _VALUE - 2)
    yield Text.assemble(f"{name:<{_NAME}}", (f"{value:>{_VALUE}}", "bold"), "  ", lines[0])
    yield from (Text.assemble(" " * (_NAME + _VALUE + 2), line) for line in lines[1:])


def _bins(found: "Measures") -> Iterator[Text]:
    """The tenths of the scale that have any question."""
    yield Text("confidence  questions  mean  right", "bold")
    for number, one in enumerate(found.bins):
        if one.count:
            scale = f"{number / 10:.1f} to {(number + 1) / 10:.1f}"
            means = f"{percent(one.confidence):>6}{percent(one.right):>7}"
            yield Text(f"{scale:<12}{one.count:>9,}{means}")


def _settings(found: "Measures") -> Iterator[Text]:
    yield Text("What a QUOTH_THRESHOLD does:")
    yield Text("      refused  let through  right of", "bold")
    yield Text("      wrongly      wrongly  answered", "bold")
    for one in found.settings:
        shares = f"{_percent(one.refused):>9}{_percent(one.let_through):>13}"
        yield Text(f"{one.threshold:.2f}{shares}{_percent(one.right):>10}")


def _miss(one: "Outcome", page: Page) -> Text:
    question = wrap(Text(flowing(one.asked.question), "bold"), page.columns)
    how = wrap(Text(_how(one), "yellow"), page.columns)
    quoted = "quoted" if one.right else "quoted instead"
    gold = wrap(Text(f"{_gold(one)}; {quoted}:"), page.columns)
    quote = [block(one.quotes[0], page, other_bar(page))] if one.quotes else [Text("  nothing")]
    return Text("\n").join([*question, *how, *gold, *quote])


def _how(one: "Outcome") -> str:
    place = next((number for number, held in enumerate(one.held, 1) if held), None)
    quoted = {None: "not quoted", 1: "quoted"}.get(place, f"only in quote {place}")
    did = "answered" if one.answered else "refused"
    said = f"{did}, confidence {percent(one.confidence)}"
    return f"{said}; the answer is {quoted}" if one.asked.answerable else said


def _gold(one: "Outcome") -> str:
    if not one.asked.answerable:
        return "no answer is in the documents"
    answers = " or ".join(f'"{flowing(text)}"' for text in one.asked.answers)
    docs = ", ".join(map(visible, one.asked.docs))
    return f"answer: {answers}" + (f", in {docs}" if docs else "")


def _three(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"


def _percent(share: float | None) -> str:
    return "-" if share is None else percent(share)
