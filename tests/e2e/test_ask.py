"""`quoth ask`: what programs rely on, to the field and the exit code, and what a person sees."""

import json
import re
import shutil
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from conftest import FirstUse

from bot.terminal.forms import answer_json
from e2e.door import ROOT, SEEDS, Door, check_answer, one_line, plain
from index import Index
from index.models.encode import SentenceEncoder

TEN_PERCENT = "when was the 10% rule dropped?"
EXECUTIVE_ORDER = "when did Trump's executive order ban dealing with Huawei?"
PULLED = (
    "The 25% threshold in that ruling was about to get tightened to 10%, but the US Department of "
    "Commerce has pulled the amendment, following the Pentagon’s assertion that this would hurt "
    "the US economy."
)
INVESTED = "How much does Huawei invest in the US economy every year?"

ODD_LINES: dict[str, bytes] = {
    "a NUL in it": b"when was the\x0010% rule dropped?",
    "right-to-left marks around it": "\u202ewhen was the 10% rule dropped?\u202c\u200f".encode(),
    "emoji around it": "🎉 when was the 10% rule dropped? 👩‍👩‍👧".encode(),
    "spaces and a tab around it": b" \twhen was the 10% rule dropped?\t ",
    "a Windows line end": b"when was the 10% rule dropped?\r",
}
"""Each is answered as the plain question is."""

REFUSED_LINES: dict[bytes, str] = {
    b"": "the question is empty",
    b" \t\x00 ": "the question is empty",
    "\u202e\u200f\u2066".encode(): "the question is empty",
    b"?!...": "the question has no word or number in it",
    "🎉👩‍👩‍👧".encode(): "the question has no word or number in it",
    b"what is it?": "the question does not say what it is about",
    b"when \xff\xfe": "the question is not UTF-8",
    b"why? " * 20_000: "the question has 100,000 characters",
}
SEED_QUESTIONS = (ROOT / "tests/data/seeds.jsonl").read_text(encoding="utf-8").splitlines()
LINES: list[bytes] = [
    *(json.loads(line)["question"].encode() for line in SEED_QUESTIONS),
    *ODD_LINES.values(),
    *REFUSED_LINES,
    b"word" * 500,
    b"what is the rule about " * 86,
    b"\x1b[2J\x1b]0;title\x07 when was it?",
    INVESTED.encode(),
]


@pytest.fixture(scope="module")
def asked(first_use: FirstUse) -> tuple[list[bytes], str]:
    """What `quoth ask -` printed for each of LINES before it was given the next, and its stderr."""
    with Door(first_use.home).start("ask", "-", "--json") as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        too_long = Timer(240, running.kill)  # an answer that is held back would be waited for
        too_long.start()
        printed = []
        for line in LINES:
            running.stdin.write(line + b"\n")
            running.stdin.flush()
            printed.append(running.stdout.readline())
        running.stdin.close()
        assert running.stdout.read() == b""
        said = running.stderr.read().decode()
    too_long.cancel()
    assert running.returncode == 0, said
    return printed, said


@pytest.fixture(scope="module")
def answers(asked: tuple[list[bytes], str]) -> dict[bytes, dict[str, Any]]:
    assert len(asked[0]) == len(LINES)
    return {line: json.loads(answer) for line, answer in zip(LINES, asked[0], strict=True)}


def without_time(line: bytes) -> bytes:
    stripped, count = re.subn(rb'"elapsed_ms": [0-9.]+', b'"elapsed_ms": 0', line)
    assert count == 1
    return stripped


def test_every_answer_has_the_fields_that_programs_rely_on(
    answers: dict[bytes, dict[str, Any]],
) -> None:
    for answer in answers.values():
        check_answer(answer, SEEDS)
    assert sum(len(a["quotes"]) for a in answers.values()) > 30
    assert sum(len(a["near"]) for a in answers.values()) > 10


def test_answers_come_in_the_order_of_the_questions_and_repeat_them(
    answers: dict[bytes, dict[str, Any]],
) -> None:
    for line, answer in answers.items():
        if b"\xff" not in line:
            assert answer["question"] == line.decode().rstrip("\r")
    assert answers[b"when \xff\xfe"]["question"] == r"when \udcff\udcfe"


def test_when_the_10_percent_rule_was_dropped_is_answered_to_the_letter(
    answers: dict[bytes, dict[str, Any]],
) -> None:
    answer = answers[TEN_PERCENT.encode()]
    quote = answer["quotes"][0]
    assert answer["answered"] is True
    assert answer["when"] == {
        "date": "2020-01-28",
        "basis": "document",
        "text": "date 2020-01-28",
    }
    assert quote["source"] == "000_170c282705bbfc67.txt"
    assert (quote["text"], quote["start"], quote["end"]) == (PULLED, 1063, 1262)
    assert (quote["line_start"], quote["line_end"]) == (9, 9)
    assert (quote["title"], quote["date"]) == (None, "2020-01-28")


def test_a_date_that_the_quote_states_is_said_to_be_stated_and_highlighted(
    answers: dict[bytes, dict[str, Any]],
) -> None:
    answer = answers[EXECUTIVE_ORDER.encode()]
    assert answer["when"] == {"date": "2019-05", "basis": "stated", "text": "May 2019"}
    quote = answer["quotes"][0]
    assert quote["source"] == "000_170c282705bbfc67.txt"
    words = [quote["text"][a - quote["start"] : b - quote["start"]] for a, b in quote["highlight"]]
    assert words == ["May 2019"]


def test_a_question_that_asks_for_no_date_is_given_none(
    answers: dict[bytes, dict[str, Any]],
) -> None:
    assert answers[INVESTED.encode()]["answered"] is True
    assert answers[INVESTED.encode()]["when"] is None


@pytest.mark.parametrize("line", ODD_LINES.values(), ids=ODD_LINES)
def test_what_cannot_be_seen_in_a_question_changes_nothing(
    answers: dict[bytes, dict[str, Any]], line: bytes
) -> None:
    assert answers[line]["quotes"][0]["text"] == PULLED


@pytest.mark.parametrize(
    ("line", "reason"), REFUSED_LINES.items(), ids=lambda value: repr(value[:12])
)
def test_a_line_that_cannot_be_asked_is_named_and_unanswered(
    asked: tuple[list[bytes], str],
    answers: dict[bytes, dict[str, Any]],
    line: bytes,
    reason: str,
) -> None:
    answer = answers[line]
    assert (answer["answered"], answer["confidence"], answer["when"]) == (False, 0, None)
    assert (answer["quotes"], answer["near"]) == ([], [])
    assert f"quoth: line {LINES.index(line) + 1}: {reason}" in asked[1]


def test_nothing_else_is_said_on_standard_error(asked: tuple[list[bytes], str]) -> None:
    assert [line.split(": ")[1] for line in asked[1].splitlines()] == [
        f"line {LINES.index(line) + 1}" for line in REFUSED_LINES
    ]


def test_each_line_is_answered_before_the_next_is_read(asked: tuple[list[bytes], str]) -> None:
    assert [line.count(b"\n") for line in asked[0]] == [1] * len(LINES)


def test_another_process_answers_the_same_to_the_byte(
    asked: tuple[list[bytes], str], first_use: FirstUse, encoder: SentenceEncoder
) -> None:
    index = Index.open(first_use.index, model=encoder)
    for question, printed in zip(LINES, asked[0], strict=True):
        if question not in REFUSED_LINES:
            again = answer_json(index.ask(question.decode().rstrip("\r")))
            assert without_time(json.dumps(again).encode() + b"\n") == without_time(printed)


# A single question


def test_without_an_index_one_is_built_from_the_seeds_and_says_so(first_use: FirstUse) -> None:
    first, *_ = plain(first_use.screen).split("\n")
    assert first == f"quoth: no index at {first_use.index} yet; building it from seeds"
    assert first_use.index.is_relative_to(first_use.home)


def test_a_build_shows_how_far_it_is(first_use: FirstUse) -> None:
    shown = plain(first_use.screen)
    bars = re.findall(r"\r(\w+) +[━╸╺]* +(\d+)/(\d+) 0:0\d:\d\d", shown)
    stages = dict.fromkeys(stage for stage, _, _ in bars)
    assert [stage for stage in stages if stage != "reading"] == ["encoding", "writing"]
    assert bars[-1] == ("writing", "1", "1")
    assert all(0 <= int(done) <= int(total) for _, done, total in bars)


def test_the_wait_for_the_model_shows_that_something_moves(first_use: FirstUse) -> None:
    assert "⠋ loading the model" in plain(first_use.screen)


def test_a_person_sees_the_date_and_then_the_quote_and_its_place_in_40_columns(
    first_use: FirstUse,
) -> None:
    assert first_use.code == 0
    _, _, shown = plain(first_use.screen).rpartition("loading the model\n\r")
    assert shown.split("\n")[:13] == [
        "reported on 28 January 2020, the",
        "document's own date; the passage states",
        "none",
        "",
        "│ The 25% threshold in that ruling was",
        "│ about to get tightened to 10%, but the",
        "│ US Department of Commerce has pulled",
        "│ the amendment, following the",
        "│ Pentagon’s assertion that this would",
        "│ hurt the US economy.",
        "  28 January 2020",
        "  seeds/000_170c282705bbfc67.txt:9",
        "",
    ]
    assert "reported on \x1b[1m28 January 2020\x1b[0m, the" in first_use.screen


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            (),
            "no command: index, ask, verify, timeline, chat, status, eval or bot; see quoth --help",
        ),
        (("answer", "x"), "argument COMMAND: invalid choice: 'answer'"),
        (("ask",), "the following arguments are required: QUESTION; see quoth ask --help"),
        (("ask", ""), "the question is empty; "),
        (("ask", "\u202e\u200b"), "the question is empty; "),
        (("ask", "?!", "..."), "the question has no word or number in it; "),
        (("ask", "🎉"), "the question has no word or number in it; "),
        (("ask", b"\xff".decode("utf-8", "surrogateescape")), "the question is not UTF-8; "),
        (("ask", "why? " * 20_000), "the question has 100,000 characters; "),
        (("ask", "x", "--top", "0"), "argument --top: '0' is not a number from 1 to 20; "),
        (("ask", "x", "--top", "21"), "argument --top: '21' is not a number from 1 to 20; "),
        (("ask", "x", "--top", "ten"), "argument --top: 'ten' is not a number from 1 to 20; "),
        (
            ("ask", "x", "--after", "soon"),
            "--after is 'soon', which is no date; write it as 2020, ",
        ),
        (("ask", "x", "--before", "03/04/2020"), "--before is '03/04/2020', which is no date; "),
        (("timeline", "x", "--after", "2021", "--before", "2020"), "nothing lies after 2021 and "),
        (("ask", "x", "--jsn"), "cannot make sense of --jsn; see quoth ask --help"),
        (("ask", "x", "--index", ""), "--index is '', which is no path; "),
        (("index", ""), "PATH is '', which is no path; "),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2_and_builds_nothing(
    door: Door, words: tuple[str, ...], reason: str
) -> None:
    (door.home / "seeds").mkdir()
    (door.home / "seeds" / "a.txt").write_text("A sentence.")
    ran = door.run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert one_line(ran.err).startswith(reason)
    assert sorted(path.name for path in door.home.iterdir()) == ["seeds"]


def test_a_setting_that_cannot_be_used_is_wrong_usage(door: Door) -> None:
    ran = door.run("ask", "x", QUOTH_CORPUS=":")
    assert (ran.code, ran.out) == (2, "")
    assert one_line(ran.err).startswith("QUOTH_CORPUS is ':', which names no path; ")


def test_without_an_index_and_without_a_corpus_the_mend_is_named(door: Door) -> None:
    ran = door.run("ask", "who pays?", QUOTH_INDEX="idx", QUOTH_CORPUS="here:there")
    assert ran.seen == (
        3,
        "",
        "quoth: no index at idx, and nothing is at here, there, which QUOTH_CORPUS names; "
        "with the path of your documents, run: quoth index PATH --index idx\n",
    )


def test_the_default_corpus_is_the_one_that_is_set(door: Door) -> None:
    (door.home / "notes").mkdir()
    ran = door.run("ask", "who was the mayor?", QUOTH_INDEX="idx", QUOTH_CORPUS="notes")
    assert ran.seen == (
        1,
        "There is no document to answer from.\n",
        "quoth: no index at idx yet; building it from notes\n"
        "quoth: no .txt or .md file in notes; files of other kinds are not read\n",
    )
    assert list((door.home / "notes").iterdir()) == []
    assert Path(door.home / "idx" / "current.json").is_file()


@pytest.mark.parametrize("format", [(), ("--json",)])
def test_a_reader_that_goes_away_ends_the_command_as_it_ends_others(
    settled: Door, format: tuple[str, ...]
) -> None:
    with settled.start("status", "--index", "idx", *format) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 128 + 13


def test_only_the_first_question_of_all_loads_what_is_slow_to_load(door: Door) -> None:
    shutil.copytree(SEEDS, door.home / "seeds")
    settings = {"PYTHONPROFILEIMPORTTIME": "1", "XDG_CACHE_HOME": str(door.home / "cache")}
    first, second = (door.run("ask", TEN_PERCENT, **settings) for _ in range(2))
    assert "torch" in first.loaded
    assert "index.engine" in second.loaded
    slow = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "discord"}
    assert second.loaded.isdisjoint(slow | {"index.storage.build", "index.verification.verify"})
    assert (second.code, second.out) == (first.code, first.out)


def test_a_slip_of_the_pen_is_mended_and_the_reading_shown(first_use: FirstUse) -> None:
    door = Door(first_use.home)
    told = door.run("ask", "who advised against the Pentagon's recomendation?")
    assert told.out.startswith("read as: who advised against the Pentagon's recommendation?\n")
    asked = json.loads(door.run("ask", "--json", "was the Huawie rule dropped?").out)
    assert asked["question"] == "was the Huawei rule dropped?"


def test_a_model_that_runs_keeps_no_number_for_the_machine_and_tells_nobody_of_it(
    settled: Door, cache: Path
) -> None:
    """onnxruntime would do both, and where it may not write, say so on standard error."""
    folder = settled.home / "cache"
    folder.mkdir()
    (folder / "quoth").symlink_to(cache / "quoth")
    ran = settled.run("ask", TEN_PERCENT, "--index", "idx", XDG_CACHE_HOME=str(folder))
    assert (ran.code, ran.err) == (0, "")
    assert [path.name for path in folder.iterdir()] == ["quoth"]
