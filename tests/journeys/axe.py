"""Reads a page as axe does, and sets aside what Streamlit itself causes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

GRAVE = ("serious", "critical")
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    }
}
# What Streamlit draws and no page of ours can change: rule -> part of the selector of the element
# it is about. Each line says why it is there and what was done about it.
STREAMLIT: dict[str, tuple[str, ...]] = {}


def settle(page: Page) -> None:
    """Wait until the page is drawn whole; the pages of the account come whole."""
    if page.locator("script[src*='static/js']").count() == 0:
        return
    expect(page.locator("footer.pa-footer")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-testid=stSpinner]")).to_have_count(0)


def findings(page: Page) -> list[str]:
    """Serious and critical findings, a line each: rule, impact, element."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{violation['id']} ({violation['impact']}): {target(node)} {node['html'][:160]}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
        if not _of_streamlit(violation["id"], node)
    ]


def target(node: dict[str, Any]) -> str:
    """The selector of an element that axe found."""
    return " ".join(str(part) for part in node["target"])


def _of_streamlit(rule: str, node: dict[str, Any]) -> bool:
    return any(part in f"{target(node)} {node['html']}" for part in STREAMLIT.get(rule, ()))
