"""The dates of sections."""

import pytest
from soon import soon

from index.documents.passages import split
from index.documents.sections import dates_above, day_of_row, paths
from index.types import Kind, Span


def dated(text: str, *, markdown: bool = False) -> dict[str, str | None]:
    """Each heading and the date under which what follows it stands."""
    sentences = split(text, markdown=markdown)
    headings = [s.span for s in sentences if s.kind is Kind.HEADING]
    others = [s.span for s in sentences if s.kind is not Kind.HEADING]
    ends = {s.span.start: s.span.end for s in sentences}
    return {
        text[start : ends[start]]: date.date if date else None
        for start, date in dates_above(text, headings, others)
        if start in ends
    }


@pytest.mark.parametrize(
    ("heading", "date"),
    [
        ("2.4.0 (12 May 2025)", "2025-05-12"),
        ("[1.2.0] - 2024-05-01", "2024-05-01"),
        ("[1.2.0] - 2024-05-01 [YANKED]", "2024-05-01"),
        ("[2.0.0](https://example.org/compare/v1...v2) (2025-05-12)", "2025-05-12"),
        ("v2.1, released on 3 March 2025", "2025-03-03"),
        ("Quoth 2.1: March 3, 2025", "2025-03-03"),
        ("Release notes 2.3, 4 June 2024", "2024-06-04"),
        ("Version 7, May 2024", "2024-05"),
        ("3 February 2025", "2025-02-03"),
        ("Monday, 3 February 2025, 19:30", "2025-02-03"),
        ("**3 February 2025**", "2025-02-03"),
        ("Meeting of 3 February 2025", "2025-02-03"),
        ("Minutes of the meeting held on 3 February 2025", "2025-02-03"),
        ("Parish council meeting, 3 February 2025", "2025-02-03"),
        ("Sprint 12: 3 February 2025", "2025-02-03"),
        ("Notes of the committee meeting on 3 February 2025", "2025-02-03"),
        ("Weekly notes, 3 February 2025", "2025-02-03"),
        ("Week of 3 February 2025", "2025-02-03"),
        ("pump-control 2.11.2 (8 January 2025)", "2025-01-08"),
        ("2025-10-24, Version 21.1.0 (Current), @ann", "2025-10-24"),
        ("Release 5.34 (release date: 2025-04-16)", "2025-04-16"),
        ("Noteworthy changes in release 1.12 (2025-04-07) [stable]", "2025-04-07"),
        ("Major changes between Pump 3.0.18 and Pump 3.0.19 [27 Jan 2026]", "2026-01-27"),
        ("What's new in 2.3 (5 May 2025)", "2025-05-05"),
        ("2025-06-07  Ann Doe  ann@example.org", "2025-06-07"),
        ("What happened in May 2019", None),
        ("The fire of 12 May 2019", None),
        ("Since 2.4 (12 May 2025)", None),
        ("Next meeting: 7 April 2025", None),
        ("The last meeting of 7 April 2025", None),
        ("Applications until 7 April 2025", None),
        ("London, 12 May 2019", None),
        ("Photo: 12 May 2019", None),
        ("Updated 12 May 2019", None),
        ("3 May 2019 and 4 June 2020", None),
        ("03/04/2025", None),
        ("in 2.4 (12 May 2025)", None),
        ("Ann Doe (5 May 1950)", None),
        ("Ann Doe <ann@example.org>, 5 May 2025", None),
        ("Changes to the rota of 5 May 2025", None),
        ("Published: 17 November 2024, 21.40", None),
        ("In 2019", None),
    ],
)
def test_a_heading_dates_its_section_if_it_is_nothing_but_the_name_of_an_entry(
    heading: str, date: str | None
) -> None:
    text = f"## {heading}\n\nThe pump was replaced.\n"
    assert list(dated(text, markdown=True).values()) == [date]


def test_a_date_holds_until_a_heading_of_its_level_or_above() -> None:
    text = (
        "# Log\n\n## 3 May 2025\n\nIt broke.\n\n### Repairs\n\nIt was mended.\n\n## Contacts\n\n"
        "Ask Ann.\n\n### 4 May 2025\n\nShe left.\n\n# Annex\n\nA list is here.\n"
    )
    assert dated(text, markdown=True) == {
        "Log": None,
        "3 May 2025": "2025-05-03",
        "Repairs": "2025-05-03",
        "Contacts": None,
        "4 May 2025": "2025-05-04",
        "Annex": None,
    }


def test_hashes_count_in_a_file_that_is_not_named_as_markdown_too() -> None:
    text = "## 4 May 2025\n\nIt leaks.\n\n### Roof\n\nAt the back.\n\n## Later\n\nIt was mended.\n"
    assert dated(text) == {
        "## 4 May 2025": "2025-05-04",
        "### Roof": "2025-05-04",
        "## Later": None,
    }


def test_an_underlined_heading_has_a_level() -> None:
    text = (
        "3 May 2025\n==========\n\nIt broke.\n\nRepairs\n-------\n\nNone yet.\n\nEnd\n===\n\nBye.\n"
    )
    assert dated(text, markdown=True) == {
        "3 May 2025": "2025-05-03",
        "Repairs": "2025-05-03",
        "End": None,
    }


def test_a_heading_without_marks_is_within_the_entry_around_it() -> None:
    text = (
        "Meeting of 3 May 2025\n\nIt broke.\n\nAny other business\n\nA hose was lost.\n\n"
        "Meeting of 7 June 2025\n\nIt was found.\n"
    )
    assert list(dated(text).values()) == ["2025-05-03", "2025-05-03", "2025-06-07"]


def test_a_version_without_a_date_has_not_that_of_the_one_above() -> None:
    text = "2.4 (12 May 2025)\n\nA is new.\n\n2.3\n\nB is new.\n\n2.2 (1 May 2025)\n\nC is new.\n"
    assert list(dated(text).values()) == ["2025-05-12", None, "2025-05-01"]


def test_after_a_lone_dated_heading_without_marks_the_document_goes_on() -> None:
    text = "Cabinet meeting of 3 May 2019\n\nIt met.\n\nWhat comes next\n\nNobody knows.\n"
    assert list(dated(text).values()) == ["2019-05-03", None]


def test_a_date_at_the_end_of_a_line_dates_nothing_below() -> None:
    text = "1. He scored 62 in three quarters. (Dec. 20, 2005)\n\n2. He scored 31 then.\n"
    assert set(dated(text).values()) == {None}


def test_the_entry_of_a_packages_changelog_is_dated_by_the_line_that_closes_it() -> None:
    text = (
        "pump (1.2-1) UNRELEASED; urgency=low\n\n  * Not yet.\n\n"
        "pump (1.1-1) unstable; urgency=medium\n\n  * New.\n\n"
        " -- Ann Doe <ann@example.org>  Thu, 11 May 2023 04:04:01 +0200\n\n"
        "pump (1.0-1) unstable; urgency=low\n\n  [ Ann ]\n  * Old.\n\n"
        " -- Ann Doe <ann@example.org>  Thu, 04 May 2023 04:04:01 +0200\n"
    )
    assert dated(text) == {
        "pump (1.2-1) UNRELEASED; urgency=low": None,
        "pump (1.1-1) unstable; urgency=medium": "2023-05-11",
        "pump (1.0-1) unstable; urgency=low": "2023-05-04",
        "[ Ann ]": "2023-05-04",
    }


def test_dated_entries_between_blank_lines_need_no_prose_below() -> None:
    text = "2025-05-12  Ann  a@x.org\n\n\tFix pump\n\n2025-05-10  Bob  b@x.org\n\n\tPaint roof\n"
    assert list(dated(text).values()) == ["2025-05-12", "2025-05-10"]


@pytest.mark.parametrize(
    "text",
    [
        "Rules\n\nVersion 1.2 (5 May 2025)\nVersion 1.1 (5 May 2024)\n\nParking\n\nNo cars here.\n",
        "Rules\n\nVersion 1.2 (5 May 2025)\n\nfor all\n\nParking\n\nNo cars here.\n",
        "Log\n\n5 May 2025\n\nfix pump\n\n6 May 2025\n\nfix roof\n",
        "Log\n\nWorks\n\n5 May 2025\nfix pump\n",
        "Log\n\n5 May 2025\nfix pump\n\n5 May 2025\nfix roof\n",
        "Log\n\n- 5 May 2025\n- 6 May 2025\n- The end\n",
        "- Start\n  - 5 May 2025\n- End\n  - 6 May 2025\n- All\n",
        "It was put off until\n\n5 May 2025\nat noon, and then to\n\n6 May 2025\nat one\n",
    ],
    ids=[
        *("a list of versions", "a lone version", "nothing but dates", "a lone day"),
        *("one day twice", "a list of days", "days below what they are of", "severed sentences"),
    ],
)
def test_lines_that_may_not_open_an_entry_date_nothing(text: str) -> None:
    assert set(dated(text).values()) <= {None}


@pytest.mark.parametrize(
    "text",
    [
        "Chat\n--- 5 May 2025 ---\n[08:30] Ann: yes\n--- 6 May 2025 ---\n[08:30] Tom: no\n",
        "Chat\n\nMonday, 5 May 2025\nAnn 08:30\nyes\n\nTuesday, 6 May 2025\nTom 08:30\nno\n",
        "Works\n\n- 5 May 2025\n  the start\n- 6 May 2025\n  the end\n",
    ],
    ids=["rules", "blank lines above", "items"],
)
def test_days_alone_part_what_is_below_them(text: str) -> None:
    assert list(filter(None, dict.fromkeys(dated(text).values()))) == ["2025-05-05", "2025-05-06"]


def test_below_a_list_of_days_the_document_goes_on() -> None:
    text = "- 5 May 2025\n  the start\n\n  of it\n- 6 May 2025\n  the end\n\nAll was said.\n"
    places = [Span(2, 12), Span(text.index("6"), text.index("6") + 10)]
    after = text.index("All")
    assert [(start, date and date.date) for start, date in dates_above(text, [], places)] == [
        (2, "2025-05-05"),
        (places[1].start - 2, None),
        (places[1].start, "2025-05-06"),
        (after, None),
    ]


def test_the_stars_of_an_outline_are_levels() -> None:
    text = (
        "* Noteworthy changes in release 1.2 (2025-05-12)\n\n** Bug fixes\n\n  It runs.\n\n"
        "* Noteworthy changes in release 1.1 (2025-05-01)\n\n** Features\n\n  It starts.\n\n"
        "* Contacts\n\n  Ask Ann.\n"
    )
    assert list(dated(text).values())[:4] == ["2025-05-12"] * 2 + ["2025-05-01"] * 2


def test_a_document_of_one_line_is_read_once_and_not_for_each_of_its_sentences() -> None:
    sentence = "The gate was shut on day 7."
    text = f"{sentence} " * 20_000
    others = [Span(at, at + len(sentence)) for at in range(0, len(text), len(sentence) + 1)]
    with soon():
        assert dates_above(text, [], others) == []


def test_what_closes_an_entry_is_looked_for_in_that_entry_alone() -> None:
    entry = "pump (1.1-1) unstable; urgency=low\n\n  * New.\n\n"
    places = [Span(n * len(entry), entry.index("\n") + n * len(entry)) for n in range(10_000)]
    with soon():
        assert {date for _, date in dates_above(entry * 10_000, places)} == {None}


def test_a_document_is_looked_through_for_an_outline_once_and_not_for_each_item() -> None:
    item = "* Item 12 of the list is here.\n\n"
    text = item * 40_000
    places = [Span(at + 2, at + len(item) - 2) for at in range(0, len(text), len(item))]
    with soon():
        assert paths(text, places) == []


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("[2025-03-12 08:30] Ann: it broke", "2025-03-12"),
        ("2025-03-12T08:30:05.120Z it broke", "2025-03-12"),
        ("2025-03-12 it broke", "2025-03-12"),
        ("- **Wed, 12 March 2025**: it broke", "2025-03-12"),
        ("| 12 March 2025 | it broke |", "2025-03-12"),
        ("> **Update 12 March 2025:** it broke", "2025-03-12"),
        ("12 March 2025, 8:30 pm - Ann: it broke", "2025-03-12"),
        ("12 March 2025", None),
        ("2025-03-12:", None),
        ("12 March 2025 was a bad day", None),
        ("2025-03-12 to 2025-03-14 it was closed", None),
        ("12 March 2025 - 14 April 2025: a fair", None),
        ("On 12 March 2025: it broke", None),
        ("Date: 12 March 2025 | Place: the hall", None),
        ("March 2025: it broke", None),
    ],
)
def test_a_row_opens_with_its_day_if_more_follows(row: str, day: str | None) -> None:
    text = f"A log\n{row}\nAll was said.\n"
    found = day_of_row(text, text.index(row) + 2)
    assert (found and found.date) == day
