"""What an authority's staff does on the pages: filters with counts, searches, shortlists."""

from __future__ import annotations

from tests.ui.conftest import OpenPage, asked, shown
from tests.ui.stub import Stub, me_with, need, solution
from tests.ui.stub_staff import entry, saved_search

ANONYMOUS = {"person": None, "belongings": [], "demo": False}


def sent(stub: Stub, method: str, path: str) -> list[object]:
    return [body for verb, at, body in stub.calls if (verb, at) == (method, path)]


def test_choices_say_how_many_results_they_would_leave(stub: Stub, open_page: OpenPage) -> None:
    stub.solutions = [solution()]
    stub.staff.counts = {
        "theme": {"water": 1200},
        "maturity_min": {"1": 5, "7": 3},
        "price_band": {},
    }
    app = open_page("/solutions?lang=en")
    theme = app.multiselect("filter-solutions-theme")
    assert theme.options[0] == "Water and aquatic environments (1,200)"
    assert theme.options[1].endswith("(0)")
    assert app.selectbox("filter-solutions-maturity_min").options[2] == "Pilot (3)"
    assert len(sent(stub, "GET", "/solutions")) == 1
    assert sent(stub, "GET", "/solutions")[0]["counts"] == ["true"]  # type: ignore[index]


def test_choice_is_kept_when_counts_change(stub: Stub, open_page: OpenPage) -> None:
    stub.solutions = [solution()]
    stub.staff.counts = {"theme": {"water": 1}}
    app = open_page("/solutions?lang=fr")
    stub.staff.counts = {"theme": {"water": 7}}
    app.multiselect("filter-solutions-theme").select("water").run()
    assert asked(app, "theme") == ["water"]
    assert app.multiselect("filter-solutions-theme").value == ["water"]
    stub.staff.counts = {"theme": {"water": 9}}
    app.run()
    assert app.multiselect("filter-solutions-theme").value == ["water"]


def test_search_on_the_page_is_saved(stub: Stub, open_page: OpenPage) -> None:
    stub.solutions = [solution()]
    app = open_page("/solutions?q=capteurs&theme=water&maturity_min=pilot&lang=fr")
    (name,) = [field for field in app.text_input if field.label == "Nom de la recherche"]
    assert name.value == "capteurs"
    name.input("Mes capteurs")
    next(box for box in app.selectbox if box.label.startswith("Me prévenir")).select("daily")
    next(button for button in app.button if button.label == "Enregistrer").click().run()
    assert sent(stub, "POST", "/me/searches") == [
        {
            "name": "Mes capteurs",
            "kind": "solutions",
            "text": "capteurs",
            "frequency": "daily",
            "filters": {"theme": ["water"], "maturity_min": 7},
        }
    ]
    assert "Cette recherche est enregistrée." in shown(app)


def test_visitor_is_not_offered_to_save(stub: Stub, open_page: OpenPage) -> None:
    stub.me = ANONYMOUS
    stub.solutions = [solution()]
    app = open_page("/solutions?q=capteurs&lang=fr")
    assert [field.label for field in app.text_input if "recherche" in field.label] == []


def test_saved_searches_say_what_is_new_and_lead_back(stub: Stub, open_page: OpenPage) -> None:
    stub.staff.searches = [saved_search(1), saved_search(2, new=0, name="<b>Deux</b>")]
    app = open_page("/my-searches?lang=en")
    page = shown(app)
    assert "2 new results" in page
    assert "Nothing new since you last opened it" in page
    assert "&lt;b&gt;Deux&lt;/b&gt;" in page
    assert "Theme: Water and aquatic environments" in page
    assert "Maturity: Pilot" in page


def test_opening_a_saved_search_marks_it_seen_once(stub: Stub, open_page: OpenPage) -> None:
    stub.staff.searches = [saved_search(1)]
    stub.solutions = [solution()]
    app = open_page("/solutions?saved=q1&q=capteurs&lang=fr")
    app.run()
    assert len(sent(stub, "POST", "/me/searches/q1/seen")) == 1
    assert "saved" not in app.query_params


def test_saved_search_is_renamed_and_deleted(stub: Stub, open_page: OpenPage) -> None:
    stub.staff.searches = [saved_search(1)]
    app = open_page("/my-searches?lang=fr")
    app.text_input("name-q1").input("Autre nom")
    next(button for button in app.button if button.label == "Enregistrer").click().run()
    assert sent(stub, "PATCH", "/me/searches/q1") == [{"name": "Autre nom", "frequency": "weekly"}]
    app.button("delete-q1").click().run()
    assert "pas encore enregistré de recherche" in shown(app)


def test_candidate_of_an_own_need_is_kept_once(stub: Stub, open_page: OpenPage) -> None:
    stub.needs = [need()]
    stub.solutions = [solution(1), solution(2)]
    app = open_page("/need?id=n1&lang=fr")
    app.button("keep-s1").click().run()
    assert sent(stub, "PUT", "/needs/n1/shortlist/s1") == [{"snapshot_id": "0f3a" * 16}]
    assert "Dans la présélection" in shown(app)
    assert [button.key for button in app.button if str(button.key).startswith("keep-")] == [
        "keep-s2"
    ]


def test_candidates_of_others_needs_are_not_kept(stub: Stub, open_page: OpenPage) -> None:
    stub.needs = [need(yours=False)]
    stub.solutions = [solution(1), solution(2)]
    app = open_page("/need?id=n1&lang=fr")
    assert [button.key for button in app.button if str(button.key).startswith("keep-")] == []
    assert sent(stub, "GET", "/needs/n1/shortlist") == []


def test_similar_needs_of_others_are_shown_with_an_own_need(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.needs = [need()]
    stub.staff.similar = [need(2, title="Le même ailleurs", organisation=None, anonymous=True)]
    page = shown(open_page("/need?id=n1&lang=fr"))
    assert "Besoins semblables ailleurs" in page
    assert "Besoin anonyme" in page


def test_similar_needs_are_told_while_a_need_is_written(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("authority_staff")
    stub.staff.similar = [need(2, title="Le même ailleurs", organisation=None, anonymous=True)]
    app = open_page("/new-need?lang=fr")
    assert "Le même ailleurs" not in shown(app)
    app.text_input("need-title").set_value("Prévenir des crues du ruisseau").run()
    assert "Le même ailleurs" in shown(app)
    [record] = stub.needs
    assert len(sent(stub, "GET", f"/needs/{record['id']}/similar")) == 1


def test_shortlist_saves_note_decision_reason_and_place(stub: Stub, open_page: OpenPage) -> None:
    stub.needs = [need()]
    stub.staff.shortlists["n1"] = [entry(solution(1)), entry(solution(2), 2)]
    app = open_page("/shortlist?id=n1&lang=fr")
    app.text_area("note-s1-1-1").input("À rappeler")
    app.text_area("reason-s1-1-1").input("Répond à tout")
    app.selectbox("decision-s1-1-1").select("kept")
    app.number_input("place-s1-1-1").set_value(2)
    next(button for button in app.button if button.label == "Enregistrer").click().run()
    assert sent(stub, "PATCH", "/needs/n1/shortlist/s1") == [
        {"note": "À rappeler", "decision": "kept", "position": 2, "reason": "Répond à tout"}
    ]


def test_colleague_s_change_is_told_and_nothing_typed_is_lost(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.needs = [need()]
    stub.staff.shortlists["n1"] = [entry(solution(1))]
    stub.fail["PATCH /needs/n1/shortlist/s1"] = (412, {"detail": "Changé."})
    app = open_page("/shortlist?id=n1&lang=fr")
    app.text_area("note-s1-1-1").input("Ma note")
    next(button for button in app.button if button.label == "Enregistrer").click().run()
    assert app.text_area("note-s1-1-1").value == "Ma note"
    assert len(app.error) == 1


def test_shortlist_is_emptied_and_says_what_to_do(stub: Stub, open_page: OpenPage) -> None:
    stub.needs = [need()]
    stub.staff.shortlists["n1"] = [entry(solution(1), record=None)]
    app = open_page("/shortlist?id=n1&lang=fr")
    assert "Cette solution n&#x27;est plus publiée." in shown(app)
    app.button("off-s1-1-1").click().run()
    assert "Aucune solution n&#x27;est encore retenue" in shown(app)


def test_files_are_links_and_columns_are_remembered(stub: Stub, open_page: OpenPage) -> None:
    stub.needs = [need()]
    stub.staff.shortlists["n1"] = [entry(solution(1))]
    app = open_page("/shortlist?id=n1&lang=en")
    for form in ("csv", "xlsx", "pdf"):
        address = f"/api/v1/needs/n1/shortlist-export?format={form}&amp;lang=en"
        assert f'href="{address}"' in shown(app)
    app.multiselect("chosen-columns").set_value(["note", "title"])
    next(b for b in app.button if b.label == "Remember these columns").click().run()
    assert sent(stub, "PUT", "/me/columns") == [{"columns": ["note", "title"]}]


def test_comparison_is_a_table_with_heads_and_differences_in_words(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.me = ANONYMOUS
    stub.needs = [need()]
    stub.solutions = [solution(1), solution(2), solution(3)]
    page = shown(open_page("/compare?id=n1&solution=s1&solution=s2&solution=s3&lang=en"))
    assert page.count('<th scope="col">') == 3
    assert '<th scope="row"><span lang="fr">Alerte par SMS</span>' in page
    for word in ("Declared met", "Nearest sentence, to be checked", "Declared not met"):
        assert word in page
    assert "Une &lt;alerte&gt; par SMS." in page
    assert 'role="region" tabindex="0" aria-label="Solutions side by side' in page
    assert "Differs" in page


def test_comparison_without_solutions_says_what_to_do(stub: Stub, open_page: OpenPage) -> None:
    stub.needs = [need()]
    assert "Aucune solution" in shown(open_page("/compare?id=n1&lang=fr"))


def test_own_needs_tell_their_candidates_and_shortlist(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("authority_staff")
    stub.needs = [need(1), need(2), need(3)]
    nothing = {"candidates": None, "listed_at": None, "shortlisted": 0, "kept": 0}
    listed = {**nothing, "candidates": {"strong": 2, "uncertain": 1}, "shortlisted": 3, "kept": 1}
    stub.staff.desk = {"n1": listed, "n2": nothing, "n3": {**nothing, "candidates": {}}}
    page = shown(open_page("/my-needs?lang=en"))
    assert "Shortlist: 3 solutions, 1 kept" in page
    assert "Open it to see its candidates." in page
    assert "No candidate was close in the last list." in page
    assert len(sent(stub, "GET", "/needs")) == len(sent(stub, "GET", "/me/desk")) == 1
