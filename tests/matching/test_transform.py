"""The matrix that keeps what answers have in common."""

from __future__ import annotations

import numpy as np
import pytest

from matching.ragged import unit
from matching.transform import PAIRS_AT_LEAST, learn_transform
from matching.types import Vectors


def pairs(noise: Vectors, count: int = 400, seed: int = 7) -> tuple[Vectors, Vectors]:
    """Needs and answers of one subject each, that differ by noise of a size a dimension."""
    rng = np.random.default_rng(seed)
    subjects = rng.normal(size=(count, 8))
    asked, answering = (
        unit((subjects + noise * rng.normal(size=(count, 8))).astype(np.float32)) for _ in range(2)
    )
    return asked, answering


def test_transform_damps_the_dimensions_in_which_a_need_and_its_answer_differ() -> None:
    noise = np.array([0.1] * 4 + [2.0] * 4, np.float32)
    transform = learn_transform(*pairs(noise))
    assert transform is not None
    kept = np.linalg.norm(transform, axis=1)
    assert kept[:4].min() > 1.2 * kept[4:].max()


def test_transform_brings_answers_nearer_the_top() -> None:
    noise = np.array([0.2] * 4 + [1.5] * 4, np.float32)
    transform = learn_transform(*pairs(noise))
    asked, answering = pairs(noise, 400, seed=8)
    assert transform is not None

    def found(one: Vectors, other: Vectors) -> float:
        near = unit(one) @ unit(other).T
        return float(np.mean(near.argmax(axis=1) == np.arange(len(one))))

    assert found(asked @ transform, answering @ transform) > found(asked, answering) + 0.03


def test_transform_keeps_the_scale_of_vectors() -> None:
    transform = learn_transform(*pairs(np.full(8, 0.5, np.float32)))
    assert transform is not None
    assert float(np.linalg.norm(transform)) == pytest.approx(np.sqrt(8), rel=1e-5)
    assert transform.dtype == np.float32


def test_transform_is_not_learned_from_few_pairs() -> None:
    asked, answering = pairs(np.full(8, 0.5, np.float32), PAIRS_AT_LEAST)
    assert learn_transform(asked[1:], answering[1:]) is None
    assert learn_transform(asked, answering) is not None
