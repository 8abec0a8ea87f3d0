"""The words that answer, by the kind of thing asked for; none rather than a guess."""

import pytest
from soon import soon

from index.answers.highlight import highlight
from index.answers.said import Said
from index.answers.times import date_of, time_of
from index.questions.question import read
from index.types import DateMention, Span


def marked(
    question: str, text: str, document_date: str | None = None, *, likely: str | None = None
) -> list[str]:
    """What is marked of a text; likely: the words of it that the reader takes for the answer."""
    span = Span(0, len(text))
    said = Said(read(question), text, span)
    words = Span(text.index(likely), text.index(likely) + len(likely)) if likely else None
    time = time_of(said, document_date, likely=words, best=span)
    return [text[s.start : s.end] for s in highlight(said, time, words)]


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


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("when does the course begin?", "1 July"),
        ("when does the course end?", "31 August"),
        ("when is the course?", "1 July"),
    ],
)
def test_of_dates_in_one_clause_the_one_next_to_what_is_asked_is_marked(
    question: str, expected: str
) -> None:
    for year in ("", " 2024"):
        text = f"The course begins on 1 July{year} and ends on 31 August{year}."
        assert marked(question, text) == [expected + year]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("when is it open?", "It is open from 6 to 22, closed on 25 December.", ["from 6 to 22"]),
        ("when is it open?", "It is open 17-23, closed on Sunday and Tuesday.", ["17-23"]),
        ("when is it open?", "It is shut on Tuesdays.", []),
        ("when is it open?", "9 to 17, any day but Monday, it is open.", []),
        ("when is lunch?", "Lunch is served every weekday except Friday.", ["every weekday"]),
        ("when is it staffed?", "It is staffed, but not on 24 or 31 December.", []),
        ("when is it open?", "Closed on Monday, open on Tuesday.", ["Tuesday"]),
        ("when is it closed?", "It is open daily, closed on Tuesday.", ["Tuesday"]),
        ("when is the outing?", "It is closed on 12 June for the outing.", ["12 June"]),
        ("when is it open?", "It is not open on Mondays.", []),
        ("since when is it valid?", "It is valid since last May.", ["last May"]),
        ("when was the deal closed?", "The deal was closed on 3 May 2024.", ["3 May 2024"]),
        ("when is the fair?", "The fair is not on 3 June 2024.", []),
        ("when was the vote?", "The vote was not on 3 May but on 4 May.", ["4 May"]),
    ],
)
def test_no_time_is_marked_at_which_a_thing_is_not(
    question: str, text: str, expected: list[str]
) -> None:
    assert marked(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (
            "when will it be done?",
            "It began two days ago and will be done in two weeks.",
            "in two weeks",
        ),
        ("how long will it take?", "It will be done in two weeks.", "two weeks"),
        (
            "when are keys handed out?",
            "Keys are handed out from Monday to Friday between 9:00 and 11:00.",
            "Monday to Friday between 9:00 and 11:00",
        ),
    ],
)
def test_a_habit_is_marked_whole_and_how_long_it_is_until_something_to_a_when(
    question: str, text: str, expected: str
) -> None:
    assert marked(
        question, text, "2019-07-11", likely="two weeks" if "two weeks" in text else None
    ) == [expected]


MOVED = "The fair was moved from 3 June 2024 to 16 September 2024."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("when is the fair?", MOVED, "16 September 2024"),
        ("when is the fair?", MOVED.replace(" 2024", ""), "16 September"),
        ("when was the fair planned for originally?", MOVED, "3 June 2024"),
        (
            "when is the fair?",
            "The fair is on 10 June 2024 instead of Monday, 3 June 2024.",
            "10 June 2024",
        ),
        (
            "when is the fair?",
            "The fair, first planned for May 2024, is in July 2024.",
            "July 2024",
        ),
        ("when is the fair?", "It was due in May 2024 but is now in July 2024.", "July 2024"),
        (
            "when will work begin?",
            "Work, which was to begin in May 2024, will not start before June 2024.",
            "June 2024",
        ),
        (
            "when was work to begin originally?",
            "Work will not start before June 2024; it was first planned for May 2024.",
            "May 2024",
        ),
        ("when is the fair?", MOVED.replace("moved", "extended"), "16 September 2024"),
        ("when is the fair?", "The fair is on ~~7 May~~ 14 May 2024.", "14 May 2024"),
        ("when is the fair?", "The fair is on <del>7 May 2024</del> 14 May 2024.", "14 May 2024"),
        ("when is the fair?", "The fair ~~in town~~ is on 7 May 2024 ~~or later~~.", "7 May 2024"),
        ("when is the fair?", "Fair (new date): 7 May 2024 → 14 May 2024", "14 May 2024"),
        ("when is the fair?", "New fair: 7 May 2024 → 14 May 2024", "7 May 2024"),
        (
            "when are the hours longer?",
            "The hours are extended from May 2024 to July 2024.",
            "May 2024",
        ),
        ("when does the lease begin?", "The lease runs from May 2024 to July 2024.", "May 2024"),
        ("when did it open?", "It first opened in 1998 and reopened in 2005.", "1998"),
    ],
)
def test_of_a_plan_that_was_changed_the_time_that_lasts_is_marked(
    question: str, text: str, expected: str
) -> None:
    assert marked(question, text, "2024-03-01") == [expected]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("when will the painting be done?", ["September 2025"]),
        ("when will the painting begin?", ["September 2025"]),
        ("when did the painting begin?", ["two days ago"]),
    ],
)
def test_what_will_be_is_not_before_the_document(question: str, expected: list[str]) -> None:
    text = "The painting began two days ago and will be done in September 2025."
    assert marked(question, text, "2025-07-11", likely="two days ago") == expected


READERS = "Meeting about the badge readers which were fitted last week, {} in room 3."


@pytest.mark.parametrize(
    ("question", "when", "expected"),
    [
        ("when is the meeting about badge readers?", "at noon", []),
        ("when is the meeting about badge readers?", "next week", ["next week"]),
        ("when were the badge readers fitted?", "at noon", ["last week"]),
    ],
)
def test_what_is_or_comes_is_not_when_something_was(
    question: str, when: str, expected: list[str]
) -> None:
    for over in ("last week", "two weeks ago", "some weeks ago", "yesterday"):
        text = READERS.format(when).replace("last week", over)
        found = marked(question, text, "2025-03-20", likely=over)
        assert found == [words.replace("last week", over) for words in expected]


def test_the_last_day_of_a_month_may_be_to_come() -> None:
    text = "The fair is held on the last Monday of May."
    assert marked("when is the fair?", text, "2025-03-20") == ["the last Monday"]


def test_no_sentence_is_read_without_the_year_that_the_one_before_names() -> None:
    text = "Built in 1911, it was lost in 1947 to fire, it was said on Tuesday. It rose in January."
    asked, best = read("when did it rise?"), Span(text.index("It rose"), len(text))
    said = Said(asked, text, Span(0, len(text)))
    found = time_of(said, "2019-07-11", likely=None, best=best)
    assert found
    assert text[found.start : found.end] == "January"


def test_a_date_that_the_question_gives_does_not_answer_it() -> None:
    text = "Announced in May 2019, the ban began in June 2019."
    assert marked("when did what was announced in May 2019 begin?", text) == ["June 2019"]


def test_a_day_is_worked_out_only_from_a_document_with_a_date() -> None:
    text = "He spoke on Sunday."
    said = Said(read("when did he speak?"), text, Span(0, len(text)))
    assert date_of(said, None) is None
    assert date_of(said, "2019-07-11") == DateMention("2019-07-07", Span(12, 18), "relative")


def test_only_the_quoted_span_is_marked() -> None:
    text = "In May 2018 it began. It ended in June 2019."
    said = Said(read("when did it end?"), text, Span(22, len(text)))
    time = time_of(said, None, likely=None, best=said.span)
    assert highlight(said, time, None) == (Span(34, 43),)


def test_of_very_many_dates_in_one_line_the_right_one_is_found_at_once() -> None:
    """Each is compared with what is near it: with all of the line it took half a minute."""
    text = "The fair " + "with stalls on 3 May 2019 and " * 1500 + "is held on 1 July 2020."
    with soon():
        found = date_of(Said(read("when is the fair held?"), text, Span(0, len(text))), None)
    assert found is not None
    assert text[found.span.start : found.span.end] == "1 July 2020"


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


BUFFETS = (
    "| Buffet | Min. persons | Price | Note |\n|---|---|---|---|\n"
    "| Harvest | 15 | € 17.00 | cold |\n"
)
DRINKS = "| | Glass | Bottle |\n|---|---|---|\n| House red | 4.80 | 21 |\n"
ROTA = "Course\tDay\tPrice\tPlace\nAqua fit\tTuesday\t12\tSpa\nDiving\tThursday\t15\tDeep pool"
HOURS = "Day\tOpens\tCloses\tTours\nTue\t10:00\t16:00\tnone\nFri\t10:00\tnever\tnone"
ROTAS = "Week    On call     Backup\n1       Tom         Ida\n2       Anna        Tom"
STORE = (
    "item,warehouse,quantity,reorder level,supplier\n"
    "M10 hex bolts,Leeds,4800,2000,Boltco\nsafety goggles,Hull,0,150,Seesafe"
)
GOODS = "| Product | Price | Lead time |\n|---|---|---|\n| Oak shelf | £17.20 | 5 days |"
PHONES = "| Name | Role | Extension |\n|---|---|---|\n| Asha Rao | Finance | 4420 |"
PLANS = "| Name | Owner | Begins |\n|---|---|---|\n| Harbour Hall | Ida Berg | May |"
PARTS = "| Part number | Bin | Left |\n|---|---|---|\n| 4711 | 12 | 300 |"
STOCK = "item,price_eur,stock,supplier\nLamp,48.00,7,Lumotec\nChain,29.95,44,Osaka"


@pytest.mark.parametrize(
    ("question", "text", "row", "likely", "expected"),
    [
        ("how many persons must it be?", BUFFETS, "| Harvest", "15 | € 17.00", ["15"]),
        ("how much is the Harvest buffet?", BUFFETS, "| Harvest", "15 | € 17.00", ["€ 17.00"]),
        ("what is the note on it?", BUFFETS, "| Harvest", "Harvest", ["cold"]),
        ("is it cold or warm?", BUFFETS, "| Harvest", "€ 17.00 | cold", ["€ 17.00"]),
        ("what does a bottle of red cost?", DRINKS, "| House", "4.80", ["21"]),
        ("how many lamps are in stock?", STOCK, "Lamp", "48.00,7", ["7"]),
        ("how much is the lamp?", STOCK, "Lamp", "48.00,7", ["48.00"]),
        ("who is the supplier of the chain?", STOCK, "Chain", "Osaka", ["Osaka"]),
        ("when is diving?", ROTA, "Diving", "Deep pool", ["Thursday"]),
        ("which day is the diving course?", ROTA, "Diving", "Diving", ["Thursday"]),
        ("when does it close on Tuesday?", HOURS, "Tue", "Tue", ["16:00"]),
        ("when does it close on Friday?", HOURS, "Fri", "Fri", []),
        ("when is the tour?", HOURS, "Tue", "Tue", []),
        ("when did the price of diving change?", ROTA.replace("Day", "Pal"), "Diving", "Deep", []),
        ("who is on call in week 2?", ROTAS, "2", "Anna", ["Anna"]),
        ("how many M10 hex bolts do we have?", STORE, "M10", "2000", ["4800"]),
        ("how many safety goggles are in stock?", STORE, "safety", "150", ["0"]),
        ("how many safety goggles are in the Hull warehouse?", STORE, "safety", "Hull", ["0"]),
        ("what is the reorder level of goggles?", STORE, "safety", "0,150", ["150"]),
        ("how many are left in bin 12?", PARTS, "| 4711", "4711", ["300"]),
        ("how many does a box take?", PARTS, "| 4711", "300", ["300"]),
        ("which product costs £17.20?", GOODS, "| Oak", "£17.20", ["Oak shelf"]),
        ("which product has a lead time of 5 days?", GOODS, "| Oak", "5 days", ["Oak shelf"]),
        ("what is the lead time of the oak shelf?", GOODS, "| Oak", "£17.20", ["5 days"]),
        ("who is extension 4420?", PHONES, "| Asha", "4420", ["Asha Rao"]),
        ("what is the role of extension 4420?", PHONES, "| Asha", "4420", ["Finance"]),
        ("who runs the Harbour plan?", PLANS, "| Harbour", "Ida Berg", ["Ida Berg"]),
        ("what costs 48.00?", STOCK, "Lamp", "48.00,7", ["Lamp"]),
        ("which item is of Osaka?", STOCK, "Chain", "29.95", ["Chain"]),
        ("how much is a big check?", "Big check    35.-", "Big", "check    35.-", ["35.-"]),
        ("how much is a check?", "Check      35.-      45.-", "Check", "35.-      45", ["35.-"]),
    ],
)
def test_of_a_row_of_a_table_one_cell_is_marked(
    question: str, text: str, row: str, likely: str, expected: list[str]
) -> None:
    start = text.index(row)
    span = Span(start, text.find("\n", start) if "\n" in text[start:] else len(text))
    words = Span(at := text.index(likely, start), at + len(likely))
    found = highlight(Said(read(question), text, span), None, words)
    assert [text[s.start : s.end] for s in found] == expected


def test_days_are_nobody() -> None:
    text = "**Dilys Penhallow** — product owner (Mon–Wed)"
    assert marked("who is the product owner?", text, likely="Mon–Wed") == ["Dilys Penhallow"]


@pytest.mark.parametrize("likely", ["It", "we", "them"])
def test_a_word_for_what_is_not_named_is_no_answer(likely: str) -> None:
    assert marked("who rang?", "It rang, and we rang them.", likely=likely) == []
