"""Declared facts in the lists of matches: counted, shown, and silent about anonymous needs."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from backend.app import create_api
from backend.matches.facts import band_position
from backend.matches.matcher import Matcher
from tests.backend.matches.test_matcher import a_matcher, post
from tests.factories import operator_headers

FACTS = ("themes", "beneficiaries", "maturity", "budget", "population", "references", "age")
MONTPELLIER = {"name": "Ville", "kind": "commune", "territory": "commune:34172"}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return a_matcher(tmp_path_factory.mktemp("data"))


@pytest.fixture
def client(engine: Engine, real: Matcher) -> Iterator[TestClient]:
    with TestClient(create_api(engine, real), headers=operator_headers(engine)) as opened:
        yield opened


def referring(*codes: str | None) -> list[dict[str, Any]]:
    return [{"name": "Un client", "territory": code} for code in codes]


def signals(client: TestClient, kind: str, record: dict[str, Any]) -> dict[str, dict[str, float]]:
    answer = client.get(f"/v1/{kind}/{record['id']}/matches?group=false").json()
    assert set(FACTS) < set(answer["weights"])
    return {item["id"]: {name: item["signals"][name] for name in FACTS} for item in answer["items"]}


@pytest.mark.parametrize(("band", "position"), [("free", 0), ("40k_90k", 3), ("x", None)])
def test_band_position_is_the_place_in_the_vocabulary(band: str, position: int | None) -> None:
    assert band_position(band) == position
    assert band_position(None) is None


def test_facts_of_a_pair_are_the_same_from_both_sides(client: TestClient) -> None:
    need = post(
        client,
        "needs",
        organisation=MONTPELLIER,
        beneficiaries=["agents", "youth"],
        project_stage="ongoing",
        perimeters=["departement:34"],
    )
    solution = post(
        client,
        "solutions",
        maturity=8,
        price_band="90k_215k",
        client_references=referring("commune:38185", None, "departement:34", "country:FR"),
    )
    wanted = {
        "themes": 1,
        "beneficiaries": 1,
        "maturity": -0.5,
        "budget": -0.5,
        "population": 0.718657,  # 302,454 inhabitants against 158,240
        "references": 0.6,
        "age": 0,
    }
    assert signals(client, "needs", need)[solution["id"]] == pytest.approx(wanted, abs=1e-5)
    assert signals(client, "solutions", solution)[need["id"]] == pytest.approx(wanted, abs=1e-5)


def test_facts_that_are_not_declared_count_for_nothing(client: TestClient) -> None:
    need = post(client, "needs", themes=[], budget_band=None, perimeters=[])
    solution = post(client, "solutions", maturity=None)
    assert signals(client, "needs", need)[solution["id"]] == dict.fromkeys(FACTS, 0)


def test_facts_put_equal_texts_in_order(client: TestClient) -> None:
    need = post(client, "needs", budget_band="10k_40k")
    dear = post(client, "solutions", price_band="over_215k")
    fitting = post(client, "solutions", price_band="under_10k")
    silent = post(client, "solutions", price_band=None)
    wanted = [fitting["id"], silent["id"], dear["id"]]
    assert list(signals(client, "needs", need)) == wanted


def test_need_of_an_authority_of_another_kind_than_its_place_tells_no_population(
    client: TestClient,
) -> None:
    syndicate = {"name": "Une agglomération", "kind": "epci"}
    need = post(client, "needs", perimeters=["commune:34172"], organisation=syndicate)
    solution = post(client, "solutions", client_references=referring("commune:34172"))
    found = signals(client, "needs", need)[solution["id"]]
    assert (found["population"], found["references"]) == (0, 1)


def test_need_over_several_territories_tells_no_population(client: TestClient) -> None:
    need = post(client, "needs", perimeters=["commune:34172", "commune:34145"])
    solution = post(client, "solutions", client_references=referring("commune:34145"))
    found = signals(client, "needs", need)[solution["id"]]
    assert (found["population"], found["references"]) == (0, 1)


@pytest.mark.parametrize("place", ["commune:34172", "commune:30007", "departement:34"])
def test_anonymous_need_gives_the_same_facts_wherever_in_its_region(
    client: TestClient, place: str
) -> None:
    """A leader who names one commune after another as a reference learns the region only."""
    need = post(
        client, "needs", anonymous=True, perimeters=["commune:34172"], organisation=MONTPELLIER
    )
    solution = post(
        client,
        "solutions",
        perimeters=["country:FR"],
        client_references=referring(place),
    )
    for found in (
        signals(client, "needs", need)[solution["id"]],
        signals(client, "solutions", solution)[need["id"]],
    ):
        assert (found["population"], found["references"]) == (0, 0.4)
