"""Perimeters as sets of communes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.perimeters import COUNTRY
from tests.matching.fakes import PERIMETERS, TERRITORIES

CODES = sorted(
    {code for row in TERRITORIES[:-1] for code in row if code} | {COUNTRY, "commune:unknown"}
)
SOME_CODES = st.frozensets(st.sampled_from(CODES), max_size=4)


def touching(*codes: str) -> set[str]:
    return set(PERIMETERS.touching(frozenset(codes)))


def test_epci_across_two_departements_touches_both_and_no_third() -> None:
    assert touching("epci:across") == {
        *("epci:across", "commune:a", "commune:b"),
        *("departement:1", "departement:2", "region:1", COUNTRY),
    }


def test_departement_touches_an_epci_that_reaches_into_it() -> None:
    assert "epci:across" in touching("departement:1")
    assert "epci:across" in touching("departement:2")
    assert "epci:across" not in touching("departement:3")


def test_commune_with_two_rows_lies_in_both_epci_and_counts_once() -> None:
    assert {"epci:east", "epci:south"} <= touching("commune:twice")
    assert PERIMETERS.communes(["departement:2"]).sum() == 3
    assert PERIMETERS.coverage(["departement:2"], ["epci:south"]) == pytest.approx(1 / 3)


def test_commune_outside_any_epci_or_region_is_still_in_the_country() -> None:
    assert touching("commune:island") == {"commune:island", "departement:4", COUNTRY}


def test_country_touches_every_known_code() -> None:
    assert touching(COUNTRY) == set(CODES) - {"commune:unknown"}
    assert PERIMETERS.communes([COUNTRY]).all()


def test_unknown_code_touches_itself_alone_and_covers_nothing() -> None:
    assert touching("commune:unknown") == {"commune:unknown"}
    assert touching("commune:unknown", "commune:d") == touching("commune:d") | {"commune:unknown"}
    assert not PERIMETERS.communes(["commune:unknown"]).any()
    assert "commune:unknown" not in PERIMETERS
    assert "epci:ghost" not in PERIMETERS
    assert "epci:east" in PERIMETERS


@pytest.mark.parametrize(
    ("asked", "offered", "share"),
    [
        (["commune:a"], ["region:1"], 1),
        (["epci:across"], ["departement:1"], 0.5),
        (["epci:across"], ["departement:1", "commune:a", "commune:b"], 1),
        (["region:1"], ["commune:c"], 0.25),
        (["region:2"], ["region:1"], 0),
        ([COUNTRY], [COUNTRY], 1),
        (["commune:unknown"], [COUNTRY], 0),
        (["commune:a"], [], 0),
        ([], [COUNTRY], 0),
    ],
)
def test_coverage_is_the_share_of_asked_communes(
    asked: list[str], offered: list[str], share: float
) -> None:
    assert PERIMETERS.coverage(asked, offered) == pytest.approx(share)


@given(asked=SOME_CODES, offered=SOME_CODES)
def test_touching_is_sharing_a_commune_or_the_same_code(
    asked: frozenset[str], offered: frozenset[str]
) -> None:
    shares = PERIMETERS.coverage(asked, offered) > 0
    touches = not PERIMETERS.touching(asked).isdisjoint(offered)
    assert touches == (shares or not asked.isdisjoint(offered))
    assert touches == (not PERIMETERS.touching(offered).isdisjoint(asked))
