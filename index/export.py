"""A sentence-transformers model -> files that onnxruntime runs without torch, kept between runs.

    FOLDER/
      model.onnx       the graph: encoder, pooling, normalisation
      model.bin        its weights, which onnxruntime maps
      tokenizer.json   texts -> numbers, cut as the model wants them
      manifest.json    the SHA-256 of each of these, and what made them

A folder is written whole or not at all. What is not as its manifest says is made again.
"""

import hashlib
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.types import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FEW = 32
"""Texts for which it is not worth to start threads."""
TOLERANCE = 1e-4
"""What an element of a vector may differ by: float32, summed in another order, by less."""
_MADE_BY = f"quoth 2, onnxruntime {onnxruntime.__version__}"
"""An optimised graph is made for the runtime that optimised it."""
_FILES = ("model.onnx", "model.bin", "tokenizer.json")
_INPUTS = {"input_ids": "ids", "token_type_ids": "type_ids"}
"""What a graph may take, and what the tokenizers library calls it. No mask: without one, a model
reads all of a text, and where each is run alone, there is nothing else."""
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
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._session = session(str(folder / "model.onnx"))
        self._inputs = [wanted.name for wanted in self._session.get_inputs()]

    def encode(self, texts: Sequence[str]) -> Iterator[Vectors]:
        """float32[1, dim] for each text, in order, of length 1.

        Each text is run alone: as fast as in company, since nothing is computed on padding and all
        fits the processor's cache, and its vector then depends on no other text, to the bit. One
        core for a question, all of them for a build.
        """
        if len(texts) <= FEW:
            yield from map(self._one, texts)
            return
        with ThreadPoolExecutor(cores()) as pool:
            for some in _batched(texts, FEW * cores()):
                yield from pool.map(self._one, some)

    def _one(self, text: str) -> Vectors:
        tokens = self._tokenizer.encode(text)
        feeds = {name: np.array([getattr(tokens, _INPUTS[name])]) for name in self._inputs}
        return np.asarray(self._session.run(None, feeds)[0], np.float32)


def _batched(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The texts in runs of `size`; the last may be shorter."""
    return (texts[start : start + size] for start in range(0, len(texts), size))


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
    """The model's tokenizer, which cuts by itself and does not pad."""
    original = model.tokenizer
    copied = Tokenizer.from_str(original.backend_tokenizer.to_str())
    copied.enable_truncation(model.max_seq_length or original.model_max_length)
    copied.no_padding()
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
    options = _options()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(path)
    key = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(f"{key}file_name", "model.bin")
    options.add_session_config_entry(f"{key}min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(
        str(traced),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # what it makes of two steps is slower
    )


def session(graph: str) -> onnxruntime.InferenceSession:
    """A graph that is optimised already, ready to run on one core."""
    options = _options()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the small steps of one text take longer in company
    options.log_severity_level = 4
    return options


def cores() -> int:
    """The processor cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def _hold_to(model: "SentenceTransformer", exported: Exported) -> None:
    """See that texts of every length have the vectors that the model gives them."""
    original: Any = model.encode(
        list(_PROBES), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
    )
    vectors = np.concatenate(list(exported.encode(_PROBES)))
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
