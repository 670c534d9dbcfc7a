"""Where a project leader answers the criteria of a need."""

from __future__ import annotations

import pytest

from tests.ui.conftest import OpenPage, shown
from tests.ui.stub import Stub, need, solution

pytestmark = pytest.mark.usefixtures("stub")
PATH = "/solutions/s1/answers/n1"


def fill(stub: Stub) -> None:
    stub.solutions = [solution()]
    stub.needs = [need(essential_criteria=["Alerte *par* SMS"], desirable_criteria=["Sur pile"])]


def test_criteria_are_asked_for_once_the_leader_wants_to_answer(
    stub: Stub, open_page: OpenPage
) -> None:
    fill(stub)
    app = open_page("/solution?id=s1&lang=en")
    assert [r.key for r in app.radio] == []
    assert PATH not in [path for _, path, _ in stub.calls]
    app.toggle(key="criteria-n1").set_value(True).run()
    assert [r.label for r in app.radio] == [
        "Alerte \\*par\\* SMS (Essential)",
        "Sur pile (Desirable)",
    ]
    assert app.radio(key="answer-n1-0").options == ["Met", "Partly met", "Not met", "No answer"]
    assert app.radio(key="answer-n1-0").value is None


def test_answers_are_saved_together(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    app = open_page("/solution?id=s1&lang=fr")
    app.toggle(key="criteria-n1").set_value(True).run()
    app.radio(key="answer-n1-0").set_value("no")
    app.text_input(key="note-n1-0").set_value("Par courriel seulement")
    app.button(key="save-answers-n1").click().run()
    (sent,) = [body for method, path, body in stub.calls if (method, path) == ("PUT", PATH)]
    assert sent == {
        "answers": [
            {"criterion": "Alerte *par* SMS", "answer": "no", "note": "Par courriel seulement"},
            {"criterion": "Sur pile", "answer": None, "note": None},
        ]
    }
    assert app.radio(key="answer-n1-0").value == "no"


def test_refused_answers_are_said_and_stay_on_the_page(stub: Stub, open_page: OpenPage) -> None:
    fill(stub)
    stub.fail[f"PUT {PATH}"] = (422, {"title": "Refus", "detail": "Le critère a changé."})
    app = open_page("/solution?id=s1&lang=fr")
    app.toggle(key="criteria-n1").set_value(True).run()
    app.radio(key="answer-n1-0").set_value("yes")
    app.button(key="save-answers-n1").click().run()
    assert [error.value for error in app.error] == ["Le critère a changé\\."]
    assert app.radio(key="answer-n1-0").value == "yes"


def test_a_need_without_criteria_or_a_list_of_solutions_asks_nothing(
    stub: Stub, open_page: OpenPage
) -> None:
    fill(stub)
    stub.needs = [need(essential_criteria=[])]
    assert len(open_page("/solution?id=s1").toggle) == 0
    assert len(open_page("/need?id=n1").toggle) == 0


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "fr",
            "filtre\N{NO-BREAK SPACE}: un critère essentiel déclaré non satisfait.",
        ),
        ("en", "1 solution hidden by the filter: an essential criterion declared unmet."),
    ],
)
def test_what_declared_criteria_hide_is_said_and_can_be_shown(
    stub: Stub, open_page: OpenPage, lang: str, sentence: str
) -> None:
    fill(stub)
    stub.solutions.append(solution(2))
    stub.hidden = [{"filter": "criterion", "count": 1, "gain": 1}]
    app = open_page(f"/need?id=n1&lang={lang}")
    assert sentence in shown(app)
    app.button(key="relax-criterion").click().run()
    assert stub.last("/needs/n1/matches")["relax"] == ["criterion"]
