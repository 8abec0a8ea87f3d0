"""`quoth index` again: only what has changed is embedded, and what was removed is forgotten."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import FirstUse

from e2e.door import SEEDS, Door, Ran, current, one_line

FirstQuote = Callable[[Path, str], str]


def counts(ran: Ran) -> str:
    """The report without its number of sentences and its seconds."""
    assert ran.code == 0, ran.err
    return re.sub(r", \d+ sentences?, \d+\.\d s -> idx\n$", "", ran.out)


def status(door: Door) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(door.run("status", "--index", "idx", "--json").out)
    return found


def states(door: Door) -> dict[str, str]:
    return {source["id"]: source["state"] for source in status(door)["sources"]}


def test_an_update_takes_what_was_added_changed_and_removed_and_forgets_the_rest(
    settled: Door, first_quote: FirstQuote
) -> None:
    docs, idx = settled.home / "docs", settled.home / "idx"
    edited = docs / "001_d6e10a7ef917b09b.txt"
    edited.write_text("The ban was lifted on 3 March 2021, the ministry of Ruritania said.\n")
    (docs / "more").mkdir()
    (docs / "more" / "rain.md").write_text("# Rain\n\nIn Zenda 900 mm of rain fell in April.\n")
    (docs / "004_260a84af7aca67c8.txt").unlink()

    # What the index holds is what was indexed, until it is indexed again.
    assert states(settled) == {
        "000_170c282705bbfc67.txt": "current",
        "001_d6e10a7ef917b09b.txt": "changed",
        "002_b4eacca091bd7850.txt": "current",
        "003_77119e96c5a50260.txt": "current",
        "004_260a84af7aca67c8.txt": "gone",
    }
    assert "£900 million" in first_quote(idx, "How much did Huawei spend with British businesses?")
    shown = settled.run("status", "--index", "idx").out
    command = f"quoth index {docs} --index idx"
    assert shown.endswith(
        "\n2 documents are not as indexed:\n"
        "  changed  docs/001_d6e10a7ef917b09b.txt\n"
        "  gone     docs/004_260a84af7aca67c8.txt\n"
        f"To catch up: {command}\n"
        "\n1 file is not indexed yet:\n"
        "  new      docs/more/rain.md\n"
    )

    ran = settled.run(*command.split()[1:], PYTHONPROFILEIMPORTTIME="1")
    assert counts(ran) == "5 documents (1 added, 1 changed, 3 unchanged, 1 removed)"
    assert "onnxruntime" in ran.loaded

    assert states(settled) == {
        "000_170c282705bbfc67.txt": "current",
        "001_d6e10a7ef917b09b.txt": "current",
        "002_b4eacca091bd7850.txt": "current",
        "003_77119e96c5a50260.txt": "current",
        "more/rain.md": "current",
    }
    assert first_quote(idx, "How much rain fell in Zenda in April?") == (
        "In Zenda 900 mm of rain fell in April."
    )
    assert first_quote(idx, "When did the ministry of Ruritania lift the ban?") == (
        "The ban was lifted on 3 March 2021, the ministry of Ruritania said."
    )
    assert "900 million" not in first_quote(
        idx, "How much did Huawei spend with British businesses?"
    )
    assert "pulled the amendment" in first_quote(idx, "when was the 10% rule dropped?")


def test_what_was_embedded_before_is_not_embedded_again(settled: Door) -> None:
    docs = settled.home / "docs"
    again = settled.run("index", "docs", "--index", "idx", PYTHONPROFILEIMPORTTIME="1")
    assert counts(again) == "5 documents (0 added, 0 changed, 5 unchanged, 0 removed)"

    # Neither touched, renamed, copied or removed files are new text.
    for path in docs.iterdir():
        os.utime(path)
    (docs / "000_170c282705bbfc67.txt").rename(docs / "renamed.txt")
    shutil.copy(docs / "renamed.txt", docs / "copied.txt")
    (docs / "002_b4eacca091bd7850.txt").unlink()
    moved = settled.run("index", "docs", "--index", "idx", PYTHONPROFILEIMPORTTIME="1")
    assert counts(moved) == "5 documents (2 added, 0 changed, 3 unchanged, 2 removed)"

    for ran in (again, moved):
        assert "index.engine" in ran.loaded
        assert ran.loaded.isdisjoint({"onnxruntime", "torch"})


def test_an_edit_that_keeps_the_size_and_the_time_stamp_is_seen(
    settled: Door, first_quote: FirstQuote
) -> None:
    edited = settled.home / "docs" / "004_260a84af7aca67c8.txt"
    before = edited.stat()
    edited.write_bytes(edited.read_bytes().replace(b"260 requests", b"261 requests"))
    os.utime(edited, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert edited.stat().st_size == before.st_size
    assert states(settled)["004_260a84af7aca67c8.txt"] == "changed"


def test_an_answer_does_not_depend_on_the_files_still_being_there(
    settled: Door, first_use: FirstUse, first_quote: FirstQuote
) -> None:
    before = first_quote(settled.home / "idx", "when was the 10% rule dropped?")
    shutil.rmtree(settled.home / "docs")
    assert first_quote(settled.home / "idx", "when was the 10% rule dropped?") == before
    assert set(states(settled).values()) == {"gone"}


def test_an_index_made_with_a_relative_path_is_right_from_any_folder(settled: Door) -> None:
    elsewhere = Door(settled.home / "elsewhere")
    elsewhere.home.mkdir()
    (settled.home / "docs" / "004_260a84af7aca67c8.txt").unlink()
    found = json.loads(elsewhere.run("status", "--index", "../idx", "--json").out)
    assert {source["state"] for source in found["sources"][:-1]} == {"current"}
    assert found["sources"][-1]["state"] == "gone"
    assert found["sources"][0]["path"] == f"{settled.home}/docs/000_170c282705bbfc67.txt"


@pytest.mark.parametrize("command", ["ask -", "timeline -", "verify -", "chat"])
def test_who_has_opened_an_index_is_answered_from_it_though_a_build_removes_it(
    settled: Door, command: str
) -> None:
    former = current(settled.home / "idx")
    asking = settled.start(*command.split(), "--index", "idx")
    assert asking.stdin
    assert asking.stderr
    asking.stdin.write(b"?!\n")
    asking.stdin.flush()
    assert b"has no word" in asking.stderr.readline()  # it is open, and nothing of it was read yet
    shutil.rmtree(settled.home / "docs")
    (settled.home / "rain.md").write_text("In Zenda 900 mm of rain fell in April.")
    assert settled.run("index", "rain.md", "--index", "idx").code == 0
    assert not former.exists()
    sentence = "Commerce has pulled the amendment, following the Pentagon’s assertion"
    asked = sentence if command == "verify -" else "when was the 10% rule dropped?"
    out, err = asking.communicate(asked.encode())
    assert (asking.returncode, err) == (0, b"")
    assert "pulled the amendment, following" in " ".join(out.decode().replace("│", "").split())


def test_columns_of_0_hide_nothing(settled: Door) -> None:
    shown = settled.run("status", "--index", "idx")
    assert settled.run("status", "--index", "idx", COLUMNS="0").seen == shown.seen
    asked = settled.run("verify", "the harbour of Hull", "--index", "idx", COLUMNS="0")
    assert asked.out.startswith("Not word for word in the documents.")


def test_what_an_index_holds_is_read_from_it_by_programs(settled: Door) -> None:
    found = status(settled)
    assert list(found) == [
        *("directory", "paths", "built", "model", "sources", "sentences", "bytes", "new"),
    ]
    assert found["directory"] == "idx"
    assert found["paths"] == [str(settled.home / "docs")]
    assert found["model"] == "sentence-transformers/all-MiniLM-L6-v2"
    assert [(s["id"], s["title"], s["date"], s["state"]) for s in found["sources"]] == [
        ("000_170c282705bbfc67.txt", None, "2020-01-28", "current"),
        (
            "001_d6e10a7ef917b09b.txt",
            "US to start to relax Huawei ban, announces White House",
            "2019-07-11",
            "current",
        ),
        (
            "002_b4eacca091bd7850.txt",
            "Some Companies Can Now Sell To Huawei To Further US-China Trade Talks",
            None,
            "current",
        ),
        (
            "003_77119e96c5a50260.txt",
            "US Reportedly Mulls Expanding Ban on Sale of Its Technologies in New Possible Blow to "
            "Huawei",
            "2019-12-07",
            "current",
        ),
        ("004_260a84af7aca67c8.txt", "US: Licenses to Sell to Huawei Coming Soon", None, "current"),
    ]
    assert found["sentences"] == sum(source["sentences"] for source in found["sources"])
    assert found["bytes"] == sum(
        path.stat().st_size for path in current(settled.home / "idx").iterdir()
    )


def test_what_is_of_kinds_that_are_not_read_is_counted_in_one_line(settled: Door) -> None:
    for name in ("a.docx", "b.docx", "c.pdf", "d.pdf", "e.pdf", "f.html", "logo.png", ".g.pdf"):
        (settled.home / "docs" / name).write_bytes(b"%PDF")
    ran = settled.run("index", "docs", "--index", "idx")
    assert counts(ran) == "5 documents (0 added, 0 changed, 5 unchanged, 0 removed)"
    said = "not read, for only .txt and .md are: 3 .pdf, 2 .docx, 1 .html"
    assert one_line(ran.err) == said
    as_json = settled.run("index", "docs", "--index", "idx", "--json")
    assert one_line(as_json.err) == said
    assert list(json.loads(as_json.out)) == [
        *("added", "changed", "removed", "unchanged", "skipped", "sentences", "seconds", "unread"),
    ]
    assert json.loads(as_json.out)["unread"] == {".pdf": 3, ".docx": 2, ".html": 1}


def test_where_there_is_nothing_else_they_are_named_too(door: Door) -> None:
    (door.home / "docs").mkdir()
    (door.home / "docs" / "plan.pdf").write_bytes(b"%PDF")
    ran = door.run("index", "docs", "--index", "idx")
    assert one_line(ran.err) == (
        "no .txt or .md file in docs; files of other kinds are not read: 1 .pdf"
    )


def test_several_paths_are_one_corpus_whose_names_tell_them_apart(settled: Door) -> None:
    one = "000_170c282705bbfc67.txt"
    shutil.copytree(SEEDS, settled.home / "other docs")
    ran = settled.run("index", "other docs", f"docs/{one}", "--index", "idx")
    assert counts(ran).startswith("6 documents (5 added, 0 changed, 1 unchanged, 4 removed)")
    assert set(states(settled)) == {
        *(f"other docs/{path.name}" for path in SEEDS.iterdir()),
        one,
    }
    assert one_line(ran.err) == (
        f"idx no longer holds {settled.home}/docs, but for docs/{one}; "
        f"to have all: quoth index {settled.home}/docs 'other docs' --index idx"
    )
    (settled.home / "docs" / one).write_text("It is new.")
    shown = settled.run("status", "--index", "idx").out.splitlines()
    home = settled.home
    assert (
        shown[-1] == f"To catch up: quoth index '{home}/other docs' {home}/docs/{one} --index idx"
    )


def test_without_a_path_what_the_index_holds_is_updated(settled: Door) -> None:
    shutil.copytree(SEEDS, settled.home / "seeds")
    (settled.home / "docs" / "rain.md").write_text("In Zenda 900 mm of rain fell in April.")
    ran = settled.run("index", "--index", "idx")
    assert counts(ran) == "6 documents (1 added, 0 changed, 5 unchanged, 0 removed)"
    assert one_line(ran.err) == f"updating idx from {settled.home}/docs"
    assert status(settled)["paths"] == [str(settled.home / "docs")]


@pytest.mark.parametrize("corpus", ["other", "seeds"])
def test_what_is_set_comes_before_what_the_index_holds_and_what_it_held_is_told(
    settled: Door, corpus: str
) -> None:
    shutil.copytree(SEEDS, settled.home / corpus)
    ran = settled.run("index", "--index", "idx", QUOTH_CORPUS=corpus)
    assert status(settled)["paths"] == [str(settled.home / corpus)]
    assert one_line(ran.err) == (
        f"idx no longer holds {settled.home}/docs; "
        f"to have both: quoth index {settled.home}/docs {corpus} --index idx"
    )


def test_of_documents_that_have_moved_it_is_not_said_how_to_have_both(settled: Door) -> None:
    (settled.home / "docs").rename(settled.home / "papers")
    said = settled.run("status", "--index", "idx").out.splitlines()[-1]
    assert said.startswith(f"{settled.home}/docs is not there any more; ")
    ran = settled.run("index", "papers", "--index", "idx")
    assert counts(ran) == "5 documents (0 added, 0 changed, 5 unchanged, 0 removed)"
    assert one_line(ran.err) == (
        f"idx no longer holds {settled.home}/docs, which is not there any more"
    )


def test_a_link_to_itself_where_documents_were_is_as_good_as_nothing_there(settled: Door) -> None:
    (settled.home / "docs").rename(settled.home / "papers")
    (settled.home / "docs").symlink_to("docs")
    ran = settled.run("index", "papers", "--index", "idx")
    assert counts(ran) == "5 documents (0 added, 0 changed, 5 unchanged, 0 removed)"
    assert one_line(ran.err) == (
        f"idx no longer holds {settled.home}/docs, which is not there any more"
    )


def test_a_path_is_held_once_and_not_at_all_where_no_document_can_be(settled: Door) -> None:
    (settled.home / ".env").write_text("X=1")
    assert settled.run("index", "docs", ".env", "docs/../docs", "--index", "idx").code == 0
    assert status(settled)["paths"] == [str(settled.home / "docs")]
    shutil.copytree(SEEDS, settled.home / "papers")
    ran = settled.run("index", "papers", "--index", "idx")
    assert one_line(ran.err).startswith(f"idx no longer holds {settled.home}/docs; to have both: ")


def test_of_a_folder_that_is_empty_it_is_asked_whether_its_disk_is_mounted(settled: Door) -> None:
    for file in (settled.home / "docs").iterdir():
        file.unlink()
    assert settled.run("index", "--index", "idx").code == 3
    said = settled.run("status", "--index", "idx").out.splitlines()[-1]
    assert said == f"{settled.home}/docs has no document any more; is its disk mounted?"


def test_of_a_path_within_what_is_indexed_now_nothing_is_told(settled: Door) -> None:
    assert settled.run("index", ".", "--index", "idx").err == ""


def test_without_a_path_and_without_an_index_the_seeds_are_named(door: Door) -> None:
    ran = door.run("index", "--index", "idx")
    assert (ran.code, ran.out) == (3, "")
    assert one_line(ran.err) == (
        "no index at idx, and no seeds here to build it from; "
        "with the path of your documents, run: quoth index PATH --index idx"
    )


def test_files_that_came_since_are_named_but_not_those_that_cannot_be_read(settled: Door) -> None:
    docs = settled.home / "docs"
    (docs / "new.md").write_text("It is new.")
    (docs / "latin-1.txt").write_bytes("Fréderic".encode("latin-1"))
    assert status(settled)["new"] == [str(docs / "new.md")]
    shown = settled.run("status", "--index", "idx").out
    new = "\n1 file is not indexed yet:\n  new      docs/new.md\n"
    command = f"To catch up: quoth index {docs} --index idx\n"
    assert shown.endswith(new + command)
    (docs / "004_260a84af7aca67c8.txt").unlink()
    assert settled.run("status", "--index", "idx").out.endswith(command + new)


def test_of_very_many_new_files_twenty_are_listed_and_all_in_json(settled: Door) -> None:
    for number in range(25):
        (settled.home / "docs" / f"new {number:02}.md").write_text("It is new.")
    shown = settled.run("status", "--index", "idx").out.splitlines()
    assert "25 files are not indexed yet:" in shown
    assert shown[-3:-1] == [
        "  new      docs/new 19.md",
        "  and 5 more; quoth status --json lists all",
    ]
    assert len(status(settled)["new"]) == 25


def test_what_is_not_there_has_no_new_files(settled: Door) -> None:
    shutil.rmtree(settled.home / "docs")
    assert status(settled)["new"] == []
