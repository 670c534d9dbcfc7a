"""From opening an account to signing out, as the service and every open page see it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from backend.accounts.identify import COOKIE
from tests.journeys.conftest import Site

pytestmark = pytest.mark.browser

EMAIL = "noe.courant@journeys.example"
PASSWORD = "quatre mots assez longs"
PLACE = "Commune fictive de Lunassargues"


def link_to(site: Site, email: str) -> str:
    """The path of the one-time link in the last letter to an address."""
    letters = site.rows("SELECT body FROM mail WHERE address = ? ORDER BY id", email)
    found = re.search(r"https?://[^/]+(/account/links/\S+)", letters[-1][0])
    assert found is not None
    return found.group(1)


def own_name(page: Page) -> None:
    """The pages of the application know who is reading."""
    expect(page.get_by_role("navigation", name="Compte")).to_contain_text("Noé Courant")


def test_account_from_sign_up_to_sign_out(page: Page, site: Site) -> None:
    page.goto("/needs?lang=fr")
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_role("link", name="Ouvrir un compte").click()
    page.get_by_label("Votre nom").fill("Noé Courant")
    page.get_by_label("Adresse électronique").fill(EMAIL)
    page.get_by_label("Mot de passe").fill("court")
    page.get_by_label("Je décris des besoins").check()
    page.get_by_label("Nom de l'organisation").fill(PLACE)
    page.get_by_label("Type d'organisation").select_option("commune")
    page.get_by_role("button", name="Ouvrir mon compte").click()

    # What is wrong is told first, and has the focus; what was typed is still there.
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Mot de passe").click()
    expect(page.get_by_label("Mot de passe")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lisez vos courriels")
    assert site.rows("SELECT email_confirmed_at FROM person WHERE email = ?", EMAIL) == [(None,)]

    page.goto(link_to(site, EMAIL))
    expect(page.get_by_text(PLACE)).to_be_visible()
    page.get_by_role("button", name="Confirmer et se connecter").click()
    expect(page.get_by_role("status")).to_have_text(
        "Votre adresse est confirmée et vous êtes connecté."
    )
    belongs = (
        "SELECT o.name, m.role, m.status FROM membership m JOIN person p ON p.id = m.person_id "
        "JOIN organisation o ON o.id = m.organisation_id WHERE p.email = ?"
    )
    assert site.rows(belongs, EMAIL) == [(PLACE, "authority_staff", "active")]
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("status")).to_have_text("Vous êtes déconnecté.")

    sign_in(page)
    own_name(page)
    page.reload()
    own_name(page)
    other = page.context.new_page()
    other.goto("/solutions?lang=fr")
    own_name(other)
    sign_out_here_ends_it_everywhere(page, other, site)


def sign_in(page: Page) -> None:
    """By password, back to where one was; the cookie is out of reach of scripts."""
    page.goto("/needs?lang=fr")
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_label("Adresse électronique").first.fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page).to_have_url(re.compile("/needs"))
    kept = next(one for one in page.context.cookies() if one["name"] == COOKIE)
    assert (kept["secure"], kept["httpOnly"], kept["sameSite"]) == (True, True, "Lax")
    assert COOKIE not in page.evaluate("document.cookie")


def sign_out_here_ends_it_everywhere(page: Page, other: Page, site: Site) -> None:
    """The session ends on the server: the other tab says so at its next action."""
    page.get_by_role("link", name="Noé Courant").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("status")).to_have_text("Vous êtes déconnecté.")
    open_sessions = (
        "SELECT count(*) FROM sign_in_session s JOIN person p ON p.id = s.person_id "
        "WHERE p.email = ? AND s.revoked_at IS NULL"
    )
    assert site.rows(open_sessions, EMAIL) == [(0,)]
    own_name(other)
    other.get_by_role("link", name="Besoins").first.click()
    expect(other.get_by_text("Vous avez été déconnecté")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_own_pages_fit_a_narrow_screen_in_either_language(leader: Page, lang: str) -> None:
    leader.set_viewport_size({"width": 320, "height": 800})
    for path in ("/account", "/account/security", "/account/sent", "/account/nothing"):
        leader.goto(f"{path}?lang={lang}")
        assert leader.evaluate("document.documentElement.lang") == lang
        assert leader.evaluate("document.documentElement.scrollWidth") <= 320
        assert leader.locator("h1").count() == 1
        assert violations(leader) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_pages_to_come_in_have_nothing_that_axe_finds(page: Page, lang: str) -> None:
    for path in ("sign-in", "sign-up", "forgotten", "links/enter/used", "links/confirm/used"):
        page.goto(f"/account/{path}?lang={lang}")
        assert violations(page) == []
    page.goto(f"/account/sign-up?lang={lang}")
    page.locator("form.narrow button").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page, of whatever weight."""
    return [found["id"] for found in Axe().run(page).response["violations"]]
