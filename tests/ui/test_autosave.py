"""A draft is kept by the service while it is written; two people who write lose nothing."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import OpenPage, asked, shown
from tests.ui.stub import Stub, me_with, solution
from ui.components import autosave, conflict

TITLE = "Capteurs de niveau"


@pytest.fixture
def stub(stub: Stub) -> Stub:
    stub.me = me_with("project_leader")
    return stub


def sent(stub: Stub, call: str) -> list[Any]:
    return [body for method, path, body in stub.calls if f"{method} {path}" == call]


def write(app: AppTest, title: str = TITLE) -> AppTest:
    return app.text_input(key="solution-title").set_value(title).run()


def onward(app: AppTest) -> AppTest:
    return app.button(key="solution-_next").click().run()


def test_draft_is_kept_once_it_has_a_title(stub: Stub, open_page: OpenPage) -> None:
    app = open_page("/new-solution?lang=en")
    assert sent(stub, "POST /solutions") == []
    app = write(app)

    [made] = sent(stub, "POST /solutions")
    assert (made["title"], made["status"]) == (TITLE, "draft")
    assert made["organisation_id"] == "o-project_leader"
    assert asked(app, "id") == ["new1"]
    assert '<p class="pa-saved">Saved at ' in shown(app)


def test_typing_on_waits_and_a_change_of_step_does_not(stub: Stub, open_page: OpenPage) -> None:
    app = write(open_page("/new-solution"))
    app = write(app, "Capteurs de niveau des rivières")
    assert sent(stub, "PATCH /solutions/new1") == []
    app = onward(app)

    [change] = sent(stub, "PATCH /solutions/new1")
    assert change["title"] == "Capteurs de niveau des rivières"
    assert "status" not in change
    app = onward(app)
    assert len(sent(stub, "PATCH /solutions/new1")) == 1


def test_closed_form_is_found_again_from_its_address(stub: Stub, open_page: OpenPage) -> None:
    app = write(open_page("/new-solution"))
    app.text_area(key="solution-summary").set_value("Préviennent avant la crue.")
    onward(app)
    again = open_page("/new-solution?id=new1")

    assert again.text_input(key="solution-title").value == TITLE
    assert again.text_area(key="solution-summary").value == "Préviennent avant la crue."


def test_published_record_changes_only_when_asked_to(stub: Stub, open_page: OpenPage) -> None:
    stub.solutions = [solution(1)]
    app = write(open_page("/new-solution?id=s1&lang=en"), "Mieux dit")
    for _ in range(3):
        app = onward(app)
    assert sent(stub, "PATCH /solutions/s1") == []
    assert [b.label for b in app.button if b.key in ("solution-_draft", "solution-_publish")] == [
        "Save the changes"
    ]
    app.button(key="solution-_draft").click().run()

    [change] = sent(stub, "PATCH /solutions/s1")
    assert change["title"] == "Mieux dit"
    assert "status" not in change


def test_visitor_s_draft_is_not_sent_anywhere(stub: Stub, open_page: OpenPage) -> None:
    stub.me = {"person": None, "belongings": [], "demo": False}
    app = write(open_page("/new-solution?lang=en"))
    for _ in range(3):
        app = onward(app)

    assert sent(stub, "POST /solutions") == []
    assert "/account/sign-in" in shown(app)
    assert "solution-_publish" not in [b.key for b in app.button]


def test_newcomer_s_organisation_is_registered_on_moving_on(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.me = me_with()
    app = write(open_page("/new-solution"))
    assert "Dites pour quel organisme vous écrivez" in shown(app)
    app.text_input(key="solution-organisation_name").set_value("Éole").run()
    app.text_input(key="solution-organisation_siren").set_value("243 400 017")
    app.selectbox(key="solution-organisation_kind").set_value("startup").run()
    assert sent(stub, "POST /solutions") == []
    onward(app)

    [made] = sent(stub, "POST /solutions")
    assert made["organisation"] == {"name": "Éole", "kind": "startup", "siren": "243 400 017"}


def test_refused_draft_names_what_to_correct(stub: Stub, open_page: OpenPage) -> None:
    stub.fail["POST /solutions"] = (422, {"errors": [{"field": "title", "message": "Trop court"}]})
    app = write(open_page("/new-solution?lang=en"))

    assert "Not saved yet. To correct: Title." in shown(app)


def test_organisation_that_is_known_is_told_in_the_service_s_words(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.me = me_with()
    stub.fail["POST /solutions"] = (409, {"detail": "Un organisme de ce nom est déjà inscrit."})
    app = write(open_page("/new-solution"))
    app.text_input(key="solution-organisation_name").set_value("Éole")
    app.selectbox(key="solution-organisation_kind").set_value("startup").run()
    app = onward(onward(onward(app)))
    app.button(key="solution-_draft").click().run()

    assert "Un organisme de ce nom est déjà inscrit" in app.error[0].value.replace("\\", "")


def elsewhere(stub: Stub, **changes: Any) -> None:
    """Somebody else changes the record, so that the version that was read is no longer it."""
    stub.solutions[0].update(changes, version=stub.solutions[0]["version"] + 1)


@pytest.fixture
def both(stub: Stub, open_page: OpenPage) -> AppTest:
    """A draft whose title both changed, and whose summary only the other did."""
    stub.solutions = [solution(1, status="draft", title="Avant", summary="Avant")]
    app = open_page("/new-solution?id=s1&lang=en")
    elsewhere(stub, title="Le leur", summary="Leur résumé")
    return write(app, "Le mien")


def test_second_person_is_told_and_keeps_what_they_typed(stub: Stub, both: AppTest) -> None:
    page = shown(both)

    assert "Somebody else has changed this record" in page
    assert "Taken over, as you had not touched it: Summary." in page
    assert "<dd>Le mien</dd>" in page
    assert "<dd>Le leur</dd>" in page
    assert both.text_input(key="solution-title").value == "Le mien"
    assert both.text_area(key="solution-summary").value == "Leur résumé"
    assert stub.solutions[0]["title"] == "Le leur"


@pytest.mark.parametrize(
    ("choice", "expected"), [("keep", "Le mien"), ("take", "Le leur")], ids=["keep", "take"]
)
def test_each_field_is_kept_or_taken(stub: Stub, both: AppTest, choice: str, expected: str) -> None:
    app = both.button(key=f"solution-_{choice}-title").click().run()
    assert app.text_input(key="solution-title").value == expected
    app.button(key="solution-_read").click().run()
    onward(app)

    assert stub.solutions[0]["title"] == expected
    assert stub.solutions[0]["summary"] == "Leur résumé"


def test_nothing_is_saved_before_every_choice_is_made(stub: Stub, both: AppTest) -> None:
    for _ in range(3):
        both = onward(both)

    assert both.button(key="solution-_draft").disabled
    assert len(sent(stub, "PATCH /solutions/s1")) == 1


def test_rejection_meanwhile_is_told_and_the_text_stays(stub: Stub, open_page: OpenPage) -> None:
    stub.solutions = [solution(1, status="edits_requested", title="Avant")]
    stub.given["GET /solutions/s1/remarks"] = []
    app = open_page("/new-solution?id=s1&lang=en")
    elsewhere(stub, status="rejected")
    app = write(app, "Le mien")

    assert "Its state is now: Rejected." in shown(app)
    assert app.text_input(key="solution-title").value == "Le mien"


def test_merge_takes_what_only_the_other_changed() -> None:
    draft = {"title": "mine", "summary": "old", "themes": ["b", "a"], "_base": {}}
    draft["_base"] = {"title": "old", "summary": "old", "themes": ["a", "b"]}
    theirs = {"title": "theirs", "summary": "new", "themes": ["a", "b"], "licence": None}

    assert conflict.merge(draft, theirs) == ({"summary": "new"}, {"title": "theirs"})


def test_draft_is_due_again_after_a_while() -> None:
    draft: dict[str, Any] = {autosave.SENT: {"title": "a"}, autosave.TRIED: 100.0}

    assert not autosave.due(draft, {"title": "a"}, 200.0, moved=True)
    assert not autosave.due(draft, {"title": "b"}, 100.0 + autosave.EVERY / 2, moved=False)
    assert autosave.due(draft, {"title": "b"}, 100.0 + autosave.EVERY, moved=False)
    assert autosave.due(draft, {"title": "b"}, 101.0, moved=True)
