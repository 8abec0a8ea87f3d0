"""The words that answer, by the kind of thing asked for; none rather than a guess."""

import pytest
from marked import marked

from index.answers.highlight import highlight
from index.answers.said import Said
from index.answers.times import time_of
from index.questions.question import read
from index.types import Span


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "when did the order ban it?",
            "The order of May 2019 banned it, which lasted until June 2020.",
            ["May 2019"],
        ),
        ("when was it dropped?", "The rule was dropped.", []),
        ("how much does it invest?", "It invests $11 billion, in 2 towns.", ["$11 billion"]),
        ("what share does he own?", "He owns a mere 2% of it.", ["2%"]),
        ("how many of the 5 firms left?", "In May 2019 3 of the 5 firms left.", ["3"]),
        (
            "who is the security officer?",
            "Security Officer (CSO) Andy Purdy spoke.",
            ["Andy Purdy"],
        ),
        ("who told them?", "Six chiefs told them in February 2018.", []),
        ("why was it pulled?", "It was pulled for the economy.", []),
    ],
)
def test_the_words_that_answer_are_marked(question: str, text: str, expected: list[str]) -> None:
    assert marked(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text", "likely", "expected"),
    [
        ("why was it pulled?", "It was pulled for the economy.", "for the economy", True),
        ("what was pulled?", "It was pulled.", "pulled", False),  # the question has it
        ("when was it pulled?", "It was pulled after the vote.", "after the vote", False),
        ("when does it end?", "It ends within 14 days.", "within 14 days", True),
        ("when does it open?", "It opens at 07:00.", "07:00", True),
        ("when does it open?", "It opens at 9.30.", "9.30", True),
        ("when does it open?", "It opens, 9.30 am or so.", "9.30 am or so", True),
        ("when did it begin?", "Rollback to 8.13.2 begins.", "8.13.2", False),
        ("when is it fitted?", "It is fitted 2.50 m up.", "2.50 m up", False),
        ("when was it dropped?", "The 25% threshold was dropped.", "25% threshold", False),
        ("how much is left?", "A little of it is left.", "A little", False),
        ("who pulled it?", "The keeper pulled it.", "The keeper", True),
        ("who pulled it?", "It was pulled by them.", "pulled", False),
    ],
)
def test_what_the_reader_takes_for_the_answer_is_marked_if_it_is_of_the_kind_asked_for(
    question: str, text: str, likely: str, expected: bool
) -> None:
    assert marked(question, text, likely=likely) == ([likely] if expected else [])


@pytest.mark.parametrize(
    ("question", "text", "likely", "expected"),
    [
        (
            "is parking free?",
            "Parking is free on Sundays, and costs £5 on weekdays.",
            "free on Sundays, and costs £5",
            ["Parking is free on Sundays"],
        ),
        (
            "did Huawei own 15% of the patents?",
            "In all, Huawei owned 10% of them in 2019, the report said.",
            "10%",
            ["Huawei owned 10% of them in 2019"],
        ),
        (
            "is the levy due when a stall is closed?",
            "The levy is due all the same, since 3 May 2020.",
            "3 May 2020",
            [],
        ),
        ("is the levy due when a stall is closed?", "Since 3 May 2020 it is due.", None, []),
        ("was it Ida who ran it?", "It was run by Anna Berg.", None, []),
        ("was the rule dropped?", "The rule was dropped.", "dropped", []),
        ("do you know when the fair is?", "The fair is on 3 May 2020.", None, ["3 May 2020"]),
    ],
)
def test_of_what_answers_yes_or_no_the_clause_is_marked_and_no_figure(
    question: str, text: str, likely: str | None, expected: list[str]
) -> None:
    assert marked(question, text, likely=likely) == expected


def test_what_is_found_by_rule_goes_before_what_the_reader_takes_for_the_answer() -> None:
    text = "It invests $11 billion in 2 towns in May 2019."
    assert marked("how much does it invest?", text, likely="in May 2019") == ["$11 billion", "2"]
    assert marked("when does it invest?", text, likely="2 towns") == ["May 2019"]


@pytest.mark.parametrize(
    ("question", "text", "likely", "expected"),
    [
        (
            "who takes over as treasurer?",
            "Alan Weir resigns as treasurer; Chidi Eze takes over on 1 May 2025.",
            "Chidi Eze",
            ["Chidi Eze"],
        ),
        ("how many farms are left?", "Of 31 farms 12 are left.", "12", ["12"]),
        ("how long is a round?", "It is 2.1 or 45 minutes long.", "45 minutes", ["45 minutes"]),
        ("who ordered it?", "Ola Brandt ordered it by 14 March.", "by 14 March", ["by 14 March"]),
        ("when does the trial end?", "| Trial | 1 July 2023 | 31 August 2023 |", "31 August 2023",
         ["31 August 2023"]),
    ],
)  # fmt: skip
def test_of_several_of_a_kind_the_one_that_the_reader_takes_for_the_answer_is_marked(
    question: str, text: str, likely: str, expected: list[str]
) -> None:
    assert marked(question, text, likely=likely) == expected


@pytest.mark.parametrize(
    ("text", "likely", "expected"),
    [
        ("A permit costs £12.50 a year.", "12.50", ["£12.50"]),
        ("It had cost $96 million by then.", "96", ["$96 million"]),
        ("They paid with grain, and salt.", "grain,", ["grain"]),
        ("They paid at the gate.", "the gate.", ["the gate"]),
        ("They open at 6 a.m.", "6 a.m.", ["6 a.m."]),
        ("They are ON LEVEL 2.", "ON LEVEL 2.", ["ON LEVEL 2"]),
        ("They sit in row B.", "row B.", ["row B"]),
        ("They are in the U.S.", "the U.S.", ["the U.S."]),
        ("They run 4.2.", "4.2.", ["4.2"]),
        ("Write to ada@well.example.org.", "ada@well", ["ada@well.example.org"]),
        ("Fax 0300 123 4568.", "123 4568", ["0300 123 4568"]),
        ("Ring +49 30 901820, or write.", "30 901820", ["+49 30 901820"]),
        ("It is v2 (the new one) now.", "(the new", ["the new"]),
        ("It is v2 (the new one) now.", "v2 (the new one)", ["v2 (the new one)"]),
        ("They wear **dark green** caps.", "**dark green**", ["dark green"]),
    ],
)
def test_no_word_or_amount_is_cut_and_no_stop_is_marked(
    text: str, likely: str, expected: list[str]
) -> None:
    assert marked("what does the club say?", text, likely=likely) == expected


@pytest.mark.parametrize(
    ("text", "document_date", "expected"),
    [
        ("It was signed on 03/04/2020.", "2019-07-11", ["03/04/2020"]),
        ("It failed on 4 February.", None, ["4 February"]),
        ("It opened in 2014 and moved last June.", None, ["last June"]),
    ],
)
def test_words_that_tell_when_are_marked_though_no_date_can_be_made_of_them(
    text: str, document_date: str | None, expected: list[str]
) -> None:
    likely = expected[0] if expected[0] in text else None
    assert marked("when was the survey?", text, document_date, likely=likely) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("who led it?", "On Friday Dr. Henrik Solberg led it.", ["Dr. Henrik Solberg"]),
        ("who runs it?", "It is run by Arden & Pike.", ["Arden & Pike"]),
        ("who runs it?", "It is run by Mrs K. Dunphy.", ["Mrs K. Dunphy"]),
        ("who is on call?", "On call is Tomasz | Tue | Wed", ["Tomasz"]),
        ("by how many votes did it pass?", "On Nov. 3 it passed by 412 votes.", ["412"]),
        ("how many work there?", "Open at 8:00, from 9 am 12 work there.", ["12"]),
        ("who won?", "Wilhelmina van der Berg and Juan de la Cruz won.",
         ["Wilhelmina van der Berg", "Juan de la Cruz"]),
        ("who is treasurer?", "The treasurer is François d’Aubigné.", ["François d’Aubigné"]),
        ("who painted the barn?", "Vincent van Gogh painted the barn.", ["Vincent van Gogh"]),
        ("who painted the barn?", "Vincent painted the barn.", []),
        ("who ruled on it?", "The Supreme Court of the United Kingdom ruled on it.",
         ["Supreme Court of the United Kingdom"]),
        ("what percentage agreed?", "Of 14,200 responses 71% agreed.", ["71%"]),
        ("what is the phone number?", "Ring 0142 before 5.", []),
    ],
)  # fmt: skip
def test_a_name_is_whole_and_no_word_of_a_date_is_a_name_or_an_amount(
    question: str, text: str, expected: list[str]
) -> None:
    assert marked(question, text) == expected


def test_only_the_quoted_span_is_marked() -> None:
    text = "In May 2018 it began. It ended in June 2019."
    said = Said(read("when did it end?"), text, Span(22, len(text)))
    time = time_of(said, None, likely=None, best=said.span)
    assert highlight(said, time, None) == (Span(34, 43),)


@pytest.mark.parametrize(
    ("text", "likely", "expected"),
    [
        ("It changes /etc/debian_version now.", "etc", "/etc/debian_version"),
        ("It is in $HOME/.lesskey now.", "HOME", "$HOME/.lesskey"),
        ("It came with 1.4+deb12u9 then.", "1.4", "1.4+deb12u9"),
        ("It reads MAX_FILE_AGE at start.", "AGE", "MAX_FILE_AGE"),
        ("Set MAX_AGE=1.", "AGE", "MAX_AGE=1"),
        ("Take scp(1) for it.", "scp", "scp(1)"),
        ("Send the page(s) in.", "page", "page(s)"),
        ("It was 822-date (program) then.", "822-date (program", "822-date (program)"),
        ("They call it `nobody` there.", "nobody` there", "`nobody` there"),
        ("Take read and/or write.", "read", "read"),
        ("Run `docker rm -f tide` first.", "docker rm", "docker rm -f tide"),
        ("`sync -f` is now `sync -o` here.", "sync -f` is now `sync", "`sync -f` is now `sync -o`"),
        ("**Note** It is down.", "Note** It", "**Note** It"),
        ("It is _quite_ wrong.", "quite", "quite"),
    ],
)
def test_paths_settings_versions_and_pairs_of_marks_are_whole(
    text: str, likely: str, expected: str
) -> None:
    assert marked("which one?", text, likely=likely) == [expected]


@pytest.mark.parametrize(
    ("question", "text", "likely", "expected"),
    [
        ("what is the fee?", "They put the fee up from 210 to 225.", "210 to 225", ["225"]),
        ("how many are there?", "It has grown from 11 to 19 since May.", None, ["19"]),
        ("what is the price?", "It costs £2.75 (until now £2.60).", None, ["£2.75"]),
        ("what did it cost before?", "It costs £2.75 (until now £2.60).", "£2.60", ["£2.60"]),
        ("how high is the limit?", "The limit is 85 %, used to be 95 %.", None, ["85 %"]),
        ("how many boats are there?", "It is up from 11 to 19.", None, ["19"]),
        (
            "what is the plan?",
            "Letting, formerly open to all, is ruled out now.",
            "Letting, formerly open to all, is ruled out now",
            ["is ruled out now"],
        ),
        (
            "what is the plan?",
            "Take £2.75 (until now £2.60) a head.",
            "£2.75 (until now £2.60) a head",
            ["£2.75"],
        ),
        (
            "what is the plan?",
            "Call in the evening instead of in the middle of the night, when all are asleep.",
            "Call in the evening instead of in the middle of the night, when all are asleep",
            ["Call in the evening"],
        ),
        (
            "what is the plan?",
            "It is £1.2 million, down from £1.35 million.",
            "£1.2 million, down from £1.35 million",
            ["£1.2 million"],
        ),
        ("what is the plan?", "It is 100 instead of 50.", "100 instead of 50", ["100"]),
        (
            "what is the plan?",
            "It is 4 euros (previously 3 euros).",
            "4 euros (previously 3 euros)",
            ["4 euros"],
        ),
        (
            "what is the plan?",
            "It used to be 3 euros, 4 euros now.",
            "used to be 3 euros, 4 euros now",
            ["4 euros now"],
        ),
        ("where is the club?", "It was previously in Leeds.", "was previously in Leeds", []),
        (
            "what was the price before?",
            "It is 100 instead of 50.",
            "instead of 50",
            ["instead of 50"],
        ),
    ],
)
def test_an_amount_from_before_a_change_is_marked_only_where_that_is_asked_for(
    question: str, text: str, likely: str | None, expected: list[str]
) -> None:
    assert marked(question, text, likely=likely) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("how much salt is in it?", "22 g salt", ["22 g"]),
        ("how much was added?", "Pri added 200 GB to it.", ["200 GB"]),
        ("how tall is the mast?", "The mast is 30 feet tall.", ["30 feet"]),
        ("how much came?", "12 tonnes came.", ["12 tonnes"]),
        ("how long did it last?", "It lasted 2 decades.", ["2 decades"]),
        ("how far is it off?", "It is 5 inches off.", ["5 inches"]),
        ("how far is it?", "It is 3 kilometers.", ["3 kilometers"]),
        ("how long is it?", "It is 3 wks.", ["3 wks"]),
        ("how much is paid?", "They pay 40p per mile.", ["40p"]),
        ("how many printers?", "We have two of the A3 ones, not three.", ["two"]),
        ("how many jets?", "They have 24 F-35 jets.", ["24"]),
        ("how much is the skip?", "It is CHF 500 at gate A3.", ["CHF 500"]),
        ("how large is the paper?", "It is A3.", ["A3"]),
        ("how much is the ticket?", "The ticket is R500.", ["R500"]),
        ("how many shirts?", "We ordered 12 T-shirts.", ["12"]),
        ("how long does it keep?", "It keeps three weeks.", ["three weeks"]),
        ("how long is the notice?", "They have five working days' notice.", ["five working days'"]),
        ("how much may it rise?", "3.3 It may rise by no more than the index.", []),
        ("how much is the rent?", "3. Rent", []),
        ("how much is the allowance?", "§ 3 Allowances", []),
        ("how much is the trip?", "Year 4 trip to the castle", []),
        ("how big is the deposit?", "4.1 The deposit is 900 euros.", ["900 euros"]),
        ("how much is the skip?", "[03/05/2025, 09:21:44] Hamish: it costs 240.", ["240"]),
        ("how many came?", "12 came to room 4.", ["12"]),
        ("how many may I connect?", "How many?\n  Three. Ask for more.", ["Three"]),
    ],
)
def test_an_amount_has_its_unit_and_the_number_of_a_clause_is_none(
    question: str, text: str, expected: list[str]
) -> None:
    assert marked(question, text) == expected


def test_days_are_nobody() -> None:
    text = "**Dilys Penhallow** — product owner (Mon–Wed)"
    assert marked("who is the product owner?", text, likely="Mon–Wed") == ["Dilys Penhallow"]


@pytest.mark.parametrize("likely", ["It", "we", "them"])
def test_a_word_for_what_is_not_named_is_no_answer(likely: str) -> None:
    assert marked("who rang?", "It rang, and we rang them.", likely=likely) == []
