"""Answers that the bot remembers, as the tests of its state have them."""

import dataclasses

from e2e.door import CAFE

from bot.discord.state import Given, Place, State
from index import Span

EARLY, LATE = "2020-01-01T00:00:00+00:00", "2020-01-02T00:00:00+00:00"
PLACES = (
    Place("rules/rule.md", Span(10, 40), 5, (Span(12, 15), Span(20, 22)), "ab" * 32),
    Place(f"{CAFE}.txt", Span(0, 7), 1, (), "cd" * 32),
)
GIVEN = Given(
    1001, 7, 5, public=True, given=EARLY, answered=True, confidence=0.75, shown=1, places=PLACES
)
REFUSED = Given(
    1001, 8, 5, public=False, given=EARLY, answered=False, confidence=0.1, shown=0, places=()
)


def add_gap(state: State, guild: int, asked: str, *, key: str, question: str) -> int:
    """Count a question that others saw asked; the number of what was said to it."""
    refusal = dataclasses.replace(REFUSED, guild=guild, public=True, given=asked)
    number = state.add(refusal)
    state.add_gap(number, key=key, question=question)
    return number
