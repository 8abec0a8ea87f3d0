"""Times Quoth against what people would use instead: `python -m benchmarks --help`."""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import rows
from benchmarks.plot import draw
from benchmarks.sides import Row
from index import SentenceEncoder

HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 100_000)
_HEAD = ("| what | Quoth | the other | which is | ratio | to reach |", "|---|---|---|---|---|---|")
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
    _record(timed, options.out)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each side (default: 5)")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="passages of indexes")
    parser.add_argument("--files", type=int, default=10_000, help="files of the index updated")
    parser.add_argument("--only", nargs="*", choices=["cold", "building", "update", "scale"])
    parser.add_argument("--work", type=Path, help="folder for what is built (default: temporary)")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the results")
    return parser.parse_args(argv)


def _rows(setting: rows.Setting, options: argparse.Namespace) -> Iterator[Row]:
    parts = {
        "cold": lambda: rows.cold(setting),
        "building": lambda: rows.building(setting),
        "update": lambda: rows.update(setting, options.files),
        "scale": lambda: (row for size in options.sizes for row in rows.scale(setting, size)),
    }
    for name, part in parts.items():
        if options.only is None or name in options.only:
            yield from part()


def _line(row: Row) -> str:
    reach = f"{row.reach} ({row.note})" if row.note and row.reach else row.reach or row.note
    return (
        f"| {row.what} | {row.ours:,.4g} {row.unit} | {row.theirs:,.4g} {row.unit} | {row.against} "
        f"| {row.ratio:.3g} | {reach} |"
    )


def _record(timed: Sequence[Row], out: Path) -> None:
    cores = os.cpu_count()
    machine = f"{platform.machine()}, {cores} cores, Python {platform.python_version()}"
    made = datetime.now(UTC).date().isoformat()
    result = {
        "machine": machine,
        "date": made,
        "rows": [asdict(r) | {"ratio": r.ratio} for r in timed],
    }
    (out / "results.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    (out / "plot.svg").write_text(draw(timed), encoding="utf-8")
    readme = out / "README.md"
    if readme.exists():
        before, _, rest = readme.read_text(encoding="utf-8").partition(_MARKS[0])
        _, _, after = rest.partition(_MARKS[1])
        lines = [f"As last run, {made}: {machine}.\n", *_HEAD, *map(_line, timed), ""]
        table = "\n".join(lines)
        readme.write_text(before + _MARKS[0] + table + _MARKS[1] + after, encoding="utf-8")


if __name__ == "__main__":
    main()
