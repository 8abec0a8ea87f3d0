"""The benchmarks run from a checkout, and record what they print."""

import json
import subprocess
import sys

from e2e.door import ROOT, Door


def test_an_index_is_timed_and_recorded(door: Door) -> None:
    words = "--only scale --sizes 96 --runs 1 --out".split()
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks", *words, door.home],
        capture_output=True,
        cwd=ROOT,
        env=door.environment(),
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    rows = json.loads((door.home / "results.json").read_text())["rows"]
    timed = ["opening 96 passages", "opening 96 passages, peak memory"]
    assert [row["what"] for row in rows] == [*timed, "a warm question, 96 passages"]
    assert [line.split(" | ")[0] for line in ended.stdout.splitlines()] == [
        f"| {row['what']}" for row in rows
    ]
    assert all(row["ratio"] == row["ours"] / row["theirs"] > 0 for row in rows)
    assert "<svg" in (door.home / "plot.svg").read_text()
