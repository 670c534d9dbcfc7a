"""Each page in both languages: full, empty and failing."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.ui.conftest import OpenPage, shown
from tests.ui.introductions import introduction, item, message
from tests.ui.stub import Stub, need, solution

pytestmark = pytest.mark.usefixtures("stub")

PAGES = [
    "/",
    "/solutions",
    "/needs",
    "/solution?id=s1",
    "/need?id=n1",
    "/new-need",
    "/new-solution",
    "/solutions?q=crue",
    "/my-solutions",
    "/answered-needs",
    "/my-needs",
    "/introductions",
    "/introduction?id=i1",
    "/alerts",
    "/letters",
    "/accessibility",
]
HOSTILE = "![x](http://evil.example/x.png) <script>alert(1)</script>"
ENGLISH = re.compile(r"\b(the|and|need|needs|with|your|of)\b")


def fill(stub: Stub, count: int = 3) -> None:
    stub.solutions = [solution(n) for n in range(1, count + 1)]
    stub.needs = [need(n) for n in range(1, count + 1)]
    listed = [item(n) for n in range(1, count + 1)]
    stub.given = {
        "GET /introductions": {"items": listed, "counts": {"contacted": count}, "total": count},
        "POST /introductions/i1/read": introduction(),
    }


def address(page: str, lang: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}lang={lang}"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_page_has_one_main_heading_and_no_skipped_level(
    stub: Stub, open_page: OpenPage, page: str, lang: str
) -> None:
    fill(stub)
    levels = [int(n) for n in re.findall(r"<h([1-6])", shown(open_page(address(page, lang))))]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("page", PAGES)
def test_french_page_shows_no_english_word_of_ours(
    stub: Stub, open_page: OpenPage, page: str
) -> None:
    fill(stub)
    app = open_page(address(page, "fr"))
    text = re.sub(r"<[^>]+>", " ", shown(app))
    labels = " ".join(str(getattr(element, "label", "")) for element in app.main)

    assert ENGLISH.findall(f"{text} {labels}") == []


@pytest.mark.parametrize("page", PAGES)
def test_page_without_a_language_is_french(stub: Stub, open_page: OpenPage, page: str) -> None:
    fill(stub)

    assert shown(open_page(page)) == shown(open_page(address(page, "fr")))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_link_inside_keeps_the_language(
    stub: Stub, open_page: OpenPage, page: str, lang: str
) -> None:
    fill(stub)
    links = [e for e in open_page(address(page, lang)).main if e.type == "page_link"]

    assert links
    assert [e.proto.query_string for e in links if f"lang={lang}" not in e.proto.query_string] == []


def test_language_switch_keeps_the_rest_of_the_address(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    app = open_page("/need?id=n1&relax=perimeter&lang=fr")

    assert "?id=n1&amp;relax=perimeter&amp;lang=en" in shown(app)


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("/", "Rien n&#x27;est encore publié ici"),
        ("/solutions", "Rien n&#x27;est encore publié ici"),
        ("/needs", "Rien n&#x27;est encore publié ici"),
        ("/solutions?theme=water", "Aucun résultat avec ces filtres"),
        ("/solutions?q=crue", "Aucun résultat avec ces filtres"),
    ],
)
def test_empty_page_says_what_to_do(open_page: OpenPage, page: str, sentence: str) -> None:
    assert sentence in shown(open_page(page))


def test_need_without_any_solution_says_so(stub: Stub, open_page: OpenPage) -> None:
    stub.needs = [need(1)]

    assert "Aucune solution adaptée à ce jour" in shown(open_page("/need?id=n1"))


@pytest.mark.parametrize("page", ["/need", "/need?id=zzz", "/solution", "/solution?id=zzz"])
def test_unknown_record_leads_back_to_the_lists(open_page: OpenPage, page: str) -> None:
    app = open_page(page)

    assert "Fiche introuvable" in shown(app)
    assert [e.title for e in app.error] == ["Rien ne se trouve à cette adresse"]
    assert "Parcourir les besoins" in [e.label for e in app.main if e.type == "page_link"]


@pytest.mark.parametrize(
    ("page", "call"),
    [
        ("/", "GET /needs"),
        ("/solutions", "GET /solutions"),
        ("/needs", "GET /needs"),
        ("/need?id=n1", "GET /needs/n1"),
        ("/need?id=n1", "GET /needs/n1/matches"),
        ("/solution?id=s1", "GET /solutions/s1/matches"),
        ("/solutions?q=crue", "POST /search"),
    ],
)
def test_failing_service_is_told_and_can_be_tried_again(
    stub: Stub, open_page: OpenPage, page: str, call: str
) -> None:
    fill(stub)
    stub.fail[call] = (500, {"detail": "x"})
    app = open_page(page)

    assert [e.title for e in app.error] == ["Quelque chose s\\'est mal passé"]
    stub.fail.clear()
    app.button(key="again-broken").click().run()
    assert list(app.error) == []


def test_unreachable_service_is_told_on_every_page(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_API_URL", "http://127.0.0.1:9/api")
    for page in [page for page in PAGES if "new-" not in page and page != "/accessibility"]:
        app = open_page(page)
        assert "Le service ne répond pas" in {e.title for e in app.error}, page


@pytest.mark.parametrize("page", PAGES)
def test_hostile_text_is_shown_as_text(stub: Stub, open_page: OpenPage, page: str) -> None:
    stub.solutions = [solution(1, title=HOSTILE, summary=HOSTILE, description=HOSTILE)]
    stub.needs = [need(1, title=HOSTILE, context=HOSTILE, essential_criteria=[HOSTILE])]
    subject = {"id": "x", "title": HOSTILE, "lang": "fr", "organisation": None}
    listed = [item(1, need=subject, solution=subject)]
    told = message(text=HOSTILE, author=HOSTILE)
    whole = introduction(need=stub.needs[0], solution=stub.solutions[0], messages=[told])
    stub.given = {
        "GET /introductions": {"items": listed, "counts": {"contacted": 1}, "total": 1},
        "POST /introductions/i1/read": {**whole, "reason": "other", "reason_note": HOSTILE},
    }
    app = open_page(page)
    html = [str(e.value) for e in app.main if e.type == "html"]
    labels = [str(getattr(e, "label", "")) for e in app.main]

    assert [h for h in html if "<script" in h or "<img" in h] == []
    assert [label for label in labels if "![x]" in label or "<script>" in label] == []
    assert [e for e in app.main if e.type == "markdown"] == []
