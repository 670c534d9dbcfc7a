"""What one's own published solutions answer, in one request."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from backend.database import writing
from backend.models import Organisation, Snapshot
from tests.backend.conftest import SignIn
from tests.factories import (
    make_member,
    make_organisation,
    make_solution,
    need_payload,
    solution_payload,
)

URL = "/v1/me/matches"


@pytest.fixture
def place(engine: Engine) -> Organisation:
    with writing(engine) as session:
        return make_organisation(session, name="Coopérative du Lez")


@pytest.fixture
def leader(engine: Engine, sign_in: SignIn, place: Organisation) -> TestClient:
    with writing(engine) as session:
        member = make_member(session, place, "project_leader")
    return sign_in(member)


def test_list_holds_own_published_solutions_only(
    client: TestClient, leader: TestClient, place: Organisation
) -> None:
    need = client.post("/v1/needs", json=need_payload()).json()
    ours = client.post("/v1/solutions", json=solution_payload(organisation_id=place.id)).json()
    client.post("/v1/solutions", json=solution_payload(organisation_id=place.id, status="draft"))
    client.post("/v1/solutions", json=solution_payload())

    found = leader.get(URL, params={"lang": "en"}).json()
    assert found["total"] == 1
    (listed,) = found["items"]
    assert listed["subject"]["id"] == ours["id"]
    assert [item["id"] for item in listed["items"]] == [need["id"]]
    assert (
        listed
        == leader.get(
            f"/v1/solutions/{ours['id']}/matches", params={"lang": "en", "limit": 5}
        ).json()
    )


def test_lists_are_kept_once(
    client: TestClient, leader: TestClient, place: Organisation, session: Session
) -> None:
    client.post("/v1/needs", json=need_payload())
    for title in ("Capteurs de fuites", "Écoute des conduites"):
        client.post("/v1/solutions", json=solution_payload(title=title, organisation_id=place.id))
    first, second = leader.get(URL).json(), leader.get(URL).json()
    assert first == second
    assert session.scalar(select(func.count()).select_from(Snapshot)) == 2


def test_number_of_solutions_is_limited_and_told(
    engine: Engine, leader: TestClient, place: Organisation
) -> None:
    with writing(engine) as session:
        for _ in range(3):
            make_solution(session, organisation_id=place.id)
    found = leader.get(URL, params={"solutions": 2}).json()
    assert (len(found["items"]), found["total"]) == (2, 3)


def test_person_without_the_role_is_refused(visitor: TestClient, client: TestClient) -> None:
    assert visitor.get(URL).status_code == 401
    assert client.get(URL).json() == {"items": [], "total": 0}
