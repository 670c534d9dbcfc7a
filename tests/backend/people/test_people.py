"""Accounts as operators keep them."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Role
from backend.database import writing
from backend.models import Activity, Membership, Organisation, Person
from tests.backend.conftest import SignIn, Statements
from tests.factories import make_member, make_organisation, make_person


def change(client: TestClient, person: Person, version: int, **patch: bool) -> tuple[int, Any]:
    headers = {"If-Match": f'"{version}"'}
    answer = client.patch(f"/v1/people/{person.id}", json=patch, headers=headers)
    return answer.status_code, answer.json()


def ask(engine: Engine, organisation: Organisation, role: Role, **values: Any) -> Person:
    with writing(engine) as session:
        person = make_person(session, **values)
        session.add(Membership(person_id=person.id, organisation_id=organisation.id, role=role))
        return person


@pytest.fixture
def place(engine: Engine) -> Organisation:
    with writing(engine) as session:
        return make_organisation(session, name="Coopérative")


@pytest.fixture
def member(engine: Engine, place: Organisation) -> Person:
    with writing(engine) as session:
        return make_member(
            session, place, "project_leader", name="Aïcha", email="aicha@coop.example"
        )


def test_people_are_found_by_name_address_role_and_state(
    client: TestClient, engine: Engine, member: Person
) -> None:
    with writing(engine) as session:
        make_person(session, name="Bob", email="bob@ville.example", email_confirmed_at=None)

    def found(**query: str) -> list[str]:
        items = client.get("/v1/people", params=query).json()["items"]
        return [item["name"] for item in items]

    assert found() == ["Aïcha", "Bob", "Opératrice"]
    assert found(q="coop") == ["Aïcha"]
    assert found(q="BOB") == ["Bob"]
    assert found(role="project_leader") == ["Aïcha"]
    assert found(role="operator") == ["Opératrice"]
    assert found(role="event_organiser") == []
    assert found(state="unconfirmed") == ["Bob"]
    assert found(state="disabled") == []
    first = client.get("/v1/people", params={"q": "aicha"}).json()["items"][0]
    assert [(one["organisation_name"], one["role"]) for one in first["belongings"]] == [
        ("Coopérative", "project_leader")
    ]


def test_people_take_as_many_statements_however_many_they_are(
    client: TestClient, engine: Engine, place: Organisation, statements: Statements
) -> None:
    counts = []
    for size in (1, 15):
        with writing(engine) as session:
            for _ in range(size):
                make_member(session, place, "authority_staff")
        with statements:
            client.get("/v1/people")
        counts.append(len(statements))
        statements.texts.clear()
    assert counts[0] == counts[1]


def test_closed_account_is_signed_out_at_once_and_opens_again(
    client: TestClient, sign_in: SignIn, member: Person, session: Session
) -> None:
    theirs = sign_in(member)
    key = theirs.post("/v1/me/tokens", json={"name": "Export"}).json()["secret"]
    assert change(client, member, 1, disabled=True)[1]["disabled"] is True
    assert theirs.get("/v1/me/sessions").status_code == 401
    status, shown = change(client, member, 2, disabled=False)
    assert (status, shown["disabled"], shown["version"]) == (200, False, 3)
    assert theirs.get("/v1/me/sessions").status_code == 401
    headers = {"Authorization": f"Bearer {key}"}
    assert theirs.get("/v1/me/sessions", headers=headers).status_code == 401
    assert sign_in(member).get("/v1/me/sessions").status_code == 200
    told = select(Activity).where(Activity.object_kind == "person").order_by(Activity.id)
    assert [line.detail for line in session.scalars(told)] == [
        {"changed": {"disabled": [False, True]}},
        {"changed": {"disabled": [True, False]}},
    ]


def test_there_is_always_one_operator(
    client: TestClient, engine: Engine, session: Session, member: Person
) -> None:
    own = session.scalars(select(Person).where(Person.operator)).one()
    for patch in ({"operator": False}, {"disabled": True}):
        status, problem = change(client, own, 1, **patch)
        assert (status, problem["type"]) == (409, "urn:passerelle:problem:conflict")
    assert change(client, member, 1, operator=True)[1]["operator"] is True
    assert change(client, own, 1, operator=False)[1]["operator"] is False
    assert client.get("/v1/people").status_code == 403


def test_change_without_a_difference_writes_nothing(
    client: TestClient, member: Person, session: Session
) -> None:
    assert change(client, member, 1, operator=False, disabled=False)[1]["version"] == 1
    assert change(client, member, 2, operator=True)[0] == 412
    assert session.scalars(select(Activity)).all() == []


def test_requests_are_listed_those_who_wait_longest_first(
    client: TestClient, engine: Engine, place: Organisation, member: Person
) -> None:
    first = ask(engine, place, "project_leader", name="Un")
    ask(engine, place, "authority_staff", name="Deux")
    found = client.get("/v1/membership-requests").json()
    assert [(one["name"], one["role"], one["members"]) for one in found] == [
        ("Un", "project_leader", 1),
        ("Deux", "authority_staff", 1),
    ]
    assert found[0]["person_id"] == first.id
    assert found[0]["organisation_name"] == "Coopérative"
