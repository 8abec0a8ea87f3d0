"""What the title of a document is."""

import pytest
from dated import PROSE
from e2e.door import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from index.documents.titles import title


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
        (f"=====\nA title\n=====\n\n{PROSE}", "A title"),
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
        ("- item\n---\n\ntext\n", None),
        ("A title\n\n" + PROSE, "A title"),
        ("---\ntitle: A title\n---\n# Other\n", "A title"),
        ("\ufeff---\r\nTitle: A title\r\n---\r\n# Other\r\n", "A title"),
        ('---\ntitle: "A: \\"title\\""\n---\n', 'A: "title"'),
        ("---\ntitle: 'It''s'\n---\n", "It's"),
        ('---\ntitle: "A: title" # or not\n---\n', "A: title"),
        ("---\ntitle: 'A # title' # or not\n---\n", "A # title"),
        ('---\ntitle: "A" title\n---\n', '"A" title'),
        ("---\ntitle: A title # or not\n---\n", "A title"),
        ("---\ntitle: >-\n  A folded\n  title\n---\n# Other\n", "A folded title"),
        ('+++\ntitle = "A title"\n+++\n# Other\n', "A title"),
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


def test_the_line_above_a_signature_makes_no_title_of_what_is_above_it() -> None:
    text = "The fair is on 12 July\n-- \nAnna\n\nMore of it\n--\n\nAnd more.\n"
    assert title(text, markdown=True) == "More of it"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("GNU gzip NEWS                    -*- outline -*-", "GNU gzip NEWS"),
        ("PUMP(1)\t\tGeneral Manual\t\tPUMP(1)", "PUMP(1)"),
        ("Board minutes        Page 1", "Board minutes"),
        ("Format: https://example.org/format/1.0/\n\nPump licence", "Pump licence"),
        ("Author: Ann Doe <ann@example.org>\n\nPump policy", "Pump policy"),
        ("Copyright 1999-2023 Ann Doe\n\nPump plans", "Pump plans"),
    ],
)
def test_a_title_is_neither_a_field_of_the_head_nor_what_stands_far_beside_it(
    head: str, expected: str
) -> None:
    assert title(f"{head}\n\n{PROSE}", markdown=False) == expected


@pytest.mark.parametrize(
    "entries",
    [
        ("pump 2.1 (8 January 2025)\n====", "pump 2.0 (1 January 2025)\n===="),
        ("pump (2.1-1) stable; urgency=low", "pump (2.0-1) stable; urgency=low"),
        ("2025-06-07  Ann  ann@example.org", "2025-06-06  Bob  bob@example.org"),
    ],
)
@pytest.mark.parametrize("markdown", [True, False])
def test_a_log_is_not_named_by_the_newest_of_its_entries(
    entries: tuple[str, str], markdown: bool
) -> None:
    first, second = entries
    assert title(f"{first}\n\n* Fix it\n\n{second}\n\n* Break it\n", markdown=markdown) is None


def test_the_only_entry_may_name_its_document() -> None:
    text = f"Release notes 2.3, 4 June 2024\n\n{PROSE}"
    assert title(text, markdown=False) == "Release notes 2.3, 4 June 2024"


@pytest.mark.parametrize(
    "head",
    [
        "<h1>A title</h1>",
        '<div align="center">\n<h1>\n  <img src="a.png"><br>A <b>title</b>\n</h1>\n</div>',
        "<title>A title</title>",
        "<!--\n# Not this\n-->\n\n# A title",
        "<!--\n" + "# Not this\n" * 500 + "-->\n\n# A title",
        "# A title\n\n<!-- never closed",
        "# A title [![CI](https://ci.example/a.svg)](https://ci.example)",
        "[![CI](https://ci.example/a.svg)](https://ci.example)\nA title\n=====",
        "# [A title](https://example.org) {#top}",
        "# **A** `title`",
    ],
)
def test_a_title_in_markdown_is_told_as_it_is_seen(head: str) -> None:
    assert title(f"{head}\n\n{PROSE}\n\n# Install\n", markdown=True) == "A title"


@pytest.mark.parametrize("line", ["[Home](a.md) | [Next](b.md) »", "![A picture](a.png)"])
def test_a_line_of_links_and_a_picture_are_no_title(line: str) -> None:
    assert title(f"{line}\n\nA title\n\n{PROSE}", markdown=True) == "A title"


@pytest.mark.parametrize(
    "head",
    [
        "= A title",
        "== A title ==",
        "# A title",
        "*** A title ***",
        "**A title**",
        "#+TITLE: A title\n#+AUTHOR: Anna",
        ".. _top:\n\n=======\nA title\n=======",
        "[[_TOC_]]\n\nA title",
    ],
)
def test_a_title_in_a_text_is_told_without_the_marks_of_a_markup(head: str) -> None:
    assert title(f"{head}\n\n{PROSE}", markdown=False) == "A title"


@pytest.mark.parametrize(
    "line",
    [
        "[2024-05-03 10:12] anna: no budget, sorry",
        "03/05/2024, 10:12 - Anna: no budget",
        "10:12 anna: no budget",
        "The new harbour commis-",
        "- eggs and milk",
        "• [ ] call Ann",
        "[x] call Ann",
        "| Name | Room |",
        "#!/bin/sh",
        "Page 1 of 5",
    ],
)
def test_a_line_of_a_chat_or_of_a_list_and_half_a_word_are_no_title(line: str) -> None:
    assert title(f"{line}\n{line}\n\n{PROSE}", markdown=False) is None


@pytest.mark.parametrize(
    "table",
    [
        "Name\tRoom\nAnn\tHeron\nBen\tOsprey",
        "Name,Room\nAnn,5\nBen,6",
        "Name     Room\nAnn      Heron\nBen      Osprey",
        "Name | Room\n--- | ---\nAnn | Heron",
    ],
)
def test_what_heads_the_columns_of_a_table_is_no_title(table: str) -> None:
    assert title(f"{table}\n\n{PROSE}", markdown=False) is None
    assert title(f"Rooms\n\n{table}\n\n{PROSE}", markdown=False) == "Rooms"
