"""`quoth eval`: a question set asked of its own documents, and what is told of the answers."""

import argparse
import json
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.config import Config, index_of_set
from bot.terminal.building import build
from bot.terminal.console import note, print_page, progress_bar
from bot.terminal.diagram import draw_calibration
from bot.terminal.forms import measures_json
from bot.terminal.options import UsageError
from bot.terminal.scores import show_measures, show_misses
from bot.wording import count
from index import (
    DOCUMENTS,
    Asked,
    BadSet,
    Index,
    Outcome,
    SentenceEncoder,
    judge,
    measure,
    read_set,
)


def evaluate(args: argparse.Namespace, config: Config) -> None:
    """Ask all questions of a set, and print how good the answers are.

    Raises BadSet, UsageError for a picture that can be nowhere, and what `build` does.
    """
    asked, name = read_set(args.set), os.path.basename(os.path.realpath(args.set))
    if args.picture:
        _need_place(args.picture)
    index = _index_of_set(args, config)
    outcomes = _ask_all(index, asked)
    found = measure(outcomes, index.threshold)
    missed = [one for one in outcomes if one.missed]
    if args.json:
        print(json.dumps(measures_json(name, found, missed)), flush=True)
    else:
        print_page(partial(show_measures, name, found))
        _tell_misses(missed, index, listed=args.misses)
    if args.picture:
        args.picture.write_text(draw_calibration(name, found), encoding="utf-8")


def _need_place(picture: Path) -> None:
    """Raise UsageError where no picture can be, before all questions are asked for it."""
    if not os.path.isdir(os.path.dirname(os.path.realpath(picture))):
        raise UsageError(f"--picture is {picture}, in no folder that is there; make it first")
    if picture.is_dir():
        raise UsageError(f"--picture is {picture}, which is a folder; name a file in it")


def _tell_misses(missed: Sequence[Outcome], index: Index, *, listed: bool) -> None:
    amiss = count(len(missed), "question")
    print(f"\n{amiss} went wrong" + (":\n" if missed and listed else ""), flush=True)
    if missed and listed:
        print_page(partial(show_misses, missed), index.path)
    elif missed:
        print("--misses lists them, with what was quoted", flush=True)


def _index_of_set(args: argparse.Namespace, config: Config) -> Index:
    """An index of its documents alone, kept for the next time; never the user's own by default."""
    documents, encoder = args.set / DOCUMENTS, SentenceEncoder(config.model, on_unkept=note)
    directory = args.index or index_of_set(documents)
    if not build([documents], directory, encoder).sentences:
        raise BadSet(f"{documents} holds nothing to answer from; put .txt or .md files there")
    return Index.open(directory, model=encoder, threshold=config.threshold)


def _ask_all(index: Index, asked: Sequence[Asked]) -> list[Outcome]:
    outcomes = []
    with progress_bar() as progress:
        for number, one in enumerate(asked, 1):
            outcomes.append(judge(one, index.ask(one.question)))
            progress("asking", number, len(asked))
    return outcomes
