"""What an update takes over, and what it does not trust."""

import fcntl
import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world import Words

from index import Index, UnreadableCorpus
from index.documents import load
from index.models.encode import SentenceEncoder
from index.search import dense
from index.storage import build, made
from index.storage.store import open_generation
from index.words import lexical

TEXT = "The harbour was dredged in 1931 by the city of Hull."


def flip(file: Path, offset: int) -> None:
    """Change one byte of a file."""
    raw = bytearray(file.read_bytes())
    raw[offset] ^= 1
    file.write_bytes(raw)


@pytest.mark.parametrize("file", ["texts.bin", "sentences.i32"])
def test_damage_in_an_index_too_large_to_check_is_mended_by_the_next_build(
    tmp_path: Path, encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    docs, idx = tmp_path / "docs", tmp_path / "idx"
    docs.mkdir()
    (docs / "a.txt").write_text(TEXT)
    Index.build([docs], idx, model=encoder)
    flip(idx / "generations" / "000001" / file, 4)
    monkeypatch.setattr(build, "open_generation", partial(open_generation, verify_bytes=0))

    Index.build([docs], idx, model=encoder)

    quotes = Index.open(idx, model=encoder).ask("when was the harbour dredged?").quotes
    assert [quote.text for quote in quotes] == [TEXT]


def test_a_file_is_markdown_or_not_by_its_name_though_its_content_was_indexed(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    docs, idx = tmp_path / "docs", tmp_path / "idx"
    docs.mkdir()
    text = "Notes of the crew\n\n# The harbour\n\nIt was dredged in 1931."
    for name in ("a.txt", "b.md"):
        (docs / name).write_text(text)
        Index.build([docs], idx, model=encoder)
    titles = {source.id: source.title for source in Index.open(idx, model=encoder).status().sources}
    assert titles == {"a.txt": "Notes of the crew", "b.md": "The harbour"}


def test_documents_without_words_do_not_stand_in_the_way_of_those_that_come(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    docs, idx = tmp_path / "docs", tmp_path / "idx"
    docs.mkdir()
    (docs / "empty.txt").write_text("")
    Index.build([docs], idx, model=encoder)
    (docs / "a.txt").write_text(TEXT)
    Index.build([docs], idx, model=encoder)
    opened = Index.open(idx, model=encoder)
    assert [quote.text for quote in opened.ask("when was the harbour dredged?").quotes] == [TEXT]


ABOUT = (
    "",
    TEXT,
    "# Notes\n\n5 May 2021\n\nThe SAGE met in Hull. It said: 10% of £5m, twice.",
    "The Small Advisory Group on Energy (SAGE) met in York.",
    "The Scientific Advice Group for Emergencies (SAGE) met in Leeds.",
    "The advisory group on energy is small. The NCWS spoke of it.",
    "The NCWS (National Centre for Water Safety) spoke. The harbour was dredged. Who asked?",
)
STATES = st.dictionaries(st.sampled_from(("a.txt", "b.md", "c.txt", "d/e.txt", "f.md")),
                         st.sampled_from(ABOUT), min_size=1, max_size=5)  # fmt: skip


def written(idx: Path) -> dict[str, object]:
    """All that an index says, but for when it was built."""
    found = open_generation(idx)
    meta = {name: of for name, of in found.meta.items() if name not in ("built", "started_ns")}
    return {"meta": meta, **{name: bytes(data) for name, data in found.files.items()}}


def make(docs: Path, state: dict[str, str]) -> None:
    """Let the folder hold these files. What it has already it keeps, untouched."""
    for path in [path for path in docs.rglob("*.*") if str(path.relative_to(docs)) not in state]:
        path.unlink()
    for name, text in state.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


@settings(max_examples=60)
@given(
    st.lists(STATES, min_size=2, max_size=4),
    st.sampled_from((-(10**18), 10**18)),
    st.sampled_from((10**9, 0)),
)
def test_an_update_writes_what_a_build_of_the_same_documents_writes(
    tmp_path_factory: pytest.TempPathFactory,
    states: Sequence[dict[str, str]],
    settled_ns: int,
    verify_bytes: int,
) -> None:
    home = tmp_path_factory.mktemp("home")
    docs, idx, anew = home / "docs", home / "idx", home / "anew"
    docs.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_SETTLED_NS", settled_ns)
        opening = partial(open_generation, verify_bytes=verify_bytes)
        patch.setattr(build, "open_generation", opening)
        for state in states:
            make(docs, state)
            Index.build([docs], idx, model=Words())
    Index.build([docs], anew, model=Words())
    assert written(idx) == written(anew)


def test_an_update_parts_passages_as_a_build_does(
    tmp_path: Path, encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "EXACT", 20)
    docs, texts = tmp_path / "docs", {f"{n:03d}.txt": f"Pier {n} is long." for n in range(60)}
    docs.mkdir()
    for changed in ("It was dredged.", "It rained. It snowed."):
        make(docs, texts | {"030.txt": changed})
        Index.build([docs], tmp_path / "idx", model=encoder)
    Index.build([docs], tmp_path / "anew", model=encoder)
    assert "passages.order" in written(tmp_path / "idx")
    assert written(tmp_path / "idx") == written(tmp_path / "anew")


def test_an_index_of_other_tokens_is_given_those_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    make(docs, {"a.txt": TEXT, "b.txt": ABOUT[2], "c.txt": ABOUT[3]})
    with monkeypatch.context() as patch:
        patch.setattr(lexical, "TOKENIZER", "words-0")
        patch.setattr("index.words.abbreviations.tokens", str.split)
        patch.setattr("index.words.abbreviations.telling", str.split)
        Index.build([docs], tmp_path / "idx", model=Words())
    Index.build([docs], tmp_path / "idx", model=Words())
    Index.build([docs], tmp_path / "anew", model=Words())
    assert written(tmp_path / "idx") == written(tmp_path / "anew")


@pytest.fixture
def stamped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], str]:
    """Builds an index, changes the file to a text as long under the same stamp, of so many
    seconds before, and builds again: what the index then holds."""

    def of(age: int) -> str:
        stamp = time.time_ns() - age * 10**9

        def coarse(status: os.stat_result) -> tuple[int, ...]:
            return status.st_size, stamp, stamp, 1

        monkeypatch.setattr(load, "signature", coarse)
        monkeypatch.setattr(build, "signature", coarse)
        for text in ("Old.", "New."):
            (tmp_path / "a.txt").write_text(text)
            Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=Words())
        return Index.open(tmp_path / "idx", model=Words()).raw("a.txt").decode()

    return of


def test_a_file_written_to_just_before_is_read_again_whatever_its_stamp(
    stamped: Callable[[int], str],
) -> None:
    assert stamped(1) == "New."


def test_a_file_of_an_old_stamp_is_not_read_again(stamped: Callable[[int], str]) -> None:
    assert stamped(60) == "Old."


@pytest.mark.parametrize("year", [1915, 2400])
def test_a_file_may_have_been_written_at_any_time(tmp_path: Path, year: int) -> None:
    for text in (TEXT, "The pier was built."):
        (tmp_path / "a.txt").write_text(text)
        seconds = int((year - 1970) * 365.25 * 86400)
        os.utime(tmp_path / "a.txt", (seconds, seconds))
        Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=Words())
        index = Index.open(tmp_path / "idx", model=Words())
        assert (index.raw("a.txt").decode(), index.state("a.txt")) == (text, "current")


def test_a_build_that_waited_for_another_indexes_what_is_there_by_then(tmp_path: Path) -> None:
    docs, idx = tmp_path / "docs", tmp_path / "idx"
    docs.mkdir()
    (docs / "a.txt").write_text(TEXT)
    Index.build([docs], idx, model=Words())
    with open(idx / "lock", "r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        def other_ends(holder: str) -> None:
            (docs / "b.txt").write_text("The pier was built.")
            fcntl.flock(lock, fcntl.LOCK_UN)

        report = Index.build([docs], idx, model=Words(), on_wait=other_ends)
    assert report.added == ("b.txt",)


class OtherWords(Words):
    """As another model."""

    name, fingerprint = "other words", "1" * 64


@pytest.mark.parametrize("otherwise", ["model", "version"])
def test_an_index_made_otherwise_is_not_built_again_without_a_disk_that_it_was_made_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, otherwise: str
) -> None:
    here, disk, idx = tmp_path / "here", tmp_path / "disk", tmp_path / "idx"
    for folder in (here, disk):
        folder.mkdir()
        (folder / "a.txt").write_text(TEXT)
    Index.build([here, disk], idx, model=Words())
    (disk / "a.txt").unlink()  # as where a disk is not mounted
    model = OtherWords() if otherwise == "model" else Words()
    if otherwise == "version":
        monkeypatch.setattr(made, "SCHEMA", made.SCHEMA + 1)
    with pytest.raises(UnreadableCorpus, match=r"no \.txt or \.md file is left in .*disk"):
        Index.build([here, disk], idx, model=model)
    assert Index.build([here], idx, model=model).sentences == 1


def test_no_folder_is_made_for_the_index_of_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableCorpus, match="cannot be indexed"):
        Index.build([tmp_path / "dosc"], tmp_path / "idx", model=Words())
    assert not (tmp_path / "idx").exists()


def test_a_document_in_whose_place_is_a_pipe_is_gone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=Words())
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")
    assert load.file_stat(str(tmp_path / "a.txt")) is None  # else this would wait for a writer
    assert Index.open(tmp_path / "idx", model=Words()).state("a.txt") == "gone"
