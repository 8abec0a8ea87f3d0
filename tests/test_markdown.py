"""What a person wrote, in words: nothing of Discord's own markup is looked for in documents."""

import pytest

from bot.discord.markdown import said, seen, short, without_links

ADA, BOB = "<@123456789012345678>", "<@!223456789012345678>"
CALLED = {123456789012345678: "Ada", 223456789012345678: "Bob", 3: "general", 4: "Finance"}


def words(content: str) -> str:
    return said(content, lambda id: CALLED.get(id, ""))


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (f"when did {ADA} drop it?", "when did Ada drop it?"),
        (f"is {BOB} of <@&4> in <#3>?", "is Bob of Finance in general?"),
        ("who told <@9> and <#8> it?", "who told and it?"),
        ("dropped <:tada:123456789012345678>, was it?", "dropped, was it?"),
        ("who<a:wave:123456789012345678>signed?", "who signed?"),
        ("what of <t:1580169600:D>?", "what of?"),
        ("what does </ask:5> do in <id:guide>?", "what does do in?"),
        ("so https://discord.com/channels/1/2/3 says?", "so says?"),
        ("is it 5 < 6 <@ 7 <x> or <t>?", "is it 5 < 6 <@ 7 <x> or <t>?"),
    ],
)
def test_what_is_mentioned_has_its_name_and_what_has_none_is_left_out(
    content: str, read: str
) -> None:
    assert words(content) == read


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (f"{ADA} who signed?", "who signed?"),
        (f"{ADA} {BOB}: who signed?", "who signed?"),
        (f"{ADA}\nthe board signed", "the board signed"),
        (f"{ADA} The board signed.", "The board signed."),
        (f"who signed, {ADA}?", "who signed?"),
        (f"who signed? cc {ADA} {BOB}", "who signed?"),
        (f"{ADA} signed what?", "Ada signed what?"),
        (f"who leads {ADA}?", "who leads Ada?"),
        (f"is {ADA}, of late, with {BOB}?", "is Ada, of late, with Bob?"),
    ],
)
def test_who_is_only_spoken_to_is_no_part_of_it(content: str, read: str) -> None:
    assert words(content) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("who signed? https://a.b/2020/c_d?e=1#5", "who signed?"),
        ("<http://a.b> who signed? See: https://c.d", "who signed? See: https://c.d"),
        ("who signed?  https://a.b.", "who signed?"),
        ("https://a.b\nis it true? (https://c.d) https://e.f", "is it true?"),
        ("who signed?\nhttps://a.b\nand when?", "who signed?\nand when?"),
        ("Who signed? https://a.b Thanks!", "Who signed? Thanks!"),
        ("what is the fee (https://a.b/2023)?", "what is the fee?"),
        ("re: https://a.b who approved it?", "who approved it?"),
        ("According to https://a.b, what is the fee?", "what is the fee?"),
        ("https://a.b can we park here?", "can we park here?"),
        ("https://a.b until when is it open?", "until when is it open?"),
        ("who hosts https://a.b?", None),
        ("who hosts <https://a.b/c> and https://d.e now?", None),
        ("https://a.b is hosted by whom?", None),
        ("It broke. https://a.b is down since when?", None),
        ("is http:// a scheme?", None),
    ],
)
def test_a_web_address_beside_a_question_is_no_part_of_it_and_one_within_is(
    text: str, read: str | None
) -> None:
    assert without_links(text) == (read or text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"what is at C:\.cache and \\nas\_new?", None),
        (r"what does `\d+\.` match, and \*?", r"what does \d+\. match, and \*?"),
        (
            "what is __name__ == '__main__' for, and __two words__?",
            "what is __name__ == '__main__' for, and two words?",
        ),
        ("# of employees?", None),
        ("> 5% who signed?", None),
        ("> # who signed?", "who signed?"),
        ("-# The board signed.", "The board signed."),
        ("> **when** was the `10%` _rule_ ~~dropped~~?", "when was the 10% rule dropped?"),
        ("is it 4*5 m or 3*6 m?", None),
        ("is 2**8 more?", None),
        ("what is the **H**igh Court?", "what is the High Court?"),
    ],
)
def test_of_what_is_typed_into_an_option_only_marks_around_words_go(
    typed: str, read: str | None
) -> None:
    assert seen(typed, typed=True) == (read or typed)


def test_what_is_too_long_is_cut_and_says_so() -> None:
    assert short("Berlin", 6) == "Berlin"
    assert short("Berlin", 5) == "Berl…"
