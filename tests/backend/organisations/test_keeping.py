"""Operators mend organisations."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.database import writing
from backend.models import Activity, Membership, Need, Organisation, Solution
from tests.factories import make_member, make_need, make_organisation, make_solution

SIREN = "243400017"


def change(client: TestClient, place: Organisation, **patch: Any) -> tuple[int, Any]:
    headers = {"If-Match": '"1"'}
    answer = client.patch(f"/v1/organisations/{place.id}", json=patch, headers=headers)
    return answer.status_code, answer.json()


def merge(client: TestClient, source: Organisation, into: str) -> tuple[int, Any]:
    path, headers = f"/v1/organisations/{source.id}/merge", {"If-Match": '"1"'}
    answer = client.post(path, json={"into": into}, headers=headers)
    return answer.status_code, answer.json()


@pytest.fixture
def pair(engine: Engine) -> tuple[Organisation, Organisation]:
    """The same organisation registered twice; only the first has a SIREN."""
    with writing(engine) as session:
        return (
            make_organisation(session, name="Coopérative", siren=SIREN),
            make_organisation(session, name="cooperative", website="https://coop.example"),
        )


def test_directory_tells_what_hangs_on_each_and_who_shares_a_name(
    client: TestClient, engine: Engine, pair: tuple[Organisation, Organisation]
) -> None:
    with writing(engine) as session:
        make_organisation(session, name="Ville")
        make_solution(session, organisation_id=pair[0].id)
        make_need(session, organisation_id=pair[1].id)
        make_member(session, pair[1], "authority_staff")
    items = client.get("/v1/directory").json()["items"]
    names = ("solutions", "needs", "members", "twins")
    assert [tuple(item[name] for name in names) for item in items] == [
        (1, 0, 0, 1),
        (0, 1, 1, 1),
        (0, 0, 0, 0),
    ]
    twins = client.get("/v1/directory", params={"twins": True}).json()
    assert [item["name"] for item in twins["items"]] == ["Coopérative", "cooperative"]
    by_siren = client.get("/v1/directory", params={"q": "243 400 017"}).json()["items"]
    assert [item["id"] for item in by_siren] == [pair[0].id]


def test_organisation_is_changed_and_the_trace_says_from_what(
    client: TestClient, pair: tuple[Organisation, Organisation], session: Session
) -> None:
    status, shown = change(client, pair[1], name="Régie des eaux", territory="commune:34172")
    assert (status, shown["name"], shown["version"]) == (200, "Régie des eaux", 2)
    kept = session.get_one(Organisation, pair[1].id)
    assert (kept.sort_name, kept.website) == ("regie des eaux", "https://coop.example")
    assert session.scalars(select(Activity)).one().detail == {
        "changed": {
            "name": ["cooperative", "Régie des eaux"],
            "territory": [None, "commune:34172"],
        }
    }
    assert change(client, pair[1], name="Autre")[0] == 412


@pytest.mark.parametrize(
    ("patch", "status"),
    [
        ({"siren": SIREN}, 409),
        ({"siren": "243400018"}, 422),
        ({"territory": "commune:00000"}, 422),
        ({"name": " "}, 422),
    ],
)
def test_organisation_keeps_its_facts_when_a_change_is_wrong(
    client: TestClient,
    pair: tuple[Organisation, Organisation],
    patch: dict[str, Any],
    status: int,
) -> None:
    assert change(client, pair[1], **patch)[0] == status


def test_merge_moves_records_and_people_and_fills_what_was_missing(
    client: TestClient,
    engine: Engine,
    pair: tuple[Organisation, Organisation],
    session: Session,
) -> None:
    kept, source = pair
    with writing(engine) as writer:
        solution = make_solution(writer, organisation_id=source.id)
        need = make_need(writer, organisation_id=source.id)
        both = make_member(writer, source, "project_leader")
        writer.add(Membership(person_id=both.id, organisation_id=kept.id, role="project_leader"))
        only = make_member(writer, source, "authority_staff")
        before = solution.revision
    status, shown = merge(client, source, kept.id)
    assert (status, shown["siren"], shown["website"]) == (200, SIREN, "https://coop.example")
    assert session.get(Organisation, source.id) is None
    assert session.get_one(Solution, solution.id).organisation_id == kept.id
    assert session.get_one(Solution, solution.id).revision > before
    assert session.get_one(Need, need.id).organisation_id == kept.id
    members = select(Membership).order_by(Membership.person_id)
    assert [(m.person_id, m.organisation_id, m.status) for m in session.scalars(members)] == [
        (both.id, kept.id, "active"),
        (only.id, kept.id, "active"),
    ]
    line = session.scalars(select(Activity)).one()
    assert (line.action, line.object_id) == ("merge", kept.id)
    assert line.detail["moved"] == {"membership": 2, "need": 1, "solution": 1}
    assert merge(client, source, kept.id)[0] == 404


def test_merge_of_two_sirens_or_with_itself_is_refused(
    client: TestClient, engine: Engine, pair: tuple[Organisation, Organisation]
) -> None:
    with writing(engine) as session:
        other = make_organisation(session, name="Autre", siren="213401722")
    assert merge(client, pair[0], other.id)[0] == 409
    assert merge(client, pair[0], pair[0].id)[0] == 422
    assert merge(client, pair[0], "nobody")[0] == 422
