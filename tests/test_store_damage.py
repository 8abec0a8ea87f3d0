"""Whatever is damaged, missing or of another version in an index is noticed, and named."""

import errno
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import (
    EVERY_FILE,
    MEND,
    NEW,
    OLD,
    build,
    state,
)

from index.errors import BrokenIndex
from index.storage.current import FORMAT
from index.storage.draft import writing
from index.storage.store import VERIFY_BYTES, open_generation


def assert_broken(directory: Path, file: str, why: str) -> None:
    command = "quoth index PATH" if file == "current.json" else MEND
    mend = f"{command} --index {directory}"
    with pytest.raises(BrokenIndex) as raised:
        open_generation(directory)
    assert str(raised.value) == f"{directory / file} {why}; rebuild the index with: {mend}"


@pytest.mark.parametrize("file", EVERY_FILE)
def test_any_byte_that_changes_is_noticed(stored: Path, file: str) -> None:
    whole = (stored / file).read_bytes()
    why = (
        "is damaged"
        if file == "current.json"
        else "is damaged: its SHA-256 is not the one recorded"
    )
    for place in range(len(whole)):
        for bit in (0x01, 0x20):
            flipped = bytearray(whole)
            flipped[place] ^= bit
            (stored / file).write_bytes(flipped)
            assert_broken(stored, file, why)


@pytest.mark.parametrize("file", EVERY_FILE)
@pytest.mark.parametrize("verify_bytes", [VERIFY_BYTES, 0])
def test_a_file_of_another_length_is_noticed_at_any_size_of_index(
    stored: Path, file: str, verify_bytes: int
) -> None:
    whole = (stored / file).read_bytes()
    for damaged in [whole[:length] for length in range(len(whole))] + [whole + b"}"]:
        (stored / file).write_bytes(damaged)
        with pytest.raises(BrokenIndex, match=file):
            open_generation(stored, verify_bytes=verify_bytes)


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_missing_file_is_named(stored: Path, file: str) -> None:
    (stored / file).unlink()
    assert_broken(stored, file, "is missing")


@pytest.mark.parametrize("file", EVERY_FILE)
def test_a_file_that_cannot_be_read_is_named(stored: Path, file: str) -> None:
    (stored / file).unlink()
    (stored / file).mkdir()
    assert_broken(stored, file, f"cannot be read: {os.strerror(errno.EISDIR)}")


def test_what_may_not_be_read_is_no_damage(stored: Path) -> None:
    (stored / "current.json").chmod(0)
    if os.access(stored / "current.json", os.R_OK):
        pytest.skip("the administrator may read all there is")
    with pytest.raises(BrokenIndex, match="Permission denied; let this user read it"):
        open_generation(stored)


def test_the_mend_names_the_folder_that_was_opened_wherever_it_was_made(stored: Path) -> None:
    moved = stored.rename(stored.with_name("moved"))
    (moved / "generations/000001/text.bin").unlink()
    assert_broken(moved, "generations/000001/text.bin", "is missing")


def test_a_missing_generation_is_noticed(stored: Path) -> None:
    shutil.rmtree(stored / "generations" / "000001")
    assert_broken(stored, "generations/000001/manifest.json", "is missing")


def test_a_truncated_file_is_said_to_be_short(stored: Path) -> None:
    (stored / "generations/000001/text.bin").write_bytes(b"May")
    assert_broken(stored, "generations/000001/text.bin", "has 3 bytes, not 9")


def test_files_of_another_generation_are_not_taken_for_this_one(stored: Path) -> None:
    shutil.copytree(stored / "generations" / "000001", stored.with_name("former"))
    build(stored, NEW)
    shutil.rmtree(stored / "generations" / "000002")
    stored.with_name("former").rename(stored / "generations" / "000002")
    assert_broken(
        stored,
        "generations/000002/manifest.json",
        "is damaged: its SHA-256 is not the one recorded",
    )


def test_above_the_limit_only_what_must_be_is_verified(stored: Path) -> None:
    size = sum(map(len, OLD.values()))
    (stored / "generations/000001/text.bin").write_bytes(b"May 2018.")
    with pytest.raises(BrokenIndex, match=r"text\.bin is damaged"):
        open_generation(stored, verify_bytes=size)
    assert open_generation(stored, verify_bytes=size - 1).files["text.bin"] == b"May 2018."

    (stored / "generations/000001/table.json").write_bytes(b"[1, 9]")
    with pytest.raises(BrokenIndex, match=r"table\.json is damaged"):
        open_generation(stored, verify_bytes=size - 1)


def forged(directory: Path, changes: dict[str, Any]) -> None:
    """Writes a current.json whose own SHA-256 is right."""
    fields = json.loads((directory / "current.json").read_bytes()) | changes
    fields = {name: value for name, value in fields.items() if name != "sha256"}
    sha256 = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    (directory / "current.json").write_text(json.dumps(fields | {"sha256": sha256}))


@pytest.mark.parametrize(
    "changes",
    [
        {"generation": "../generations/000001"},
        {"generation": "000001/../000001"},
        {"generation": "/etc"},
        {"generation": "1"},
        {"generation": "000001\n"},
        {"generation": ""},
        {"generation": 1},
        {"generation": None},
        {"format": "1"},
        {"format": None},
        {"mend": ["rm", "-r"]},
        {"manifest_sha256": None},
    ],
)
def test_a_pointer_to_somewhere_else_is_damage(stored: Path, changes: dict[str, Any]) -> None:
    forged(stored, changes)
    assert_broken(stored, "current.json", "is damaged")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()) | st.just(b"[" * 100_000))
def test_whatever_current_json_holds_it_is_damage_or_an_index(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    directory = tmp_path_factory.getbasetemp() / "any"
    if not directory.exists():
        build(directory, OLD)
    (directory / "current.json").write_bytes(data)
    assert state(directory) == "BrokenIndex"


@pytest.mark.parametrize(("version", "age"), [(FORMAT - 1, "an older"), (FORMAT + 1, "a newer")])
def test_another_version_is_told_from_damage(stored: Path, version: int, age: str) -> None:
    forged(stored, {"format": version, "colour": "blue"})
    with pytest.raises(BrokenIndex) as raised:
        open_generation(stored)
    assert str(raised.value) == (
        f"{stored} was made by {age} version (format {version}, this one reads 1); "
        f"rebuild the index with: {MEND} --index {stored}"
    )


def test_a_mend_with_a_file_name_that_is_no_text_survives(stored: Path) -> None:
    with writing(stored) as draft:
        draft.path("text.bin").write_bytes(b"words")
        draft.commit({}, "quoth index 'caf\udce9'")
    (stored / "generations/000002/text.bin").unlink()
    with pytest.raises(BrokenIndex, match="index with: quoth index 'caf\udce9'"):
        open_generation(stored)


@pytest.mark.parametrize("part", ["current.json", "lock", "generations"])
@pytest.mark.parametrize("damage", ["missing", "flipped"])
def test_whatever_part_is_lost_the_next_build_mends_it(
    stored: Path, part: str, damage: str
) -> None:
    if damage == "flipped" and part != "generations":
        (stored / part).write_bytes(b"\xff")
    elif part == "generations":
        shutil.rmtree(stored / part)
    else:
        (stored / part).unlink()
    build(stored, NEW)
    assert state(stored) == NEW
