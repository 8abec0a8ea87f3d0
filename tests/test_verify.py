"""A sentence is found where it stands, in no other place, and not when a word of it is changed."""

from pathlib import Path

import pytest
from conftest import Verify
from verified import indexed, places

from index import BadQuestion, Verdict


def test_all_places_are_named_by_source_and_position(verify: Verify) -> None:
    verdict = verify("the fee is 5%", "the fee is 5%.", "So the fee is 5%; yes, the fee is 5%!")
    assert places(verdict) == [("a.txt", 0, 13), ("b.txt", 3, 16), ("b.txt", 23, 36)]
    assert (verdict.closest, verdict.differs) == ((), ())


def test_a_place_that_is_none_hides_no_other(verify: Verify) -> None:
    assert places(verify("0 to 0", "from 10 to 0 to 0")) == [("a.txt", 11, 17)]


def test_a_sentence_may_run_over_lines_and_sentences(verify: Verify) -> None:
    text = "It rains. The fee\n  is due. Pay\n\nnow, or never."
    assert places(verify("The fee is due. Pay now", text)) == [("a.txt", 10, 36)]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ('it\'s "new" - really', "it’s “new” — really"),
        ("it’s “new” – really", 'it\'s "new" -- really'),
        ("the  fee\tis due", "the fee\nis\u00a0due"),
        ("The fee is due", "Now the fee is due"),
        ("the fee is due.", "the fee is due, and paid"),
        ("the fee is due", "the fee is due."),
        ("the fee is due..", "the fee is due"),
        ('"The fee is due."', "The fee is due."),
        ("“Fee” it is", "now “fee” it is"),
        ("  \u202ethe fee\u200f is due\u202c ", "the fee is due"),
        ("the\x00fee is due", "the fee is due"),
        ("日本語", "これは日本語の規則"),
        ("👩‍👩‍👧 is here", "👩‍👩‍👧 is here"),
        ("snake_case is here", "_snake_case is here_"),
        ("it is ten per  cent of it", "it is ten per cent of it"),
        ("it is £ 5", "it is £\u00a05"),
        ("half a million came", "then half a million came"),
        ("in 2020", "in 2020 500 people came"),
        ("a million", "a million and more"),
        ("it is 10 000", "it is 10 000 of 20 000"),
        ("it grew 10", "it grew 10 to please 5% of us"),
        ("the U.S", "the U.S. team"),
        ("a+b", "then a+b"),
        ("naïve café", "na\u0131\u0308ve nai\u0308ve cafe\u0301"),
        ("E\u0301te\u0301 is here", "now été is here"),
        ("wait... then go", "wait… then go"),
        ("wait… then go", "wait... then go"),
    ],
)
def test_only_typography_white_space_a_first_capital_and_last_full_stops_may_differ(
    verify: Verify, sentence: str, text: str
) -> None:
    assert len(verify(sentence, text).places) == 1


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("the **fee** is due", "the fee is due"),
        ("5%", "it is 15%"),
        ("5%", "it is 0.5%"),
        ("5%", "it is -5%"),
        ("5%", "it is <5%"),
        ("5%", "it is 1–5%"),
        ("5%", "it is .5%"),
        ("5%", "it is ~5%"),
        ("5%", "it is ≥5%"),
        ("5 is here", "#5 is here"),
        ("10", "it is 10.5"),
        ("10", "it is $10"),
        ("10", "it is 10%"),
        ("10", "it is 10 %"),
        ("10", "it is 10 per cent"),
        ("it is ten", "it is ten per cent"),
        ("per cent of it", "10 per cent of it"),
        ("cent of it", "10 per cent of it"),
        ("$11", "it is $11 billion"),
        ("it is 11", "it is 11bn"),
        ("billion of it", "$11 billion of it"),
        ("000 people", "10,000 people"),
        ("10 people", "10\u200b5 people"),
        ("5 people", "10" + 25 * "\u200b" + "5 people"),
        ("$5 of it", "US$5 of it"),
        ("19 cases", "COVID-19 cases"),
        ("party rule", "third-party rule"),
        ("certain for now", "it is un-\ncertain for now"),
        ("it is un", "it is un-\n  certain for now"),
        ("certain for now", "it is un-\n" + 25 * " " + "certain for now"),
        ("it is un", "it is un-\n" + 25 * " " + "certain for now"),
        ("it is un-", "it is un-\ncertain for now"),
        ("official visit", "an un\u00ad\nofficial visit"),
        ("it is 1", "it is 1 000 000 euros"),
        ("it is 1 000", "it is 1 000 000 euros"),
        ("000 euros", "it is 1 000 000 euros"),
        ("it cost three million", "it cost three million five hundred pounds"),
        ("five hundred pounds", "it cost three million five hundred pounds"),
        ("it is one hundred", "it is one hundred and five pounds"),
        ("five pounds", "it is one hundred and five pounds"),
        ("it has twenty", "it has twenty five seats"),
        ("it grew 10", "it grew 10 to 15% in May"),
        ("it grew 10", "it grew 10 - 15 % in May"),
        ("it grew 10", "it grew 10 to 1,250,000 per cent"),
        ("the tax is 20", "the tax is 20 pence"),
        ("euros a day", "it is twenty euros a day"),
        ("it is two million", "it is two million euros"),
        ("use C", "use C++ code"),
        ("use C+", "use C++ code"),
        ("use C", "use C# code"),
        ("those aged 65", "those aged 65+ pay half"),
        ("it was 100", "it was 100°C"),
        ("it was 100°", "it was 100°C"),
        ("the U", "the U.S. team"),
        ("the U.", "the U.S. team"),
        ("S. team", "the U.S. team"),
        ("a pen", "a pencil"),
        ("sell to Huawei", "sell to Huawei’s rival"),
        ("do it", "don't do it’ll"),
        ("go to example", "go to example.com"),
        ("com is up", "example.com is up"),
        ("it is 10", "it is 10\u200b5"),
        ("here is 👩", "here is 👩‍👩‍👧"),
        ("it is nai", "it is nai\u0308ve"),
        ("Is HUAWEI", "is Huawei"),
        ("it is Fine", "it is fine"),
        ("it is fine", "it is not fine"),
        ("the fee is £900", "the fee is $900"),
        ("the fee, is due", "the fee is due"),
        ("some one", "someone"),
        ("5 'x'", '5 "x"'),
        ("it lasted an hour", "it lasted an hour and a half"),
        ("it lasted two", "it lasted two and a half years"),
        ("a half years", "it lasted two and a half years"),
        ("a million people", "half a million people"),
        ("million people", "half a million people"),
        ("an hour later", "a quarter of an hour later"),
        ("add 2", "add 2 ½ cups"),
        ("add 1", "add 1 1/2 cups"),
        ("1/2 cups", "add 1 1/2 cups"),
        ("the speed is 3", "the speed is 3 x 10^8"),
        ("the speed is 3 x 10", "the speed is 3 x 10^8"),
        ("8 is here", "3 x 10^8 is here"),
        ("it is 10", "it is 10**6 rows"),
        ("8,500 a month", "EUR 8,500 a month"),
        ("it costs 8,500", "it costs 8,500 EUR"),
        ("it costs 5m", "it costs 5m EUR"),
        ("call 020", "call 020 7946 0958 now"),
        ("0958 now", "call +44 (0)20 7946 0958 now"),
    ],
)
def test_nothing_else_may_and_no_place_cuts_a_word_or_an_amount(
    verify: Verify, sentence: str, text: str
) -> None:
    assert verify(sentence, text, "Another text.").places == ()


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("lorries may cross it", "No lorries may cross it."),
        ("cross it", "Do _not_ cross it."),
        ("every driver obeys", "Not every driver obeys."),
        ("inspected in 2019", "It was never inspected in 2019."),
        ("smoke here", "Please don’t smoke here."),
        ("lorries may cross", "We let *no* **lorries may cross** it."),
        ("lorries may cross it", "In winter no\r\n  lorries may cross it."),
        ("cats are", "Dogs are allowed; cats are not."),
        ("cats are", "Dogs are allowed; cats are\nnot."),
    ],
)
def test_no_place_leaves_out_a_negation_beside_it(verify: Verify, sentence: str, text: str) -> None:
    assert verify(sentence, text).places == ()


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("the fee is due", "Is it paid? No, the fee is due."),
        ("dogs are allowed", "No cats. Dogs are allowed. Not cats."),
        ("dogs: yes", "cats: no\ndogs: yes\nNot all is said."),
        ("not every driver obeys", "Not every driver obeys."),
        ("500 people came", "in 2020 500 people came"),
        ("a goal was shot", "In the second half a goal was shot."),
        ("10 files moved", "05-06-2024 10 files moved"),
        ("rows 10", "rows 10 x faster"),
        ("the fee is due", "the fee is due^1 in May"),
        ("12 May 2020", "page 3 · 12 May 2020"),
    ],
)
def test_a_negation_or_a_number_of_something_else_hides_no_place(
    verify: Verify, sentence: str, text: str
) -> None:
    assert len(verify(sentence, text).places) == 1


def test_of_two_full_stops_the_one_that_was_given_is_found(tmp_path: Path) -> None:
    (place,) = indexed(tmp_path, {"a.txt": "It left the U.S.. Then"}).verify("the U.S.").places
    assert place.text == "the U.S."


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("", "the sentence is empty"),
        (" \x00\u202e", "the sentence is empty"),
        ("?!…", "the sentence has no word or number in it"),
        ("🎉", "the sentence has no word or number in it"),
        ("x" * 4001, "the sentence has 4,001 characters; at most 4,000 can be verified"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(verify: Verify, sentence: str, why: str) -> None:
    with pytest.raises(BadQuestion, match=why):
        verify(sentence, "The fee is due.")


@pytest.mark.parametrize("texts", [(), ("",), ("?!",)])
def test_where_there_is_no_word_nothing_is_found(verify: Verify, texts: tuple[str, ...]) -> None:
    assert verify("a word", *texts) == Verdict("a word", (), (), ())
