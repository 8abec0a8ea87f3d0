"""Sentences that go on below where a line was wrapped, and lines that stand alone."""

import pytest
from cut import F, H, P, kinds, said

WRAPPED = """It was the best of times, it was the worst of times, it was the
age of wisdom, it was the age of foolishness. It was the epoch of
belief, it was the epoch of incredulity, it was the season of
light.

- It was the season of darkness, it was the spring of hope, it was
  the winter of despair.
- We had nothing.
"""


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_sentence_goes_on_where_an_editor_wrapped_it(markdown: bool, end: str) -> None:
    text = WRAPPED.replace("\n", end)
    assert [s.replace(end, "\n") for s in said(text, markdown=markdown)] == [
        "It was the best of times, it was the worst of times, it was the\n"
        "age of wisdom, it was the age of foolishness.",
        "It was the epoch of\n"
        "belief, it was the epoch of incredulity, it was the season of\n"
        "light.",
        "It was the season of darkness, it was the spring of hope, it was\n"
        "  the winter of despair.",
        "We had nothing.",
    ]


@pytest.mark.parametrize("hyphen", ["-", "‐", "\u00ad"])
@pytest.mark.parametrize("markdown", [True, False])
def test_a_sentence_goes_on_where_a_word_is_parted(hyphen: str, markdown: bool) -> None:
    text = f"The harbour commis{hyphen}\nsion raised the moor{hyphen}\ning fee. It is due."
    assert said(text, markdown=markdown) == [text.removesuffix(" It is due."), "It is due."]


def test_a_sentence_broken_by_hand_goes_on_below() -> None:
    text = (
        "Ops meeting\n\nPresent: A, B\n\n2. Forklift\n"
        "   It failed on 4 February. Jun will get three quotes\n   for a repair by Friday.\n"
        "Rent is due on the first of each month. It goes to\nHalden Homes.\n"
    )
    assert kinds(text) == [
        ("Ops meeting", F),
        ("Present: A, B", F),
        ("Forklift", H),
        ("It failed on 4 February.", P),
        ("Jun will get three quotes\n   for a repair by Friday.", P),
        ("Rent is due on the first of each month.", P),
        ("It goes to\nHalden Homes.", P),
    ]


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize(
    ("number", "after"),
    [("75.", "Nobody"), ("5)", "Nobody"), ("c.", "1150 as"), ("(b)", "as"), ("iv.", "as")],
)
def test_a_number_that_opens_a_wrapped_line_is_no_mark_of_a_list(
    number: str, after: str, markdown: bool
) -> None:
    text = (
        f"We agreed that what all who come have to pay at the door is to be raised to\n{number} "
        f"{after} had been said before, and it is to start with the coming month of\nJune.\n"
    )
    assert " ".join(said(text, markdown=markdown)) == text.strip()


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("We need:\n1. two eggs,\n2. milk and\n3. flour\n", ["two eggs,", "milk and", "flour"]),
        ("We need:\n1) eggs\n   1) raw\n   2) old\n2) tea\n", ["eggs", "raw", "old", "tea"]),
        ("1. eggs\n\n   Two of them.\n2. tea\n", ["eggs", "Two of them.", "tea"]),
        ("We pay\n(a) the rent\n(b) the rates\n", ["the rent", "the rates"]),
        ("We pay\n(i) the rent\n(ii) the rates\n", ["the rent", "the rates"]),
        ("i. the rent\nii. the rates\niii. gas\n", ["i. the rent", "ii. the rates", "iii. gas"]),
        ("We pay\na. the rent\nb. the rates\n", ["a. the rent", "b. the rates"]),
        ("(h) the gas\n(i) the rent\n", ["the gas", "the rent"]),
        ("9. the gas\n10. the rent\n", ["the gas", "the rent"]),
        ("1. the gas\n2. the rent\n5. the rates\n", ["the gas", "the rent", "the rates"]),
        ("3. the gas\n2. the rent\n1. the rates\n", ["the gas", "the rent", "the rates"]),
    ],
)
def test_the_items_of_a_numbered_list_stand_apart(
    text: str, items: list[str], markdown: bool
) -> None:
    assert said(text, markdown=markdown)[-len(items) :] == items


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize("opens", ["#976836", "<path>", "<https://pump.example>", "<b>it</b>"])
def test_a_sentence_goes_on_with_a_number_or_a_word_between_brackets(
    opens: str, markdown: bool
) -> None:
    text = f"The pump was mended, as is told at some length in the report of\n{opens} for May."
    assert said(text, markdown=markdown) == [text]


@pytest.mark.parametrize("opens", ["# Heading", "<p>It", "</div>It", "<!-- It", "> It", "| It |"])
def test_what_opens_a_block_ends_a_line_that_is_cut_off(opens: str) -> None:
    above = "The pump was mended, as is told at some length in the report of"
    assert said(f"{above}\n{opens} is so.", markdown=True)[0] == above


CAPITALS = """THE PUMP IS PROVIDED BY ITS OWNERS AS IT IS, AND ANY EXPRESS OR
IMPLIED WARRANTIES, SUCH AS THOSE OF FITNESS, ARE DISCLAIMED. IN
NO EVENT SHALL THE OWNERS BE LIABLE FOR ANY DAMAGES, WHETHER IN
CONTRACT OR OTHERWISE."""


@pytest.mark.parametrize("markdown", [False, True])
def test_a_sentence_goes_on_where_one_all_in_capitals_was_wrapped(markdown: bool) -> None:
    above = "The pump is free, and all may use it who keep to what is said below:\n\n"
    first, second = CAPITALS.split(". ")
    assert said(above + CAPITALS, markdown=markdown)[1:] == [f"{first}.", second]
    end = "IN NO EVENT SHALL THE OWNERS BE LIABLE FOR\nDAMAGES."
    assert said(end, markdown=markdown) == [end]


@pytest.mark.parametrize(
    "lines",
    [
        "PUMP OF BRIDGE HOUSE\nWELL OF CASTLE HOUSE",
        "THE GATE IS CLOSED ON SUNDAYS AND ON HOLIDAYS\n"
        "THE KEY IS WITH THE WARDEN OF THE OLD MILL\n"
        "ALL DOGS MUST BE KEPT ON A LEAD AT ALL TIMES\nNO FIRES MAY BE LIT IN OR NEAR THE BARN",
        "PUMP 1 BRIDGE HOUSE FLATS BRISTOL 0B95 0BCD\nPUMP 2 CASTLE HOUSE FLATS BRISTOL 0B95 0BC1\n"
        "PUMP 3 CHURCH HOUSE FLATS BRISTOL 0B95 0BC2\nPUMP 4 SCHOOL HOUSE FLATS BRISTOL 0B95 0BC3",
        "turn off the heating and the lights in the back room\nlock the door with the long key",
        "Head office of Kestrel Studios in the west of England\nBridge House, 18 Redcliffe Parade",
        "The owl and the pussy-cat went to sea\nIn a beautiful pea-green boat\nThey took honey",
        "server: the machine that the database of the shop runs on\nport: the number it listens at",
        "Ann Bell, Ben Cole, Cleo Dahl, Dev Evans, Eli Ford, Fay Gray\n"
        "Gil Hart, Hal Ivey, Ida Jones, Jo King, Kim Lang, Leo Mann, Ny\n"
        "Oda Penn, Pia Quist, Ray Stone, Sue Tait, Tom Underhill, Una V",
    ],
)
def test_lines_that_only_look_alike_stand_alone(lines: str) -> None:
    assert said(lines) == lines.split("\n")


def test_lines_that_were_not_wrapped_stand_alone() -> None:
    assert kinds("Read more\nShare this\nHe left.\nSign up") == [
        ("Read more", F),
        ("Share this", H),
        ("He left.", P),
        ("Sign up", F),
    ]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        (
            "apt(8) now waits for the lock for ever if linked to a tty, or\nfor a minute if not.\n",
            False,
        ),
        (
            "(a) You must give any recipients of the Work or\n    Derivative Works a copy.\n",
            False,
        ),
        (
            "(b) under intellectual property rights (but for patents)\n    licensed by her.\n",
            False,
        ),
        ("It goes into a directory of the same name under\n`~/.pyenv/versions`.\n", True),
        ("Without any of the variables set in the environment (see below),\n`pump` runs.\n", True),
        (
            "The new flag `--experimental-detect-module` can be used to automatically run\n"
            "ES modules when their syntax is found, in those files of all that are written so\n"
            "that nothing else tells how they are to be run, and if it is not found there it\n"
            "is read as a script, as are those files that are named by their ending to be no\n"
            "more than that.\n",
            True,
        ),
    ],
    ids=["a command", "an item", "an item in lower case", "code", "a comma", "a short word"],
)
def test_a_wrapped_sentence_goes_on_after_a_line_that_cannot_end_it(
    text: str, markdown: bool
) -> None:
    assert len(said(text, markdown=markdown)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "towels for all who come along to the beach\nsoap\nbread and butter\n",
        "Dear all,\nthe report is out.\n",
        "your own cup\nyour own plate\na spoon.\n",
    ],
)
def test_lines_of_a_list_or_a_greeting_stay_apart(text: str) -> None:
    assert said(text) == text.splitlines()


def test_a_long_line_of_markdown_that_ends_within_a_sentence_goes_on_below() -> None:
    text = (
        "Miss Tranter is leaving us to teach in Lisbon. Her class will be taken over by Mr Bexley. "
        "We welcome\nMs Ruiz as our new caretaker.\n"
    )
    assert said(text, markdown=True)[-1] == "We welcome\nMs Ruiz as our new caretaker."


def test_lines_are_measured_with_their_indentation() -> None:
    text = (
        "The words of this paragraph are wrapped by an editor at seventy columns,\n"
        "as its lines show, and so are those of the items that are below it, and\n"
        "their lines end at the same column, though they begin farther right, so\n"
        "that they are shorter.\n\n"
        "          Nothing but their place tells that this one is wrapped as well\n"
        "          The Pump goes on.\n"
    )
    assert said(text)[-1].endswith("as well\n          The Pump goes on.")


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "The company was founded in\nMay 1901.",
        "The fair that was planned for\nSaturday, 14 June 2025\nhad to be put off.",
    ],
)
def test_a_sentence_goes_on_with_a_day_in_a_line_of_its_own(text: str, markdown: bool) -> None:
    assert said(f"{text}\n", markdown=markdown) == [text]


def test_a_day_below_what_is_whole_stands_alone() -> None:
    assert said("Log of the boiler room\n5 May 2025\nfix pump\nMeeting on\n6 May 2025\n") == [
        *("Log of the boiler room", "5 May 2025", "fix pump", "Meeting on", "6 May 2025")
    ]
