"""How well facts fit: the formulas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.fits import (
    age_fit,
    beneficiaries_fit,
    budget_fit,
    floor_of,
    maturity_fit,
    population_fit,
    territory_nearness,
    theme_closeness,
)

NAN = math.nan
NUMBERS = st.just(NAN) | st.integers(-10, 10_000_000).map(float)


@pytest.mark.parametrize(
    ("stage", "floor"), [("considered", 7), ("ongoing", 9), ("finished", None), (None, None)]
)
def test_floor_of_a_stage(stage: str | None, floor: float | None) -> None:
    found = float(floor_of(stage))
    assert math.isnan(found) if floor is None else found == floor


def test_maturity_fit_is_a_floor_that_a_level_short_misses() -> None:
    assert maturity_fit([9, 8, 7, 1, NAN], 9).tolist() == [1, -0.5, -1, -1, 0]
    assert maturity_fit([9, 7, 6, 5], 7).tolist() == [1, 1, -0.5, -1]
    assert maturity_fit(6, [9, 7, NAN]).tolist() == [-1, -0.5, 0]


def test_budget_fit_gains_nothing_below_the_budget() -> None:
    assert budget_fit([0, 2, 3, 4, 5, NAN], 2).tolist() == [1, 1, -0.5, -1, -1, 0]
    assert budget_fit(3, [0, 2, 3, NAN]).tolist() == [-1, -0.5, 1, 0]


def test_population_fit_compares_sizes_by_their_ratio() -> None:
    found = population_fit(3_000, [3_000, 30_000, 300, 300_000, 30, 30_000_000, NAN])
    assert found.tolist() == pytest.approx([1, 0, 0, -1, -1, -1, 0])


def test_age_fit_halves_in_two_years_and_changes_by_half_years() -> None:
    days = [0, 181, 182, 4 * 182, 8 * 182, -5, NAN]
    wanted = [0, 0, 2**-0.25 - 1, -0.5, -0.75, 0, 0]
    assert age_fit(days).tolist() == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("asked", "code", "closeness"),
    [
        (["water.leaks"], "water.leaks", 1),
        (["water.leaks"], "water.flood", 0.5),
        (["water"], "water.leaks", 0.5),
        (["water.leaks"], "water", 0.5),
        (["water.leaks", "nature.trees"], "nature.trees", 1),
        (["water.leaks"], "waterways.x", -1),
    ],
)
def test_theme_closeness_is_leaf_group_or_none(
    asked: list[str], code: str, closeness: float
) -> None:
    assert theme_closeness(frozenset(asked), code) == closeness


def test_beneficiaries_fit_is_the_share_of_the_smaller_set() -> None:
    shared, smaller = [2, 1, 0, 0, 0], [2, 3, 2, 2, 0]
    everyone = [False, False, False, True, True]
    assert beneficiaries_fit(shared, smaller, everyone).tolist() == pytest.approx(
        [1, 1 / 3, -1, 0, 0]
    )


def place(own: int, epci: int, departement: int, region: int, kind: int, people: int) -> list[int]:
    return [own, epci, departement, region, kind, people]


def test_territory_nearness_is_the_smallest_territory_that_holds_both() -> None:
    asked = np.array(place(1, 20, 30, 40, 90, 5_000), np.int32)
    held = [
        (place(1, 20, 30, 40, 90, 5_000), 1),
        (place(2, 20, 30, 40, 90, 5_000), 0.8),
        (place(3, 21, 30, 40, 90, 5_000), 0.6),
        (place(4, 22, 31, 40, 90, 5_000), 0.4),
        (place(40, 0, 0, 40, 91, 0), 0.4),  # the region itself
        (place(5, 23, 32, 41, 90, 9_000), 0.3),  # elsewhere, of the same kind and size
        (place(5, 23, 32, 41, 90, 10_001), 0),
        (place(6, 24, 33, 42, 91, 5_000), 0),  # another kind
        (place(7, 0, 0, 0, 90, 0), 0),
    ]
    found = territory_nearness(np.array([one for one, _ in held], np.int32), asked)
    assert found.tolist() == [nearness for _, nearness in held]


def test_territory_nearness_of_unknown_codes_is_nothing() -> None:
    unknown = np.zeros((2, 6), np.int32)
    assert territory_nearness(unknown, unknown[0]).tolist() == [0, 0]


@given(NUMBERS, NUMBERS)
def test_fits_stay_between_one_and_minus_one_and_know_nothing_of_the_unknown(
    one: float, other: float
) -> None:
    for fit in (maturity_fit, budget_fit, population_fit):
        found = float(fit(one, other))
        assert -1 <= found <= 1
        if math.isnan(one) or math.isnan(other):
            assert found == 0
    assert -1 <= float(age_fit(one)) <= 0
