"""Changing one's own account in its pages and through the API."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from backend.database import reading, writing
from backend.models import ApiToken, Person
from tests.backend.accounts.conftest import PASSWORD, Browser, enter, letters, link_in
from tests.backend.conftest import SignIn
from tests.factories import make_person

NEW = "ines.rivage@exemple.example"


def person(engine: Engine, person_id: str) -> Person:
    with reading(engine) as session:
        return session.get_one(Person, person_id)


def test_name_and_language_are_changed(browser: TestClient, engine: Engine, ines: Person) -> None:
    enter(browser)
    data = {"name": "Inès  du Rivage ", "lang": "en"}
    answer = browser.post("/account/profile?lang=en", data=data)
    assert answer.headers["location"] == "/account?lang=en&done=profile"
    kept = person(engine, ines.id)
    assert (kept.name, kept.lang, kept.version) == ("Inès du Rivage", "en", 2)
    refused = browser.post("/account/profile?lang=en", data={"name": "", "lang": "en"})
    assert refused.status_code == 422
    assert 'id="e-name"' in refused.text


def test_me_is_changed_through_the_api(sign_in: SignIn, engine: Engine, ines: Person) -> None:
    me = sign_in(ines)
    answer = me.patch("/v1/me", json={"lang": "en"})
    assert answer.status_code == 200
    assert answer.json()["person"] == {
        "id": ines.id,
        "name": "Inès Rivage",
        "email": "ines@exemple.example",
        "lang": "en",
        "operator": False,
    }
    assert me.patch("/v1/me", json={"lang": "de"}).status_code == 422
    assert me.patch("/v1/me", json={"operator": True}).status_code == 422


def test_me_is_changed_by_nobody_else(visitor: TestClient) -> None:
    assert visitor.patch("/v1/me", json={"lang": "en"}).status_code == 401


def test_new_password_ends_the_other_sessions(
    open_browser: Browser, engine: Engine, ines: Person
) -> None:
    here, there = open_browser(), open_browser()
    enter(here)
    enter(there)
    data = {"current": "not this one", "password": "cinq mots encore plus longs"}
    wrong = here.post("/account/password?lang=en", data=data)
    assert wrong.status_code == 422
    assert "This is not your present password." in wrong.text
    answer = here.post("/account/password?lang=en", data={**data, "current": PASSWORD})
    assert answer.headers["location"] == "/account/security?lang=en&done=password"
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert [one.subject for one in letters(engine, ines.email)] == ["Votre mot de passe a changé"]


def test_present_password_cannot_be_guessed_by_whoever_sits_down(
    browser: TestClient, ines: Person
) -> None:
    enter(browser)
    data = {"current": "x", "password": "cinq mots encore plus longs"}
    statuses = [browser.post("/account/password", data=data).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_address_changes_once_its_owner_opens_the_link(
    open_browser: Browser, engine: Engine, ines: Person
) -> None:
    browser = open_browser()
    enter(browser)
    data = {"email": NEW, "email_current": PASSWORD}
    assert browser.post("/account/email", data=data).status_code == 303
    assert person(engine, ines.id).email == ines.email
    path = link_in(letters(engine, NEW)[0])
    assert open_browser().get(path).headers["location"].startswith("/account/sign-in")
    assert browser.post(path).headers["location"] == "/account/security?lang=fr&done=email"
    assert person(engine, ines.id).email == NEW
    assert [one.subject for one in letters(engine, ines.email)] == ["Votre adresse a changé"]
    assert browser.post(path).status_code == 410


def test_link_for_an_address_that_was_mistyped_lets_its_owner_in_nowhere(
    open_browser: Browser, engine: Engine, ines: Person
) -> None:
    browser, stranger = open_browser(), open_browser()
    enter(browser)
    browser.post("/account/email", data={"email": NEW, "email_current": PASSWORD})
    with writing(engine) as session:
        other = make_person(session, password_hash=ines.password_hash)
    enter(stranger, other.email)
    path = link_in(letters(engine, NEW)[0])
    assert stranger.post(path).status_code == 410
    assert person(engine, ines.id).email == ines.email


def test_address_of_another_account_is_answered_alike(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    with writing(engine) as session:
        other = make_person(session)
    enter(browser)
    answer = browser.post("/account/email", data={"email": other.email, "email_current": PASSWORD})
    assert answer.headers["location"] == "/account/sent?lang=fr&what=email"
    assert letters(engine, other.email) == []


def test_other_browser_is_signed_out_from_here(open_browser: Browser, ines: Person) -> None:
    here, there = open_browser(), open_browser()
    enter(here)
    enter(there)
    page = here.get("/account/security?lang=en").text
    assert page.count("Sign out there") == 1
    path = page.split('action="/account/sessions/')[1].split('"')[0]
    assert here.post(f"/account/sessions/{path}").status_code == 303
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_session_of_somebody_else_does_not_exist(
    open_browser: Browser, engine: Engine, ines: Person
) -> None:
    mine, theirs = open_browser(), open_browser()
    enter(mine)
    with writing(engine) as session:
        other = make_person(session, password_hash=ines.password_hash)
    enter(theirs, other.email)
    page = theirs.get("/account/security").text
    assert "/account/sessions/" not in page
    assert mine.post(f"/account/sessions/{'0' * 64}/end").status_code == 404


@pytest.mark.parametrize(("write", "scopes"), [("", ["read"]), ("1", ["read", "write"])])
def test_key_is_shown_once(
    browser: TestClient,
    visitor: TestClient,
    engine: Engine,
    ines: Person,
    write: str,
    scopes: list[str],
) -> None:
    enter(browser)
    data = {"name": "Export", "days": "90", "write": write}
    page = browser.post("/account/keys?lang=en", data=data).text
    secret = page.split('class="secret">')[1].split("<")[0]
    headers = {"Authorization": f"Bearer {secret}"}
    assert visitor.get("/v1/me", headers=headers).json()["person"]["id"] == ines.id
    with reading(engine) as session:
        assert session.scalars(select(ApiToken)).one().scopes == scopes
    again = browser.post("/account/keys?lang=en", data=data)
    assert again.status_code == 422
    assert "You have a key of this name" in again.text
    later = browser.get("/account/security?lang=en").text
    assert secret not in later
    path = later.split('action="/account/keys/')[1].split('"')[0]
    browser.post(f"/account/keys/{path}")
    assert visitor.get("/v1/me", headers=headers).status_code == 401
