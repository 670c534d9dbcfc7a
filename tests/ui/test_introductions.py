"""Introductions on the pages: the inbox, one introduction, and the ways into it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.conftest import OpenPage, shown
from tests.ui.introductions import introduction, item, message
from tests.ui.stub import Stub, me_with, need, solution

pytestmark = pytest.mark.usefixtures("stub")

READ = "POST /introductions/i1/read"
PAGE = "/introduction?id=i1&lang=en"


def leader(stub: Stub, **changes: Any) -> None:
    stub.me = me_with("project_leader")
    stub.given[READ] = introduction(**changes)


def inbox(*items: dict[str, Any]) -> dict[str, Any]:
    counts = {"contacted": len(items)} if items else {}
    return {"items": list(items), "next_cursor": None, "total": len(items), "counts": counts}


def sent(stub: Stub, method: str, path: str) -> list[Any]:
    return [body for verb, where, body in stub.calls if (verb, where) == (method, path)]


def labels(buttons: Any) -> list[str]:
    return [button.label for button in buttons]


def test_inbox_tells_status_turn_and_new_messages(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("project_leader")
    stub.given["GET /introductions"] = inbox(item(1), item(2, awaits_you=False, unread=0))
    page = shown(open_page("/introductions?lang=en"))
    assert page.count("Your answer is waited for") == 1
    assert page.count("2 new messages") == 1
    assert page.count(">Contacted<") == 2
    assert "With your solution: Solution 1" in page
    assert len(sent(stub, "GET", "/introductions")) == 1


def test_inbox_filters_by_status_from_the_address(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("project_leader")
    stub.given["GET /introductions"] = inbox(item(1))
    app = open_page("/introductions?lang=fr&status=met")
    assert sent(stub, "GET", "/introductions")[-1]["status"] == ["met"]
    assert app.selectbox(key="inbox-status").value == "met"
    app.selectbox(key="inbox-status").select("").run()
    assert "status" not in sent(stub, "GET", "/introductions")[-1]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_inbox_without_introductions_says_how_they_start(
    stub: Stub, open_page: OpenPage, lang: str
) -> None:
    stub.me = me_with("authority_staff")
    stub.given["GET /introductions"] = inbox()
    page = shown(open_page(f"/introductions?lang={lang}"))
    assert {"fr": "Pas encore de mise en relation", "en": "No introduction yet"}[lang] in page


def test_visitor_is_asked_to_sign_in(stub: Stub, open_page: OpenPage) -> None:
    stub.me = {"person": None, "belongings": [], "demo": False}
    for address in ("/introductions?lang=en", PAGE):
        app = open_page(address)
        assert "Sign in" in shown(app)
    assert sent(stub, "GET", "/introductions") == []


def test_introduction_offers_only_what_is_allowed(stub: Stub, open_page: OpenPage) -> None:
    leader(stub)
    app = open_page(PAGE)
    assert labels(app.main.button) == [
        *("I agree to show this contact", "We are interested", "Decline", "Send")
    ]
    leader(stub, moves=[], may_write=False, may_consent=False, status="closed", reason="budget")
    app = open_page(PAGE)
    assert labels(app.main.button) == []
    assert "Price or budget does not suit" in shown(app)


def test_consent_says_what_is_shown_to_whom(stub: Stub, open_page: OpenPage) -> None:
    leader(stub)
    stub.given["POST /introductions/i1/consent"] = introduction()
    app = open_page(PAGE)
    page = shown(app)
    assert "If you agree, this is shown to the authority of this need, and to nobody else:" in page
    assert "<strong>Ada, Cie, ada@cie.example</strong>" in page
    app.button(key="consent").click().run()
    assert sent(stub, "POST", "/introductions/i1/consent") == [{"share_contact": True}]
    assert "Your agreement was recorded." in shown(app)


def test_consent_for_an_anonymous_need_says_that_it_names_it(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.me = me_with("authority_staff")
    stub.given[READ] = introduction(side="authority", need=need(1, anonymous=True))
    page = shown(open_page(PAGE))
    assert "Your need is anonymous. When you agree," in page
    assert "name nobody you would hide" in page


def test_contacts_are_shown_once_they_come(stub: Stub, open_page: OpenPage) -> None:
    staff = {"name": "Samia", "organisation": "Lunel", "email": "s@lunel.example", "phone": None}
    leader(stub, authority_contact=staff, leader_contact=staff, may_consent=False)
    page = shown(open_page(PAGE))
    assert 'href="mailto:s@lunel.example"' in page


def test_closing_without_a_reason_says_so_and_with_one_is_sent(
    stub: Stub, open_page: OpenPage
) -> None:
    leader(stub)
    stub.given["PATCH /introductions/i1"] = introduction()
    app = open_page(PAGE)
    decline = next(button for button in app.button if button.label == "Decline")
    decline.click().run()
    assert "Choose a reason first." in shown(app)
    assert sent(stub, "PATCH", "/introductions/i1") == []
    app.selectbox(key="end-not_interested-i1-reason").select("budget")
    next(button for button in app.button if button.label == "Decline").click().run()
    assert sent(stub, "PATCH", "/introductions/i1") == [
        {"status": "not_interested", "reason": "budget", "note": ""}
    ]


def test_stale_version_is_told_and_nothing_typed_is_lost(stub: Stub, open_page: OpenPage) -> None:
    leader(stub)
    stub.fail["PATCH /introductions/i1"] = (412, {"title": "x", "status": 412, "detail": "x"})
    app = open_page(PAGE)
    app.selectbox(key="end-not_interested-i1-reason").select("budget")
    app.text_area(key="end-not_interested-i1-note").input("Trop petit pour nous")
    next(button for button in app.button if button.label == "Decline").click().run()
    page = shown(app)
    assert "It has changed in the meantime" in page
    assert "Trop petit pour nous" in page
    assert app.text_area(key="end-not_interested-i1-note").value == "Trop petit pour nous"


def test_message_is_sent_once_and_its_field_is_new(stub: Stub, open_page: OpenPage) -> None:
    leader(stub, messages=[message(text="<script>alert(1)</script>")])
    stub.given["POST /introductions/i1/messages"] = introduction()
    app = open_page(PAGE)
    assert "&lt;script&gt;" in shown(app)
    field = next(area for area in app.text_area if area.label == "Your message")
    field.input("Bonjour")
    next(button for button in app.button if button.label == "Send").click().run()
    assert sent(stub, "POST", "/introductions/i1/messages") == [{"text": "Bonjour"}]
    assert next(area for area in app.text_area if area.label == "Your message").value == ""
    assert "Your message was sent." in shown(app)


def test_outcome_is_said_with_its_amount(stub: Stub, open_page: OpenPage) -> None:
    said = {"outcome": "deal", "amount_band": "10k_40k", "said_at": "2026-11-02T09:30:00+00:00"}
    leader(stub, may_say_outcome=True, authority_outcome=said, status="met", moves=["closed"])
    stub.given["PUT /introductions/i1/outcome"] = introduction()
    app = open_page(PAGE)
    assert "Authority: A deal was made, €10,000 to €40,000" in shown(app)
    app.radio(key="outcome-i1-what").set_value("deal")
    app.selectbox(key="outcome-i1-amount").select("10k_40k")
    next(button for button in app.button if button.label == "Save").click().run()
    assert sent(stub, "PUT", "/introductions/i1/outcome") == [
        {"outcome": "deal", "amount_band": "10k_40k"}
    ]


def test_staff_ask_from_a_candidate_and_see_where_it_stands(
    stub: Stub, open_page: OpenPage
) -> None:
    stub.me = me_with("authority_staff")
    own = {"id": "o-authority_staff", "name": "Commune", "kind": "commune"}
    stub.needs, stub.solutions = [need(1, organisation=own)], [solution(1), solution(2)]
    stub.given["GET /introductions"] = inbox(item(2, side="authority"))
    stub.given["POST /needs/n1/introductions"] = introduction(side="authority")
    app = open_page("/need?id=n1&lang=en")
    asks = [button for button in app.button if button.label == "Ask for an introduction"]
    assert [button.key for button in asks] == ["ask-s1"]
    asks[0].click().run()
    assert sent(stub, "POST", "/needs/n1/introductions") == [
        {"solution_id": "s1", "snapshot_id": "0f3a" * 16}
    ]


def test_why_it_cannot_be_asked_for_is_told(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("authority_staff")
    own = {"id": "o-authority_staff", "name": "Commune", "kind": "commune"}
    stub.needs, stub.solutions = [need(1, organisation=own)], [solution(1)]
    stub.given["GET /introductions"] = inbox()
    refused = {"title": "Conflict", "status": 409, "detail": "Nobody here answers for it."}
    stub.fail["POST /needs/n1/introductions"] = (409, refused)
    app = open_page("/need?id=n1&lang=en")
    app.button(key="ask-s1").click().run()
    assert [error.value for error in app.error] == [r"Nobody here answers for it\."]


def test_others_are_not_offered_to_ask(stub: Stub, open_page: OpenPage) -> None:
    stub.needs, stub.solutions = [need(1)], [solution(1)]
    for me in (me_with("authority_staff"), me_with("project_leader"), me_with(operator=True)):
        stub.me = me
        app = open_page("/need?id=n1&lang=en")
        assert "Ask for an introduction" not in labels(app.button)


def test_leader_says_that_a_need_does_not_interest_them(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("project_leader")
    stub.needs, stub.solutions = [need(1, yours=False)], [solution(1)]
    stub.given["POST /solutions/s1/interest"] = introduction(status="not_interested")
    stub.given[READ] = introduction(status="not_interested")
    app = open_page("/need?id=n1&lang=en")
    app.toggle(key="interest-open").set_value(True).run()
    app.selectbox(key="interest-n1-reason").select("not_available")
    next(button for button in app.button if button.label == "Decline").click().run()
    assert sent(stub, "POST", "/solutions/s1/interest") == [
        {"need_id": "n1", "interested": False, "reason": "not_available", "note": ""}
    ]


def test_unanswered_need_says_so_and_its_staff_can_take_it_back(
    stub: Stub, open_page: OpenPage
) -> None:
    since = {"unanswered_at": "2026-11-02T09:30:00+00:00", "unanswered_reason": "too_expensive"}
    stub.needs = [need(1, **since)]
    stub.given["DELETE /needs/n1/unanswered"] = need(1)
    app = open_page("/need?id=n1&lang=en")
    assert "The solutions exceed the budget" in shown(app)
    app.button(key="take-back-unanswered").click().run()
    assert len(sent(stub, "DELETE", "/needs/n1/unanswered")) == 1


def test_references_show_which_are_confirmed(stub: Stub, open_page: OpenPage) -> None:
    stub.me = {"person": None, "belongings": [], "demo": False}
    named = [{"name": "Ville d'Alès", "year": 2024}, {"name": "Ailleurs"}]
    stub.solutions = [solution(1, client_references=named, yours=False)]
    told = {"id": "r1", "name": "Ville d'Alès", "year": 2024, "status": "confirmed"}
    stub.given["GET /solutions/s1/references"] = {"items": [told]}
    page = shown(open_page("/solution?id=s1&lang=en"))
    assert page.count("✓ confirmed by the client") == 1


def test_staff_confirm_a_reference(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("authority_staff")
    asked = {
        "id": "r1",
        "solution_id": "s1",
        "solution_title": "Solution 1",
        "solution_lang": "fr",
        "name": "Lunel",
        "year": None,
        "status": "requested",
        "note": None,
    }
    stub.given["GET /reference-requests"] = {"items": [asked]}
    stub.given["POST /reference-requests/r1/answer"] = asked
    app = open_page("/introductions?show=references&lang=en")
    next(button for button in app.button if button.label == "Yes, confirm").click().run()
    assert sent(stub, "POST", "/reference-requests/r1/answer") == [
        {"answer": "confirmed", "note": ""}
    ]


def test_leader_joins_a_joint_answer(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("project_leader")
    partners = [
        {"solution_id": "s1", "title": "Une", "lang": "fr", "organisation": "A", "status": "lead"},
        {"solution_id": "s2", "title": "Deux", "lang": "fr", "organisation": "B"},
    ]
    rest: list[dict[str, Any]] = [{"yours": False}, {"status": "invited", "yours": True}]
    one = {"id": "c1", "need_id": "n1", "need_title": "Besoin", "need_lang": "fr", "note": ""}
    joint = {**one, "partners": [{**a, **b} for a, b in zip(partners, rest, strict=True)]}
    stub.given["GET /consortia"] = {"items": [joint]}
    stub.given["POST /consortia/c1/answer"] = joint
    app = open_page("/introductions?show=consortia&lang=en")
    assert "invited, has not answered yet" in shown(app)
    app.button(key="accepted-c1-s2").click().run()
    assert sent(stub, "POST", "/consortia/c1/answer") == [
        {"solution_id": "s2", "answer": "accepted"}
    ]


def test_unanswered_needs_are_those_of_own_themes(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("project_leader")
    stub.solutions, stub.needs = [solution(1, themes=["water.leak-detection"])], [need(1)]
    page = shown(open_page("/introductions?show=unanswered&lang=en"))
    asked = sent(stub, "GET", "/needs")[-1]
    assert (asked["unanswered"], asked["theme"]) == (["true"], ["water"])
    assert "Commune 1" in page
