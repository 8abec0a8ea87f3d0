"""The sentences of a mail, of what it quotes, and of what mail programs write around both."""

import pytest
from cut import F, H, P, kinds
from soon import soon

from index.documents.mails import written

MAIL = """From: Ola Brandt <ola@larkfield.example>
Subject: Heating

Hi all,

the plumber came this morning. A new pump costs £385; it will be fitted
on Thursday. Please use the fan heaters from the store room of
Unit 4.

Best
Ola
> Any news? The plumber said that he would come on
> Friday. It was 14 degrees.
>> I have called Aire Plumbing, and the
>> ticket is HEAT-4471.
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_sentences_of_a_mail_and_of_what_it_quotes_are_whole(end: str) -> None:
    found = [(line.replace(end, "\n"), kind) for line, kind in kinds(MAIL.replace("\n", end))]
    assert [line for line, kind in found if kind is P] == [
        "the plumber came this morning.",
        "A new pump costs £385; it will be fitted\non Thursday.",
        "Please use the fan heaters from the store room of\nUnit 4.",
        "Any news?",
        "The plumber said that he would come on\n> Friday.",
        "It was 14 degrees.",
        "I have called Aire Plumbing, and the\n>> ticket is HEAT-4471.",
    ]


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize(
    "lines",
    [
        "On Mon, Mar 03, 2025 at 09:15:00AM\n+0100, Anna Berg wrote:",
        "On 3 March 2025 at 09:15 GMT\n+01:00, Anna Berg wrote:",
        "On Mon, Mar 3, 2025 at 9:15 AM Anna Berg\n<anna@larkfield.example> wrote:",
        "Date: Mon, 3 Mar 2025 09:15:00\n  +0100",
        "Date: Mon, 3 Mar 2025 09:15:00 +0100",
        "Sent: Sunday, March 2, 2025 8:00 PM",
        "The parcel was at the depot on Mon, 3 Mar 2025 at 09:15:00\n+0100 and left it.",
    ],
)
def test_what_a_mail_program_wrapped_is_whole_and_no_heading(lines: str, markdown: bool) -> None:
    (told, kind), *_ = kinds(f"{lines}\n\nThe fair is on 12 July.\n", markdown=markdown)
    assert (told, kind is H) == (lines, False)


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize("marks", [">>> ", "> > > "])
def test_what_is_quoted_three_times_is_whole(marks: str, markdown: bool) -> None:
    twice = marks[: len(marks) // 3] * 2 if marks[1] == " " else ">> "
    text = (
        f"{marks}I think that the old fair was in June, and that it rained so much\n"
        f"{marks}that it was ended. Is that so?\n{twice}Yes.\n"
    )
    assert kinds(text, markdown=markdown) == [
        (
            "I think that the old fair was in June, and that it rained so much\n"
            f"{marks}that it was ended.",
            P,
        ),
        ("Is that so?", P),
        ("Yes.", P),
    ]


def test_the_line_above_a_signature_underlines_nothing() -> None:
    assert kinds("The fair is on 12 July.\n-- \nAnna\n\nStalls\n--\n", markdown=True) == [
        ("The fair is on 12 July.", P),
        ("Anna", F),
        ("Stalls", H),
    ]


@pytest.mark.parametrize("markdown", [False, True])
def test_a_sentence_that_begins_a_quoted_line_begins_after_its_mark(markdown: bool) -> None:
    text = (
        "> The old fair was in June, and it rained so much that it was ended early.\n"
        "> The new one is in July, and we hope that it is dry and warm, so that all\n"
        "> can come. > Stalls are to be booked in the mill, as they have always been."
    )
    assert [line for line, _ in kinds(text, markdown=markdown)] == [
        "The old fair was in June, and it rained so much that it was ended early.",
        "The new one is in July, and we hope that it is dry and warm, so that all\n> can come.",
        "> Stalls are to be booked in the mill, as they have always been.",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "<anna@larkfield.example>\n<ben@larkfield.example>",
        "<anna@larkfield.example> Anna Berg\n<ben@larkfield.example> Ben Cole",
        "Whoever wants a stall at the fair may write to one of these:\n<anna@larkfield.example>",
        "The parcel was at the depot on Monday when we called them\n+0100 is the zone of its clock",
    ],
)
def test_an_address_or_a_zone_below_what_needs_none_stands_alone(lines: str) -> None:
    assert [line for line, _ in kinds(lines)] == lines.split("\n")


NEW = "From: Ann <ann@x.example>\nDate: Mon, 17 Mar 2025 09:00:00 +0100\n\nSee below.\n\n"
OLD = "The racks came yesterday.\n"


@pytest.mark.parametrize(
    "above",
    [
        "On Mon, 3 Mar 2025 at 09:15, Tom Hale wrote:\n> ",
        "On Mon, Mar 3, 2025 at 9:15 AM Tom Hale\n<tom@x.example> wrote:\n> ",
        "Tom Hale wrote on 3 March 2025:\n\n> ",
        "On 3 March 2025 at 09:15 Tom Hale wrote:\n\n",
        "-----Original Message-----\nFrom: Tom\nSent: Monday, March 3, 2025 9:00 AM\nTo: Ann\n\n",
        "---- Forwarded message ----\nFrom: Tom\nDate: Mon, 3 Mar 2025 at 09:15\nTo: Ann\n\n",
        "From tom@x.example Mon Mar  3 09:15:00 2025\nFrom: Tom\nDate: Mon, 3 Mar 2025 09:15\n\n",
        "> On Mon, 3 Mar 2025 at 09:15, Tom Hale wrote:\n>> ",
        "On Sun, 2 Mar 2025 at 09:15, Eve wrote:\n> No.\n>\n> On 3 March 2025, Tom wrote:\n>> ",
    ],
)
def test_what_a_mail_quotes_forwards_or_is_followed_by_is_of_its_own_day(above: str) -> None:
    text = f"{NEW}{above}{OLD}"
    assert [one.date and one.date.date for one in written(text)][-1] == "2025-03-03"
    assert written(text)[-1].start <= text.index(OLD)


@pytest.mark.parametrize(
    "above",
    ["> ", "Tom Hale wrote:\n> ", "On Monday Tom Hale wrote:\n\n> ", "> Tom wrote:\n>> "],
)
def test_what_a_mail_quotes_is_of_no_known_day_where_none_is_told(above: str) -> None:
    *_, last = written(f"{NEW}{above}{OLD}")
    assert (last.date, last.own) == (None, False)


def test_below_what_it_quotes_a_mail_goes_on_as_of_its_own_day() -> None:
    text = (
        f"{NEW}On Mon, 3 Mar 2025, Tom Hale wrote:\n> {OLD}\nThanks.\n\n> And the pump?\n\nYes.\n"
    )
    assert [
        (text[one.start :].split("\n")[0], one.date and one.date.date) for one in written(text)
    ] == [
        ("On Mon, 3 Mar 2025, Tom Hale wrote:", "2025-03-03"),
        ("Thanks.", None),
        ("> And the pump?", "2025-03-03"),
        ("Yes.", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{NEW}{OLD}",
        f"# Report\n\n5 March 2025\n\n> {OLD}",
        f"Report\n\nOn 3 March 2025 the council wrote:\n\n{OLD}",
        f"Report\n\nFrom: the pier\nTo: the mill\n\n{OLD}",
        f"Report\n\n5 March 2025\n\nFrom: Oslo\nTo: Bergen\nDate: 12 May 2025\n\n{OLD}",
    ],
)
def test_what_quotes_no_mail_is_of_the_day_of_its_document(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    "hostile",
    [
        *("> " * 90_000, "On " * 60_000, "On 3 May 2025\n" * 10_000, "a wrote:\n" * 20_000),
        *("From: a\n" * 30_000, "Date:\n\n" * 30_000, " wrote" * 30_000, "\n" * 90_000),
        *("On 3 May 2025, A wrote:\n> b\n" * 4_000, "From: a\nDate: 3 May 2025\n\nb\n\n" * 4_000),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_mails_of_any_length_are_read_in_one_pass(hostile: str) -> None:
    with soon():
        written(hostile)
