"""Documents in, answers out, through Index with the real model."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from math import exp, log1p
from pathlib import Path

import numpy as np
import pytest
from conftest import FirstUse
from world import Words

from index import Answer, BadQuestion, BrokenIndex, Index, Scope, Span
from index.encode import SentenceEncoder
from index.engine import hits
from index.features import FEATURES, candidates, read
from index.question import read as question_of
from index.types import Read, Reading, Window

Ask = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path, encoder: SentenceEncoder) -> Ask:
    """Ask a question of files given as name=text."""

    def asked(question: str | Reading, *, top: int = 3, **files: str) -> Answer:
        folder = tmp_path / "docs"
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name}.txt").write_bytes(text.encode())
        Index.build([folder], tmp_path / "idx", model=encoder)
        return Index.open(tmp_path / "idx", model=encoder).ask(question, top=top)

    return asked


def shown(answer: Answer) -> list[str]:
    return [quote.text for quote in answer.quotes or answer.near]


RATES = (
    "The fee for members is 15% of the price.\n\nThe fee for guests is 5% of the price.\n\n"
    "The fee for children is 0.5% of the price.\n\nThe fee for groups is 50% of the price."
)


@pytest.mark.parametrize(
    ("token", "who"),
    [("5%", "guests"), ("15%", "members"), ("0.5%", "children"), ("50%", "groups")],
)
def test_a_percentage_finds_itself_and_no_other(ask: Ask, token: str, who: str) -> None:
    assert shown(ask(f"who pays a fee of {token}?", rates=RATES))[0] == (
        f"The fee for {who} is {token} of the price."
    )


REPORT = (
    "The Ferry News\n3 May 2022\n\nThe council has scrapped the night ferry, which lost money.\n\n"
    "Its plan for 40 bicycle racks goes ahead, and the budget is unchanged."
)


@pytest.mark.parametrize(
    ("question", "text", "answered"),
    [
        ("when was the night ferry scrapped?", REPORT, True),
        ("when was the 50% night ferry scrapped?", REPORT, False),
        ("when was the airport scrapped?", REPORT, False),
    ],
)
def test_when_is_the_documents_date_where_it_reports_what_is_asked_and_gives_none(
    ask: Ask, question: str, text: str, answered: bool
) -> None:
    answer = ask(question, report=text)
    assert answer.answered == answered
    if answered:
        assert shown(answer)[0] == "The council has scrapped the night ferry, which lost money."
        assert answer.when is not None
        assert (answer.when.date, answer.when.basis) == ("2022-05-03", "document")


FUNDS = (
    "The fund for roads holds £900 million.\n\nThe fund for ports holds $900 million.\n\n"
    "The fund for schools holds £900.\n\nThe fund for farms holds 900 billion pounds."
)


@pytest.mark.parametrize(
    ("amount", "what"),
    [
        ("£900m", "roads"),
        ("900,000,000 pounds", "roads"),
        ("US$900 million", "ports"),
        ("nine hundred million dollars", "ports"),
        ("GBP 900", "schools"),
        ("£900bn", "farms"),
    ],
)
def test_an_amount_finds_itself_however_it_is_written(ask: Ask, amount: str, what: str) -> None:
    found = shown(ask(f"which fund holds {amount}?", funds=FUNDS))[0]
    assert found.startswith(f"The fund for {what} holds")


def test_british_and_american_spelling_find_each_other(ask: Ask) -> None:
    text = "The center organizes its defense. The lake is deep. The hotel has a license."
    assert shown(ask("what organises the defence of the centre?", a=text))[0] in text


OFFICES = (
    "The government opened the telecommunications office in Leeds.\n\n"
    "Ericsson repaired the antenna on the roof, at a cost of 17 kroner.\n\n"
    "Mr Hanson paid the harbour fee at Grimsby."
)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("what did the goverment open?", "what did the government open?"),
        ("what did Ericson's men repair?", "what did Ericsson's men repair?"),
        ("who repiared the antena?", "who repaired the antenna?"),
        ("who opened the telecomunication ofice?", "who opened the telecommunication office?"),
        ("where is the teleccommunicatons office?", "where is the telecommunications office?"),
        ("who paid the harbor fee?", "who paid the harbor fee?"),
        ("who paid at Grimbsy?", "who paid at Grimsby?"),
    ],
)
def test_a_slip_of_the_pen_is_read_as_what_the_documents_say(
    ask: Ask, asked: str, read: str
) -> None:
    assert ask(asked, offices=OFFICES).question == read


@pytest.mark.parametrize(
    "asked",
    [
        "what did Mr Hansen pay?",  # another name
        "what did Hansone pay?",
        "when was the planet opened?",  # words that only these documents lack
        "who paid the fees of the lawyers at Grimsb-y and at grim5by?",
        "what did the ERICSON file say of ericson.com?",
        "was it 18 kroner?",
        "wer hat denn eigentlich diesen goverment Bericht zuletzt geschrieben?",
        "who bpaid?",
    ],
)
def test_what_is_no_slip_is_read_as_it_is(ask: Ask, asked: str) -> None:
    assert ask(asked, offices=OFFICES).question == asked


AGENCIES = {
    "first": "The National Centre for Water Safety (NCWS) was set up in Leeds.\n\n"
    "Its chairman is Ian Levy, a chemist.\n\nThe sage of Hull spoke.",
    "second": "The NCWS advised against the dam.",
    "third": "The National Centre for Water Safety fined the port.",
    "fourth": "A Small Advisory Group on Energy (SAGE) met in York.",
    "fifth": "The Dam Trust (DMT) and the Port Fund Trust (PFT); the PFT (Pier Food Trust) too.",
}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("what did the National Centre for Water Safety advise against?", "second"),
        ("what did the NCWS fine?", "third"),
        ("did the ncws fine the port?", "third"),
    ],
)
def test_an_abbreviation_that_the_documents_explain_is_found_by_both_forms(
    ask: Ask, asked: str, says: str
) -> None:
    answer = ask(asked, **AGENCIES)
    assert answer.answered
    assert shown(answer)[0] == AGENCIES[says]


def test_an_abbreviation_of_two_things_or_none_stands_for_nothing(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    (tmp_path / "docs").mkdir()
    for name, text in AGENCIES.items():
        (tmp_path / "docs" / f"{name}.txt").write_text(text)
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    corpus = Index.open(tmp_path / "idx", model=encoder).corpus
    held = {corpus.sentence_text(corpus.document_of(n), n)[0]: corpus.tokens(n) for n in range(7)}
    assert "energi" not in held["The sage of Hull spoke."]
    assert "water" in held[AGENCIES["second"]]
    assert "ncws" in held[AGENCIES["third"]]
    assert corpus.bm25.holders("dmt").size == 1


def test_a_number_that_the_documents_do_not_have_is_refused(ask: Ask) -> None:
    assert not ask("who pays a fee of 17%?", rates=RATES).answered


def test_an_opening_pronoun_brings_the_sentence_before_along(ask: Ask) -> None:
    text = "Victor Zhang joined the firm as an engineer. He became its head of sales in Leeds.\n"
    assert shown(ask("who became head of sales in Leeds?", people=text))[0] == text.strip()


def test_a_date_is_worked_out_from_the_words_and_the_date_of_the_document(ask: Ask) -> None:
    answer = ask(
        "when did the minister open the new bridge?",
        news="Bridge opened\n11 July 2019\n\nThe minister opened the new bridge on Sunday.",
    )
    assert answer.when is not None
    assert (answer.when.date, answer.when.basis) == ("2019-07-07", "relative")
    assert answer.when.text == "Sunday"


def test_an_undated_document_never_makes_a_date(ask: Ask) -> None:
    text = "The minister opened the new bridge on Sunday, to great applause."
    answer = ask("when did the minister open the new bridge?", news=text)
    assert answer.answered
    assert answer.when is None


CHANGES = (
    "Release notes\n\n2.4.0 (12 May 2025)\n\n- The export to Excel is faster.\n"
    "- Support for Windows 8 was dropped.\n\n2.3.0 (3 March 2025)\n\n"
    "- Passwords now need twelve characters.\n- The old editor was removed.\n"
)
LOG = (
    "Caretaker's log\n\n3 February 2025\n\nThe boiler in the east wing was repaired by Mr Ames on "
    "Saturday.\n\n17 March 2025\n\nThe fire doors on the second floor were painted on Friday.\n"
)
FITTED = (
    "The fire doors on the second floor were painted on Friday.",
    "The new fire doors were fitted on the second floor. The old ones went to the scrap yard.",
)


@pytest.mark.parametrize(
    ("question", "date", "words"),
    [
        ("when was support for Windows 8 dropped?", "2025-05-12", "12 May 2025"),
        ("when was the old editor removed?", "2025-03-03", "3 March 2025"),
        ("when was support for Windows 7 dropped?", None, None),
    ],
)
@pytest.mark.parametrize("head", ["", "Date: 1 June 2025\n\n"])
def test_when_is_the_date_in_the_heading_above_what_is_reported(
    ask: Ask, head: str, question: str, date: str | None, words: str | None
) -> None:
    answer = ask(question, changes=head + CHANGES)
    assert answer.answered == (date is not None)
    if answer.answered:
        assert answer.when is not None
        told = answer.when.date, answer.when.basis, answer.when.text, answer.when.above
        assert told == (date, "document", words, True)
        assert answer.quotes[0].date == ("2025-06-01" if head else None)


def test_a_date_is_worked_out_from_the_words_and_the_date_in_the_heading_above(ask: Ask) -> None:
    answer = ask("when were the fire doors painted?", log=LOG)
    assert answer.when is not None
    assert (answer.when.date, answer.when.basis) == ("2025-03-14", "relative")
    assert answer.when.above


def test_an_ordinal_tells_no_time_of_which_no_date_can_be_made(ask: Ask) -> None:
    answer = ask("when were the new fire doors fitted?", log=LOG.replace(*FITTED))
    assert answer.when is not None
    assert (answer.when.date, answer.when.above) == ("2025-03-17", True)


def test_a_heading_about_a_date_does_not_date_its_paragraphs(ask: Ask) -> None:
    text = REPORT.replace("The council", "What happened in May 2019\n\nThe council")
    answer = ask("when was the night ferry scrapped?", report=text)
    assert answer.when is not None
    assert (answer.when.date, answer.when.above) == ("2022-05-03", False)


def test_a_button_does_not_win_over_a_sentence(ask: Ask) -> None:
    page = "Subscribe\nShare this\n\nYou subscribe by sending a letter to the editor."
    answer = ask("how do I subscribe?", page=page)
    assert shown(answer)[0] == "You subscribe by sending a letter to the editor."


def test_what_stands_beside_a_sentence_stays_findable(ask: Ask) -> None:
    page = "Related:\n\nDutch port bans loud cranes\nFibre Diet for Britain\n\nThe end came soon."
    assert "Dutch port bans loud cranes" in shown(ask("loud cranes", page=page))


DREDGED = "The “harbour” was dredged in 1931 by the city of Hull."


def test_the_same_text_in_several_files_is_quoted_once_from_the_newest(ask: Ask) -> None:
    answer = ask(
        "when was the harbour dredged?",
        a=DREDGED,
        b=f"Minutes\n9 June 2020\n\n{DREDGED}",
        c=f"Minutes\n12 March 2019\n\n{DREDGED}",
        d='The "Harbour"  was dredged\nin 1931 by the city of Hull.',
    )
    assert [(q.source, q.text) for q in answer.quotes] == [("b.txt", DREDGED)]


def test_the_same_text_in_undated_files_is_quoted_once_from_the_first(ask: Ask) -> None:
    answer = ask("when was the harbour dredged?", a=DREDGED, b=DREDGED)
    assert [q.source for q in answer.quotes] == ["a.txt"]


def test_a_quote_says_what_none_before_it_does(ask: Ask) -> None:
    answer = ask(
        "when did the city dredge the harbour of Hull?",
        whole="In May 1931 the city dredged the harbour of Hull.",
        part="The city dredged the harbour of Hull in May.",
        other="In May 1931 the city dredged no harbour of Hull.",
    )
    assert {q.source for q in answer.quotes} == {"whole.txt", "other.txt"}


@pytest.mark.parametrize("top", [1, 3])
def test_where_dated_documents_differ_the_newest_comes_first_and_it_is_said(
    ask: Ask, top: int
) -> None:
    rule = "The threshold for imports of steel is {}% of the price of the goods.\n"
    answer = ask(
        "how high is the threshold for imports of steel?",
        top=top,
        a=f"Trade notes\n\n12 December 2019\n\n{rule.format(25)}",
        b=f"Trade notes\n\n28 January 2020\n\n{rule.format(10)}",
    )
    assert [(quote.date, "10%" in quote.text) for quote in answer.quotes[:1]] == [
        ("2020-01-28", True)
    ]
    assert answer.differ


def test_of_documents_that_tell_of_one_thing_the_newest_comes_first(ask: Ask) -> None:
    answer = ask(
        "how do guests get a badge?",
        a="Visitors\n\n12 March 2019\n\nGuests get a badge from the porter at the north gate.",
        b="Visitors\n\n4 May 2023\n\nGuests get a badge from the porter at the south gate.",
        c="Visitors\n\n9 June 2021\n\nGuests get a badge from the porter at the west gate.",
    )
    assert answer.quotes[0].source == "b.txt"


def test_how_recent_a_document_is_is_its_place_among_the_dated_ones(
    ask: Ask, tmp_path: Path, encoder: SentenceEncoder
) -> None:
    dates = {"a": "2 May 2020", "b": "2 May 2021", "c": "2 May 2021", "d": "3 May 2024"}
    ask(
        "who met?",
        none="The board met.",
        **{n: f"Board\n\n{d}\n\nIt met." for n, d in dates.items()},
    )
    recency = Index.open(tmp_path / "idx", model=encoder).corpus.recency
    assert recency.tolist() == [1 / 8, 4 / 8, 4 / 8, 7 / 8, 1 / 2]


def test_where_dated_documents_agree_nothing_is_said_of_it(ask: Ask) -> None:
    answer = ask(
        "how many people may ride in the lift?",
        a="House notes\n\n12 December 2019\n\nThe lift may be used by 8 people.\n",
        b="House notes\n\n28 January 2020\n\nAt most 8 people may ride in the lift of the house.\n",
    )
    assert answer.answered
    assert not answer.differ


@pytest.mark.parametrize(
    ("question", "old", "new", "differ"),
    [
        (
            "how much will the new bridge cost?",
            "The new bridge will cost £900 million, the council said.",
            "The new bridge will cost £1.3 billion, the council said.",
            True,
        ),
        (
            "when was the Moss dam opened?",
            "The Moss dam was opened on Sunday, the council said.",
            "The Moss dam was opened on 1 March 2020, the council said.",
            False,
        ),
        (
            "when will the Moss dam open?",
            "The Moss dam will open in June 2021, the council said.",
            "The Moss dam will open in October 2021, the council said.",
            True,
        ),
        (
            "who has to sign the lease of a stall?",
            "The lease of a stall has to be signed by the line manager.",
            "The lease of a stall has to be signed by your manager, at the desk.",
            False,
        ),
    ],
)
def test_answers_differ_by_what_they_say_and_not_by_their_words(
    ask: Ask, question: str, old: str, new: str, differ: bool
) -> None:
    answer = ask(question, a=f"News\n\n3 March 2020\n\n{old}\n", b=f"News\n\n5 May 2021\n\n{new}\n")
    assert answer.differ == differ
    assert (answer.quotes[0].source == "b.txt") or not differ


def test_of_words_that_make_no_date_the_documents_own_is_not_put_in_their_place(ask: Ask) -> None:
    text = "Pool notes\n\n11 July 2019\n\nThe pool survey has to be paid on 03/04/2020 at the desk."
    answer = ask("when does the pool survey have to be paid?", a=text)
    assert answer.answered
    assert answer.when is None
    (marked,) = answer.quotes[0].highlight
    assert text[marked.start : marked.end] == "03/04/2020"


def test_what_leads_on_is_quoted_with_what_comes_after_it(ask: Ask) -> None:
    text = "Can visitors park a bus in the yard? Yes, behind the north gate, for two hours.\n"
    answer = ask("can visitors park a bus in the yard?", a=text)
    assert "behind the north gate" in shown(answer)[0]


@pytest.mark.parametrize(
    ("question", "text", "quoted"),
    [
        (
            "when can patients shower?",
            "Keep the dressing dry for 48 hours. After that you can shower at any time.\n",
            "Keep the dressing dry for 48 hours. After that you can shower at any time.",
        ),
        (
            "how long is a round of the game?",
            "Rules of the game\n\n- **Time.** A round of the game is 90 minutes long.\n",
            "Time.** A round of the game is 90 minutes long.",
        ),
        (
            "who speaks to the press?",
            "The head speaks to the press and nobody else.\n\nPhones stay in the press room.\n",
            "The head speaks to the press and nobody else.",
        ),
    ],
)
def test_a_quote_is_what_can_be_understood_alone_and_of_one_paragraph(
    ask: Ask, question: str, text: str, quoted: str
) -> None:
    assert shown(ask(question, a=text))[0].endswith(quoted)


def test_a_line_of_nothing_but_a_date_is_no_evidence(ask: Ask) -> None:
    text = "Moss dam\n\n11/03/2021\n\nThe Moss dam was opened by the mayor.\n"
    assert "11/03/2021" not in shown(ask("when was the Moss dam opened?", a=text))


def test_no_more_is_quoted_than_was_asked_for(ask: Ask) -> None:
    assert len(shown(ask("fee", top=1, rates=RATES))) == 1


@pytest.mark.parametrize("files", [{}, {"empty": ""}, {"marks": "---\n***\n?!\n"}])
def test_documents_without_words_answer_nothing(ask: Ask, files: dict[str, str]) -> None:
    answer = ask("is there anything?", **files)
    assert (answer.answered, answer.confidence, answer.quotes, answer.near) == (False, 0.0, (), ())


MINUTES = {
    "old": "Minutes\n12 March 2019\n\nThe board set the budget for the harbour at $5,000.",
    "new": "Minutes\n9 June 2020\n\nThe board set the budget for the harbour at $6,500.",
    "year": "Report\nDate: 2020\n\nThe board set the budget for the harbour at $7,000 in all.",
    "notes": "The board set the budget for the harbour at $8,000, somebody wrote.",
}
BUDGET = "what budget did the board set for the harbour?"


@pytest.fixture
def minutes(tmp_path: Path, encoder: SentenceEncoder) -> Index:
    """Four documents that say almost the same, and so much about it that they are drowned in it."""
    (tmp_path / "docs").mkdir()
    talk = "\n\n".join(f"The budget that the board set for harbour {n} is $5." for n in range(150))
    for name, text in MINUTES.items() | {("talk", talk)}:
        (tmp_path / "docs" / f"{name}.txt").write_text(text)
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    return Index.open(tmp_path / "idx", model=encoder)


@pytest.mark.parametrize(
    ("scope", "sources"),
    [
        (Scope(source="notes.txt"), {"notes.txt"}),
        (Scope(after="2020"), {"new.txt", "year.txt"}),
        (Scope(after="2020-06"), {"new.txt"}),
        (Scope(before="2020-06-09"), {"new.txt", "old.txt"}),
        (Scope(before="2019"), {"old.txt"}),
        (Scope(after="2019-03-12", before="2019-03-12"), {"old.txt"}),
        (Scope(source="notes.txt", after="1999"), set()),
        (Scope(after="2021"), set()),
    ],
)
def test_only_documents_within_the_scope_answer(
    minutes: Index, scope: Scope, sources: set[str]
) -> None:
    answer = minutes.ask(BUDGET, scope=scope)
    assert {quote.source for quote in answer.quotes or answer.near} == sources


@pytest.mark.parametrize(
    ("scope", "why"),
    [
        (Scope(source="note"), "no document is named 'note' in the index; perhaps notes.txt"),
        (Scope(source="x.md"), "no document is named 'x.md' in the index; quoth status --json"),
        (Scope(after="2020-13"), "after is '2020-13', which is no date; give YYYY, YYYY-MM or"),
        (Scope(before="soon"), "before is 'soon', which is no date; "),
        (Scope(after="2021", before="2020"), "nothing lies after 2021 and before 2020; "),
    ],
)
def test_what_is_no_scope_is_refused_in_one_line(minutes: Index, scope: Scope, why: str) -> None:
    with pytest.raises(BadQuestion, match=why) as refusal:
        minutes.timeline(BUDGET, scope=scope)
    assert "\n" not in str(refusal.value)


def test_a_timeline_is_in_order_of_date_as_precise_as_it_is_known(minutes: Index) -> None:
    timeline = minutes.timeline(BUDGET, scope=Scope(after="2019"))
    assert timeline.answered
    assert [event.when.date for event in timeline.events if event.when] == [
        "2019-03-12",
        "2020",
        "2020-06-09",
    ]
    assert len(minutes.timeline(BUDGET, top=2, scope=Scope(after="2019")).events) == 2


def test_a_timeline_has_the_dates_in_the_headings_above(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "log.txt").write_text(
        "Log of the mill\n\n9 May 2025\n\nThe boiler of the mill was repaired again.\n\n"
        "3 March 2025\n\nThe boiler of the mill broke down and was repaired on Saturday.\n"
    )
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    timeline = Index.open(tmp_path / "idx", model=encoder).timeline("repairs of the mill's boiler")
    dates = [event.when.date for event in timeline.events if event.when]
    assert dates == ["2025-03-01", "2025-05-09"]


def test_sources_are_found_by_a_part_of_their_name_or_title(minutes: Index) -> None:
    assert minutes.names("N") == ("new.txt", "notes.txt", "old.txt")
    assert minutes.names("report") == ("year.txt",)
    assert minutes.names("", limit=2) == ("new.txt", "notes.txt")
    assert minutes.names("zebra") == ()


def test_a_place_is_shown_with_the_lines_around_it(minutes: Index) -> None:
    text = MINUTES["old"]
    at = Span(text.index("$5,000"), len(text) - 1)
    shown = minutes.excerpt("old.txt", at, lines=1)
    assert (shown.text, shown.line_start, shown.line_end) == (text.partition("2019\n\n")[2], 4, 4)
    assert text[shown.span.start : shown.span.end] == shown.text
    assert shown.quoted == at
    assert minutes.excerpt("old.txt", Span(-5, 10**9)).text == text
    assert minutes.excerpt("old.txt", Span(0, 3), lines=0).text == "Minutes"


def test_a_quote_of_before_is_made_anew_or_refused(minutes: Index) -> None:
    text = MINUTES["old"]
    assert minutes.quote("old.txt", Span(0, 7)).text == "Minutes"
    for source, span in (("gone.txt", Span(0, 7)), ("old.txt", Span(0, len(text) + 1)),
                         ("old.txt", Span(-1, 4)), ("old.txt", Span(4, 4))):  # fmt: skip
        with pytest.raises(KeyError):
            minutes.quote(source, span)


def test_a_source_is_known_by_its_bytes_and_its_state(minutes: Index, tmp_path: Path) -> None:
    raw = MINUTES["old"].encode()
    assert minutes.raw("old.txt") == raw
    assert minutes.sha256("old.txt") == sha256(raw).hexdigest()
    assert minutes.sha256("gone.txt") is None
    assert minutes.state("old.txt") == "current"
    (tmp_path / "docs" / "old.txt").write_text("Other minutes.")
    (tmp_path / "docs" / "new.txt").unlink()
    assert (minutes.state("old.txt"), minutes.state("new.txt")) == ("changed", "gone")
    assert [(s.id, s.bytes) for s in minutes.sources()][1:3] == [("notes.txt", 67), ("old.txt", 74)]


def test_a_question_that_cannot_be_asked_is_refused(ask: Ask) -> None:
    with pytest.raises(BadQuestion):
        ask("?!", rates=RATES)


def test_the_same_question_is_answered_the_same_way(ask: Ask, tmp_path: Path,
                                                    encoder: SentenceEncoder) -> None:  # fmt: skip
    first = ask("who pays a fee of 5%?", rates=RATES)
    again = Index.open(tmp_path / "idx", model=encoder).ask("who pays a fee of 5%?")
    assert replace(again, elapsed_ms=0) == replace(first, elapsed_ms=0)


def test_an_open_index_stays_as_it_was(tmp_path: Path, encoder: SentenceEncoder) -> None:
    file, index = tmp_path / "docs.txt", tmp_path / "idx"
    file.write_text("The bridge was opened in 1931 by the mayor.")
    Index.build([file], index, model=encoder)
    opened = Index.open(index, model=encoder)
    for text in ("The bridge was closed in 1950 by the mayor.", "There is no bridge any more."):
        file.write_text(text)
        Index.build([file], index, model=encoder)
    assert opened.ask("when was the bridge opened?").quotes[0].text.endswith("1931 by the mayor.")


class Renamed(SentenceEncoder):
    """The same model under another name and fingerprint, as another model would have them."""

    def __init__(self, name: str, fingerprint: str) -> None:
        super().__init__()
        self.name, self.fingerprint = name, fingerprint


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("other", "made with the model sentence-transformers/all-MiniLM-L6-v2, not other"),
        (
            "sentence-transformers/all-MiniLM-L6-v2",
            "made with the model sentence-transformers/all-MiniLM-L6-v2 in another form",
        ),
    ],
)
def test_an_index_of_another_model_is_named_and_how_to_mend_it(
    tmp_path: Path, encoder: SentenceEncoder, name: str, why: str
) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=encoder)
    with pytest.raises(BrokenIndex, match=why) as refusal:
        Index.open(tmp_path / "idx", model=Renamed(name, "0" * 64))
    mend = f"quoth index {tmp_path / 'a.txt'} --index {tmp_path / 'idx'}"
    assert str(refusal.value).endswith(f"build it again: {mend}")


def test_further_passages_come_after_those_that_answer_and_change_nothing(
    first_use: FirstUse, encoder: SentenceEncoder
) -> None:
    index = Index.open(first_use.index, model=encoder)
    asked = "when was the 10% rule dropped?"
    plain, wider = index.ask(asked), index.ask(asked, further=5)
    assert (wider.quotes, wider.confidence, plain.further) == (plain.quotes, plain.confidence, ())
    places = [(q.source, q.span) for q in (*wider.quotes, *wider.further)]
    assert len(wider.further) == 5
    assert len(set(places)) == len(places)


def test_an_excerpt_has_no_blank_lines_at_its_ends(tmp_path: Path) -> None:
    text = "one\n\ntwo\n\n\nthree is here\r\n\n\nfour\n"
    (tmp_path / "a.txt").write_text(text, newline="")
    Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=Words())
    index = Index.open(tmp_path / "idx", model=Words())
    start = text.index("three")
    found = index.excerpt("a.txt", Span(start, start + 5), lines=2)
    assert (found.text, found.line_start, found.line_end) == ("three is here\r", 6, 6)
    found = index.excerpt("a.txt", Span(start, start + 5), lines=3)
    assert (found.text, found.line_start, found.line_end) == (
        "two\n\n\nthree is here\r\n\n\nfour",
        3,
        9,
    )
    assert text[found.span.start : found.span.end] == found.text


class Marks:
    """Reads that a name answers, wherever one stands."""

    def read(self, question: str, windows: Sequence[Window]) -> list[tuple[Read, ...]]:
        return [tuple(self._read(window, span) for span in window.sentences) for window in windows]

    def _read(self, window: Window, span: Span) -> Read:
        found = re.compile("Okafor|Lindqvist").search(window.text, span.start, span.end)
        assert found
        return Read(2.0, 2.0, Span(*found.span()), 0.9)


def test_documents_that_answer_with_the_same_words_speak_for_each_other(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    texts = [
        "The harbour race was won by Okafor.",
        "Okafor took the harbour race.",
        "The harbour race was won by Lindqvist.",
        "The harbour race was won by Okafor.",
    ]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text)
    Index.build([tmp_path], tmp_path / "idx", model=encoder)
    corpus = Index.open(tmp_path / "idx", model=encoder).corpus
    question = question_of("who won the harbour race?")
    (vector,) = encoder.encode([question.text])
    found = candidates(question, vector, hits(question, vector, corpus, 0.8), corpus)
    told = read(question, found, found.features[:, 0], corpus, Marks())
    agreed = told.features[np.argsort(told.sentences), FEATURES.index("agreed")]
    sure = 1 / (1 + exp(-2.0))
    # A copy is no second witness: 0 and 3 have only 1 beside them, which has them both.
    assert agreed.tolist() == pytest.approx([log1p(sure), log1p(2 * sure), 0.0, log1p(sure)])


def test_of_long_lines_an_excerpt_shows_what_is_near_and_counts_the_rest(tmp_path: Path) -> None:
    words = " ".join(f"word{n:04}" for n in range(1000))
    text = f"first line\n{words}\nThe moon is round.\n{words}\nlast line\n"
    (tmp_path / "a.txt").write_text(text)
    Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=Words())
    index = Index.open(tmp_path / "idx", model=Words())
    at = Span(text.index("The moon"), text.index("round.") + len("round."))
    found = index.excerpt("a.txt", at, lines=3)
    assert text[found.span.start : found.span.end] == found.text
    assert (found.quoted, found.line_start, found.line_end) == (at, 2, 4)
    assert found.text.startswith("word0834 ")  # 1,500 before the quote is within word0833
    assert found.text.endswith(" word0165")
    left = text.index("word0834"), len(text) - 1 - found.span.end
    assert found.cut == left


def test_an_excerpt_of_a_line_without_white_space_is_cut_where_it_must(tmp_path: Path) -> None:
    text = f"{'月' * 5000}。The moon is round.{'月' * 5000}"
    (tmp_path / "a.txt").write_text(text)
    Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=Words())
    index = Index.open(tmp_path / "idx", model=Words())
    found = index.excerpt("a.txt", Span(5001, 5019), lines=3)
    assert (found.span, found.cut) == (Span(3501, 6519), (3501, 3500))
    assert (found.line_start, found.line_end) == (1, 1)
    assert text[found.span.start : found.span.end] == found.text


FIRE = (
    "Two people died in the fire at the depot.\n\nThe fire at the mill broke out on 3 May 2021.\n\n"
    "The next meeting of the board is on 9 June 2021."
)


@pytest.mark.parametrize(
    ("reading", "used"),
    [
        (
            Reading("how many of them died?", "fire at the depot", Reading("is there a zebra?")),
            "how many of them died? (fire at the depot)",
        ),
        (
            Reading("what of the zebra?", otherwise=Reading("how many died in the fire?")),
            "how many died in the fire?",
        ),
        (
            Reading("when is the next meeting?", otherwise=Reading("when?", "fire at the mill")),
            "when is the next meeting?",
        ),
    ],
)
def test_of_two_readings_the_surer_is_used_and_told(ask: Ask, reading: Reading, used: str) -> None:
    answer = ask(reading, fire=FIRE)
    assert answer.answered
    assert answer.question == str(answer.reading) == used


def test_a_refusal_shows_sentences_and_no_heading_or_date_line_where_there_are_any(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    (tmp_path / "docs").mkdir()
    rules = "# Rules\n\nDate: 2020-01-28\n\nThe board dropped the 10% rule. It met in Ulm.\n"
    (tmp_path / "docs" / "rules.md").write_text(rules)
    (tmp_path / "docs" / "budget.md").write_text("# Budget\n\n- Travel: 500 euro\n\n28 May 2021\n")
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    index = Index.open(tmp_path / "idx", model=encoder)
    answer = index.ask("who signs the rules of the budget, and on which date?", further=9)
    assert not answer.answered
    shown = [quote.text for quote in (*answer.near, *answer.further)]
    assert sorted(shown) == ["The board dropped the 10% rule. It met in Ulm.", "Travel: 500 euro"]
    (tmp_path / "docs" / "rules.md").write_text("# Rules\n")
    (tmp_path / "docs" / "budget.md").unlink()
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    near = Index.open(tmp_path / "idx", model=encoder).ask("who signs the rules?").near
    assert [quote.text for quote in near] == ["Rules"]
