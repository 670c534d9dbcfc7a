"""Opening an account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from backend.accounts.passwords import objection
from backend.accounts.signing_up import SignUp, confirm, sign_up
from backend.database import make_session, reading, writing
from backend.models import Membership, OneTimeLink, Organisation, Person
from backend.models.base import now
from tests.backend.accounts.conftest import PASSWORD, Browser, letters, link_in
from tests.factories import make_member, make_organisation

EMAIL = "noe@exemple.example"
ASKED = {"name": "Noé Courant", "email": EMAIL, "password": PASSWORD, "lang": "en", "role": ""}
PLACE = {
    "role": "authority_staff",
    "organisation": "Ville d'Essai",
    "kind": "commune",
    "siren": "732 829 320",
}


def person(engine: Engine, email: str = EMAIL) -> Person:
    with reading(engine) as session:
        return session.scalars(select(Person).where(Person.email == email)).one()


def memberships(engine: Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as session:
        rows = session.execute(
            select(Organisation.name, Membership.role, Membership.status)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .order_by(Membership.status)
        )
        return [(name, role, status) for name, role, status in rows]


def test_account_is_opened_by_the_link_and_not_before(browser: TestClient, engine: Engine) -> None:
    answer = browser.post("/account/sign-up?lang=en", data=ASKED)
    assert answer.headers["location"] == "/account/sent?lang=en&what=confirm"
    unconfirmed = person(engine)
    assert (unconfirmed.email_confirmed_at, unconfirmed.password_hash) == (None, None)
    data = {"email": EMAIL, "password": PASSWORD}
    assert browser.post("/account/sign-in", data=data).status_code == 422
    path = link_in(letters(engine, EMAIL)[0])
    assert "Confirm and sign in" in browser.get(path).text
    assert person(engine).email_confirmed_at is None
    assert browser.post(path).headers["location"] == "/account?lang=en&done=confirmed"
    assert "Your address is confirmed" in browser.get("/account?lang=en&done=confirmed").text
    assert browser.post("/account/sign-in", data=data).status_code == 303


def test_link_of_sign_up_works_once(open_browser: Browser, engine: Engine) -> None:
    browser = open_browser()
    browser.post("/account/sign-up", data=ASKED)
    path = link_in(letters(engine, EMAIL)[0])
    assert browser.post(path).status_code == 303
    for answer in (open_browser().post(path), open_browser().get(path)):
        assert answer.status_code == 410
        assert "This link no longer works" in answer.text
        assert "set-cookie" not in answer.headers


def test_link_of_sign_up_expires_after_a_day(browser: TestClient, engine: Engine) -> None:
    browser.post("/account/sign-up", data=ASKED)
    path = link_in(letters(engine, EMAIL)[0])
    with time_machine.travel(now() + timedelta(hours=24, minutes=1)):
        assert browser.get(path).status_code == 410
        assert browser.post(path).status_code == 410
    assert person(engine).email_confirmed_at is None


def test_link_of_one_purpose_serves_no_other(browser: TestClient, engine: Engine) -> None:
    browser.post("/account/sign-up", data=ASKED)
    path = link_in(letters(engine, EMAIL)[0]).replace("/confirm/", "/enter/")
    assert browser.post(path).status_code == 410


def test_second_press_sends_no_second_letter(browser: TestClient, engine: Engine) -> None:
    answers = [browser.post("/account/sign-up?lang=en", data={**ASKED, **PLACE}) for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {
        "/account/sent?lang=en&what=confirm"
    }
    assert len(letters(engine, EMAIL)) == 1
    with reading(engine) as session:
        assert len(session.scalars(select(Person)).all()) == 1
        assert len(session.scalars(select(OneTimeLink)).all()) == 1


def test_two_presses_at_once_make_one_account_and_one_letter(engine: Engine) -> None:
    def press(_: int) -> None:
        with make_session(engine) as session:
            sign_up(session, SignUp("Noé Courant", EMAIL, "en", PASSWORD))
            session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(4)))
    assert len(letters(engine, EMAIL)) == 1
    assert person(engine).name == "Noé Courant"


def test_two_uses_at_once_of_a_link_open_one_session(browser: TestClient, engine: Engine) -> None:
    browser.post("/account/sign-up", data=ASKED)
    secret = link_in(letters(engine, EMAIL)[0]).split("/")[-1].split("?")[0]

    def open_it(_: int) -> bool:
        with make_session(engine) as session:
            found = confirm(session, secret)
            session.commit()
            return found is not None

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(open_it, range(4))) == [False, False, False, True]


def test_address_with_an_account_is_answered_alike_and_its_owner_told(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    taken = browser.post("/account/sign-up?lang=en", data={**ASKED, "email": ines.email})
    free = browser.post("/account/sign-up?lang=en", data=ASKED)
    assert taken.status_code == free.status_code == 303
    assert taken.headers["location"] == free.headers["location"]
    assert [letter.subject for letter in letters(engine, ines.email)] == [
        "Vous avez déjà un compte"
    ]
    kept = person(engine, ines.email)
    assert (kept.name, kept.password_hash) == (ines.name, ines.password_hash)


def test_account_prepared_by_somebody_else_is_not_the_one_that_is_confirmed(
    browser: TestClient, engine: Engine
) -> None:
    browser.post("/account/sign-up", data={**ASKED, "password": "choisi par quelqu'un d'autre"})
    browser.post("/account/sign-up", data={**ASKED, "name": "Noé lui-même"})
    first, second = letters(engine, EMAIL)
    browser.post(link_in(second))
    assert browser.post(link_in(first)).status_code == 410
    assert person(engine).name == "Noé lui-même"
    data = {"email": EMAIL, "password": "choisi par quelqu'un d'autre"}
    assert browser.post("/account/sign-in", data=data).status_code == 422


def test_new_organisation_is_registered_once_the_address_is_confirmed(
    browser: TestClient, engine: Engine
) -> None:
    browser.post("/account/sign-up", data={**ASKED, **PLACE})
    assert memberships(engine) == []
    browser.post(link_in(letters(engine, EMAIL)[0]))
    assert memberships(engine) == [("Ville d'Essai", "authority_staff", "active")]
    with reading(engine) as session:
        assert session.scalars(select(Organisation.siren)).all() == ["732829320"]


@pytest.mark.parametrize(
    ("known", "given"),
    [
        ({"name": "Autre nom", "siren": "732829320"}, PLACE),
        ({"name": "VILLE d’essai", "siren": None}, PLACE),
        ({"name": "Ville d'Essai", "siren": "732829320"}, {**PLACE, "siren": ""}),
    ],
)
def test_registered_organisation_is_asked(
    browser: TestClient, engine: Engine, known: dict[str, str], given: dict[str, str]
) -> None:
    with writing(engine) as session:
        place = make_organisation(session, **known)
        member = make_member(session, place, "project_leader", lang="en")
    browser.post("/account/sign-up", data={**ASKED, **given})
    path = link_in(letters(engine, EMAIL)[0])
    assert "its members are asked to let you in" in browser.get(path).text
    browser.post(path)
    assert memberships(engine) == [
        (known["name"], "project_leader", "active"),
        (known["name"], "authority_staff", "requested"),
    ]
    assert [letter.subject for letter in letters(engine, member.email)] == [
        f"Noé Courant asks to join {known['name']}"
    ]


def test_two_organisations_of_one_name_with_two_sirens_are_two(
    browser: TestClient, engine: Engine
) -> None:
    with writing(engine) as session:
        make_organisation(session, name="Ville d'Essai", siren="243400017")
    browser.post("/account/sign-up", data={**ASKED, **PLACE})
    browser.post(link_in(letters(engine, EMAIL)[0]))
    assert memberships(engine) == [("Ville d'Essai", "authority_staff", "active")]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": " "}, "name", "Enter a name of 200 characters at most."),
        ({"email": "noe"}, "email", "Enter an e-mail address, such as name@example.org."),
        ({"password": "court"}, "password", "Choose at least 12 characters"),
        ({"password": "MotDePasse 2026!"}, "password", "among the first that are guessed"),
        ({"password": "Noé Courant  "}, "password", "is no password"),
        ({"password": "noe@exemple.example"}, "password", "is no password"),
        ({"lang": "de"}, "lang", "Choose a language."),
        ({**PLACE, "siren": "732829321"}, "siren", "This is not a SIREN"),
        ({**PLACE, "kind": ""}, "kind", "Choose a kind of organisation."),
        ({**PLACE, "role": ""}, "role", "Choose what you do there."),
        ({**PLACE, "organisation": ""}, "organisation", "Enter a name of 200 characters"),
        ({**PLACE, "role": "operator"}, "role", "Choose what you do there."),
    ],
)
def test_refused_field_is_told_beside_it_and_in_the_summary(
    browser: TestClient, engine: Engine, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = browser.post("/account/sign-up?lang=en", data={**ASKED, **changes})
    assert answer.status_code == 422
    assert f'<a href="#f-{field}">' in answer.text
    assert f'id="e-{field}">' in answer.text
    assert answer.text.count(sentence) == 2
    assert "<title>To correct" in answer.text
    assert 'value="Noé Courant"' in answer.text or "name" in changes
    assert PASSWORD not in answer.text
    with reading(engine) as session:
        assert session.scalars(select(Person)).all() == []


def test_what_was_typed_comes_back_as_text(browser: TestClient) -> None:
    name = '"><script>alert(1)</script>'
    answer = browser.post("/account/sign-up", data={**ASKED, "name": name, "email": "x"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("x" * 11, "short"),
        ("éléphant bleu", None),
        ("ab" * 64, "common"),
        ("a1B2" * 32, None),
        ("a1B2" * 32 + "x", "long"),
        ("AZERTYUIOP123", "common"),
        ("azerty uiop 123", "common"),
        ("bonjour 2026 bonjour", None),
        ("123456789012", "common"),
        ("aaaaaaaaaaaaaaa", "common"),
    ],
)
def test_password_is_long_and_not_among_the_first_guessed(password: str, why: str | None) -> None:
    assert objection(password) == why
