"""From the home page to a published need, and what must hold on the way."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

pytestmark = pytest.mark.browser

TITLE = "Prévenir les habitants du hameau avant que la rivière ne déborde"
HOSTILE = "![x](http://evil.example/x.png) <script>document.title='owned'</script> :red[a]"
PAGES = ("/", "/needs", "/solutions", "/new-need", "/new-solution", "/solutions?q=crue")


def press(page: Page, name: str) -> None:
    """Click a button of a form once the page is drawn: until then the last step's is there too."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    button = page.get_by_role("button", name=name)
    expect(button).to_have_count(1)
    button.click()


def main_heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def asked(page: Page, name: str) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get(name, [])


def cards(page: Page) -> int:
    return page.locator("[class*='st-key-pa-match-pairing-']").count()


def test_visitor_opens_a_need_and_sets_a_filter_aside(page: Page, site: Site) -> None:
    page.goto("/")
    page.locator(".st-key-pa-header").get_by_role("link", name="Besoins").click()
    expect(page.get_by_role("heading", level=1, name="Besoins")).to_be_visible()
    wanted = "Être prévenus avant que le ruisseau n'entre dans les maisons"
    page.get_by_role("searchbox", name="Que savez-vous faire").fill("prévenus ruisseau maisons")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=wanted).click()

    expect(page.get_by_role("heading", level=1, name=wanted)).to_be_visible()
    expect(page.locator(".pa-rank").first).to_have_text("Rang 1")
    need_id = asked(page, "id")[0]
    before = site.api(f"/needs/{need_id}/matches").json()
    hidden = {item["filter"]: item["gain"] for item in before["hidden"]}
    assert hidden["perimeter"] > 0

    page.locator(".st-key-pa-hid-perimeter").get_by_role("button").click()
    expect(page.get_by_role("button", name="Le rétablir")).to_be_visible()
    assert asked(page, "relax") == ["perimeter"]
    page.reload()
    expect(page.get_by_role("button", name="Le rétablir")).to_be_visible()
    page.get_by_role("button", name="Le rétablir").click()
    expect(page.locator(".st-key-pa-hid-perimeter")).to_be_visible()
    assert asked(page, "relax") == []


def test_agent_describes_a_need_and_sees_matches_while_writing(operator: Page, site: Site) -> None:
    page = operator
    page.goto("/?lang=fr")
    page.locator(".st-key-pa-go-need").get_by_role("link").click()
    page.get_by_role("textbox", name="Titre").press_sequentially(TITLE)
    expect(page.locator(".pa-live-item").first).to_be_visible()
    page.get_by_role("textbox", name="Contexte").fill("La rivière déborde deux fois par an.")
    press(page, "Continuer")
    page.get_by_role("textbox", name="Résultat attendu").fill("Une heure d'avance.")
    page.get_by_role("textbox", name="Critères essentiels").fill("Alerte par SMS\nSans abonnement")
    press(page, "Continuer")
    page.get_by_role("textbox", name="Périmètre d'intervention").press_sequentially("Montpell")
    page.get_by_role("button", name="Montpellier (34)", exact=True).click()
    expect(page.get_by_role("button", name="Retirer Montpellier (34)")).to_be_visible()
    page.get_by_role("textbox", name="Nom", exact=True).fill("Ville fictive d'Essai")
    press(page, "Continuer")
    review = page.locator(".pa-review")
    expect(review).to_contain_text("Sans abonnement")
    expect(review).to_contain_text("Ville fictive d'Essai")
    press(page, "Publier")

    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(page.locator(".pa-rank").first).to_be_visible()
    kept = site.api(f"/needs/{asked(page, 'id')[0]}").json()
    assert kept["title"] == TITLE
    assert kept["context"] == "La rivière déborde deux fois par an."
    assert kept["essential_criteria"] == ["Alerte par SMS", "Sans abonnement"]
    assert kept["perimeters"] == ["commune:34172"]
    assert kept["organisation"]["name"] == "Ville fictive d'Essai"
    assert kept["status"] == "published"


def test_project_leader_offers_a_solution(leader: Page, site: Site) -> None:
    page = leader
    page.goto("/new-solution?lang=en")
    page.get_by_role("textbox", name="Title").press_sequentially("Radar gauges for small rivers")
    page.get_by_role("textbox", name="Summary").fill("They warn residents before a flood.")
    for heading in ("For whom and where", "Terms and proof", "Check and publish"):
        press(page, "Continue")
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.locator(".pa-review")).to_contain_text("Radar gauges")
    press(page, "Save as a draft")

    expect(page.locator(".st-key-pa-draft")).to_be_visible()
    record = asked(page, "id")[0]
    assert site.api(f"/solutions/{record}").json()["status"] == "draft"
    press(page, "Submit for publication")
    expect(page.locator(".st-key-pa-draft")).to_contain_text("Submitted")
    kept = site.api(f"/solutions/{record}").json()
    assert (kept["status"], kept["organisation"]["name"]) == (
        "submitted",
        "Coopérative fictive du Lez",
    )


def test_language_switch_changes_the_document_and_keeps_the_record(page: Page, site: Site) -> None:
    need_id = site.api("/needs?limit=1").json()["items"][0]["id"]
    page.goto(f"/need?id={need_id}&lang=fr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    title = main_heading(page)
    page.locator(".pa-lang").get_by_role("link", name="EN").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Solutions that may meet this need")).to_be_visible()
    assert main_heading(page) == title
    assert asked(page, "id") == [need_id]
    page.locator(".st-key-pa-header").get_by_role("link", name="Solutions").click()
    expect(page.get_by_role("heading", level=1, name="Solutions")).to_be_visible()
    assert asked(page, "lang") == ["en"]


def test_text_being_written_outlives_a_change_of_language(page: Page) -> None:
    page.goto("/new-need?lang=fr")
    page.get_by_role("textbox", name="Titre").press_sequentially(TITLE)
    expect(page.locator(".pa-live-item").first).to_be_visible()
    page.get_by_role("textbox", name="Contexte").fill("Deux crues par an.")
    press(page, "Continuer")
    expect(page.get_by_role("textbox", name="Résultat attendu")).to_be_visible()
    page.locator(".pa-lang").get_by_role("link", name="EN").click()
    press(page, "Back")

    expect(page.get_by_role("textbox", name="Title")).to_have_value(TITLE)
    expect(page.get_by_role("textbox", name="Context")).to_have_value("Deux crues par an.")


def test_hostile_text_is_shown_as_it_was_typed(page: Page, site: Site) -> None:
    fields = {"title": HOSTILE, "description": HOSTILE, "status": "published", "lang": "fr"}
    need_id = site.register("needs", context=HOSTILE, essential_criteria=[HOSTILE], **fields)
    site.register("solutions", summary=HOSTILE, **fields)
    page.goto(f"/need?id={need_id}")

    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    expect(page.get_by_role("link", name=HOSTILE).first).to_be_visible()
    assert page.locator("main img").count() == 0
    page.goto("/needs")
    expect(page.get_by_role("link", name=HOSTILE).first).to_be_visible()
    assert "owned" not in page.title()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_fits_a_narrow_screen(page: Page, path: str, lang: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    expect(page.locator("footer.pa-footer")).to_be_visible()
    expect(page.locator("[data-testid=stSpinner]")).to_have_count(0)
    widest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('main *')]"
        ".filter(e => !e.closest('.pa-vh')).map(e => e.getBoundingClientRect().right))"
    )

    assert widest <= 321
    assert re.match("fr|en", str(page.locator("html").get_attribute("lang")))
