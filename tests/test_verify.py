"""A sentence is found where it stands, in no other place, and not when a word of it is changed."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from soon import soon

from index import BadQuestion, Index, Progress, Quote, Span, Verdict
from index.types import Vectors


class Flat:
    """An encoder to which all texts are the same: no vector is needed to verify."""

    name, fingerprint = "flat", "0" * 64

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return np.ones((len(texts), 1), np.float32)


Verify = Callable[..., Verdict]


def index_of(folder: Path, texts: dict[str, str]) -> Index:
    (folder / "docs").mkdir()
    for name, text in texts.items():
        (folder / "docs" / name).write_bytes(text.encode())
    Index.build([folder / "docs"], folder / "idx", model=Flat())
    return Index.open(folder / "idx", model=Flat())


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Verify a sentence against texts, which are a.txt, b.txt and so on."""

    def verified(sentence: str, *texts: str) -> Verdict:
        named = {f"{chr(97 + n)}.txt": text for n, text in enumerate(texts)}
        return index_of(tmp_path, named).verify(sentence)

    return verified


def places(verdict: Verdict) -> list[tuple[str, int, int]]:
    return [(quote.source, quote.span.start, quote.span.end) for quote in verdict.places]


def marked(quote: Quote) -> list[str]:
    return [
        quote.text[h.start - quote.span.start : h.end - quote.span.start] for h in quote.highlight
    ]


def differing(verdict: Verdict) -> list[str]:
    return [verdict.sentence[span.start : span.end] for span in verdict.differs]


# Where


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
def test_only_typography_white_space_a_first_capital_and_a_last_full_stop_may_differ(
    verify: Verify, sentence: str, text: str
) -> None:
    assert len(verify(sentence, text).places) == 1


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
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
    ],
)
def test_nothing_else_may_and_no_place_cuts_a_word_or_an_amount(
    verify: Verify, sentence: str, text: str
) -> None:
    assert verify(sentence, text, "Another text.").places == ()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("So **Chidi Eze** takes over.", "Chidi Eze** takes over"),
        ("So *Chidi* __Eze__ takes over.", "Chidi* __Eze__ takes over"),
        ("So ***Chidi** Eze* takes **over**.", "Chidi** Eze* takes **over"),
        ("So **Chidi *Eze*** takes over.", "Chidi *Eze*** takes over"),
        ("So *Chidi **Eze*** takes over.", "Chidi **Eze*** takes over"),
        ("So __Chidi _Eze___ takes over.", "Chidi _Eze___ takes over"),
        ("So ***Chidi Eze*** takes over.", "Chidi Eze*** takes over"),
        (
            "So **[Chidi Eze](people/chidi.md)** takes over.",
            "Chidi Eze](people/chidi.md)** takes over",
        ),
        ("So [Chidi\nEze](people/chidi.md) takes over.", "Chidi\nEze](people/chidi.md) takes over"),
        ("So **Chidi\n\nEze** takes over.", None),
        ("So *Chidi\r\n\r\nEze* takes over.", None),
        ("So \\*Chidi\\* Eze takes over.", None),
        ("**So Chidi _Eze_ takes over.**", "Chidi _Eze_ takes over"),
        ("So Chidi Eze `takes over`.", "Chidi Eze `takes over"),
        ("So [Chidi Eze](people/chidi.md) takes over.", "Chidi Eze](people/chidi.md) takes over"),
        ("So [**Chidi** Eze][1] takes over.", "Chidi** Eze][1] takes over"),
        ("So Chidi Eze[^1] takes over.", "Chidi Eze[^1] takes over"),
        ("> So Chidi Eze\n> takes over.", "Chidi Eze\n> takes over"),
        ("So Chidi Eze\\\ntakes over.", "Chidi Eze\\\ntakes over"),
        ("So Chidi Eze takes\\_over\\.", None),
        ("So Chi-\n  di Eze takes over.", "Chi-\n  di Eze takes over"),
        ("So **not** Chidi Eze takes it over.", None),
        ("So Chidi * Eze * takes over.", None),
        ("So ~~Chidi~~ Eze takes over.", None),
    ],
)
def test_marks_that_a_reader_does_not_see_hide_no_sentence(
    tmp_path: Path, text: str, quoted: str | None
) -> None:
    verdict = index_of(tmp_path, {"a.md": text}).verify("Chidi Eze takes over")
    assert [place.text for place in verdict.places] == ([quoted] if quoted else [])
    assert verdict.but_for_marks == bool(quoted)


def test_places_with_and_without_marks_are_all_named(tmp_path: Path) -> None:
    text = "The **fee** is due. The fee is due. `The` fee is due."
    verdict = index_of(tmp_path, {"a.md": text, "b.txt": text}).verify("The fee is due.")
    assert places(verdict) == [
        ("a.md", 0, 19),
        ("a.md", 20, 35),
        ("a.md", 37, 53),
        ("b.txt", 20, 35),
    ]
    assert verdict.but_for_marks


@pytest.mark.parametrize("sentence", ["snake_case_name is here", "The *fee* is due"])
def test_what_is_there_as_it_is_written_needs_no_marks_off(tmp_path: Path, sentence: str) -> None:
    verdict = index_of(tmp_path, {"a.md": f"{sentence}."}).verify(sentence)
    assert (len(verdict.places), verdict.but_for_marks) == (1, False)


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("The theft was reported by a", 0, 29),
        ("by a third-party firm", 25, 47),
        ("The theft was reported by a third-party firm", 0, 47),
    ],
)
def test_a_hyphen_at_a_line_end_parts_a_word_or_is_its_own(
    verify: Verify, sentence: str, start: int, end: int
) -> None:
    verdict = verify(sentence, "The theft was re-\nported by a third-\nparty firm.")
    assert places(verdict) == [("a.txt", start, end)]
    assert verdict.but_for_marks


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("The deal was disapproved", "The deal was dis\u00adapproved."),
        ("Re-elected it was", "Re\u00ad\nelected it was"),
        ("it is a non-binding rule", "it is a non‑\nbinding rule"),
    ],
)
def test_soft_hyphens_and_those_at_line_ends_are_not_seen_or_the_word_s_own(
    verify: Verify, sentence: str, text: str
) -> None:
    verdict = verify(sentence, text)
    assert len(verdict.places) == 1
    assert verdict.but_for_marks


@pytest.mark.parametrize("hostile", ["*a " * 30_000, "`" * 90_000, "[a](" * 20_000, "_*" * 40_000])
def test_marks_without_end_are_looked_through_in_time(tmp_path: Path, hostile: str) -> None:
    with soon():
        index = index_of(tmp_path, {"a.md": f"{hostile}\n\nThe **fee** is due."})
        verdict = index.verify("The fee is due")
    assert [place.text for place in verdict.places] == ["The **fee** is due"]


WORDS = st.sampled_from(
    [
        *("rule", "Pentagon", "pulled", "it", "a", "percentage", "snake_case", "example.com"),
        *("10%", "$11", "£900", "10.5", "1,000", "5G", "F-35", "COVID-19", "don't", "Trump’s"),
        *("été", "e\u0301te\u0301", "İstanbul", "ẞ", "日本語", "العربية", "हिन्दी", "\ufb01ne"),
        *("👩‍👩‍👧", "👍🏽", "“quoted”", "(aside),", "and;", "so:", "U.S.", "**bold**", "—", "(a)"),
        *("two", "ten", "million", "per", "cent", "the-end", "Ⅷ", "１０％", "x" * 70),
    ]
)
SPACES = st.sampled_from(
    [" ", " ", " ", "  ", "\t", "\u00a0", "\n", "\n\n", "\r\n", ".\n\n", "\n- "]
)
TEXTS = st.lists(st.tuples(WORDS, SPACES), min_size=1, max_size=30)


def text_of(words: list[tuple[str, str]]) -> tuple[str, list[Span]]:
    """The text, and where each of its words is."""
    starts = [0, *accumulate(len(word) + len(space) for word, space in words)]
    spans = [Span(at, at + len(word)) for at, (word, _) in zip(starts, words, strict=False)]
    return "".join(word + space for word, space in words), spans


def is_whole(text: str, span: Span) -> bool:
    """Whether neither end parts a number from its unit, as in "10 per cent", or from what goes on
    with it, as in "million ten" and "10.5 — 10%"."""
    return not any(
        left and right and (_has_unit(left[-1], right[0]) or _goes_on(left[-1], right))
        for left, right in (
            (text[: span.start].split(), text[span.start :].split()),
            (text[: span.end].split(), text[span.end :].split()),
        )
    )


def _has_unit(number: str, unit: str) -> bool:
    counts = number[-1].isdigit() or number in ("two", "ten", "per")
    return counts and unit.startswith(("million", "per", "cent"))


def _goes_on(number: str, after: list[str]) -> bool:
    ranges = number[-1].isdigit() and after[0] == "—" and after[1:2] == ["10%"]
    return ranges or (number == "million" and after[0].startswith(("two", "ten")))


def said(text: str) -> list[str]:
    """The words, where a dash may be another, and an accent encoded in another way."""
    return normalize("NFC", text).replace("—", "-").split()


def test_of_two_full_stops_the_one_that_was_given_is_found(tmp_path: Path) -> None:
    (place,) = index_of(tmp_path, {"a.txt": "It left the U.S.. Then"}).verify("the U.S.").places
    assert place.text == "the U.S."


@settings(deadline=None, max_examples=80)
@given(st.lists(TEXTS, min_size=1, max_size=3), st.data())
def test_any_run_of_whole_words_is_found_at_its_place(
    texts: list[list[tuple[str, str]]], data: st.DataObject
) -> None:
    made = [text_of(words) for words in texts]
    number = data.draw(st.integers(0, len(made) - 1))
    text, spans = made[number]
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    span = Span(spans[first].start, spans[last].end)
    sentence = text[span.start : span.end]
    assume(any(c.isalnum() for c in sentence) and is_whole(text, span))
    with TemporaryDirectory() as folder:
        index = index_of(Path(folder), {f"{n}.txt": text for n, (text, _) in enumerate(made)})
        found = index.verify(sentence).places
    assert all(said(quote.text) == said(sentence) for quote in found)
    # One that overlaps an earlier place is not named again: "a b a" in "a b a b a".
    assert any(
        q.source == f"{number}.txt" and q.span.start <= span.start < q.span.end for q in found
    )


CHANGES = [("rule", "changed"), ("it", "not"), ("rule", "Rule"), ("it", "ıt")]
CHANGES += [("10%", "11%"), ("£900", "£901")]


@settings(deadline=None, max_examples=50)
@given(TEXTS, SPACES, TEXTS, st.sampled_from(CHANGES))
def test_a_changed_word_or_number_is_found_nowhere(
    before: list[tuple[str, str]],
    space: str,
    after: list[tuple[str, str]],
    change: tuple[str, str],
) -> None:
    word, other = change
    before = [("it", " "), *before]  # the case of the very first letter may differ
    text, spans = text_of([*before, (word, space), *after])
    at = spans[len(before)]
    sentence = f"{text[: at.start]}{other}{text[at.end :]}"
    with TemporaryDirectory() as folder:
        verdict = index_of(Path(folder), {"a.txt": text}).verify(sentence)
    assert verdict.places == ()
    assert all(0 <= s.start < s.end <= len(sentence) for s in verdict.differs)
    for quote in verdict.closest:
        edges = [quote.span.start, *(e for h in quote.highlight for e in (h.start, h.end))]
        assert edges == sorted(edges)
        assert edges[-1] <= quote.span.end


# Or else


FEES = (
    "The fee for members is 15% of the price. The fee for guests, however, is not due in May.\n\n"
    "Ada Lovelace signed the lease in 2019."
)


@pytest.mark.parametrize(
    ("sentence", "closest", "own", "theirs"),
    [
        (
            "The fee for members is 5% of the price.",
            "The fee for members is 15% of the price.",
            ["5%"],
            ["15%"],
        ),
        (
            "the fee for guests, however, is due in May",
            "The fee for guests, however, is not due in May.",
            [],
            ["not"],
        ),
        (
            "Ada Byron signed the lease in 2019.",
            "Ada Lovelace signed the lease in 2019.",
            ["Byron"],
            ["Lovelace"],
        ),
        ("signed the lease in June 2019", "Ada Lovelace signed the lease in 2019.", ["June"], []),
        (
            "The fee for guests is not due.",
            "The fee for guests, however, is not due in May.",
            [],
            [", however,"],
        ),
        (
            "The fee for guests, however, is not due in May. Ada Byron signed the lease.",
            FEES[41:],
            ["Byron"],
            ["Lovelace"],
        ),
        (
            "signed the (lease)",
            "Ada Lovelace signed the lease in 2019.",
            ["(lease)"],
            ["lease in 2019"],
        ),
    ],
)
def test_the_closest_words_are_shown_with_what_differs(
    verify: Verify, sentence: str, closest: str, own: list[str], theirs: list[str]
) -> None:
    verdict = verify(sentence, FEES)
    assert verdict.places == ()
    first = verdict.closest[0]
    assert (first.text, differing(verdict), marked(first)) == (closest, own, theirs)


def test_of_several_that_are_close_none_overlaps_another_and_the_first_says_what_differs(
    verify: Verify,
) -> None:
    verdict = verify(
        "The fee for members is 5% of the whole price.",
        "The fee for members is 15% of the price. It is due in May.",
        "The fee for guests is 20% of the price.",
        "Members sing in the hall.",
    )
    assert [quote.text for quote in verdict.closest] == [
        "The fee for members is 15% of the price.",
        "The fee for guests is 20% of the price.",
    ]
    assert differing(verdict) == ["5%", "whole"]


@pytest.mark.parametrize(
    ("sentence", "text", "own", "theirs"),
    [
        ("ten per cent is still high", "20% is still high.", ["ten per cent"], ["20%"]),
        ("it cost two million pounds", "It cost 3 million pounds.", ["two million"], ["3 million"]),
        (
            "it cost two million euros",
            "It cost two hundred million euros.",
            ["two million"],
            ["two hundred million"],
        ),
        ("2p each in Leeds", "It costs 4.2p each in Leeds.", ["2p"], ["4.2p"]),
        (
            "the fire went out and was put out",
            "The fire went out ... and was put out.",
            [],
            ["..."],
        ),
    ],
)
def test_a_number_in_words_differs_with_its_unit_and_dots_together(
    verify: Verify, sentence: str, text: str, own: list[str], theirs: list[str]
) -> None:
    verdict = verify(sentence, text)
    assert (differing(verdict), marked(verdict.closest[0])) == (own, theirs)


@pytest.mark.parametrize(
    ("text", "sentence", "own", "theirs"),
    [
        (
            "*Never* pay in cash at the **main** gate.",
            "Always pay in cash at the main gate.",
            ["Always"],
            ["Never"],
        ),
        (
            "The limit is `MAX_ROWS=500` for now.",
            "The limit is MAX_ROWS=400 for now",
            ["400"],
            ["500"],
        ),
        (
            "Ask [the warden](staff.md#w) for a key.",
            "Ask the steward for a key.",
            ["steward"],
            ["warden"],
        ),
        ("**By: Chidi Eze.** Seen by *two* others.", "By: Chidi Ezeh.", ["Ezeh"], ["Eze"]),
        (
            "The **dark _green_** boat is for hire.",
            "The deep red boat is for hire.",
            ["deep red"],
            ["dark _green"],
        ),
        (
            "The theft of three bicycles was re-\nported by a firm.",
            "The theft of three bicycles was reported by a friend.",
            ["friend"],
            ["firm"],
        ),
        ("The *fee* is due.", "The *rent* is due.", ["rent"], ["fee"]),
    ],
)
def test_marks_that_a_reader_does_not_see_are_no_difference(
    tmp_path: Path, text: str, sentence: str, own: list[str], theirs: list[str]
) -> None:
    verdict = index_of(tmp_path, {"a.md": f"First things.\n\n{text}\n\nLast."}).verify(sentence)
    assert (differing(verdict), marked(verdict.closest[0])) == (own, theirs)


def test_one_word_of_three_is_not_close(verify: Verify) -> None:
    text = "Q. Where is the key?\nA. Behind Unit 4, under the mat."
    assert verify("The safe is behind the painting", text).closest == ()


def test_nothing_is_called_close_that_only_shares_small_words(verify: Verify) -> None:
    verdict = verify("The moon is made of the cheese.", FEES)
    assert (verdict.places, verdict.closest, verdict.differs) == ((), (), ())


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
        verify(sentence, FEES)


@pytest.mark.parametrize("texts", [(), ("",), ("?!",)])
def test_where_there_is_no_word_nothing_is_found(verify: Verify, texts: tuple[str, ...]) -> None:
    assert verify("a word", *texts) == Verdict("a word", (), (), ())
