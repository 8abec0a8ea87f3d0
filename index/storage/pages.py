"""The documents that were read last, as they are quoted from."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Text(NamedTuple):
    """A document's text, the offsets at which its lines start, and its rows of `sentences`."""

    text: str
    lines: tuple[int, ...]
    rows: NDArray[np.int32]


class Pages:
    """Reads documents, and keeps those last asked for: `most` at most, and so many that have no
    more than `characters` together, but always the last. Threads may share it."""

    def __init__(self, read: Callable[[int], Text], *, most: int, characters: int) -> None:
        self._read, self._most, self._characters = read, most, characters
        self._kept: OrderedDict[int, Text] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def __call__(self, document: int) -> Text:
        """A document by its number. Raises what `read` does."""
        with self._lock:
            kept = self._kept.pop(document, None)
            if kept is not None:
                self._kept[document] = kept
                return kept
        page = self._read(document)
        with self._lock:
            self._held += 0 if document in self._kept else len(page.text)
            self._kept[document] = page
            while len(self._kept) > 1 and self._too_many():
                _, last = self._kept.popitem(last=False)
                self._held -= len(last.text)
        return page

    def _too_many(self) -> bool:
        return len(self._kept) > self._most or self._held > self._characters
