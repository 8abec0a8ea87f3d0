"""What was asked before, in each conversation: in memory only, since it is what people wrote."""

from collections import OrderedDict
from dataclasses import dataclass

from index import Reading, Scope, read_follow_up

LONGEST = 5
"""Questions of a conversation that are kept: a follow-up looks back no further."""
MOST = 4096
"""Conversations that are kept; the one that is longest untouched goes first."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked before: as it was read, oldest first, and the scope of the last of it."""

    readings: tuple[Reading, ...] = ()
    scope: Scope | None = None

    def read(self, question: str) -> tuple[Reading, Scope | None]:
        """A question read after these, and its scope: if it goes on from them, that of the last."""
        reading = read_follow_up(question, self.readings)
        return reading, None if reading == Reading(question) else self.scope

    def then(self, reading: Reading, scope: Scope | None) -> "Before":
        """What was asked before the next question, once this one was asked too."""
        return Before((*self.readings, reading)[-LONGEST:], scope)


class Conversations:
    """What was asked by the thread, the direct channel or the answer that it led to."""

    def __init__(self) -> None:
        self._before: OrderedDict[int, Before] = OrderedDict()

    def before(self, place: int) -> Before | None:
        """What was asked before at a place; None where nothing is known of it."""
        return self._before.get(place)

    def keep(self, place: int, asked: Before) -> None:
        """Remember what has now been asked at a place."""
        self._before[place] = asked
        self._before.move_to_end(place)
        while len(self._before) > MOST:
            self._before.popitem(last=False)
