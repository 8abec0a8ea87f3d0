"""The sources of an index: their names, their bytes, and what stands around a place in them."""

from hashlib import sha256
from pathlib import Path

import pytest
from conftest import MINUTES
from world import Words

from index import Index, Span


def test_sources_are_found_by_a_part_of_their_name_or_title(minutes: Index) -> None:
    assert minutes.names("N") == ("new.txt", "notes.txt", "old.txt")
    assert minutes.names("report") == ("year.txt",)
    assert minutes.names("", limit=2) == ("new.txt", "notes.txt")
    assert minutes.names("zebra") == ()


def test_names_that_begin_with_what_is_typed_come_first_then_those_that_hold_it_then_its_words(
    tmp_path: Path,
) -> None:
    for name in ("Budget of Zoë", "Old Zoë budget", "Zoë budget", "Zoë"):
        (tmp_path / f"{name}.txt").write_text("It rains.")
    Index.build([tmp_path], tmp_path / "idx", model=Words())
    index = Index.open(tmp_path / "idx", model=Words())
    beginning = ("Zoë budget.txt", "Old Zoë budget.txt", "Budget of Zoë.txt")
    assert index.names("ZOE BUDGET") == beginning
    assert index.names("zoe budget", limit=2) == beginning[:2]
    assert index.names("zoe bud of") == ("Budget of Zoë.txt",)


@pytest.mark.parametrize("typed", ["lodz", "LODZ", "łodz", "Łódź", "soren", "aero", "ærø"])
def test_names_are_found_by_who_has_no_key_for_their_letters(tmp_path: Path, typed: str) -> None:
    (tmp_path / "Łódź, Søren on Ærø.txt").write_text("It rains.")
    Index.build([tmp_path], tmp_path / "idx", model=Words())
    index = Index.open(tmp_path / "idx", model=Words())
    assert index.names(typed) == ("Łódź, Søren on Ærø.txt",)


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


def test_a_source_is_known_by_its_bytes_and_its_state(own_minutes: Index, tmp_path: Path) -> None:
    raw = MINUTES["old"].encode()
    assert own_minutes.raw("old.txt") == raw
    assert own_minutes.sha256("old.txt") == sha256(raw).hexdigest()
    assert own_minutes.sha256("gone.txt") is None
    assert own_minutes.state("old.txt") == "current"
    (tmp_path / "docs" / "old.txt").write_text("Other minutes.")
    (tmp_path / "docs" / "new.txt").unlink()
    assert (own_minutes.state("old.txt"), own_minutes.state("new.txt")) == ("changed", "gone")
    (tmp_path / "docs" / "new.txt").symlink_to("new.txt")
    assert own_minutes.state("new.txt") == "unreadable"
    assert [(s.id, s.bytes) for s in own_minutes.sources()][1:3] == [
        ("notes.txt", 67),
        ("old.txt", 74),
    ]
    assert own_minutes.ids() == ("new.txt", "notes.txt", "old.txt", "talk.txt", "year.txt")
    assert own_minutes.source("old.txt") == own_minutes.sources()[2]
    with pytest.raises(KeyError):
        own_minutes.source("gone.txt")


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
