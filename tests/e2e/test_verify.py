"""`quoth verify` and `quoth timeline`: their fields and exit codes, and what a person sees."""

import json
import re
from typing import Any

import pytest
from conftest import FirstUse

from e2e.door import ISO, SEEDS, Door, check_quote, last_words, one_line, plain

SHARE = "Huawei owns 15% of all standards-essential 5G patents."
REPORTED = "According to Reuters, Trump’s administration"
LINES: dict[str, tuple[int, int]] = {
    SHARE: (1, 0),
    REPORTED: (1, 0),
    "entity list": (4, 0),
    SHARE.replace("15%", "5%"): (0, 1),
    "\u202eHuawei\u200b owns\x0015% of all standards-essential 5G patents\u202c": (1, 0),
    "The moon is made of cheese.": (0, 0),
}
"""Sentences, in how many places they stand, and how many come close."""
REFUSED = {
    "": "the sentence is empty; give the words to look for",
    "?!": "the sentence has no word or number in it; give the words to look for",
    "🎉": "the sentence has no word or number in it; give the words to look for",
    "why? " * 20_000: "the sentence has 100,000 characters; at most 4,000 can be verified",
}


@pytest.fixture(scope="module")
def verdicts(first_use: FirstUse) -> list[dict[str, Any]]:
    lines = "".join(f"{line}\n" for line in (*LINES, *REFUSED)).encode() + b"\xff\n"
    ran = Door(first_use.home).run("verify", "-", "--json", stdin=lines)
    assert ran.code == 0
    first = len(LINES) + 1
    said = [*REFUSED.values(), "the sentence is not UTF-8; write it in UTF-8"]
    assert ran.err.splitlines() == [f"quoth: line {n}: {why}" for n, why in enumerate(said, first)]
    return [json.loads(line) for line in ran.out.splitlines()]


def test_each_line_has_a_verdict_of_fixed_fields_in_order(verdicts: list[dict[str, Any]]) -> None:
    asked = [verdict["sentence"] for verdict in verdicts]
    assert asked == [*LINES, *REFUSED, r"\udcff"]
    for verdict, (places, close) in zip(
        verdicts, [*LINES.values(), *[(0, 0)] * (len(REFUSED) + 1)], strict=True
    ):
        assert list(verdict) == ["sentence", "word_for_word", "places", "closest", "differs"]
        assert verdict["word_for_word"] == bool(verdict["places"])
        assert (len(verdict["places"]), len(verdict["closest"])) == (places, close)
        for quote in (*verdict["places"], *verdict["closest"]):
            check_quote(quote, SEEDS)


def test_what_differs_is_given_by_its_place(verdicts: list[dict[str, Any]]) -> None:
    verdict = verdicts[3]
    quote = verdict["closest"][0]
    assert [verdict["sentence"][a:b] for a, b in verdict["differs"]] == ["5%"]
    at = quote["start"]
    assert [quote["text"][a - at : b - at] for a, b in quote["highlight"]] == ["15%"]


def test_places_quote_the_document_and_not_the_person(verdicts: list[dict[str, Any]]) -> None:
    assert verdicts[1]["places"][0]["text"] == "According to Reuters, Trump's administration"


def test_a_person_sees_the_places_on_40_columns(first_use: FirstUse) -> None:
    ran = Door(first_use.home).run("verify", REPORTED, COLUMNS="40")
    assert ran.seen == (
        0,
        "Word for word in the documents.\n\n"
        "The same but for apostrophes:\n\n"
        "│ According to Reuters, Trump's\n"
        "│ administration\n"
        "  US Reportedly Mulls Expanding Ban on\n"
        "  Sale of Its Technologies in New\n"
        "  Possible Blow to Huawei (7 December\n"
        "  2019)\n"
        "  seeds/003_77119e96c5a50260.txt:24\n",
        "",
    )


def test_a_person_sees_what_differs_without_colours_too(first_use: FirstUse) -> None:
    terminal = Door(first_use.home).on_terminal(
        "verify", SHARE.replace("15%", "5%"), columns=40, NO_COLOR="1"
    )
    shown, code = last_words(terminal)
    assert code == 1
    assert not re.search(r"\x1b\[[0-9;]*m", shown)
    assert plain(shown) == (
        "Not word for word in the documents.\n\n"
        "You wrote:\n"
        "  Huawei owns 5% of all\n"
        "              ^^\n"
        "  standards-essential 5G patents.\n\n"
        "What comes closest, its differences\nmarked:\n\n"
        "┆ Huawei owns 15% of all\n"
        "┆             ^^^\n"
        "┆ standards-essential 5G patents.\n"
        "  Some Companies Can Now Sell To Huawei\n"
        "  To Further US-China Trade Talks\n"
        "  (undated)\n"
        "  seeds/002_b4eacca091bd7850.txt:31\n"
    )


def test_where_nothing_comes_close_it_is_said(first_use: FirstUse) -> None:
    assert Door(first_use.home).run("verify", "The moon is made of cheese.").seen == (
        1,
        "Not word for word in the documents.\n\nNothing in them comes close.\n",
        "",
    )


# The order of events


BANNED = "when was Huawei banned?"


def test_a_timeline_has_fixed_fields_and_is_in_order(first_use: FirstUse) -> None:
    ran = Door(first_use.home).run("timeline", BANNED, "--json")
    assert (ran.code, ran.err) == (0, "")
    timeline = json.loads(ran.out)
    assert list(timeline) == ["question", "answered", "confidence", "events", "near"]
    assert (timeline["question"], timeline["answered"], timeline["near"]) == (BANNED, True, [])
    dates = [event["when"] and event["when"]["date"] for event in timeline["events"]]
    assert dates[:2] == ["2018-02", "2019-05"]
    assert None in dates
    assert dates == [*sorted(filter(None, dates)), *[None] * dates.count(None)]
    for event in timeline["events"]:
        assert list(event) == ["when", "quote"]
        assert event["when"] is None or ISO.fullmatch(event["when"]["date"])
        check_quote(event["quote"], SEEDS)


def test_a_person_sees_each_date_above_its_evidence_and_what_is_close_to_nothing(
    first_use: FirstUse,
) -> None:
    lines = f"{BANNED}\nwho is the CEO of Nokia?\n".encode()
    ran = Door(first_use.home).run("timeline", "-", stdin=lines, COLUMNS="60")
    assert (ran.code, ran.err) == (0, "")
    events, refusal = ran.out.split("> who is the CEO of Nokia?\n")
    first, second, *_, last, sure, end = events.split("\n\n")
    assert first.startswith("> when was Huawei banned?\nFebruary 2018\n│ Equally, way back in ")
    assert second == (
        "May 2019\n"
        "│ Donald Trump declared an executive order in May 2019 that\n"
        "│ banned US companies from dealing with Huawei without a\n"
        "│ licence.\n"
        "  28 January 2020\n"
        "  seeds/000_170c282705bbfc67.txt:11"
    )
    assert last.startswith('no date, only what the passage says: "earlier this year"\n│ ')
    assert re.fullmatch(r"[a-z ]+: \d+%", sure)
    assert end == ""
    assert refusal.startswith("The documents do not answer this.\nChance that they do: ")
    assert refusal.count("\n  seeds/") == 3


# Within a scope


def test_only_documents_within_the_scope_answer(first_use: FirstUse) -> None:
    scope = ("--after", "7 December 2019", "--before", "2019-12")
    ran = Door(first_use.home).run("ask", BANNED, "--json", *scope)
    answer = json.loads(ran.out)
    assert {quote["source"] for quote in answer["quotes"]} == {"003_77119e96c5a50260.txt"}


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        (["--after", "2030"], "no document in the index is dated 2030 or later"),
        (["--before", "May 1990"], "no document in the index is dated May 1990 or earlier"),
        (
            ["--source", "000_170c282705bbfc67.txt", "--after", "2029", "--before", "2030"],
            "000_170c282705bbfc67.txt is not dated from 2029 to 2030",
        ),
    ],
)
def test_that_no_document_is_within_the_dates_is_said(
    first_use: FirstUse, scope: list[str], said: str
) -> None:
    ran = Door(first_use.home).run("ask", BANNED, *scope)
    assert ran.seen == (1, "There is no document to answer from.\n", f"quoth: {said}\n")


@pytest.mark.parametrize("command", ["ask", "timeline"])
@pytest.mark.parametrize("source", ["003_77119e96c5a50260.txt", "seeds/003_77119e96c5a50260.txt"])
def test_a_source_is_named_by_its_id_or_by_the_path_that_answers_show(
    first_use: FirstUse, command: str, source: str
) -> None:
    found = json.loads(Door(first_use.home).run(command, BANNED, "--json", "--source", source).out)
    quotes = found.get("quotes") or [event["quote"] for event in found["events"]]
    assert {quote["source"] for quote in quotes} == {"003_77119e96c5a50260.txt"}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("verify",), "the following arguments are required: SENTENCE; see quoth verify --help"),
        (("verify", "?!"), "the sentence has no word or number in it; "),
        (("verify", "x", "--after", "2020"), "cannot make sense of --after 2020; see quoth verify"),
        (("timeline", ""), "the question is empty; "),
        (("ask", "x", "--source", "000"), "no document is named '000' in the index; perhaps 000_"),
        (("ask", "-", "--source", "\x1b[2J"), r"no document is named '\x1b[2J' in the index; "),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    first_use: FirstUse, words: tuple[str, ...], reason: str
) -> None:
    ran = Door(first_use.home).run(*words, stdin=b"who?\nwhen?\n")
    assert (ran.code, ran.out) == (2, "")
    assert one_line(ran.err).startswith(reason)
