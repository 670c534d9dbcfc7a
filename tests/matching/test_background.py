"""What is learned of an encoder, kept in a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matching.background import (
    Background,
    BackgroundError,
    Calibration,
    load_background,
    save_background,
)
from matching.types import Encoding
from matching.weights import MODEL_NAME


def test_background_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    means = {
        "solution": {"fr": np.array([0.6, 0.8], np.float32)},
        "need": {"fr": np.array([1, 0], np.float32), "en": np.array([0, 1], np.float32)},
    }
    kept = Background(
        means, Calibration(-1, 2, 3, -4, 5, 6, 7, 8), np.array([[1, 0.5], [0, 2]], np.float32)
    )
    file = save_background(kept, "model.v2", {"learned_from": "l'été"}, tmp_path / "new")
    assert file == tmp_path / "new" / "model.v2.safetensors"
    found = load_background("model.v2", tmp_path / "new")
    assert found.calibration == kept.calibration
    assert found.transform is not None
    assert found.transform.tolist() == [[1, 0.5], [0, 2]]
    assert {
        side: {k: v.tolist() for k, v in held.items()} for side, held in found.means.items()
    } == {side: {k: v.tolist() for k, v in held.items()} for side, held in means.items()}


def test_background_of_an_unknown_encoder_is_neutral(tmp_path: Path) -> None:
    found = load_background("unknown", tmp_path)
    assert found.calibration == Calibration()
    assert found.mean("need", "fr", 3).tolist() == [0, 0, 0]


def test_mean_of_an_unknown_language_is_that_of_the_others() -> None:
    fr, en = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    background = Background({"solution": {}, "need": {"fr": fr, "en": en}})
    assert background.mean("need", "fr", 2).tolist() == [1, 0]
    assert background.mean("need", "de", 2).tolist() == [0.5, 0.5]
    assert background.mean("solution", "fr", 2).tolist() == [0, 0]


def test_default_encoder_has_a_background_for_both_sides_and_languages() -> None:
    found = load_background(MODEL_NAME)
    assert {side: set(means) >= {"fr", "en"} for side, means in found.means.items()} == {
        "solution": True,
        "need": True,
    }
    assert all(mean.shape == (384,) for means in found.means.values() for mean in means.values())
    assert found.calibration != Calibration()
    assert found.transform is not None
    assert found.transform.shape == (384, 384)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.json", b"{}"),
        ("m.json", b"not json"),
        ("m.json", b'{"version": 1, "encoder": "m", "calibration": {}}'),
        ("m.json", b'{"version": 2, "encoder": "other", "calibration": {}}'),
        ("m.json", b'{"version": 2, "encoder": "m", "calibration": {"unknown": 1}}'),
        ("m.safetensors", b"cut short"),
    ],
)
def test_background_of_another_version_or_damaged_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    save_background(Background(), "m", {}, tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BackgroundError, match=r"encoder m cannot be used \(.*passerelle tune"):
        load_background("m", tmp_path)


def test_projecting_turns_every_vector_of_a_text_and_the_means() -> None:
    turn = np.array([[0, 1], [2, 0]], np.float32)
    fr = np.array([1, 0], np.float32)
    background = Background({"solution": {}, "need": {"fr": fr}}, transform=turn)
    encoding = Encoding(fr, np.array([[0, 1]], np.float32), ((0, 3),))
    projected = background.project_encoding(encoding)
    assert projected.vector.tolist() == [0, 1]
    assert (projected.windows.tolist(), projected.spans) == ([[2, 0]], ((0, 3),))
    assert background.mean("need", "fr", 2).tolist() == [0, 1]
    assert Background().project(fr) is fr
