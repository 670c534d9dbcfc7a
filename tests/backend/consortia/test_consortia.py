"""Inviting solutions to a joint answer, joining it, and the introduction of it."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.models import Mail, Person, Solution
from tests.factories import make_member, make_organisation, make_solution
from tests.introductions import Sides, make_sides

SignIn = Callable[[Person], TestClient]


@pytest.fixture
def sides(session: Session) -> Sides:
    made = make_sides(session, anonymous=True)
    session.commit()
    return made


@pytest.fixture
def partner(session: Session) -> tuple[Solution, Person]:
    """Another solution and its leader."""
    place = make_organisation(session, name="Capteurs du Lez", kind="startup")
    made = make_solution(session, organisation_id=place.id, title="Capteurs")
    person = make_member(session, place, "project_leader", lang="fr")
    session.commit()
    return made, person


def test_leader_invites_and_the_other_joins(
    session: Session, sides: Sides, partner: tuple[Solution, Person], sign_in: SignIn
) -> None:
    other, person = partner
    leader, invited = sign_in(sides.leader), sign_in(person)
    body = {"need_id": sides.need.id, "solution_ids": [other.id], "note": "Ensemble ?"}
    address = f"/v1/solutions/{sides.solution.id}/consortia"
    first, again = leader.post(address, json=body), leader.post(address, json=body)
    assert (first.status_code, first.json()) == (200, again.json())
    made = first.json()
    assert [(p["title"], p["status"], p["yours"]) for p in made["partners"]] == [
        ("Solution d'essai", "lead", True),
        ("Capteurs", "invited", False),
    ]
    mails = session.scalars(select(Mail).where(Mail.person_id == person.id)).all()
    assert [mail.subject for mail in mails] == ["Une invitation à répondre ensemble à un besoin"]
    assert "Lunel" not in mails[0].body
    assert [one["id"] for one in invited.get("/v1/consortia").json()["items"]] == [made["id"]]
    answer = {"solution_id": other.id, "answer": "accepted"}
    joined = invited.post(f"/v1/consortia/{made['id']}/answer", json=answer).json()
    assert [p["status"] for p in joined["partners"]] == ["lead", "accepted"]
    assert leader.get(f"/v1/consortia/{made['id']}").json()["partners"][1]["status"] == "accepted"


def test_leader_answers_for_its_own_solution_only(
    sides: Sides, partner: tuple[Solution, Person], sign_in: SignIn
) -> None:
    other, _ = partner
    leader = sign_in(sides.leader)
    address = f"/v1/solutions/{sides.solution.id}/consortia"
    made = leader.post(address, json={"need_id": sides.need.id, "solution_ids": [other.id]}).json()
    answer = {"solution_id": other.id, "answer": "accepted"}
    assert leader.post(f"/v1/consortia/{made['id']}/answer", json=answer).status_code == 404
    itself = {"need_id": sides.need.id, "solution_ids": [sides.solution.id]}
    assert leader.post(address, json=itself).json()["errors"][0]["field"] == "solution_ids"


def test_introduction_of_a_joint_answer_shows_its_solutions(
    sides: Sides, partner: tuple[Solution, Person], sign_in: SignIn
) -> None:
    other, _ = partner
    leader, staff = sign_in(sides.leader), sign_in(sides.staff)
    address = f"/v1/solutions/{sides.solution.id}/consortia"
    made = leader.post(address, json={"need_id": sides.need.id, "solution_ids": [other.id]}).json()
    body = {"need_id": sides.need.id, "interested": True, "consortium_id": made["id"]}
    shown = leader.post(f"/v1/solutions/{sides.solution.id}/interest", json=body).json()
    seen = staff.get(f"/v1/introductions/{shown['id']}").json()
    assert [p["title"] for p in seen["consortium"]["partners"]] == [
        *("Solution d'essai", "Capteurs")
    ]
    wrong = {**body, "consortium_id": sides.need.id}
    refused = leader.post(f"/v1/solutions/{sides.solution.id}/interest", json=wrong)
    assert refused.json()["errors"][0]["field"] == "consortium_id"
