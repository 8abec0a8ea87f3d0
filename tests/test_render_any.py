"""Any text as Discord messages: what Discord would show of them is what the documents say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import answer, quote, refusal
from shown import BOLD_OFF, BOLD_ON, block, contents, inline, lines, plain, shown, units

from bot.discord.markdown import escape, packed
from bot.discord.render import render
from index import Answer, Quote, Span, When


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"a\b *c* _d_ ~~e~~ ||f|| `g`", r"a\\b \*c\* \_d\_ \~\~e\~\~ \|\|f\|\| \`g\`"),
        ("# Title\n## Two\n-# small", "\\# Title\n\\#\\# Two\n-\\# small"),
        ("- a\n* b\n+ c\n1. d\n  23. e", "\\- a\n\\* b\n\\+ c\n1\\. d\n  23\\. e"),
        ("in 1999. A 2.5-fold co-op", "in 1999\\. A 2.5-fold co-op"),
        ("@everyone <@1> <@&2> <#3>", r"\@everyone \<\@1\> \<\@&2\> \<\#3\>"),
        ("<a:b:4> :smile: </ask:5> <t:6:R>", r"\<a\:b\:4\> \:smile\: \<\/ask\:5\> \<t\:6\:R\>"),
        ("[x](https://a.b/c_d)", r"\[x\](https\:\/\/a.b\/c\_d)"),
        ("> q\n>>> r\n```py\nx\n```", "\\> q\n\\>\\>\\> r\n\\`\\`\\`py\nx\n\\`\\`\\`"),
        ("discord.gg/abc ¯\\_(ツ)_/¯", r"discord.gg\/abc ¯\\\_(ツ)\_\/¯"),
        ("plain (text), 5% & “more” — é日👩‍👩‍👧\u200b\u200f", None),
    ],
)
def test_what_discord_would_obey_is_escaped_and_nothing_else(
    text: str, written: str | None
) -> None:
    assert escape(text) == (written or text)
    assert shown(render(answer(quote(text)))) == [text]


def test_the_model_sees_what_is_not_escaped() -> None:
    """Else the tests here would hold for any renderer."""
    raw = "*a* _b_ __c__ ~~d~~ ||e|| `f` @here <@1> :x: https://a.b [a](b) <t:1> **g** ¯\\_(ツ)_/¯"
    names = "italic italic underline struck spoiler code mention mention emoji url link time"
    wanted = " ".join(f"⟦{name}⟧" for name in names.split()) + f" {BOLD_ON}g{BOLD_OFF} ⟦shrug⟧"
    assert inline(raw) == wanted
    for line in ("# a", "- a", "1. a", "-# a", "> a"):
        with pytest.raises(AssertionError):
            block(line)


HOSTILE = [
    "@everyone",
    "4,000: " + "`" * 4000,
    "](",
    "a\u200b\u202eb\u200f",
    "👩‍👩‍👧" * 400,
    "🎉" * 2000,
    "x" * 5000,
    "word " * 1200 + "end",
    "**bold** " * 300 + "|",
    "\\" * 1999,
    "a" + "\n" * 3000 + "b",
    "1. " * 900 + ".",
    "- " * 1000 + "-",
    "e\u0301" * 900,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("wrap", [answer, refusal])
def test_hostile_text_is_shown_whole_or_attached_whole(text: str, wrap: object) -> None:
    held(answer(quote(text, bold=text)) if wrap is answer else refusal(quote(text)))


def held(given: Answer) -> None:
    """Whatever the answer: it arrives whole, within the limits, and pings nobody."""
    messages = render(given)
    quotes = given.quotes or given.near
    assert 1 <= len(messages) <= 5
    for message in messages:
        assert 0 < units(message.content) <= 2000
        assert not re.search(r"(?<!\\)@(?:everyone|here)", message.content)
    if files := [file for message in messages for file in message.files]:
        assert [file.data.decode() for file in files] == [quote.text for quote in quotes]
    else:
        assert [plain(text) for text in shown(messages)] == [lines(quote.text) for quote in quotes]


SIGNS = [*r"\*_~|`>#-+.:<@[]()/!&1aé日👩 ", "\n", "\r\n", "\u200b", "\u202e", "\u0301"]
FORMS = ["@everyone", "<@1>", "<@&2>", "https://a.b", ":a:", "```", "](", "||", "1. ", "-# ", "# "]
others = st.characters(exclude_categories=["Cs", "Co"])
texts = st.lists(st.sampled_from(SIGNS + FORMS) | others).map("".join).map(str.strip).filter(bool)
long = st.tuples(texts, st.integers(1, 400)).map(lambda of: (of[0] + " ") * of[1] + of[0])


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """Any text, any part of it highlighted."""
    text = draw(texts | long)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return quote(text, highlight=(Span(100 + start, 100 + end),))


@given(st.lists(quotes(), min_size=1, max_size=3))
def test_any_text_is_shown_as_it_is(found: list[Quote]) -> None:
    held(answer(*found))
    held(refusal(*found))


@given(quotes())
def test_the_highlight_is_bold_and_nothing_else(found: Quote) -> None:
    (span,) = found.highlight
    wanted = found.text[span.start - 100 : span.end - 100]
    messages = render(answer(found))
    if not messages[0].files:
        bold = re.findall(f"{BOLD_ON}(.*?){BOLD_OFF}", shown(messages)[0], re.DOTALL)
        assert "".join("".join(bold).split()) == "".join(wanted.split())


def test_highlights_that_touch_are_one() -> None:
    given = answer(quote("abcd", highlight=(Span(100, 102), Span(102, 103))))
    assert contents(given)[0].startswith("> **abc**d\n")


def test_a_long_quote_is_split_after_sentences_and_says_that_it_goes_on() -> None:
    sentence = "It was founded in 1999. "
    first, second = contents(answer(quote(sentence * 100 + "End.")))
    place = "-# 000.txt, line 9 · 28 January 2020"
    assert first.endswith(f"in 1999\\. \n{place} · part 1 of 2, goes on")
    assert second.startswith("> It was founded")
    assert "· part 2 of 2\n-# sure" in second


def test_a_part_is_at_least_half_full_wherever_its_sentences_end() -> None:
    assert len(contents(answer(quote("So. " + "x" * 2500)))) == 2


def test_quotes_are_kept_whole_where_each_fits_a_message() -> None:
    assert len(contents(answer(quote("a" * 1500), quote("b" * 1500)))) == 2


def test_a_message_is_filled_to_2000_and_five_messages_are_sent_before_any_file() -> None:
    assert packed(["a" * 1000, "b" * 999]) == [f"{'a' * 1000}\n{'b' * 999}"]
    assert packed(["a" * 1000, "b" * 1000]) == ["a" * 1000, "b" * 1000]
    five, six = ("abcde", "abcdef")
    assert len(contents(answer(*(quote(letter * 1500) for letter in five)))) == 5
    (message,) = render(answer(*(quote(letter * 1500) for letter in six)))
    assert len(message.files) == 6


def test_what_no_five_messages_hold_is_attached_to_the_letter() -> None:
    text = "a\r\n@everyone " * 2000 + "."
    (message,) = render(answer(quote(text), quote("Short.")))
    assert [(file.name, file.data) for file in message.files] == [
        ("quote-1.txt", text.encode()),
        ("quote-2.txt", b"Short."),
    ]
    assert message.content == (
        "Too long for messages, so attached word for word:\n"
        "-# 000.txt, lines 9-2009 · 28 January 2020 · quote-1.txt\n"
        "-# 000.txt, line 9 · 28 January 2020 · quote-2.txt\n"
        "-# sure\\: 93%"
    )


def test_the_longest_names_and_dates_still_fit() -> None:
    name = "[" * 4000
    when = When("2019-07-07", "relative", "[" * 4000)
    given = answer(*(quote("*" * 9000, source=name) for _ in range(3)), when=when)
    (message,) = render(given)
    assert units(message.content) <= 2000
    assert len(message.files) == 3
