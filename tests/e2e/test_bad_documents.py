"""Bad documents: each is named on one line, with its reason, and the others are indexed."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FirstUse

from e2e.bad import TEN_PERCENT, damage
from e2e.door import CAFE, Door, Ran, current, one_line
from index import Index
from index.models.encode import SentenceEncoder

FirstQuote = Callable[[Path, str], str]


def fill_with_bad_files(docs: Path) -> dict[str, str]:
    """Files that cannot be indexed, and the reason that is given for each."""
    (docs / "latin-1.txt").write_bytes("Fréderic".encode("latin-1"))
    (docs / "binary.txt").write_bytes(b"ELF\x7f\x00\x01")
    with (docs / "large.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    (docs / "loop.txt").symlink_to("loop.txt")
    (docs / "nothing.txt").symlink_to("nowhere.txt")
    (docs / "up").symlink_to("..")
    os.mkfifo(docs / "pipe.txt")
    return {
        "docs/binary.txt": "binary (NUL byte at offset 4)",
        "docs/large.txt": "too large (200 MB; the limit is 64 MB)",
        "docs/latin-1.txt": "not UTF-8 (byte 0xe9 at offset 2); save it as UTF-8",
        "docs/loop.txt": "symlink loop",
        "docs/nothing.txt": "symlink to nothing",
        "docs/pipe.txt": "not a regular file",
        "docs/up": "symlink loop",
    }


def skipped(ran: Ran) -> dict[str, str]:
    lines = [line.removeprefix("quoth: skipped ") for line in ran.err.splitlines()]
    return {path: reason for path, _, reason in (line.partition(": ") for line in lines)}


def test_files_that_cannot_be_read_are_named_and_the_others_are_indexed(settled: Door) -> None:
    reasons = fill_with_bad_files(settled.home / "docs")
    ran = settled.run("index", "docs", "--index", "idx")
    assert ran.code == 0
    assert skipped(ran) == reasons
    assert ran.out.startswith(
        "5 documents (0 added, 0 changed, 5 unchanged, 0 removed), 7 skipped, "
    )


def test_where_nothing_can_be_read_the_former_index_stays_and_the_exit_code_is_3(
    settled: Door, first_quote: FirstQuote
) -> None:
    shutil.rmtree(settled.home / "docs")
    (settled.home / "docs").mkdir()
    before = settled.run("status", "--index", "idx", "--json").out
    fill_with_bad_files(settled.home / "docs")
    ran = settled.run("index", "docs", "--index", "idx")
    assert (ran.code, ran.out) == (3, "")
    first = f"{settled.home}/docs/binary.txt: binary (NUL byte at offset 4) (and 6 more); "
    assert one_line(ran.err).startswith(first)
    assert settled.run("status", "--index", "idx", "--json").out == before
    assert "pulled the amendment" in first_quote(settled.home / "idx", TEN_PERCENT)


def test_a_file_without_permission_is_skipped(settled: Door) -> None:
    closed = settled.home / "docs" / "000_170c282705bbfc67.txt"
    closed.chmod(0)
    os.utime(closed)
    if os.access(closed, os.R_OK):
        pytest.skip("the administrator may read all there is")
    ran = settled.run("index", "docs", "--index", "idx")
    assert skipped(ran) == {"docs/000_170c282705bbfc67.txt": "permission denied"}
    assert ran.code == 0


def test_a_file_that_vanishes_while_others_are_read_is_skipped(
    settled: Door, encoder: SentenceEncoder
) -> None:
    docs = settled.home / "docs"
    last = docs / "004_260a84af7aca67c8.txt"
    report = Index.build(
        [docs],
        settled.home / "idx",
        model=encoder,
        progress=lambda stage, done, total: last.unlink(missing_ok=True),
    )
    assert [(Path(s.path).name, s.reason) for s in report.skipped] == [
        (last.name, "vanished while it was read")
    ]
    assert (report.unchanged, report.removed) == (4, (last.name,))


def test_a_path_that_is_not_there_is_an_error_and_not_an_empty_folder(settled: Door) -> None:
    ran = settled.run("index", "docs", "absent", "--index", "idx")
    assert (ran.code, ran.out) == (3, "")
    assert one_line(ran.err) == (
        "absent cannot be indexed: No such file or directory; mend the path, or mount its disk, "
        "and run again"
    )
    assert len(json.loads(settled.run("status", "--index", "idx", "--json").out)["sources"]) == 5


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, first_use: FirstUse) -> tuple[Path, Ran]:
    """A home with files that are odd and not bad, and how `quoth index docs --index idx` went over
    an index that is damaged: the command that every message on damage names."""
    home = tmp_path_factory.mktemp("odd")
    shutil.copytree(first_use.index, home / "idx")
    damage(current(home / "idx") / "texts.bin", "flipped")
    docs = home / "docs"
    docs.mkdir()
    (docs / "empty.txt").write_bytes(b"")
    (docs / "blank.md").write_bytes(b"\xef\xbb\xbf \r\n\n")
    (docs / "one line.txt").write_text("Ada Lovelace was born in London in 1815.")
    (docs / "long.txt").write_text("word " * 210_000 + "The festival moved to Lisbon in 2021.")
    for name in ("copy a.txt", "copy b.txt"):
        (docs / name).write_text("The lighthouse of Kõpu was lit in 1531.\n")
    (docs / ODD_NAME).write_text("The tower of Pisa leans by 4 degrees.\n")
    return home, Door(home).run("index", "docs", "--index", "idx")


ODD_NAME = f"{CAFE} 🎉\n.txt"


def ask(home: Path, encoder: SentenceEncoder, question: str) -> set[tuple[str, str]]:
    answer = Index.open(home / "idx", model=encoder).ask(question)
    assert answer.answered
    return {(quote.source, quote.text) for quote in answer.quotes}


def test_odd_files_are_indexed_like_any_other_over_a_damaged_index(odd: tuple[Path, Ran]) -> None:
    assert odd[1].code == 0
    assert one_line(odd[1].err).startswith("idx no longer holds ")
    assert odd[1].out.startswith("7 documents (7 added, 0 changed, 0 unchanged, 0 removed), ")


def test_a_file_of_one_line_answers(odd: tuple[Path, Ran], encoder: SentenceEncoder) -> None:
    text = "Ada Lovelace was born in London in 1815."
    assert ("one line.txt", text) in ask(odd[0], encoder, "When was Ada Lovelace born?")


def test_a_sentence_at_the_end_of_a_line_of_a_megabyte_is_found(
    odd: tuple[Path, Ran], encoder: SentenceEncoder
) -> None:
    text = (odd[0] / "docs" / "long.txt").read_text()
    assert len(text) > 2**20
    answer = Index.open(odd[0] / "idx", model=encoder).ask("When did the festival move to Lisbon?")
    quote = (answer.quotes or answer.near)[0]
    assert quote.text.endswith("The festival moved to Lisbon in 2021.")
    assert len(quote.text) <= 1000
    assert text[quote.span.start : quote.span.end] == quote.text
    assert (quote.line_start, quote.line_end) == (1, 1)


def test_the_same_text_in_two_files_is_quoted_once(
    odd: tuple[Path, Ran], encoder: SentenceEncoder
) -> None:
    text = "The lighthouse of Kõpu was lit in 1531."
    found = ask(odd[0], encoder, "When was the lighthouse of Kõpu lit?")
    assert [source for source, quote in found if quote == text] == ["copy a.txt"]


def test_a_file_whose_name_is_no_text_answers(
    odd: tuple[Path, Ran], encoder: SentenceEncoder
) -> None:
    text = "The tower of Pisa leans by 4 degrees."
    assert (ODD_NAME, text) in ask(odd[0], encoder, "By how much does the tower of Pisa lean?")


def test_a_file_whose_name_is_no_text_is_printed_as_json(odd: tuple[Path, Ran]) -> None:
    ran = Door(odd[0]).run("status", "--index", "idx", "--json")
    assert ODD_NAME in {source["id"] for source in json.loads(ran.out)["sources"]}


def test_an_empty_folder_is_an_index_that_answers_nothing(door: Door) -> None:
    (door.home / "docs").mkdir()
    built = door.run("index", "docs", "--index", "idx")
    assert built.code == 0
    assert one_line(built.err) == ("no .txt or .md file in docs; files of other kinds are not read")
    assert built.out.startswith(
        "0 documents (0 added, 0 changed, 0 unchanged, 0 removed), 0 sentences, "
    )
    ran = door.run("ask", "who was the mayor?", "--index", "idx", "--json")
    assert (ran.code, ran.err) == (1, "")
    answer = json.loads(ran.out)
    assert (answer["answered"], answer["confidence"]) == (False, 0.0)
    assert (answer["quotes"], answer["near"]) == ([], [])


def test_a_folder_that_holds_nothing_any_more_leaves_the_index_as_it_was(settled: Door) -> None:
    before = settled.run("status", "--index", "idx", "--json").out
    (settled.home / "docs").rename(settled.home / "elsewhere")
    (settled.home / "docs").mkdir()  # as where a disk was mounted
    (settled.home / "docs" / "plan.pdf").write_bytes(b"%PDF")
    ran = settled.run("index", "docs", "--index", "idx")
    assert (ran.code, ran.out) == (3, "")
    assert one_line(ran.err) == (
        "no .txt or .md file in docs, so nothing was changed; mount its disk, name another folder, "
        "or remove idx first"
    )
    shutil.rmtree(settled.home / "docs")
    (settled.home / "elsewhere").rename(settled.home / "docs")
    assert settled.run("status", "--index", "idx", "--json").out == before


def test_of_several_folders_none_may_be_empty_at_once(settled: Door) -> None:
    (settled.home / "more").mkdir()
    (settled.home / "more" / "rain.md").write_text("In Zenda 900 mm of rain fell in April.")
    assert settled.run("index", "docs", "more", "--index", "idx").code == 0
    (settled.home / "more" / "rain.md").unlink()
    ran = settled.run("index", "docs", "more", "--index", "idx")
    assert (ran.code, ran.out) == (3, "")
    assert one_line(ran.err) == (
        "no .txt or .md file is left in more, so nothing was changed; mount its disk, "
        "or leave it out"
    )
    assert settled.run("index", "docs", "--index", "idx").code == 0
