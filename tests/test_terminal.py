"""What people see: each case is an answer and the page that it makes, written out by hand."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import REPORTED, answer, quote, refusal, seen
from rich.cells import cell_len
from rich.console import Console

from bot.terminal.layout import Page, show_answer
from bot.wording import visible
from index.types import Answer, Span, When


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


@pytest.mark.parametrize("ascii", [False, True])
def test_what_a_quote_stands_under_is_told(ascii: bool) -> None:
    headings = ("All", "Plans\n\x1b[2J", "Of 2024", "Team")
    columns = "Plan | Seats\x1b[2J | Price"
    row = quote("Team\t25\t€79", title="Prices", under=headings, columns=columns)
    bar, below = ("|", ">") if ascii else ("│", "›")
    assert (
        seen(answer(row), 80, ascii=ascii)
        == f"""\
  Plan | Seats\\x1b[2J | Price
{bar} Team   25   €79
  Prices {below} Plans \\x1b[2J {below} Of 2024 {below} Team (28 January 2020)
  seeds/000.txt:9

sure: 93%"""
    )


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
    "a quote with a list, code or a message: their lines are kept": (
        answer(quote("Do this\nnow:\n   ```sh\n   ctl stop\n2. (see 4)\n   (a) ask\n       Ann")),
        80,
        """\
│ Do this now:
│ ```sh
│ ctl stop
│ 2. (see 4)
│ (a) ask Ann
  28 January 2020
  seeds/000.txt:9 (lines 9-15)

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
        refusal(),
        80,
        """\
The documents do not answer this.
Chance that they do: 12%.""",
    ),
    "a refusal with no document at all": (
        refusal(confidence=0.0),
        80,
        "There is no document to answer from.",
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


def test_rows_of_a_table_and_items_of_a_list_keep_their_lines_and_prose_flows() -> None:
    rows = "| Lunch | 12 |\n| Dinner | 35 |\n- tea\n2. late\nor early\n2025 it\n-5 %"
    assert seen(answer(quote(rows)), 80).splitlines()[:4] == [
        "│ | Lunch | 12 |",
        "│ | Dinner | 35 |",
        "│ - tea",
        "│ 2. late or early 2025 it -5 %",
    ]


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
