"""An answer as Discord messages: what Discord would show of them is what the documents say.

`shown` is a small model of how Discord reads Markdown. Its rules are those of simple-markdown, on
which Discord's client is built, with what Discord adds to them; each is tried at each place in the
order in which Discord tries them. What a rule takes is no longer text, and shows as its name.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.markdown import escape, packed
from bot.discord.render import (
    MOST_EVENTS,
    Message,
    asked_line,
    read_line,
    render,
    render_timeline,
    render_verdict,
)
from index import Answer, Event, Quote, Span, Timeline, Verdict, When

INLINE = {
    "shrug": r"¯\\_\(ツ\)_/¯",
    "escape": r"\\([^0-9A-Za-z\s])",
    "code block": r"```[\s\S]+?```",
    "code": r"(`+)[\s\S]*?[^`]\1(?!`)",
    "mention": r"<@[!&]?\d+>|<#\d+>|<id:\w+>|@(?:everyone|here)",
    "command": r"</[^:\n]+:\d+>",
    "emoji": r"<a?:\w+:\d+>|:[^\s:]+?(?:::skin-tone-\d)?:",
    "time": r"<t:-?\d+(?::[tTdDfFRsS])?>",
    "autolink": r"<[^: >]+:/?/?[^ >]+>|<[^ >]+@[^ >]+>|<\+?\d+>",
    "link": r"\[(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*\]\(\s*<?(?:\([^)]*\)|[^\s\\]|\\.)*?>?\s*\)",
    "url": r"(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s]",
    "invite": r"discord(?:(?:app)?\.com/invite|\.gg(?:/invite)?)/[\w-]{2,255}",
    "spoiler": r"\|\|[\s\S]+?\|\|",
    "bold": r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)",
    "underline": r"__(?:\\[\s\S]|[^\\])+?__(?!_)",
    "struck": r"~~[\s\S]+?~~(?!_)",
    "italic": r"\b_(?:__|\\[\s\S]|[^\\_])+?_\b"
    r"|\*(?=\S)(?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?\*(?!\*)",
}
RULES = {name: re.compile(pattern, re.ASCII) for name, pattern in INLINE.items()}
AT_LINE_START = re.compile(r" *(?:#{1,3} |-# |[*-] |[0-9]+\. |>|```)")
BOLD_ON, BOLD_OFF = "\ue000", "\ue001"


def inline(text: str) -> str:
    """What Discord shows of a text without lines of its own, bold between two private signs."""
    parts, at = [], 0
    while at < len(text):
        taken = next(((n, m) for n, rule in RULES.items() if (m := rule.match(text, at))), None)
        if taken is None:
            parts.append(text[at])
            at += 1
            continue
        name, match = taken
        bold = f"{BOLD_ON}{inline(match[1])}{BOLD_OFF}" if name == "bold" else f"⟦{name}⟧"
        parts.append(match[1] if name == "escape" else bold)
        at = match.end()
    return "".join(parts)


def block(text: str) -> str:
    """What Discord shows inside a block quote: lines that begin a list, a heading... do so."""
    for line in text.split("\n"):
        assert not AT_LINE_START.match(line), line
    return inline(text)


def shown(messages: tuple[Message, ...]) -> list[str]:
    """The block quotes that Discord shows, in order; those that go on in the next part joined."""
    quotes, going_on = [], False
    for message in messages:
        content = message.content.strip()  # Discord strips what it is sent
        assert content == message.content
        for found in re.finditer(r"((?:^> .*\n)+)^-# (.*)$", content, re.MULTILINE):
            text = block(re.sub(r"^> ", "", found[1], flags=re.MULTILINE)[:-1])
            if going_on:
                quotes[-1] += text
            else:
                quotes.append(text)
            going_on = found[2].endswith(", goes on")
    assert not going_on
    return [text.replace(BOLD_OFF + BOLD_ON, "") for text in quotes]


def plain(text: str) -> str:
    return text.replace(BOLD_ON, "").replace(BOLD_OFF, "")


def lines(text: str) -> str:
    """Discord has one sign for the end of a line."""
    return re.sub(r"\r\n?", "\n", text)


def quote(text: str, *, bold: str = "", **fields: object) -> Quote:
    """A quote that starts at character 100 of line 9 of its document."""
    at = 100 + text.index(bold)
    made = Quote(
        text=text,
        source="000.txt",
        span=Span(100, 100 + len(text)),
        line_start=9,
        line_end=9 + text.count("\n"),
        highlight=(Span(at, at + len(bold)),) if bold else (),
        title=None,
        date="2020-01-28",
        sha256="0" * 64,
        score=0.9,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # the fields of a Quote, by name


def answer(*quotes: Quote, when: When | None = None, confidence: float = 0.93) -> Answer:
    return Answer("q", True, confidence, when, quotes, (), 11.2)


def refusal(*near: Quote) -> Answer:
    return Answer("q", False, 0.12, None, (), near, 11.2)


def contents(given: Answer) -> list[str]:
    return [message.content for message in render(given)]


def test_where_documents_differ_that_is_said_above_the_quotes() -> None:
    given = answer(quote("Now it is 10%."), quote("It is 25%."))
    assert "different answers" not in contents(given)[0]
    first, *rest = contents(replace(given, differ=True))[0].splitlines()
    assert first == "**The documents give different answers; the newest comes first.**"
    assert rest[0] == "> Now it is 10%."


def test_what_a_quote_stands_under_is_told() -> None:
    row = quote("Team\t25", under=("All", "Plans", "*For*\nus", "Team"), columns="Plan | *Seats*")
    assert contents(answer(row)) == [
        "-# Plan \\| \\*Seats\\*\n"
        "> Team\t25\n"
        "-# 000.txt, line 9 · Plans › \\*For\\* us › Team · 28 January 2020\n"
        "-# sure\\: 93%"
    ]


def test_an_answer_is_the_quote_its_place_its_date_and_how_sure() -> None:
    given = answer(quote("It pulled the\n10% rule.", bold="pulled the\n10%"), quote("So it did."))
    assert contents(given) == [
        "> It **pulled the**\n"
        "> **10%** rule.\n"
        "-# 000.txt, lines 9-10 · 28 January 2020\n"
        "> So it did.\n"
        "-# 000.txt, line 9 · 28 January 2020\n"
        "-# sure\\: 93%"
    ]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("my_notes/*v2*.md", r"my\_notes\/\*v2\*.md"),
        ("a\n# b <@1>.md", r"a\\n\# b \<\@1\>.md"),
        ("\u202egp.md", r"\\u202egp.md"),
    ],
)
def test_the_name_of_a_source_is_one_line_of_text_and_pings_nobody(
    source: str, written: str
) -> None:
    (shown,) = contents(answer(quote("It met.", source=source)))
    assert shown.splitlines()[1] == f"-# {written}, line 9 · 28 January 2020"


@pytest.mark.parametrize(
    ("confidence", "line"),
    [
        (0.9, "-# sure\\: 90%"),
        (0.7, "-# fairly sure\\: 70%"),
        (0.5, "-# more likely than not\\: 50%"),
        (0.49, "-# not sure\\: 49%"),
        (0.0, "-# not sure\\: 0%"),
    ],
)
def test_how_sure_an_answer_is_is_told_in_words(confidence: float, line: str) -> None:
    assert contents(answer(quote("Yes."), confidence=confidence))[0].splitlines()[-1] == line


def test_what_was_asked_and_read_is_one_line_of_text() -> None:
    assert asked_line("who  said *so*?") == "-# asked\\: who said \\*so\\*?"
    assert read_line("who said <@1>?") == "-# read as\\: who said \\<\\@1\\>?"


def test_a_date_that_does_not_fit_above_a_long_quote_stands_in_the_message_before() -> None:
    event = Event(quote("x" * 5000), When("2019-07-07", "relative", "Sunday"))
    messages = render_timeline(Timeline("q", True, 0.93, (event,), ()))
    assert messages[0].content == (
        '**Oldest first**\n**7 July 2019**, worked out from "Sunday" and the document\'s date'
    )
    assert max(units(message.content) for message in messages) <= 2000


def test_a_quote_of_a_dated_section_has_its_date() -> None:
    (shown,) = contents(answer(quote("It met.", section="2019-07-09")))
    assert "\n-# 000.txt, line 9 · section of 9 July 2019\n" in shown


@pytest.mark.parametrize("pieces", [2, MOST_EVENTS])
def test_a_timeline_begins_each_line_with_its_date_and_says_where_it_shows_the_best_of_many(
    pieces: int,
) -> None:
    events = (
        Event(quote("It met."), When("2019-05", "document", "May 2019")),
        Event(quote("It rose."), When("2019-06-02", "document", "2 June", above=True)),
        *(Event(quote("It fell."), When("2019-07", "stated", "July 2019")),) * (pieces - 2),
    )
    (message,) = render_timeline(Timeline("what?", True, 0.9, events, ()))
    head, *lines = message.content.splitlines()
    best = ", the 10 that answer best; `after` and `before` show others"
    assert head == f"**Oldest first**{best if pieces == 10 else ''}"
    assert [line for line in lines if line[:2] not in ("> ", "-#")] == [
        "**May 2019**, the date of the document",
        "**2 June 2019**, the date above it",
        *["**July 2019**, as the passage states"] * (pieces - 2),
    ]


def test_a_long_sentence_that_nothing_comes_close_to_is_not_repeated_whole() -> None:
    (message,) = render_verdict(Verdict("x" * 4000, (), (), ()))
    assert message.content.splitlines() == [
        "**Not in the documents**, and nothing that comes close\\:",
        f"> {'x' * 499}…",
        "-# as you wrote it",
    ]


def test_where_there_is_no_document_that_is_said() -> None:
    nothing = replace(refusal(), confidence=0.0)
    assert contents(nothing) == ["**There is no document to answer from.**"]


def test_a_refusal_says_so_and_marks_each_passage_as_not_an_answer() -> None:
    assert contents(refusal(quote("It met.", bold="met", date=None))) == [
        "**The documents do not answer this.** Chance that they do\\: 12%.\n"
        "Closest passages, not an answer:\n"
        "> It met.\n"
        "-# not an answer · 000.txt, line 9 · undated"
    ]
    assert contents(refusal()) == [
        "**The documents do not answer this.** Chance that they do\\: 12%."
    ]


@pytest.mark.parametrize(
    ("when", "line"),
    [
        (When("2019-05", "stated", "May 2019"), "**May 2019**, as the passage states"),
        (
            When("2019-07-07", "relative", "*Sunday*"),
            '**7 July 2019**, worked out from "\\*Sunday\\*" and the document\'s date',
        ),
        (
            When("2020-01-28", "document", "date 2020-01-28"),
            "reported on **28 January 2020**, the document's own date; the passage states none",
        ),
        (
            When("2019-05-12", "document", "12 May 2019", above=True),
            "reported on **12 May 2019**, the date above the passage, which states none",
        ),
    ],
)
def test_a_when_is_a_date_in_words_and_where_it_comes_from(when: When, line: str) -> None:
    assert contents(answer(quote("Yes."), when=when))[0].startswith(f"{line}\n> Yes.\n")


def test_a_date_that_was_asked_for_and_is_not_there_is_said_to_be_missing() -> None:
    given = replace(answer(quote("Yes.", date=None)), question="when was it?")
    line = "no date\\: neither the passage nor its document gives one"
    assert contents(given)[0].startswith(f"{line}\n> Yes.\n")
    dated = replace(answer(quote("Yes.")), question="when may it be?")
    assert contents(dated)[0].startswith("no date\\: the passage states none\n> Yes.\n")


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


def units(text: str) -> int:
    """Its length as Discord may count it: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


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
