"""Look-ups of territories, and who touches whom."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.territories.queries import touching, touching_regions_of


def names(client: TestClient, **query: object) -> list[str]:
    """The names found."""
    answer = client.get("/v1/territories", params=query)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return [item["name"] for item in answer.json()]


def test_list_finds_by_the_beginning_of_a_name(client: TestClient) -> None:
    assert names(client, q="lunel") == ["Lunel", "Lunel Agglo"]
    assert names(client, q="montpellier-med") == ["Montpellier Méditerranée Métropole"]
    assert names(client, q="ALES") == ["Alès", "Alès Agglomération"]


def test_list_finds_the_most_populous_first(client: TestClient) -> None:
    assert names(client, kind="commune")[:2] == ["Montpellier", "Grenoble"]


@pytest.mark.parametrize("q", ["34172", "commune:34172"])
def test_list_finds_by_insee_code(client: TestClient, q: str) -> None:
    assert names(client, q=q) == ["Montpellier"]


def test_list_finds_by_siren(client: TestClient) -> None:
    assert names(client, q="243400520") == ["Lunel Agglo"]


def test_list_is_limited_to_kinds(client: TestClient) -> None:
    assert names(client, q="lunel", kind="epci") == ["Lunel Agglo"]
    assert names(client, q="lunel", kind=["region", "country"]) == []


def test_list_takes_wildcards_as_text(client: TestClient) -> None:
    assert names(client, q="%") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [({"kind": "town"}, "kind[0]"), ({"limit": "1000"}, "limit"), ({"q": "\x00"}, "q")],
)
def test_list_refuses_what_is_wrong(client: TestClient, query: dict[str, str], field: str) -> None:
    answer = client.get("/v1/territories", params=query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_get_shows_what_contains_it(client: TestClient) -> None:
    assert client.get("/v1/territories/commune:30123").json() == {
        "code": "commune:30123",
        "kind": "commune",
        "insee": "30123",
        "siren": None,
        "name": "Gallargues",
        "population": 3700,
        "epci": "epci:243400520",
        "departement": "departement:30",
        "region": "region:76",
    }


@pytest.mark.parametrize("code", ["commune:00000", "34172", "%00"])
def test_get_of_an_unknown_code_is_not_found(client: TestClient, code: str) -> None:
    assert client.get(f"/v1/territories/{code}").status_code == 404


def test_touching_of_an_epci_across_two_departements(session: Session) -> None:
    assert set(session.scalars(touching(["epci:243400520"]))) == {
        "commune:34145",
        "commune:30123",
        "epci:243400520",
        "departement:34",
        "departement:30",
        "region:76",
        "country:FR",
    }


def test_touching_of_several_is_their_union(session: Session) -> None:
    found = set(session.scalars(touching(["commune:34172", "commune:38185"])))
    assert found == {
        "commune:34172",
        "epci:243400017",
        "departement:34",
        "region:76",
        "commune:38185",
        "epci:200040715",
        "departement:38",
        "region:84",
        "country:FR",
    }


def test_touching_regions_of_a_commune_is_all_of_its_region(session: Session) -> None:
    assert set(session.scalars(touching_regions_of(["commune:38185"]))) == {
        "commune:38185",
        "epci:200040715",
        "departement:38",
        "region:84",
        "country:FR",
    }
