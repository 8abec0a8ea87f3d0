"""Sentences that say the opposite of what is asked, and others."""

import pytest
from conftest import Ask, quoted

from index.answers.evidence import heard_of_numbered
from index.answers.turned import denied, heard_of_denied, opposed, refused
from index.words.lexical import tokens


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("who did not sign the lease?", "Anna and Ben signed the lease on Monday."),
        ("who didn’t sign the lease?", "Anna signed the lease."),
        ("which rooms cannot be booked?", "Rooms 2 and 3 can be booked at the desk."),
        ("what was never tested?", "The pump was tested twice."),
        ("which team has no budget?", "The kitchen has a budget of £400."),
    ],
)
def test_a_sentence_says_what_the_question_denies(question: str, sentence: str) -> None:
    assert denied(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("who signed the lease?", "Anna signed the lease."),
        ("who did not sign the lease?", "Only Ben did not sign the lease."),
        ("who did not sign the lease?", "All but Ben refused the lease."),
        ("which rooms cannot be booked?", "Nobody may have the attic."),
        ("why was the lease not signed?", "It was to be signed on Monday, when the office burnt."),
        ("what happens if I do not sign?", "Those who have to sign get a letter first."),
        ("what becomes of days I have not taken?", "Days are taken by March, or lapse."),
    ],
)
def test_a_sentence_that_does_not_say_what_the_question_denies(
    question: str, sentence: str
) -> None:
    assert not denied(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "refuses"),
    [
        ("who may open a ticket?", "Guests may not open tickets.", True),
        ("which plans include support?", "Silver doesn’t include any support.", True),
        ("who may open a ticket?", "Guests may not open the garage, only close it.", False),
        ("who may not open a ticket?", "Guests may not open tickets.", False),
        ("who may open a ticket?", "Guests may open tickets.", False),
        ("who may open a ticket?", "It is not the guests that open tickets, it is not Ann.", False),
        ("who may open a ticket?", "Guests may not see what members open.", False),
        ("where may I park?", "You may not park for more than two hours.", False),
        ("who may open a ticket?", "Nobody may not", False),
        ("what data does the app keep?", "The app does not keep any data.", False),
        ("what data does the app keep?", "The app does not keep data.", False),
        ("what data does the app keep?", "The app does not keep names.", True),
        ("which countries do you ship to?", "We do not ship outside Wales.", False),
    ],
)
def test_a_sentence_says_that_what_is_asked_for_is_not_so(
    question: str, sentence: str, refuses: bool
) -> None:
    assert refused(question, sentence) == refuses


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("when does the desk close?", "The desk opens at nine."),
        ("what is the minimum deposit?", "The maximum deposit is £500."),
        ("who rejected the plan?", "The council approved the plan in May."),
        ("who is eligible for a grant?", "Companies are ineligible for a grant."),
        ("which ports are unlocked?", "Ports 1 to 4 are locked."),
        ("what do visitors pay on a weekday?", "On the weekend visitors pay £9."),
    ],
)
def test_a_sentence_has_the_opposite_of_a_word_that_is_asked_about(
    question: str, sentence: str
) -> None:
    assert opposed(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("when does the desk close?", "The desk closes at five."),
        ("when does the desk close?", "It opens at nine and shuts at five."),
        ("what if the plan is not approved?", "Plans that are rejected may be sent in again."),
        ("is the door open?", "The door is never closed."),
        ("how much is lent to members?", "Members borrow up to £50."),
        ("what is to be done?", "Put it into the box."),
        ("who formed the choir?", "Inform the choir."),
    ],
)
def test_a_sentence_that_goes_with_a_question_says_no_opposite_of_it(
    question: str, sentence: str
) -> None:
    assert not opposed(question, sentence)


def test_a_question_about_the_opposite_is_not_answered(ask: Ask) -> None:
    text = "Anna Berg and Ben Frost signed the lease of the hall on Monday."
    assert not ask("who did not sign the lease of the hall?", lease=text).answered


def test_a_question_that_a_denial_answers_is(ask: Ask) -> None:
    text = "Of the board only Ben Frost did not sign the lease of the hall."
    answer = ask("who did not sign the lease of the hall?", lease=text)
    assert answer.answered
    assert "Ben Frost" in answer.quotes[0].text


def test_of_two_the_one_that_a_question_names_by_denying_is_quoted(ask: Ask) -> None:
    text = "Managers get a bonus after one year. Interns do not get a bonus."
    answer = ask("who does not get a bonus?", rules=text)
    assert answer.answered
    assert "Interns" in answer.quotes[0].text


def test_what_nobody_denied_is_not_answered_by_something_else(ask: Ask) -> None:
    text = "The board approved the budget on Monday. The travel plan was rejected."
    assert not ask("who did not approve the budget?", minutes=text).answered


def test_what_no_document_tells_of_is_not_answered_by_who_else_is_in_them(ask: Ask) -> None:
    text = "Anna Berg and Ben Frost signed the lease of the hall on Monday."
    assert not ask("who did not heckle at the lease of the hall?", lease=text).answered


@pytest.mark.parametrize("word", ["locked", "lock", "unlocked"])
def test_documents_tell_of_what_is_denied_by_its_word_or_an_opposite(word: str) -> None:
    assert heard_of_denied("which doors are not locked?", tokens(f"That door is {word}."))


def test_documents_that_have_no_word_for_what_is_denied_do_not_tell_of_it() -> None:
    assert not heard_of_denied("which doors are not locked?", tokens("That door is green."))
    assert heard_of_denied("which doors are locked?", tokens("That door is green."))


NUMBERED = {
    "changes": "# Changes\n\n## Version 4.2\n\n- Fixed a crash when the export was cancelled.\n",
    "errors": "Error E12 means that the tray is empty. Error E14 means that the lid is open.",
    "tickets": "Ticket 4711 was closed by Ines Falk, who replaced the fan on Monday.",
}


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        ("what was fixed in version 4.2?", "what was fixed in version 4.1?"),
        ("what was fixed in v4.2?", "what was fixed in v4.12?"),
        ("what does error E14 mean?", "what does error E13 mean?"),
        ("who closed ticket 4711?", "who closed ticket #4712?"),
    ],
)
def test_what_only_its_number_tells_from_others_is_not_answered_by_another(
    ask: Ask, known: str, unknown: str
) -> None:
    assert ask(known, **NUMBERED).answered
    assert not ask(unknown, **NUMBERED).answered


@pytest.mark.parametrize(
    ("question", "said", "heard"),
    [
        ("what is new in version 4.2?", "4.2.1 mends the export.", True),
        ("what is new in 4.2 or v4.2.0?", "Version 4.2", True),
        ("what is new in version 4.2?", "4.20 mends the export.", False),
        ("how do I order 12 chairs?", "Chairs are in the cellar.", True),
        ("what was in order #12?", "Order 11 was for chairs.", False),
        ("what does error 404 mean?", "Error 403 means that you may not.", False),
    ],
)
def test_documents_tell_of_a_thing_by_its_number(question: str, said: str, heard: bool) -> None:
    assert heard_of_numbered(question, tokens(said)) is heard


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("are drones allowed in the park?", "Drones are forbidden in the park."),
        ("is the car park public?", "The car park is private."),
        ("are helmets optional in the workshop?", "Helmets are mandatory in the workshop."),
    ],
)
def test_the_opposite_answers_yes_or_no(question: str, text: str, ask: Ask) -> None:
    answer = ask(question, rules=f"{text}\n\nThe gate is at the north side.\n")
    assert answer.answered
    assert quoted(answer)[0] == text


def test_what_denies_the_thing_asked_for_is_not_quoted_before_what_says_it(ask: Ask) -> None:
    text = "Guests may not open tickets.\n\nAdmins may open tickets by mail.\n"
    answer = ask("who may open a ticket?", help=text)
    assert quoted(answer)[0] == "Admins may open tickets by mail."


def test_below_the_very_question_what_it_does_not_hold_of_is_part_of_the_answer(ask: Ask) -> None:
    entry = (
        "**Which plans include phone support?**\nThe Gold plan and the Platinum plan. "
        "The Silver plan does not include phone support."
    )
    text = f"# Support\n\n{entry}\n\n**Is there an app?**\nNo.\n"
    assert quoted(ask("which plans include phone support?", **{"faq.md": text}))[0] == entry
