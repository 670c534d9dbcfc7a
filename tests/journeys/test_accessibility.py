"""Every page, in both languages, with data and without: axe, a narrow screen, the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import findings, settle
from tests.journeys.conftest import Site, bearer, visit
from ui.links import PAGES

pytestmark = pytest.mark.browser

# Who reads a page, by the folder of its view: a new page is read without a line here.
READERS = {
    "public": None,
    "leader": "project_leader",
    "authority": "authority_staff",
    "organiser": "event_organiser",
    "operator": "operator",
}
ACCOUNT = {
    None: ("/account/sign-in", "/account/sign-up", "/account/forgotten"),
    "project_leader": ("/account", "/account/security"),
}
# Lists that hold nothing, forms that were left half-way, records that are not there.
EMPTY = (
    "/solutions?q=crue",
    "/needs?theme=culture&beneficiary=agents&price_band=under_10k&language=en",
    "/solution?id=none",
    "/need",
)
NARROW = 320
REDRAWS = 120


@pytest.fixture(scope="module")
def filled(site: Site) -> dict[str, str]:
    """A solution of the leader's, a need of the staff's, an introduction: queries by page."""
    ids = {}
    for kind, role in (("solutions", "project_leader"), ("needs", "authority_staff")):
        held = site.api("/me", role).json()["belongings"][0]["organisation_id"]
        words = {"title": "Prévenir avant que le ruisseau ne déborde", "description": "Alerte SMS."}
        ids[kind[:-1]] = site.register(kind, organisation_id=held, status="published", **words)
    need, solution = ids["need"], ids["solution"]
    asked = httpx.post(
        f"{site.address}/api/v1/needs/{need}/introductions",
        json={"solution_id": solution},
        headers=bearer("authority_staff"),
        timeout=30,
    )
    other = site.api("/solutions?limit=1&sort=title").json()["items"][0]["id"]
    return {
        "solution": f"?id={solution}",
        "need": f"?id={need}",
        "shortlist": f"?id={need}",
        "compare": f"?id={need}&solution={solution}&solution={other}",
        "introduction": f"?id={asked.json()['id']}",
        "case": f"?kind=solutions&id={solution}",
    }


def addresses(role: str | None, queries: dict[str, str]) -> list[str]:
    """The pages that the reader of a role is checked on."""
    ours = [
        f"/{path}{queries.get(name, '')}"
        for name, (file, path) in PAGES.items()
        if READERS[Path(file).parent.name] == role and name != "start"
    ]
    signed_in = [f"/{name}{queries[name]}" for name in ("solution", "need")]
    public = [*signed_in, "/alerts"] if role else [*EMPTY]
    return [*ours, *public, *ACCOUNT.get(role, ())]


def in_language(address: str, lang: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={lang}"


@pytest.fixture
def reader(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from visit(browser, site, request.param)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("reader", "role"),
    [(role, role) for role in (None, "project_leader", "authority_staff", "operator")],
    indirect=["reader"],
)
def test_pages_have_no_grave_finding_and_fit_a_narrow_screen(
    reader: Page, role: str | None, lang: str, filled: dict[str, str]
) -> None:
    wrong = {}
    for address in addresses(role, filled):
        reader.set_viewport_size({"width": 1280, "height": 900})
        reader.goto(in_language(address, lang))
        settle(reader)
        found = findings(reader)
        reader.set_viewport_size({"width": NARROW, "height": 800})
        found += [f"wider than {NARROW} px: {name}" for name in too_wide(reader)]
        print(f"{role or 'anyone':16} {lang} {address:60} {len(found)}")
        if found:
            wrong[address] = found
    assert wrong == {}


@pytest.mark.parametrize("reader", ["event_organiser"], indirect=True)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_pages_without_anything_in_them_have_no_grave_finding(reader: Page, lang: str) -> None:
    wrong = {}
    for name, (file, path) in PAGES.items():
        if Path(file).parent.name in ("public", "operator") or name.startswith("new_"):
            continue
        reader.goto(f"/{path}?lang={lang}")
        settle(reader)
        found = findings(reader)
        print(f"nothing in it    {lang} /{path:59} {len(found)}")
        if found:
            wrong[path] = found
    assert wrong == {}


WIDE = """
width => [...document.querySelectorAll('main *, header *, form *')]
  .filter(e => e.getBoundingClientRect().right > width + 1 && e.getBoundingClientRect().width > 0)
  .filter(e => !e.closest('.pa-vh, .pa-skip, [data-testid=stDataFrame], .pa-scroll'))
  .map(e => e.outerHTML.slice(0, 160)).slice(0, 3)
"""


def too_wide(page: Page) -> list[str]:
    """Elements that reach beyond the right edge of the window, once it has settled.

    Plots are drawn again some frames after the window has become narrow.
    """
    found: list[str] = []
    for _ in range(REDRAWS):
        found = page.evaluate(WIDE, NARROW)
        if not found:
            break
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => done()))")
    return found


FOCUS = """
() => { const e = document.activeElement, s = getComputedStyle(e);
  const boxes = [e, e.parentElement, e.closest('[data-testid]')].filter(Boolean);
  return boxes.some(b => { const c = getComputedStyle(b);
    return (c.outlineStyle !== 'none' && parseFloat(c.outlineWidth) >= 2)
      || c.boxShadow !== 'none' }) }
"""


def tab_to(page: Page, wanted: Callable[[], bool], most: int = 60) -> None:
    """Press Tab until the element wanted has the focus; each stop on the way must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML")
        if wanted():
            return
    pytest.fail("the keyboard does not get there")


def focused(page: Page, part: str) -> bool:
    said: str = page.evaluate(
        "(document.activeElement.getAttribute('aria-label') || '') + ' ' "
        "+ document.activeElement.innerText"
    )
    return part in said


def test_leader_offers_a_solution_with_the_keyboard_alone(leader: Page, site: Site) -> None:
    page = leader
    page.goto("/my-solutions?lang=en")
    settle(page)
    page.keyboard.press("Tab")
    assert focused(page, "Go to the content")
    tab_to(page, lambda: focused(page, "Offer a solution"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Offer a solution")).to_be_visible()
    settle(page)
    title = page.get_by_role("textbox", name="Title")
    tab_to(page, lambda: focused(page, "Title"))
    page.keyboard.type("Sensors that listen to water pipes")
    page.keyboard.press("Tab")
    page.keyboard.type("They find leaks without digging.")
    tab_to(page, lambda: focused(page, "Continue"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="For whom and where")).to_be_visible()
    expect(title).to_have_count(0)

    mine = site.api("/solutions?mine=true&q=listen to water", "project_leader").json()["items"]
    assert [(s["status"], s["summary"]) for s in mine] == [
        ("draft", "They find leaks without digging.")
    ]
