"""The account's pages, and a browser that opens them."""

import re
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from backend.accounts.pages.application import create_pages
from backend.accounts.passwords import hash_password
from backend.database import reading, writing
from backend.models import Mail, Person
from backend.settings import get_settings
from tests.factories import make_person

SITE = "https://passerelle.example"
PASSWORD = "quatre mots assez longs"
Browser = Callable[[], TestClient]


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The site has a public address; a test may set more, before it asks for settings."""
    monkeypatch.setenv("PASSERELLE_PUBLIC_URL", SITE)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture
def open_browser(engine: Engine) -> Iterator[Browser]:
    """Makes browsers: each keeps its own cookies, and says where its forms come from."""
    app = create_pages(engine)
    opened: list[TestClient] = []

    def open_browser() -> TestClient:
        headers = {"Origin": SITE, "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
        browser = TestClient(app, base_url=SITE, headers=headers, follow_redirects=False)
        opened.append(browser)
        return browser

    yield open_browser
    for browser in opened:
        browser.close()


@pytest.fixture
def browser(open_browser: Browser) -> TestClient:
    """One browser, of nobody yet."""
    return open_browser()


@pytest.fixture
def ines(engine: Engine) -> Person:
    """Somebody with a password."""
    with writing(engine) as session:
        return make_person(
            session,
            name="Inès Rivage",
            email="ines@exemple.example",
            password_hash=hash_password(PASSWORD),
        )


def enter(browser: TestClient, email: str = "ines@exemple.example") -> None:
    """Sign in with the password of these tests."""
    answer = browser.post("/account/sign-in?lang=en", data={"email": email, "password": PASSWORD})
    assert answer.status_code == 303, answer.text


def letters(engine: Engine, address: str) -> list[Mail]:
    """The letters to an address, the oldest first."""
    with reading(engine) as session:
        wanted = select(Mail).where(Mail.address == address).order_by(Mail.id)
        return list(session.scalars(wanted))


def link_in(letter: Mail) -> str:
    """The path of the one-time link in a letter."""
    found = re.search(rf"{SITE}(/account/links/\S+)", letter.body)
    assert found is not None, letter.body
    return found.group(1)
