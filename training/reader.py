"""Train the reader: a model that reads a question and a passage and says which sentence answers.

    python training/reader.py ROWS.jsonl --work DIR [--on]

ROWS.jsonl: a line a question, as README.md here describes; it learns from written/ too. DIR takes
the checkpoints and the log. Runs on two cores in ninety minutes; on an accelerator, if there is
one, it learns for longer (RECIPES). With --on it starts from the reader that is there (ON). Writes
index/models/reader/.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path

import numpy as np
import torch
from base import Base
from losses import loss_of
from model import Reader, Tokens, Window, averaged, run, scores
from rows import MORE, Group, decoy, other_questions, read_documents, read_rows
from shipped import load, write
from swaps import Swaps
from torch import nn

from index.evaluation.measure import auroc
from index.models.encode import SentenceEncoder
from index.models.reader import FOLDER
from index.questions.question import names_in

WRITTEN = Path(__file__).with_name("written")
SEED = 2020
WRONG = 3
"""Wrong passages that a step sees of a question, at most."""
WARM_UP = 100
"""Steps over which the rate rises to its highest."""
NO_RIGHT, DECOY, NO_TITLE = 0.12, 0.2, 0.15
"""How often (0..1) no right passage is shown, a passage is changed so that it is none, the title is
left out."""
HELD_BACK = 10
"""One question of so many is not learned from, and measured with instead."""
TYPICAL = 40
"""Windows on which it is seen what is usual inside the reader."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it learns: passes over everything, questions a step, the highest rate. rows: how often a
    pass has each of the rows. changed: how often (0..1) a question is changed so that there is no
    answer. written: the share of the written questions, but for those of MORE, that a pass has."""

    passes: float
    questions: int
    rate: float
    rows: int = 2
    changed: float = 0.12
    written: float = 1.0


RECIPES = {
    "cpu": (Recipe(0.25, 16, 1.1e-4),),
    "cuda": (Recipe(3, 32, 1.5e-4), Recipe(3.5, 32, 1.5e-4), Recipe(4, 32, 1.5e-4)),
}
"""What fits into ninety minutes on two cores; and on an accelerator three longer runs from the same
start, each in an order of its own, whose weights are averaged (Wortsman et al. 2022, Model soups).
"""
ON = Recipe(0.65, 16, 4e-5, rows=1, changed=0.1, written=0.06)
"""What is learned on, most of it from MORE: an hour on two cores. The weights are then the mean of
what they were and what they became: that forgets less (Wortsman et al. 2022, Robust fine-tuning).
"""


def shown(group: Group, swaps: Swaps, tokens: Tokens, chance: random.Random) -> list[Window]:
    """The windows of a group that one step sees."""
    passages = [*chance.sample(group.wrong, min(len(group.wrong), WRONG))]
    if group.right and (chance.random() >= NO_RIGHT or not passages):
        passages.append(chance.choice(group.right))
        if chance.random() < DECOY and (made := decoy(group, swaps, chance)):
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


def some_windows(groups: Sequence[Group], tokens: Tokens) -> list[Window]:
    """A window of each of some groups."""
    return [tokens.window(g.question, (*g.right, *g.wrong)[0]) for g in groups[:TYPICAL]]


def texts_of(groups: Sequence[Group]) -> list[str]:
    """Every text that is learned from, once."""
    passages = [p for group in groups for p in (*group.right, *group.wrong)]
    questions = [group.question for group in groups]
    return list(dict.fromkeys([*questions, *(t for p in passages for t in (p.title, p.text))]))


@dataclass(frozen=True, slots=True)
class School:
    """What every run has: what is learned from, what is measured with, what may stand for what,
    where it starts, the folder of its log and checkpoints, what it runs on."""

    rows: Sequence[Group]
    written: Sequence[Group]
    measured: Sequence[Group]
    swaps: Swaps
    base: Base
    work: Path
    device: torch.device

    @property
    def at_once(self) -> int:
        """How many windows are read at once."""
        return 512 if self.device.type == "cuda" else 16


def lessons(
    school: School, changed: Sequence[Group], recipe: Recipe, chance: random.Random
) -> list[Group]:
    """What is learned from, in order; each pass has it all, and other changed questions."""
    order: list[Group] = []
    for _ in range(ceil(recipe.passes)):
        written = [g for g in school.written if g.kind not in MORE]
        some = [*list(school.rows) * recipe.rows, *(g for g in school.written if g.kind in MORE)]
        some += chance.sample(written, int(recipe.written * len(written)))
        some += chance.sample(changed, min(len(changed), int(recipe.changed * len(some))))
        order += chance.sample(some, len(some))
    return order[: int(len(some) * recipe.passes)]


def train(school: School, recipe: Recipe, seed: int, model: Reader) -> Reader:
    """The reader when it has learned; the log tells how well it does on what it has not seen."""
    random.seed(seed)
    torch.manual_seed(seed)
    chance, tell = random.Random(seed), partial(log, school.work, time.monotonic())
    learned = [*school.rows, *school.written]
    changed = list(other_questions(learned, school.swaps, chance))
    measured = [*school.measured, *other_questions(school.measured, school.swaps, chance)]
    tell(questions=len(learned), changed=len(changed))
    tokens, model = Tokens(school.base), model.to(school.device)
    order = lessons(school, changed, recipe, chance)
    steps = len(order) // recipe.questions
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=recipe.rate, weight_decay=0.01)
    mean = 0.0
    for step in range(steps):
        for parameters in optimizer.param_groups:
            parameters["lr"] = recipe.rate * min(1.0, (step + 1) / WARM_UP) * (1 - step / steps)
        some = order[step * recipe.questions : (step + 1) * recipe.questions]
        batch = [w for group in some if (w := shown(group, school.swaps, tokens, chance))]
        loss = learn(model, optimizer, batch, school.at_once)
        if step % 20 == 0:
            mean += (loss - mean) * max(0.2, 20 / (step + 20))
            tell(step=step, of=steps, loss=round(mean, 3))
        if step % 500 == 499 or step == steps - 1:
            torch.save(model.state_dict(), school.work / "model.pt")
            tell(step=step, **measure(model, measured, tokens, school.at_once))
    return model.cpu().eval()


def fresh(base: Base) -> Reader:
    """A reader that has learned nothing; all of them start alike."""
    torch.manual_seed(SEED)
    return Reader(base)


def learn(
    model: Reader, optimizer: torch.optim.Optimizer, batch: Sequence[Sequence[Window]], size: int
) -> float:
    """One step, from some groups of windows, `size` of which are read at once; the loss before."""
    loss = loss_of(run(model, [w for group in batch for w in group], size), batch)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


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
    parser.add_argument("--on", action="store_true", help="learn on from the reader that is there")
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
    texts = texts_of([*rows, *written])
    base = Base(texts, FOLDER if options.on else None)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    names = sorted({m.group() for g in (*rows, *written) for m in names_in(g.question)})
    swaps = Swaps(texts, names, encoder)
    school = School(rows, written, measured, swaps, base, options.work, device)
    if options.on:
        models = [load(base, FOLDER), train(school, ON, SEED, load(base, FOLDER))]
    else:
        models = [
            train(school, recipe, SEED + n, fresh(base))
            for n, recipe in enumerate(RECIPES[device.type])
        ]
    write(averaged(models), base, some_windows(measured, Tokens(base)), FOLDER, options.work)


if __name__ == "__main__":
    main()
