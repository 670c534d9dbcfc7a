"""One's needs at a glance."""

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.backend.conftest import SignIn, Statements
from tests.backend.shortlists.conftest import Desk
from tests.factories import (
    make_need,
    make_organisation,
    make_person,
    make_shortlisted,
    make_solution,
)


def test_need_tells_the_bands_of_its_last_list_and_its_shortlist(
    desk: Desk, three: list[str], session: Session
) -> None:
    before = desk.client.get("/v1/me/desk").json()["needs"]
    assert before == {
        desk.need.id: {"candidates": None, "listed_at": None, "shortlisted": 0, "kept": 0}
    }
    listed = desk.client.get(f"/v1/needs/{desk.need.id}/matches").json()
    desk.keep(three[0])
    make_shortlisted(session, desk.need, make_solution(session), decision="kept", position=2)
    session.commit()
    (figures,) = desk.client.get("/v1/me/desk").json()["needs"].values()
    assert sum(figures["candidates"].values()) == len(listed["items"])
    assert (figures["shortlisted"], figures["kept"]) == (2, 1)


def test_needs_of_others_and_archived_ones_are_not_there(
    desk: Desk, session: Session, sign_in: SignIn, visitor: TestClient
) -> None:
    make_need(session, organisation_id=make_organisation(session, name="Autre").id)
    make_need(session, organisation_id=desk.place.id, status="archived")
    draft = make_need(session, organisation_id=desk.place.id, status="draft")
    nobody = make_person(session)
    session.commit()
    assert set(desk.client.get("/v1/me/desk").json()["needs"]) == {desk.need.id, draft.id}
    assert sign_in(nobody).get("/v1/me/desk").json() == {"needs": {}}
    assert visitor.get("/v1/me/desk").status_code == 401


def test_statements_do_not_grow_with_needs(
    desk: Desk, three: list[str], session: Session, statements: Statements
) -> None:
    numbers = []
    for more in (0, 3):
        for _ in range(more):
            need = make_need(session, organisation_id=desk.place.id)
            make_shortlisted(session, need, make_solution(session))
        session.commit()
        statements.texts.clear()
        with statements:
            desk.client.get("/v1/me/desk")
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
