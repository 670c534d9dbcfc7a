"""What facts may do to a list."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.bounds import settle
from matching.calibrate import band


def test_settle_lets_scores_order_within_a_band_only() -> None:
    chances = np.array([0.9, 0.8, 0.7, 0.3, 0.1])
    order, shown = settle(chances, np.array([0.5, 0.6, 0.9, 0.2, 5.0]))
    assert order.tolist() == [1, 0, 2, 3, 4]
    assert shown.tolist() == [0.8, 0.8, 0.7, 0.3, 0.1]


def test_settle_keeps_the_order_of_ties() -> None:
    order, _ = settle(np.full(4, 0.6), np.zeros(4))
    assert order.tolist() == [0, 1, 2, 3]


def test_settle_of_nothing_is_nothing() -> None:
    order, shown = settle(np.zeros(0), np.zeros(0))
    assert (order.tolist(), shown.tolist()) == ([], [])


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-2, 2)), max_size=20))
def test_settle_keeps_every_band_and_never_rises(pairs: list[tuple[float, float]]) -> None:
    chances = np.array([chance for chance, _ in pairs])
    order, shown = settle(chances, np.array([score for _, score in pairs]))
    assert sorted(order.tolist()) == list(range(len(pairs)))
    assert shown.tolist() == sorted(shown.tolist(), reverse=True)
    assert np.all(shown <= chances[order])
    assert [band(chance) for chance in shown] == [band(chance) for chance in chances[order]]


def test_settle_shows_what_the_text_gives_when_facts_say_nothing() -> None:
    chances = np.array([0.9, 0.8, 0.5, 0.1])
    order, shown = settle(chances, chances * 2)
    assert order.tolist() == [0, 1, 2, 3]
    assert shown.tolist() == pytest.approx(chances.tolist())
