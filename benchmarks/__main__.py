"""Times Quoth against what people would use instead: `python -m benchmarks --help`."""

import argparse
import json
import os
import platform
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from benchmarks import peers, rows
from benchmarks.plot import draw
from benchmarks.sides import Row
from index import SentenceEncoder
from index.evaluation.sets import QUESTIONS

HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 100_000)
PARTS = ("cold", "building", "update", "scale", "crowd", "peers")
_HEAD = ("| what | Quoth | the other | which is | ratio | to reach |", "|---|---|---|---|---|---|")
_SIZE = re.compile(r"([\d,]+) passages")
_MARKS = "<!-- table -->\n", "<!-- end -->\n"


def main(argv: Sequence[str] | None = None) -> None:
    """Time everything; print the table, write results.json and plot.svg, renew the README's."""
    options = _options(argv)
    with tempfile.TemporaryDirectory(dir=options.work) as folder:
        encoder = SentenceEncoder()
        encoder.load()
        setting = rows.Setting(Path(folder), options.runs, encoder)
        timed: list[Row] = []
        for row in _rows(setting, options):
            print(_line(row), flush=True)
            timed.append(row)
    _record(timed, options)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each side (default: 5)")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=SIZES,
        help=f"passages of indexes (default: {', '.join(map(str, SIZES))})",
    )
    parser.add_argument(
        "--files", type=int, default=10_000, help="files of the index updated (default: 10000)"
    )
    parser.add_argument("--set", type=Path, default=rows.EVERYDAY, help="the peers' question set")
    parser.add_argument("--documents", type=int, help="at most so many of its (default: all)")
    parser.add_argument(
        "--only",
        nargs="*",
        choices=PARTS,
        default=PARTS,
        metavar="PART",
        help=f"of {', '.join(PARTS)} (default: all)",
    )
    parser.add_argument("--add", action="store_true", help="keep the former rows of other things")
    parser.add_argument("--work", type=Path, help="folder for what is built (default: temporary)")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the results")
    options = parser.parse_args(argv)
    if not (options.set / QUESTIONS).is_file():
        parser.error(f"{options.set} has no {QUESTIONS}")
    if "peers" in options.only and not all(map(find_spec, peers.PACKAGES)):
        parser.error("the peers are not there: pip install -e '.[bench,peers]', or --only others")
    return options


def _rows(setting: rows.Setting, options: argparse.Namespace) -> Iterator[Row]:
    parts: dict[str, Callable[[], Iterable[Row]]] = {
        "cold": lambda: rows.cold(setting),
        "building": lambda: rows.building(setting),
        "update": lambda: rows.update(setting, options.files),
        "scale": lambda: (row for size in options.sizes for row in rows.scale(setting, size)),
        "crowd": lambda: rows.crowd(setting),
        "peers": lambda: peers.peers(setting, options.set, options.documents),
    }
    for name in PARTS:
        if name in options.only:
            yield from parts[name]()


def _line(row: Row) -> str:
    reach = f"{row.reach} ({row.note})" if row.note and row.reach else row.reach or row.note
    return (
        f"| {row.what} | {row.ours:,.4g} {row.unit} | {row.theirs:,.4g} {row.unit} | {row.against} "
        f"| {row.ratio:.3g} | {reach} |"
    )


def _record(timed: Sequence[Row], options: argparse.Namespace) -> None:
    out, cores = options.out, os.cpu_count()
    machine = f"{platform.machine()}, {cores} cores, Python {platform.python_version()}"
    if options.add:
        timed = _renewed(out / "results.json", machine, timed)
    timed = _arranged(timed)
    result = {"machine": machine, "rows": [asdict(r) | {"ratio": r.ratio} for r in timed]}
    (out / "results.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (out / "plot.svg").write_text(draw(timed), encoding="utf-8")
    readme = out / "README.md"
    if readme.exists():
        before, _, rest = readme.read_text(encoding="utf-8").partition(_MARKS[0])
        _, _, after = rest.partition(_MARKS[1])
        days = " to ".join(sorted({min(r.date for r in timed), max(r.date for r in timed)}))
        lines = [f"As last run, {days}: {machine}.\n", *_HEAD, *map(_line, timed), ""]
        table = "\n".join(lines)
        readme.write_text(before + _MARKS[0] + table + _MARKS[1] + after, encoding="utf-8")


def _renewed(results: Path, machine: str, timed: Sequence[Row]) -> list[Row]:
    """The former rows of this machine, those timed again in their places, new ones after them."""
    former = json.loads(results.read_text(encoding="utf-8"))
    kept = [Row(**{n: v for n, v in row.items() if n != "ratio"}) for row in former["rows"]]
    every = [*(kept if former["machine"] == machine else ()), *timed]
    return list({(row.what, row.against): row for row in every}.values())


def _arranged(timed: Sequence[Row]) -> list[Row]:
    """The rows that differ in the size of the index only beside each other, the smallest first."""

    def kind(row: Row) -> tuple[str, str]:
        return _SIZE.sub("", row.what), row.against

    def size(row: Row) -> int:
        return int(held[1].replace(",", "")) if (held := _SIZE.search(row.what)) else 0

    places = {kind(row): place for place, row in reversed(list(enumerate(timed)))}
    return sorted(timed, key=lambda row: (places[kind(row)], size(row)))


if __name__ == "__main__":
    main()
