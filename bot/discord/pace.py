"""How fast a person may ask, and what they have been told: in memory only."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, inf
from time import monotonic

from bot.discord.failures import TooSoon

MOST_PEOPLE = 10_000
"""Of whom it is known what they did just now, or were told."""


class Pace:
    """When each person last asked, and who was told to wait or what answers nothing."""

    def __init__(self) -> None:
        self._asked_at: dict[int, float] = {}
        self._told_to_wait = set[int]()
        self._told: dict[tuple[str, int, int], float] = {}

    @contextmanager
    def turn(self, person: int, wait: float) -> Iterator[None]:
        """Count a question that is answered within; one that fails costs nobody their turn.

        Raises TooSoon where the person's last one was less than `wait` seconds ago.
        """
        now = monotonic()
        left = self._asked_at.get(person, now - wait) + wait - now
        if left > 0:
            again = person in self._told_to_wait
            self._told_to_wait.add(person)
            raise TooSoon(ceil(left), again=again)
        if len(self._asked_at) > MOST_PEOPLE:  # long past, nearly all of them
            self._asked_at.clear()
            self._told_to_wait.clear()
        self._asked_at[person] = now
        self._told_to_wait.discard(person)
        try:
            yield
        except Exception:
            self._asked_at.pop(person, None)
            raise

    def not_told(self, line: str, channel: int, person: int, *, within: float) -> bool:
        """Whether a person has not been told a line in a channel within so many seconds; from now
        on they have."""
        now, key = monotonic(), (line, channel, person)
        if now - self._told.get(key, -inf) < within:
            return False
        if len(self._told) > MOST_PEOPLE:
            self._told.clear()
        self._told[key] = now
        return True
