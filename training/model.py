"""The reader as a network, and what it reads as tokens."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from base import POSITIONS, Base
from rows import Passage
from tokenizers import Tokenizer
from torch import Tensor, nn

from index.types import Span


class Reader(nn.Module):
    """Each token's logits: [texts, tokens, (evidence, start of the answer, its end)]."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.encoder = base.encoder()
        embeddings = self.encoder.embeddings
        for kept in (embeddings.word_embeddings, embeddings.position_embeddings):
            kept.requires_grad_(False)  # words that no row has keep their meaning
        self.head = nn.Linear(self.encoder.config.hidden_size, 3)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor | None = None) -> Tensor:
        """mask: 0 for padding; without one, all of each text is read."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types)
        return self.head(hidden.last_hidden_state)


@dataclass(frozen=True, slots=True)
class Window:
    """A question and a passage as tokens.

    sentences: the tokens of each of its sentences that was not cut off, half open. right: which of
    these answer. answers: the tokens of each answer.
    """

    ids: list[int]
    types: list[int]
    sentences: list[tuple[int, int]]
    right: list[bool]
    answers: list[tuple[int, int]]


class Tokens:
    """Questions and passages -> windows."""

    def __init__(self, base: Base) -> None:
        self.tokenizer = Tokenizer.from_str(base.tokenizer.to_str())
        self.tokenizer.enable_truncation(POSITIONS, strategy="only_second")

    def window(self, question: str, passage: Passage, *, titled: bool = True) -> Window:
        """<s> question </s></s> title. text </s>, as index/models/reader.py has it."""
        before = f"{passage.title}\n" if titled and passage.title else ""
        made = self.tokenizer.encode(question, before + passage.text)
        starts, ends = np.array(made.offsets).T - len(before)
        inside = np.flatnonzero((np.array(made.type_ids) == 1) & (ends > starts) & (starts >= 0))
        starts, ends = starts[inside], ends[inside]

        def tokens(span: Span) -> tuple[int, int] | None:
            first = int(np.searchsorted(ends, span.start, side="right"))
            last = int(np.searchsorted(starts, span.end)) - 1
            return (int(inside[first]), int(inside[last]) + 1) if first <= last else None

        spans = [tokens(span) for span in passage.sentences]
        kept = [(s, r) for s, r in zip(spans, passage.right, strict=True) if s]
        answers = [tokens(span) for span in passage.answer]
        return Window(
            made.ids, made.type_ids, [s for s, _ in kept], [r for _, r in kept],
            [a for a in answers if a],
        )  # fmt: skip


def run(model: Reader, windows: Sequence[Window], size: int) -> Tensor:
    """float32[windows, tokens, 3]: their logits; `size` at once, of about one length."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    longest = max(len(window.ids) for window in windows)
    parts = []
    for start in range(0, len(order), size):
        some = [windows[i] for i in order[start : start + size]]
        most = len(some[-1].ids)
        padded = [
            [[*held, *[0] * (most - len(held))] for held in (w.ids, [1] * len(w.ids), w.types)]
            for w in some
        ]
        ids, mask, types = torch.tensor(padded, device=model.head.weight.device).unbind(1)
        with torch.autocast(ids.device.type, torch.bfloat16):
            logits = model(ids, types, mask).float()
        parts.append(nn.functional.pad(logits, (0, 0, 0, longest - most)))
    return torch.cat(parts)[np.argsort(order)]


def scores(logits: Tensor, windows: Sequence[Window]) -> Tensor:
    """float[sentences of all windows]: the mean evidence over each one's tokens."""
    places = [(i, *span) for i, window in enumerate(windows) for span in window.sentences]
    row, start, end = torch.tensor(places, device=logits.device).unbind(1)
    sums = nn.functional.pad(logits[:, :, 0].cumsum(1), (1, 0))
    return (sums[row, end] - sums[row, start]) / (end - start)


def averaged(models: Sequence[Reader]) -> Reader:
    """The reader of which each weight is the mean of theirs."""
    states = [model.state_dict() for model in models]
    models[0].load_state_dict(
        {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    )
    return models[0]
