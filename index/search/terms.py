"""A table of terms that is searched where it lies."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray


class Terms(Mapping[str, int]):
    """Terms -> their numbers, ascending: a table that is searched where it lies, not loaded.

    data: the terms in UTF-8, one after the other, sorted. ends: int64[n], where each of them ends.
    """

    def __init__(self, data: bytes | memoryview, ends: NDArray[np.int64]) -> None:
        self.data, self.ends = memoryview(data), ends
        self._find = lru_cache(maxsize=1 << 14)(self._found)

    @classmethod
    def of(cls, terms: Iterable[str]) -> Self:
        """The table of some distinct terms. By code points is by bytes, in UTF-8."""
        encoded = [term.encode() for term in sorted(terms)]
        return cls(b"".join(encoded), np.cumsum([len(e) for e in encoded], dtype=np.int64))

    def _at(self, number: int) -> bytes:
        start = int(self.ends[number - 1]) if number else 0
        return bytes(self.data[start : int(self.ends[number])])

    def _found(self, term: str) -> int | None:
        wanted = term.encode("utf-8", "surrogatepass")
        number = bisect_left(range(len(self)), wanted, key=self._at)
        return number if number < len(self) and self._at(number) == wanted else None

    def __getitem__(self, term: str) -> int:
        number = self._find(term)
        if number is None:
            raise KeyError(term)
        return number

    def __iter__(self) -> Iterator[str]:
        data, ends = bytes(self.data), self.ends.tolist()
        return (data[a:b].decode() for a, b in zip([0, *ends], ends, strict=False))

    def __len__(self) -> int:
        return len(self.ends)
