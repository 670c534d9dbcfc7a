"""Lists of matches, free-text search, and the lists that are kept."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.matches.snapshots import digest
from backend.models import Snapshot
from tests.backend.conftest import Statements
from tests.factories import (
    make_need,
    make_organisation,
    make_solution,
    need_payload,
    solution_payload,
)


@pytest.fixture
def need(client: TestClient) -> dict[str, Any]:
    """A published need."""
    body: dict[str, Any] = client.post("/v1/needs", json=need_payload()).json()
    return body


@pytest.fixture
def solution(client: TestClient) -> dict[str, Any]:
    """A published solution."""
    body: dict[str, Any] = client.post("/v1/solutions", json=solution_payload()).json()
    return body


def test_need_lists_solutions_with_their_reasons(
    visitor: TestClient, client: TestClient, need: dict[str, Any], solution: dict[str, Any]
) -> None:
    found = client.get(f"/v1/needs/{need['id']}/matches").json()
    (item,) = found["items"]
    assert found["subject"] == {"kind": "need", "id": need["id"], "title": need["title"]}
    assert found["direction"] == "need_to_solutions"
    assert (found["model"], found["index_revision"], found["eligible"]) == ("fake", 2, 1)
    assert found["filters"] == {"relax": []}
    assert item["record"] == visitor.get(f"/v1/solutions/{solution['id']}").json()
    assert (item["rank"], item["id"], item["band"]) == (1, solution["id"], "good")
    assert [(reason["kind"], reason["text"]) for reason in item["reasons"]] == [
        ("sentence", "Ce passage répond le mieux :"),
        ("themes", "Thèmes en commun : Réseaux et recherche de fuites."),
        ("perimeter", "Intervient sur le territoire demandé, sur 50 % de ses communes."),
        ("shared_words", "Mots en commun : d'eau., du, fuites."),
    ]


def test_reasons_are_worded_in_english_when_asked(
    client: TestClient, need: dict[str, Any], solution: dict[str, Any]
) -> None:
    url = f"/v1/needs/{need['id']}/matches"
    english, french = (client.get(url, params={"lang": lang}).json() for lang in ("en", "fr"))
    assert english["items"][0]["id"] == solution["id"]
    assert english["items"][0]["reasons"][0]["text"] == "This passage answers best:"
    assert english["snapshot_id"] == french["snapshot_id"]


def test_solution_lists_needs(
    visitor: TestClient, client: TestClient, need: dict[str, Any], solution: dict[str, Any]
) -> None:
    found = client.get(f"/v1/solutions/{solution['id']}/matches").json()
    (item,) = found["items"]
    assert found["direction"] == "solution_to_needs"
    assert item["record"] == visitor.get(f"/v1/needs/{need['id']}").json()
    assert item["reasons"][2]["text"] == "Le besoin se trouve sur le territoire de la solution."


def test_filters_are_passed_on_and_shown(
    client: TestClient, need: dict[str, Any], solution: dict[str, Any]
) -> None:
    query = {"theme": "mobility", "relax": "deadline", "limit": 3}
    found = client.get(f"/v1/needs/{need['id']}/matches", params=query).json()
    assert solution["id"] not in [item["id"] for item in found["items"]]
    assert found["filters"] == {"theme": ["mobility"], "relax": ["deadline"]}
    assert found["hidden"] == [{"filter": "theme", "count": 1, "gain": 1}]


def test_list_is_kept_once_as_it_was_shown(
    client: TestClient, session: Session, need: dict[str, Any], solution: dict[str, Any]
) -> None:
    url = f"/v1/needs/{need['id']}/matches"
    first, second = client.get(url).json(), client.get(url).json()
    kept = client.get(f"/v1/snapshots/{first['snapshot_id']}").json()
    content = {name: kept[name] for name in kept if name not in {"id", "created_at"}}
    (result,) = kept["payload"]["results"]
    assert first["snapshot_id"] == second["snapshot_id"] == digest(content)
    assert session.scalar(select(func.count()).select_from(Snapshot)) == 1
    assert kept["subject_id"] == need["id"]
    assert kept["payload"]["weights"] == {"words": 1.0}
    assert (result["id"], result["score"]) == (solution["id"], first["items"][0]["score"])
    assert result["reasons"][2]["values"] == {"coverage": 0.5}


def test_list_that_differs_is_kept_apart(
    client: TestClient, need: dict[str, Any], solution: dict[str, Any]
) -> None:
    url = f"/v1/needs/{need['id']}/matches"
    before = client.get(url).json()["snapshot_id"]
    client.post(f"/v1/solutions/{solution['id']}/archive", headers={"If-Match": '"1"'})
    after = client.get(url).json()
    assert after["items"] == []
    assert after["snapshot_id"] != before


def test_search_finds_and_keeps_nothing(
    client: TestClient, session: Session, solution: dict[str, Any]
) -> None:
    found = client.post(
        "/v1/search",
        json={"text": "fuites d'eau", "filters": {"theme": ["water"]}, "relax": ["theme"]},
        headers={"Accept-Language": "fr"},
    ).json()
    assert found["subject"] is None
    assert found["snapshot_id"] is None
    assert found["filters"] == {"theme": ["water"], "relax": ["theme"]}
    assert found["direction"] == "need_to_solutions"
    assert session.scalar(select(func.count()).select_from(Snapshot)) == 0
    assert solution["id"] not in [item["id"] for item in found["items"]]


def test_search_of_needs(visitor: TestClient, need: dict[str, Any]) -> None:
    found = visitor.post("/v1/search", json={"text": "fuites", "kind": "needs"}).json()
    assert [item["record"] for item in found["items"]] == [need | {"yours": False}]
    assert found["items"][0]["reasons"][0]["text"] == "This passage of the need is the closest:"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "a\x00"}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "a", "kind": "people"}, "kind"),
        ({"text": "a", "filters": {"theme": ["wet"]}}, "filters.theme[0]"),
        ({"text": "a", "filters": {"perimeter": ["commune:0"]}}, "filters.perimeter"),
        ({"text": "a", "relax": ["everything"]}, "relax[0]"),
        ({}, "text"),
    ],
)
def test_search_names_the_field_that_is_wrong(
    client: TestClient, body: dict[str, object], field: str
) -> None:
    answer = client.post("/v1/search", json=body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    "url",
    [
        "/v1/needs/42/matches",
        "/v1/solutions/42/matches",
        "/v1/snapshots/42",
        f"/v1/snapshots/{'0' * 64}",
        "/v1/snapshots/%00",
    ],
)
def test_what_does_not_exist_is_not_found(client: TestClient, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("kind", ["needs", "solutions"])
def test_number_of_statements_does_not_grow_with_the_matches(
    client: TestClient, session: Session, statements: Statements, kind: str
) -> None:
    subject = make_need(session) if kind == "needs" else make_solution(session)
    make = make_solution if kind == "needs" else make_need
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            place = make_organisation(session, territory="commune:34172")
            make(session, organisation_id=place.id, perimeters=["commune:34172"])
        session.commit()
        with statements:
            found = client.get(f"/v1/{kind}/{subject.id}/matches").json()
        counts.append((len(found["items"]), len(statements)))
        statements.texts.clear()
    assert [items for items, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]
