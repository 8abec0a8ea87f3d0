"""An answer as Discord messages: each case is written out by hand."""

from dataclasses import replace

import pytest
from printed import answer, quote, refusal
from shown import contents, units

from bot.discord.render import (
    MOST_EVENTS,
    asked_line,
    read_line,
    render_timeline,
    render_verdict,
)
from index import Event, Timeline, Verdict, When


def test_where_documents_differ_that_is_said_above_the_quotes() -> None:
    given = answer(quote("Now it is 10%."), quote("It is 25%."))
    assert "different answers" not in contents(given)[0]
    first, *rest = contents(replace(given, differ=True))[0].splitlines()
    assert first == "**The documents give different answers; the newest comes first.**"
    assert rest[0] == "> Now it is 10%."


def test_what_a_quote_stands_under_is_told() -> None:
    row = quote("Team\t25", under=("All", "Plans", "*For*\nus", "Team"), columns="Plan | *Seats*")
    assert contents(answer(row)) == [
        "-# Plan \\| \\*Seats\\*\n"
        "> Team\t25\n"
        "-# 000.txt, line 9 · Plans › \\*For\\* us › Team · 28 January 2020\n"
        "-# sure\\: 93%"
    ]


def test_an_answer_is_the_quote_its_place_its_date_and_how_sure() -> None:
    given = answer(quote("It pulled the\n10% rule.", bold="pulled the\n10%"), quote("So it did."))
    assert contents(given) == [
        "> It **pulled the**\n"
        "> **10%** rule.\n"
        "-# 000.txt, lines 9-10 · 28 January 2020\n"
        "> So it did.\n"
        "-# 000.txt, line 9 · 28 January 2020\n"
        "-# sure\\: 93%"
    ]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("my_notes/*v2*.md", r"my\_notes\/\*v2\*.md"),
        ("a\n# b <@1>.md", r"a\\n\# b \<\@1\>.md"),
        ("\u202egp.md", r"\\u202egp.md"),
    ],
)
def test_the_name_of_a_source_is_one_line_of_text_and_pings_nobody(
    source: str, written: str
) -> None:
    (shown,) = contents(answer(quote("It met.", source=source)))
    assert shown.splitlines()[1] == f"-# {written}, line 9 · 28 January 2020"


@pytest.mark.parametrize(
    ("confidence", "line"),
    [
        (0.9, "-# sure\\: 90%"),
        (0.7, "-# fairly sure\\: 70%"),
        (0.5, "-# more likely than not\\: 50%"),
        (0.49, "-# not sure\\: 49%"),
        (0.0, "-# not sure\\: 0%"),
    ],
)
def test_how_sure_an_answer_is_is_told_in_words(confidence: float, line: str) -> None:
    assert contents(answer(quote("Yes."), confidence=confidence))[0].splitlines()[-1] == line


def test_what_was_asked_and_read_is_one_line_of_text() -> None:
    assert asked_line("who  said *so*?") == "-# asked\\: who said \\*so\\*?"
    assert read_line("who said <@1>?") == "-# read as\\: who said \\<\\@1\\>?"


def test_a_date_that_does_not_fit_above_a_long_quote_stands_in_the_message_before() -> None:
    event = Event(quote("x" * 5000), When("2019-07-07", "relative", "Sunday"))
    messages = render_timeline(Timeline("q", True, 0.93, (event,), ()))
    assert messages[0].content == (
        '**Oldest first**\n**7 July 2019**, worked out from "Sunday" and the document\'s date'
    )
    assert max(units(message.content) for message in messages) <= 2000


def test_a_quote_of_a_dated_section_has_its_date() -> None:
    (shown,) = contents(answer(quote("It met.", section="2019-07-09")))
    assert "\n-# 000.txt, line 9 · section of 9 July 2019\n" in shown


@pytest.mark.parametrize("pieces", [2, MOST_EVENTS])
def test_a_timeline_begins_each_line_with_its_date_and_says_where_it_shows_the_best_of_many(
    pieces: int,
) -> None:
    events = (
        Event(quote("It met."), When("2019-05", "document", "May 2019")),
        Event(quote("It rose."), When("2019-06-02", "document", "2 June", above=True)),
        *(Event(quote("It fell."), When("2019-07", "stated", "July 2019")),) * (pieces - 2),
    )
    (message,) = render_timeline(Timeline("what?", True, 0.9, events, ()))
    head, *lines = message.content.splitlines()
    best = ", the 10 that answer best; `after` and `before` may show others"
    assert head == f"**Oldest first**{best if pieces == 10 else ''}"
    assert [line for line in lines if line[:2] not in ("> ", "-#")] == [
        "**May 2019**, the date of the document",
        "**2 June 2019**, the date above it",
        *["**July 2019**, as the passage states"] * (pieces - 2),
    ]


def test_a_long_sentence_that_nothing_comes_close_to_is_not_repeated_whole() -> None:
    (message,) = render_verdict(Verdict("x" * 4000, (), (), ()))
    assert message.content.splitlines() == [
        "**Not in the documents**, and nothing that comes close\\:",
        f"> {'x' * 499}…",
        "-# as you wrote it",
    ]


def test_where_there_is_no_document_that_is_said() -> None:
    nothing = replace(refusal(), confidence=0.0)
    assert contents(nothing) == ["**There is no document to answer from.**"]


def test_a_refusal_says_so_and_marks_each_passage_as_not_an_answer() -> None:
    assert contents(refusal(quote("It met.", bold="met", date=None))) == [
        "**The documents do not answer this.** Chance that they do\\: 12%.\n"
        "Closest passages, not an answer:\n"
        "> It met.\n"
        "-# not an answer · 000.txt, line 9 · undated"
    ]
    assert contents(refusal()) == [
        "**The documents do not answer this.** Chance that they do\\: 12%."
    ]


@pytest.mark.parametrize(
    ("when", "line"),
    [
        (When("2019-05", "stated", "May 2019"), "**May 2019**, as the passage states"),
        (
            When("2019-07-07", "relative", "*Sunday*"),
            '**7 July 2019**, worked out from "\\*Sunday\\*" and the document\'s date',
        ),
        (
            When("2020-01-28", "document", "date 2020-01-28"),
            "reported on **28 January 2020**, the document's own date; the passage states none",
        ),
        (
            When("2019-05-12", "document", "12 May 2019", above=True),
            "reported on **12 May 2019**, the date above the passage, which states none",
        ),
    ],
)
def test_a_when_is_a_date_in_words_and_where_it_comes_from(when: When, line: str) -> None:
    assert contents(answer(quote("Yes."), when=when))[0].startswith(f"{line}\n> Yes.\n")


def test_a_date_that_was_asked_for_and_is_not_there_is_said_to_be_missing() -> None:
    given = replace(answer(quote("Yes.", date=None)), question="when was it?")
    line = "no date\\: neither the passage nor its document gives one"
    assert contents(given)[0].startswith(f"{line}\n> Yes.\n")
    dated = replace(answer(quote("Yes.")), question="when may it be?")
    assert contents(dated)[0].startswith("no date\\: the passage states none\n> Yes.\n")
