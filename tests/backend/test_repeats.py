"""A request that comes twice makes one record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from backend.database import writing
from backend.models import IdempotencyKey, Membership, Need, Person, Solution
from backend.models.base import now
from tests.backend.conftest import SignIn
from tests.factories import make_member, make_organisation, need_payload, solution_payload

KEY = {"Idempotency-Key": "0d6f"}


@pytest.fixture
def leader(engine: Engine) -> Person:
    with writing(engine) as session:
        place = make_organisation(session, name="Coopérative du Lez")
        return make_member(session, place, "project_leader")


@pytest.mark.parametrize(
    ("kind", "payload"), [("solutions", solution_payload), ("needs", need_payload)]
)
def test_repeat_of_a_key_gives_the_same_record(
    client: TestClient, session: Session, kind: str, payload: Any
) -> None:
    first = client.post(f"/v1/{kind}", json=payload(), headers=KEY)
    again = client.post(f"/v1/{kind}", json=payload(), headers=KEY)
    model = Solution if kind == "solutions" else Need
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["location"] == first.headers["location"]
    assert session.scalar(select(func.count()).select_from(model)) == 1


def test_key_of_one_kind_says_nothing_of_the_other(client: TestClient) -> None:
    solution = client.post("/v1/solutions", json=solution_payload(), headers=KEY).json()
    need = client.post("/v1/needs", json=need_payload(), headers=KEY).json()
    assert solution["id"] != need["id"]
    assert client.get(f"/v1/needs/{need['id']}").status_code == 200


def test_requests_at_the_same_time_make_one_record(
    sign_in: SignIn, leader: Person, session: Session
) -> None:
    clients = [sign_in(leader) for _ in range(4)]
    together = Barrier(len(clients))

    def send(client: TestClient) -> str:
        together.wait(10)
        answer = client.post("/v1/solutions", json=solution_payload(status="draft"), headers=KEY)
        return str(answer.json()["id"])

    with ThreadPoolExecutor(len(clients)) as pool:
        made = set(pool.map(send, clients))
    assert len(made) == 1
    assert session.scalars(select(Solution.id)).all() == list(made)


def test_another_person_s_key_is_another(
    client: TestClient, sign_in: SignIn, leader: Person
) -> None:
    body = solution_payload(status="draft")
    ours = client.post("/v1/solutions", json=body, headers=KEY).json()
    theirs = sign_in(leader).post("/v1/solutions", json=body, headers=KEY).json()
    assert ours["id"] != theirs["id"]


def test_repeat_after_being_removed_finds_nothing(
    engine: Engine, sign_in: SignIn, leader: Person
) -> None:
    asking = sign_in(leader)
    body = solution_payload(status="draft")
    assert asking.post("/v1/solutions", json=body, headers=KEY).status_code == 201
    with writing(engine) as session:
        session.execute(delete(Membership))
    described = {**body, "organisation": {"name": "Une autre", "kind": "startup"}}
    assert asking.post("/v1/solutions", json=described, headers=KEY).status_code == 404


def test_refused_request_does_not_use_the_key_up(client: TestClient) -> None:
    refused = client.post("/v1/solutions", json=solution_payload(title=" "), headers=KEY)
    made = client.post("/v1/solutions", json=solution_payload(), headers=KEY)
    assert (refused.status_code, made.status_code) == (422, 201)


def test_key_is_forgotten_after_a_week(
    client: TestClient, engine: Engine, session: Session
) -> None:
    client.post("/v1/solutions", json=solution_payload(), headers=KEY)
    with writing(engine) as other:
        other.execute(update(IdempotencyKey).values(created_at=now() - timedelta(days=8)))
    client.post("/v1/solutions", json=solution_payload(), headers=KEY)
    assert session.scalar(select(func.count()).select_from(Solution)) == 2
    assert session.scalar(select(func.count()).select_from(IdempotencyKey)) == 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 101])
def test_key_of_another_form_is_refused(client: TestClient, key: str) -> None:
    answer = client.post("/v1/solutions", json=solution_payload(), headers={"Idempotency-Key": key})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "field": "Idempotency-Key",
            "message": "must be 1 to 100 letters, digits or signs, without spaces or accents",
        }
    ]
