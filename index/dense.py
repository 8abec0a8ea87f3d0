"""Nearest passages by FAISS: cosine of unit vectors, exact."""

import faiss
import numpy as np
from numpy.typing import NDArray

from index.types import Vectors


def serialize(vectors: Vectors) -> bytes:
    """An exact inner-product index over float32[n, dim], a row a passage, as FAISS writes it."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(np.ascontiguousarray(vectors))
    return bytes(faiss.serialize_index(flat))


class Dense:
    """Passage vectors, searchable; passages are numbered by their rows."""

    def __init__(self, data: memoryview) -> None:
        """`data`: what `serialize` made. Raises RuntimeError, as FAISS does, for anything else."""
        self._index = faiss.deserialize_index(np.frombuffer(data, np.uint8))

    def search(
        self, vector: Vectors, top: int, *, within: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """The numbers of the `top` passages nearest to float32[dim], best first.

        within: bool[n], those that may be found; None for all.
        """
        chosen = None if within is None else _only(within)
        _, found = self._index.search(vector[None, :], min(top, self._index.ntotal), params=chosen)
        return np.asarray(found[0][found[0] >= 0], np.int64)  # -1 where fewer are within

    def vectors(self, passages: NDArray[np.int64]) -> Vectors:
        """float32[len(passages), dim]: the vectors of some passages."""
        return np.asarray(self._index.reconstruct_batch(passages), np.float32)


def _only(within: NDArray[np.bool_]) -> faiss.SearchParameters:
    # The Python wrappers of both take more than their types say.
    chosen = faiss.IDSelectorBitmap(np.packbits(within, bitorder="little"))  # type: ignore[call-arg, arg-type]
    return faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]
