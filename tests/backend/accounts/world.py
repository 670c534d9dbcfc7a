"""Two organisations and their people, and one object of each kind that belongs to the first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from backend.accounts.sessions import open_session
from backend.accounts.viewer import ROLES
from backend.database import writing
from backend.models import Organisation, Person, Snapshot
from tests.factories import (
    make_member,
    make_need,
    make_organisation,
    make_person,
    make_search,
    make_solution,
)
from tests.introductions import make_consortium, make_introduction, make_reference_request

KINDS = (
    "anonymous",
    "person",
    *(f"{role}, {whose}" for role in ROLES for whose in ("own", "other")),
    "operator",
)


@dataclass(frozen=True)
class Place:
    """The organisation that owns every object, and its people by role."""

    organisation: Organisation
    people: Mapping[str, Person]


@dataclass(frozen=True)
class World:
    """Clients by kind of person, the objects' ids by subject and state, and values of paths."""

    clients: Mapping[str, TestClient]
    objects: Mapping[tuple[str, str], Mapping[str, str]]


# Subjects that are public whatever their state, and those whose made object counts for one role.
ALWAYS_PUBLIC = {"organisation"}
OF_ONE_ROLE = {"snapshot": "authority_staff"}
# The kind of person to whom alone an object of a subject belongs.
OF_ONE_PERSON = {"saved_search": "person"}
# How an object of a subject is made in a state ("public" or "hidden"): the path parameters that
# name it. A subject of the permission table without a line here fails the walk.
MAKERS: dict[str, Callable[[Session, Place, str], dict[str, str]]] = {}


def maker(subject: str) -> Callable[[Any], Any]:
    """Register the function that makes an object of `subject`."""

    def register(make: Callable[[Session, Place, str], dict[str, str]]) -> Any:
        MAKERS[subject] = make
        return make

    return register


def status(state: str) -> str:
    """The status of a record in a state."""
    return "published" if state == "public" else "draft"


@maker("solution")
def _solution(session: Session, place: Place, state: str) -> dict[str, str]:
    made = make_solution(session, organisation_id=place.organisation.id, status=status(state))
    need = make_need(session, essential_criteria=["Sans coupure"])
    return {"solution_id": made.id, "need_id": need.id}


@maker("need")
def _need(session: Session, place: Place, state: str) -> dict[str, str]:
    made = make_need(session, organisation_id=place.organisation.id, status=status(state))
    solution = make_solution(session)
    return {"need_id": made.id, "solution_id": solution.id}


@maker("organisation")
def _organisation(session: Session, place: Place, state: str) -> dict[str, str]:
    return {"organisation_id": place.organisation.id}


@maker("snapshot")
def _snapshot(session: Session, place: Place, state: str) -> dict[str, str]:
    need = make_need(session, organisation_id=place.organisation.id, status=status(state))
    snapshot = Snapshot(
        id=("0" if state == "public" else "1") * 64,
        direction="need_to_solutions",
        subject_id=need.id,
        model="fake",
        index_revision=1,
        payload={"matches": []},
    )
    session.add(snapshot)
    session.flush()
    return {"snapshot_id": snapshot.id}


@maker("introduction")
def _introduction(session: Session, place: Place, state: str) -> dict[str, str]:
    need = make_need(session, organisation_id=place.organisation.id)
    solution = make_solution(session, organisation_id=place.organisation.id)
    return {"introduction_id": make_introduction(session, need, solution).id}


@maker("consortium")
def _consortium(session: Session, place: Place, state: str) -> dict[str, str]:
    lead = make_solution(session, organisation_id=place.organisation.id)
    return {"consortium_id": make_consortium(session, make_need(session), lead).id}


@maker("reference_request")
def _reference_request(session: Session, place: Place, state: str) -> dict[str, str]:
    made = make_reference_request(session, make_solution(session), place.organisation)
    return {"reference_request_id": made.id}


@maker("saved_search")
def _saved_search(session: Session, place: Place, state: str) -> dict[str, str]:
    return {"saved_search_id": make_search(session, place.people["person"]).id}


def make_world(engine: Engine, visitor: TestClient) -> World:
    """Everything the walk needs, written in one transaction."""
    with writing(engine) as session:
        own = make_organisation(session, name="La nôtre")
        other = make_organisation(session, name="La leur")
        people: dict[str, Person] = {role: make_member(session, own, role) for role in ROLES}
        people["person"] = make_person(session)
        others = {role: make_member(session, other, role) for role in ROLES}
        place = Place(own, people)
        secrets = {
            "person": open_session(session, people["person"]),
            "operator": open_session(session, make_person(session, operator=True)),
        }
        for role in ROLES:
            secrets[f"{role}, own"] = open_session(session, people[role])
            secrets[f"{role}, other"] = open_session(session, others[role])
        objects = {
            (subject, state): make(session, place, state)
            for subject, make in MAKERS.items()
            for state in ("public", "hidden")
        }
    clients = {"anonymous": visitor}
    for kind, secret in secrets.items():
        clients[kind] = TestClient(visitor.app, raise_server_exceptions=False)
        clients[kind].headers["Authorization"] = f"Bearer {secret}"
    return World(clients, objects)
