"""The reader as the product runs it: its steps fused, its weights int8."""

from pathlib import Path

import torch
from base import Base
from model import Reader
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from index.models.export import optimise, quantise


def write(model: Reader, base: Base, folder: Path, work: Path) -> None:
    """The files of the reader, to `folder`. work: where what is made on the way goes."""
    traced, fused, small = (work / f"{name}.onnx" for name in ("traced", "fused", "small"))
    _trace(model, traced)
    _fuse(model, traced, fused)
    quantise(fused, small)
    folder.mkdir(exist_ok=True)
    optimise(small, folder / "model.onnx")
    base.tokenizer.save(str(folder / "tokenizer.json"))


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
