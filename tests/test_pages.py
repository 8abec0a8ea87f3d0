"""Lists as messages: whatever names and texts hold, Discord takes them."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.markdown import LIMIT, length
from bot.discord.pages import (
    HELP,
    feedback_page,
    gaps_page,
    report_page,
    settings_line,
    source_page,
    sources_page,
    status_page,
)
from bot.discord.render import Message, asked_line, read_asked, read_line, read_scope, scope_line
from bot.discord.state import Gap, Settings
from index import Reading, Report, Scope, Skipped, Source, Status

ANY = st.text(st.characters(exclude_categories=()), min_size=1, max_size=200)
WORST = st.sampled_from(["🎉", "`", "\n", "\u202e", "\udce9", "x", "\x1b", "<@1>", "\\"])
"""Two units a character, a backslash more, a line more, or spelled out when it is shown."""
TEXTS = ANY | st.builds(lambda sign, times: sign * times, WORST, st.integers(1, 300))
DATES = st.sampled_from(["2020", "2020-09", "2020-09-28"])
COUNTS = st.integers(0, 10**9)
SOURCES = st.builds(
    Source,
    id=TEXTS,
    path=TEXTS,
    title=st.none() | TEXTS,
    date=st.none() | DATES,
    sentences=COUNTS,
    bytes=COUNTS,
    sha256=st.just("ab" * 32),
    state=st.sampled_from(["current", "changed", "gone", "unreadable"]),
)
MANY = st.lists(SOURCES, max_size=3).map(lambda each: each * 9)
NAMES = st.lists(TEXTS, max_size=3).map(lambda each: tuple(each * 9))
SETTINGS = st.builds(Settings, cooldown=st.integers(0, 3600), keep_questions=st.booleans())


def fits(messages: Sequence[Message]) -> bool:
    """Whether Discord takes them: none blank, none too long, nothing that cannot be encoded."""
    return all(
        message.content.strip() and len(message.content.encode("utf-16-le")) <= 2 * 2000
        for message in messages
    )


@given(MANY, COUNTS)
def test_a_page_of_the_documents_fits_whatever_they_are_called(
    sources: list[Source], page: int
) -> None:
    text, pages = sources_page(sources, page, lambda source: source)
    assert fits([Message(text)])
    assert pages == max(1, -(-len(sources) // 10))


@given(SOURCES)
def test_the_facts_of_a_document_fit(source: Source) -> None:
    assert fits([Message(source_page(source))])


@given(MANY, TEXTS, SETTINGS, st.tuples(COUNTS, COUNTS, COUNTS))
def test_the_status_fits(
    sources: list[Source], model: str, settings: Settings, counts: tuple[int, int, int]
) -> None:
    new = tuple(f"/docs/{source.id}" for source in sources)
    status = Status("/i", ("/d",), "2020-09-28T00:00:00", model, tuple(sources), 7, 10**12, new)
    assert fits(status_page(status, counts, settings, kept=model))
    assert fits([Message(settings_line(settings))])


@given(NAMES, NAMES, NAMES, st.lists(st.builds(Skipped, path=TEXTS, reason=TEXTS), max_size=40))
def test_the_report_of_a_run_fits(
    added: tuple[str, ...],
    changed: tuple[str, ...],
    removed: tuple[str, ...],
    skipped: list[Skipped],
) -> None:
    unread = {f".{name[:9]}": 10**9 for name in added}
    report = Report(added, changed, removed, 10**9, tuple(skipped), 10**9, 1234.5, unread)
    assert fits(report_page(report))


@given(
    st.lists(st.builds(Gap, st.none() | TEXTS, COUNTS, st.just("2020-09-28T00:00:00")), max_size=40)
)
def test_gaps_fit_or_are_in_a_file_that_holds_all_of_them(gaps: list[Gap]) -> None:
    page = gaps_page(gaps)
    assert fits([page])
    listed = sum(" × " in line for line in page.content.split("\n"))
    files = [file.data.count(b"\n") for file in page.files]
    assert files == ([] if listed == len(gaps) else [len(gaps)])


def test_a_question_of_several_lines_is_shown_on_one() -> None:
    question = "who\n signed\r\nit?\x1b"
    assert asked_line(question) == "-# asked\\: who signed it?\\\\x1b"
    assert read_line(question).endswith("who signed it?\\\\x1b")
    page = gaps_page([Gap(question, 1, "2020-09-28T00:00:00")])
    assert "1 × who signed it?\\\\x1b, last" in page.content


def judged(right: bool, why: str, **more: Any) -> dict[str, Any]:
    place = {"source": "a_b.md", "line": 3}
    row = {"right": right, "why": why, "at": "2020-09-28T00:00:00", "message": None}
    return row | {"quotes": [place, place]} | more


def test_feedback_is_counted_what_is_wrong_listed_and_all_a_json_object_a_line() -> None:
    link = "https://discord.com/channels/1/2/3"
    page = feedback_page(
        [
            judged(True, "\u2028é"),
            judged(False, "\n", quotes=[]),
            judged(False, "in *May*\nnot", message=link),
            judged(False, ""),
        ]
    )
    assert page.content.splitlines() == [
        "1 right, 3 wrong; all of it is in the file.",
        "**Said to be wrong**, newest first",
        "- no reason given · 28 September 2020 · a\\_b.md, line 3",
        f"- in \\*May\\* not · 28 September 2020 · {link}",
        "- no reason given · 28 September 2020",
    ]
    assert [file.name for file in page.files] == ["feedback.jsonl"]
    first = page.files[0].data.splitlines()[0]
    assert b'"why": "\\u2028\\u00e9"' in first


@given(TEXTS, st.integers(0, 100))
def test_feedback_fits(why: str, times: int) -> None:
    assert fits([feedback_page([judged(False, why)] * times)])


def test_help_fits() -> None:
    assert fits([Message(HELP)])


@given(TEXTS, TEXTS, st.none() | DATES)
def test_the_lines_above_an_answer_leave_room_for_it(
    one: str, other: str, date: str | None
) -> None:
    lines = [
        asked_line(one),
        read_line(str(Reading(one, other))),
        scope_line(Scope(one, date, date)),
    ]
    assert all(length(line) <= LIMIT // 3 for line in lines)
    assert not any("\n" in line for line in lines)


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=200))
def test_what_was_asked_is_read_from_an_answer(question: str) -> None:
    said = question.replace("\\", "/").rstrip("…")
    assert read_asked(f"{asked_line(said)}\n> It did.") == said
    assert read_asked(f"> It did.\n{asked_line(said)}") == ""


@pytest.mark.parametrize(
    "scope",
    [
        Scope("notes/a_b (*1*), dated.md"),
        Scope("1. plan.md", "2020", "2021-03"),
        Scope("leave.md", before="2021-03-09"),
        Scope(after="2020-01-28"),
        Scope(before="2020"),
    ],
)
def test_a_scope_is_read_from_an_answer(scope: Scope) -> None:
    line = scope_line(scope)
    assert read_scope(f"{asked_line('who?')}\n{line}\n> It did.") == scope
    assert read_scope(f"{asked_line('who?')}\n> It did.\n{line}") is None


def test_a_scope_that_is_not_told_in_full_is_not_read() -> None:
    assert read_scope(scope_line(Scope("handbook/" * 20 + "leave.md"))) is None


def test_of_a_long_path_the_end_is_shown_which_tells_it_from_others() -> None:
    path = "handbook/" * 20 + "leave.md"
    source = Source(path, path, None, "2020", 1, 10, "ab" * 32, "current")
    page, _ = sources_page([path], 0, lambda _: source)
    assert page.splitlines()[1].startswith("- …")
    assert page.splitlines()[1].endswith("leave.md · 2020 · 1 sentence, 10 bytes")
    assert source_page(source).splitlines()[0].endswith("leave.md**")
    assert scope_line(Scope(source=path, after="2020")).endswith("leave.md, dated 2020 or later")
