"""Each page in both languages: full, empty and failing."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.ui.conftest import OpenPage, asked, shown
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
]
HOSTILE = "![x](http://evil.example/x.png) <script>alert(1)</script>"
ENGLISH = re.compile(r"\b(the|and|need|needs|with|your|of)\b")


def fill(stub: Stub, count: int = 3) -> None:
    stub.solutions = [solution(n) for n in range(1, count + 1)]
    stub.needs = [need(n) for n in range(1, count + 1)]


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
    for page in [page for page in PAGES if "new-" not in page]:
        app = open_page(page)
        assert "Le service ne répond pas" in {e.title for e in app.error}, page


@pytest.mark.parametrize("page", PAGES)
def test_hostile_text_is_shown_as_text(stub: Stub, open_page: OpenPage, page: str) -> None:
    stub.solutions = [solution(1, title=HOSTILE, summary=HOSTILE, description=HOSTILE)]
    stub.needs = [need(1, title=HOSTILE, context=HOSTILE, essential_criteria=[HOSTILE])]
    app = open_page(page)
    html = [str(e.value) for e in app.main if e.type == "html"]
    labels = [str(getattr(e, "label", "")) for e in app.main]

    assert [h for h in html if "<script" in h or "<img" in h] == []
    assert [label for label in labels if "![x]" in label or "<script>" in label] == []
    assert [e for e in app.main if e.type == "markdown"] == []


def test_list_grows_on_demand(stub: Stub, open_page: OpenPage) -> None:
    fill(stub, 30)
    app = open_page("/solutions")
    assert titles(app, "Solution") == 12
    app.button(key="more-solutions").click().run()
    assert titles(app, "Solution") == 24
    app.button(key="more-solutions").click().run()
    assert titles(app, "Solution") == 30
    assert "more-solutions" not in [b.key for b in app.button]


def test_list_asks_the_api_once(stub: Stub, open_page: OpenPage) -> None:
    fill(stub, 30)
    app = open_page("/solutions")
    stub.calls.clear()
    app.run()

    assert [(method, path) for method, path, _ in stub.calls] == [("GET", "/solutions")]


def test_filter_goes_to_the_address_and_to_the_api(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    app = open_page("/solutions?lang=en")
    app.multiselect(key="filter-solutions-theme").set_value(["water", "culture"]).run()
    app.selectbox(key="filter-solutions-maturity_min").set_value("pilot").run()

    assert asked(app, "theme") == ["water", "culture"]
    query = stub.calls[-1][2]
    assert query["theme"] == ["water", "culture"]
    assert query["maturity_min"] == ["7"]


def test_filter_is_taken_off_with_its_button(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    app = open_page("/solutions?theme=water&theme=culture&perimeter=region:76")
    assert "Retirer Occitanie \\(région\\)" in [b.label for b in app.button]
    app.button(key="off-solutions-theme-water").click().run()
    assert asked(app, "theme") == ["culture"]
    app.button(key="off-solutions").click().run()
    assert {"theme", "perimeter"}.isdisjoint(app.query_params)


def test_fields_follow_the_address(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    app = open_page("/solutions?theme=water&q=crue&lang=en")
    assert app.multiselect(key="filter-solutions-theme").value == ["water"]
    assert app.text_input(key="search-solutions").value == "crue"
    app.query_params = {"lang": "en", "theme": "culture"}  # as the link of the header would
    app.run()

    assert app.multiselect(key="filter-solutions-theme").value == ["culture"]
    assert app.text_input(key="search-solutions").value == ""


def test_unknown_filter_in_the_address_is_shown_and_can_be_taken_off(
    stub: Stub, open_page: OpenPage
) -> None:
    fill(stub)
    app = open_page("/solutions?theme=nonsense")
    app.button(key="off-solutions-theme-nonsense").click().run()

    assert "theme" not in app.query_params


def test_territory_is_found_while_typing(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    app = open_page("/needs?lang=en")
    app.text_input(key="filter-needs-perimeter-search").set_value("hér").run()
    app.button(key="filter-needs-perimeter-add-departement:34").click().run()

    assert asked(app, "perimeter") == ["departement:34"]
    assert app.text_input(key="filter-needs-perimeter-search").value == ""


def test_search_ranks_by_meaning_and_stays_in_the_address(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    app = open_page("/solutions?lang=en")
    app.text_input(key="search-solutions").set_value("warn residents").run()

    assert asked(app, "q") == ["warn residents"]
    method, path, body = stub.calls[-1]
    assert (method, path, body["text"], body["kind"]) == (
        "POST",
        "/search",
        "warn residents",
        "solutions",
    )
    assert "Very close" in shown(app)


def test_hidden_records_come_back_with_one_click(stub: Stub, open_page: OpenPage) -> None:
    fill(stub, 6)
    stub.hidden = [{"filter": "perimeter", "count": 4, "gain": 4}]
    app = open_page("/need?id=n1&lang=en")
    assert titles(app, "Solution") == 2
    assert "4 solutions hidden by the filter: perimeter." in shown(app)
    app.button(key="relax-perimeter").click().run()
    assert asked(app, "relax") == ["perimeter"]
    assert titles(app, "Solution") == 6
    app.button(key="restore-perimeter").click().run()
    assert "relax" not in app.query_params
    assert titles(app, "Solution") == 2


def test_list_without_anything_close_says_so(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    stub.bands = ["uncertain"]

    assert "Nothing here is clearly suitable" in shown(open_page("/need?id=n1&lang=en"))


def test_pairing_tells_rank_band_quote_and_each_reason(stub: Stub, open_page: OpenPage) -> None:
    fill(stub, 1)
    page = shown(open_page("/need?id=n1&lang=en"))

    assert '<span class="pa-vh">Rank</span> 1' in page
    assert '<blockquote class="pa-quote" lang="fr">Des capteurs préviennent' in page
    assert page.count('<li class="pa-fits">') == 3
    assert page.count('<li class="pa-misses">') == 1
    assert page.count('<li class="pa-unknown">') == 1


def test_list_tells_how_it_was_made(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    page = shown(open_page("/need?id=n1&lang=en"))

    assert "<tr><th>Closeness in meaning</th><td>0.6</td></tr>" in page
    assert f'href="/api/v1/snapshots/{"0f3a" * 16}"' in page


def test_only_ordinary_web_addresses_become_links(stub: Stub, open_page: OpenPage) -> None:
    stub.solutions = [
        solution(1, website="javascript:alert(1)"),
        solution(2, website="https://a.fr"),
    ]

    assert "<p>javascript:alert(1)</p>" in shown(open_page("/solution?id=s1"))
    assert '<a href="https://a.fr"' in shown(open_page("/solution?id=s2"))


def titles(app: object, start: str) -> int:
    return sum(
        1
        for element in app.main  # type: ignore[attr-defined]
        if element.type == "page_link" and re.fullmatch(rf"{start} \d+", element.label)
    )
