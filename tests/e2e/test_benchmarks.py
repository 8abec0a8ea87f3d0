"""The benchmarks run from a checkout, and record what they print."""

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

from e2e.door import ROOT, Door

PEERS = "langchain_classic", "langchain_community", "langchain_text_splitters", "txtai"


def timed(door: Door, words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *words.split(), "--runs", "1", "--out", door.home],
        capture_output=True,
        cwd=ROOT,
        env=door.environment(),
        text=True,
    )


def test_an_index_is_timed_and_recorded(door: Door) -> None:
    ended = timed(door, "--only scale --sizes 96")
    assert ended.returncode == 0, ended.stderr
    rows = json.loads((door.home / "results.json").read_text())["rows"]
    opening = ["opening 96 passages", "opening 96 passages, peak memory"]
    asks = (
        "a warm question",
        "a warm question but its reading",
        "finding the passages of a question",
    )
    asking = [f"{what}, 96 passages" for what in asks]
    assert [row["what"] for row in rows] == [*opening, *asking]
    assert [line.split(" | ")[0] for line in ended.stdout.splitlines()] == [
        f"| {row['what']}" for row in rows
    ]
    assert all(row["ratio"] == row["ours"] / row["theirs"] > 0 for row in rows)
    assert "<svg" in (door.home / "plot.svg").read_text()


def test_a_crowd_is_timed_and_what_was_not_timed_again_is_kept(door: Door) -> None:
    assert timed(door, "--only crowd").returncode == 0
    results = door.home / "results.json"
    before = json.loads(results.read_text())
    crowd = ["50 questions at once", "50 questions at once, 95th percentile"]
    assert [row["what"] for row in before["rows"]] == crowd
    before["rows"][1] |= {"what": "another thing", "ours": 6.0, "theirs": 3.0}
    results.write_text(json.dumps(before))
    ended = timed(door, "--only crowd --add")
    assert ended.returncode == 0, ended.stderr
    rows = json.loads(results.read_text())["rows"]
    assert [row["what"] for row in rows] == [crowd[0], "another thing", crowd[1]]
    assert rows[0]["ours"] != before["rows"][0]["ours"]
    assert rows[1]["ratio"] == 2.0


@pytest.mark.skipif(not all(map(find_spec, PEERS)), reason="the peers are an extra of their own")
def test_the_peers_answer_the_same_questions(door: Door) -> None:
    (door.home / "mine" / "docs").mkdir(parents=True)
    for name, text in (("leave", "Leave is signed off by Ada Byron."), ("other", "Tea is free.")):
        (door.home / "mine" / "docs" / f"{name}.txt").write_text(f"{text}\n")
    asked = [{"question": "who signs off leave?", "answers": ["Ada Byron"], "docs": ["leave.txt"]}]
    asked += [{"question": "what is free?", "answers": ["Tea"], "docs": ["other.txt"]}]
    lines = "".join(f"{json.dumps(one)}\n" for one in asked)
    (door.home / "mine" / "questions.jsonl").write_text(lines)
    ended = timed(door, f"--only peers --set {door.home / 'mine'} --documents 1")
    assert ended.returncode == 0, ended.stderr
    rows = json.loads((door.home / "results.json").read_text())["rows"]
    found = {(r["what"], r["against"]): (r["ours"], r["theirs"]) for r in rows}
    for name in ("LangChain's EnsembleRetriever", "txtai's hybrid index"):
        assert found["top1, 1 questions to 1 documents of mine", name] == (100, 100)
        assert found["a warm question, 1 documents of mine", name] > (0, 0)


def test_what_cannot_be_timed_is_said_before_anything_is(door: Door) -> None:
    ended = timed(door, f"--only crowd --set {door.home}")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"{door.home} has no questions.jsonl" in ended.stderr


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
    errors = {row["part"]: row["found"]["calibration_error"] for row in rows}
    assert errors["confidence by the score alone"] != errors["everything"]
    assert [line.split(" | ")[1] for line in ended.stdout.splitlines()[2:]] == [
        row["part"] for row in rows
    ]
