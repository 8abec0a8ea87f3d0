"""What the reader is wrong by: in choosing a sentence, a passage and the words of an answer."""

from collections.abc import Sequence

import torch
from model import Window, scores
from torch import Tensor, nn

PASSAGE, SPAN = 0.5, 0.25
"""What the further losses weigh beside choosing the sentence."""


def loss_of(logits: Tensor, groups: Sequence[Sequence[Window]]) -> Tensor:
    """Choosing a right sentence, or none (whose score is 0), among all of the group's; saying of
    each passage whether it answers; and where the answer starts and ends (at [CLS] if nowhere).

    logits: float[windows of all groups, tokens, 3].
    """
    windows = [window for group in groups for window in group]
    device = logits.device
    group = torch.tensor([g for g, held in enumerate(groups) for _ in held], device=device)
    window = torch.tensor(
        [i for i, one in enumerate(windows) for _ in one.sentences], device=device
    )
    right = torch.tensor([r for one in windows for r in one.right], device=device)
    each = scores(logits, windows)
    choose = _choosing(each, right, group[window], len(groups))
    answers = torch.tensor([any(one.right) for one in windows], device=device).float()
    say = nn.functional.binary_cross_entropy_with_logits(
        log_sums(each, window, len(windows)), answers, reduction="none"
    )
    told = torch.tensor([bool(w.answers) or not any(w.right) for w in windows], device=device)
    where = _placing(logits, windows)
    passage = _mean(say, torch.ones_like(say), group, len(groups))
    return choose.mean() + PASSAGE * passage + SPAN * _mean(where, told.float(), group, len(groups))


def _choosing(each: Tensor, right: Tensor, group: Tensor, groups: int) -> Tensor:
    """float[groups]: of choosing a right sentence, or none where none is.

    each, right, group: the score of each sentence, whether it answers, and its group.
    """
    none = torch.arange(groups, device=each.device)
    any_right = torch.zeros(groups, device=each.device).index_add(0, group, right.float()) > 0
    every, of = torch.cat([each, torch.zeros(groups, device=each.device)]), torch.cat([group, none])
    good = torch.cat([right, ~any_right])
    return log_sums(every, of, groups) - log_sums(every[good], of[good], groups)


def _placing(logits: Tensor, windows: Sequence[Window]) -> Tensor:
    """float[windows]: of placing the start and the end of the answer; of what has none, at the
    first token. No more than 50: without a place for the answer it is not told."""
    device, count = logits.device, len(windows)
    ends = [(i, a, b - 1) for i, one in enumerate(windows) for a, b in one.answers or [(0, 1)]]
    row, *sides = torch.tensor(ends, device=device).unbind(1)
    lengths = torch.tensor([len(one.ids) for one in windows], device=device)
    real = torch.arange(logits.shape[1], device=device) < lengths[:, None]
    where = torch.zeros(count, device=device)
    for side, at in enumerate(sides, 1):
        odds = logits[:, :, side].masked_fill(~real, -1e4)
        where = where + torch.logsumexp(odds, 1) - log_sums(odds[row, at], row, count)
    return where.clamp(max=100) / 2


def _mean(values: Tensor, weights: Tensor, group: Tensor, groups: int) -> Tensor:
    """The mean over the groups of the weighted mean over each one's windows."""
    sums = (
        torch.zeros(groups, device=values.device).index_add(0, group, v)
        for v in (values * weights, weights)
    )
    return torch.div(*sums).nan_to_num().mean()


def log_sums(values: Tensor, of: Tensor, count: int) -> Tensor:
    """float[count]: log-sum-exp of those of the values that are `of` each; -inf for none."""
    most = torch.full((count,), -1e4, device=values.device)
    most = most.scatter_reduce(0, of, values.detach(), "amax")
    sums = torch.zeros(count, device=values.device).index_add(0, of, (values - most[of]).exp())
    return most + sums.log()
