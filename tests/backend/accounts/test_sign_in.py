"""Signing in and out."""

from datetime import timedelta

import pytest
import time_machine
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from backend.accounts.identify import COOKIE
from backend.accounts.pages.paths import own_path
from backend.accounts.secrets import hash_secret
from backend.accounts.sessions import LIFETIME, end_all
from backend.database import reading, writing
from backend.models import Attempt, Person, SignInSession
from backend.models.base import now
from tests.backend.accounts.conftest import PASSWORD, Browser, enter, letters, link_in

WRONG = "The address or the password is wrong."


def test_sign_in_keeps_a_secret_that_only_the_server_reads(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    data = {"email": " INES@exemple.example ", "password": PASSWORD}
    answer = browser.post("/account/sign-in?lang=en", data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, "/start?lang=fr")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=1209600"):
        assert part in cookie
    assert "Domain" not in cookie
    with reading(engine) as session:
        kept = session.scalars(select(SignInSession)).one()
    assert kept.id == hash_secret(browser.cookies[COOKIE])
    assert kept.device == "Firefox, Linux"
    assert "Inès Rivage" in browser.get("/account?lang=en").text


def test_each_sign_in_has_a_new_secret_and_ends_the_one_before(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    enter(browser)
    first = browser.cookies[COOKIE]
    enter(browser)
    assert browser.cookies[COOKIE] != first
    with reading(engine) as session:
        assert session.get_one(SignInSession, hash_secret(first)).revoked_at is not None


def test_sessions_that_expired_are_forgotten_at_the_next_sign_in(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    with time_machine.travel(now() - LIFETIME - timedelta(hours=1)):
        enter(browser)
    assert browser.get("/account").status_code == 303
    enter(browser)
    with reading(engine) as session:
        kept = session.scalars(select(SignInSession.id)).all()
    assert kept == [hash_secret(browser.cookies[COOKIE])]


def test_sign_out_ends_the_session_on_the_server(
    open_browser: Browser, engine: Engine, ines: Person
) -> None:
    browser, other = open_browser(), open_browser()
    enter(browser)
    other.cookies.set(COOKIE, browser.cookies[COOKIE], domain="passerelle.example")
    assert other.get("/account").status_code == 200
    answer = browser.post("/account/sign-out?lang=en")
    assert answer.headers["location"] == "/account/sign-in?lang=en&done=signed-out"
    assert COOKIE not in browser.cookies
    assert "You are signed out." in browser.get(answer.headers["location"]).text
    again = other.get("/account?lang=en")
    assert again.status_code == 303
    assert again.headers["location"].startswith("/account/sign-in?")


@pytest.mark.parametrize("email", ["ines@exemple.example", "nobody@exemple.example"])
def test_wrong_password_and_unknown_address_get_the_same_answer(
    browser: TestClient, ines: Person, email: str
) -> None:
    answer = browser.post("/account/sign-in?lang=en", data={"email": email, "password": "x" * 12})
    assert answer.status_code == 422
    assert answer.text.count(WRONG) == 2
    expected = browser.post(
        "/account/sign-in?lang=en", data={"email": "a@b.example", "password": "x"}
    )
    assert answer.text.replace(email, "") == expected.text.replace("a@b.example", "")


def test_unknown_address_costs_a_hash_too(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    class Counting:
        def verify(self, password: str, hashed: str) -> bool:
            checked.append(hashed)
            return False

        def hash(self, password: str) -> str:
            return "of nobody"

    monkeypatch.setattr("backend.accounts.passwords.HASHER", Counting())
    browser.post("/account/sign-in", data={"email": "nobody@exemple.example", "password": "x"})
    assert len(checked) == 1


def test_closed_account_is_not_entered(browser: TestClient, engine: Engine, ines: Person) -> None:
    with writing(engine) as session:
        session.get_one(Person, ines.id).disabled_at = ines.created_at
    data = {"email": ines.email, "password": PASSWORD}
    assert WRONG in browser.post("/account/sign-in?lang=en", data=data).text


def test_eleventh_wrong_guess_is_refused_even_when_right(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    wrong = {"email": ines.email, "password": "x"}
    assert {browser.post("/account/sign-in", data=wrong).status_code for _ in range(10)} == {422}
    right = {"email": ines.email, "password": PASSWORD}
    answer = browser.post("/account/sign-in?lang=en", data=right)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"
    assert "Too many attempts: wait 15 minutes, then try again." in answer.text
    other = {"email": "nobody@exemple.example", "password": "x"}
    assert browser.post("/account/sign-in", data=other).status_code == 429
    with writing(engine) as session:
        for row in session.scalars(select(Attempt)):
            row.times = [time - 900 for time in row.times]
    assert browser.post("/account/sign-in", data=right).status_code == 303


def test_right_password_forgets_the_wrong_guesses_of_the_account(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    for _ in range(9):
        browser.post("/account/sign-in", data={"email": ines.email, "password": "x"})
    enter(browser)
    with reading(engine) as session:
        assert sorted(len(row.times) for row in session.scalars(select(Attempt))) == [0, 9]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["sign-in", "sign-out", "password", "keys", "profile"])
def test_form_from_another_site_is_refused(
    browser: TestClient, ines: Person, headers: dict[str, str], path: str
) -> None:
    answer = browser.post(
        f"/account/{path}?lang=en",
        headers=headers,
        data={"email": ines.email, "password": PASSWORD},
    )
    assert answer.status_code == 403
    assert "This form was sent from another site" in answer.text
    assert "set-cookie" not in answer.headers


def test_form_of_a_page_of_ours_is_read(browser: TestClient, ines: Person) -> None:
    data = {"email": ines.email, "password": PASSWORD}
    headers = {"Sec-Fetch-Site": "same-origin"}
    assert browser.post("/account/sign-in", data=data, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/needs?lang=en&q=a%20b", "/needs?lang=en&q=a%20b"),
        ("/need?id=1#reasons", "/need?id=1#reasons"),
        ("//elsewhere.example", ""),
        ("/\\elsewhere.example", ""),
        ("/\t/elsewhere.example", ""),
        ("https://elsewhere.example/", ""),
        ("javascript:alert(1)", ""),
        ("elsewhere", ""),
        ("/" + "a" * 2_000, ""),
        ("", ""),
    ],
)
def test_next_leads_to_paths_of_ours_only(wanted: str, given: str) -> None:
    assert own_path(wanted) == given


def test_sign_in_leads_where_one_came_from_and_nowhere_else(
    browser: TestClient, ines: Person
) -> None:
    data = {"email": ines.email, "password": PASSWORD, "next": "/needs?lang=en"}
    assert browser.post("/account/sign-in", data=data).headers["location"] == "/needs?lang=en"
    data["next"] = "//elsewhere.example"
    assert browser.post("/account/sign-in", data=data).headers["location"] == "/start?lang=fr"


def test_page_of_somebodys_own_asks_to_sign_in_and_comes_back(browser: TestClient) -> None:
    answer = browser.get("/account/security?lang=en")
    assert answer.status_code == 303
    location = "/account/sign-in?lang=en&next=%2Faccount%2Fsecurity%3Flang%3Den"
    assert answer.headers["location"] == location
    assert 'value="/account/security?lang=en"' in browser.get(location).text


def test_key_of_a_program_opens_no_page(browser: TestClient, engine: Engine, ines: Person) -> None:
    enter(browser)
    page = browser.post("/account/keys", data={"name": "Export", "days": "30"}).text
    secret = page.split('class="secret">')[1].split("<")[0]
    assert secret.startswith("pat_")
    browser.cookies.clear()
    browser.cookies.set(COOKIE, secret, domain="passerelle.example")
    assert browser.get("/account").status_code == 303


def test_link_by_mail_signs_in_once(open_browser: Browser, engine: Engine, ines: Person) -> None:
    browser = open_browser()
    answer = browser.post("/account/sign-in/link?lang=en", data={"link_email": ines.email})
    assert answer.headers["location"] == "/account/sent?lang=en&what=enter"
    path = link_in(letters(engine, ines.email)[0])
    for _ in range(2):  # what looks into mail opens links, and uses up nothing
        assert "You sign in as" in open_browser().get(path.replace("=fr", "=en")).text
    assert browser.post(path).headers["location"] == "/start?lang=fr"
    assert browser.get("/account").status_code == 200
    again = open_browser().post(path.replace("=fr", "=en"))
    assert again.status_code == 410
    assert "This link no longer works" in again.text
    assert "Send me a new link" in again.text


def test_link_for_an_unknown_address_is_answered_alike_and_sends_nothing(
    browser: TestClient, engine: Engine
) -> None:
    for path, field in (("sign-in/link", "link_email"), ("forgotten", "email")):
        answer = browser.post(f"/account/{path}", data={field: "nobody@exemple.example"})
        assert answer.headers["location"].startswith("/account/sent?")
    assert letters(engine, "nobody@exemple.example") == []


def test_mailbox_is_not_filled_by_whoever_knows_its_name(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    answers = [
        browser.post("/account/sign-in/link", data={"link_email": ines.email}) for _ in range(11)
    ]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert len(letters(engine, ines.email)) == 10


def test_password_is_chosen_anew_and_every_session_ends(
    open_browser: Browser, engine: Engine, ines: Person
) -> None:
    old, browser = open_browser(), open_browser()
    enter(old)
    browser.post("/account/forgotten?lang=en", data={"email": ines.email})
    path = link_in(letters(engine, ines.email)[0]).replace("=fr", "=en")
    short = browser.post(path, data={"password": "court"})
    assert short.status_code == 422
    assert "Choose at least 12 characters" in short.text
    assert browser.post(path, data={"password": "cinq mots encore plus longs"}).status_code == 303
    assert browser.get("/account").status_code == 200
    assert old.get("/account").status_code == 303
    data = {"email": ines.email, "password": PASSWORD}
    assert WRONG in old.post("/account/sign-in?lang=en", data=data).text
    assert browser.post(path, data={"password": PASSWORD}).status_code == 410
    subjects = [letter.subject for letter in letters(engine, ines.email)]
    assert subjects == ["Choisir un nouveau mot de passe", "Votre mot de passe a changé"]


def test_session_that_ended_elsewhere_is_over_at_the_next_request(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    enter(browser)
    with writing(engine) as session:
        end_all(session, ines.id)
    assert browser.post("/account/profile", data={"name": "X", "lang": "fr"}).status_code == 303
    with reading(engine) as session:
        assert session.get_one(Person, ines.id).name == "Inès Rivage"


def test_page_that_does_not_exist_says_so(browser: TestClient) -> None:
    for path in ("/account/nothing", "/account/links/other/x", "/account/assets/service.py"):
        answer = browser.get(f"{path}?lang=en")
        assert answer.status_code == 404
        assert "There is nothing at this address." in answer.text
        assert '<html lang="en">' in answer.text


def test_style_comes_from_our_own_origin(browser: TestClient) -> None:
    style = browser.get("/account/assets/account.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert 'url("/static/media/SourceSerif' in style.text
    assert "http:" not in style.text.replace("http://www.w3.org/2000/svg", "")
    page = browser.get("/account/sign-in").text
    assert "<script>" not in page
    assert " style=" not in page
