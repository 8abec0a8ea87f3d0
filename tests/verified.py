"""Sentences that tests verify, without a model, and what they see of a verdict."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import Index, Progress, Quote, Verdict
from index.types import Vectors


class Flat:
    """An encoder to which all texts are the same: no vector is needed to verify."""

    name, fingerprint = "flat", "0" * 64

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return np.ones((len(texts), 1), np.float32)


def indexed(folder: Path, texts: dict[str, str]) -> Index:
    (folder / "docs").mkdir()
    for name, text in texts.items():
        (folder / "docs" / name).write_bytes(text.encode())
    Index.build([folder / "docs"], folder / "idx", model=Flat())
    return Index.open(folder / "idx", model=Flat())


def places(verdict: Verdict) -> list[tuple[str, int, int]]:
    return [(quote.source, quote.span.start, quote.span.end) for quote in verdict.places]


def marked(quote: Quote) -> list[str]:
    return [
        quote.text[h.start - quote.span.start : h.end - quote.span.start] for h in quote.highlight
    ]


def differing(verdict: Verdict) -> list[str]:
    return [verdict.sentence[span.start : span.end] for span in verdict.differs]
