"""A question and passages -> how well each sentence answers, by the reader that Quoth brings.

The reader is a small cross-encoder (training/README.md): it sees the question's words and the
passage's together, which neither words nor vectors compared from outside do.
"""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import BadModel
from index.models.digest import digest_of
from index.types import Read, Span, Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

TOKENS = 256
"""Word pieces of question, title and passage together, as in training; the longer part is cut."""
ANSWER = 30
"""The most word pieces that the words which answer may have."""
FOLDER = Path(__file__).with_name("reader")
_FILES = ("model.onnx", "model.bin", "tokenizer.json")


class Reader:
    """The reader, loaded when it is first used; threads may share it."""

    def __init__(self, sha256: str) -> None:
        """`sha256`: over the files that the weights were fitted with, as `fingerprint` gives it."""
        self._expected = sha256

    def read(self, question: str, windows: Sequence[Window]) -> list[tuple[Read, ...]]:
        """For each window a reading of each of its sentences. Raises BadModel.

        A window is read alone, so that what is said of it depends on no other.
        """
        if not windows:
            return []
        from index.models.export import cores

        self.load()  # before threads would load it twice
        with ThreadPoolExecutor(min(len(windows), cores())) as pool:
            return list(pool.map(lambda window: self._read(question, window), windows))

    def load(self) -> None:
        """Be ready to read. Raises BadModel."""
        self._loaded  # noqa: B018 (reading it is what loads)

    @cached_property
    def _loaded(self) -> "tuple[Tokenizer, InferenceSession]":
        from tokenizers import Tokenizer

        from index.models.export import session

        if fingerprint() != self._expected:
            raise BadModel(
                f"{FOLDER}: not the reader that this version came with, for its "
                "SHA-256 differs; install quoth again"
            )
        made = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
        made.enable_truncation(TOKENS, strategy="longest_first")
        made.no_padding()
        return made, session(str(FOLDER / "model.onnx"))

    def _read(self, question: str, window: Window) -> tuple[Read, ...]:
        tokenizer, session = self._loaded
        before = f"{window.title}\n" if window.title else ""
        tokens = tokenizer.encode(question, before + window.text)
        feeds = {"ids": tokens.ids, "types": tokens.type_ids}
        (logits,) = session.run(None, {name: np.array([row]) for name, row in feeds.items()})
        return _readings(np.asarray(logits[0], np.float64), tokens, window, len(before))


def fingerprint() -> str:
    """SHA-256 over the reader's files. Raises BadModel."""
    try:
        digests = "".join(digest_of(FOLDER / name) for name in _FILES)
    except OSError as error:
        raise BadModel(f"{error.filename}: {error.strerror}; install quoth again") from error
    return hashlib.sha256(digests.encode()).hexdigest()


def _readings(
    logits: NDArray[np.float64], tokens: "Encoding", window: Window, before: int
) -> tuple[Read, ...]:
    """logits: float64[tokens, (evidence, start, end)]."""
    offsets = np.array(tokens.offsets) - before
    inside = (np.array(tokens.type_ids) == 1) & (offsets[:, 0] >= 0) & (np.diff(offsets)[:, 0] > 0)
    nowhere = logits[0, 1] + logits[0, 2]
    read: list[Read | None] = []
    for span in window.sentences:
        held = np.flatnonzero(inside & (offsets[:, 0] < span.end) & (offsets[:, 1] > span.start))
        if not len(held):
            read.append(None)
            continue
        first, last, best, sure = _best_span(logits[held, 1], logits[held, 2])
        # A piece may hold the end of one sentence and the start of the next.
        start, end = int(offsets[held[first], 0]), int(offsets[held[last], 1])
        words = Span(max(start, span.start), min(end, span.end))
        evidence = float(logits[held, 0].mean())
        read.append(Read(evidence, float(best - nowhere), words, sure))
    got = [one for one in read if one]
    evidence = min((one.evidence for one in got), default=0.0)
    likely = min((one.likely for one in got), default=0.0)
    return tuple(one or Read(evidence, likely, Span(0, 0), 0.0) for one in read)


def _best_span(
    starts: NDArray[np.float64], ends: NDArray[np.float64]
) -> tuple[int, int, float, float]:
    """The first and last token whose sum of a start and an end is greatest, where the end is not
    before the start, nor ANSWER or more after; that sum; and how probable it is, by a softmax over
    all such spans, that the answer shares a token with this one."""
    sums = starts[:, None] + ends[None, :]
    allowed = np.triu(np.ones(sums.shape, bool)) & ~np.triu(np.ones(sums.shape, bool), ANSWER)
    sums[~allowed] = -np.inf
    first, last = divmod(int(sums.argmax()), len(ends))
    best = float(sums[first, last])
    odds = np.exp(sums - best)
    return first, last, best, float(odds[: last + 1, first:].sum() / odds.sum())
