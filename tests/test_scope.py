"""A scope, and a timeline within it."""

from pathlib import Path

import pytest
from conftest import IndexOf

from index import BadQuestion, Index, Scope
from index.models.encode import SentenceEncoder
from index.types import Quote, Span

BUDGET = "what budget did the board set for the harbour?"


@pytest.mark.parametrize(
    ("scope", "sources"),
    [
        (Scope(source="notes.txt"), {"notes.txt"}),
        (Scope(after="2020"), {"new.txt", "year.txt"}),
        (Scope(after="2020-06"), {"new.txt"}),
        (Scope(before="2020-06-09"), {"new.txt", "old.txt"}),
        (Scope(before="2019"), {"old.txt"}),
        (Scope(after="2019-03-12", before="2019-03-12"), {"old.txt"}),
        (Scope(source="notes.txt", after="1999"), set()),
        (Scope(after="2021"), set()),
    ],
)
def test_documents_within_the_scope_are_shown_and_no_others(
    minutes: Index, scope: Scope, sources: set[str]
) -> None:
    answer = minutes.ask(BUDGET, scope=scope)
    assert {quote.source for quote in answer.quotes or answer.near} == sources


@pytest.mark.parametrize(
    ("scope", "why"),
    [
        (Scope(source="note"), "no document is named 'note' in the index; perhaps notes.txt"),
        (Scope(source="x.md"), "no document is named 'x.md' in the index; quoth status --json"),
        (Scope(after="2020-13"), "after is '2020-13', which is no date; give YYYY, YYYY-MM or"),
        (Scope(before="soon"), "before is 'soon', which is no date; "),
        (Scope(after="2021", before="2020"), "nothing lies after 2021 and before 2020; "),
    ],
)
def test_what_is_no_scope_is_refused_in_one_line(minutes: Index, scope: Scope, why: str) -> None:
    with pytest.raises(BadQuestion, match=why) as refusal:
        minutes.timeline(BUDGET, scope=scope)
    assert "\n" not in str(refusal.value)


def test_a_timeline_is_in_order_of_date_as_precise_as_it_is_known(minutes: Index) -> None:
    timeline = minutes.timeline(BUDGET, scope=Scope(after="2019"))
    assert timeline.answered
    assert [event.when.date for event in timeline.events if event.when] == [
        "2019-03-12",
        "2020",
        "2020-06-09",
    ]
    assert len(minutes.timeline(BUDGET, top=2, scope=Scope(after="2019")).events) == 2


def test_a_timeline_repeats_no_title_as_evidence(tmp_path: Path, encoder: SentenceEncoder) -> None:
    (tmp_path / "docs").mkdir()
    for name, date, text in (
        ("a", "5 December 2023", "The winter fair takes place on 20 January 2024."),
        ("b", "9 January 2024", "The winter fair is cancelled."),
    ):
        (tmp_path / "docs" / f"{name}.md").write_text(f"# Fair committee, {date}\n\n{text}\n")
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    timeline = Index.open(tmp_path / "idx", model=encoder).timeline("what about the winter fair?")
    assert [event.quote.text for event in timeline.events] == [
        "The winter fair is cancelled.",
        "The winter fair takes place on 20 January 2024.",
    ]


def test_a_greeting_is_no_evidence(tmp_path: Path, encoder: SentenceEncoder) -> None:
    (tmp_path / "docs").mkdir()
    for name, date, text in (
        ("a", "Mon, 3 Mar 2025 09:12:00 +0100", "The summer fair will take place on 14 June."),
        ("b", "Mon, 2 Jun 2025 08:05:00 +0200", "The summer fair is cancelled."),
    ):
        mail = f"From: n@hall.example\nDate: {date}\nSubject: Summer fair\n\nDear all,\n\n{text}\n"
        (tmp_path / "docs" / f"{name}.txt").write_text(mail)
    Index.build([tmp_path / "docs"], tmp_path / "idx", model=encoder)
    timeline = Index.open(tmp_path / "idx", model=encoder).timeline("the summer fair")
    assert [event.quote.text for event in timeline.events] == [
        "The summer fair is cancelled.",
        "The summer fair will take place on 14 June.",
    ]


def test_a_timeline_has_the_dates_in_the_headings_above(index_of: IndexOf) -> None:
    log = (
        "Log of the mill\n\n9 May 2025\n\nThe boiler of the mill was repaired again.\n\n"
        "3 March 2025\n\nThe boiler of the mill broke down and was repaired on Saturday.\n"
    )
    timeline = index_of(log=log).timeline("repairs of the mill's boiler")
    dates = [event.when.date for event in timeline.events if event.when]
    assert dates == ["2025-03-01", "2025-05-09"]


def test_a_timeline_puts_no_other_date_in_the_place_of_words_that_make_none(
    index_of: IndexOf,
) -> None:
    text = "Cleaning\n\n12 March 2025\n\nThe contract of the cleaning firm {}.\n"
    index = index_of(
        a=text.format("ends on 30 June"),
        b=text.format("was signed by Ann Berg"),
        c=text.format("has to be renewed by Friday"),
    )
    events = index.timeline("contract of the cleaning firm").events
    assert [
        (event.when and event.when.date, [_words(event.quote, at) for at in event.quote.highlight])
        for event in events
    ] == [("2025-03-12", []), (None, ["30 June"]), (None, ["Friday"])]


def _words(quote: Quote, at: Span) -> str:
    return quote.text[at.start - quote.span.start : at.end - quote.span.start]
