"""From a candidate to a deal, by two people in two browsers, and what is kept of it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, bearer

pytestmark = pytest.mark.browser

NEED = {
    "title": "Prévenir les habitants du quai avant que le Lez ne déborde",
    "context": "Le Lez déborde deux fois par an et les riverains sont prévenus trop tard.",
    "essential_criteria": ["Alerte par SMS"],
    "themes": ["water"],
    "perimeters": ["departement:34"],
    "lang": "fr",
    "status": "published",
    "anonymous": True,
}
SOLUTION = {
    "title": "Sentinelle du Lez : prévenir les habitants du quai par SMS",
    "summary": "Des capteurs préviennent les habitants du quai avant que le Lez ne déborde.",
    "themes": ["water"],
    "perimeters": ["departement:34"],
    "lang": "fr",
    "status": "published",
    "contact_name": "Ada Leroy",
    "contact_email": "ada@sentinelle.example",
}


def organisation(site: Site, words: str) -> str:
    """The id of the organisation of one of those who are signed in."""
    return str(site.api(f"/organisations?q={words}").json()["items"][0]["id"])


def drawn(page: Page) -> None:
    """The page is drawn: what is pressed before belongs to the former one."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def press(page: Page, name: str) -> None:
    drawn(page)
    page.get_by_role("button", name=name, exact=True).click()


def status(page: Page, word: str) -> None:
    expect(page.locator(".pa-marks .pa-status").first).to_have_text(word)


def say_deal(page: Page) -> None:
    """Say that a deal was made, and its amount."""
    drawn(page)
    page.get_by_text("Un marché est conclu", exact=True).click()
    page.get_by_role("combobox", name=re.compile("Montant du marché")).click()
    page.get_by_role("option", name="De 10 000 à 40 000 €").click()
    press(page, "Enregistrer")
    expect(page.get_by_text("Merci, c'est enregistré.")).to_be_visible()


def test_two_people_go_from_a_candidate_to_a_deal(staff: Page, leader: Page, site: Site) -> None:
    city, company = organisation(site, "Lattes"), organisation(site, "Coopérative fictive du Lez")
    need = site.register("needs", **NEED, organisation_id=city)
    solution = site.register("solutions", **SOLUTION, organisation_id=company)

    staff.goto(f"/need?id={need}&lang=fr")
    card = staff.locator(f"[class*='st-key-pa-match-'][class*='-{solution}']")
    drawn(staff)
    card.get_by_role("button", name="Demander une mise en relation").dblclick()
    card.get_by_role("link", name="Ouvrir la mise en relation").click()
    status(staff, "Contactée")
    introduction = parse_qs(urlsplit(staff.url).query)["id"][0]

    leader.goto("/introductions?lang=fr")
    received = leader.locator(f".st-key-pa-card-introduction-{introduction}")
    expect(received.get_by_text("Votre réponse est attendue")).to_be_visible()
    assert "Lattes" not in received.inner_text()
    received.get_by_role("link", name=str(NEED["title"])).click()
    status(leader, "Vue")
    leader.get_by_role("textbox", name="Votre message").fill("Nous pouvons venir jeudi.")
    press(leader, "Envoyer")
    expect(leader.get_by_text("Votre message est envoyé.")).to_be_visible()
    press(leader, "J'accepte de montrer ces coordonnées")
    status(leader, "Intéressée")
    assert "authority_staff@journeys.example" not in leader.content()

    staff.reload()
    expect(staff.get_by_text("Nous pouvons venir jeudi.")).to_be_visible()
    assert "ada@sentinelle.example" not in staff.content()
    press(staff, "J'accepte de montrer ces coordonnées")
    status(staff, "En cours")
    expect(staff.get_by_role("link", name="ada@sentinelle.example")).to_be_visible()
    press(staff, "Nous nous sommes rencontrés")
    status(staff, "Rencontrée")
    say_deal(staff)

    leader.reload()
    expect(leader.get_by_role("link", name="authority_staff@journeys.example")).to_be_visible()
    expect(leader.get_by_text("Ville fictive de Lattes-les-Bains").first).to_be_visible()
    say_deal(leader)
    status(leader, "Marché conclu")
    expect(leader.locator(".pa-confirmed")).to_be_visible()

    said = "status, authority_outcome, leader_outcome, authority_amount_band, leader_amount_band"
    row = site.rows(f"SELECT {said} FROM introduction WHERE id = ?", introduction)
    assert row == [("deal", "deal", "deal", "10k_40k", "10k_40k")]
    told = "SELECT count(*) FROM mail WHERE key LIKE ?"
    assert site.rows(told, f"introduction:{introduction}:new:%") == [(1,)]
    kept = site.api(f"/introductions/{introduction}").json()
    assert [event["to_status"] for event in kept["events"]] == [
        *("contacted", "seen", "interested", "in_progress", "met", "deal")
    ]
    assert (kept["messages"][0]["text"], kept["moves"]) == (None, [])
    listed = httpx.get(
        f"{site.address}/api/v1/introductions?need_id={need}", headers=bearer("authority_staff")
    ).json()
    assert (listed["total"], listed["counts"]) == (1, {"deal": 1})
    trace = site.api(f"/activity?object_id={introduction}").json()["items"]
    assert {line["action"] for line in trace} == {"start", "move", "consent", "message", "outcome"}
