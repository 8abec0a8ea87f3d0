"""A sentence-transformers model -> files that onnxruntime runs without torch, kept between runs.

    FOLDER/
      model.onnx       the graph: encoder, pooling, normalisation
      model.bin        its weights, which onnxruntime maps
      tokenizer.json   texts -> numbers, cut as the model wants them
      manifest.json    the SHA-256 of each of these, and what made them

Weights are float32, as the model has them, or int8: half the memory, and over twice as fast.
A folder is written whole or not at all. What is not as its manifest says is made again.
"""

import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.models.digest import digest_of
from index.types import Vectors

if TYPE_CHECKING:
    from onnx import ModelProto
    from sentence_transformers import SentenceTransformer

Feeds: TypeAlias = Mapping[str, NDArray[np.int64]]
"""What a graph is given: by the name of an input, what it is."""

FEW = 32
"""For so many texts it is not worth starting threads."""
TOLERANCE = 1e-4
"""What an element of a vector may differ by: float32, summed in another order, by less."""
ALIKE = 0.95
"""The least cosine of an int8 vector to the model's own; of many texts it is 0.996 on average."""
FAR = 3
"""Inputs of a product that are more than so many times the median are made that small for int8."""
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
_TYPICAL = (
    *_PROBES[:3],
    "Who signs off travel expenses above £500?",
    "parental leave weeks",
    "Thank you.",
    "2. Release notes – version 4.9",
    "| Item | Price | Since |\n| Tea (large) | $2.40 | May 2024 |",
    "“We did not expect it,” she said; “nobody told us, and by then the doors were shut.”",
    "The council approved the plan by seven votes to two on Tuesday evening. Work on the bridge, "
    "which was closed in 2019, is to begin in spring, and it will cost about 12.5 million euros.",
    "If the queue is stuck, restart the worker with `svc restart mail-worker` and look at "
    "/var/log/mail.log. Do not delete messages: they are sent again within 15 minutes.",
    "Maria Lindqvist (born 4 March 1961) is a Swedish chemist. She studied at Uppsala, moved to "
    "Zürich in 1987 and has led the institute's laboratory for polymers since.",
)
"""Texts of the kinds that are indexed and asked: what is usual inside a model is seen on them."""


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
            if digest_of(folder / name) != manifest["sha256"][name]:
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
        feeds = _feeds(text, self._tokenizer, self._inputs)
        return np.asarray(self._session.run(None, feeds)[0], np.float32)


def _feeds(text: str, tokenizer: Tokenizer, names: Sequence[str]) -> Feeds:
    tokens = tokenizer.encode(text)
    return {name: np.array([getattr(tokens, _INPUTS[name])]) for name in names}


def _batched(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The texts in runs of `size`; the last may be shorter."""
    return (texts[start : start + size] for start in range(0, len(texts), size))


def export(model: "SentenceTransformer", folder: Path, *, int8: bool = False) -> None:
    """Write the model to `folder`, held to the original's vectors. Raises Unexportable, OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as temporary:
        new = Path(temporary) / folder.name
        new.mkdir()
        try:
            _write(model, new, int8=int8)
        except OSError:
            raise
        except Exception as error:  # a model brings its own code, and the exporter has many errors
            _see_that_more_fits(new)
            first, *_ = f"{type(error).__name__}: {error}".splitlines()
            raise Unexportable(first) from error
        _hold_to(model, Exported(new), int8=int8)
        shutil.rmtree(folder, ignore_errors=True)
        # Another process may have been quicker: what it wrote is as good.
        if not folder.exists():
            os.replace(new, folder)


def _see_that_more_fits(folder: Path) -> None:
    """Raise OSError for a full disk, of which libraries tell as of any other failure."""
    (folder / "more").write_bytes(bytes(2**20))


def _write(model: "SentenceTransformer", new: Path, *, int8: bool) -> None:
    names = [name for name in model.tokenizer.model_input_names if name in _INPUTS]
    tokenizer = _tokenizer(model)
    tokenizer.save(str(new / "tokenizer.json"))
    _trace(model, names, new / "traced.onnx")
    if int8:
        _make_int8(new / "traced.onnx", tokenizer)
    optimise(new / "traced.onnx", new / "model.onnx")
    (new / "traced.onnx").unlink()
    manifest = {
        "made_by": _MADE_BY,
        "sha256": {name: digest_of(new / name) for name in _FILES},
    }
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


def _make_int8(path: Path, tokenizer: Tokenizer) -> None:
    import onnx

    model = onnx.load(path)
    names = [wanted.name for wanted in model.graph.input]
    quantise(model, path, [_feeds(text, tokenizer, names) for text in _TYPICAL])


def quantise(model: "ModelProto", path: Path, typical: Sequence[Feeds]) -> None:
    """Write the graph with int8 weights, its products those of whole numbers. typical: what it may
    be given, to see on it what is usual inside. Changes `model`."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    _even(model, typical)
    # What onnxruntime would have done before is done after, by `optimise`: else it warns of it.
    onnx.helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
    # Seven bits: eight overflow on processors without VNNI, where the vectors would be others.
    quantize_dynamic(
        model,
        path,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def _even(model: "ModelProto", typical: Sequence[Feeds]) -> None:
    """Make those inputs of a product that are far greater than the others smaller, and their
    weights greater by as much.

    All inputs of a product share one scale of 256 steps, which those few would make coarse. What
    comes out stays the same (SmoothQuant, Xiao et al. 2023).
    """
    import onnx
    from onnx.numpy_helper import from_array, to_array

    graph = model.graph
    weights = {weight.name: weight for weight in graph.initializer}
    products: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            products.setdefault(node.input[0], []).append(node)
    for name, greatest in _greatest(model, list(products), typical).items():
        factors = np.maximum(1, greatest / (FAR * np.median(greatest)))
        if np.all(factors == 1):
            continue
        even, by = f"{name}/even", f"{name}/by"
        graph.initializer.append(from_array(1 / factors, by))
        first = next(i for i, node in enumerate(graph.node) if node.name == products[name][0].name)
        graph.node.insert(first, onnx.helper.make_node("Mul", [name, by], [even]))
        for product in products[name]:
            weight = weights[product.input[1]]
            weight.CopyFrom(from_array(to_array(weight) * factors[:, None], weight.name))
            product.input[0] = even


def _greatest(
    model: "ModelProto", names: Sequence[str], typical: Sequence[Feeds]
) -> dict[str, NDArray[np.float32]]:
    """float32[its last axis] for each of some values in the graph: how far from 0 it gets."""
    import onnx

    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    kind = onnx.TensorProto.FLOAT
    shown.graph.output.extend(onnx.helper.make_tensor_value_info(n, kind, None) for n in names)
    session = onnxruntime.InferenceSession(
        shown.SerializeToString(), _options(), providers=["CPUExecutionProvider"]
    )
    greatest: dict[str, NDArray[np.float32]] = {}
    for feeds in typical:
        for name, value in zip(names, session.run(names, feeds), strict=True):
            most = np.abs(value).reshape(-1, value.shape[-1]).max(0)
            greatest[name] = np.maximum(greatest.get(name, most), most)
    return greatest


def optimise(traced: Path, path: Path) -> None:
    """The graph with its steps fused, beside weights that can be mapped: half the memory."""
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
    options.enable_mem_pattern = False  # what it keeps serves texts of one length only
    options.log_severity_level = 4
    return options


def cores() -> int:
    """The processor cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def _hold_to(model: "SentenceTransformer", exported: Exported, *, int8: bool) -> None:
    """See that texts of every length have the vectors that the model gives them, or like ones."""
    original: Any = model.encode(
        list(_PROBES), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
    )
    vectors = np.concatenate(list(exported.encode(_PROBES)))
    if vectors.shape != original.shape:
        raise Unexportable(f"its vectors are {vectors.shape}, not {original.shape}")
    if int8:
        if not (least := float(np.vecdot(vectors, original).min())) >= ALIKE:
            raise Unexportable(f"the cosine of its vectors to the model's is {least:.2g}")
    elif not (difference := float(np.abs(vectors - original).max())) <= TOLERANCE:
        raise Unexportable(f"its vectors differ by {difference:.2g}")


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
