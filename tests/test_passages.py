"""Where sentences begin and end, what each is on its page, and which make a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.lines import line_of, lines
from index.documents.passages import (
    MAX_PASSAGE,
    MAX_PASSAGE_SENTENCES,
    MAX_SENTENCE,
    group,
    split,
)
from index.types import Kind, Sentence, Span

P, H, F = Kind.PROSE, Kind.HEADING, Kind.FRAGMENT


def said(text: str, *, markdown: bool = False) -> list[str]:
    return [text[s.span.start : s.span.end] for s in split(text, markdown=markdown)]


def kinds(text: str, *, markdown: bool = False) -> list[tuple[str, Kind]]:
    found = split(text, markdown=markdown)
    return [(text[s.span.start : s.span.end], s.kind) for s in found]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He left.", "She stayed!", "Why?", "No one knows."],
        ["What?!", "No!!", "Yes."],
        ["Hmm…", "Then it rained."],
        ['He said "Go."', "Then he left."],
        ["He said: “I will.”", "“Never,” she said."],
        ["(He left.)", "She stayed.", "[A note.]", "The end."],
        ["**He left.**", "_She stayed._", "The end."],
        ["He said yes.[1]", "Then no.[2][3]", "So they say.[citation needed]", "The end."],
        ["Apple Inc. said so.", "It was sold by Apple Inc.", "The company is old."],
        ["He has a Ph.D.", "He teaches."],
        ["It was Max.", "Jane left."],
        ["It ended at 5 p.m.", "They ate."],
        ["The U.S. Congress met.", "It was in the U.S.", "The end."],
        ["George W. Bush spoke.", "J. R. R. Tolkien wrote it."],
        ["It cost 3.5 million.", "Then $4.50.", "5 of them were sold."],
        ["No. 5 is alive.", "No.", "That is wrong."],
        ["iPhone sales fell.", "iPhones are dear.", "eBay rose."],
        ["Version 2.0 is on example.com.", "Take it."],
        ["Well done 👍.", "Next 🎉!", "👍 Great."],
        ["Cafe\u0301.", "E\u0301lan is here."],
        ["¿Qué pasa?", "¡Hola!", "Bien."],
        ["Это так.", "Г. Иванов пришёл.", "Да!"],
        ["هذا هو.", "كيف حالك؟", "جيد.", "نعم۔"],
        ["यह है।", "वह है॥", "हाँ।"],
        ["한국어 문장입니다.", "다음 문장입니다."],
        ["He waited . . .", "Then he left.", "So tired.....", "Going home was hard ...."],
        ["hello there.", "this is all in lower case.", "so is this."],
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(sentences: list[str]) -> None:
    for between in (" ", "  ", "\t", "\u00a0", "\n", "\r\n", "\n\n"):
        assert said(between.join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        '"Why?" he asked.',
        "Wait... what?",
        "Well ... he went on.",
        "He said [...] that it rains.",
        "Yahoo! announced a deal.",
        "Mr. and Mrs. Smith met Dr. Who vs. the rest, e.g. Gen. Lee.",
        "It ended at 5 p.m. on Sunday.",
        "See Fig. 3 on pp. 5-6.",
        "Washington, D.C. Mayor Bowser spoke.",
        "It rained on Jan. 5 in St. Louis.",
        "It is foo.txt and v1.2.3 at 10.30.",
        "It costs £1,240 excl. VAT, incl. Saturdays.",
        "Call tel. 0113 496 0123, ext. 12, about ref. HEAT-4471.",
        "There were max. 20 of them in lot No. LGC12.",
        "He went home.but no one knows.",
    ],
)
def test_a_mark_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert said(f"{sentence} The end.") == [sentence, "The end."]


def test_the_number_of_an_item_is_no_sentence_of_its_own() -> None:
    text = "There are two. 1. This one. 2. That one."
    assert said(text) == ["There are two.", "1. This one.", "2. That one."]


def test_the_number_of_a_point_is_part_of_its_label_in_bold_too() -> None:
    text = "**2. Prices.** Beer is 4 euros. *3.* Wine is 5 euros."
    assert said(text, markdown=True) == [
        "**2. Prices.**",
        "Beer is 4 euros.",
        "*3.* Wine is 5 euros.",
    ]


@pytest.mark.parametrize("number", ["2.1.", "4.2.1.", "II.", "R7.", "B."])
def test_the_number_of_a_clause_stays_with_it(number: str) -> None:
    text = f"{number} The rent is due."
    assert said(f"{text}\n{text} It rises.") == [text, text, "It rises."]


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


def test_chinese_and_japanese_sentences_need_no_space_between_them() -> None:
    assert kinds("日本語の文です。次の文です！「はい。」 終わり") == [
        ("日本語の文です。", P),
        ("次の文です！", P),
        ("「はい。」", P),
        ("終わり", F),
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


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\ufeff", "...", "---\n***", "👍", "\u0301", "__"]
)
def test_what_has_no_letter_or_digit_is_no_sentence(text: str) -> None:
    assert split(text) == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\ufeff He left. \ufeff", "He left."),
        ("\r\n\tHe left.\t\r\n", "He left."),
        ("\u0085He left.\u2028", "He left."),
        ("\u3000He left.\u00a0", "He left."),
    ],
)
def test_white_space_and_byte_order_marks_are_outside(text: str, sentence: str) -> None:
    assert said(text) == [sentence]


WRAPPED = """It was the best of times, it was the worst of times, it was the
age of wisdom, it was the age of foolishness. It was the epoch of
belief, it was the epoch of incredulity, it was the season of
light.

- It was the season of darkness, it was the spring of hope, it was
  the winter of despair.
- We had nothing.
"""


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
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


@pytest.mark.parametrize("markdown", [False, True])
def test_a_prompt_of_pythons_heads_nothing(markdown: bool) -> None:
    text = ">>> import quoth\n>>> quoth.ask(1)\n\nThe answer comes at once.\n"
    assert kinds(text, markdown=markdown) == [
        (">>> import quoth", F),
        (">>> quoth.ask(1)", F),
        ("The answer comes at once.", P),
    ]


def test_the_line_above_a_signature_underlines_nothing() -> None:
    assert kinds("The fair is on 12 July.\n-- \nAnna\n\nStalls\n--\n", markdown=True) == [
        ("The fair is on 12 July.", P),
        ("Anna", F),
        ("Stalls", H),
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


@pytest.mark.parametrize(
    "lines",
    [
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


def test_lines_that_were_not_wrapped_stand_alone() -> None:
    assert kinds("Read more\nShare this\nHe left.\nSign up") == [
        ("Read more", F),
        ("Share this", H),
        ("He left.", P),
        ("Sign up", F),
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


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("x" * 1000, [1000]),
        ("x" * 2500, [1000, 1000, 500]),
        ("x" * 600 + " " + "x" * 600, [600, 600]),
        ("x" * 400 + " " + "x" * 1600, [1000, 1000, 1]),
        ("word " * 300, [999, 499]),
        ("e" + "\u0301" * 998 + "e\u0301", [999, 2]),
        ("x" * 999 + "\U0001f44d\U0001f3fd" + "x", [999, 3]),
        ("x" * 998 + "\U0001f468\u200d\U0001f469x", [998, 4]),
        ("e" + "\u0301" * 1500, [1000]),
    ],
)
def test_a_run_without_an_end_is_cut_between_words_or_else_between_characters(
    text: str, lengths: list[int]
) -> None:
    assert [len(s) for s in said(text)] == lengths


def prose(*lengths: int) -> tuple[Sentence, ...]:
    """Sentences of these lengths, each one character after the last."""
    starts = [sum(lengths[:n]) + n for n in range(len(lengths))]
    spans = [Span(start, start + size) for start, size in zip(starts, lengths, strict=True)]
    return tuple(Sentence(span, P) for span in spans)


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ((), ()),
        (prose(9), (range(1),)),
        (prose(9, 9, 9, 9), (range(3), range(3, 4))),
        (prose(300, 299, 9), (range(2), range(2, 3))),
        (prose(300, 300, 9), (range(1), range(1, 3))),
        (prose(1000, 9), (range(1), range(1, 2))),
    ],
)
def test_a_passage_is_up_to_three_sentences_or_600_characters(
    sentences: tuple[Sentence, ...], expected: tuple[range, ...]
) -> None:
    assert (MAX_PASSAGE_SENTENCES, MAX_PASSAGE) == (3, 600)
    assert group(sentences) == expected


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([H, P, P, H, P], (range(3), range(3, 5))),
        ([H, H], (range(1), range(1, 2))),
        ([F, F, P, F], (range(2), range(2, 3), range(3, 4))),
        ([H, F], (range(1), range(1, 2))),
    ],
)
def test_a_heading_opens_a_passage_and_fragments_keep_to_themselves(
    marks: list[Kind], expected: tuple[range, ...]
) -> None:
    spans = [s.span for s in prose(*[9] * len(marks))]
    assert group(tuple(map(Sentence, spans, marks))) == expected


def test_lines_are_counted_from_one_and_end_at_a_line_feed_alone() -> None:
    text = "a\r\nb\u2028\x0b\rc\n\nd"
    starts = lines(text)
    assert starts == (0, 3, 9, 10)
    assert [line_of(starts, text.index(c)) for c in "a\nbcd"] == [1, 1, 2, 2, 4]


PIECES = st.sampled_from(
    [
        *(
            "He left",
            "\n> it",
            "a   b",
            "\n| a | b |",
            "\n10:30:05 a",
            ";c;d",
            "U.S.",
            "e.g.",
            "Mr. ",
            "1. ",
            "- ",
            "> ",
            "# ",
            "```",
            "---",
            "===",
            "| a |",
        ),
        *(". ", "! ", "? ", "… ", "...", '."', ".)", ".[1] ", "。", "」", "؟ ", "।", ":", "a", "é"),
        *("\n", "\n\n", "\r\n", "\t", "\u0085", "\u2028", "\u00a0", "\ufeff", "  ", "    ", "\r"),
        *(
            "\U0001f44d\U0001f3fd",
            "\u200d",
            "\u0301",
            "日本",
            "كيف",
            "title: A",
            "x" * 700,
            "y " * 300,
        ),
    ]
)
TEXTS = st.text(max_size=80) | st.lists(PIECES, max_size=30).map("".join)


@given(TEXTS, st.booleans())
def test_sentences_are_ordered_apart_stripped_and_say_something(text: str, markdown: bool) -> None:
    end = 0
    for sentence in split(text, markdown=markdown):
        start, before, end = sentence.span.start, end, sentence.span.end
        words = text[start:end]
        assert before <= start < end <= len(text)
        assert words == words.strip().strip("\ufeff")
        assert any(map(str.isalnum, words))
        assert len(words) <= MAX_SENTENCE


@given(st.lists(st.sampled_from('aÉ日.!?。" \n\t\r\u0085\u0301\ufeff'), max_size=60).map("".join))
def test_every_letter_of_prose_is_in_a_sentence(text: str) -> None:
    kept = "".join(said(text * 50))
    assert [c for c in kept if c.isalnum()] == [c for c in text * 50 if c.isalnum()]


@given(TEXTS, st.booleans())
def test_every_sentence_is_in_exactly_one_passage(text: str, markdown: bool) -> None:
    sentences = split(text, markdown=markdown)
    passages = group(sentences)
    assert [n for passage in passages for n in passage] == list(range(len(sentences)))
    for passage in passages:
        headed = sentences[passage[0]].kind is H and len(passage) > 1
        assert 1 <= len(passage) - headed <= MAX_PASSAGE_SENTENCES
        size = sentences[passage[-1]].span.end - sentences[passage[0]].span.start
        assert len(passage) == 1 or size <= MAX_PASSAGE


@given(TEXTS, st.booleans())
def test_the_same_text_is_always_split_alike(text: str, markdown: bool) -> None:
    assert split(text, markdown=markdown) == split(text, markdown=markdown)


@pytest.mark.parametrize(
    ("hostile", "count"),
    [
        ("." * 300_000, 0),
        ("! " * 100_000 + "a", 1),
        (" " * 300_000 + "a" + " " * 300_000, 1),
        ("a\n" * 20_000, 20_000),
        ("word " * 60_000, 302),
        ("U.S. " * 60_000, 302),
        ("It is. " * 20_000, 20_000),
        ("a.[1] " * 20_000, 20_000),
        ("> " * 100_000 + "a", 1),
        ("`" * 100_000 + "a`", 1),
        ("e" + "\u0301" * 300_000, 1),
        ("日。" * 20_000, 20_000),
    ],
    ids=lambda value: repr(value[:6]) if isinstance(value, str) else str(value),
)
def test_hostile_lines_of_any_length_are_split_in_one_pass(hostile: str, count: int) -> None:
    assert len(split(hostile)) == count


def test_a_short_line_on_top_of_prose_is_its_heading_and_opens_its_passage() -> None:
    text = "Subscribe\nShare\n\n3.1 Annual leave\n\nStaff have 27 days. They ask early."
    assert kinds(text) == [
        ("Subscribe", F),
        ("Share", F),
        ("3.1 Annual leave", H),
        ("Staff have 27 days.", P),
        ("They ask early.", P),
    ]
    assert group(split(text)) == (range(0, 2), range(2, 5))


def test_a_heading_does_not_count_among_the_sentences_of_its_passage() -> None:
    text = "Leave\n\nOne day. Two days. Three days. Four days."
    assert group(split(text)) == (range(0, 4), range(4, 5))


def test_the_date_before_a_sentence_is_not_of_it() -> None:
    text = "date 2020-01-28 US relations are icy."
    assert split(text, dated=Span(0, 15)) == (
        Sentence(Span(0, 15), F),
        Sentence(Span(16, 37), P),
    )


@pytest.mark.parametrize(
    ("line", "dated", "rest", "kind"),
    [
        ("Published 1 June 2021 - The council said so.", 21, "The council said so.", Kind.PROSE),
        ("Published 1 June 2021, 10:15 BST. NATO said so.", 21, "NATO said so.", Kind.PROSE),
        ("Published 1 June 2021 at 3 p.m. EDT | NATO said so.", 21, "NATO said so.", Kind.PROSE),
        ("Boston, 3 May 2021 -- IBM said so.", 18, "IBM said so.", Kind.PROSE),
        ("Published 1 June 2021. 10 people died.", 21, "10 people died.", Kind.PROSE),
        (
            "Issued 1 June 2021, 10:15 Updated: 9 June 2021",
            18,
            "Updated: 9 June 2021",
            Kind.FRAGMENT,
        ),
    ],
)
def test_a_clock_after_the_documents_date_is_of_no_sentence(
    line: str, dated: int, rest: str, kind: Kind
) -> None:
    text = f"{line}\n\nThe bridge was opened in Ashby.\n"
    first, second, _ = split(text, dated=Span(0, dated))
    assert first == Sentence(Span(0, dated), Kind.FRAGMENT)
    assert (text[second.span.start : second.span.end], second.kind) == (rest, kind)


def test_a_line_of_labels_and_dates_is_no_sentence() -> None:
    text = "Updated: 6 May 2021, 08:15 BST. First published 1 May 2021\n\nThe bridge was opened.\n"
    *labels, last = split(text, dated=Span(32, 58))
    assert {label.kind for label in labels} == {Kind.FRAGMENT}
    assert last.kind is Kind.PROSE


@pytest.mark.parametrize(
    "sentence",
    [
        "BOSTON, Mass. – March 3, 2021 – Valdane said today that it had paid.",
        "SAN DIEGO, Calif. (AP) — Two men died in a fire.",
        "The motion of Cllr. Lowe was lost.",
        "It is said in para. 4.2 of the plan.",
    ],
)
def test_a_place_a_title_and_a_number_do_not_end_a_sentence(sentence: str) -> None:
    assert len(split(sentence)) == 1


def test_a_dash_opens_a_sentence_elsewhere() -> None:
    assert len(split("He said no. – So did she.")) == 2


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
