"""Corpora of any size: real sentences recombined, and real vectors perturbed.

To embed a million passages takes hours on two cores. What is timed on these does not depend on
what the sentences say, but on how many there are, and how words and vectors are spread.
"""

import hashlib
import random
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

import numpy as np

from index import SentenceEncoder
from index.documents.load import find, parse, read
from index.documents.passages import split
from index.types import Kind, Progress, Skipped, Vectors

ROOT = Path(__file__).parent.parent
REAL = (ROOT / "seeds", ROOT / "training" / "everyday" / "docs")
SENTENCES = 48
"""A document's; they make 16 passages."""
NOISE = 0.6
"""Length of what is added to a vector of length 1, before it is made of length 1 again: the
cosine with the real one is then about 0.86, that of two sentences about one thing."""


def sentences(folders: Sequence[Path] = REAL) -> list[str]:
    """Every sentence of prose in some real documents, once."""
    found: dict[str, None] = {}
    for file in (file for folder in folders for file in find([folder])[0]):
        got = read(file)
        if isinstance(got, Skipped):
            continue
        text = parse(file.id, got[0]).text
        spans = (s.span for s in split(text, markdown=False, dated=None) if s.kind is Kind.PROSE)
        found |= dict.fromkeys(" ".join(text[s.start : s.end].split()) for s in spans)
    return list(found)


def write(folder: Path, real: Sequence[str], passages: int) -> None:
    """Documents with about so many passages: sentences drawn at random, a number put into each."""
    folder.mkdir(parents=True)
    drawn = random.Random(passages)
    for number in range(max(1, passages // (SENTENCES // 3))):
        lines = [f"{drawn.choice(real)[:-1]} ({drawn.randrange(10**6)})." for _ in range(SENTENCES)]
        text = "\n\n".join(" ".join(lines[i : i + 3]) for i in range(0, SENTENCES, 3))
        part = folder / f"{number // 1000:04d}"
        part.mkdir(exist_ok=True)
        (part / f"{number:07d}.txt").write_text(text, encoding="utf-8")


class Perturbed:
    """An encoder that gives a text one of some real vectors, moved at random; questions are real.

    The same text has the same vector, wherever it stands.
    """

    def __init__(self, real: SentenceEncoder, texts: Sequence[str]) -> None:
        self.name, self.fingerprint = "perturbed", "0" * 64
        self._real, self._vectors = real, real.encode(texts)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        if len(texts) == 1:
            return self._real.encode(texts)
        vectors = np.empty((len(texts), self._vectors.shape[1]), np.float32)
        for start in range(0, len(texts), 4096):
            vectors[start : start + 4096] = self._moved(texts[start : start + 4096])
        return vectors

    def _moved(self, some: Sequence[str]) -> Vectors:
        keys = [int.from_bytes(hashlib.blake2b(t.encode()).digest()[:8]) for t in some]
        chosen = self._vectors[[key % len(self._vectors) for key in keys]]
        noise = np.random.default_rng(keys[0]).standard_normal(chosen.shape, np.float32)
        moved = chosen + NOISE / sqrt(chosen.shape[1]) * noise
        return moved / np.linalg.norm(moved, axis=1, keepdims=True)
