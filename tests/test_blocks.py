"""What each line is on its page: prose, a heading, a fragment, a row."""

import pytest
from cut import F, H, P, kinds, said

from index.types import Kind


def test_the_last_line_of_a_list_or_of_code_is_no_heading() -> None:
    assert kinds("Mon: Jun\nTue: Ola\nWed: Marta\n\nIt is emptied.")[2:] == [
        ("Wed: Marta", F),
        ("It is emptied.", P),
    ]


def test_the_writers_name_is_no_heading() -> None:
    text = "SHIP SAILS\nBy Jane Doe\n\nIt left.\n\nNo harm\nIt is back."
    assert kinds(text) == [
        ("SHIP SAILS", F),
        ("By Jane Doe", F),
        ("It left.", P),
        ("No harm", H),
        ("It is back.", P),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("It is so.", P),
        ("He said yes.[1]", P),
        ('He said "Go."', P),
        ("These are the three of them:", P),
        ("Related:", F),
        ("Read more", F),
        ("Photo: Jane Doe", F),
        ("| a", F),
    ],
)
def test_a_line_without_an_end_is_a_fragment(line: str, kind: Kind) -> None:
    assert kinds(line) == [(line, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- One.\n* Two.\n• Three.\n1. Four.\n12) Five.\n(a) Six.\nb) Seven.", None),
        ("> One.\n> - Two.\n>> Three.\n", ["One.", "Two.", "Three."]),
        ("- [ ] One.\n- [x] Two.\n", ["One.", "Two."]),
        ("– One.\n\u2013\n---\n***\n| --- |\n. . .\n", ["One."]),
        ("1994. A year.", ["1994.", "A year."]),
    ],
)
def test_the_marks_of_a_list_are_outside_its_sentences(
    text: str, expected: list[str] | None
) -> None:
    numbers = ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven."]
    assert said(text) == (numbers if expected is None else expected)


@pytest.mark.parametrize("markdown", [False, True])
def test_a_prompt_of_pythons_heads_nothing(markdown: bool) -> None:
    text = ">>> import quoth\n>>> quoth.ask(1)\n\nThe answer comes at once.\n"
    assert kinds(text, markdown=markdown) == [
        (">>> import quoth", F),
        (">>> quoth.ask(1)", F),
        ("The answer comes at once.", P),
    ]


PRICES = """Hammer, claw, 450 g        A-14   £11.90
Spirit level, 60 cm        A-15   £18.50
Tape measure. Of steel.    A-16    £4.20"""


TABS = "Room\tSeats\tBeamer\nHeron\t12\tyes\nOsprey\t30\tyes. Ask Tom."


VALUES = 'Question,Answer\nIs there a shower?,"Yes. Below."\nA dog?,"No. Never."\nAt 1,000 feet?,No'


NUMBERS = "id;name;phone\n1001;Anna Berg;4410\n1002;Ben Okoro;4411"


LOG = """2025-02-03 04:12:09 INFO job 8812 was started by the scheduler of node a
2025-02-03 04:13:40 WARN job 8812 failed. It retries the upload of part 17
2025-02-03 04:14:02 ERROR job 8812 failed: the disk of node a is full again"""


PIPES = "| May I use my own mouse? | Yes. Ask IT. |\n| Is webcam use allowed? | No. |"


BARE = "web-1 | Ola. B. | 8080\nworker-2 | Jun | 9090"


GAPS = "Euro pallet  cold  4.20\nHalf pallet  cold  2.60\nWood crate  dry  1.10"


LED = "Weekday night ...... 40 EUR\nEach call . . . . . 25 EUR\nTea.......2.50\nSoup ………… 4.50"


@pytest.mark.parametrize("table", [PRICES, TABS, VALUES, NUMBERS, LOG, PIPES, BARE, GAPS, LED])
@pytest.mark.parametrize("markdown", [False, True])
def test_a_row_of_a_table_a_log_or_of_values_is_one_sentence(table: str, markdown: bool) -> None:
    text = f"Below is all that there is, as it was on the day of\nthe audit.\n\n{table}\n\nThe end."
    rows = [(row, P) for row in table.split("\n")]
    assert kinds(text, markdown=markdown)[1:] == [*rows, ("The end.", P)]


def test_minutes_and_chats_stand_apart_and_are_still_read_by_sentences() -> None:
    assert kinds("[09:12] Ravi: it is down. Who knows?\n[09:13] Tomasz: that's me") == [
        ("[09:12] Ravi: it is down.", P),
        ("Who knows?", P),
        ("[09:13] Tomasz: that's me", P),
    ]


def test_lines_of_prose_with_thousands_or_quotations_are_no_table() -> None:
    text = (
        'It cost 1,000 francs. He paid.\nIt took 2,000 men. They left.\n"No," he said. "We stay."'
    )
    assert len(said(text)) == 6


def test_a_question_and_its_answer_keep_their_letters_and_are_both_prose() -> None:
    text = "Q. Is there a shower?\nA. On the third floor.\n\nQ1. A canteen?\nA1. No\n\nA. Berg"
    assert kinds(text) == [
        ("Q. Is there a shower?", P),
        ("A. On the third floor.", P),
        ("Q1. A canteen?", P),
        ("A1. No", P),
        ("A. Berg", F),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A title #\n\n## A part\nHe left.", [("A title", H), ("A part", H), ("He left.", P)]),
        ("# C#\n#hash\n    # code\n", [("C#", H), ("#hash", F), ("# code", F)]),
        (
            "A title\n===\n\nA part\r\n---\r\nHe left.",
            [("A title", H), ("A part", H), ("He left.", P)],
        ),
        ("- item\n---\nHe left.", [("item", P), ("He left.", P)]),
        ("---\ntitle: A\n---\nHe left.", [("title: A", F), ("He left.", P)]),
        ("---\nHe left.\n---\nShe stayed.", [("He left.", P), ("She stayed.", P)]),
        ("```sh\n# a comment\nls\n```\nHe left.", [("# a comment", F), ("ls", F), ("He left.", P)]),
        ("~~~\n```\n# a\n~~~\n# B\n", [("# a", F), ("B", H)]),
        ("````\n```\n# a\n````\n# B\n", [("# a", F), ("B", H)]),
        ("```ls``` is a command.\n\n# B\n", [("```ls``` is a command.", P), ("B", H)]),
        (
            "> ```sh\n> # a comment\n> ls\n> ```\nHe left.",
            [("# a comment", F), ("ls", F), ("He left.", P)],
        ),
        ("> ```\n> # a\n\n# B\n", [("# a", F), ("B", H)]),
        ("```\n> # a\n>>> b\n```\n# B\n", [("> # a", F), (">>> b", F), ("B", H)]),
        ("```\n# never closed", [("# never closed", F)]),
        ("He left\nat once.", [("He left\nat once.", P)]),
        ("He left  \nat once.", [("He left", H), ("at once.", P)]),
        ("He left\\\nat once.", [("He left\\", H), ("at once.", P)]),
        ("Jane Doe\nJohn Roe", [("Jane Doe", F), ("John Roe", F)]),
        ("Run\n\n    go to\n    code\n", [("Run", F), ("go to", F), ("code", F)]),
        ("- A\n\n    rest of\n    the item.\n", [("A", P), ("rest of\n    the item.", P)]),
        ("| a |\n|---|\n| b |\n", [("| a |", P), ("| b |", P)]),
        (
            "See [a](http://a.b/c.d). Then **b.**",
            [("See [a](http://a.b/c.d).", P), ("Then **b.**", P)],
        ),
    ],
)
def test_markdown_says_itself_what_its_lines_are(
    text: str, expected: list[tuple[str, Kind]]
) -> None:
    assert kinds(text, markdown=True) == expected


def test_plain_text_has_no_headings() -> None:
    assert kinds("# A title\n\n---\na: b\n---\n") == [("# A title", F), ("a: b", F)]
