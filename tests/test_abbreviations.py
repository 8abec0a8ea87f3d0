"""Abbreviations that a text explains, and what stands for them."""

import pytest

from index.words.abbreviations import Abbreviations, affected, explained, unequivocal

CENTRE = "National Centre for Water Safety"
KNOWN = Abbreviations({"NCWS": CENTRE, "PFT": "Port Fund Trust"})


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The National Centre for Water Safety (NCWS) met.", [("NCWS", CENTRE)]),
        ("The NCWS (National  Centre for Water Safety) met.", [("NCWS", CENTRE)]),
        ("The National Centre for\nWater Safety (NCWS) met.", [("NCWS", CENTRE)]),
        ("Ships of the Port Fund Trust (PFTs) left.", [("PFT", "Port Fund Trust")]),
        ("the port fund trust (PFT)", [("PFT", "port fund trust")]),
        ("Port of Hull Trust (PHT)", [("PHT", "Port of Hull Trust")]),
        ("the Bank of England (BOE)", [("BOE", "Bank of England")]),
        ("the Arts & Humanities Council (AHC)", [("AHC", "Arts & Humanities Council")]),
        (
            "the Anglo-Irish Union's Board (AUB)",
            [("AUB", "Anglo-Irish Union's Board")],
        ),
        (f"{'word ' * 60}the Port Fund Trust (PFT)", [("PFT", "Port Fund Trust")]),
    ],
)
def test_what_is_short_for_what_is_told_beside_it(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(explained(text)) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "the National Water Centre (NCWS)",  # other initials
        "the Centre for Water Safety (NCWS)",  # one letter has no word
        "Port Fund Trust (FTPFT)",  # two letters more than words
        "the Port Trust (PT)",  # too short to be sure
        "A Very Big And Clear Dull Early Fine Goal (AVBACDEFG)",  # too long
        "the fund and Drug Administration (ADA)",  # it would begin with a small word
        "the Port Where There (PWT)",  # one word of it tells anything
        "the 5th Port Fund (5PF) and the Port 5th Fund (PFF)",
        'the "Port Fund Trust (PFT)',
        "PFT (the Port Fund Trust)",  # more than it is short for
        "PFT (see Port Fund Trust, page 5)",
        "the Port Fund Trust(PFT)",
        "Port. Fund. Trust. (PFT)",
    ],
)
def test_what_is_not_told_for_sure_stands_for_nothing(text: str) -> None:
    assert list(explained(text)) == []


def test_what_is_short_for_two_things_stands_for_neither_but_two_forms_are_one_thing() -> None:
    pairs = [
        *(("PFT", "Port Fund Trust"), ("AHC", "Arts Council"), ("PFT", "Pier Food Trust")),
        ("AHC", "the arts councils"),
    ]
    assert unequivocal(pairs) == {"AHC": "Arts Council"}
    assert list(unequivocal([("PFT", "Port Fund Trust"), *pairs[1:2]])) == ["AHC", "PFT"]


def test_a_text_has_the_tokens_of_both_forms_after_its_own() -> None:
    long = ["nation", "centr", "water", "safeti"]
    assert KNOWN.tokens("The NCWS met.") == ["the", "ncws", "meet", *long]
    assert KNOWN.tokens("The NCWS met at the centre.")[-3:] == ["nation", "water", "safeti"]
    full = KNOWN.tokens(f"{CENTRE} met.")
    assert full == ["nation", "centr", "for", "water", "safeti", "meet", "ncws"]
    assert KNOWN.tokens(f"{CENTRE} (NCWS)").count("ncws") == 1


def test_a_part_of_the_long_form_and_the_word_in_small_letters_stand_for_nothing() -> None:
    assert KNOWN.tokens("the national water centre") == ["the", "nation", "water", "centr"]
    assert KNOWN.tokens("the ncws")[-1] == "ncws"


def test_a_question_is_spelled_out() -> None:
    assert KNOWN.spelled("did the NCWS and the PFT sue the SAGE?") == (
        f"did the {CENTRE} and the Port Fund Trust sue the SAGE?"
    )


def test_the_terms_of_texts_to_be_read_anew_are_those_of_what_is_explained_otherwise() -> None:
    former = {"NCWS": CENTRE, "PFT": "Port Fund Trust"}
    now = {"NCWS": CENTRE, "PFT": "Pier Food Trust", "AHC": "Arts Council"}
    assert affected(former, now) == {"pft", "port", "pier", "ahc", "art"}
    assert affected(former, former) == set()
