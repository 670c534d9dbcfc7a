"""What declared facts say of a pair."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility import Criteria, FactTable, eligible_rows
from matching.fit_reasons import Pair, fit_reasons
from matching.fitting import Asked
from matching.perimeters import COUNTRY
from matching.types import Facts, Polarity, Reason, Side
from tests.matching.fakes import PERIMETERS
from tests.matching.test_fitting import FACTS, HERE, NEXT_DOOR, REGION, TODAY, TOWN

SIDES: list[Side] = ["solution", "need"]


def told(need: Facts, solution: Facts, side: Side = "solution") -> dict[str, Reason]:
    asked, held = (need, solution) if side == "solution" else (solution, need)
    found = list(fit_reasons(Pair(asked, held, side, TODAY), PERIMETERS))
    assert len({reason.kind for reason in found}) == len(found)
    return {reason.kind: reason for reason in found}


@pytest.mark.parametrize(
    ("asked", "held", "polarity", "codes"),
    [
        (["water.leaks"], ["water.leaks", "nature"], "fits", ("water.leaks",)),
        (["water.leaks"], ["water"], "fits", ("water",)),
        (["water"], ["water.flood", "economy"], "fits", ("water.flood",)),
        (["water"], ["economy", "culture"], "misses", ("culture", "economy")),
    ],
)
def test_themes_fit_when_shared_or_in_one_group(
    asked: list[str], held: list[str], polarity: str, codes: tuple[str, ...]
) -> None:
    reason = told(Facts(themes=frozenset(asked)), Facts(themes=frozenset(held)))["themes"]
    assert (reason.polarity, reason.codes) == (polarity, codes)


def test_beneficiaries_name_those_shared_else_those_served() -> None:
    held = Facts(beneficiaries=frozenset(["youth", "seniors"]))
    shared = told(Facts(beneficiaries=frozenset(["youth", "farmers"])), held)["beneficiaries"]
    assert (shared.polarity, shared.codes) == ("fits", ("youth",))
    none = told(Facts(beneficiaries=frozenset(["farmers"])), held)["beneficiaries"]
    assert (none.polarity, none.codes) == ("misses", ("seniors", "youth"))
    assert "beneficiaries" not in told(Facts(beneficiaries=frozenset(["residents"])), held)


KNOWN: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("themes", {"themes": frozenset(["water"])}, {"themes": frozenset(["water"])}),
    (
        "beneficiaries",
        {"beneficiaries": frozenset(["youth"])},
        {"beneficiaries": frozenset(["youth"])},
    ),
    ("budget", {"money": 2}, {"money": 2}),
    ("maturity", {"stage": "ongoing"}, {"maturity": 9}),
    ("references", {"places": (HERE,)}, {"places": (HERE,)}),
]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("kind", "wanted", "offered"), KNOWN)
def test_unknown_is_told_only_where_the_need_asked(
    kind: str, wanted: dict[str, Any], offered: dict[str, Any], side: Side
) -> None:
    assert told(Facts(**wanted), Facts(**offered), side)[kind].polarity == "fits"
    assert told(Facts(**wanted), Facts(), side)[kind] == Reason(kind, "unknown")
    assert kind not in told(Facts(), Facts(**offered), side)


@pytest.mark.parametrize(
    ("held", "polarity", "coverage"),
    [
        (["departement:1"], "fits", 0.5),
        (["region:1"], "fits", 1.0),
        (["departement:3"], "misses", 0.0),
        ([], "unknown", None),
    ],
)
def test_perimeter_tells_the_share_covered(
    held: list[str], polarity: str, coverage: float | None
) -> None:
    solution = Facts(perimeters=frozenset(held))
    reason = told(Facts(perimeters=frozenset(["epci:across"])), solution)["perimeter"]
    assert reason.polarity == polarity
    assert reason.values.get("coverage") == coverage
    assert "perimeter" not in told(Facts(), solution)


AREAS = st.frozensets(
    st.sampled_from(["commune:a", "epci:across", "departement:3", "commune:unknown", COUNTRY]),
    max_size=3,
)


@given(asked=AREAS.filter(bool), held=AREAS)
def test_perimeter_misses_exactly_when_the_filter_hides(
    asked: frozenset[str], held: frozenset[str]
) -> None:
    facts = Facts(perimeters=held)
    table = FactTable()
    table.append(facts)
    failing = table.fails(Criteria(perimeters=tuple(asked)), PERIMETERS, date(2025, 3, 31))
    shown, _ = eligible_rows(table.published, failing)
    polarity = told(Facts(perimeters=asked), facts)["perimeter"].polarity
    assert (polarity == "misses") == (not shown[0])


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("price", "polarity"), [(1, "fits"), (2, "fits"), (3, "misses")])
def test_budget_holds_the_price_against_it_in_both_directions(
    side: Side, price: int, polarity: Polarity
) -> None:
    reason = told(Facts(money=2), Facts(money=price), side)["budget"]
    assert reason == Reason("budget", polarity, values={"price": price, "budget": 2})


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("stage", "level", "polarity"),
    [("ongoing", 9, "fits"), ("ongoing", 8, "misses"), ("considered", 7, "fits")],
)
def test_maturity_is_held_against_what_the_stage_waits_for(
    side: Side, stage: str, level: int, polarity: str
) -> None:
    reason = told(Facts(stage=stage), Facts(maturity=level), side)["maturity"]
    assert (reason.polarity, reason.values["maturity"]) == (polarity, level)


def test_references_tell_the_smallest_territory_in_common() -> None:
    need = Facts(places=(HERE,))
    for places, codes in [
        ((HERE, TOWN), ("code",)),
        ((NEXT_DOOR,), ("epci",)),
        ((REGION,), ("region",)),
    ]:
        assert told(need, Facts(places=places))["references"].codes == codes
    far = told(need, Facts(places=(TOWN,)))["references"]
    assert (far.polarity, far.codes) == ("misses", ())


def test_population_is_told_where_both_sizes_are_known() -> None:
    need = Facts(places=(HERE,))
    assert told(need, Facts(places=(NEXT_DOOR,)))["population"].polarity == "fits"
    assert told(need, Facts(places=(TOWN,)))["population"].polarity == "misses"
    assert "population" not in told(need, Facts(places=(REGION,)))


@pytest.mark.parametrize("side", SIDES)
def test_age_is_told_of_an_entry_left_for_two_years(side: Side) -> None:
    old = told(Facts(), Facts(updated=TODAY - timedelta(4 * 182)), side)["age"]
    assert (old.polarity, old.values) == ("misses", {"years": 2.0})
    assert "age" not in told(Facts(), Facts(updated=TODAY - timedelta(4 * 182 - 1)), side)
    assert "age" not in told(Facts(updated=date(1990, 1, 1)), Facts(), side)


@pytest.mark.parametrize("side", SIDES)
@given(need=FACTS, solution=FACTS)
def test_polarity_follows_the_signal(side: Side, need: Facts, solution: Facts) -> None:
    asked, held = (need, solution) if side == "solution" else (solution, need)
    table = FactTable()
    table.append(held)
    fits = Asked(asked, side, TODAY).fits(table, np.array([0]))
    for kind, reason in told(need, solution, side).items():
        signal = float(fits[kind][0]) if kind != "perimeter" else 0.0
        if reason.polarity == "unknown":
            assert signal == 0
        elif reason.polarity == "fits":
            assert signal > 0
        else:
            # A reference far away is told, and takes nothing from who has one.
            assert signal < 0 or (kind == "references" and signal < 0.4)
