"""The index that a command works with: what it is built from where nothing is said, and what is
said of a build. What is slow to import is imported where it is used.
"""

import contextlib
import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Config

if TYPE_CHECKING:
    from index import Index, Report, SentenceEncoder


def default_paths(config: Config) -> Sequence[Path]:
    """What is indexed where no path is given: QUOTH_CORPUS, else what the index was built from,
    else the seeds. Raises BrokenIndex, NoIndex."""
    from bot.terminal.console import note
    from index import Index

    if config.corpus:
        return config.corpus
    if held := Index.built_from(config.index):
        note(f"updating {config.index} from {_listed(held)}")
        return held
    return _first_paths(config)


def built_from(directory: Path) -> Sequence[Path]:
    """What an index was built from, where that can be read."""
    from index import BrokenIndex, Index

    with contextlib.suppress(BrokenIndex):
        return Index.built_from(directory)
    return ()


def tell_left_out(held: Sequence[Path], paths: Sequence[Path], directory: Path) -> None:
    """Say what the index held before and, by the paths that were given, no longer does."""
    from bot.terminal.console import note

    out = [path for path in held if not any(_is_within(path, other) for other in paths)]
    part = [path for path in paths if any(_is_within(path, other) for other in out)]
    there = [path for path in out if os.path.exists(path)]
    beside = [path for path in paths if path not in part]
    both = shlex.join(map(str, ["quoth", "index", *there, *beside, "--index", directory]))
    kept = f", but for {_listed(part)}; to have all" if part else "; to have both"
    mend = f"{kept}: {both}" if there else ", which is not there any more"
    if out:
        note(f"{directory} no longer holds {_listed(out)}{mend}")


def _is_within(path: Path, other: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(other))


def tell_unread(report: "Report", paths: Sequence[Path]) -> None:
    """Say what is of kinds that are not read, and where there was no document at all."""
    from bot.terminal.console import note
    from bot.wording import unread_kinds

    unread = unread_kinds(report)
    if not (report.added or report.changed or report.unchanged):
        of_these = f": {unread}" if unread else ""
        note(
            f"no .txt or .md file in {_listed(paths)}; files of other kinds are not read{of_these}"
        )
    elif unread:
        note(f"not read, for only .txt and .md are: {unread}")


def _listed(paths: Sequence[Path]) -> str:
    return ", ".join(map(str, paths))


def open_or_build(config: Config) -> "Index":
    """The index, built where there is none yet. Raises NoIndex where there is nothing to build it
    from, and what `Index.open` and `Index.build` do."""
    from bot.terminal.console import note
    from index import Index, NoIndex, SentenceEncoder

    encoder = SentenceEncoder(config.model, on_unkept=note)
    try:
        return Index.open(config.index, model=encoder, threshold=config.threshold)
    except NoIndex:
        paths = _first_paths(config)
    note(f"no index at {config.index} yet; building it from {_listed(paths)}")
    tell_unread(build(paths, config.index, encoder, first=True), paths)
    return Index.open(config.index, model=encoder, threshold=config.threshold)


def _first_paths(config: Config) -> Sequence[Path]:
    """What a first index is built from. Raises NoIndex where that is not there."""
    from index import NoIndex

    paths = config.first_corpus
    if not any(path.exists() for path in paths):
        unset = f"no {_listed(paths)} here to build it from"
        named = f"nothing is at {_listed(paths)}, which QUOTH_CORPUS names"
        why = named if config.corpus else unset
        raise NoIndex(
            f"no index at {config.index}, and {why}; with the path of your documents, "
            f"run: quoth index PATH --index {shlex.quote(str(config.index))}"
        )
    return paths


def build(
    paths: Sequence[Path], directory: Path, encoder: "SentenceEncoder", *, first: bool = False
) -> "Report":
    """Build or update an index as `Index.build` does, and name what was skipped."""
    from bot.terminal.console import note, progress_bar
    from bot.terminal.layout import beside
    from index import Index

    with progress_bar() as progress:
        report = Index.build(
            paths,
            directory,
            model=encoder,
            progress=progress,
            on_wait=lambda holder: note(f"waiting for {holder}, which is building this index"),
            first=first,
        )
    for skipped in report.skipped:
        note(f"skipped {beside(Path(skipped.path), Path.cwd())}: {skipped.reason}")
    return report
