"""Pages of operators, against a stand-in of the API."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import OpenPage, shown
from tests.ui.stub import NOW, Stub, me_with, solution, vocabularies
from ui.components.departements import STEPS, TILES, step, tile_map
from ui.components.tables import table

PAGES = ("desk", "moderation", "people", "organisations", "words", "activity", "figures")
DEPARTEMENTS = Path(__file__).parents[2] / "data" / "territories" / "departements.csv"
CHANGED = (412, {"title": "Changed", "status": 412, "detail": "Elle a changé."})


def case(**changes: Any) -> dict[str, Any]:
    record = solution(1, status="submitted", contact=None)
    return {
        "kind": "solutions",
        "record": record,
        "decisions": ["publish", "request_edits", "reject", "archive"],
        "remarks": [],
        "duplicates": [],
        **changes,
    }


def remark(text: str, decision: str = "request_edits") -> dict[str, Any]:
    return {
        "id": "r1",
        "decision": decision,
        "remark": text,
        "duplicate_of": None,
        "by": None,
        "at": NOW,
        "version": 1,
    }


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_operators_show_nothing_to_others(
    stub: Stub, open_page: OpenPage, name: str
) -> None:
    stub.me = me_with("project_leader")
    page = shown(open_page(f"/{name}?lang=en"))

    assert "This page is for operators" in page
    assert {path for _, path, _ in stub.calls} == {"/me"}


def test_decision_is_sent_with_the_version_that_was_read(stub: Stub, open_page: OpenPage) -> None:
    stub.fail["GET /moderation/solutions/s1"] = (200, case())
    stub.fail["POST /moderation/solutions/s1"] = (200, solution(1))
    app = open_page("/moderation-case?kind=solutions&id=s1&lang=en")
    app.radio(key="decision").set_value("request_edits")
    app.text_area(key="decision-remark").set_value("Say where you work.")
    changed = case()
    changed["record"]["version"] = 2
    stub.fail["GET /moderation/solutions/s1"] = (200, changed)
    stub.fail["GET /moderation"] = (200, {"items": [], "total": 0, "counts": {}})
    app.button(key="send-decision").click().run()

    sent = [(body, version) for _, path, body, version in stub.sent if "moderation" in path]
    assert sent == [({"decision": "request_edits", "remark": "Say where you work."}, '"1"')]


def test_remark_stays_when_the_author_changed_the_record_meanwhile(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.fail["GET /moderation/solutions/s1"] = (200, case())
    stub.fail["POST /moderation/solutions/s1"] = CHANGED
    app = open_page("/moderation-case?kind=solutions&id=s1&lang=en")
    app.radio(key="decision").set_value("reject")
    app.text_area(key="decision-remark").set_value("Off the subject.")
    app.button(key="send-decision").click().run()

    assert [error.value for error in app.error]
    assert app.text_area(key="decision-remark").value == "Off the subject."


def test_copies_are_told_with_what_is_alike(stub: Stub, open_page: OpenPage) -> None:
    other = {
        "id": "s2",
        "title": "Solution 2",
        "lang": "fr",
        "status": "published",
        "organisation": "Coopérative 2",
        "same_title": False,
        "same_organisation": True,
        "similarity": 0.912,
    }
    stub.fail["GET /moderation/solutions/s1"] = (200, case(duplicates=[other]))
    page = shown(open_page("/moderation-case?kind=solutions&id=s1&lang=en"))

    assert "Coopérative 2 · 91 % of the text in common · same organisation" in page


def test_author_reads_the_remark_on_the_page_and_in_the_form(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.me = me_with("project_leader")
    stub.solutions = [solution(1, status="edits_requested")]
    stub.fail["GET /solutions/s1/remarks"] = (200, [remark("Dites <b>où</b> vous intervenez.")])

    for address in ("/solution?id=s1&lang=en", "/new-solution?id=s1&lang=en"):
        page = shown(open_page(address))
        assert "What to change before it is published" in page
        assert "Dites &lt;b&gt;où&lt;/b&gt; vous intervenez." in page


def test_operator_decides_of_what_was_submitted_where_authors_are_told(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.solutions = [solution(1, status="submitted"), solution(2, status="draft")]
    submitted, draft = (open_page(f"/solution?id=s{number}&lang=en") for number in (1, 2))

    assert "publish" not in [button.key for button in submitted.button]
    assert "publish" in [button.key for button in draft.button]


def test_remarks_are_not_asked_for_where_none_waits(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("project_leader")
    stub.solutions = [solution(1)]
    open_page("/solution?id=s1&lang=en")

    assert not [path for _, path, _ in stub.calls if path.endswith("/remarks")]


def test_words_that_are_retired_say_so(stub: Stub, open_page: OpenPage) -> None:
    lists = vocabularies()
    lists["labels"][0]["retired"] = True
    stub.fail["GET /vocabularies"] = (200, lists)
    app = open_page("/words?lang=fr")
    app.selectbox(key="words-list").set_value("labels").run()

    assert shown(app).count("<td>retiré</td>") == 1


def test_retired_words_are_offered_only_where_they_are_held(
    stub: Stub, open_page: OpenPage
) -> None:
    lists = vocabularies()
    code = lists["labels"][0]["code"]
    lists["labels"][0]["retired"] = True
    stub.fail["GET /vocabularies"] = (200, lists)
    stub.solutions = [solution(1, labels=[code]), solution(2, labels=[])]

    offered = []
    for number in (1, 2):
        app = open_page(f"/new-solution?id=s{number}&lang=fr")
        next(one for one in app.button if one.label == "Continuer").click().run()
        (labels,) = (one for one in app.multiselect if one.label == "Labels")
        offered.append(lists["labels"][0]["fr"] in labels.options)
    assert offered == [True, False]


def test_activity_says_from_what_to_what_and_keeps_text_as_text(
    stub: Stub, open_page: OpenPage
) -> None:
    line = {
        "id": "a1",
        "at": NOW,
        "actor": "p9",
        "actor_name": "Aïcha",
        "action": "publish",
        "object_kind": "solution",
        "object_id": "s1",
        "object_name": "<script>x</script>",
        "detail": {"changed": {"status": ["submitted", "published"], "contact_email": []}},
    }
    page = {"items": [line], "next_cursor": None, "total": 1, "actions": ["publish"]}
    stub.fail["GET /activity"] = (200, page)
    html = shown(open_page("/activity?lang=en"))

    assert "<strong>Aïcha</strong> · Published · Solution: &lt;script&gt;" in html
    assert "<del>Submitted</del> → <ins>Published</ins>" in html
    assert "changed (private)" in html
    assert "2 Nov 2026, 10:30" in html


def figures(**changes: Any) -> dict[str, Any]:
    theme = {"theme": "water", "solutions": 8, "needs": 5, "looked_at": 4, "without_match": 1}
    place = {"departement": "departement:34", "name": "Hérault", "solutions": 16, "needs": 2}
    stages = ("introductions", "from_lists", "answered", "met", "pilots", "deals")
    return {
        "themes": [theme],
        "departements": [place],
        "solutions_anywhere": {"whole_country": 3, "unsaid": 0},
        "needs_anywhere": {"whole_country": 0, "unsaid": 2},
        "needs_published": 5,
        "needs_looked_at": 4,
        "looked_at_since": NOW,
        "funnel": {"shown": 80, "median_hours": 7.5, **dict.fromkeys(stages, 2)},
        "exposure": {"never_shown": 1, "top_decile_share": 0.3},
        "most_shown": [{"id": "s1", "title": "<b>x</b>", "organisation": None, "lists": 5}],
        **changes,
    }


def test_figures_have_a_table_for_each_plot(stub: Stub, open_page: OpenPage) -> None:
    stub.fail["GET /statistics"] = (200, figures())
    app = open_page("/figures?lang=en")
    page = shown(app)

    assert len(app.get("vega_lite_chart")) == page.count("<caption") - 2 == 3
    assert "Answers were looked for to 4 of 5 needs. The oldest look: 2 November 2026." in page
    assert '<th scope="row">Hérault (34)</th><td>2</td><td>16</td>' in page
    assert "Half of the answers came within 7.5 hours." in page
    assert '<th scope="row">&lt;b&gt;x&lt;/b&gt;</th><td></td><td>5</td>' in page


def test_figures_of_nothing_show_no_empty_plot(stub: Stub, open_page: OpenPage) -> None:
    nothing = {**dict.fromkeys(figures()["funnel"], 0), "median_hours": None}
    unseen = {"never_shown": 0, "top_decile_share": None}
    stub.fail["GET /statistics"] = (
        200,
        figures(funnel=nothing, exposure=unseen, most_shown=[], looked_at_since=None),
    )
    app = open_page("/figures?lang=en")

    assert len(app.get("vega_lite_chart")) == 2
    assert "No introduction has been answered yet." in shown(app)


def test_map_has_a_tile_for_each_departement_and_no_two_on_one_place() -> None:
    with DEPARTEMENTS.open(encoding="utf-8", newline="") as file:
        numbers = {row["code"] for row in csv.DictReader(file)}

    assert set(TILES) == numbers
    assert len(set(TILES.values())) == len(TILES)


def test_map_shades_by_quarters_of_the_most() -> None:
    assert [step(count, 8) for count in (0, 1, 2, 3, 8)] == [0, 1, 1, 2, STEPS]
    assert step(0, 0) == 0
    html = tile_map("Needs", {"34": 8, "75": 2})
    assert (
        '<i class="pa-tile-4" style="grid-row:11;grid-column:7"><span>34</span><b>8</b></i>' in html
    )
    assert html.count("pa-tile-0") == len(TILES) - 2


def test_table_escapes_what_people_typed() -> None:
    html = table("Numbers", ("Name", "Count"), [("<b>x</b>", "1")])

    assert '<th scope="row">&lt;b&gt;x&lt;/b&gt;</th><td>1</td>' in html
    assert "<caption" in html
