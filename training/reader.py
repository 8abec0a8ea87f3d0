"""Train the reader: a model that reads a question and a passage and says which sentence answers.

    python training/reader.py ROWS.jsonl --work DIR

ROWS.jsonl: a line a question, as README.md here describes; it learns from written/ too. DIR takes
the checkpoints and the log. Runs on two cores in ninety minutes; on an accelerator, if there is
one, it learns for longer (RECIPES). Writes index/models/reader/.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
import torch
from base import POSITIONS, Base
from rows import Group, Passage, decoy, other_questions, read_documents, read_rows
from tokenizers import Tokenizer
from torch import Tensor, nn

from index.evaluation.measure import auroc
from index.models.encode import SentenceEncoder
from index.models.reader import FOLDER
from index.questions.question import names_in
from index.types import Span

WRITTEN = Path(__file__).with_name("written")
SEED = 2020
WRONG = 3
WARM_UP = 100
ROWS_AGAIN = 2
"""How often each of the rows is learned from, for every time that each written question is."""
NO_RIGHT, CHANGED, DECOY, NO_TITLE = 0.12, 0.12, 0.2, 0.15
"""How often: no right passage is shown, the question is changed so that there is none, a passage is
changed so that it is none, the title is left out."""
PASSAGE, SPAN = 0.5, 0.25
"""What the further losses weigh beside choosing the sentence."""
HELD_BACK = 10
"""One question of so many is not learned from, and measured with instead."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it learns: passes over everything, questions a step, the highest rate."""

    passes: float
    questions: int
    rate: float


RECIPES = {
    "cpu": (Recipe(0.25, 16, 1.1e-4),),
    "cuda": (Recipe(3, 32, 1.5e-4), Recipe(3.5, 32, 1.5e-4), Recipe(4, 32, 1.5e-4)),
}
"""What fits into ninety minutes on two cores; and on an accelerator three longer runs from the same
start, each in an order of its own, whose weights are averaged (Wortsman et al. 2022, Model soups).
"""


class Reader(nn.Module):
    """Each token's logits: [texts, tokens, (evidence, start of the answer, its end)]."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.encoder = base.encoder()
        self.head = nn.Linear(self.encoder.config.hidden_size, 3)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor | None = None) -> Tensor:
        """mask: 0 for padding; without one, all of each text is read."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types)
        return self.head(hidden.last_hidden_state)


@dataclass(frozen=True, slots=True)
class Window:
    """A question and a passage as tokens, and which tokens are of which of its sentences."""

    ids: list[int]
    types: list[int]
    sentences: list[tuple[int, int]]
    right: list[bool]
    answers: list[tuple[int, int]]


class Tokens:
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


def log_sums(values: Tensor, of: Tensor, count: int) -> Tensor:
    """float[count]: log-sum-exp of those of the values that are `of` each; -inf for none."""
    most = torch.full((count,), -1e4, device=values.device)
    most = most.scatter_reduce(0, of, values.detach(), "amax")
    sums = torch.zeros(count, device=values.device).index_add(0, of, (values - most[of]).exp())
    return most + sums.log()


def loss_of(logits: Tensor, groups: Sequence[Sequence[Window]]) -> Tensor:
    """Choosing a right sentence, or none (whose score is 0), among all of the group's; saying of
    each passage whether it answers; and where the answer starts and ends (at [CLS] if nowhere)."""
    windows = [window for group in groups for window in group]
    device, count = logits.device, len(windows)

    def tensor(values: Sequence[object]) -> Tensor:
        return torch.tensor(values, device=device)

    group = tensor([g for g, held in enumerate(groups) for _ in held])
    window = tensor([i for i, one in enumerate(windows) for _ in one.sentences])
    each = scores(logits, windows)
    right = tensor([r for one in windows for r in one.right])
    answers = tensor([any(one.right) for one in windows])
    any_right = torch.zeros(len(groups), device=device).index_add(0, group, answers.float()) > 0
    every = torch.cat([each, torch.zeros(len(groups), device=device)])
    of = torch.cat([group[window], torch.arange(len(groups), device=device)])
    good = torch.cat([right, ~any_right])
    choose = log_sums(every, of, len(groups)) - log_sums(every[good], of[good], len(groups))
    say = nn.functional.binary_cross_entropy_with_logits(
        log_sums(each, window, count), answers.float(), reduction="none"
    )
    told = tensor([bool(one.answers) or not any(one.right) for one in windows]).float()
    ends = [(i, a, b - 1) for i, one in enumerate(windows) for a, b in one.answers or [(0, 1)]]
    row, *sides = tensor(ends).unbind(1)
    real = tensor([[n < len(one.ids) for n in range(logits.shape[1])] for one in windows])
    where = torch.zeros(count, device=device)
    for side, at in enumerate(sides, 1):
        odds = logits[:, :, side].masked_fill(~real, -1e4)
        where = where + torch.logsumexp(odds, 1) - log_sums(odds[row, at], row, count)
    where = where.clamp(max=100) / 2  # without a place for the answer it is not told
    ones = torch.ones(count, device=device)

    def mean(values: Tensor, weights: Tensor) -> Tensor:
        """The mean over the groups of the weighted mean over each one's windows."""
        sums = (
            torch.zeros(len(groups), device=device).index_add(0, group, v)
            for v in (values * weights, weights)
        )
        return torch.div(*sums).nan_to_num().mean()

    return choose.mean() + PASSAGE * mean(say, ones) + SPAN * mean(where, told)


def shown(
    group: Group, names: Sequence[str], tokens: Tokens, chance: random.Random
) -> list[Window]:
    """The windows of a group that one step sees."""
    passages = [*chance.sample(group.wrong, min(len(group.wrong), WRONG))]
    if group.right and (chance.random() >= NO_RIGHT or not passages):
        passages.append(chance.choice(group.right))
        if chance.random() < DECOY and (made := decoy(group, names, chance)):
            passages.append(made)
    titled = chance.random() >= NO_TITLE
    windows = [tokens.window(group.question, p, titled=titled) for p in passages]
    return [window for window in windows if window.sentences]


def held_back(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """What is learned from, and what is measured with."""
    learned = [g for i, g in enumerate(groups) if i % HELD_BACK]
    return learned, [g for i, g in enumerate(groups) if not i % HELD_BACK]


def measure(model: Reader, groups: Sequence[Group], tokens: Tokens, size: int) -> dict[str, float]:
    """Of each kind how often the first sentence of all is right, and how well the best score tells
    whether any passage answers (AUROC)."""
    model.eval()
    first: dict[str, list[bool]] = {}
    best: dict[str, tuple[list[float], list[float]]] = {}
    with torch.no_grad():
        for group in groups:
            passages = (*group.right, *group.wrong)[:8]
            windows = [w for p in passages if (w := tokens.window(group.question, p)).sentences]
            every = scores(run(model, windows, size), windows)
            right = [r for w in windows for r in w.right]
            found = float(torch.logsumexp(every, 0))
            best.setdefault(group.kind, ([], []))[not any(right)].append(found)
            if any(right):
                first.setdefault(group.kind, []).append(right[int(every.argmax())])
    model.train()
    figures = {f"first {kind}": sum(held) / len(held) for kind, held in first.items()}
    told = {
        f"auroc {kind}": auroc(np.array(yes), np.array(no))
        for kind, (yes, no) in best.items()
        if yes and no
    }
    return {name: round(value, 3) for name, value in (figures | told).items()}


def texts_of(groups: Sequence[Group]) -> list[str]:
    """Every text that is learned from, once."""
    passages = [p for group in groups for p in (*group.right, *group.wrong)]
    questions = [group.question for group in groups]
    return list(dict.fromkeys([*questions, *(t for p in passages for t in (p.title, p.text))]))


def lessons(
    rows: Sequence[Group],
    written: Sequence[Group],
    changed: Sequence[Group],
    passes: float,
    chance: random.Random,
) -> list[Group]:
    """What is learned from, in order; each pass has it all, and other changed questions."""
    order: list[Group] = []
    for _ in range(ceil(passes)):
        some = [*list(rows) * ROWS_AGAIN, *written]
        some += chance.sample(changed, min(len(changed), int(CHANGED * len(some))))
        order += chance.sample(some, len(some))
    return order[: int(len(some) * passes)]


def train(
    rows: Sequence[Group],
    written: Sequence[Group],
    measured: Sequence[Group],
    base: Base,
    work: Path,
    recipe: Recipe,
    device: torch.device,
    seed: int,
) -> Reader:
    """A reader that has learned from some questions; the log in `work` tells how well it does on
    those of `measured`."""
    size = 512 if device.type == "cuda" else 16
    random.seed(seed)
    torch.manual_seed(SEED)  # where all of them start from
    chance = random.Random(seed)
    began = time.monotonic()
    learned = [*rows, *written]
    names = sorted({m.group() for g in learned for m in names_in(g.question)})
    changed = list(other_questions(learned, chance))
    log(work, began, questions=len(learned), changed=len(changed))
    tokens, model = Tokens(base), Reader(base).to(device)
    for kept in (
        model.encoder.embeddings.word_embeddings,
        model.encoder.embeddings.position_embeddings,
    ):
        kept.requires_grad_(False)  # words that no row has keep their meaning
    order = lessons(rows, written, changed, recipe.passes, chance)
    steps = len(order) // recipe.questions
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=recipe.rate, weight_decay=0.01)
    mean = 0.0
    for step in range(steps):
        rate = recipe.rate * min(1.0, (step + 1) / WARM_UP) * (1 - step / steps)
        for parameters in optimizer.param_groups:
            parameters["lr"] = rate
        some = order[step * recipe.questions : (step + 1) * recipe.questions]
        batch = [w for group in some if (w := shown(group, names, tokens, chance))]
        loss = loss_of(run(model, [w for group in batch for w in group], size), batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        if step % 20 == 0:
            mean += (loss.item() - mean) * max(0.2, 20 / (step + 20))
            log(work, began, step=step, of=steps, loss=round(mean, 3))
        if step % 500 == 499 or step == steps - 1:
            torch.save(model.state_dict(), work / "model.pt")
            log(work, began, step=step, **measure(model, measured, tokens, size))
    return model.cpu().eval()


def averaged(models: Sequence[Reader]) -> Reader:
    """The reader of which each weight is the mean of theirs."""
    states = [model.state_dict() for model in models]
    models[0].load_state_dict(
        {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    )
    return models[0]


def write(model: Reader, base: Base, folder: Path, work: Path) -> None:
    """The reader as the product runs it: its steps fused, its weights int8."""
    import onnx
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    traced, fused, small = (work / f"{name}.onnx" for name in ("traced", "fused", "small"))
    sample = torch.ones(1, 8, dtype=torch.long)
    names = ("ids", "types")
    torch.onnx.export(
        model.eval(), (sample, sample), str(traced), input_names=list(names),
        output_names=["logits"], dynamic_axes={n: {0: "texts", 1: "tokens"} for n in names},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    config = model.encoder.config
    fusing = FusionOptions("bert")
    fusing.enable_skip_layer_norm = False  # what it makes of two steps is slower
    optimize_model(
        str(traced),
        "bert",
        config.num_attention_heads,
        config.hidden_size,
        opt_level=1,
        optimization_options=fusing,
    ).save_model_to_file(str(fused))
    folder.mkdir(exist_ok=True)
    # Seven bits: eight overflow on processors without VNNI, where the answers would be others.
    quantize_dynamic(
        fused, small, per_channel=True, reduce_range=True,
        weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )  # fmt: skip
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(folder / "model.onnx")
    # Beside weights that can be mapped, as index/models/export.py has it: half the memory.
    key = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(f"{key}file_name", "model.bin")
    options.add_session_config_entry(f"{key}min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(
        str(small), options, providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],
    )  # fmt: skip
    base.tokenizer.save(str(folder / "tokenizer.json"))


def log(work: Path, began: float, **said: float) -> None:
    line = json.dumps({"seconds": round(time.monotonic() - began), **said})
    print(line, flush=True)
    with (work / "log.jsonl").open("a") as file:
        file.write(line + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("rows", type=Path, help="a file of rows, a question a line")
    parser.add_argument("--work", type=Path, required=True, help="a folder for checkpoints")
    parser.add_argument("--limit", type=int, default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    rows, measured = held_back(read_rows(options.rows)[: options.limit])
    encoder = SentenceEncoder()
    written = [
        group
        for path in sorted(WRITTEN.glob("*.jsonl"))
        for group in read_documents(path, options.work / "written", encoder)
    ][: options.limit]
    base = Base(texts_of([*rows, *written]))
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    models = [
        train(rows, written, measured, base, options.work, recipe, device, SEED + run)
        for run, recipe in enumerate(RECIPES[device.type])
    ]
    write(averaged(models), base, FOLDER, options.work)


if __name__ == "__main__":
    main()
