"""What the reader reads of a passage: what stands over it too."""

from collections.abc import Callable
from pathlib import Path

import pytest
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

    def made(text: str, *, when: bool = False) -> list[tuple[str, str]]:
        corpus = Index.open(build(text), model=Words()).corpus
        found = (window_of(n, corpus, when=when) for n in range(len(corpus.passages)))
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
