"""Which lines date their document, and by which words."""

import pytest
from dated import PROSE, own

from index.documents.datelines import is_dateline
from index.documents.heading import document_date


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
        (
            "**By:** A. Quist  **Date:** 2024-03-05  **State:** red",
            "**Date:** 2024-03-05",
            "2024-03-05",
        ),
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
        ("Mon 4 Mar 2024, 10:37 AM ET", None, "2024-03-04"),
        ("Date of report: 5 March 2024", None, "2024-03-05"),
        ("Report date: 5 March 2024", None, "2024-03-05"),
        ("Press release of 5 March 2024", "5 March 2024", "2024-03-05"),
        ("Weekly report of 5 March 2024", "5 March 2024", "2024-03-05"),
        ("Date of last revision: 5 March 2024", None, "2024-03-05"),
        ("ETA Group newsletter, 5 March 2024", "5 March 2024", "2024-03-05"),
        ("UNST, March 2024", None, "2024-03"),
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
        *("Delivered: 2500", "yesterday", "Updated 3 hours ago", "5 March 2024, 6 March 2024"),
        *("DOB: 5 March 1980", "ETA: 5 March 2024", "EOL 5 March 2024", "Founded 5 March 1969"),
        *("Date of hire: 5 March 2024", "Date of event: 5 March 2024", "Withdrawn 5 March 2024"),
        *("Date of the fire: 5 March 2024", "Retrieved 5 March 2024", "Superseded 5 March 2024"),
        *("Re: your email of 5 March 2024", "Your letter of Tuesday 5 March 2024"),
        *("Amendment to the lease of 5 March 2024", "The battle of Hill End, 14 October 1066"),
        *("Exam: 5 March 2024", "Exam: Tuesday 5 March 2024", "When: Tue, 5 March 2024"),
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
