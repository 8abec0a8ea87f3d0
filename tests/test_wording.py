"""What a question finds that is written in another way: amounts, spelling, slips, abbreviations."""

import pytest
from conftest import RATES, Ask, IndexOf, quoted, shown


@pytest.mark.parametrize(
    ("token", "who"),
    [("5%", "guests"), ("15%", "members"), ("0.5%", "children"), ("50%", "groups")],
)
def test_a_percentage_finds_itself_and_no_other(ask: Ask, token: str, who: str) -> None:
    assert shown(ask(f"who pays a fee of {token}?", rates=RATES))[0] == (
        f"The fee for {who} is {token} of the price."
    )


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
    found = quoted(ask(f"which fund holds {amount}?", funds=FUNDS))[0]
    assert found.startswith(f"The fund for {what} holds")


def test_british_and_american_spelling_find_each_other(ask: Ask) -> None:
    text = "The center organizes its defense. The lake is deep. The hotel has a license."
    found = quoted(ask("what organises the defence of the centre?", a=text))
    assert found[0] == "The center organizes its defense."


OFFICES = (
    "The government opened the telecommunications office in Leeds.\n\n"
    "Ericsson repaired the antenna on the roof, at a cost of 17 kroner.\n\n"
    "Mr Hanson paid the harbour fee at Grimsby, and the port dues on Tuesday."
)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("what did the goverment open?", "what did the government open?"),
        ("what did Ericson's men repair?", "what did Ericsson's men repair?"),
        ("who is repairng the antenna?", "who is repairing the antenna?"),
        ("who repiared the antena?", "who repaired the antenna?"),
        ("who opened the telecomunication ofice?", "who opened the telecommunication office?"),
        ("where is the teleccommunicatons office?", "where is the telecommunications office?"),
        ("who paid the harbor fee?", "who paid the harbor fee?"),
        ("who paid at Grimbsy?", "who paid at Grimsby?"),
        ("who paid at Grimmsby?", "who paid at Grimsby?"),
        ("antena repair kroner", "antenna repair kroner"),
        ("was it repiared?", "was it repaired?"),
        ("who piad the port dues?", "who paid the port dues?"),
        ("whcih ofice is in Leeds?", "which office is in Leeds?"),
        ("Whta did Mr Hanson pay afyer that?", "What did Mr Hanson pay after that?"),
        ("what was paid on Tuesdey?", "what was paid on Tuesday?"),
        ("who paid forty kroger?", "who paid forty kroner?"),
        ("whorepaired the antenna?", "who repaired the antenna?"),
        ("Whichoffice is in Leeds?", "Which office is in Leeds?"),
        ("what did theoffice at Grimsby cost?", "what did the office at Grimsby cost?"),
        ("how manydues were paid?", "how many dues were paid?"),
        ("when were the portdues paid?", "when were the port dues paid?"),
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
        *("who paid at Gremsby?", "who paid at Grimsbyx?"),  # a name that the language has not
        *("who is on the rouf?", "who paid the purt dues?"),  # too short for another letter
        *("who bpaid?", "who paid Mr Harbourfee?", "who paid a feexat Leeds?"),
        *("was there an officerepair?", "was there a feeover in Leeds?"),
        *("who paid the harm?", "what did hansen pay?", "what does ofcom pay?"),
        *("wann wird antena Nummer zwei bezahlt?", "Wat kostet repaird in Grimbsy?"),
        "Quand Hansonn a payé",
    ],
)
def test_what_is_no_slip_is_read_as_it_is(ask: Ask, asked: str) -> None:
    assert ask(asked, offices=OFFICES).question == asked


@pytest.mark.parametrize(("times", "read"), [(5, "market"), (4, "markez")])
def test_of_two_words_that_may_be_meant_it_is_the_one_that_is_said_far_more_often(
    ask: Ask, times: int, read: str
) -> None:
    town = "\n\n".join(f"The market of town {n} is open." for n in range(3 * times))
    asked = ask("who opened the markez?", town=f"{town}\n\nThe marker of the town is red.")
    assert asked.question == f"who opened the {read}?"


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("WHO REPAIRED THE ANTENNA?", "who repaired the antenna?"),
        ("WHO REPIARED THE ANTENA?", "who repaired the antenna?"),
        ("WHAT DID MR HANSON PAY AT GRIMSBY?", "what did Mr Hanson pay at Grimsby?"),
        ("WAS IT £17M IN THE IBM-9 OF SOME PLANET?", "was it £17M in the IBM-9 of some planet?"),
        ("ERICSSON?", "ERICSSON?"),
    ],
)
def test_a_question_in_capitals_is_read_as_the_documents_would_write_it(
    ask: Ask, asked: str, read: str
) -> None:
    answer = ask(asked, offices=OFFICES)
    assert answer.question == read
    assert answer.answered == ("planet" not in read)


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
    assert quoted(ask(asked, **AGENCIES))[0] == AGENCIES[says]


def test_an_abbreviation_of_two_things_or_none_stands_for_nothing(index_of: IndexOf) -> None:
    corpus = index_of(**AGENCIES).corpus
    held = {corpus.text(n): corpus.tokens(n) for n in range(7)}
    assert "energi" not in held["The sage of Hull spoke."]
    assert "water" in held[AGENCIES["second"]]
    assert "ncws" in held[AGENCIES["third"]]
    assert corpus.bm25.holders("dmt").size == 1


def test_a_number_that_the_documents_do_not_have_is_refused(ask: Ask) -> None:
    assert not ask("who pays a fee of 17%?", rates=RATES).answered
