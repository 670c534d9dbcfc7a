"""A person chooses which letters they get."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import OpenPage, shown
from tests.ui.stub import Stub, me_with

NOBODY = {"person": None, "belongings": [], "demo": False}
KINDS = ["introduction", "moderation", "match", "search", "reminder"]


def keep(app: AppTest) -> AppTest:
    (button,) = [b for b in app.button if b.label in ("Keep my choices", "Enregistrer mes choix")]
    return button.click().run()


def test_page_shows_what_was_chosen(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("authority_staff")
    stub.alerts["frequencies"]["match"] = "weekly"
    stub.alerts["records"][0]["least_band"] = "strong"
    app = open_page("/alerts?lang=en")

    assert app.selectbox("alerts-match").value == "weekly"
    assert app.selectbox("alerts-band").value == "good"
    assert app.selectbox("alerts-band-n1").value == "strong"
    assert app.selectbox("alerts-match").options == [
        *("At once", "Once a day", "Once a week", "Never")
    ]


def test_choices_are_sent_together_once(stub: Stub, open_page: OpenPage) -> None:
    app = open_page("/alerts?lang=fr")
    app.selectbox("alerts-search").set_value("never")
    app.selectbox("alerts-band").set_value("possible")
    app.selectbox("alerts-band-n1").set_value("good")
    keep(app)

    sent = [body for method, path, body in stub.calls if method == "PUT"]
    frequencies = {**dict.fromkeys(KINDS, "immediate"), "search": "never"}
    assert sent == [
        {"frequencies": frequencies, "least_band": "possible", "records": {"n1": "good"}}
    ]
    assert [message.value for message in app.success] == ["Vos choix sont enregistrés."]
    assert [path for method, path, _ in stub.calls[-2:]] == ["/me/alerts", "/me/alerts"]


def test_refusal_is_said_and_what_was_chosen_stays(stub: Stub, open_page: OpenPage) -> None:
    app = open_page("/alerts?lang=en")
    stub.fail["PUT /me/alerts"] = (503, {"detail": "The database does not answer."})
    app.selectbox("alerts-match").set_value("never")
    keep(app)

    assert "The database does not answer" in shown(app) + str([e.value for e in app.error])
    assert app.selectbox("alerts-match").value == "never"


def test_visitor_is_asked_to_sign_in(stub: Stub, open_page: OpenPage) -> None:
    stub.me = NOBODY
    app = open_page("/alerts?lang=en")

    assert not app.selectbox
    assert "/me/alerts" not in [path for _, path, _ in stub.calls]
    assert "/account/sign-in" in shown(app)
