"""Operators see what waits, what failed and why, and have it tried again."""

from __future__ import annotations

from tests.ui.conftest import OpenPage, asked, shown
from tests.ui.stub import Stub, letter, me_with


def test_page_tells_what_failed_and_why(stub: Stub, open_page: OpenPage) -> None:
    stub.letters = {
        "failed": [letter(1), letter(2, last_error="disabled")],
        "waiting": [letter(3, given_up_at=None)],
    }
    page = shown(open_page("/letters?lang=en"))

    assert "<h2>2 letters</h2>" in page
    assert "personne1@exemple.example" in page
    assert "The mail server answered: 550 5.1.1 No such mailbox" in page
    assert "The account is closed: nothing is sent to it." in page
    assert "Written: 2 Nov 2026, 10:30 · 1 attempt · given up: 2 Nov 2026, 10:30" in page
    assert "no mail server is set" not in page


def test_states_bear_their_counts_and_stay_in_the_address(stub: Stub, open_page: OpenPage) -> None:
    stub.letters = {"failed": [letter(1)], "waiting": [letter(3, given_up_at=None)]}
    app = open_page("/letters?lang=fr")
    assert app.selectbox("letters-state").options == [
        *("Abandonnés (1)", "En attente (1)", "Envoyés (0)")
    ]
    app.selectbox("letters-state").set_value("waiting").run()

    assert asked(app, "state") == ["waiting"]
    assert "prochain essai" in shown(app)


def test_letter_is_tried_again_on_demand(stub: Stub, open_page: OpenPage) -> None:
    stub.letters = {"failed": [letter(1)]}
    stub.fail["POST /mail/m1/retry"] = (200, letter(1, given_up_at=None))
    app = open_page("/letters?lang=en")
    app.button("try-m1").click().run()

    assert [path for method, path, _ in stub.calls if method == "POST"] == ["/mail/m1/retry"]
    told = "The letter to personne1@exemple.example is tried again at once."
    assert [message.value for message in app.success] == [told]


def test_refusal_to_try_again_is_said(stub: Stub, open_page: OpenPage) -> None:
    stub.letters = {"failed": [letter(1)]}
    stub.fail["POST /mail/m1/retry"] = (409, {"detail": "This letter was sent already."})
    app = open_page("/letters?lang=en")
    app.button("try-m1").click().run()

    assert len(app.error) == 1
    assert not app.success


def test_what_is_not_sent_at_all_is_said(stub: Stub, open_page: OpenPage) -> None:
    stub.sending = False
    page = shown(open_page("/letters?lang=en"))

    assert "no mail server is set" in page
    assert "Every letter has found its mailbox" in page


def test_page_is_for_operators(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("project_leader")
    app = open_page("/letters?lang=en")

    assert len(app.error) == 1
    assert "/mail" not in [path for _, path, _ in stub.calls]
