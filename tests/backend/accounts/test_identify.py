"""Who a request is taken to be from."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.accounts.identify import COOKIE
from backend.accounts.sessions import IDLE, LIFETIME, end_all, open_session
from backend.database import writing
from backend.models import Membership, Person, SignInSession
from backend.models.base import now
from tests.backend.conftest import SignIn
from tests.factories import make_member, make_organisation, make_person, solution_payload


@pytest.fixture
def person(engine: Engine) -> Person:
    with writing(engine) as session:
        return make_person(session, name="Ada")


def name(client: TestClient) -> str | None:
    found = client.get("/v1/me").json()["person"]
    return found["name"] if found else None


def move(engine: Engine, **values: timedelta) -> None:
    """Put back the clock of every session."""
    with writing(engine) as session:
        for row in session.scalars(select(SignInSession)):
            for field, by in values.items():
                setattr(row, field, getattr(row, field) - by)


def test_me_is_nobody_for_a_visitor(visitor: TestClient) -> None:
    assert visitor.get("/v1/me").json() == {"person": None, "belongings": [], "demo": False}


def test_me_tells_for_whom_one_acts(engine: Engine, sign_in: SignIn) -> None:
    with writing(engine) as session:
        place = make_organisation(session, name="Ville de Lunel")
        ada = make_member(session, place, "authority_staff", name="Ada", email="ada@a.example")
    assert sign_in(ada).get("/v1/me").json() == {
        "person": {
            "id": ada.id,
            "name": "Ada",
            "email": "ada@a.example",
            "lang": "fr",
            "operator": False,
        },
        "belongings": [
            {
                "organisation_id": place.id,
                "organisation_name": "Ville de Lunel",
                "role": "authority_staff",
                "status": "active",
            }
        ],
        "demo": False,
    }


@pytest.mark.parametrize(
    "passed",
    [
        {"used_at": IDLE + timedelta(seconds=5)},
        {"expires_at": LIFETIME + timedelta(seconds=5)},
    ],
)
def test_session_ends_by_itself(
    engine: Engine, sign_in: SignIn, person: Person, passed: dict[str, timedelta]
) -> None:
    client = sign_in(person)
    assert name(client) == "Ada"
    move(engine, **passed)
    answer = client.get("/v1/me")
    assert (answer.status_code, answer.json()["type"]) == (
        401,
        "urn:passerelle:problem:unauthenticated",
    )


def test_use_is_noted_once_an_hour_and_keeps_a_session_alive(
    engine: Engine, sign_in: SignIn, person: Person, session: Session
) -> None:
    client = sign_in(person)
    move(engine, used_at=timedelta(hours=2))
    assert name(client) == "Ada"
    used = session.scalars(select(SignInSession.used_at)).one()
    assert now() - used < timedelta(minutes=5)
    session.rollback()
    assert name(client) == "Ada"
    assert session.scalars(select(SignInSession.used_at)).one() == used


def test_session_that_was_ended_elsewhere_is_dead_at_once(
    engine: Engine, sign_in: SignIn, person: Person
) -> None:
    client = sign_in(person)
    with writing(engine) as session:
        end_all(session, person.id)
    assert client.get("/v1/needs").status_code == 401


def test_disabled_person_is_nobody_at_the_next_request(
    engine: Engine, sign_in: SignIn, person: Person
) -> None:
    client = sign_in(person)
    with writing(engine) as session:
        session.get_one(Person, person.id).disabled_at = now()
    assert client.get("/v1/me").status_code == 401


def test_person_removed_from_an_organisation_loses_its_records_at_once(
    engine: Engine, sign_in: SignIn
) -> None:
    with writing(engine) as session:
        leader = make_member(session, make_organisation(session), "project_leader")
    client = sign_in(leader)
    draft = client.post("/v1/solutions", json=solution_payload(status="draft")).json()
    with writing(engine) as session:
        session.delete(session.scalars(select(Membership)).one())
    assert client.get(f"/v1/solutions/{draft['id']}").status_code == 404


def test_cookie_counts_for_reading_and_for_nothing_else(
    engine: Engine, visitor: TestClient, person: Person
) -> None:
    with writing(engine) as session:
        secret = open_session(session, session.get_one(Person, person.id))
    cookie = {"Cookie": f"{COOKIE}={secret}"}
    assert visitor.get("/v1/me", headers=cookie).json()["person"]["name"] == "Ada"
    answer = visitor.post(
        "/v1/organisations", json={"name": "A", "kind": "commune"}, headers=cookie
    )
    assert answer.status_code == 401


def test_cookie_that_has_ended_makes_a_visitor(visitor: TestClient) -> None:
    assert visitor.get("/v1/me", headers={"Cookie": f"{COOKIE}=gone"}).json()["person"] is None


def test_key_reads_or_writes_as_its_scopes_say(sign_in: SignIn, person: Person) -> None:
    client = sign_in(person)
    for scopes, status in ((["read"], 403), (["read", "write"], 201)):
        made = client.post("/v1/me/tokens", json={"name": "Export", "scopes": scopes}).json()
        assert made["scopes"] == scopes
        key = {"Authorization": f"Bearer {made['secret']}"}
        assert client.get("/v1/me", headers=key).json()["person"]["name"] == "Ada"
        body = {"name": "Association d'essai", "kind": "association"}
        assert client.post("/v1/organisations", json=body, headers=key).status_code == status


def test_key_that_was_revoked_opens_nothing(sign_in: SignIn, person: Person) -> None:
    client = sign_in(person)
    made = client.post("/v1/me/tokens", json={"name": "Export"}).json()
    assert [key["name"] for key in client.get("/v1/me/tokens").json()] == ["Export"]
    assert client.delete(f"/v1/me/tokens/{made['id']}").status_code == 204
    assert client.delete(f"/v1/me/tokens/{made['id']}").status_code == 204
    assert client.get("/v1/me/tokens").json() == []
    key = {"Authorization": f"Bearer {made['secret']}"}
    assert client.get("/v1/me", headers=key).status_code == 401


def test_sessions_are_listed_and_ended_one_by_one(sign_in: SignIn, person: Person) -> None:
    here, there = sign_in(person), sign_in(person)
    listed = here.get("/v1/me/sessions").json()
    assert sorted(item["current"] for item in listed) == [False, True]
    elsewhere = next(item["id"] for item in listed if not item["current"])
    assert here.delete(f"/v1/me/sessions/{elsewhere}").status_code == 204
    assert there.get("/v1/me").status_code == 401
    assert name(here) == "Ada"


def test_sessions_and_keys_of_others_do_not_exist(
    engine: Engine, sign_in: SignIn, person: Person
) -> None:
    with writing(engine) as session:
        other = make_person(session)
    client, stranger = sign_in(person), sign_in(other)
    made = client.post("/v1/me/tokens", json={"name": "Export"}).json()
    here = client.get("/v1/me/sessions").json()[0]["id"]
    assert stranger.delete(f"/v1/me/tokens/{made['id']}").status_code == 404
    assert stranger.delete(f"/v1/me/sessions/{here}").status_code == 404
    assert name(client) == "Ada"
