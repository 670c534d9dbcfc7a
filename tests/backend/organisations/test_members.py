"""Who belongs to an organisation."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from backend.database import reading, writing
from backend.models import Activity, Mail, Membership, Organisation, Person
from tests.backend.conftest import SignIn, Statements
from tests.factories import make_member, make_need, make_organisation, make_person

ROLE = "authority_staff"


@pytest.fixture
def place(engine: Engine) -> Organisation:
    with writing(engine) as session:
        return make_organisation(session)


@pytest.fixture
def member(engine: Engine, place: Organisation) -> Person:
    with writing(engine) as session:
        return make_member(session, place, ROLE, lang="en")


@pytest.fixture
def asker(engine: Engine) -> Person:
    with writing(engine) as session:
        return make_person(session, name="Noé Courant", lang="en")


def letters(engine: Engine, person: Person) -> list[str]:
    with reading(engine) as session:
        wanted = select(Mail.subject).where(Mail.person_id == person.id).order_by(Mail.id)
        return list(session.scalars(wanted))


def url(place: Organisation, person: Person | None = None) -> str:
    base = f"/v1/organisations/{place.id}/members"
    return f"{base}/{person.id}/{ROLE}" if person else base


def test_somebody_asks_and_a_member_accepts(
    sign_in: SignIn, engine: Engine, place: Organisation, member: Person, asker: Person
) -> None:
    asking, deciding = sign_in(asker), sign_in(member)
    made = asking.post(url(place), json={"role": ROLE})
    assert made.status_code == 201
    assert (made.json()["status"], made.json()["name"]) == ("requested", "Noé Courant")
    assert letters(engine, member) == ["Noé Courant asks to join Ville de Lunel"]
    assert asking.get(url(place)).status_code == 404
    listed = deciding.get(url(place)).json()
    assert [(one["person_id"], one["status"]) for one in listed] == [
        (asker.id, "requested"),
        (member.id, "active"),
    ]
    # Who decides sees where the address is, and no more of it.
    assert {one["email_domain"] for one in listed} == {"exemple.example"}
    assert asker.email not in str(listed)
    assert deciding.put(url(place, asker)).json()["status"] == "active"
    assert asking.get(url(place)).status_code == 200
    assert letters(engine, asker) == ["You now act for Ville de Lunel"]
    with reading(engine) as session:
        lines = session.execute(
            select(Activity.action, Activity.actor)
            .where(Activity.object_kind == "membership")
            .order_by(Activity.id)
        ).all()
    assert [tuple(line) for line in lines] == [("ask", asker.id), ("accept", member.id)]


def test_asking_or_accepting_twice_changes_nothing(
    sign_in: SignIn, engine: Engine, place: Organisation, member: Person, asker: Person
) -> None:
    asking, deciding = sign_in(asker), sign_in(member)
    answers = [asking.post(url(place), json={"role": ROLE}).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(letters(engine, member)) == 1
    accepted = [deciding.put(url(place, asker)).json() for _ in range(2)]
    assert accepted[0] == accepted[1]
    assert len(letters(engine, asker)) == 1
    assert asking.post(url(place), json={"role": ROLE}).json()["status"] == "active"


def test_refused_person_is_told_and_does_not_belong(
    sign_in: SignIn, engine: Engine, place: Organisation, member: Person, asker: Person
) -> None:
    asking, deciding = sign_in(asker), sign_in(member)
    asking.post(url(place), json={"role": ROLE})
    assert deciding.delete(url(place, asker)).status_code == 204
    assert letters(engine, asker) == ["Your request to join Ville de Lunel"]
    assert asking.get("/v1/me").json()["belongings"] == []
    assert deciding.delete(url(place, asker)).status_code == 404


def test_removed_person_loses_their_rights_at_the_next_request(
    sign_in: SignIn, engine: Engine, place: Organisation, member: Person
) -> None:
    with writing(engine) as session:
        other = make_member(session, place, ROLE, lang="en")
        need = make_need(session, organisation_id=place.id, status="draft")
    theirs, mine = sign_in(other), sign_in(member)
    change = {"title": "Un autre titre"}
    assert theirs.get(f"/v1/needs/{need.id}").status_code == 200
    first = theirs.patch(f"/v1/needs/{need.id}", json=change, headers={"If-Match": '"1"'})
    assert first.status_code == 200
    assert mine.delete(url(place, other)).status_code == 204
    assert theirs.get(f"/v1/needs/{need.id}").status_code == 404
    second = theirs.patch(f"/v1/needs/{need.id}", json=change, headers={"If-Match": '"2"'})
    assert second.status_code == 404
    assert theirs.get("/v1/me").json()["person"]["id"] == other.id
    assert letters(engine, other) == ["You no longer act for Ville de Lunel"]


def test_one_leaves_or_takes_back_a_request(
    sign_in: SignIn, engine: Engine, place: Organisation, member: Person, asker: Person
) -> None:
    asking, leaving = sign_in(asker), sign_in(member)
    asking.post(url(place), json={"role": ROLE})
    for client in (asking, leaving):
        assert client.delete(f"/v1/me/organisations/{place.id}").status_code == 204
        assert client.delete(f"/v1/me/organisations/{place.id}").status_code == 404
    with reading(engine) as session:
        assert session.scalars(select(Membership)).all() == []


def test_operators_are_asked_where_nobody_belongs_yet(
    client: TestClient, sign_in: SignIn, engine: Engine, place: Organisation, asker: Person
) -> None:
    sign_in(asker).post(url(place), json={"role": ROLE})
    with reading(engine) as session:
        operator = session.scalars(select(Person).where(Person.operator)).one()
    assert letters(engine, operator) == ["Noé Courant demande à rejoindre Ville de Lunel"]
    assert client.put(url(place, asker)).json()["status"] == "active"


def test_member_of_another_organisation_decides_nothing_here(
    sign_in: SignIn, engine: Engine, place: Organisation, asker: Person
) -> None:
    with writing(engine) as session:
        elsewhere = make_organisation(session, name="Ailleurs")
        other = make_member(session, elsewhere, ROLE)
        asked = {"person_id": asker.id, "organisation_id": place.id, "role": ROLE}
        session.add(Membership(**asked, status="requested"))
    stranger = sign_in(other)
    assert stranger.get(url(place)).status_code == 404
    assert stranger.put(url(place, asker)).status_code == 403
    assert stranger.delete(url(place, asker)).status_code == 403


def test_unknown_organisation_or_person_is_not_found(
    sign_in: SignIn, place: Organisation, member: Person, asker: Person
) -> None:
    deciding = sign_in(member)
    assert deciding.put(url(place, asker)).status_code == 404
    assert (
        deciding.post("/v1/organisations/nothing/members", json={"role": ROLE}).status_code == 404
    )
    refused = deciding.post(url(place), json={"role": "operator"})
    assert refused.status_code == 422


def test_list_of_members_takes_as_many_statements_for_many(
    sign_in: SignIn, engine: Engine, place: Organisation, member: Person, statements: Statements
) -> None:
    deciding = sign_in(member)
    deciding.get(url(place))
    with statements:
        deciding.get(url(place))
    few = len(statements)
    with writing(engine) as session:
        for _ in range(10):
            make_member(session, place, ROLE)
    statements.texts.clear()
    with statements:
        assert len(deciding.get(url(place)).json()) == 11
    assert len(statements) == few
