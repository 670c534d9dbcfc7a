"""A member of an authority's staff, from a search to a shortlist they can take away."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.test_journeys import asked, press

pytestmark = pytest.mark.browser

TITLE = "Repérer les fuites du réseau d'eau potable"
ROLE = "authority_staff"


def settled(page: Page) -> None:
    """Once the page has been drawn."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


# Waits for what moves on the page to have ended.
STILL = """() => Promise.all(
  document.getAnimations().map(moving => moving.finished.catch(() => null))
).then(() => null)"""


def search_and_save(page: Page) -> None:
    page.goto("/solutions?lang=fr")
    page.get_by_role("searchbox", name="Que cherchez-vous").fill("fuites du réseau d'eau")
    page.keyboard.press("Enter")
    expect(page.locator(".pa-match-head").first).to_be_visible()
    settled(page)
    page.get_by_text("Filtres", exact=True).click()
    # Whatever scrolls closes an open list: the fold opens in half a second, slowly for a machine.
    page.evaluate(STILL)
    page.get_by_role("combobox", name="Thématique").click()
    choice = page.get_by_role("option", name="Eau et milieux aquatiques")
    expect(choice).to_contain_text("(")
    choice.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Retirer Eau et milieux aquatiques")).to_be_visible()
    settled(page)
    page.get_by_text("Enregistrer cette recherche").click()
    name = page.get_by_role("textbox", name="Nom de la recherche")
    expect(name).to_be_visible()
    settled(page)
    name.fill("Les fuites")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Cette recherche est enregistrée.")).to_be_visible()


def describe(page: Page) -> str:
    """A need kept as a draft; its id."""
    page.goto("/new-need?lang=fr")
    page.get_by_role("textbox", name="Titre").press_sequentially(TITLE)
    settled(page)
    press(page, "Continuer")
    page.get_by_role("textbox", name="Critères essentiels").fill("Sans couper l'eau")
    press(page, "Continuer")
    press(page, "Continuer")
    press(page, "Enregistrer le brouillon")
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    return asked(page, "id")[0]


def keep_two(page: Page) -> None:
    for number in (1, 2):
        settled(page)
        page.get_by_role("button", name="Retenir", exact=True).first.click()
        expect(page.get_by_text("Dans la présélection")).to_have_count(number)


def decide(page: Page) -> None:
    settled(page)
    page.get_by_role("link", name="Présélection", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Présélection")).to_be_visible()
    settled(page)
    page.get_by_role("textbox", name="Note sur").first.fill("=à rappeler lundi")
    page.get_by_role("combobox", name="Décision").first.click()
    page.get_by_role("option", name="Retenue").click()
    page.get_by_role("textbox", name="Raison de la décision").first.fill("Répond à tout")
    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(page.locator(".pa-tag-strong", has_text="Retenue")).to_be_visible()


def compare(page: Page) -> None:
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Présélection")).to_be_visible()
    settled(page)
    box = page.get_by_role("combobox", name="Comparer jusqu'à quatre solutions")
    box.click()
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    options.first.click()
    expect(options).to_have_count(1)
    options.first.click()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Les comparer").click()
    expect(page.get_by_role("columnheader")).to_have_count(3)
    expect(page.get_by_role("rowheader", name="Sans couper l'eau")).to_be_visible()


def test_staff_searches_keeps_compares_and_takes_the_shortlist_away(
    staff: Page, site: Site
) -> None:
    page = staff
    search_and_save(page)
    need_id = describe(page)
    keep_two(page)
    decide(page)

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Télécharger en CSV").click()
    text = waiting.value.path().read_text("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(text), delimiter=";")
    row = dict(zip(head, first, strict=True))
    assert (row["Rang"], row["Décision"]) == ("1", "Retenue")
    assert (row["Note"], row["Raison de la décision"]) == ("'=à rappeler lundi", "Répond à tout")
    assert "L311-3-1" in row["Comment elle a été faite"]
    assert row["Collectivité"] == "Ville fictive de Lattes-les-Bains"
    assert dict(zip(head, second, strict=True))["Décision"] == "Non décidée"

    compare(page)

    kept = site.api(f"/needs/{need_id}/shortlist", ROLE).json()["items"]
    assert [row["Solution"], second[head.index("Solution")]] == [one["title"] for one in kept]
    wanted = "SELECT position, note, decision, reason FROM shortlist_entry WHERE need_id = ?"
    stored = sorted(site.rows(wanted, need_id))
    assert stored == [(1, "=à rappeler lundi", "kept", "Répond à tout"), (2, "", None, "")]
    assert site.rows("SELECT name, text, filters FROM saved_search") == [
        ("Les fuites", "fuites du réseau d'eau", '{"theme": ["water"]}')
    ]

    page.goto("/my-searches?lang=fr")
    page.get_by_role("link", name="Ouvrir les résultats").click()
    expect(page.get_by_role("button", name="Retirer Eau et milieux aquatiques")).to_be_visible()
    page.goto("/my-needs?lang=fr")
    expect(page.get_by_role("link", name="Présélection : 2 solutions, 1 retenue")).to_be_visible()
