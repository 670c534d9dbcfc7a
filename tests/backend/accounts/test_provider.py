"""Signing in through a provider of OpenID Connect, held against a real one on loopback."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey
from sqlalchemy import Engine, select

from backend.accounts import provider as asking
from backend.accounts.identify import COOKIE
from backend.accounts.pages.provider import COOKIE as ASKED
from backend.accounts.provider import ProviderError
from backend.database import reading, writing
from backend.models import Identity, Person
from backend.settings import get_settings
from tests.backend.accounts.conftest import SITE, Browser
from tests.backend.accounts.provider import Provider, running
from tests.factories import make_person

EMAIL = "ines@exemple.example"
KNOWN = {"email": EMAIL, "email_verified": True, "name": "Inès Rivage"}


@pytest.fixture(scope="module")
def running_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with running(tmp_path_factory.mktemp("provider")) as found:
        yield found


@pytest.fixture
def provider(running_provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The provider, which our settings name."""
    monkeypatch.setenv("PASSERELLE_OIDC_ISSUER", running_provider.issuer)
    monkeypatch.setenv("PASSERELLE_OIDC_CLIENT_ID", "passerelle")
    monkeypatch.setenv("PASSERELLE_OIDC_CLIENT_SECRET", "between us")
    monkeypatch.setenv("PASSERELLE_OIDC_NAME", "AgentConnect")
    get_settings.cache_clear()
    return running_provider


def ask(browser: TestClient, wanted: str = "/needs?lang=en") -> str:
    """The address at the provider that our page leads to."""
    answer = browser.get("/account/provider", params={"lang": "en", "next": wanted})
    assert answer.status_code == 303
    return answer.headers["location"]


def query_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def changed(url: str, **values: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode({**query_of(url), **values})))


def people(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        rows = session.execute(select(Person.email, Person.name).order_by(Person.id))
        return [(email, name) for email, name in rows]


def test_question_carries_secrets_that_nobody_guesses(
    browser: TestClient, provider: Provider
) -> None:
    url = ask(browser)
    asked = query_of(url)
    assert url.startswith(f"{provider.issuer}/oauth2/authorize?")
    assert asked["redirect_uri"] == f"{SITE}/account/provider/callback"
    assert (asked["response_type"], asked["client_id"]) == ("code", "passerelle")
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid email profile", "S256")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 32
    assert query_of(ask(browser))["state"] != asked["state"]
    assert "between" not in url


def test_person_comes_back_signed_in_where_they_were(
    browser: TestClient, engine: Engine, provider: Provider
) -> None:
    provider.know("s1", KNOWN)
    assert "Sign in with AgentConnect" in browser.get("/account/sign-in?lang=en").text
    back = provider.prove(ask(browser), "s1")
    assert back.startswith(f"{SITE}/account/provider/callback?")
    answer = browser.get(back)
    assert (answer.status_code, answer.headers["location"]) == (303, "/needs?lang=en")
    assert browser.get("/account").status_code == 200
    assert ASKED not in browser.cookies
    assert people(engine) == [(EMAIL, "Inès Rivage")]
    with reading(engine) as session:
        kept = session.scalars(select(Identity)).one()
    assert (kept.issuer, kept.subject) == (provider.issuer, "s1")


def test_person_is_known_again_whatever_their_address_has_become(
    open_browser: Browser, engine: Engine, provider: Provider
) -> None:
    provider.know("s2", KNOWN)
    first, second = open_browser(), open_browser()
    first.get(provider.prove(ask(first), "s2"))
    provider.know("s2", {"email": "autre@exemple.example", "email_verified": False})
    answer = second.get(provider.prove(ask(second), "s2"))
    assert answer.status_code == 303
    assert people(engine) == [(EMAIL, "Inès Rivage")]


def test_account_of_the_same_address_is_linked_when_the_provider_has_checked_it(
    browser: TestClient, engine: Engine, provider: Provider, ines: Person
) -> None:
    provider.know("s3", {**KNOWN, "email": EMAIL.upper()})
    assert browser.get(provider.prove(ask(browser), "s3")).status_code == 303
    with reading(engine) as session:
        assert session.scalars(select(Identity.person_id)).one() == ines.id


@pytest.mark.parametrize("claims", [{"email": EMAIL}, {"email": EMAIL, "email_verified": False}])
def test_address_that_was_not_checked_opens_nothing(
    browser: TestClient, engine: Engine, provider: Provider, ines: Person, claims: dict[str, Any]
) -> None:
    subject = f"s4-{len(claims)}"
    provider.know(subject, claims)
    answer = browser.get(provider.prove(ask(browser), subject))
    assert answer.status_code == 400
    assert COOKIE not in browser.cookies
    with reading(engine) as session:
        assert session.scalars(select(Identity)).all() == []


def test_closed_account_stays_closed(
    browser: TestClient, engine: Engine, provider: Provider
) -> None:
    with writing(engine) as session:
        closed = make_person(session, email=EMAIL)
        closed.disabled_at = closed.created_at
    provider.know("s5", KNOWN)
    assert browser.get(provider.prove(ask(browser), "s5")).status_code == 400


def test_answer_to_another_browser_is_refused(
    open_browser: Browser, engine: Engine, provider: Provider
) -> None:
    provider.know("s6", KNOWN)
    mine, theirs = open_browser(), open_browser()
    back = provider.prove(ask(mine), "s6")
    assert theirs.get(back).status_code == 400
    ask(theirs)
    answer = theirs.get(back)
    assert answer.status_code == 400
    assert COOKIE not in theirs.cookies
    assert people(engine) == []


def test_answer_with_another_state_is_refused(browser: TestClient, provider: Provider) -> None:
    back = provider.prove(ask(browser), "s7")
    assert browser.get(changed(back, state="x" * 43)).status_code == 400


def test_token_for_another_question_is_refused(browser: TestClient, provider: Provider) -> None:
    provider.know("s8", KNOWN)
    question = changed(ask(browser), nonce="y" * 43)
    assert browser.get(provider.prove(question, "s8")).status_code == 400


def test_code_for_another_client_is_refused(browser: TestClient, provider: Provider) -> None:
    provider.know("s9", KNOWN)
    question = changed(ask(browser), client_id="somebody-else")
    assert browser.get(provider.prove(question, "s9")).status_code == 400


def test_code_works_once(open_browser: Browser, provider: Provider) -> None:
    provider.know("s10", KNOWN)
    browser = open_browser()
    question = ask(browser)
    kept = browser.cookies[ASKED]
    back = provider.prove(question, "s10")
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 400
    browser.cookies.set(ASKED, kept, domain="passerelle.example")
    assert browser.get(back).status_code == 400


def test_refusal_at_the_provider_is_told_in_one_sentence(
    browser: TestClient, provider: Provider
) -> None:
    state = query_of(ask(browser))["state"]
    url = f"/account/provider/callback?lang=en&error=access_denied&state={state}"
    answer = browser.get(url)
    assert answer.status_code == 400
    assert "The provider did not tell us who you are" in answer.text


def test_without_a_provider_there_is_no_such_page(browser: TestClient) -> None:
    assert browser.get("/account/provider").status_code == 404
    assert browser.get("/account/provider/callback?code=x").status_code == 404
    assert "/account/provider" not in browser.get("/account/sign-in").text


def test_provider_that_does_not_answer_is_told(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_OIDC_ISSUER", "http://127.0.0.1:9")
    get_settings.cache_clear()
    assert browser.get("/account/provider").status_code == 400


KEY = RSAKey.generate_key(2048, {"kid": "k1"})
KEYS = KeySet([KEY])
CLAIMS = {"iss": "https://op.example", "aud": "passerelle", "sub": "s", "nonce": "n" * 43}


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_OIDC_ISSUER", "https://op.example")
    monkeypatch.setenv("PASSERELLE_OIDC_CLIENT_ID", "passerelle")
    get_settings.cache_clear()


def signed(claims: dict[str, Any], key: Any = KEY, alg: str = "RS256") -> str:
    times = {"iat": int(time.time()), "exp": int(time.time()) + 300}
    return jwt.encode({"alg": alg, "kid": "k1"}, {**times, **claims}, key, algorithms=[alg])


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other.example"},
        {"aud": "other"},
        {"aud": ["other"]},
        {"nonce": "m" * 43},
        {"nonce": None},
        {"exp": 1},
        {"azp": "other"},
        {"sub": None},
    ],
)
def test_token_that_is_not_for_us_is_refused(changes: dict[str, Any]) -> None:
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}
    with pytest.raises((JoseError, ProviderError)):
        asking._identity(get_settings(), signed(claims), KEYS, "n" * 43)


@pytest.mark.usefixtures("named")
def test_token_for_us_is_read() -> None:
    found = asking._identity(get_settings(), signed(CLAIMS), KEYS, "n" * 43)
    assert found["sub"] == "s"


@pytest.mark.usefixtures("named")
def test_token_signed_by_another_is_refused() -> None:
    other = RSAKey.generate_key(2048, {"kid": "k1"})
    with pytest.raises(JoseError):
        asking._identity(get_settings(), signed(CLAIMS, other), KEYS, "n" * 43)


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize(("aud", "read"), [("passerelle", True), ("other", False)])
def test_user_information_may_be_a_signed_token(aud: str, read: bool) -> None:
    body = signed({**CLAIMS, "aud": aud, "given_name": "Inès", "usual_name": "Rivage"})
    headers = {"Content-Type": "application/jwt; charset=utf-8"}
    request = httpx.Request("GET", "https://op.example/userinfo")
    response = httpx.Response(200, text=body, headers=headers, request=request)
    if read:
        said = asking._userinfo(get_settings(), response, KEYS)
        assert asking._name(said) == "Inès Rivage"
    else:
        with pytest.raises(JoseError):
            asking._userinfo(get_settings(), response, KEYS)
