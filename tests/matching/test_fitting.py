"""Facts of who asks against those of the candidates: both directions, and what is unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility import FactTable
from matching.fitting import Asked
from matching.types import Facts, Place, Side

TODAY = date(2026, 3, 31)
NAMES = ["themes", "beneficiaries", "maturity", "budget", "population", "references", "age"]
HERE = Place("commune:1", "epci:1", "departement:1", "region:1", 3_000)
NEXT_DOOR = Place("commune:2", "epci:1", "departement:1", "region:1", 3_000)
TOWN = Place("commune:9", "epci:9", "departement:9", "region:9", 300_000)
REGION = Place("region:1", None, None, "region:1")

NEED = Facts(
    themes=frozenset({"water.leaks"}),
    beneficiaries=frozenset({"agents", "youth"}),
    money=2,
    stage="ongoing",
    places=(HERE,),
)
SOLUTION = Facts(
    themes=frozenset({"water.flood", "support.data"}),
    beneficiaries=frozenset({"agents", "elected", "shops"}),
    money=3,
    maturity=8,
    places=(TOWN, NEXT_DOOR),
    updated=TODAY - timedelta(4 * 182),
)
FOUND = {
    "themes": 0.5,
    "beneficiaries": 0.5,
    "maturity": -0.5,
    "budget": -0.5,
    "population": 1,
    "references": 0.8,
    "age": -0.5,
}
# Which signals know nothing once a fact is taken from a need or a solution.
OF_A_NEED: dict[str, tuple[Any, set[str]]] = {
    "themes": (frozenset(), {"themes"}),
    "beneficiaries": (frozenset(), {"beneficiaries"}),
    "money": (None, {"budget"}),
    "stage": (None, {"maturity"}),
    "places": ((), {"population", "references"}),
}
OF_A_SOLUTION: dict[str, tuple[Any, set[str]]] = {
    "themes": (frozenset(), {"themes"}),
    "beneficiaries": (frozenset(), {"beneficiaries"}),
    "money": (None, {"budget"}),
    "maturity": (None, {"maturity"}),
    "places": ((), {"population", "references"}),
    "updated": (None, {"age"}),
}


def table(*facts: Facts) -> FactTable:
    held = FactTable()
    for one in facts:
        held.append(one)
    return held


def fits(need: Facts, solution: Facts, side: Side, beside: list[Facts] = []) -> dict[str, float]:  # noqa: B006 - not written to
    asked, candidate = (need, solution) if side == "solution" else (solution, need)
    held = table(*beside, candidate)
    found = Asked(asked, side, TODAY).fits(held, np.array([len(beside)]))
    return {name: float(values[0]) for name, values in found.items()}


@pytest.mark.parametrize("side", ["solution", "need"])
def test_fits_are_the_same_in_both_directions(side: Side) -> None:
    assert fits(NEED, SOLUTION, side) == pytest.approx(FOUND)


@pytest.mark.parametrize("side", ["solution", "need"])
def test_fits_of_nothing_known_are_nothing(side: Side) -> None:
    assert fits(Facts(), Facts(), side) == dict.fromkeys(NAMES, 0)


def test_fits_know_places_by_what_holds_both() -> None:
    for places, nearness in [
        ((HERE,), 1),
        ((REGION,), 0.4),
        ((TOWN, REGION), 0.4),
        ((TOWN,), 0),
        ((replace(TOWN, population=4_000),), 0.3),
    ]:
        found = fits(NEED, replace(SOLUTION, places=places), "solution")
        assert found["references"] == nearness


def test_fits_of_a_place_without_a_size_tell_no_population() -> None:
    found = fits(NEED, replace(SOLUTION, places=(REGION,)), "solution")
    assert (found["population"], found["references"]) == (0, 0.4)
    assert fits(NEED, replace(SOLUTION, places=(REGION, TOWN)), "need")["population"] == -1


def test_all_residents_are_no_misfit() -> None:
    everyone = replace(SOLUTION, beneficiaries=frozenset({"residents", "shops"}))
    others = replace(SOLUTION, beneficiaries=frozenset({"shops"}))
    for side in ("solution", "need"):
        assert fits(NEED, everyone, side)["beneficiaries"] == 0
        assert fits(NEED, others, side)["beneficiaries"] == -1


PLACES = st.lists(st.sampled_from([HERE, NEXT_DOOR, TOWN, REGION]), max_size=3).map(tuple)
FACTS = st.builds(
    Facts,
    themes=st.frozensets(st.sampled_from(["water", "water.leaks", "nature.trees"]), max_size=2),
    beneficiaries=st.frozensets(st.sampled_from(["agents", "youth", "residents"]), max_size=2),
    maturity=st.none() | st.integers(1, 9),
    money=st.none() | st.integers(0, 5),
    stage=st.sampled_from([None, "considered", "ongoing", "finished"]),
    places=PLACES,
    updated=st.none() | st.dates(date(2015, 1, 1), date(2027, 1, 1)),
)


@pytest.mark.parametrize("side", ["solution", "need"])
@given(need=FACTS, solution=FACTS, beside=st.lists(FACTS, max_size=3), data=st.data())
def test_taking_a_fact_away_sets_its_signal_to_zero_and_leaves_the_others(
    side: Side, need: Facts, solution: Facts, beside: list[Facts], data: st.DataObject
) -> None:
    whole = fits(need, solution, side, beside)
    assert all(-1 <= value <= 1 for value in whole.values())
    name = data.draw(st.sampled_from(sorted(OF_A_NEED)))
    nothing, silent = OF_A_NEED[name]
    wanted = {signal: 0 if signal in silent else value for signal, value in whole.items()}
    assert fits(replace(need, **{name: nothing}), solution, side, beside) == wanted
    name = data.draw(st.sampled_from(sorted(OF_A_SOLUTION)))
    nothing, silent = OF_A_SOLUTION[name]
    wanted = {signal: 0 if signal in silent else value for signal, value in whole.items()}
    assert fits(need, replace(solution, **{name: nothing}), side, beside) == wanted


def test_fits_of_many_rows_are_those_of_each() -> None:
    candidates = [SOLUTION, Facts(), replace(SOLUTION, places=()), replace(SOLUTION, money=0)] * 5
    held = table(*candidates)
    rows = np.array([7, 0, 2, 13, 19])
    found = Asked(NEED, "solution", TODAY).fits(held, rows)
    for place, row in enumerate(rows):
        alone = fits(NEED, candidates[row], "solution")
        assert {name: values[place] for name, values in found.items()} == pytest.approx(alone)
    none = Asked(NEED, "solution", TODAY).fits(held, np.array([], np.int64))
    assert {name: len(values) for name, values in none.items()} == dict.fromkeys(NAMES, 0)
