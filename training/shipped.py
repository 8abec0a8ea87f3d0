"""The reader as the product runs it: its steps fused, its weights int8; and back."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from base import Base
from model import Reader, Window
from onnx.numpy_helper import to_array
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from index.models.export import optimise, quantise


def write(model: Reader, base: Base, typical: Sequence[Window], folder: Path, work: Path) -> None:
    """The files of the reader, to `folder`. typical: what it may read. work: where what is made on
    the way goes."""
    traced, fused, small = (work / f"{name}.onnx" for name in ("traced", "fused", "small"))
    _trace(model, traced)
    _fuse(model, traced, fused)
    feeds = [{"ids": np.array([w.ids]), "types": np.array([w.types])} for w in typical]
    quantise(onnx.load(str(fused)), small, feeds)
    folder.mkdir(exist_ok=True)
    optimise(small, folder / "model.onnx")
    base.tokenizer.save(str(folder / "tokenizer.json"))


def load(base: Base, folder: Path) -> Reader:
    """The reader of a folder, to learn on: each weight is where int8 put it.

    Raises SystemExit where it has other word pieces than `base`.
    """
    if (folder / "tokenizer.json").read_text("utf-8") != base.tokenizer.to_str(pretty=True):
        raise SystemExit(f"{folder}: made from other texts, whose word pieces it has")
    model = Reader(base)
    model.load_state_dict(dict(_weights(onnx.load(str(folder / "model.onnx")))))
    return model


def _weights(graph: onnx.ModelProto) -> Iterator[tuple[str, torch.Tensor]]:
    """Every weight of the network by its name there.

    A matrix has lost its name in the graph; the step it is used in is still called after it.
    """
    held = {one.name: one for one in graph.graph.initializer}

    def whole(name: str) -> torch.Tensor:
        values, zero, scale = (
            to_array(held[f"{name}_{part}"]).astype(np.float32)
            for part in ("quantized", "zero_point", "scale")
        )
        return torch.tensor((values - zero) * scale)

    for name in held:
        if name.endswith(("bias", "LayerNorm.weight")):
            yield name, torch.tensor(to_array(held[name]))
        elif name.endswith("embeddings.weight_quantized"):
            yield name.removesuffix("_quantized"), whole(name.removesuffix("_quantized"))
    for node in graph.graph.node:
        if "MatMulInteger" in node.op_type or node.op_type == "DynamicQuantizeMatMul":
            step = node.output[0].rpartition("/")[0].lstrip("/") or "head"
            matrix = next(n for n in node.input if n.endswith("_quantized") and n in held)
            yield f"{step.replace('/', '.')}.weight", whole(matrix.removesuffix("_quantized")).T


def _trace(model: Reader, path: Path) -> None:
    sample = torch.ones(1, 8, dtype=torch.long)
    names = ["ids", "types"]
    torch.onnx.export(
        model.eval(),
        (sample, sample),
        str(path),
        input_names=names,
        output_names=["logits"],
        dynamic_axes={name: {0: "texts", 1: "tokens"} for name in names},
        opset_version=17,
        dynamo=False,
    )


def _fuse(model: Reader, traced: Path, path: Path) -> None:
    config = model.encoder.config
    fusing = FusionOptions("bert")
    fusing.enable_skip_layer_norm = False  # what it makes of two steps is slower
    optimize_model(
        str(traced),
        "bert",
        config.num_attention_heads,
        config.hidden_size,
        opt_level=1,
        optimization_options=fusing,
    ).save_model_to_file(str(path))
