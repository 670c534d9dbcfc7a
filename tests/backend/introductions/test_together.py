"""Several people at once, people who leave, and lists that grow."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from backend.models import Introduction, IntroductionMessage, Mail, Membership, Person
from tests.factories import make_member, make_organisation, make_solution
from tests.introductions import (
    Sides,
    make_consortium,
    make_introduction,
    make_reference_request,
    make_sides,
)

SignIn = Callable[[Person], TestClient]


@pytest.fixture
def sides(session: Session) -> Sides:
    made = make_sides(session)
    session.commit()
    return made


def test_two_who_ask_at_once_make_one(session: Session, sides: Sides, sign_in: SignIn) -> None:
    colleague = make_member(session, sides.city, "authority_staff")
    session.commit()
    clients = [sign_in(sides.staff), sign_in(colleague)] * 2
    address = f"/v1/needs/{sides.need.id}/introductions"

    def ask(client: TestClient) -> tuple[int, str]:
        answer = client.post(address, json={"solution_id": sides.solution.id})
        return answer.status_code, answer.json()["id"]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, clients))
    assert sorted(status for status, _ in found) == [200, 200, 200, 201]
    assert len({name for _, name in found}) == 1
    assert session.scalar(select(func.count()).select_from(Introduction)) == 1


def test_a_message_repeated_at_once_is_written_once(
    session: Session, sides: Sides, sign_in: SignIn
) -> None:
    made = make_introduction(session, sides.need, sides.solution)
    session.commit()
    staff = sign_in(sides.staff)

    def write(_: int) -> int:
        address = f"/v1/introductions/{made.id}/messages"
        headers = {"Idempotency-Key": "same"}
        return staff.post(address, json={"text": "Bonjour"}, headers=headers).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write, range(4))) == [201] * 4
    assert session.scalar(select(func.count()).select_from(IntroductionMessage)) == 1


def test_who_is_removed_meanwhile_no_longer_finds_it(
    session: Session, sides: Sides, sign_in: SignIn
) -> None:
    made = make_introduction(session, sides.need, sides.solution)
    session.commit()
    staff, address = sign_in(sides.staff), f"/v1/introductions/{made.id}"
    version = staff.get(address).headers["ETag"]
    session.execute(delete(Membership).where(Membership.person_id == sides.staff.id))
    session.commit()
    closing = {"status": "closed", "reason": "need_changed"}
    late = staff.patch(address, json=closing, headers={"If-Match": version})
    assert (late.status_code, staff.get(address).status_code) == (404, 404)


def test_letters_go_to_who_is_still_there(session: Session, sides: Sides, sign_in: SignIn) -> None:
    successor = make_member(session, sides.city, "authority_staff")
    made = make_introduction(
        session, sides.need, sides.solution, authority_person_id=sides.staff.id
    )
    session.execute(delete(Membership).where(Membership.person_id == sides.staff.id))
    session.commit()
    leader = sign_in(sides.leader)
    leader.post(f"/v1/introductions/{made.id}/messages", json={"text": "Bonjour"})
    assert session.scalars(select(Mail.person_id)).all() == [successor.id]


@pytest.mark.parametrize("path", ["/v1/consortia", "/v1/reference-requests"])
def test_lists_take_as_many_statements_for_three_as_for_one(
    session: Session, sides: Sides, sign_in: SignIn, statements: Any, path: str
) -> None:
    person = sides.leader if path == "/v1/consortia" else sides.staff
    client, counts = sign_in(person), []
    for rows in (1, 2):
        for _ in range(rows):
            place = make_organisation(session, territory="commune:34172")
            other = make_solution(session, organisation_id=place.id)
            make_consortium(session, sides.need, other, sides.solution)
            make_reference_request(session, other, sides.city)
        session.commit()
        with statements:
            items = client.get(path).json()["items"]
        counts.append((len(items), len(statements)))
        statements.texts.clear()
    assert [count for count, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]
