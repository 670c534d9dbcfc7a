"""Every route is held to the permission table, for every kind of person and every owner."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from backend.accounts.access import Allow
from backend.accounts.permissions import PERMISSIONS, Reach, Rule, table
from backend.app import ROUTERS
from tests.backend.accounts.world import (
    ALWAYS_PUBLIC,
    KINDS,
    MAKERS,
    OF_ONE_PERSON,
    OF_ONE_ROLE,
    World,
    make_world,
)

COLUMNS = {
    "project_leader": "leader",
    "authority_staff": "staff",
    "event_organiser": "organiser",
}
REFUSED = {401, 403, 404}
NOBODYS = "01890000-0000-7000-8000-000000000000"
# Routes whose objects the table does not know: another's is simply not found.
OWN_ONLY = {"session_id": "0" * 64, "token_id": NOBODYS, "mail_id": NOBODYS}


def routes() -> list[tuple[str, APIRoute]]:
    """(action, route) of every route of the API."""
    found = []
    for module in ROUTERS:
        for route in module.router.routes:
            assert isinstance(route, APIRoute)
            actions = declared(route.dependant)
            assert len(actions) == 1, f"{route.path} declares {actions}"
            found.append((actions[0], route))
    return found


def declared(dependant: Any) -> list[str]:
    own = [dependant.call.action] if isinstance(dependant.call, Allow) else []
    return own + [action for below in dependant.dependencies for action in declared(below)]


def states(rule: Rule) -> tuple[str, ...]:
    """The states in which an object of the rule is tried."""
    if rule.subject is None:
        return ("hidden",)
    return ("public",) if rule.subject in ALWAYS_PUBLIC else ("public", "hidden")


def expected(rule: Rule, kind: str, state: str) -> bool:
    """What the table says, read cell by cell and without the code that decides."""
    cells = [rule.anyone]
    role, _, whose = kind.partition(", ")
    if kind != "anonymous":
        cells.append(rule.person)
    if kind == "operator":
        cells.append(rule.operator)
    if role in COLUMNS:
        cells.append(getattr(rule, COLUMNS[role]))
    if any(cell & Reach.ANY for cell in cells):
        return True
    if rule.person & Reach.OWN:
        return OF_ONE_PERSON[rule.subject or ""] == kind
    if state == "public" and any(cell & Reach.PUBLIC for cell in cells):
        return True
    counts = OF_ONE_ROLE.get(rule.subject or "", role) == role
    return whose == "own" and counts and bool(cells[-1] & Reach.OWN)


def answer(client: TestClient, route: APIRoute, values: dict[str, str]) -> Any:
    method = next(iter(route.methods))
    path = re.sub(r"{(\w+)}", lambda name: str(values.get(name[1], "x")), route.path)
    body = {} if method in {"POST", "PUT", "PATCH"} else None
    return client.request(method, path, json=body)


@pytest.fixture
def world(engine: Engine, visitor: TestClient) -> World:
    return make_world(engine, visitor)


def test_every_subject_of_the_table_is_walked() -> None:
    subjects = {rule.subject for rule in PERMISSIONS.values() if rule.subject}
    assert sorted(subjects - set(MAKERS)) == []


def test_every_line_of_the_table_governs_a_route() -> None:
    assert sorted(set(PERMISSIONS) - {action for action, _ in routes()}) == []


def test_every_route_lets_through_those_whom_the_table_names(world: World) -> None:
    wrong = []
    for action, route in routes():
        rule = PERMISSIONS[action]
        for state in states(rule):
            values = dict(world.objects[rule.subject, state]) if rule.subject else {}
            for kind in KINDS:
                given = answer(world.clients[kind], route, OWN_ONLY | values)
                found = given.status_code not in REFUSED
                if given.status_code == 404 and not rule.subject:
                    found = expected(rule, kind, state)
                if found != expected(rule, kind, state) or given.status_code >= 500:
                    wrong.append((action, route.path, kind, state, given.status_code))
    assert wrong == []


def test_what_a_person_may_not_see_does_not_exist_for_them(world: World) -> None:
    wrong = []
    for action, route in routes():
        rule = PERMISSIONS[action]
        reading = PERMISSIONS.get(f"read_{rule.subject}", rule)
        if rule.subject is None or rule.subject in ALWAYS_PUBLIC:
            continue
        for kind in KINDS:
            if expected(rule, kind, "hidden") or expected(reading, kind, "hidden"):
                continue
            values = OWN_ONLY | dict(world.objects[rule.subject, "hidden"])
            given = answer(world.clients[kind], route, values)
            if given.status_code != 404:
                wrong.append((action, route.path, kind, given.status_code))
    assert wrong == []


def test_what_is_not_public_of_a_public_record_does_not_exist_for_others(world: World) -> None:
    wrong = []
    for action, route in routes():
        rule = PERMISSIONS[action]
        if rule.subject is None or "GET" not in (route.methods or ()):
            continue
        values = OWN_ONLY | dict(world.objects[rule.subject, "public"])
        for kind in KINDS:
            if not expected(rule, kind, "public"):
                given = answer(world.clients[kind], route, values).status_code
                if given not in ({401, 404} if kind == "anonymous" else {404}):
                    wrong.append((action, route.path, kind, given))
    assert wrong == []


def test_table_is_printed_an_action_a_line(api: FastAPI) -> None:
    lines = table().splitlines()
    assert len(lines) == len(PERMISSIONS) + 1
    assert lines[0].split() == [
        *("action", "object", "anyone", "person", "leader", "staff", "organiser", "operator")
    ]
    assert next(line for line in lines if line.startswith("update_need ")).split() == [
        *("update_need", "need", "-", "-", "-", "own", "-", "any")
    ]
