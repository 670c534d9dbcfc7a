"""A person chooses which letters they get."""

from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from backend.database import reading, writing
from backend.mail.letters import Letter
from backend.mail.outbox import post
from backend.models import Mail, Person
from tests.backend.conftest import SignIn
from tests.factories import make_member, make_need, make_organisation, make_person, make_solution

USUAL = {
    "introduction": "immediate",
    "moderation": "immediate",
    "match": "daily",
    "search": "immediate",
    "reminder": "immediate",
}


def test_person_who_chose_nothing_gets_what_is_usual(engine: Engine, sign_in: SignIn) -> None:
    with writing(engine) as session:
        person = make_person(session)
    found = sign_in(person).get("/v1/me/alerts").json()
    assert found == {"frequencies": USUAL, "least_band": "good", "records": []}


def test_choice_is_kept_and_the_rest_stays(engine: Engine, sign_in: SignIn) -> None:
    with writing(engine) as session:
        place = make_organisation(session)
        person = make_member(session, place, "authority_staff")
        need = make_need(session, organisation_id=place.id)
        make_need(session, organisation_id=place.id, status="draft", title="Brouillon")
        make_solution(session, organisation_id=place.id)
    client = sign_in(person)
    client.put("/v1/me/alerts", json={"frequencies": {"match": "weekly", "search": "never"}})
    chosen = {"least_band": "possible", "records": {need.id: "strong"}}
    answer = client.put("/v1/me/alerts", json=chosen)
    assert answer.json() == client.get("/v1/me/alerts").json()
    record = {"id": need.id, "kind": "need", "title": "Besoin d'essai", "least_band": "strong"}
    assert answer.json() == {
        "frequencies": {**USUAL, "match": "weekly", "search": "never"},
        "least_band": "possible",
        "records": [record],
    }
    cleared = client.put("/v1/me/alerts", json={"records": {need.id: None}}).json()
    assert cleared["records"] == [{**record, "least_band": None}]


def test_record_of_others_is_refused(engine: Engine, sign_in: SignIn) -> None:
    with writing(engine) as session:
        person = make_person(session)
        other = make_need(session)
    answer = sign_in(person).put("/v1/me/alerts", json={"records": {other.id: "strong"}})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "records")


def test_letters_about_the_account_cannot_be_stopped(engine: Engine, sign_in: SignIn) -> None:
    with writing(engine) as session:
        person = make_person(session)
    answer = sign_in(person).put("/v1/me/alerts", json={"frequencies": {"account": "never"}})
    assert answer.status_code == 422


def test_visitor_has_no_alerts(visitor: TestClient) -> None:
    assert visitor.get("/v1/me/alerts").status_code == 401


def test_kind_that_is_stopped_is_neither_kept_nor_sent(engine: Engine, sign_in: SignIn) -> None:
    with writing(engine) as session:
        person = make_person(session)
        for kind in ("match", "introduction", "account"):
            post(session, person, Letter(kind, "Avant", "Corps"))
    stopped = {"match": "never", "introduction": "never"}
    sign_in(person).put("/v1/me/alerts", json={"frequencies": stopped})
    with writing(engine) as session:
        known = session.get_one(Person, person.id)
        for kind in ("match", "account"):
            post(session, known, Letter(kind, "Après", "Corps"))
    with reading(engine) as session:
        kept = session.execute(select(Mail.kind, Mail.subject).order_by(Mail.subject.desc()))
        assert [tuple(row) for row in kept] == [("account", "Avant"), ("account", "Après")]


def test_same_key_is_told_once(engine: Engine) -> None:
    with writing(engine) as session:
        person = make_person(session)
        for _ in range(2):
            post(session, person, Letter("match", "Sujet", "Corps"), key="once")
    with reading(engine) as session:
        assert session.scalars(select(Mail.key)).all() == ["once"]
