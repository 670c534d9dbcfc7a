"""The two registration forms: steps, live matches, saving, and nothing lost on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import OpenPage, asked, shown
from tests.ui.stub import Stub, need, solution
from ui.components import forms
from ui.i18n import today

TITLE = "Prévenir les habitants avant une crue"
DEADLINE = today() + timedelta(days=90)
REFUSED = (
    422,
    {
        "detail": "Deux champs sont à revoir.",
        "errors": [
            {"field": "title", "message": "Le titre est trop vague."},
            {"field": "themes.0", "message": "Thématique inconnue."},
        ],
    },
)


@pytest.fixture
def stub(stub: Stub) -> Stub:
    stub.solutions = [solution(n) for n in range(1, 4)]
    stub.needs = [need(n) for n in range(1, 4)]
    return stub


def write(app: AppTest, form: str = "need", title: str = TITLE) -> AppTest:
    return app.text_input(key=f"{form}-title").set_value(title).run()


def onward(app: AppTest, form: str = "need", steps: int = 1) -> AppTest:
    for _ in range(steps):
        app = app.button(key=f"{form}-_next").click().run()
    return app


def sent(stub: Stub, call: str) -> list[Any]:
    return [body for method, path, body in stub.calls if f"{method} {path}" == call]


def test_matches_appear_once_there_is_a_title(stub: Stub, open_page: OpenPage) -> None:
    app = open_page("/new-need")
    assert "Commencez par un titre" in shown(app)
    assert sent(stub, "POST /search") == []
    page = shown(write(app))

    assert page.count("pa-live-item") == 3
    assert 'href="/solution?id=s1&amp;lang=fr" lang="fr" target="_blank"' in page
    assert sent(stub, "POST /search")[0]["text"] == TITLE


def test_same_text_is_not_searched_twice(stub: Stub, open_page: OpenPage) -> None:
    app = write(open_page("/new-need"))
    onward(app)

    assert len(sent(stub, "POST /search")) == 1


def test_missing_facts_are_named_until_they_are_given(stub: Stub, open_page: OpenPage) -> None:
    app = write(open_page("/new-need?lang=en"))
    assert "<li>the context: what happens today, and for whom</li>" in shown(app)
    app.text_area(key="need-context").set_value("The river floods.").run()

    assert "<li>the context: what happens today, and for whom</li>" not in shown(app)


def test_territory_narrows_the_live_matches(stub: Stub, open_page: OpenPage) -> None:
    app = onward(write(open_page("/new-need")), steps=2)
    app.text_input(key="need-_perimeters-search").set_value("hér").run()
    app.button(key="need-_perimeters-add-departement:34").click().run()

    assert sent(stub, "POST /search")[-1]["filters"] == {"perimeter": ["departement:34"]}
    assert "Retirer Hérault \\(département\\)" in [b.label for b in app.button]


def test_several_perimeters_are_added_and_removed(stub: Stub, open_page: OpenPage) -> None:
    app = onward(write(open_page("/new-solution"), "solution"), "solution")
    for typed, code in (("hér", "departement:34"), ("occ", "region:76"), ("fra", "country:FR")):
        app.text_input(key="solution-_perimeters-search").set_value(typed).run()
        app.button(key=f"solution-_perimeters-add-{code}").click().run()
    app.button(key="solution-_perimeters-remove-region:76").click().run()
    app = onward(app, "solution", steps=2)
    app.button(key="solution-_draft").click().run()

    assert sent(stub, "POST /solutions")[0]["perimeters"] == ["departement:34", "country:FR"]


def test_reference_keeps_what_the_form_does_not_show(stub: Stub, open_page: OpenPage) -> None:
    proof = {"name": "Agde", "year": 2024, "territory": "region:76", "description": "Un an."}
    stub.solutions = [solution(1, client_references=[proof])]
    app = onward(open_page("/new-solution?id=s1"), "solution", steps=2)
    app.text_area(key="solution-client_references").set_value("Agde, 2024\nSète")
    app = onward(app, "solution")
    app.button(key="solution-_draft").click().run()

    assert sent(stub, "PATCH /solutions/s1")[0]["client_references"] == [
        proof,
        {"name": "Sète", "year": None},
    ]


def test_need_is_published_with_all_that_was_typed(stub: Stub, open_page: OpenPage) -> None:
    app = write(open_page("/new-need"))
    app.text_area(key="need-context").set_value("Deux crues par an.")
    onward(app)
    app.text_area(key="need-expected_outcome").set_value("Une heure d'avance.")
    app.text_area(key="need-essential_criteria").set_value("- SMS\n\n- sans abonnement")
    onward(app)
    app.multiselect(key="need-themes").set_value(["water.flood-risk"])
    app.selectbox(key="need-budget_why_blank").set_value("not_decided")
    app.date_input(key="need-response_deadline").set_value(DEADLINE)
    app.text_input(key="need-organisation_name").set_value("Ville de Sète")
    app.selectbox(key="need-organisation_kind").set_value("commune")
    onward(app)
    assert str(DEADLINE.year) in shown(app)
    app.button(key="need-_publish").click().run()

    assert sent(stub, "POST /needs") == [
        {
            "title": TITLE,
            "context": "Deux crues par an.",
            "description": "",
            "expected_outcome": "Une heure d'avance.",
            "essential_criteria": ["SMS", "sans abonnement"],
            "desirable_criteria": [],
            "themes": ["water.flood-risk"],
            "beneficiaries": [],
            "perimeters": [],
            "budget_band": None,
            "budget_why_blank": "not_decided",
            "response_deadline": DEADLINE.isoformat(),
            "project_stage": None,
            "anonymous": False,
            "status": "published",
            "organisation": {"name": "Ville de Sète", "kind": "commune"},
        }
    ]
    assert asked(app, "id") == ["new4"]
    assert f'<h1 class="pa-title" lang="fr">{TITLE}</h1>' in shown(app)


def test_saved_form_is_empty_when_opened_again(stub: Stub, open_page: OpenPage) -> None:
    app = onward(write(open_page("/new-need")), steps=3)
    app.button(key="need-_draft").click().run()
    app.query_params = {}
    app.switch_page("views/authority/register_need.py").run()

    assert app.text_input(key="need-title").value == ""


def test_draft_says_so_and_is_published_from_its_page(stub: Stub, open_page: OpenPage) -> None:
    app = onward(write(open_page("/new-need")), steps=3)
    app.button(key="need-_draft").click().run()
    assert "Brouillon" in shown(app)
    app.button(key="publish").click().run()

    assert sent(stub, "PATCH /needs/new4") == [{"status": "published"}]
    assert "Brouillon" not in shown(app)


def test_draft_is_taken_up_again_and_changed(stub: Stub, open_page: OpenPage) -> None:
    stub.needs = [need(1, status="draft", title="Ébauche", essential_criteria=["a", "b"])]
    app = open_page("/new-need?id=n1")
    assert app.text_input(key="need-title").value == "Ébauche"
    onward(write(app, title="Mieux dit"), steps=3)
    app.button(key="need-_publish").click().run()

    [change] = sent(stub, "PATCH /needs/n1")
    assert (change["title"], change["essential_criteria"]) == ("Mieux dit", ["a", "b"])
    assert change["organisation_id"] == "c1"


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ((500, {}), "Quelque chose s\\'est mal passé"),
        ((412, {}), "Cette fiche a changé"),
        (REFUSED, "Certaines réponses sont à revoir"),
    ],
)
def test_nothing_typed_is_lost_when_saving_fails(
    stub: Stub, open_page: OpenPage, answer: Any, title: str
) -> None:
    app = write(open_page("/new-need"))
    app.text_area(key="need-context").set_value("Deux crues par an.")
    onward(app, steps=3)
    stub.fail["POST /needs"] = answer
    app.button(key="need-_publish").click().run()

    assert [e.title for e in app.error] == [title]
    stub.fail.clear()
    onward(app, steps=3 - _step(app))
    app.button(key="need-_publish").click().run()
    assert sent(stub, "POST /needs")[-1]["context"] == "Deux crues par an."


def test_refused_fields_are_named_in_words_on_their_step(stub: Stub, open_page: OpenPage) -> None:
    app = onward(write(open_page("/new-need")), steps=3)
    stub.fail["POST /needs"] = REFUSED
    app.button(key="need-_publish").click().run()

    assert _step(app) == 0
    page = shown(app)
    assert "<li><strong>Titre</strong> Le titre est trop vague.</li>" in page
    assert "<li><strong>Thématiques</strong> Thématique inconnue.</li>" in page
    assert '<p class="pa-complaint">Le titre est trop vague.</p>' in page


def test_title_is_asked_for_before_the_service_is(stub: Stub, open_page: OpenPage) -> None:
    app = onward(open_page("/new-need"), steps=3)
    app.button(key="need-_publish").click().run()

    assert '<p class="pa-complaint">Donnez un titre au besoin.</p>' in shown(app)
    assert sent(stub, "POST /needs") == []


def test_failing_search_leaves_the_form_usable(stub: Stub, open_page: OpenPage) -> None:
    stub.fail["POST /search"] = (503, {})
    app = onward(write(open_page("/new-need")), steps=3)
    app.button(key="need-_publish").click().run()

    assert sent(stub, "POST /needs")[0]["title"] == TITLE


def test_reload_finds_what_was_typed_on_every_step(stub: Stub, open_page: OpenPage) -> None:
    app = write(open_page("/new-need"))
    app.text_area(key="need-context").set_value("Deux crues par an.")
    onward(app)
    app.text_area(key="need-expected_outcome").set_value("Une heure d'avance.").run()
    again = open_page(f"/new-need?lang=en&draft={asked(app, 'draft')[0]}")

    assert again.text_area(key="need-expected_outcome").value == "Une heure d'avance."
    again.button(key="need-_back").click().run()
    assert again.text_input(key="need-title").value == TITLE
    assert again.text_area(key="need-context").value == "Deux crues par an."


def test_solution_is_published_with_all_that_was_typed(stub: Stub, open_page: OpenPage) -> None:
    app = write(open_page("/new-solution"), "solution", "Capteurs de niveau")
    app.text_area(key="solution-summary").set_value("Préviennent avant la crue.")
    assert shown(app).count("pa-live-item") == 3
    onward(app, "solution")
    app.multiselect(key="solution-themes").set_value(["water"])
    app.selectbox(key="solution-maturity_band").set_value("pilot")
    onward(app, "solution")
    app.number_input(key="solution-deployment_weeks").set_value(6)
    app.text_area(key="solution-client_references").set_value("Ville de Sète, 2024\nAgde")
    app.text_input(key="solution-contact_email").set_value("a@b.fr")
    onward(app, "solution")
    app.button(key="solution-_publish").click().run()

    [record] = sent(stub, "POST /solutions")
    assert record["maturity"] == 8
    assert record["deployment_weeks"] == 6
    assert record["client_references"] == [
        {"name": "Ville de Sète", "year": 2024},
        {"name": "Agde", "year": None},
    ]
    assert record["contact_email"] == "a@b.fr"
    assert record["contact_phone"] is None
    assert asked(app, "id") == ["new4"]


def test_readiness_level_is_kept_when_its_band_is(stub: Stub, open_page: OpenPage) -> None:
    stub.solutions = [solution(1, status="draft", maturity=7)]
    app = onward(open_page("/new-solution?id=s1"), "solution", steps=3)
    app.button(key="solution-_draft").click().run()

    assert sent(stub, "PATCH /solutions/s1")[0]["maturity"] == 7


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(None, []), ("", []), ("a\n\n - b \n* c", ["a", "b", "c"])],
)
def test_lines_drop_blanks_and_bullets(typed: str | None, expected: list[str]) -> None:
    assert forms.lines(typed) == expected


def _step(app: AppTest) -> int:
    done = shown(app).split('<ol class="pa-steps"')[1].split("</ol>")[0]
    return done.count('class="done"')
