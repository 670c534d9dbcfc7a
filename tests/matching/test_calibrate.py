"""From scores to probabilities and bands."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.background import Calibration
from matching.calibrate import band, features, probabilities

KNOWN = Calibration(-1.822, 2.401, 7.728, -7.495, 0.181, 5.175)
SCORES = st.lists(st.floats(-2, 3), max_size=20).map(lambda s: np.array(sorted(s, reverse=True)))


def test_features_of_each_place() -> None:
    found = features(np.array([0.9, 0.8, 0.1]), null=0.4, foreign=False)
    assert found == pytest.approx(
        np.array([[0.5, 0.1, 0, 0, 0], [0.4, 0.3, 0.1, 0, 0], [-0.1, 0, 0.5, 0, 0]])
    )
    foreign = features(np.array([0.9]), null=0.4, foreign=True)
    assert foreign == pytest.approx(np.array([[0.5, 0, 0, 1, 0.5]]))


def test_probability_of_a_single_result_by_hand() -> None:
    logit = -1.822 + 2.401 * 0.5
    found = probabilities(np.array([0.9]), 0.4, foreign=False, known=KNOWN)
    assert found == pytest.approx([1 / (1 + math.exp(-logit))])


def test_probabilities_of_no_result_are_none() -> None:
    assert probabilities(np.array([]), 0.4, foreign=True, known=KNOWN).tolist() == []


@given(scores=SCORES, null=st.floats(-1, 2), foreign=st.booleans())
def test_probabilities_never_rise_down_the_list(
    scores: np.ndarray, null: float, foreign: bool
) -> None:
    found = probabilities(scores, null, foreign, KNOWN)
    assert len(found) == len(scores)
    assert np.all((found >= 0) & (found <= 1))
    assert np.all(np.diff(found) <= 0)


@given(scores=SCORES.filter(len), null=st.floats(-1, 2), rise=st.floats(0, 1))
def test_a_first_place_further_above_chance_is_never_less_likely(
    scores: np.ndarray, null: float, rise: float
) -> None:
    low = probabilities(scores, null + rise, foreign=False, known=KNOWN)
    high = probabilities(scores, null, foreign=False, known=KNOWN)
    assert high[0] >= low[0]


@pytest.mark.parametrize(
    ("probability", "name"),
    [
        *((1.0, "strong"), (0.75, "strong"), (0.7499, "good"), (0.5, "good")),
        *((0.4999, "possible"), (0.25, "possible"), (0.2499, "uncertain"), (0.0, "uncertain")),
    ],
)
def test_band_starts_at_its_floor(probability: float, name: str) -> None:
    assert band(probability) == name


def test_an_unknown_encoder_is_always_uncertain() -> None:
    scores = np.array([3.0, 0.1])
    found = probabilities(scores, 0, foreign=False, known=Calibration())
    assert [band(value) for value in found] == ["uncertain", "uncertain"]
