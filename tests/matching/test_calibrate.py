"""From scores to probabilities and bands."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.background import Calibration
from matching.calibrate import Evidence, band, features, probabilities

KNOWN = Calibration(-0.8, 4.7, 5.3, -5.4, 0.8, 4.4, 4.2, -6.2)
SCORES = st.lists(st.floats(-2, 3), max_size=20).map(lambda s: np.array(sorted(s, reverse=True)))


def plain(scores: np.ndarray) -> Evidence:
    """Scores alone: no word and no hub tells anything."""
    return Evidence(scores, np.zeros(len(scores)), np.zeros(len(scores)))


def test_features_of_each_place() -> None:
    listed = Evidence(
        np.array([0.9, 0.8, 0.1]), words=np.array([0.2, 0.3, 0.9]), hubness=np.array([0.4, 0, 0.3])
    )
    found = features(listed, null=0.4, foreign=False)
    assert found == pytest.approx(
        np.array(
            [
                [0.5, 0.1, 0, 0, 0, -0.3, 0.4],
                [0.4, 0.3, 0.1, 0, 0, -0.3, 0.25],
                [-0.1, 0, 0.5, 0, 0, 0.3, 0.3],
            ]
        )
    )
    foreign = features(listed, null=0.4, foreign=True)
    assert foreign[0] == pytest.approx(np.array([0.5, 0.1, 0, 1, 0.5, 0, 0.4]))


def test_words_agree_with_the_one_that_leads_in_them_by_as_much_as_it_leads() -> None:
    listed = Evidence(np.array([0.9, 0.8]), words=np.array([0.5, 0.3]), hubness=np.zeros(2))
    assert features(listed, 0.4, foreign=False)[:, 5] == pytest.approx([0.2, -0.2])
    single = Evidence(np.array([0.9]), words=np.array([0.5]), hubness=np.zeros(1))
    assert features(single, 0.4, foreign=False)[0, 5] == 0


def test_probability_of_a_single_result_by_hand() -> None:
    logit = -0.8 + 4.7 * 0.5 - 6.2 * 0.25
    listed = Evidence(np.array([0.9]), words=np.array([0.2]), hubness=np.array([0.1]))
    found = probabilities(listed, 0.4, foreign=False, known=KNOWN)
    assert found == pytest.approx([1 / (1 + math.exp(-logit))])


def test_probabilities_of_no_result_are_none() -> None:
    assert probabilities(plain(np.array([])), 0.4, foreign=True, known=KNOWN).tolist() == []


@given(scores=SCORES, null=st.floats(-1, 2), foreign=st.booleans())
def test_probabilities_never_rise_down_the_list(
    scores: np.ndarray, null: float, foreign: bool
) -> None:
    found = probabilities(plain(scores), null, foreign, KNOWN)
    assert len(found) == len(scores)
    assert np.all((found >= 0) & (found <= 1))
    assert np.all(np.diff(found) <= 0)


@given(scores=SCORES.filter(len), null=st.floats(-1, 2), rise=st.floats(0, 1))
def test_a_first_place_further_above_chance_is_never_less_likely(
    scores: np.ndarray, null: float, rise: float
) -> None:
    low = probabilities(plain(scores), null + rise, foreign=False, known=KNOWN)
    high = probabilities(plain(scores), null, foreign=False, known=KNOWN)
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
    found = probabilities(plain(scores), 0, foreign=False, known=Calibration())
    assert [band(value) for value in found] == ["uncertain", "uncertain"]
