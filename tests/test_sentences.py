"""Where sentences begin and end."""

import pytest
from cut import TEXTS, F, P, kinds, said
from hypothesis import given
from hypothesis import strategies as st
from soon import soon

from index.documents.passages import MAX_SENTENCE, split
from index.types import Kind, Sentence, Span


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
        ["George W. Bush spoke.", "J. R. R. Tolkien wrote it.", "A. I. Kuprin did."],
        ["It was written by A. A. Milne in 1926.", "It was plan A.", "A car came.", "I saw."],
        ["We met our reps.", "They left with Reps. Ruiz and Drs. Ann Bell.", "He did."],
        [
            "Do 3 sets of 10 reps.",
            "Rest.",
            "We met the reps.",
            "Sales rose.",
            "Modern art.",
            "May came.",
        ],
        ["It cost 3.5 million.", "Then $4.50.", "5 of them were sold."],
        ["No. 5 is alive.", "No.", "That is wrong."],
        ["iPhone sales fell.", "iPhones are dear.", "eBay rose."],
        ["Version 2.0 is on example.com.", "Take it."],
        ["Well done 👍.", "Next 🎉!", "👍 Great."],
        ["Cafe\u0301.", "E\u0301lan is here."],
        ["« Non. »", "« Oui !\u00a0»", "Il est parti.", "Er ging.", "»Nein.«"],
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
        "POST( ... ) is here, and [ ... ] Is not.",
        "The hall, c. 1150, was of Ann Roe, b. 1914, d. May 1990, under s. 5 and ss. 6-7.",
        "See chap. 4, prop. 205, sched. 2 and eqs. 3-5 on hwy. 61, apt. 7 (pop. 5,000).",
        "It is of Acme Pty. Ltd. and Sons, eg. Ann Roe, ie. Pvt. Roe of Ste. Marie, esp. Ann.",
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


def test_chinese_and_japanese_sentences_need_no_space_between_them() -> None:
    assert kinds("日本語の文です。次の文です！「はい。」 終わり") == [
        ("日本語の文です。", P),
        ("次の文です！", P),
        ("「はい。」", P),
        ("終わり", F),
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\ufeff", "...", "---\n***", "👍", "\u0301", "__", ";   :\n-   -"]
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
    with soon():
        assert len(split(hostile)) == count


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


def test_a_line_too_long_for_a_headline_is_a_sentence_that_lost_its_stop() -> None:
    line = (
        "It denies all of the claims and still hopes to be " + "the largest maker of boats by 2020"
    )
    (sentence,) = split(f"{line} in all of the countries of the north")
    assert sentence.kind is Kind.PROSE
    (headline,) = split(line)
    assert headline.kind is Kind.FRAGMENT


@pytest.mark.parametrize("unseen", ["\u200b", "\u200b\u200b", "\u2060", "\ufeff"])
def test_what_has_no_width_after_a_stop_is_of_no_sentence(unseen: str) -> None:
    text = f"The pump was sold.{unseen} It was old.{unseen}\n\nThe well is dry.{unseen}\n"
    assert said(text) == ["The pump was sold.", "It was old.", "The well is dry."]
    assert {kind for _, kind in kinds(text)} == {P}
