"""What dates a document, what its title is, and where its front matter ends."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datelines import is_dateline
from index.heading import document_date, front_matter, heading_lines, title

SEEDS = Path(__file__).parent.parent / "seeds"
PROSE = "The first paragraph of an article is running prose, and it ends in a full stop.\n"


def own(text: str, *, markdown: bool = False) -> tuple[str, str] | None:
    found = document_date(text, markdown=markdown)
    return found and (text[found.span.start : found.span.end], found.date)


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        ("000_170c282705bbfc67.txt", ("date 2020-01-28", "2020-01-28")),
        ("001_d6e10a7ef917b09b.txt", ("Thursday 11 July 2019 10:37, UK", "2019-07-11")),
        ("002_b4eacca091bd7850.txt", None),
        ("003_77119e96c5a50260.txt", ("00:07 GMT +307 December 2019", "2019-12-07")),
        ("004_260a84af7aca67c8.txt", None),
    ],
)
def test_the_seeds_have_the_dates_that_they_give(
    seed: str, expected: tuple[str, str] | None
) -> None:
    assert own((SEEDS / seed).read_bytes().decode()) == expected


@pytest.mark.parametrize(
    ("line", "words", "iso"),
    [
        ("Published 2023-01-05", None, "2023-01-05"),
        ("Date: 5 March 2024", None, "2024-03-05"),
        ("DATE: 5 MARCH 2024", None, "2024-03-05"),
        ("Date\t2024-03-05", None, "2024-03-05"),
        ("Date: 2024", None, "2024"),
        ("Publication date: March 2024", None, "2024-03"),
        ("Published: Thu 5 Mar 2024", None, "2024-03-05"),
        ("Published at 10:37 on 5 March 2024", None, "2024-03-05"),
        ("Posted on January 5, 2023 by admin in News", "Posted on January 5, 2023", "2023-01-05"),
        ("Last modified: 2024-03-05 10:00", "Last modified: 2024-03-05", "2024-03-05"),
        ("Jane Doe • Published 5 March 2024", "Published 5 March 2024", "2024-03-05"),
        ("**Date:** 2024-03-05", None, "2024-03-05"),
        ("| Date | 2024-03-05 |", "Date | 2024-03-05", "2024-03-05"),
        ("\t5 March 2024 \r", "5 March 2024", "2024-03-05"),
        ("(5 March 2024)", "5 March 2024", "2024-03-05"),
        ("March 2024", None, "2024-03"),
        ("5-7 March 2024", None, "2024-03"),
        ("Thursday\u00a011\u00a0July\u00a02019", None, "2019-07-11"),
        ("March 5, 2024, 10:37 a.m. EST", None, "2024-03-05"),
        ("Mon 4 Mar 2024 10.37 GMT", None, "2024-03-04"),
        ("Thu, 11 Jul 2019 10:37:00 +0000", None, "2019-07-11"),
        ("2019-07-11T10:37:00.000+02:00", None, "2019-07-11"),
        ("Mar 5, 2024 · 3 min read", None, "2024-03-05"),
        ("By Jane Doe | March 5, 2024", "March 5, 2024", "2024-03-05"),
        ("By Jane Doe and John Roe, BBC News, 5 March 2024", "5 March 2024", "2024-03-05"),
        ("March 5, 2024 / Updated March 6, 2024", "March 5, 2024", "2024-03-05"),
        ("00:07 GMT+1028 December 2019", None, "2019-12-28"),
        ("00:07 GMT -528 December 2019", None, "2019-12-28"),
        ("00:07 GMT +5:3007 December 2019", None, "2019-12-07"),
    ],
)
def test_a_line_under_the_title_dates_the_document(line: str, words: str | None, iso: str) -> None:
    assert own(f"A title\n{line}\n\n{PROSE}") == (words or line, iso)


@pytest.mark.parametrize(
    "line",
    [
        *("2024", "Published 1851", "Copyright 2019", "03/04/2020", "Date: 03/04/2020"),
        *("The port of Shenzhen, China October 30, 2019", "Kick-off on 5 March 2024"),
        *("Date of birth: 5 March 1980", "Due date: 5 March 2024", "Effective 5 March 2024"),
        *("By Monday, 5 March 2024", "EU TO ACT BY MAY 5 2019", "31 February 2020"),
        *("yesterday", "Updated 3 hours ago", "5 March 2024, 6 March 2024"),
    ],
)
def test_a_line_that_says_something_else_does_not(line: str) -> None:
    assert own(f"A title\n{line}\n\n{PROSE}") is None
    assert not is_dateline(line)


@pytest.mark.parametrize(
    ("line", "words", "iso"),
    [
        ("Minutes of the meeting of 6 February 2024", None, "2024-02-06"),
        (
            "Draft 3, 21 May 2024. For decision by the board on 26 June 2024",
            "Draft 3, 21 May 2024",
            "2024-05-21",
        ),
        ("Version 4.2, approved 22 November 2023", None, "2023-11-22"),
        ("Last revised by the People team, edition of 8 January 2024", None, "2024-01-08"),
        ("Edition of March 2024, kept by the front desk", "Edition of March 2024", "2024-03"),
        ("**Date of the incident:** 19 March 2024", None, "2024-03-19"),
        ("LEEDS, Monday 2 September 2024 09:00", None, "2024-09-02"),
        ("Leeds, 2 September 2024 -", "Leeds, 2 September 2024", "2024-09-02"),
        # strange ones
        ("Meeting on 5 March 2024", None, "2024-03-05"),
        ("# Minutes: Tuesday 5 March 2024", "Minutes: Tuesday 5 March 2024", "2024-03-05"),
        (
            "Approved by the board on 5 March 2024.",
            "Approved by the board on 5 March 2024",
            "2024-03-05",
        ),
        ("__Status:__ as of 2024-03-05", None, "2024-03-05"),
        ("> As of 5 March 2024, 12 of 30 done", "As of 5 March 2024", "2024-03-05"),
        ("FINAL DRAFT (5 MARCH 2024)", "FINAL DRAFT (5 MARCH 2024", "2024-03-05"),
        ("| Version | 1.2 of 2024-03-05 |", "Version | 1.2 of 2024-03-05", "2024-03-05"),
        ("Incident date \u2013 5 March 2024", None, "2024-03-05"),
        ("St. Helier, Jersey, March 5, 2024", None, "2024-03-05"),
        ("\u00c5rhus \u2014 5 March 2024", None, "2024-03-05"),
        ("# Weekly sync 2024-03-05", "2024-03-05", "2024-03-05"),
        ("Board paper on sensors (5 March 2024)", "5 March 2024", "2024-03-05"),
        ("Sync, notes of 5 March 2024", "5 March 2024", "2024-03-05"),
    ],
)
def test_a_line_dates_the_document_by_what_is_near_its_writing(
    line: str, words: str | None, iso: str
) -> None:
    assert own(f"A title\n{line}\n\n{PROSE}") == (words or line, iso)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Eastmoor Tribune | 5 March 2024 | Jane Doe", "5 March 2024"),
        ("News \u00b7 5 March 2024 \u00b7 Jane Doe and John Roe", "5 March 2024"),
        ("5 March 2024 \u2022 Jane van der Berg, Eastmoor Tribune", "5 March 2024"),
        ("5 March 2024 | Jane Doe | 4 min read", "5 March 2024"),
        ("5 March 2024, Jane Doe", "5 March 2024"),
        ("*5 March 2024 by Jane Doe*", "5 March 2024"),
        ("By Jane Doe, 5 March 2024 | Politics", "5 March 2024"),
        ("By Jane Doe | 5 March 2024 | World News", "5 March 2024"),
    ],
)
def test_a_day_among_the_names_of_a_paper_and_a_writer_dates_the_document(
    line: str, words: str
) -> None:
    assert own(f"A title\n\n{line}\n\n{PROSE}") == (words, "2024-03-05")


@pytest.mark.parametrize(
    "text",
    [
        "Summer Fair | 12 July 2025 | Village Hall",
        "Spring Ball | 12 July 2025 | Leeds",
        "A title\n\n12 July 2025, Summer Fair",
        "A title\n\n12 July 2025 | Market Square",
        "A title\n\n| Jane Doe | 12 July 2025 | Leeds Office |",
        "A title\n\n12 July 2025, Jane Doe\n13 July 2025, John Roe",
        "Rota | 12 July 2025 | Jane Doe\nRota | 13 July 2025 | John Roe",
    ],
)
def test_a_day_among_the_names_of_what_is_to_be_does_not(text: str) -> None:
    assert own(f"{text}\n\n{PROSE}") is None


@pytest.mark.parametrize(
    "head",
    [
        "Operations meeting\nTuesday 5 March 2024, 10:00-11:10, Room Heron",
        "Board minutes\n5 March 2024, 14:00, council chamber",
        "Weekly sync\n5 March 2024 | 14:00 | Room 2.1",
        "Retro\n\n5 March 2024, via Zoom",
        "Operations\n5 March 2024, Leeds office\nPresent: Jane, John",
    ],
)
def test_the_day_that_opens_the_line_of_where_a_meeting_was_dates_its_minutes(head: str) -> None:
    assert own(f"{head}\n\n{PROSE}") == (head[(at := head.find("5 March")) : at + 12], "2024-03-05")


@pytest.mark.parametrize(
    "text",
    [
        "Summer fair\nSaturday 12 July 2025, 11:00-16:00, Leeds",
        "Notice of the general meeting\n12 July 2025, 19:00, Village Hall",
        "Invitation to the board meeting\n12 July 2025, 19:00, Room Heron",
        "Committee\nNext meeting:\n12 July 2025, Room Heron",
        "Committee\n\nNext meeting:\n12 July 2025",
        "Committee meetings\n12 July 2025, Room 4\n13 August 2025, Room 4",
        "Staff meeting\n12 July 2025, deadline for claims",
        "Committee\n12 July 2025 was a bad day for all",
        "Summer fair, 12 July 2025",
        "# Spring Gala \u2013 Saturday 12 July 2025",
    ],
)
def test_a_day_that_is_to_come_dates_no_document(text: str) -> None:
    assert own(f"{text}\n\n{PROSE}") is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Last tested: 2024-03-05", "Last tested: 2024-03-05"),
        ("Owner: Jun Ito \u00b7 Last changed: 5 March 2024", "Last changed: 5 March 2024"),
        (
            "Staff handbook. Last revised by J. Doe, 5 March 2024.",
            "Last revised by J. Doe, 5 March 2024",
        ),
        ("Updated by Jane Doe on 5 March 2024", "Updated by Jane Doe on 5 March 2024"),
        ("Date and time: 5 March 2024, 10:00", "Date and time: 5 March 2024"),
        ("Date/time: 5 March 2024 10:00", "Date/time: 5 March 2024"),
        ("Meeting date: 5 March 2024", "Meeting date: 5 March 2024"),
        ("Sent: 5 March 2024 14:22", "Sent: 5 March 2024"),
        ("Tue 5 Mar 2024 @ 10:00", "Tue 5 Mar 2024 @ 10:00"),
        ("_Last updated: 5 March 2024_", "_Last updated: 5 March 2024"),
        ("__Date: 5 March 2024__", "__Date: 5 March 2024"),
        ("Last updated: _5 March 2024_", "Last updated: _5 March 2024"),
        ("_March 5, 2024_", "March 5, 2024"),
        ("_2024-03-05_", "2024-03-05"),
        ("Newsletter no. 48, 5 March 2024", "Newsletter no. 48, 5 March 2024"),
        ("Issue 48: 5 March 2024", "Issue 48: 5 March 2024"),
    ],
)
def test_labels_clocks_and_marks_of_markdown_hide_no_date(line: str, words: str) -> None:
    assert own(f"# A title\n\n{line}\n\n{PROSE}", markdown=True) == (words, "2024-03-05")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Reviewed: March 2024. Next review: March 2026.", "Reviewed: March 2024"),
        (
            "**Last reviewed:** March 2024. **Next review:** March 2026.",
            "**Last reviewed:** March 2024",
        ),
        ("Last updated: March 2024. Valid until March 2026.", "Last updated: March 2024"),
        (
            "Version 7, approved by the trustees in March 2024. Replaces version 6.",
            "Version 7, approved by the trustees in March 2024",
        ),
    ],
)
def test_a_note_of_what_was_or_comes_next_hides_no_date(line: str, words: str) -> None:
    assert own(f"A title\n\n{line}\n\n{PROSE}") == (words, "2024-03")


@pytest.mark.parametrize(
    "text",
    [
        "Next review: September 2026. Reviewed: September 2024.",
        "Approved by the council on 5 March 2024. Next year the bridge will be built by the town.",
        "Published by Harper on 5 March 1851. The book was a failure and its author gave up.",
        *("Review date: 5 March 2024", "Expires: 5 March 2024", "Deadline: 5 March 2024"),
        *("Issue 4 of the pump on 5 March 2024", "Last date to apply: 5 March 2024"),
        *("log_2024-03-05_b.csv", "v_2024-03-05"),
    ],
)
def test_a_day_of_another_note_or_of_prose_dates_no_document(text: str) -> None:
    assert own(f"A title\n\n{text}\n\n{PROSE}") is None


@pytest.mark.parametrize(
    "text",
    [
        "Valid from 1 January 2024 for customers in the United Kingdom",
        "Valid from 1 January 2024",
        "## 5.3.0 (18 June 2024)",
        f"5.3.0 (18 June 2024)\n\n{PROSE}\n5.2 (3 May 2024)",
        f"Version 5.3.0, 18 June 2024\n\n{PROSE}\nVersion 5.2, 3 May 2024",
        f"Paris, 3 May 1887\n\n{PROSE}\nLondon, 4 May 1887",
        "Huawei's first global flagship store is pictured in Shenzhen, Guangdong province, China "
        "October 30, 2019",
        "One store, 5 March 2024\nA second store\n\nNotes 6 March 2024",
        "Leeds, 2 September 2024 - Larkmoor, the maker of a route planner, met the press",
        # strange ones
        "Next meeting: 5 March 2024",
        "Minutes later the train left for York on 5 March 2024",
        "Meeting of ministers that ends in an uproar of all, 5 March 2024, 6 March 2024",
        "Draft treaty shelved on 5 March 2024",
        "Version of 1851",
        "Status: on leave until 5 March 2024",
        "For decision by the board on 26 June 2024",
        "Kick-off: 5 March 2024",
        "Photo of the team, 5 March 2024",
        "In Leeds, 5 March 2024, 6 March 2024",
        "one two three four five six seven eight nine 5 March 2024",
        "Meeting 5 March 2024 \u2013 7 April 2024",
        "Supersedes the edition of 5 March 2024",
    ],
)
def test_a_day_of_something_else_or_of_one_section_dates_no_document(text: str) -> None:
    assert own(f"A title\n{text}\n\n{PROSE}") is None
    assert own(f"A title\n{text}\n\n{PROSE}", markdown=True) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minutes of 5 March 2024\nPublished 6 March 2024", "2024-03-06"),
        ("Minutes of 5 March 2024\nUpdated 6 March 2024", "2024-03-06"),
        ("Updated 6 March 2024\nLeeds, 5 March 2024", "2024-03-05"),
        ("Weekly sync, 6 March 2024\nMinutes of 5 March 2024", "2024-03-05"),
        ("Version 2, 5 March 2024\nReviewed 6 April 2024", "2024-03-05"),
        ("Weekly sync, 5 March 2024\nCopy of 2024-03-05", "2024-03-05"),
    ],
)
def test_what_is_near_the_writing_comes_after_what_names_it(text: str, expected: str) -> None:
    found = own(f"A title\n{text}\n\n{PROSE}")
    assert found is not None
    assert found[1] == expected


def test_the_caption_of_a_seed_does_not_date_it_even_without_its_dateline() -> None:
    text = (SEEDS / "003_77119e96c5a50260.txt").read_bytes().decode()
    assert own(text.partition("\n")[2]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Updated: 6 March 2024\nPublished: 5 March 2024\n", "2024-03-05"),
        ("Updated: 6 March 2024\n5 March 2024\n", "2024-03-05"),
        ("5 March 2024\nPublished 6 March 2024\n", "2024-03-06"),
        ("5 March 2024\n6 March 2024\n", "2024-03-05"),
        ("Updated: 6 March 2024\n", "2024-03-06"),
    ],
)
def test_published_goes_before_a_dateline_and_that_before_updated(text: str, expected: str) -> None:
    found = document_date(f"A title\n{text}\n{PROSE}", markdown=False)
    assert found is not None
    assert found.date == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date 2020-01-28 The prices went up again and no one knows the reason.", "2020-01-28"),
        ("Published 18 October 1851, Moby-Dick is a novel that most people know.", None),
        ("Dated 5 March 2024 the letter says nothing about the whole affair.", None),
        ("On 5 March 2024 the prices went up again and no one knows the reason.", None),
        (f"A title\n{PROSE}5 March 2024\n{PROSE}", "2024-03-05"),
        (f"A title\n{PROSE}By Jane Doe\n5 March 2024\n{PROSE}", "2024-03-05"),
        (f"A title\n{PROSE}{PROSE}5 March 2024\n{PROSE}", None),
        ("word\n" * 31 + "5 March 2024\n", None),
        ("5 March 2024", "2024-03-05"),
        ("\ufeffDate: 2024-03-05\r\n\r\n" + PROSE, "2024-03-05"),
        ("", None),
    ],
)
def test_only_the_heading_lines_date_a_document(text: str, expected: str | None) -> None:
    found = document_date(text, markdown=False)
    assert (found and found.date) == expected


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Published 1 June 2021 at 10:15 BST | Updated 9 June 2021", "Published 1 June 2021"),
        ("Posted on 1 June 2021 at 3:42 p.m. EDT | Updated 9 June 2021", "Posted on 1 June 2021"),
        ("Published 1 June 2021 3:42 PM; Updated 9 June 2021", "Published 1 June 2021"),
        ("Published 1 June 2021, 10:15 a.m. ET Updated: 9 June 2021", "Published 1 June 2021"),
        ("Updated: 9 June 2021, 08:15 BST. Published 1 June 2021", "Published 1 June 2021"),
        ("Published 1 June 2021. By Jane Doe.", "Published 1 June 2021"),
        ("Sent: Tuesday, 1 June 2021 9:12 AM", "Sent: Tuesday, 1 June 2021"),
        ("Date issued: 1 June 2021", "Date issued: 1 June 2021"),
        ("Release date: 1 June 2021", "Release date: 1 June 2021"),
        ("Delivered on: 1 June 2021 (Original script)", "Delivered on: 1 June 2021"),
    ],
)
def test_a_label_dates_the_document_whatever_clock_and_other_label_follow(
    line: str, words: str
) -> None:
    assert own(f"Bridge to be built\n{line}\n\n{PROSE}") == (words, "2021-06-01")


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("BOSTON, March 3, 2021 /PRNewswire/ -- V", "BOSTON, March 3, 2021 /PRNewswire/"),
        ("BOSTON, Mass. – March 3, 2021 – V", "BOSTON, Mass. – March 3, 2021"),
        ("BOSTON--(BUSINESS WIRE)--March 3, 2021--V", "BOSTON--(BUSINESS WIRE)--March 3, 2021"),
        ("NEW YORK, 3 March 2021 (GLOBE NEWSWIRE) -- V", "NEW YORK, 3 March 2021 (GLOBE NEWSWIRE)"),
        ("London, 3 March 2021 - V", "London, 3 March 2021"),
        ("LONDON (3 March 2021) V", "LONDON (3 March 2021)"),
    ],
)
def test_the_place_and_date_that_open_a_press_release_date_it(head: str, words: str) -> None:
    text = f"{head}aldane Inc. said today that it has agreed to acquire Ostrel Pharma in cash.\n"
    assert own(text) == own(f"V buys O\n\n{text}\n{PROSE}") == (words, "2021-03-03")


@pytest.mark.parametrize(
    "opening",
    [
        "Jane Doe (5 May 1950) was the first of the three mayors that the town of Ashby had.",
        "Jane Doe, 5 May 1950 – 3 June 2019, was the first of three mayors of the town of Ashby.",
        "Britain, 5 May 2018 – the day it rained – was no fun for those who had to be there.",
        "On 5 May 2018 - Monday - the council of Ashby said that it would build the bridge.",
        "BOSTON said on March 3, 2021 - not before - that it would build a bridge in Ashby.",
    ],
)
def test_what_only_looks_like_the_opening_of_a_press_release_does_not(opening: str) -> None:
    assert own(f"The town\n\n{opening}\n") is None


@pytest.mark.parametrize(
    "line",
    [
        "Minutes of the meeting of the Full Council held on Tuesday 28 January 2020",
        "Minutes of the 43rd meeting of the Committee, 28 January 2020",
        "Notes of the meeting of the working group held via Zoom on 28 January 2020",
        "Record of decisions taken on 28 January 2020",
        "Board minutes 28/01/2020",
    ],
)
def test_minutes_are_dated_by_their_meeting(line: str) -> None:
    text = f"ASHBY COUNCIL\n{line}\n\nNext meeting: 25 February 2020\n\n{PROSE}"
    found = document_date(text, markdown=False)
    assert found
    assert found.date == "2020-01-28"


@pytest.mark.parametrize(
    "key",
    ["pubDate", "publishDate", "published_at", "datePublished", "last_modified_at", "meeting_date"],
)
def test_the_keys_of_other_makers_of_sites_date_a_document(key: str) -> None:
    text = f"---\ntitle: X\n{key}: 2021-03-05\n---\n\n{PROSE}"
    assert own(text, markdown=True) == (f"{key}: 2021-03-05", "2021-03-05")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("FOR IMMEDIATE RELEASE\n\nV to buy O", "V to buy O"),
        ("PRESS RELEASE\n3 March 2021\n\nV to buy O", "V to buy O"),
        ("MEMORANDUM\n\nTO: Staff\nFROM: K.\nRE: Levy from 1 April", "Levy from 1 April"),
        ("To: Staff\nSent: 3 March 2021\nSubject: Levy", "Levy"),
        ("Effective date: 1 April 2022\n\nLevy", "Levy"),
        ("Brexit: MPs vote", "Brexit: MPs vote"),
    ],
)
def test_what_a_form_prints_is_no_title_and_its_subject_is(head: str, expected: str) -> None:
    assert title(f"{head}\n\n{PROSE}", markdown=False) == expected


def test_a_chronicle_has_no_date_of_its_own() -> None:
    chronicle = "".join(f"{day} May 2019\n\n{PROSE}\n" for day in (5, 6, 7))
    assert own(f"What happened\n\n{chronicle}") is None


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("title: A\ndate: 2024-03-05", ("date: 2024-03-05", "2024-03-05")),
        ("Date: '2024-03-05'", ("Date: '2024-03-05'", "2024-03-05")),
        ('date: "March 5, 2024"', ('date: "March 5, 2024"', "2024-03-05")),
        ("date: 2024-03-05T10:00:00+01:00", ("date: 2024-03-05", "2024-03-05")),
        ("date: 2024-03-05 # a draft", ("date: 2024-03-05", "2024-03-05")),
        ("date: 2024", ("date: 2024", "2024")),
        ("updated: 2024-03-06\ncreated: 2024-03-05", ("created: 2024-03-05", "2024-03-05")),
        ("updated: 2024-03-06", ("updated: 2024-03-06", "2024-03-06")),
        ("published: true", None),
        ("date: 03/04/2020", None),
        ("date: tomorrow", None),
        ("date: a week after 2024-03-05", None),
        ("event:\n  date: 2024-03-05", None),
    ],
)
def test_front_matter_dates_a_markdown_document(
    keys: str, expected: tuple[str, str] | None
) -> None:
    assert own(f"---\n{keys}\n---\n# A\n", markdown=True) == expected
    crlf = f"\ufeff---\n{keys}\n---\n# A\n".replace("\n", "\r\n")
    assert own(crlf, markdown=True) == expected


def test_a_published_line_goes_before_front_matter_that_says_updated() -> None:
    text = "---\nupdated: 2024-03-06\n---\nPublished 2024-03-05\n"
    assert own(text, markdown=True) == ("Published 2024-03-05", "2024-03-05")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Title\n\n" + PROSE, 2),
        (PROSE, 0),
        ("A line that was wrapped by an editor and\ngoes on here", 0),
        ("A line that was wrapped by an editor at\nParis or some other name", 0),
        ("a\n" * 40, 30),
        ("x" * 301, 0),
        ("Prices rose 5% in the U.S. and the U.K.\nPublished 2024-03-05\n", 2),
    ],
)
def test_heading_lines_end_where_running_prose_begins(text: str, count: int) -> None:
    assert len(heading_lines(text)) == count


@pytest.mark.parametrize(
    ("text", "keys", "rest"),
    [
        ("---\ntitle: A\n---\nrest", {"title": " A"}, "rest"),
        ("\ufeff---\r\nTitle: A\r\n...\r\nrest", {"title": " A\r"}, "rest"),
        ("---\na: 1\na: 2\nb:\n  c: 3\n---", {"a": " 1", "b": ""}, ""),
        ("---\nA rule above, and one below.\n---\nrest", {}, None),
        ("---\ntitle: never closed\n", {}, None),
        ("\n---\ntitle: not at the start\n---\n", {}, None),
    ],
)
def test_front_matter_is_keys_between_two_lines_at_the_very_start(
    text: str, keys: dict[str, str], rest: str | None
) -> None:
    found, end = front_matter(text)
    assert {key: text[span.start : span.end] for key, span in found.items()} == keys
    assert text[end:] == (text if rest is None else rest)


WORDS = st.sampled_from(
    [
        *("in", "last", "of", "year", "May", "Jan.", "Sunday", "5", "12", "1997", "2019", "10:37"),
        *("to", "-", "–", "/", ",", ".", "(", ")", ":", "|", "#", "---", "\n", "\r\n", "\n\n"),
        *("Date:", "Published", "updated", "By Jane", "GMT", "+307", "2020-01-28", "03/04/2020"),
        *("\t", "\ufeff", "\u00a0", "\u0130", "\u017f", "\U0001f600"),
    ]
)


@given(st.text(max_size=80) | st.lists(WORDS, max_size=25).map(" ".join), st.booleans())
def test_a_documents_date_is_stripped_words_of_the_text(text: str, markdown: bool) -> None:
    found = document_date(text, markdown=markdown)
    if found is not None:
        words = text[found.span.start : found.span.end]
        assert words
        assert words == words.strip()
        assert found.date[:4] in re.sub(r"[^0-9]", " ", words)


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        ("000_170c282705bbfc67.txt", None),
        ("001_d6e10a7ef917b09b.txt", "US to start to relax Huawei ban, announces White House"),
        (
            "002_b4eacca091bd7850.txt",
            "Some Companies Can Now Sell To Huawei To Further US-China Trade Talks",
        ),
        (
            "003_77119e96c5a50260.txt",
            "US Reportedly Mulls Expanding Ban on Sale of Its Technologies in New Possible Blow "
            "to Huawei",
        ),
        ("004_260a84af7aca67c8.txt", "US: Licenses to Sell to Huawei Coming Soon"),
    ],
)
def test_the_seeds_have_the_titles_that_they_show(seed: str, expected: str | None) -> None:
    assert title((SEEDS / seed).read_bytes().decode(), markdown=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"A title\n\n{PROSE}", "A title"),
        (f"\ufeff\r\n  A title \r\n\r\n{PROSE}", "A title"),
        (f"A title\n{PROSE}", "A title"),
        (f"Where is he?\n\n{PROSE}", "Where is he?"),
        (
            f"Prices rise in all of the states as rents go up ...\n\n{PROSE}",
            "Prices rise in all of the states as rents go up ...",
        ),
        (f"How to live and work in the U.S.\n\n{PROSE}", "How to live and work in the U.S."),
        (
            f"Prices rose and now they fall.\nPublished 2024-03-05\n\n{PROSE}",
            "Prices rose and now they fall.",
        ),
        (f"5 March 2024\nA title\n\n{PROSE}", "A title"),
        (f"5 March 2024\n\nA title\nBy Jane Doe\n\n{PROSE}", "A title"),
        (f"By Jane Doe\n\nA title\n\n{PROSE}", "A title"),
        (f"Advertisement\n\nA title\n\n{PROSE}", "A title"),
        (f"=====\nA title\n=====\n\n{PROSE}", None),
        (f"=====\n\nA title\n\n{PROSE}", "A title"),
        (f"Call me Ishmael.\n\n{PROSE}", None),
        (f"Dear all,\n\n{PROSE}", None),
        (f"{PROSE}\nA line\n\n{PROSE}", None),
        ("A line that was wrapped by an editor and\ngoes on here.\n\nMore\n", None),
        ("A line that was wrapped by an editor at\nParis or some other name.\n", None),
        ("A single line", None),
        ("A single line\n", None),
        (PROSE, None),
        ("", None),
        (" \n\t\n", None),
        ("123\n\n" + PROSE, None),
        ("x" * 300 + "\n\n" + PROSE, "x" * 300),
        ("x" * 301 + "\n\n" + PROSE, None),
        ("a\u2028b\n\n" + PROSE, None),
        ("a " + "b" * 100 + "\n\nMore", "a " + "b" * 100),
    ],
)
def test_the_title_of_a_text_is_its_first_line_or_the_first_that_stands_alone(
    text: str, expected: str | None
) -> None:
    assert title(text, markdown=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A title", "A title"),
        ("text\n\n## Part\n\n# A title #\n", "A title"),
        ("## Part ##\n\n### Other\n", "Part"),
        ("# C#\n", "C#"),
        ("#\n\n# A title\n", "A title"),
        ("#no heading\n\n# A title\n", "A title"),
        ("    # code\n\n# A title\n", "A title"),
        ("```sh\n# a comment\n```\n\n# A title\n", "A title"),
        ("~~~~\n```\n# code\n~~~\n# code\n~~~~\n# A title\n", "A title"),
        ("```\n# never closed\n", None),
        ("```ls``` is a command\n\n# A title\n", "A title"),
        ("A title\n=======\n\ntext\n", "A title"),
        ("A part\n---\n\n# A title\n", "A title"),
        ("A part\r\n---\r\n\r\ntext\r\n", "A part"),
        ("- item\n---\n\ntext\n", "- item"),
        ("A title\n\n" + PROSE, "A title"),
        ("---\ntitle: A title\n---\n# Other\n", "A title"),
        ("\ufeff---\r\nTitle: A title\r\n---\r\n# Other\r\n", "A title"),
        ('---\ntitle: "A: \\"title\\""\n---\n', 'A: "title"'),
        ("---\ntitle: 'It''s'\n---\n", "It's"),
        ("---\ntitle: A title # or not\n---\n", "A title"),
        ("---\ntitle: >-\n  folded\n---\n# A title\n", "A title"),
        ("---\ntitle:\n---\n# A title\n", "A title"),
        ("---\ntags: x\n---\nA title\n\n" + PROSE, "A title"),
        ("---\ntags: x\n\n# A title\n", "A title"),
        ("# 2024-03-05\n\n## A part\n", "A part"),
        ("# " + "x" * 301 + "\n\n## A part\n", "A part"),
        (PROSE, None),
    ],
)
def test_the_title_of_markdown_is_what_it_marks_as_one(text: str, expected: str | None) -> None:
    assert title(text, markdown=True) == expected


LINES = st.sampled_from(
    [
        "A title",
        "5 March 2024",
        "# A",
        "```",
        "---",
        "===",
        "title: x",
        "",
        " ",
        "\r",
        "By A",
        "\ufeff",
    ]
)


@given(
    st.text(max_size=200) | st.lists(LINES | st.just(PROSE), max_size=12).map("\n".join),
    st.booleans(),
)
def test_a_title_is_one_stripped_line_of_the_text_with_a_letter(text: str, markdown: bool) -> None:
    found = title(text, markdown=markdown)
    if found is not None:
        assert 1 <= len(found) <= 300
        assert found == found.strip()
        assert len(found.splitlines()) == 1
        assert any(c.isalpha() for c in found)


@pytest.mark.parametrize(
    "hostile",
    [
        *("By A" + " A" * 40_000, "Date: " * 15_000, "---\n" + "a:\n" * 30_000, "-" * 90_000),
        *(" " * 90_000, "\n" * 90_000, "5 May 2019 " * 10_000, "5 May 2019\n" * 10_000),
        *(
            "Leeds, 5 May 2019\n" * 10_000,
            "Draft of " * 20 + "5 May 2019\n",
            "A, " * 60 + "5 May 2019",
        ),
        *("|" * 90_000, "# " + " " * 90_000 + "x", "#" * 90_000, "`" * 90_000, "# a\n" * 30_000),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_heads_of_any_length_are_read_in_one_pass(hostile: str) -> None:
    assert document_date(hostile, markdown=True) == document_date(hostile, markdown=False)
    assert len(title(hostile, markdown=True) or "") <= 300
