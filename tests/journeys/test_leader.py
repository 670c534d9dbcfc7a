"""A project leader: from nobody to a submitted solution, and two who write the same one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import settle
from tests.journeys.conftest import Site, visit
from tests.journeys.test_journeys import press

pytestmark = pytest.mark.browser

TITLE = "Des vélos cargos que les agents empruntent sans clé"


@contextmanager
def open_browser(browser: Browser, site: Site, role: str) -> Iterator[Page]:
    """A browser of its own of the person of a role, closed at the end."""
    pages = visit(browser, site, role)
    yield next(pages)
    assert next(pages, None) is None


def record_id(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["id"][0]


def fill(page: Page, name: str, text: str) -> None:
    page.get_by_role("textbox", name=name, exact=True).fill(text)


def test_newcomer_registers_and_submits_after_closing_the_browser(
    browser: Browser, site: Site
) -> None:
    with open_browser(browser, site, "newcomer") as page:
        page.goto("/new-solution?lang=fr")
        page.get_by_role("textbox", name="Titre").press_sequentially(TITLE)
        fill(page, "Résumé", "Un agent réserve un vélo cargo avec son badge.")
        fill(page, "Nom", "Les Bennes à pédales")
        fill(page, "Numéro SIREN (neuf chiffres)", "243400017")
        page.get_by_role("combobox", name="Type d'organisme").click()
        page.get_by_role("option", name="Jeune entreprise innovante").click()
        press(page, "Continuer")
        expect(page.locator(".pa-saved")).to_contain_text("Enregistré à")

    me = site.api("/me", "newcomer").json()
    assert [(b["organisation_name"], b["role"], b["status"]) for b in me["belongings"]] == [
        ("Les Bennes à pédales", "project_leader", "active")
    ]
    [kept] = site.api("/solutions?mine=true", "newcomer").json()["items"]
    assert (kept["title"], kept["status"]) == (TITLE, "draft")
    assert kept["summary"] == "Un agent réserve un vélo cargo avec son badge."

    with open_browser(browser, site, "newcomer") as page:
        page.goto("/start?lang=fr")
        expect(page.get_by_role("heading", level=1, name="Mes solutions")).to_be_visible()
        page.get_by_role("link", name="Modifier").click()
        expect(page.get_by_role("textbox", name="Titre")).to_have_value(TITLE)
        for heading in ("Pour qui et où", "Conditions et références", "Relire et publier"):
            press(page, "Continuer")
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
        expect(page.locator(".pa-review")).to_contain_text("Les Bennes à pédales")
        press(page, "Déposer pour publication")
        expect(page.locator(".st-key-pa-draft")).to_contain_text("Déposé")
        assert record_id(page) == kept["id"]

    submitted = site.api(f"/solutions/{kept['id']}").json()
    assert submitted["status"] == "submitted"
    assert submitted["organisation"]["name"] == "Les Bennes à pédales"
    assert site.api("/organisations?q=243400017").json()["total"] == 1


def test_two_people_who_write_the_same_draft_lose_nothing(browser: Browser, site: Site) -> None:
    words = {"title": "Composter en pied d'immeuble", "summary": "Avant"}
    held = site.api("/me", "project_leader").json()["belongings"][0]["organisation_id"]
    draft = site.register("solutions", organisation_id=held, status="draft", **words)
    address = f"/new-solution?lang=en&id={draft}"
    with (
        open_browser(browser, site, "project_leader") as first,
        open_browser(browser, site, "project_leader") as second,
    ):
        for page in (first, second):
            page.goto(address)
            expect(page.get_by_role("textbox", name="Summary")).to_have_value("Avant")
        fill(first, "Summary", "What the first wrote.")
        press(first, "Continue")
        expect(first.locator(".pa-saved")).to_contain_text("Saved at")
        fill(second, "Summary", "What the second wrote.")
        fill(second, "Description", "Only the second wrote this.")
        press(second, "Continue")

        panel = second.locator(".st-key-pa-conflict")
        expect(panel).to_contain_text("Somebody else has changed this record")
        expect(panel).to_contain_text("What the first wrote.")
        expect(panel).to_contain_text("What the second wrote.")
        assert site.api(f"/solutions/{draft}").json()["summary"] == "What the first wrote."
        panel.get_by_role("button", name="Keep mine: Summary").click()
        expect(panel).to_have_count(0)
        settle(second)
        press(second, "Continue")
        expect(second.locator(".pa-saved")).to_contain_text("Saved at")

    kept = site.api(f"/solutions/{draft}").json()
    assert kept["summary"] == "What the second wrote."
    assert kept["description"] == "Only the second wrote this."


def test_double_click_makes_one_record(leader: Page, site: Site) -> None:
    page = leader
    page.goto("/new-solution?lang=en")
    page.get_by_role("textbox", name="Title").press_sequentially("Clicked twice in a hurry")
    for heading in ("For whom and where", "Terms and proof", "Check and publish"):
        press(page, "Continue")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Save as a draft").dblclick()
    expect(page.locator(".st-key-pa-draft")).to_be_visible()

    assert site.api("/solutions?mine=true&q=clicked twice", "project_leader").json()["total"] == 1
