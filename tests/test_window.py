"""What the reader reads of a passage: what stands over it too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ask, quoted
from world import Words

from index import Index
from index.answers.window import window_of
from index.models.encode import SentenceEncoder

CHANGES = """\
# Changelog

All changes are told here.

## [1.2.0] - 2024-05-01

### Added

- Dark mode for the dashboard.

### Fixed

- Times in the log are now UTC.

## [1.1.0] - 2024-01-15

### Added

- Single sign-on.
"""


@pytest.fixture
def windows(build: Callable[[str], Path]) -> Callable[..., list[tuple[str, str]]]:
    """The title and the first line of the windows of a document."""

    def made(text: str, *, when: bool = False, asked: str = "") -> list[tuple[str, str]]:
        corpus = Index.open(build(text), model=Words()).corpus
        every = range(len(corpus.passages))
        found = (window_of(n, corpus, when=when, asked={asked}) for n in every)
        return [(window.title, window.text.partition("\n")[0]) for window in found]

    return made


def test_a_passage_is_read_under_the_headings_over_it(
    windows: Callable[..., list[tuple[str, str]]],
) -> None:
    assert windows(CHANGES) == [
        ("Changelog", "Changelog"),
        ("Changelog", "[1.2.0] - 2024-05-01"),
        ("Changelog\n[1.2.0] - 2024-05-01", "Added"),
        ("Changelog\n[1.2.0] - 2024-05-01", "Fixed"),
        ("Changelog", "[1.1.0] - 2024-01-15"),
        ("Changelog\n[1.1.0] - 2024-01-15", "Added"),
    ]


def test_who_asks_when_reads_a_version_and_its_day_as_a_row_of_a_table(
    windows: Callable[..., list[tuple[str, str]]],
) -> None:
    titles = [title for title, _ in windows(CHANGES, when=True)]
    assert titles[1] == titles[4] == "Changelog\nVersion | Released"
    assert titles[2] == "Changelog\n[1.2.0] - 2024-05-01"
    meeting = "# Log\n\n## Meeting of 3 May 2024\n\nWe met.\n\n## Plans for 2.0\n\nNone.\n"
    assert [title for title, _ in windows(meeting, when=True)] == ["Log", "Log", "Log"]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("when was 1.1.0 released?", "[1.1.0] - 2024-01-15"),
        ("what was added in 1.1.0?", "Single sign-on."),
        ("what was added in 1.2.0?", "Dark mode for the dashboard."),
    ],
)
def test_what_a_changelog_says_of_a_version_is_found_by_its_heading(
    tmp_path: Path, encoder: SentenceEncoder, question: str, quote: str
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "changes.md").write_text(CHANGES)
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    answer = Index.open(tmp_path / "idx", model=encoder).ask(question)
    assert answer.answered
    assert answer.quotes[0].text == quote


def test_what_stands_under_two_headings_is_closest_to_who_names_both(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "changes.md").write_text(CHANGES)
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    answer = Index.open(tmp_path / "idx", model=encoder).ask("what was fixed in 1.2.0?")
    assert (answer.quotes or answer.near)[0].text == "Times in the log are now UTC."


@pytest.mark.parametrize(
    ("dated", "asked", "told"),
    [
        ("date: 2022-04-01", "2022", ["April 2022"]),
        ("date: 2022", "2022", ["2022"]),
        ("date: 2022-04-01", "2024", []),
        ("date: 2022-04-01", "", []),
        ("draft: true", "2022", []),
        ("draft: true", "", []),
    ],
)
def test_to_who_asks_of_a_year_the_date_of_what_is_of_that_year_is_told(
    windows: Callable[..., list[tuple[str, str]]], dated: str, asked: str, told: list[str]
) -> None:
    text = f"---\n{dated}\ntitle: Travel\n---\n\nTrips are approved by the head of department.\n"
    assert windows(text, asked=asked)[-1][0].split("\n") == ["Travel", *told]


def test_what_a_document_of_a_year_says_was_so_in_that_year(ask: Ask) -> None:
    older = "---\ndate: 2022-04-01\n---\n# Travel policy\n\nTrips are approved by Anna Berg.\n"
    newer = older.replace("2022", "2024").replace("Anna Berg", "Ben Frost")
    policies = {"older.md": older, "newer.md": newer}
    assert "Anna Berg" in quoted(ask("who approved trips in 2022?", **policies))[0]
    assert "Ben Frost" in quoted(ask("who approved trips in 2024?", **policies))[0]
    assert not ask("who approved trips in 2023?", **policies).answered
