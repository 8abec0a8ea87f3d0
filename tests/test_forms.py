"""What was found as programs read it."""

from collections import Counter

from printed import REPORTED, answer, quote, refusal

from bot.terminal.forms import (
    answer_json,
    measures_json,
    report_json,
    timeline_json,
    verdict_json,
)
from index.evaluation.measure import judge, measure
from index.evaluation.sets import Asked
from index.types import Event, Report, Skipped, Span, Timeline, Verdict


def test_json_holds_the_fields_that_were_promised_and_no_more() -> None:
    shown = answer(quote("It pulled it.", bold="pulled"), when=REPORTED, confidence=0.93123456)
    assert list(answer_json(shown).items()) == [
        ("question", "q"),
        ("answered", True),
        ("confidence", 0.9312),
        ("when", {"date": "2020-01-28", "basis": "document", "text": "date 2020-01-28"}),
        (
            "quotes",
            [
                {
                    "text": "It pulled it.",
                    "source": "000.txt",
                    "start": 100,
                    "end": 113,
                    "line_start": 9,
                    "line_end": 9,
                    "highlight": [[103, 109]],
                    "title": None,
                    "date": "2020-01-28",
                    "sha256": "0" * 64,
                    "score": 0.8765,
                }
            ],
        ),
        ("near", []),
        ("elapsed_ms", 11.2),
    ]


def test_what_has_no_date_has_null_for_it() -> None:
    assert answer_json(refusal(quote("It rains.")))["when"] is None
    unsure = Timeline("q", True, 0.93123456, (Event(quote("It rains."), None),), ())
    assert timeline_json(unsure)["events"][0]["when"] is None


def test_a_timeline_has_each_event_with_its_date_and_its_quote() -> None:
    here, there = quote("It pulled it."), quote("It rains.")
    found = timeline_json(Timeline("q", True, 0.93123456, (Event(here, REPORTED),), (there,)))
    shown, near = answer_json(answer(here, when=REPORTED)), answer_json(refusal(there))
    assert list(found.items()) == [
        ("question", "q"),
        ("answered", True),
        ("confidence", 0.9312),
        ("events", [{"when": shown["when"], "quote": shown["quotes"][0]}]),
        ("near", near["near"]),
    ]


def test_a_verdict_has_its_places_or_what_is_closest_and_where_that_differs() -> None:
    here, there = quote("It rains."), quote("It snows.", bold="snows")
    held = verdict_json(Verdict("It rains", (here,), (), ()))
    assert (held["word_for_word"], held["closest"], held["differs"]) == (True, [], [])
    assert held["places"] == answer_json(answer(here))["quotes"]
    assert list(verdict_json(Verdict("It rains", (), (there,), (Span(3, 8),))).items()) == [
        ("sentence", "It rains"),
        ("word_for_word", False),
        ("places", []),
        ("closest", answer_json(answer(there))["quotes"]),
        ("differs", [[3, 8]]),
    ]


def test_a_miss_has_its_question_what_answers_it_and_what_was_quoted() -> None:
    asked = Asked("7", "who signs?", ("Ada", "Ben"), ("a.txt",))
    told = answer(quote("Cleo signs."), quote("Ada does."), confidence=0.93123456)
    outcome = judge(asked, told)
    found = measures_json("mine", measure([outcome], 0.5), [outcome])
    assert (found["set"], found["answerable"], found["top3"]) == ("mine", 1, 1.0)
    assert found["misses"] == [
        {
            "id": "7",
            "question": "who signs?",
            "answers": ("Ada", "Ben"),
            "docs": ("a.txt",),
            "answerable": True,
            "answered": True,
            "confidence": 0.9312,
            "held": (False, True),
            "quotes": answer_json(told)["quotes"],
        }
    ]


def test_a_report_counts_the_files_that_are_not_read_by_their_kind() -> None:
    report = Report(("a",), (), (), 0, (Skipped("c", "not UTF-8"),), 1, 0.5, Counter(pdf=2))
    found = report_json(report)
    assert found["unread"] == {"pdf": 2}
    assert found["skipped"] == ({"path": "c", "reason": "not UTF-8"},)
