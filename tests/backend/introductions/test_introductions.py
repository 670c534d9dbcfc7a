"""Starting introductions, moving them on, consenting, writing, and what comes of them."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.models import (
    Activity,
    Introduction,
    IntroductionEvent,
    IntroductionMessage,
    Mail,
    Need,
    Person,
)
from backend.models.base import now
from tests.factories import make_member, make_organisation, make_solution
from tests.introductions import Sides, make_introduction, make_message, make_sides

URL = "/v1/introductions"
PLACE_OF_NEED = ("Ville de Lunel", "commune:34145", "Lunel", "Samia")
SignIn = Callable[[Person], TestClient]


@pytest.fixture
def sides(session: Session) -> Sides:
    made = make_sides(session)
    session.commit()
    return made


@pytest.fixture
def staff(sides: Sides, sign_in: SignIn) -> TestClient:
    return sign_in(sides.staff)


@pytest.fixture
def leader(sides: Sides, sign_in: SignIn) -> TestClient:
    return sign_in(sides.leader)


def ask(staff: TestClient, sides: Sides, **values: Any) -> Response:
    body = {"solution_id": sides.solution.id, **values}
    return staff.post(f"/v1/needs/{sides.need.id}/introductions", json=body)


def interest(leader: TestClient, sides: Sides, interested: bool = True, **values: Any) -> Response:
    body = {"need_id": sides.need.id, "interested": interested, **values}
    return leader.post(f"/v1/solutions/{sides.solution.id}/interest", json=body)


def move(client: TestClient, shown: dict[str, Any], status: str, **values: Any) -> Response:
    return client.patch(
        f"{URL}/{shown['id']}",
        json={"status": status, **values},
        headers={"If-Match": f'"{shown["version"]}"'},
    )


def consent(client: TestClient, shown: dict[str, Any]) -> Response:
    return client.post(f"{URL}/{shown['id']}/consent", json={"share_contact": True})


def in_touch(staff: TestClient, leader: TestClient, sides: Sides) -> dict[str, Any]:
    """An introduction in which both sides have consented, as staff see it."""
    shown = ask(staff, sides).json()
    consent(leader, shown)
    body: dict[str, Any] = consent(staff, shown).json()
    return body


def letters(session: Session, person: Person) -> list[str]:
    """The subjects of the letters to a person, the first first."""
    wanted = select(Mail.subject).where(Mail.person_id == person.id).order_by(Mail.id)
    return list(session.scalars(wanted))


def test_staff_ask_and_the_leader_is_told(
    staff: TestClient, session: Session, sides: Sides
) -> None:
    answer = ask(staff, sides)
    body = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert (body["status"], body["side"], body["started_by"]) == (
        *("contacted", "authority", "authority"),
    )
    assert body["moves"] == ["closed", "unreachable"]
    assert [event["to_status"] for event in body["events"]] == ["contacted"]
    assert letters(session, sides.leader) == ["An authority asks for an introduction"]
    assert letters(session, sides.staff) == []


def test_asking_again_gives_the_same_one(staff: TestClient, session: Session, sides: Sides) -> None:
    first, second = ask(staff, sides), ask(staff, sides)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert session.scalar(select(func.count()).select_from(Introduction)) == 1
    assert len(letters(session, sides.leader)) == 1


def test_leader_opens_consents_then_staff_and_both_see_contacts(
    staff: TestClient, leader: TestClient, session: Session, sides: Sides
) -> None:
    asked = ask(staff, sides).json()
    opened = leader.post(f"{URL}/{asked['id']}/read").json()
    assert (opened["status"], opened["may_consent"]) == ("seen", True)
    assert opened["your_contact"] == {
        "name": "Ada Leroy",
        "organisation": "Fuites et Cie",
        "email": "ada@fuites.example",
        "phone": "04 67 00 00 00",
    }
    agreed = consent(leader, asked).json()
    assert (agreed["status"], agreed["authority_contact"]) == ("interested", None)
    waiting = staff.get(f"{URL}/{asked['id']}")
    assert "ada@fuites.example" not in waiting.text
    both = consent(staff, asked).json()
    assert both["status"] == "in_progress"
    assert both["leader_contact"]["email"] == "ada@fuites.example"
    seen = leader.get(f"{URL}/{asked['id']}").json()
    assert seen["authority_contact"] == {
        "name": "Samia Agent",
        "organisation": "Ville de Lunel",
        "email": sides.staff.email,
        "phone": None,
    }
    assert [event["to_status"] for event in seen["events"]] == [
        *("contacted", "seen", "interested", "in_progress")
    ]
    assert letters(session, sides.staff) == [
        *("Votre mise en relation : intéressée", "Vous êtes mis en relation")
    ]


def test_consent_again_changes_nothing(
    staff: TestClient, leader: TestClient, session: Session, sides: Sides
) -> None:
    shown = in_touch(staff, leader, sides)
    again = consent(staff, shown)
    assert (again.status_code, again.json()) == (200, shown)


def test_consent_of_one_side_shows_no_contact(
    staff: TestClient, leader: TestClient, sides: Sides
) -> None:
    shown = ask(staff, sides).json()
    own = consent(staff, shown).json()
    assert own["status"] == "contacted"
    for client in (staff, leader):
        body = client.get(f"{URL}/{shown['id']}").json()
        assert (body["authority_contact"], body["leader_contact"]) == (None, None)
    assert sides.staff.email not in leader.get(f"{URL}/{shown['id']}").text


def test_leader_starts_from_a_need(
    staff: TestClient, leader: TestClient, session: Session, sides: Sides
) -> None:
    answer = interest(leader, sides)
    body = answer.json()
    assert (answer.status_code, body["status"], body["side"]) == (201, "interested", "leader")
    assert interest(leader, sides).status_code == 200
    assert letters(session, sides.staff) == ["Un porteur de projet est intéressé par votre besoin"]
    assert staff.get(URL).json()["items"][0]["awaits_you"] is True


def test_leader_not_interested_says_why_and_is_not_asked_again(
    staff: TestClient, leader: TestClient, session: Session, sides: Sides
) -> None:
    refused = interest(leader, sides, False)
    assert refused.json()["errors"] == [{"field": "reason", "message": "is required: say why"}]
    body = interest(leader, sides, False, reason="budget", note="Trop petit").json()
    assert (body["status"], body["reason"], body["ended_by"]) == (
        *("not_interested", "budget", "leader"),
    )
    assert letters(session, sides.staff) == []
    again = ask(staff, sides)
    assert (again.status_code, again.json()["type"]) == (409, "urn:passerelle:problem:conflict")
    changed = interest(leader, sides)
    assert (changed.status_code, changed.json()["status"]) == (201, "interested")


def test_leader_answers_what_staff_asked(
    staff: TestClient, leader: TestClient, session: Session, sides: Sides
) -> None:
    asked = ask(staff, sides).json()
    answered = interest(leader, sides, False, reason="not_available")
    assert (answered.status_code, answered.json()["id"]) == (200, asked["id"])
    assert answered.json()["status"] == "not_interested"
    assert letters(session, sides.staff) == ["Votre mise en relation : pas intéressée"]


def test_move_bears_a_version_and_is_told_when_it_is_stale(
    staff: TestClient, leader: TestClient, sides: Sides
) -> None:
    shown = in_touch(staff, leader, sides)
    assert move(leader, shown, "met").json()["status"] == "met"
    late = move(staff, shown, "closed", reason="need_changed")
    assert late.status_code == 412
    repeated = move(staff, shown, "met")
    assert (repeated.status_code, repeated.json()["version"]) == (200, shown["version"] + 1)


def test_move_that_the_table_refuses_is_a_conflict(staff: TestClient, sides: Sides) -> None:
    shown = ask(staff, sides).json()
    assert move(staff, shown, "interested").status_code == 409
    assert move(staff, shown, "met").status_code == 409
    assert move(staff, shown, "closed").status_code == 422
    closed = move(staff, shown, "closed", reason="other_solution").json()
    assert (closed["status"], closed["moves"], closed["may_write"]) == ("closed", [], False)
    assert closed["ended_at"] is not None
    assert ask(staff, sides).status_code == 201


def test_messages_are_read_by_the_other_side_and_told_once_a_day(
    staff: TestClient, leader: TestClient, session: Session, sides: Sides
) -> None:
    asked = ask(staff, sides).json()
    address = f"{URL}/{asked['id']}/messages"
    for key in ("a", "a", "b"):
        sent = staff.post(address, json={"text": "Bonjour"}, headers={"Idempotency-Key": key})
        assert sent.status_code == 201
    listed = leader.get(URL).json()["items"][0]
    assert listed["unread"] == 2
    opened = leader.post(f"{URL}/{asked['id']}/read").json()
    assert [(m["text"], m["side"], m["author"]) for m in opened["messages"]] == [
        ("Bonjour", "authority", None)
    ] * 2
    assert leader.get(URL).json()["items"][0]["unread"] == 0
    assert staff.get(f"{URL}/{asked['id']}").json()["messages"][0]["read_at"] is not None
    assert letters(session, sides.leader).count("A message is waiting for you") == 1


def test_nothing_can_be_written_once_it_has_ended(
    staff: TestClient, leader: TestClient, sides: Sides
) -> None:
    shown = ask(staff, sides).json()
    move(staff, shown, "closed", reason="need_changed")
    sent = leader.post(f"{URL}/{shown['id']}/messages", json={"text": "Dommage"})
    assert (sent.status_code, consent(leader, shown).status_code) == (409, 409)


def test_outcome_is_confirmed_by_both(
    staff: TestClient, leader: TestClient, session: Session, sides: Sides
) -> None:
    shown = in_touch(staff, leader, sides)
    address = f"{URL}/{shown['id']}/outcome"
    first = staff.put(address, json={"outcome": "deal", "amount_band": "10k_40k"}).json()
    assert (first["status"], first["outcome_confirmed_at"]) == ("in_progress", None)
    other = leader.put(address, json={"outcome": "pilot"}).json()
    assert (other["status"], other["outcome_confirmed_at"]) == ("in_progress", None)
    both = leader.put(address, json={"outcome": "deal", "amount_band": "10k_40k"}).json()
    assert (both["status"], both["moves"]) == ("deal", [])
    assert both["outcome_confirmed_at"] is not None
    again = leader.put(address, json={"outcome": "deal", "amount_band": "10k_40k"})
    assert (again.status_code, again.json()["version"]) == (200, both["version"])
    assert leader.put(address, json={"outcome": "nothing"}).status_code == 409


def test_outcome_needs_people_who_were_put_in_touch(staff: TestClient, sides: Sides) -> None:
    shown = ask(staff, sides).json()
    said = staff.put(f"{URL}/{shown['id']}/outcome", json={"outcome": "deal"})
    assert said.status_code == 409


def test_anonymous_need_is_named_to_the_leader_by_its_own_consent_only(
    session: Session, sign_in: SignIn
) -> None:
    sides = make_sides(session, anonymous=True)
    session.commit()
    staff, leader = sign_in(sides.staff), sign_in(sides.leader)
    asked = ask(staff, sides).json()
    staff.post(f"{URL}/{asked['id']}/messages", json={"text": "Bonjour"})
    consent(leader, asked)
    hidden = leader.get(f"{URL}/{asked['id']}")
    listed = leader.get(URL)
    mails = list(session.scalars(select(Mail.body).where(Mail.person_id == sides.leader.id)))
    for text in (hidden.text, listed.text, *mails):
        assert [secret for secret in PLACE_OF_NEED if secret in text] == []
    assert hidden.json()["need"]["organisation"] is None
    assert "A local authority that is not named yet" in mails[0]
    consent(staff, asked)
    shown = leader.get(f"{URL}/{asked['id']}").json()
    assert shown["need"]["organisation"]["name"] == "Ville de Lunel"
    assert (shown["need"]["perimeters"], shown["need"]["yours"]) == (["commune:34145"], False)
    elsewhere = leader.get(f"/v1/needs/{sides.need.id}").json()
    assert elsewhere["organisation"] is None


def test_operator_sees_all_but_the_words_and_contacts(
    client: TestClient, staff: TestClient, leader: TestClient, sides: Sides
) -> None:
    shown = in_touch(staff, leader, sides)
    staff.post(f"{URL}/{shown['id']}/messages", json={"text": "Entre nous"})
    answer = client.get(f"{URL}/{shown['id']}")
    body = answer.json()
    assert (body["side"], body["moves"], body["messages"][0]["text"]) == (None, [], None)
    assert "ada@fuites.example" not in str({**body, "solution": None})
    assert client.get(URL).json()["total"] == 1
    assert move(client, body, "met").status_code == 403


def test_others_find_neither_the_introduction_nor_its_list(
    staff: TestClient, session: Session, sides: Sides, sign_in: SignIn, visitor: TestClient
) -> None:
    shown = ask(staff, sides).json()
    place = make_organisation(session, name="Ville d'Alès")
    other = make_member(session, place, "authority_staff")
    session.commit()
    stranger = sign_in(other)
    assert stranger.get(f"{URL}/{shown['id']}").status_code == 404
    assert stranger.get(URL).json()["items"] == []
    assert ask(stranger, sides).status_code == 403
    assert visitor.get(URL).status_code == 401


def test_list_has_filters_counts_and_pages(
    staff: TestClient, leader: TestClient, session: Session, sides: Sides
) -> None:
    for number in range(3):
        solution = make_solution(session, organisation_id=sides.company.id)
        status = "closed" if number == 0 else "contacted"
        ended = now() if status == "closed" else None
        made = make_introduction(session, sides.need, solution, status=status, ended_at=ended)
        make_message(session, made, "leader")
    session.commit()
    first = staff.get(URL, params={"limit": 2}).json()
    rest = staff.get(URL, params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert (len(first["items"]), len(rest["items"]), first["total"]) == (2, 1, 3)
    assert first["counts"] == {"closed": 1, "contacted": 2}
    assert [item["unread"] for item in first["items"]] == [1, 1]
    closed = staff.get(URL, params={"status": "closed"}).json()
    assert (closed["total"], closed["counts"]) == (1, {"closed": 1, "contacted": 2})
    assert staff.get(URL, params={"side": "leader"}).json()["total"] == 0
    assert leader.get(URL, params={"side": "leader"}).json()["total"] == 3
    one = {"solution_id": rest["items"][0]["solution"]["id"]}
    assert leader.get(URL, params=one).json()["total"] == 1
    assert leader.get(URL, params={"need_id": sides.solution.id}).json()["total"] == 0


def test_list_takes_as_many_statements_for_three_as_for_one(
    staff: TestClient, session: Session, sides: Sides, statements: Any
) -> None:
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            place = make_organisation(session, name="Autre", territory="commune:34172")
            solution = make_solution(session, organisation_id=place.id)
            make_message(session, make_introduction(session, sides.need, solution), "leader")
        session.commit()
        with statements:
            items = staff.get(URL).json()["items"]
        counts.append((len(items), len(statements)))
        statements.texts.clear()
    assert [count for count, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_records_must_be_published(
    staff: TestClient, session: Session, sides: Sides, status: str
) -> None:
    session.get_one(Need, sides.need.id).status = status
    session.commit()
    assert ask(staff, sides).status_code == 409


def test_own_solution_is_not_introduced(staff: TestClient, session: Session, sides: Sides) -> None:
    own = make_solution(session, organisation_id=sides.city.id)
    session.commit()
    refused = staff.post(f"/v1/needs/{sides.need.id}/introductions", json={"solution_id": own.id})
    assert refused.status_code == 409
    unknown = {"solution_id": "01890000-0000-7000-8000-000000000000"}
    address = f"/v1/needs/{sides.need.id}/introductions"
    assert staff.post(address, json=unknown).status_code == 404


def test_nobody_is_asked_where_nobody_has_an_account(
    staff: TestClient, session: Session, sides: Sides
) -> None:
    place = make_organisation(session, name="Sans compte")
    for values in ({"organisation_id": place.id}, {}):
        solution = make_solution(session, **values)
        session.commit()
        body = {"solution_id": solution.id}
        refused = staff.post(f"/v1/needs/{sides.need.id}/introductions", json=body)
        assert refused.status_code == 409
        assert "has no account" in refused.json()["detail"]


def test_reasons_come_from_the_list_in_which_it_was_found(
    staff: TestClient, client: TestClient, session: Session, sides: Sides
) -> None:
    client.patch(
        f"/v1/solutions/{sides.solution.id}", json={"summary": "x"}, headers={"If-Match": '"1"'}
    )
    client.patch(f"/v1/needs/{sides.need.id}", json={"context": "x"}, headers={"If-Match": '"1"'})
    listed = staff.get(f"/v1/needs/{sides.need.id}/matches").json()
    item = next(one for one in listed["items"] if one["id"] == sides.solution.id)
    other = ask(staff, sides, snapshot_id="0" * 64)
    assert other.json()["errors"][0]["field"] == "snapshot_id"
    shown = ask(staff, sides, snapshot_id=listed["snapshot_id"]).json()
    assert shown["rank"] == item["rank"]
    assert [reason["kind"] for reason in shown["reasons"]] == [
        reason["kind"] for reason in item["reasons"]
    ]


def test_trace_holds_each_change_and_no_words(
    staff: TestClient, leader: TestClient, session: Session, sides: Sides
) -> None:
    shown = in_touch(staff, leader, sides)
    leader.post(f"{URL}/{shown['id']}/messages", json={"text": "Mot secret"})
    rows = session.scalars(
        select(Activity).where(Activity.object_id == shown["id"]).order_by(Activity.id)
    ).all()
    assert [(row.actor, row.action) for row in rows] == [
        (sides.staff.id, "start"),
        (sides.leader.id, "consent"),
        (sides.leader.id, "move"),
        (sides.staff.id, "consent"),
        (sides.staff.id, "move"),
        (sides.leader.id, "message"),
    ]
    assert [row.action for row in rows if "secret" in str(row.detail)] == []
    assert session.scalar(select(func.count()).select_from(IntroductionEvent)) == 3
    assert session.scalar(select(IntroductionMessage.text)) == "Mot secret"
