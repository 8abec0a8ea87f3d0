"""What was committed is what is opened; where nothing was, there is no index."""

from pathlib import Path

import pytest
from stored import MEND, NEW, OLD, build, contents, state, tree

from index.errors import NoIndex
from index.storage.draft import writing
from index.storage.store import open_generation


def test_what_was_committed_is_what_is_opened(tmp_path: Path) -> None:
    meta = {"model": "small", "documents": [{"id": "a/b.txt", "title": None}], "scale": 0.25}
    with writing(tmp_path / "new" / "idx") as draft:
        draft.path("text.bin").write_bytes(b"words")
        draft.path("empty.bin").write_bytes(b"")
        draft.commit(meta, MEND)

    opened = open_generation(tmp_path / "new" / "idx")

    assert opened.meta == meta
    assert opened.files["text.bin"] == b"words"
    assert opened.files["empty.bin"] == b""
    assert opened.path("text.bin").read_bytes() == b"words"
    assert opened.files["text.bin"].readonly


def test_the_size_is_that_of_all_files_of_the_generation(stored: Path) -> None:
    folder = stored / "generations" / "000001"
    on_disk = sum(path.stat().st_size for path in folder.iterdir())
    assert open_generation(stored).size == on_disk


def test_a_file_to_verify_that_was_not_written_is_refused(stored: Path) -> None:
    with (
        pytest.raises(ValueError, match=r"\['tabel.json'\]"),
        writing(stored) as draft,
    ):
        draft.commit({}, MEND, always_verify=("tabel.json",))
    assert state(stored) == OLD


def test_opening_writes_nothing_and_works_where_nothing_can_be_written(stored: Path) -> None:
    every = [stored, *stored.rglob("*")]
    before = tree(stored), [path.stat().st_mtime_ns for path in every]
    try:
        for path in every:
            path.chmod(0o555 if path.is_dir() else 0o444)
        assert state(stored) == OLD
        assert (tree(stored), [path.stat().st_mtime_ns for path in every]) == before
    finally:
        for path in every:
            path.chmod(0o755)


def test_what_a_build_leaves_out_is_gone_from_the_disk_and_an_open_reader_keeps_it(
    stored: Path,
) -> None:
    reader = open_generation(stored)
    build(stored, NEW)
    assert not reader.folder.exists()
    assert contents(reader) == OLD
    assert state(stored) == NEW


@pytest.mark.parametrize("entries", [None, [], ["lock"], ["lock", "generations/000001/text.bin"]])
def test_where_no_build_ever_ended_there_is_no_index(
    tmp_path: Path, entries: list[str] | None
) -> None:
    directory = tmp_path / "my idx"
    for entry in entries or []:
        (directory / entry).parent.mkdir(parents=True, exist_ok=True)
        (directory / entry).write_bytes(b"")
    if entries == []:
        directory.mkdir()
    with pytest.raises(NoIndex) as raised:
        open_generation(directory)
    assert str(raised.value) == (
        f"there is no index in {directory}; make one with: quoth index PATH --index '{directory}'"
    )


def test_a_file_and_a_folder_of_other_things_are_no_index(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert state(tmp_path / "notes.txt") == "NoIndex"
    assert state(tmp_path) == "NoIndex"
