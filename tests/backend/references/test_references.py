"""Client references that their client confirms, or does not."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.models import Mail, Person, Solution
from tests.factories import make_member, make_organisation
from tests.introductions import Sides, make_sides

SignIn = Callable[[Person], TestClient]
NAMED = {"name": "Ville d'Alès", "year": 2024}


@pytest.fixture
def sides(session: Session) -> Sides:
    made = make_sides(session)
    session.get_one(Solution, made.solution.id).client_references = [NAMED, {"name": "Ailleurs"}]
    session.commit()
    return made


@pytest.fixture
def client_of(session: Session) -> Person:
    """A member of the staff of the client that is named."""
    place = make_organisation(session, name="Ville d'Alès")
    person = make_member(session, place, "authority_staff", lang="fr")
    session.commit()
    return person


def request(leader: TestClient, sides: Sides, **values: Any) -> Any:
    return leader.post(f"/v1/solutions/{sides.solution.id}/references", json={**NAMED, **values})


def listed(client: TestClient, sides: Sides) -> list[tuple[str, int | None, str]]:
    items = client.get(f"/v1/solutions/{sides.solution.id}/references").json()["items"]
    return [(one["name"], one["year"], one["status"]) for one in items]


def test_client_confirms_and_everybody_sees_it(
    session: Session, sides: Sides, client_of: Person, sign_in: SignIn, visitor: TestClient
) -> None:
    leader, staff = sign_in(sides.leader), sign_in(client_of)
    made, again = request(leader, sides), request(leader, sides, name="VILLE D'ALÈS")
    assert (made.status_code, again.json()["id"]) == (200, made.json()["id"])
    assert listed(leader, sides) == [("Ville d'Alès", 2024, "requested")]
    assert listed(visitor, sides) == []
    asked = staff.get("/v1/reference-requests").json()["items"]
    assert [one["id"] for one in asked] == [made.json()["id"]]
    address = f"/v1/reference-requests/{asked[0]['id']}/answer"
    for _ in range(2):
        assert staff.post(address, json={"answer": "confirmed"}).status_code == 200
    assert listed(visitor, sides) == [("Ville d'Alès", 2024, "confirmed")]
    told = select(Mail.person_id, Mail.subject).order_by(Mail.id)
    assert [tuple(row) for row in session.execute(told)] == [
        (client_of.id, "Une référence client à confirmer"),
        (sides.leader.id, "Your client reference was answered"),
    ]


def test_refusal_is_seen_by_both_sides_only(
    sides: Sides, client_of: Person, sign_in: SignIn, visitor: TestClient
) -> None:
    leader, staff = sign_in(sides.leader), sign_in(client_of)
    made = request(leader, sides).json()
    refused = {"answer": "refused", "note": "Nous n'avons pas donné suite"}
    staff.post(f"/v1/reference-requests/{made['id']}/answer", json=refused)
    assert listed(leader, sides) == [("Ville d'Alès", 2024, "refused")]
    assert listed(visitor, sides) == []


def test_request_names_a_reference_and_a_client_that_are_known(
    sides: Sides, client_of: Person, sign_in: SignIn
) -> None:
    leader = sign_in(sides.leader)
    assert request(leader, sides, year=2020).json()["errors"][0]["field"] == "name"
    nobody = leader.post(f"/v1/solutions/{sides.solution.id}/references", json={"name": "Ailleurs"})
    assert nobody.json()["errors"][0]["field"] == "organisation_id"


def test_only_the_client_answers(sides: Sides, client_of: Person, sign_in: SignIn) -> None:
    leader = sign_in(sides.leader)
    made = request(leader, sides).json()
    address = f"/v1/reference-requests/{made['id']}/answer"
    for other in (leader, sign_in(sides.staff)):
        assert other.post(address, json={"answer": "confirmed"}).status_code == 404
