"""What facts should weigh, learned from judged pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.tune_fits import FACTS_AT_MOST, JudgedPairs, _within, agreement, fit_weights, left_out


def pairs(texts: list[float], fits: list[list[float]], needs: str = "") -> JudgedPairs:
    return JudgedPairs(list(needs or "n" * len(texts)), np.array(texts), np.array(fits))


def test_agreement_counts_a_tie_as_half() -> None:
    known = pairs([0.1, -0.1, 0.0, 0.0], [[0.0], [0.0], [0.0], [1.0]])
    assert agreement(known, np.zeros(1)) == 0.5
    assert agreement(known, np.array([0.05])) == 0.625


def test_fit_weights_gives_weight_to_the_fact_that_decides() -> None:
    deciding, other = [2.0, 0.0], [0.0, -1.0]
    weights = fit_weights(pairs([-0.05, 0.0, -0.02], [deciding, other, deciding]))
    assert weights[0] > 0.03 > weights[1] >= 0


def test_fit_weights_without_evidence_stay_small_and_equal() -> None:
    weights = fit_weights(pairs([0.5, 0.5], [[0.0, 0.0], [0.0, 0.0]]))
    assert weights.tolist() == pytest.approx([0.03, 0.03])


def test_left_out_learns_nothing_from_the_need_it_measures() -> None:
    # Each need contradicts the other two, which outvote it.
    known = pairs([-0.05] * 3, [[2.0], [2.0], [-2.0]], "abc")
    assert left_out(known) < agreement(known, fit_weights(known))


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8))
def test_weights_are_not_negative_and_bounded_together(values: list[float]) -> None:
    kept = _within(np.array(values))
    assert np.all(kept >= 0)
    assert kept.sum() <= FACTS_AT_MOST + 1e-9
    order = np.argsort(values, kind="stable")
    assert np.all(np.diff(kept[order]) >= -1e-12)
