"""What dates a document among the lines of its head, and where its front matter ends."""

import re

import pytest
from dated import PROSE, own
from e2e.door import SEEDS
from hypothesis import given
from hypothesis import strategies as st
from soon import soon

from index.documents.heading import document_date, front_matter, heading_lines
from index.documents.titles import title


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
    ("text", "expected"),
    [
        ("Minutes of 5 March 2024\nPublished 6 March 2024", "2024-03-06"),
        ("Minutes of 5 March 2024\nUpdated 6 March 2024", "2024-03-06"),
        ("Updated 6 March 2024\nLeeds, 5 March 2024", "2024-03-05"),
        ("Weekly sync, 6 March 2024\nMinutes of 5 March 2024", "2024-03-05"),
        ("Version 2, 5 March 2024\nReviewed 6 April 2024", "2024-03-05"),
        ("Weekly sync, 5 March 2024\nCopy of 2024-03-05", "2024-03-05"),
        ("Incident date: 3 March 2024\nReport date: 5 March 2024", "2024-03-05"),
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
    "key",
    [
        *("pubDate", "publishDate", "published_at", "datePublished", "last_modified_at"),
        *("meeting_date", "created_at", "createdOn", "date_created", "updated_on", "last_update"),
    ],
)
def test_the_keys_of_other_makers_of_sites_date_a_document(key: str) -> None:
    text = f"---\ntitle: X\n{key}: 2021-03-05\n---\n\n{PROSE}"
    assert own(text, markdown=True) == (f"{key}: 2021-03-05", "2021-03-05")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("SUMMER FAIR\nDate: 5 March 2024\nTime: 11:00\nVenue: Village Hall", None),
        ("Summer fair\n| Date | 5 March 2024 |\n| Where | Village Hall |", None),
        ("You are invited\n\n**Date:** 5 March 2024", None),
        ("Summer fair\nDate: 6 March 2024\nPlace: Hall\nPublished 5 March 2024", "2024-03-05"),
        ("Board meeting\nDate: 5 March 2024\nPlace: Hall\nPresent: Ann, Tom", "2024-03-05"),
        ("Theft at the shop: report\nDate: 5 March 2024\nPlace: Hall", "2024-03-05"),
        ("From: Ann\nSubject: Invitation to the fair\nDate: 5 March 2024", "2024-03-05"),
        ("Water off\nDate: 5 March 2024", "2024-03-05"),
    ],
)
def test_the_day_of_what_people_are_asked_to_is_not_that_of_the_document(
    head: str, expected: str | None
) -> None:
    found = own(f"{head}\n\n{PROSE}")
    assert (found and found[1]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The oldest ferry was sold to a company from the mainland on\n3 March 2024.\n", None),
        ("The fair that was planned for\nSaturday, 5 March 2024\nhad to be put off.\n", None),
        ("The fee for a ticket was raised to four euros on\n5 March 2024\n\nAsk Ann.\n", None),
        ("The company was founded in\nMarch 2024.\n", None),
        ("Minutes of the meeting of the full council held on\n5 March 2024\n\nA.\n", "2024-03-05"),
        ("The general meeting of the council held on\n5 March 2024\n\nA.\n", "2024-03-05"),
        ("By Jane Doe, John Roe and Ann Smith of the Tribune,\n5 March 2024\n", "2024-03-05"),
        ("Last updated on\n5 March 2024\n", "2024-03-05"),
    ],
)
def test_a_date_with_which_a_sentence_goes_on_is_not_the_documents(
    text: str, expected: str | None
) -> None:
    found = own(f"A title\n\n{text}")
    assert (found and found[1]) == expected


@pytest.mark.parametrize(
    ("entry", "days"),
    [
        ("{} May 2019\n\n{}\n", (5, 6, 7)),
        ("--- {} May 2019 ---\n{}", (5, 6)),
        ("- {} May 2019\n  {}", (5, 6)),
    ],
)
def test_a_chronicle_has_no_date_of_its_own(entry: str, days: tuple[int, ...]) -> None:
    chronicle = "".join(entry.format(day, PROSE) for day in days)
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
        ("date: 2500", None),
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
        *("[]()" * 20_000 + "x", "[]()" * 70 + "x", "<!--" * 20_000, "<!-- -" * 20_000),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_heads_of_any_length_are_read_in_one_pass(hostile: str) -> None:
    with soon():
        assert document_date(hostile, markdown=True) == document_date(hostile, markdown=False)
        assert len(title(hostile, markdown=True) or "") <= 300
