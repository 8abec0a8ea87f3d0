"""`quoth eval` measures the answers to a question set; QUOTH_THRESHOLD moves what is answered."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from e2e.door import Door, last_words, one_line, plain

LEAVE = "Leave is signed off by the line manager.\n"
CAR = "The pool car holds 5 people and is parked behind the mill.\n"
QUESTIONS: list[dict[str, Any]] = [
    {"id": "1", "question": "who signs off leave?", "answers": ["nobody", "Line-Manager"]},
    {"id": "2", "question": "where is the pool car parked?", "answers": ["in the barn"]},
    {"id": "3", "question": "who is the CEO of Nokia?", "answers": [], "answerable": False},
    {"id": "4", "question": "who painted it?", "answers": ["Ada"], "answerable": False},
]


@pytest.fixture
def asking(door: Door) -> Door:
    """A home with the set `mine`: one question is answered, one with other words, two are not."""
    docs = door.home / "mine" / "docs"
    docs.mkdir(parents=True)
    (docs / "leave.txt").write_text(LEAVE)
    (docs / "car.txt").write_text(CAR)
    write(door.home, *map(json.dumps, QUESTIONS))
    return door


def write(home: Path, *lines: str) -> None:
    (home / "mine" / "questions.jsonl").write_text("\n".join(lines) + "\n")


def measured(door: Door, **settings: str) -> dict[str, Any]:
    ran = door.run("eval", "mine", "--json", **settings)
    assert (ran.code, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_the_figures_are_those_of_the_questions(asking: Door) -> None:
    found = measured(asking, QUOTH_THRESHOLD="0")
    assert found["set"] == "mine"
    assert (found["answerable"], found["unanswerable"]) == (2, 2)
    assert (found["top1"], found["top3"], found["at300"]) == (0.5, 0.5, 0.5)
    assert found["auroc"] == 1
    assert sum(one["count"] for one in found["bins"]) == 4
    assert [one["threshold"] for one in found["settings"]] == [n / 20 for n in range(21)]


def test_each_miss_has_what_was_quoted_instead(asking: Door) -> None:
    misses = {one["id"]: one for one in measured(asking, QUOTH_THRESHOLD="0")["misses"]}
    assert sorted(misses) == ["2", "3", "4"]
    assert misses["2"]["answers"] == ["in the barn"]
    assert misses["2"]["quotes"][0]["text"] == CAR.strip()


@pytest.mark.parametrize(("threshold", "refused"), [("0", 0.0), ("1", 1.0)])
def test_the_threshold_decides_what_is_answered(
    asking: Door, threshold: str, refused: float
) -> None:
    found = measured(asking, QUOTH_THRESHOLD=threshold)
    now = found["at_threshold"]
    assert (now["threshold"], now["refused"]) == (float(threshold), refused)
    assert now["let_through"] == 1 - refused
    assert asking.run("index", "mine/docs", "--index", "idx").code == 0
    asked = ("ask", "who signs off leave?", "--index", "idx")
    assert asking.run(*asked, QUOTH_THRESHOLD=threshold).code == refused


def test_the_user_s_own_index_stays_as_it_was(settled: Door) -> None:
    (settled.home / "mine" / "docs").mkdir(parents=True)
    (settled.home / "mine" / "docs" / "leave.txt").write_text(LEAVE)
    write(settled.home, json.dumps(QUESTIONS[0]))
    before = (settled.home / "idx" / "current.json").read_bytes()
    assert settled.run("eval", "mine", QUOTH_INDEX="idx").code == 0
    assert (settled.home / "idx" / "current.json").read_bytes() == before


@pytest.mark.parametrize("columns", [40, 120])
def test_no_line_is_wider_than_the_terminal(asking: Door, columns: int) -> None:
    shown, code = last_words(asking.on_terminal("eval", "mine", "--misses", columns=columns))
    assert code == 0
    lines = [line.rpartition("\r")[2] for line in plain(shown).split("\n")]
    assert max(map(len, lines)) <= columns
    assert 'answer: "in the barn"; quoted instead:' in " ".join(lines)


def test_misses_are_counted_and_listed_on_demand(asking: Door) -> None:
    short = asking.run("eval", "mine", QUOTH_THRESHOLD="0")
    assert "3 questions went wrong\n--misses lists them" in short.out
    assert "where is the pool car parked?" not in short.out


def test_the_picture_is_svg_with_a_bar_for_each_bin_that_has_questions(asking: Door) -> None:
    ran = asking.run("eval", "mine", "--json", "--picture", "c.svg")
    assert ran.code == 0
    filled = sum(one["count"] > 0 for one in json.loads(ran.out)["bins"])
    drawn = ET.parse(asking.home / "c.svg").iter("{http://www.w3.org/2000/svg}rect")
    assert [one.get("class") for one in drawn] == ["page", *["bar"] * filled]


def test_a_bad_line_is_named_by_its_number(asking: Door) -> None:
    write(asking.home, json.dumps(QUESTIONS[0]), "no json")
    ran = asking.run("eval", "mine")
    assert (ran.code, ran.out) == (3, "")
    said = "mine/questions.jsonl:2 is not JSON in UTF-8; write one object a line"
    assert one_line(ran.err) == said


def test_a_set_that_is_none_is_one_line(asking: Door) -> None:
    asked = asking.home / "mine" / "questions.jsonl"
    asked.write_text("\n")
    empty = "mine/questions.jsonl has no question; write one a line, as JSON"
    assert one_line(asking.run("eval", "mine").err) == empty
    asked.unlink()
    ran = asking.run("eval", "mine")
    assert ran.code == 3
    assert one_line(ran.err).startswith("mine/questions.jsonl cannot be read (No such file")
    assert asking.run("eval", "mine", "--picture", "no/c.svg").code == 3


def test_a_set_without_documents_is_one_line(asking: Door) -> None:
    for path in (asking.home / "mine" / "docs").iterdir():
        path.unlink()
    ran = asking.run("eval", "mine")
    assert (ran.code, ran.out) == (3, "")
    said = "mine/docs holds nothing to answer from; put .txt or .md files there"
    assert one_line(ran.err) == said


def test_a_picture_for_no_folder_is_wrong_usage_before_anything_is_asked(asking: Door) -> None:
    ran = asking.run("eval", "mine", "--picture", "no/c.svg")
    assert ran.code == 2
    assert one_line(ran.err) == "--picture is no/c.svg, in no folder that is there; make it first"
    ran = asking.run("eval", "mine", "--picture", "mine")
    assert ran.code == 2
    assert one_line(ran.err) == "--picture is mine, which is a folder; name a file in it"


def test_a_picture_that_cannot_be_written_costs_no_figures(asking: Door) -> None:
    (asking.home / "loop").symlink_to("loop")
    ran = asking.run("eval", "mine", "--json", "--picture", "loop")
    assert json.loads(ran.out)["set"] == "mine"
    assert ran.code == 3
    assert one_line(ran.err) == "loop: Too many levels of symbolic links"


def test_a_threshold_that_is_none_is_one_line(door: Door) -> None:
    ran = door.run("ask", "who?", QUOTH_THRESHOLD="5%")
    assert ran.code == 2
    assert one_line(ran.err).startswith("QUOTH_THRESHOLD is '5%'; write a number from 0 to 1")
