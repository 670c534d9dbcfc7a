"""Arrays that grow and rows of unequal length, held against lists."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ragged import Grown, Ragged, max_by_row, sum_by_row, unit

ROWS = st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=90)


def ragged(rows: list[list[int]]) -> Ragged[np.int32]:
    held = Ragged(np.int32)
    for row in rows:
        held.append(np.array(row, np.int32))
    return held


def test_grown_keeps_what_it_held_when_it_grows() -> None:
    grown = Grown(np.float32, (2,))
    for number in range(200):
        grown.extend(np.full((1, 2), number))
    assert len(grown) == 200
    assert grown.values[:, 1].tolist() == list(range(200))


@given(rows=ROWS, data=st.data())
def test_ragged_rows_are_lists(rows: list[list[int]], data: st.DataObject) -> None:
    held = ragged(rows)
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1))) if rows else []
    picked = np.array(chosen, np.int64)
    assert len(held) == len(rows)
    assert held.lengths(picked).tolist() == [len(rows[i]) for i in chosen]
    assert held.gather(picked).tolist() == [v for i in chosen for v in rows[i]]


@given(rows=ROWS, wanted=st.sets(st.integers(0, 9)))
def test_ragged_any_of_finds_rows_with_a_wanted_value(
    rows: list[list[int]], wanted: set[int]
) -> None:
    lookup = np.isin(np.arange(10), list(wanted))
    assert ragged(rows).any_of(lookup).tolist() == [bool(wanted & set(row)) for row in rows]


@given(rows=ROWS)
def test_sum_by_row_adds_each_run(rows: list[list[int]]) -> None:
    values = np.array([v for row in rows for v in row], np.int64)
    lengths = np.array([len(row) for row in rows], np.int64)
    assert sum_by_row(values, lengths).tolist() == [sum(row) for row in rows]


def test_unit_gives_length_one_and_leaves_zeros() -> None:
    vectors = unit(np.array([[3, 4], [0, 0]], np.float32))
    assert vectors.dtype == np.float32
    assert vectors.tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]


@given(rows=ROWS.filter(bool), data=st.data())
def test_pick_gives_what_gather_gives(rows: list[list[int]], data: st.DataObject) -> None:
    held = ragged(rows)
    places = st.integers(0, len(rows) - 1)
    wanted = np.array(data.draw(st.lists(places, max_size=9)), np.int64)
    assert held.pick(wanted).tolist() == held.gather(wanted).tolist()


@given(rows=ROWS)
def test_max_by_row_is_the_largest_of_each_and_zero_of_none(rows: list[list[int]]) -> None:
    flat = np.array([value for row in rows for value in row], float) - 5
    lengths = np.array([len(row) for row in rows], np.int64)
    assert max_by_row(flat, lengths).tolist() == [max(row) - 5 if row else 0 for row in rows]
