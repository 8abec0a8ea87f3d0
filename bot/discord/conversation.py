"""What was asked before, in each conversation: in memory only, since it is what people wrote."""

from collections import OrderedDict

from index import Reading

LONGEST = 5
"""Questions of a conversation that are kept: a follow-up looks back no further."""
MOST = 4096
"""Conversations that are kept; the one that is longest untouched goes first."""


class Conversations:
    """Readings by the thread, the direct channel or the answer that they led to, oldest first."""

    def __init__(self) -> None:
        self._before: OrderedDict[int, tuple[Reading, ...]] = OrderedDict()

    def before(self, place: int) -> tuple[Reading, ...] | None:
        """What was asked before at a place; None where nothing is known of it."""
        return self._before.get(place)

    def keep(self, place: int, readings: tuple[Reading, ...]) -> None:
        """Remember what has now been asked at a place."""
        self._before[place] = readings[-LONGEST:]
        self._before.move_to_end(place)
        while len(self._before) > MOST:
            self._before.popitem(last=False)
