"""Which files become documents, and which are skipped and why."""

import os
import socket
from hashlib import sha256
from pathlib import Path

import pytest
from e2e.door import CAFE
from hypothesis import given
from hypothesis import strategies as st
from soon import soon

from index.documents.load import MAX_BYTES, File, file_stat, find, is_markdown, parse, read
from index.errors import UnreadableCorpus
from index.types import Skipped


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("A text.")


def ids(*paths: Path) -> list[str]:
    files, skipped, _ = find(paths)
    assert skipped == ()
    return [file.id for file in files]


def skips(folder: Path, *paths: Path) -> list[tuple[str, str]]:
    """What is skipped under `paths`, or `folder` itself: paths below it and reasons."""
    return [(str(Path(s.path).relative_to(folder)), s.reason) for s in find(paths or [folder])[1]]


def test_text_and_markdown_are_found_in_folders_of_any_depth_in_order_of_their_ids(
    tmp_path: Path,
) -> None:
    write(tmp_path, "b.txt", "a/z.MD", "a/b/c.markdown", "B.TXT", "a.txt", "e.pdf", "txt", "x.txt~")
    assert ids(tmp_path) == ["B.TXT", "a.txt", "a/b/c.markdown", "a/z.MD", "b.txt"]


def test_an_id_leads_to_its_file(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    (file,), skipped, _ = find([tmp_path])
    assert (file.id, file.path, skipped) == ("a/b.txt", str(tmp_path / "a/b.txt"), ())
    assert file.stat == file_stat(file.path)


@pytest.mark.parametrize("path", ["docs", "./docs", "docs/", "docs/../docs", "docs/a.txt"])
def test_a_file_is_known_by_a_path_that_holds_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    write(tmp_path, "docs/a.txt")
    monkeypatch.chdir(tmp_path)
    assert [file.path for file in find([Path(path)])[0]] == [str(tmp_path / "docs/a.txt")]


def test_above_a_link_is_above_what_it_leads_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "far/docs/a.txt", "far/b.txt", "c.txt")
    (tmp_path / "link").symlink_to("far/docs")
    monkeypatch.chdir(tmp_path)
    assert ids(Path("link/..")) == ["b.txt", "docs/a.txt"]


def test_hidden_names_are_passed_over_unless_they_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, ".git/a.txt", ".b.txt", "c.txt")
    assert ids(tmp_path) == ["c.txt"]
    assert ids(tmp_path / ".git") == ["a.txt"]
    assert ids(tmp_path, tmp_path / ".git") == [".git/a.txt", f"{tmp_path.name}/c.txt"]


def test_documents_of_kinds_that_are_not_read_are_counted_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf", "b/C.PDF", "b/d.docx", "e.txt")
    write(tmp_path, ".git/f.pdf", ".g.pdf", "h.py", "i.png", "j.json", "LICENSE", "pdf")
    assert find([tmp_path])[2] == {".pdf": 2, ".docx": 1}


def test_an_empty_folder_has_no_files(tmp_path: Path) -> None:
    assert find([tmp_path]) == ((), (), {})
    assert find([]) == ((), (), {})


def test_a_file_asked_for_is_known_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt", "a/c.txt")
    assert ids(tmp_path / "a/b.txt") == ["b.txt"]
    assert ids(tmp_path / "a/b.txt", tmp_path / "a/c.txt") == ["b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["p/docs", "p/notes"], ["docs/a.txt", "notes/a.txt"]),
        (["p/docs", "q/docs"], ["p/docs/a.txt", "q/docs/a.txt"]),
        (["p/docs/a.txt", "q/docs/a.txt"], ["p/docs/a.txt", "q/docs/a.txt"]),
        (["p/docs", "q/b.txt"], ["b.txt", "docs/a.txt"]),
        (["p/docs", "q/docs", "p/notes"], ["notes/a.txt", "p/docs/a.txt", "q/docs/a.txt"]),
        (["p/docs", "p/docs"], ["a.txt"]),
        (["p/docs", "p/docs/a.txt"], ["a.txt"]),
        (["p/docs/a.txt", "p"], ["docs/a.txt", "notes/a.txt"]),
        (["p/docs/../notes"], ["a.txt"]),
    ],
)
def test_ids_tell_several_paths_apart_and_no_file_is_found_twice(
    tmp_path: Path, paths: list[str], expected: list[str]
) -> None:
    write(tmp_path, "p/docs/a.txt", "q/docs/a.txt", "p/notes/a.txt", "q/b.txt")
    assert ids(*(tmp_path / path for path in paths)) == expected


def test_the_ids_of_a_folder_and_of_a_file_in_another_are_not_the_same(tmp_path: Path) -> None:
    write(tmp_path, "p/docs/a.txt", "q/docs/a.txt", "r/a.txt")
    found = ids(tmp_path / "p/docs", tmp_path / "q/docs/a.txt", tmp_path / "r/a.txt")
    assert found == ["p/docs/a.txt", "q/docs/a.txt", "r/a.txt"]


def test_a_path_that_does_not_exist_fails_as_a_whole_and_names_it(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    for missing in (tmp_path / "b.txt", tmp_path / "gone", tmp_path / "a.txt" / "b"):
        with pytest.raises(UnreadableCorpus, match=str(missing)):
            find([tmp_path, missing])


@pytest.mark.parametrize("name", ["a\nb", "a\0b", "\udcff"])
def test_the_refusal_of_a_strange_path_is_one_line_that_can_be_printed(name: str) -> None:
    with pytest.raises(UnreadableCorpus) as refused:
        find([Path(name)])
    assert str(refused.value).isprintable()


def test_a_file_asked_for_that_is_no_text_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf")
    assert skips(tmp_path, tmp_path / "a.pdf") == [("a.pdf", "not a .txt or .md file")]


def test_links_to_files_and_folders_are_followed(tmp_path: Path) -> None:
    write(tmp_path, "far/a.txt", "docs/b.txt")
    (tmp_path / "docs/far").symlink_to(tmp_path / "far")
    (tmp_path / "docs/c.txt").symlink_to(tmp_path / "far/a.txt")
    assert ids(tmp_path / "docs") == ["b.txt", "c.txt", "far/a.txt"]


def test_a_link_to_a_folder_above_it_or_to_itself_is_a_loop(tmp_path: Path) -> None:
    write(tmp_path, "docs/b/a.txt")
    (tmp_path / "docs/b/up").symlink_to(tmp_path / "docs")
    (tmp_path / "docs/b/here").symlink_to(".")
    (tmp_path / "docs/self").symlink_to("self")
    (tmp_path / "docs/self.txt").symlink_to("self.txt")
    (tmp_path / "docs/out").symlink_to(tmp_path)
    assert [file.id for file in find([tmp_path / "docs"])[0]] == ["b/a.txt"]
    assert skips(tmp_path, tmp_path / "docs") == [
        ("docs/b/here", "symlink loop"),
        ("docs/b/up", "symlink loop"),
        ("docs/out", "symlink loop"),
        ("docs/self", "symlink loop"),
        ("docs/self.txt", "symlink loop"),
    ]


def test_a_folder_is_known_by_its_own_name_and_a_link_to_it_is_named(tmp_path: Path) -> None:
    write(tmp_path, "z/a.txt")
    (tmp_path / "b").symlink_to("z")
    again = "folder that is already indexed by another name"
    assert [file.id for file in find([tmp_path])[0]] == ["z/a.txt"]
    assert skips(tmp_path) == [("b", again)]


def test_two_folders_that_link_to_each_other_are_each_read_once(tmp_path: Path) -> None:
    write(tmp_path, "docs/a.txt", "far/b.txt")
    (tmp_path / "docs/far").symlink_to(tmp_path / "far")
    (tmp_path / "far/docs").symlink_to(tmp_path / "docs")
    again = "folder that is already indexed by another name"
    assert [file.id for file in find([tmp_path / "docs"])[0]] == ["a.txt", "far/b.txt"]
    assert skips(tmp_path, tmp_path / "docs") == [("docs/far/docs", again)]


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("nowhere")
    assert skips(tmp_path) == [("a.txt", "symlink to nothing")]


def test_what_is_no_regular_file_is_named_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        here = os.getcwd()
        os.chdir(tmp_path)  # the path of a socket is at most 104 bytes
        server.bind("s.md")
        os.chdir(here)
        reason = "not a regular file"
        assert skips(tmp_path) == [("pipe.txt", reason), ("s.md", reason)]


def test_file_names_that_are_no_utf8_work(tmp_path: Path) -> None:
    write(tmp_path, f"{CAFE}.txt", "\U0001f600.txt", "a\nb.txt")
    assert ids(tmp_path) == ["a\nb.txt", f"{CAFE}.txt", "\U0001f600.txt"]


def test_folders_deeper_than_python_can_recurse_are_walked(tmp_path: Path) -> None:
    folders = [tmp_path]
    for _ in range(1_200):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    (folders[-1] / "a.txt").write_text("deep")
    found = ids(tmp_path)
    (folders[-1] / "a.txt").unlink()
    for folder in reversed(folders[1:]):
        folder.rmdir()  # pytest's own clean-up recurses
    assert found == ["d/" * 1_200 + "a.txt"]


def reading(folder: Path, raw: bytes) -> str | bytes:
    """The bytes that are read back from a file of `raw`, or the reason why not."""
    path = folder / "a.txt"
    path.write_bytes(raw)
    got = read(File("a.txt", str(path)))
    if isinstance(got, Skipped):
        assert got.path == str(path)
        return got.reason
    return got[0]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"twelve bytes\xff", "not UTF-8 (byte 0xff at offset 12); save it as UTF-8"),
        (b"\x80", "not UTF-8 (byte 0x80 at offset 0); save it as UTF-8"),
        ("café".encode("latin-1"), "not UTF-8 (byte 0xe9 at offset 3); save it as UTF-8"),
        ("é".encode()[:1], "not UTF-8 (byte 0xc3 at offset 0); save it as UTF-8"),
        (b"\xed\xa0\x80", "not UTF-8 (byte 0xed at offset 0); save it as UTF-8"),
        ("a".encode("utf-16"), "not UTF-8 but UTF-16; save it as UTF-8"),
        (b"seven b\0", "binary (NUL byte at offset 7)"),
        ("a".encode("utf-16-le"), "binary (NUL byte at offset 1)"),
    ],
)
def test_a_file_that_is_no_text_says_which_byte(tmp_path: Path, raw: bytes, reason: str) -> None:
    assert reading(tmp_path, raw) == reason


@pytest.mark.parametrize("raw", [b"", b"a", b"\xef\xbb\xbfa\r\nb\n", "\U0001f600".encode()])
def test_text_is_read_as_it_is(tmp_path: Path, raw: bytes) -> None:
    assert reading(tmp_path, raw) == raw


def test_what_is_read_comes_with_the_state_of_its_file(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    got = read(File("a.txt", tmp_path / "a.txt"))
    assert not isinstance(got, Skipped)
    state = os.stat(tmp_path / "a.txt")
    assert (got[1].st_ino, got[1].st_size, got[1].st_mtime_ns) == (
        state.st_ino,
        state.st_size,
        state.st_mtime_ns,
    )


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        (MAX_BYTES + 1, "too large (65 MB; the limit is 64 MB)"),
        (200 * 2**20, "too large (200 MB; the limit is 64 MB)"),
    ],
)
def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, size: int, reason: str) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    os.truncate(path, size)  # a hole: takes no space
    assert read(File("a.txt", str(path))) == Skipped(str(path), reason)


def test_what_took_the_place_of_a_file_since_it_was_found_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "self.txt").symlink_to("self.txt")
    names = ("pipe.txt", "folder.txt", "self.txt", "gone.txt")
    got = [read(File(name, tmp_path / name)) for name in names]
    assert [g.reason if isinstance(g, Skipped) else "" for g in got] == [
        "not a regular file",
        "not a regular file",
        "symlink loop",
        "vanished while it was read",
    ]


def test_a_document_keeps_every_character() -> None:
    raw = "\ufeffA title\r\n\r\n\tText \U0001f600e\u0301\r\n".encode()
    document = parse("a/b.txt", raw)
    assert document.text.encode() == raw
    assert document.sha256 == sha256(raw).hexdigest()
    assert (document.id, document.title, document.date) == ("a/b.txt", "A title", None)


def test_markdown_is_known_by_its_name() -> None:
    assert [is_markdown(id) for id in ("a.md", "a.MARKDOWN", "a.txt", "md", "a.md.txt")] == [
        *(True, True, False, False, False)
    ]
    assert parse("a.md", b"x\n\n# A\n").title == "A"
    assert parse("a.txt", b"x\n\n# A\n").title == "x"


@given(st.text(max_size=200), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_is_parsed_and_kept(text: str, id: str) -> None:
    document = parse(id, text.encode())
    assert document.text == text


@pytest.mark.parametrize(
    "hostile",
    [
        "# " + " " * 90_000 + "x",
        "#" * 90_000,
        "`" * 90_000,
        "=" * 90_000,
        "# a\n" * 30_000,
        "a " * 90_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_hostile_lines_of_any_length_are_parsed_in_one_pass(hostile: str) -> None:
    with soon():
        assert parse("a.md", hostile.encode()).text == hostile
        assert parse("a.txt", hostile.encode()).title is None or "\n" in hostile
