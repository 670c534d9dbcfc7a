"""Choosing one's letters, stopping them from a letter, and what operators see of the outbox."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import findings, settle
from tests.journeys.conftest import Site
from tests.journeys.site import secret

pytestmark = pytest.mark.browser

LINK = f"/account/unsubscribe/letter-{secret('authority_staff')}"


def chosen(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = site.api("/me/alerts", "authority_staff").json()
    return found


def pick(page: Page, label: str, option: str) -> None:
    """Choose in a list by keyboard: a list that the mouse opens closes when the page scrolls."""
    box = page.get_by_role("combobox", name=label)
    settle(page)
    box.press_sequentially(option)
    box.press("Enter")
    expect(box).to_have_value(option)


def test_person_chooses_their_letters_then_stops_some_from_a_letter(
    staff: Page, page: Page, site: Site
) -> None:
    staff.goto("/alerts?lang=fr")
    expect(staff.get_by_role("heading", level=1, name="Alertes")).to_be_visible()
    pick(staff, "Nouveaux rapprochements pour vos fiches", "Une fois par semaine")
    pick(staff, "Me signaler les rapprochements au moins", "Très proche")
    staff.get_by_role("button", name="Enregistrer mes choix").click()
    expect(staff.get_by_text("Vos choix sont enregistrés.")).to_be_visible()
    assert chosen(site)["frequencies"]["match"] == "weekly"
    assert chosen(site)["least_band"] == "strong"
    assert findings(staff) == []

    # Somebody who is not signed in has the letter only.
    page.goto(f"{LINK}?lang=fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Arrêter ces courriels ?")
    assert chosen(site)["frequencies"]["match"] == "weekly"
    assert findings(page) == []
    page.get_by_role("button", name="Arrêter ces courriels").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ces courriels sont arrêtés")
    kinds = chosen(site)["frequencies"]
    assert [kind for kind in kinds if kinds[kind] == "never"] == ["match", "search"]

    staff.reload()
    box = staff.get_by_role("combobox", name="Nouveaux rapprochements pour vos fiches")
    expect(box).to_have_value("Jamais")


def test_operator_reads_the_outbox(operator: Page, site: Site) -> None:
    operator.goto("/letters?lang=en")
    expect(operator.get_by_role("heading", level=1, name="Letters")).to_be_visible()
    expect(operator.get_by_text("no mail server is set")).to_be_visible()
    assert site.api("/mail").json()["sending"] is False
