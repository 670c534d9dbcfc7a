"""Lists: more on demand, filters and search in the address, ranked lists with their reasons."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import OpenPage, asked, shown
from tests.ui.stub import Stub, need, solution

pytestmark = pytest.mark.usefixtures("stub")


def fill(stub: Stub, count: int = 3) -> None:
    stub.solutions = [solution(n) for n in range(1, count + 1)]
    stub.needs = [need(n) for n in range(1, count + 1)]


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

    assert [(method, path) for method, path, _ in stub.calls] == [
        ("GET", "/me"),
        ("GET", "/solutions"),
    ]


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


def test_more_pairings_are_one_click_away_and_stay_in_the_address(
    stub: Stub, open_page: OpenPage
) -> None:
    fill(stub, 15)
    app = open_page("/need?id=n1")
    assert titles(app, "Solution") == 10
    app.button(key="more-pairings").click().run()

    assert titles(app, "Solution") == 15
    assert asked(app, "limit") == ["50"]


def test_list_without_anything_close_says_so(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    stub.bands = ["uncertain"]

    assert "Nothing here is clearly suitable" in shown(open_page("/need?id=n1&lang=en"))


def test_list_without_anything_close_points_at_what_is_worth_a_look(
    stub: Stub, open_page: OpenPage
) -> None:
    fill(stub)
    stub.bands = ["possible", "uncertain"]
    page = shown(open_page("/need?id=n1&lang=en"))

    assert "Nothing is really close: start with those worth a look." in page
    assert "Uncertain from here on: read with care" in page
    assert "Nothing here is clearly suitable" not in page


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


def test_similar_entries_are_listed_under_their_card_with_what_differs(
    stub: Stub, open_page: OpenPage
) -> None:
    fill(stub, 2)
    stub.similar = [
        {
            "id": "s9",
            "title": "Solution <neuf>",
            "lang": "fr",
            "organisation": "Régie",
            "perimeters": ["departement:34"],
            "perimeter_names": {"departement:34": "Hérault"},
            "price_band": None,
            "maturity": 8,
        }
    ]
    page = shown(open_page("/need?id=n1&lang=en"))

    assert page.count('<details class="pa-similar"><summary>1 similar entry</summary>') == 1
    assert 'href="/solution?id=s9&amp;lang=en"' in page
    assert "Solution &lt;neuf&gt;</a>" in page
    similar = page.partition('<details class="pa-similar">')[2].partition("</details>")[0]
    assert "<dt>Price</dt><dd>not given</dd>" in similar
    assert "<dt>Perimeter</dt><dd>Hérault</dd>" in similar


def test_newcomer_says_why_it_stands_there(stub: Stub, open_page: OpenPage) -> None:
    fill(stub, 3)
    stub.newcomer = "New here: shown although it ranks 14th."
    page = shown(open_page("/need?id=n1&lang=en"))

    assert page.count('<p class="pa-newcomer">New here: shown although it ranks 14th.</p>') == 1


def test_notices_stand_above_the_list(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    stub.notices = [{"code": "says_too_little", "text": "Say <more>."}]
    for address in ("/need?id=n1&lang=en", "/solutions?q=12&lang=en"):
        page = shown(open_page(address))
        assert '<div class="pa-notice" role="status"><p>Say &lt;more&gt;.</p></div>' in page


def test_arrangement_is_switched_in_the_address_and_asked_of_the_api(
    stub: Stub, open_page: OpenPage
) -> None:
    fill(stub)
    app = open_page("/need?id=n1&lang=en")
    assert [app.checkbox(key=f"arrange-{name}").value for name in ("group", "newcomers")] == [
        True,
        True,
    ]
    app.checkbox(key="arrange-group").uncheck().run()
    app.checkbox(key="arrange-spread").check().run()
    assert (asked(app, "group"), asked(app, "spread")) == (["false"], ["themes"])
    query = stub.last("/needs/n1/matches")
    assert (query["group"], query["spread"], "newcomers" in query) == (["false"], ["themes"], False)
    app.checkbox(key="arrange-group").check().run()
    assert "group" not in app.query_params


def test_arrangement_of_a_search_goes_into_its_body(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    app = open_page("/solutions?q=crue&newcomers=false")
    body = stub.last("/search")
    assert (body["newcomers"], "group" in body) == ("false", False)
    assert app.checkbox(key="arrange-newcomers").value is False


def test_needs_are_not_offered_to_be_grouped(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    app = open_page("/solution?id=s1")
    assert "arrange-group" not in [box.key for box in app.checkbox]


def test_only_ordinary_web_addresses_become_links(stub: Stub, open_page: OpenPage) -> None:
    stub.solutions = [
        solution(1, website="javascript:alert(1)"),
        solution(2, website="https://a.fr"),
    ]

    assert "<p>javascript:alert(1)</p>" in shown(open_page("/solution?id=s1"))
    assert '<a href="https://a.fr"' in shown(open_page("/solution?id=s2"))


def titles(app: AppTest, start: str) -> int:
    return sum(
        1
        for element in app.main
        if element.type == "page_link" and re.fullmatch(rf"{start} \d+", element.label)
    )
