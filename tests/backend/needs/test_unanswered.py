"""Needs for which no solution is suitable: said, listed, taken back."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.models import Person
from tests.factories import make_need
from tests.introductions import Sides, make_sides

SignIn = Callable[[Person], TestClient]


@pytest.fixture
def sides(session: Session) -> Sides:
    made = make_sides(session, themes=["water.leak-detection"])
    make_need(session, title="Un autre", themes=["water.leak-detection"])
    session.commit()
    return made


def unanswered(client: TestClient, **query: str) -> list[str]:
    found = client.get("/v1/needs", params={"unanswered": "true", **query}).json()["items"]
    return [item["id"] for item in found]


def test_staff_say_it_and_leaders_of_the_theme_find_the_need(
    sides: Sides, sign_in: SignIn, visitor: TestClient
) -> None:
    staff = sign_in(sides.staff)
    assert unanswered(visitor) == []
    said = {"reason": "too_expensive", "note": "Au-delà de notre budget"}
    answer = staff.put(f"/v1/needs/{sides.need.id}/unanswered", json=said)
    assert answer.json()["unanswered_reason"] == "too_expensive"
    again = staff.put(f"/v1/needs/{sides.need.id}/unanswered", json=said)
    assert again.json()["unanswered_at"] == answer.json()["unanswered_at"]
    assert unanswered(visitor, theme="water") == [sides.need.id]
    assert unanswered(visitor, theme="mobility") == []
    taken = staff.delete(f"/v1/needs/{sides.need.id}/unanswered").json()
    assert (taken["unanswered_at"], taken["unanswered_reason"]) == (None, None)
    assert unanswered(visitor) == []


def test_introduction_takes_it_back(sides: Sides, sign_in: SignIn, visitor: TestClient) -> None:
    staff, leader = sign_in(sides.staff), sign_in(sides.leader)
    address = f"/v1/needs/{sides.need.id}/unanswered"
    staff.put(address, json={"reason": "none_fits"})
    no = {"need_id": sides.need.id, "interested": False, "reason": "does_not_fit"}
    leader.post(f"/v1/solutions/{sides.solution.id}/interest", json=no)
    assert unanswered(visitor) == [sides.need.id]
    yes = {"need_id": sides.need.id, "interested": True}
    leader.post(f"/v1/solutions/{sides.solution.id}/interest", json=yes)
    assert unanswered(visitor) == []


def test_draft_cannot_be_said_unanswered(session: Session, sides: Sides, sign_in: SignIn) -> None:
    draft = make_need(session, organisation_id=sides.city.id, status="draft")
    session.commit()
    staff = sign_in(sides.staff)
    refused = staff.put(f"/v1/needs/{draft.id}/unanswered", json={"reason": "none_fits"})
    assert refused.status_code == 409
    unknown = staff.put(f"/v1/needs/{sides.need.id}/unanswered", json={"reason": "nope"})
    assert unknown.status_code == 422
