"""For which organisation somebody registers a record, and who publishes it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.database import writing
from backend.models import Activity, Membership, Organisation, Person
from tests.backend.conftest import SignIn
from tests.factories import (
    make_member,
    make_organisation,
    make_person,
    need_payload,
    organisation_payload,
    solution_payload,
)


def draft(**changes: Any) -> dict[str, Any]:
    return solution_payload(status="draft", **changes)


@pytest.fixture
def place(engine: Engine) -> Organisation:
    with writing(engine) as session:
        return make_organisation(session, name="Coopérative du Lez", kind="startup")


@pytest.fixture
def leader(engine: Engine, place: Organisation) -> Person:
    with writing(engine) as session:
        return make_member(session, place, "project_leader")


def test_record_belongs_to_the_only_organisation_of_its_author(
    sign_in: SignIn, leader: Person, place: Organisation, session: Session
) -> None:
    made = sign_in(leader).post("/v1/solutions", json=draft()).json()
    assert (made["organisation"]["id"], made["yours"]) == (place.id, True)
    line = session.scalars(select(Activity).where(Activity.object_id == made["id"])).one()
    assert line.actor == leader.id


def test_author_in_two_organisations_says_which(
    engine: Engine, sign_in: SignIn, leader: Person
) -> None:
    with writing(engine) as session:
        second = make_organisation(session, name="Deuxième")
        session.add(
            Membership(
                person_id=leader.id,
                organisation_id=second.id,
                role="project_leader",
                status="active",
            )
        )
    client = sign_in(leader)
    answer = client.post("/v1/solutions", json=draft())
    assert answer.json()["errors"][0]["field"] == "organisation_id"
    made = client.post("/v1/solutions", json=draft(organisation_id=second.id)).json()
    assert made["organisation"]["name"] == "Deuxième"


def test_newcomer_registers_organisation_and_record_together(
    engine: Engine, sign_in: SignIn
) -> None:
    with writing(engine) as session:
        person = make_person(session)
    client = sign_in(person)
    made = client.post("/v1/needs", json=need_payload(status="draft")).json()
    assert made["errors"][0]["field"] == "organisation_id"
    body = need_payload(status="draft", organisation=organisation_payload())
    made = client.post("/v1/needs", json=body).json()
    assert made["yours"] is True
    (belonging,) = client.get("/v1/me").json()["belongings"]
    assert (belonging["role"], belonging["status"]) == ("authority_staff", "active")


def test_same_organisation_typed_again_makes_no_second_one(
    sign_in: SignIn, leader: Person, session: Session
) -> None:
    typed = {"name": "coopérative  du lez", "kind": "startup"}
    assert sign_in(leader).post("/v1/solutions", json=draft(organisation=typed)).is_success
    assert session.scalars(select(Organisation.name)).all() == ["Coopérative du Lez"]


def test_organisation_of_others_is_refused_and_nothing_is_written(
    engine: Engine, sign_in: SignIn, leader: Person, session: Session
) -> None:
    with writing(engine) as writer:
        theirs = make_organisation(writer, name="La leur", siren="243400017")
    client = sign_in(leader)
    for claimed in ({"organisation_id": theirs.id}, {"organisation": organisation_payload()}):
        answer = client.post("/v1/solutions", json=draft(**claimed))
        assert (answer.status_code, answer.json()["type"]) == (
            403,
            "urn:passerelle:problem:forbidden",
        )
    assert client.get("/v1/solutions", params={"mine": True}).json()["total"] == 0
    assert len(session.scalars(select(Membership)).all()) == 1


def test_author_submits_and_an_operator_publishes(
    sign_in: SignIn, leader: Person, client: TestClient, visitor: TestClient
) -> None:
    author = sign_in(leader)
    assert author.post("/v1/solutions", json=solution_payload()).status_code == 403
    made = author.post("/v1/solutions", json=solution_payload(status="submitted")).json()
    url = f"/v1/solutions/{made['id']}"
    assert visitor.get(url).status_code == 404
    refused = author.patch(url, json={"status": "published"}, headers={"If-Match": '"1"'})
    assert refused.status_code == 403
    assert client.patch(url, json={"status": "published"}, headers={"If-Match": '"1"'}).is_success
    assert visitor.get(url).json()["yours"] is False
    # What is published stays so while its author mends a word.
    mended = author.patch(url, json={"summary": "Mieux dit."}, headers={"If-Match": '"2"'})
    assert mended.json()["status"] == "published"


def test_lists_hold_what_is_published_and_what_is_ones_own(
    sign_in: SignIn, leader: Person, client: TestClient, visitor: TestClient
) -> None:
    author = sign_in(leader)
    own = author.post("/v1/solutions", json=draft(title="Ébauche")).json()
    client.post("/v1/solutions", json=draft(title="Ébauche d'autrui"))
    client.post("/v1/solutions", json=solution_payload(title="Publiée"))
    every = {"status": ["draft", "published"], "sort": "title"}
    titles = [
        [item["title"] for item in seen.get("/v1/solutions", params=every).json()["items"]]
        for seen in (visitor, author, client)
    ]
    assert titles == [
        ["Publiée"],
        ["Ébauche", "Publiée"],
        ["Ébauche", "Ébauche d'autrui", "Publiée"],
    ]
    mine = author.get("/v1/solutions", params={"mine": True}).json()["items"]
    assert [item["id"] for item in mine] == [own["id"]]
    assert visitor.get("/v1/solutions", params={"mine": True}).json()["total"] == 0
