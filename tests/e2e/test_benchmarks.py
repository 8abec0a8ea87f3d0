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


def test_each_part_is_measured_against_everything(door: Door) -> None:
    (door.home / "mine" / "docs").mkdir(parents=True)
    (door.home / "mine" / "docs" / "leave.txt").write_text("Leave is signed off by Ada Byron.\n")
    question = {"question": "who signs off leave?", "answers": ["Ada Byron"]}
    (door.home / "mine" / "questions.jsonl").write_text(json.dumps(question))
    words = [door.home / "mine", "--out", door.home / "rows.json"]
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.answers", *words],
        capture_output=True,
        cwd=ROOT,
        env=door.environment(),
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    rows = json.loads((door.home / "rows.json").read_text())
    assert [row["part"] for row in rows][:3] == ["everything", "no reader", "BM25 only"]
    assert {(row["set"], row["found"]["top1"]) for row in rows} == {("mine", 1.0)}
    assert [line.split(" | ")[1] for line in ended.stdout.splitlines()[2:]] == [
        row["part"] for row in rows
    ]
