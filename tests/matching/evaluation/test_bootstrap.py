"""The paired bootstrap between two rankers."""

from __future__ import annotations

import numpy as np
import pytest

from matching.evaluation.bootstrap import compare

CHANCE = np.random.default_rng(5)


def test_a_constant_gain_has_no_spread() -> None:
    base = [CHANCE.random(40), CHANCE.random(10)]
    found = compare([scores + 0.125 for scores in base], base)
    assert (found.difference, found.low, found.high) == pytest.approx((0.125, 0.125, 0.125))
    assert (found.above, found.better, found.worse, found.sets, found.queries) == (1, 2, 0, 2, 50)


def test_a_ranker_against_itself_is_neither_above_nor_below() -> None:
    base = [CHANCE.random(20)]
    found = compare(base, base)
    assert (found.difference, found.low, found.high, found.above) == (0, 0, 0, 0)
    assert (found.better, found.worse) == (0, 0)


def test_each_set_counts_the_same_however_large() -> None:
    found = compare([np.ones(1000), np.zeros(2)], [np.zeros(1000), np.ones(2)])
    assert found.difference == pytest.approx(0)
    assert (found.better, found.worse) == (1, 1)


def test_interval_is_that_of_the_normal_law_for_many_queries() -> None:
    differences = CHANCE.normal(0.1, 0.5, 2000)
    found = compare([differences], [np.zeros(2000)])
    spread = 1.96 * differences.std() / np.sqrt(2000)
    assert found.low == pytest.approx(differences.mean() - spread, abs=0.002)
    assert found.high == pytest.approx(differences.mean() + spread, abs=0.002)


def test_the_two_ways_round_mirror_each_other_and_repeat() -> None:
    one, other = [CHANCE.random(30)], [CHANCE.random(30)]
    there, back = compare(one, other), compare(other, one)
    assert there == compare(one, other)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.above == pytest.approx(1 - back.above)


def test_sets_without_a_judged_query_are_left_out_and_none_at_all_is_refused() -> None:
    assert compare([np.ones(3), np.ones(0)], [np.zeros(3), np.ones(0)]).sets == 1
    with pytest.raises(ValueError, match="no judged query"):
        compare([np.ones(0)], [np.ones(0)])
