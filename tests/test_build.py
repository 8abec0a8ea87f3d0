"""What an update takes over, and what it does not trust."""

from functools import partial
from pathlib import Path

import pytest

from index import BrokenIndex, Index, build
from index.encode import SentenceEncoder
from index.store import open_generation

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


def test_damage_in_what_is_quoted_is_named_and_how_to_mend_it(
    tmp_path: Path, encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    Index.build([tmp_path / "a.txt"], tmp_path / "idx", model=encoder)
    flip(tmp_path / "idx" / "generations" / "000001" / "texts.bin", 4)
    monkeypatch.setattr("index.engine.open_generation", partial(open_generation, verify_bytes=0))
    opened = Index.open(tmp_path / "idx", model=encoder)
    with pytest.raises(BrokenIndex, match=r"texts\.bin: damaged, at a\.txt; build the index again"):
        opened.ask("when was the harbour dredged?")


def test_a_file_is_markdown_or_not_by_its_name_though_its_content_was_indexed(
    tmp_path: Path, encoder: SentenceEncoder
) -> None:
    docs, idx = tmp_path / "docs", tmp_path / "idx"
    docs.mkdir()
    text = "# The harbour\n\nIt was dredged in 1931."
    for name in ("a.txt", "b.md"):
        (docs / name).write_text(text)
        Index.build([docs], idx, model=encoder)
    titles = {source.id: source.title for source in Index.open(idx, model=encoder).status().sources}
    assert titles == {"a.txt": "# The harbour", "b.md": "The harbour"}


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
