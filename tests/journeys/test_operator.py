"""A solution is submitted, sent back with a remark, mended, and published."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.test_journeys import press

pytestmark = pytest.mark.browser

TITLE = "Compteurs qui préviennent des fuites chez les habitants"
LEADER = "project_leader"
ASKED = "Dites en combien de semaines la solution est en place."


def own(site: Site) -> dict[str, object]:
    """The solution as its project leader reads it."""
    (record,) = site.api(f"/solutions?mine=true&q={TITLE}", LEADER).json()["items"]
    return dict(record)


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_operator_asks_for_changes_and_publishes_what_was_mended(
    operator: Page, leader: Page, site: Site
) -> None:
    registered = site.register(
        "solutions", LEADER, title=TITLE, summary="Un boîtier prévient.", status="submitted"
    )

    operator.goto("/desk?lang=fr")
    operator.get_by_role("link", name="Relire les solutions").click()
    expect(operator.get_by_role("heading", level=1, name="Modération")).to_be_visible()
    operator.get_by_role("link", name=TITLE).click()
    expect(operator.get_by_role("heading", name=TITLE)).to_be_visible()
    operator.get_by_text("Demander des modifications").click()
    operator.get_by_role("textbox", name="Remarque aux auteurs").fill(ASKED)
    press(operator, "Envoyer la décision")
    expect(operator.get_by_text("modifications demandées")).to_be_visible()
    assert own(site)["status"] == "edits_requested"

    leader.goto(f"/solution?id={registered}&lang=fr")
    expect(leader.get_by_text(ASKED)).to_be_visible()
    leader.get_by_role("link", name="Modifier", exact=True).click()
    expect(leader.get_by_role("heading", level=1, name="Proposer une solution")).to_be_visible()
    expect(leader.get_by_text(ASKED)).to_be_visible()
    settled(leader)
    leader.get_by_role("textbox", name="Description").fill("En place en six semaines.")
    for _ in range(3):
        press(leader, "Continuer")
    press(leader, "Déposer pour publication")
    expect(leader.get_by_text("Déposé : la fiche sera relue")).to_be_visible()
    mended = own(site)
    assert (mended["status"], mended["description"]) == ("submitted", "En place en six semaines.")

    operator.goto(f"/moderation-case?kind=solutions&id={registered}&lang=fr")
    expect(operator.get_by_text(ASKED)).to_be_visible()
    press(operator, "Envoyer la décision")
    expect(operator.get_by_role("heading", level=1, name="Modération")).to_be_visible()
    expect(operator.get_by_role("status").get_by_text(f"« {TITLE} » : publiée.")).to_be_visible()

    listed = site.api(f"/solutions?q={TITLE}").json()["items"]
    assert [item["id"] for item in listed] == [registered]
    lines = site.api(f"/activity?object_id={registered}").json()["items"]
    decided = [line for line in lines if line["action"] in {"publish", "request_edits"}]
    told = [(line["action"], line["detail"]["changed"]["status"]) for line in decided]
    assert told == [
        ("publish", ["submitted", "published"]),
        ("request_edits", ["submitted", "edits_requested"]),
    ]
    operator.goto("/activity?lang=fr")
    expect(operator.get_by_text(TITLE).first).to_be_visible()
    expect(operator.locator(".pa-log ins", has_text="Publié").first).to_be_visible()
