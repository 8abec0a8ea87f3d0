"""Answers by hand, and the pages that a terminal shows of them."""

from bot.terminal.layout import Page, show_answer
from index.types import Answer, Quote, Span, When

PULLED = (
    "The 25% threshold in that ruling was about to get tightened to 10%, but the US Department of "
    "Commerce has pulled the amendment, following the Pentagon's assertion that this would hurt "
    "the US economy."
)
REPORTED = When("2020-01-28", "document", "date 2020-01-28")


def quote(
    text: str = PULLED, *, bold: str = "", source: str = "000.txt", **fields: object
) -> Quote:
    """A quote that starts at character 100 of line 9 of its document."""
    at = 100 + text.index(bold)
    given = {
        "text": text,
        "source": source,
        "span": Span(100, 100 + len(text)),
        "line_start": 9,
        "line_end": 9 + text.count("\n"),
        "highlight": (Span(at, at + len(bold)),) if bold else (),
        "title": None,
        "date": "2020-01-28",
        "sha256": "0" * 64,
        "score": 0.87654321,
    }
    return Quote(**(given | fields))  # type: ignore[arg-type]  # the fields of a Quote, by name


def answer(*quotes: Quote, when: When | None = None, confidence: float = 0.93) -> Answer:
    return Answer("q", True, confidence, when, quotes, (), 11.23)


def refusal(*near: Quote, confidence: float = 0.12) -> Answer:
    return Answer("q", False, confidence, None, (), near, 11.23)


def seen(shown: Answer, width: int, *, ascii: bool = False) -> str:
    """The page of an answer from documents in seeds/."""
    return show_answer(shown, Page(width, lambda source: f"seeds/{source}", ascii)).plain
