"""Keeping candidates: once each, in the staff's order, with notes and decisions."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database import writing
from backend.models import Activity, Membership, ShortlistEntry, Solution
from tests.backend.conftest import SignIn, Statements
from tests.backend.shortlists.conftest import Desk
from tests.factories import make_member, make_organisation, make_shortlisted, make_solution


def change(
    desk: Desk, solution_id: str, version: int, **data: object
) -> tuple[int, dict[str, Any]]:
    """Change an entry; status and body."""
    answer = desk.client.patch(
        f"{desk.url}/{solution_id}", json=data, headers={"If-Match": f'"{version}"'}
    )
    return answer.status_code, answer.json()


def test_kept_solution_comes_last_and_once(desk: Desk, three: list[str]) -> None:
    desk.keep(three[0], note="À rappeler")
    desk.keep(three[1])
    again = desk.keep(three[0], note="Autre note")
    assert (again["note"], again["position"], again["version"]) == ("À rappeler", 1, 1)
    assert desk.titles() == ["A", "B"]


def test_entry_tells_who_kept_it_and_from_which_list(desk: Desk, three: list[str]) -> None:
    listed = desk.client.get(f"/v1/needs/{desk.need.id}/matches").json()
    desk.keep(three[0], snapshot_id=listed["snapshot_id"])
    (entry,) = desk.client.get(desk.url).json()["items"]
    assert (entry["added_by"], entry["snapshot_id"]) == ("Sana Agent", listed["snapshot_id"])
    assert entry["band"] == next(m["band"] for m in listed["items"] if m["id"] == three[0])
    assert (entry["decision"], entry["record"]["title"]) == (None, "A")


def test_list_of_another_need_is_refused(desk: Desk, three: list[str], session: Session) -> None:
    listed = desk.client.get(f"/v1/solutions/{three[0]}/matches").json()
    for snapshot in (listed["snapshot_id"], "0" * 64):
        answer = desk.client.put(f"{desk.url}/{three[0]}", json={"snapshot_id": snapshot})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "snapshot_id")
    assert session.scalars(select(ShortlistEntry)).all() == []


def test_note_decision_and_reason_are_kept_and_taken_back(desk: Desk, three: list[str]) -> None:
    desk.keep(three[0])
    status, entry = change(desk, three[0], 1, decision="dropped", reason="Trop cher", note="Vu")
    assert (status, entry["decision"], entry["reason"], entry["note"]) == (
        *(200, "dropped", "Trop cher", "Vu"),
    )
    status, entry = change(desk, three[0], 2, decision=None)
    assert (status, entry["decision"], entry["note"], entry["version"]) == (200, None, "Vu", 3)


def test_second_of_two_colleagues_is_told(desk: Desk, three: list[str]) -> None:
    desk.keep(three[0])
    assert change(desk, three[0], 1, note="La mienne")[0] == 200
    assert change(desk, three[0], 1, note="La sienne")[0] == 412
    assert desk.client.get(desk.url).json()["items"][0]["note"] == "La mienne"


@pytest.mark.parametrize(
    ("moved", "to", "order"), [(2, 1, "CAB"), (0, 3, "BCA"), (0, 99, "BCA"), (1, 2, "ABC")]
)
def test_moved_entry_pushes_the_others(
    desk: Desk, three: list[str], moved: int, to: int, order: str
) -> None:
    for solution_id in three:
        desk.keep(solution_id)
    status, _ = change(desk, three[moved], 1, position=to)
    assert (status, "".join(desk.titles())) == (200, order)
    items = desk.client.get(desk.url).json()["items"]
    assert [item["position"] for item in items] == [1, 2, 3]


def test_change_without_difference_writes_nothing(
    desk: Desk, three: list[str], session: Session
) -> None:
    desk.keep(three[0], note="Vu")
    assert change(desk, three[0], 1, note="Vu", position=1)[1]["version"] == 1
    actions = session.scalars(select(Activity.action).order_by(Activity.id)).all()
    assert actions == ["shortlist"]


def test_removed_entry_closes_the_ranks_and_removing_again_is_harmless(
    desk: Desk, three: list[str]
) -> None:
    for solution_id in three:
        desk.keep(solution_id)
    for _ in range(2):
        assert desk.client.delete(f"{desk.url}/{three[0]}").status_code == 204
    items = desk.client.get(desk.url).json()["items"]
    assert [(item["title"], item["position"]) for item in items] == [("B", 1), ("C", 2)]


def test_trace_holds_neither_note_nor_reason(
    desk: Desk, three: list[str], session: Session
) -> None:
    desk.keep(three[0], note="Secret")
    change(desk, three[0], 1, note="Autre secret", decision="kept", reason="Raison secrète")
    rows = session.scalars(select(Activity).order_by(Activity.id)).all()
    assert [row.actor for row in rows] == [desk.person.id] * 2
    assert rows[1].detail == {
        "need": desk.need.id,
        "changed": ["decision", "note", "reason"],
        "decision": "kept",
    }
    assert "secr" not in str([row.detail for row in rows])


def test_others_neither_read_nor_change_it(
    desk: Desk, three: list[str], session: Session, sign_in: SignIn, visitor: TestClient
) -> None:
    elsewhere = make_member(session, make_organisation(session, name="Ailleurs"), "authority_staff")
    leader = make_member(session, desk.place, "project_leader")
    session.commit()
    desk.keep(three[0], note="Interne")
    others = ((visitor, 401, 401), (sign_in(elsewhere), 404, 403), (sign_in(leader), 404, 403))
    for client, unseen, status in others:
        assert client.get(desk.url).status_code == unseen
        assert client.put(f"{desk.url}/{three[1]}", json={}).status_code == status
        assert client.delete(f"{desk.url}/{three[0]}").status_code == status
    assert desk.titles() == ["A"]


def test_person_removed_from_the_organisation_loses_it_at_once(
    desk: Desk, session: Session
) -> None:
    assert desk.client.get(desk.url).status_code == 200
    session.delete(session.get_one(Membership, (desk.person.id, desk.place.id, "authority_staff")))
    session.commit()
    assert desk.client.get(desk.url).status_code == 404


def test_solution_that_is_not_published_cannot_be_kept(desk: Desk, session: Session) -> None:
    hidden = make_solution(session, status="draft", organisation_id=make_organisation(session).id)
    session.commit()
    assert desk.client.put(f"{desk.url}/{hidden.id}", json={}).status_code == 404


def test_of_a_withdrawn_solution_only_the_title_is_left(
    desk: Desk, three: list[str], session: Session
) -> None:
    desk.keep(three[0], note="Vu")
    with writing(session.get_bind()) as changing:  # type: ignore[arg-type]
        changing.get_one(Solution, three[0]).status = "archived"
    (entry,) = desk.client.get(desk.url).json()["items"]
    assert (entry["title"], entry["note"], entry["record"]) == ("A", "Vu", None)


def test_full_shortlist_says_so(desk: Desk, three: list[str], session: Session) -> None:
    for place in range(1, 101):
        make_shortlisted(session, desk.need, make_solution(session), position=place)
    session.commit()
    answer = desk.client.put(f"{desk.url}/{three[0]}", json={})
    assert (answer.status_code, "100" in answer.json()["detail"]) == (409, True)


def test_statements_do_not_grow_with_entries(
    desk: Desk, three: list[str], statements: Statements
) -> None:
    numbers = []
    snapshot = desk.client.get(f"/v1/needs/{desk.need.id}/matches").json()["snapshot_id"]
    for solutions in (three[:1], three[1:]):
        for solution_id in solutions:
            desk.keep(solution_id, snapshot_id=snapshot)
        statements.texts.clear()
        with statements:
            desk.client.get(desk.url)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
