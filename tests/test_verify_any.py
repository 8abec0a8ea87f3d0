"""Of any text, what is there is found at its place, and what is not there nowhere."""

from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from verified import indexed

from index import Span

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
        index = indexed(Path(folder), {f"{n}.txt": text for n, (text, _) in enumerate(made)})
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
        verdict = indexed(Path(folder), {"a.txt": text}).verify(sentence)
    assert verdict.places == ()
    assert all(0 <= s.start < s.end <= len(sentence) for s in verdict.differs)
    for quote in verdict.closest:
        edges = [quote.span.start, *(e for h in quote.highlight for e in (h.start, h.end))]
        assert edges == sorted(edges)
        assert edges[-1] <= quote.span.end
