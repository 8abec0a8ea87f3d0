"""A sentence-transformers model -> files that onnxruntime runs without torch, kept between runs.

    FOLDER/
      model.onnx       the graph: encoder, pooling, normalisation
      model.bin        its weights, which onnxruntime maps
      tokenizer.json   texts -> numbers, padded and cut as the model wants them
      manifest.json    the SHA-256 of each of these, and what made them

A folder is written whole or not at all. What is not as its manifest says is made again.
"""

import hashlib
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.types import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TOLERANCE = 1e-4
"""What an element of a vector may differ by: float32, summed in another order, by less."""
_MADE_BY = f"quoth 1, onnxruntime {onnxruntime.__version__}"
"""An optimised graph is made for the runtime that optimised it."""
_FILES = ("model.onnx", "model.bin", "tokenizer.json")
_INPUTS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
"""What a graph may take, and what the tokenizers library calls it."""
_PROBES = (
    "when was the rule dropped?",
    "x",
    "CAFÉ, Ångström; naïve … 10% of £900 million\n\t日本語",
    "A text that is longer than any model of its kind reads. " * 200,
)


class Unexportable(Exception):
    """A model that cannot be run in this way; the message says why."""


class Exported:
    """An exported model, ready to run; threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError, ValueError or KeyError where it is not what `export` wrote."""
        manifest = json.loads((folder / "manifest.json").read_bytes())
        if manifest["made_by"] != _MADE_BY:
            raise ValueError(f"{folder}: made by {manifest['made_by']}")
        for name in _FILES:
            if _sha256(folder / name) != manifest["sha256"][name]:
                raise ValueError(f"{folder / name}: its SHA-256 is not the one recorded")
        self._graph = folder / "model.onnx"
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._session = (1, _session(self._graph, 1))

    def encode(self, texts: Sequence[str], *, threads: int) -> Vectors:
        """float32[len(texts), dim], each row of length 1; `texts` is one batch, not empty."""
        session = self._with(threads)
        encodings = self._tokenizer.encode_batch(list(texts))
        feeds = {
            wanted.name: np.array([getattr(e, _INPUTS[wanted.name]) for e in encodings], np.int64)
            for wanted in session.get_inputs()
        }
        return np.asarray(session.run(None, feeds)[0], np.float32)

    def _with(self, threads: int) -> onnxruntime.InferenceSession:
        """A session has its threads for life; one is kept, for each packs the weights anew."""
        had, session = self._session
        if had != threads:
            session = _session(self._graph, threads)
            self._session = (threads, session)
        return session


def export(model: "SentenceTransformer", folder: Path) -> None:
    """Write the model to `folder`, held to the original's vectors. Raises Unexportable, OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:
        new = Path(temporary) / folder.name
        new.mkdir()
        try:
            _write(model, new)
        except OSError:
            raise
        except Exception as error:  # a model brings its own code, and the exporter has many errors
            first, *_ = f"{type(error).__name__}: {error}".splitlines()
            raise Unexportable(first) from error
        _hold_to(model, Exported(new))
        shutil.rmtree(folder, ignore_errors=True)
        # Another process may have been quicker: what it wrote is as good.
        if not folder.exists():
            os.replace(new, folder)


def _write(model: "SentenceTransformer", new: Path) -> None:
    names = [name for name in model.tokenizer.model_input_names if name in _INPUTS]
    _tokenizer(model).save(str(new / "tokenizer.json"))
    _trace(model, names, new / "traced.onnx")
    _optimise(new / "traced.onnx", new / "model.onnx")
    (new / "traced.onnx").unlink()
    manifest = {"made_by": _MADE_BY, "sha256": {name: _sha256(new / name) for name in _FILES}}
    (new / "manifest.json").write_text(json.dumps(manifest))
    for path in new.iterdir():
        _sync(path)


def _tokenizer(model: "SentenceTransformer") -> Tokenizer:
    """The model's tokenizer, which cuts and pads by itself."""
    original = model.tokenizer
    copied = Tokenizer.from_str(original.backend_tokenizer.to_str())
    copied.enable_truncation(model.max_seq_length or original.model_max_length)
    copied.enable_padding(
        direction=original.padding_side,
        pad_id=original.pad_token_id,
        pad_type_id=original.pad_token_type_id,
        pad_token=original.pad_token,
    )
    return copied


def _trace(model: "SentenceTransformer", names: Sequence[str], path: Path) -> None:
    import torch

    class Whole(torch.nn.Module):
        """Tokens in, unit vectors out."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            vectors = self.model(dict(zip(names, inputs, strict=True)))["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=1)

    sample = model.tokenizer(list(_PROBES[:2]), padding=True, return_tensors="pt")
    axes = {name: {0: "texts", 1: "tokens"} for name in names} | {"vectors": {0: "texts"}}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # that tracing fixes shapes: `_hold_to` sees if it did
        torch.onnx.export(
            Whole().eval(),
            tuple(sample[name].to(model.device) for name in names),
            str(path),
            input_names=list(names),
            output_names=["vectors"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,  # the newer exporter needs one package more, and is slower
        )


def _optimise(traced: Path, path: Path) -> None:
    """The graph with its steps fused, beside weights that can be mapped."""
    options = _options(1)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(path)
    key = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(f"{key}file_name", "model.bin")
    options.add_session_config_entry(f"{key}min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(str(traced), options, providers=["CPUExecutionProvider"])


def _session(graph: Path, threads: int) -> onnxruntime.InferenceSession:
    options = _options(threads)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.enable_cpu_mem_arena = False  # it keeps what the longest batch took
    options.log_severity_level = 4
    # Threads that wait in a loop take the cores from those that other processes wait for.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _hold_to(model: "SentenceTransformer", exported: Exported) -> None:
    """See that texts of every length, alone and together, have the vectors that the model gives."""
    original: Any = model.encode(
        list(_PROBES), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
    )
    batches = [_PROBES, *([text] for text in _PROBES)]
    together, *alone = (exported.encode(batch, threads=1) for batch in batches)
    for vectors in (together, np.concatenate(alone)):
        if vectors.shape != original.shape:
            raise Unexportable(f"its vectors are {vectors.shape}, not {original.shape}")
        if not (difference := float(np.abs(vectors - original).max())) <= TOLERANCE:
            raise Unexportable(f"its vectors differ by {difference:.2g}")


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
