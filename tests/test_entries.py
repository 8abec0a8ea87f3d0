"""Options with what they mean, and what is prose though it is marked as code."""

import pytest

from index.documents.passages import split
from index.types import Kind

HELP = """\
Usage: pump [OPTIONS] FILE

  -n, --dry-run          show what would be done
  -t, --timeout SECONDS  give up after so many seconds without an answer from
                         the other side (default: 30)
      --retries=N        try again N times
"""
MANUAL = """\
OPTIONS
       -a, --all
              keep entries that start with a dot, which are
              otherwise left out

       -b, --batch=SIZE
              move at most SIZE files in one go
"""


def told(text: str, *, markdown: bool) -> list[str]:
    """The sentences of a text, without its white space, that are prose."""
    prose = (s.span for s in split(text, markdown=markdown) if s.kind is Kind.PROSE)
    return [" ".join(text[span.start : span.end].split()) for span in prose]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [(HELP, False), (f"# Pump\n\n```\n{HELP}```\n", True), (f"# Pump\n\n```text\n{HELP}```", True)],
)
def test_an_option_stays_with_all_that_is_said_of_it(text: str, markdown: bool) -> None:
    assert told(text, markdown=markdown)[-3:] == [
        "-n, --dry-run show what would be done",
        "-t, --timeout SECONDS give up after so many seconds without an answer from the other side"
        " (default: 30)",
        "--retries=N try again N times",
    ]


def test_what_an_option_means_may_stand_below_it() -> None:
    assert told(MANUAL, markdown=False) == [
        "-a, --all keep entries that start with a dot, which are otherwise left out",
        "-b, --batch=SIZE move at most SIZE files in one go",
    ]


def test_what_stands_under_the_words_beside_a_term_belongs_to_them() -> None:
    text = "Terms:\n\nNet      the price without\n         the tax\nGross    the price with tax\n"
    assert told(text, markdown=False) == [
        "Net the price without the tax",
        "Gross the price with tax",
    ]


@pytest.mark.parametrize("mark", ["```\n{}\n```", "```text\n{}\n```", "# Mail\n\n    {}\n"])
def test_a_paragraph_that_is_marked_as_code_is_read_as_one(mark: str) -> None:
    lines = "The pump was written in 2019 for the office, which had", "to move many files a day."
    indent = "\n    " if "    " in mark else "\n"
    assert told(mark.format(indent.join(lines)), markdown=True) == [" ".join(lines)]


@pytest.mark.parametrize(
    "code",
    [
        "export PUMP_URL=postgres://pump:secret@localhost/db\ncd app",
        "sudo apt-get install build-essential libssl-dev\nmake",
        "def move(path):\n    return path",
        "$ pump --dry-run a.txt\nwould move a.txt to /srv/in today",
        "# a comment that is as long as any other line of prose\nrun",
        'names = ["Anna", "Ben", "Carl", "Dora", "Emma", "Finn"]\nages = [1, 2]',
    ],
)
def test_lines_of_code_stay_apart(code: str) -> None:
    text = f"```\n{code}\n```\n"
    found = [text[s.span.start : s.span.end] for s in split(text, markdown=True)]
    assert found == [line.strip() for line in code.split("\n")]
