"""Client references: what is asked of the client, and what it answered."""

from __future__ import annotations

import streamlit as st

from ui import introductions, links
from ui.components import flash, states
from ui.i18n import _, pair
from ui.introductions import Request
from ui.records import Reference, Solution
from ui.text import md, shorten, tag

NOTE_LENGTH = 500


def show() -> None:
    """The references that the reader's organisations are asked to confirm."""
    found = states.load(introductions.requests, _("Fetching the list…"))
    if found is None:
        return
    if not found:
        states.empty(
            _("No reference to confirm"),
            _("When a project leader names your organisation as a client, you are asked here."),
        )
    for one in found:
        _card(one)


def _card(request: Request) -> None:
    with st.container(key=f"pa-own-{request['id']}", border=True, gap="small"):
        year = f" ({request['year']})" if request["year"] else ""
        told = pair(f"{request['name']}{year}", _status(request["status"]))
        st.html(tag("p", told, "pa-eyebrow"))
        title = md(shorten(request["solution_title"], 200))
        links.link("solution", title, id=request["solution_id"])
        question = _("Is your organisation a client of this solution?")
        with st.form(f"reference-{request['id']}", border=False):
            st.html(tag("p", question))
            note = st.text_input(
                _("In your words (optional; the project leader reads it)"),
                request.get("note") or "",
                key=f"reference-note-{request['id']}",
                max_chars=NOTE_LENGTH,
            )
            with st.container(horizontal=True):
                yes = st.form_submit_button(_("Yes, confirm"), type="primary")
                no = st.form_submit_button(_("No, refuse"))
        if yes or no:
            body = {"answer": "confirmed" if yes else "refused", "note": note}
            call = introductions.answer_reference
            flash.attempt(lambda: call(request["id"], body), _("Your answer was saved."), note)


def _status(status: str) -> str:
    names = {
        "requested": _("not answered yet"),
        "confirmed": _("confirmed by the client"),
        "refused": _("not confirmed by the client"),
    }
    return names[status]


def of_solution(solution: Solution) -> list[Request]:
    """What is known of the references of a solution; nothing is asked where there are none."""
    if not solution["client_references"]:
        return []
    call = introductions.references
    return states.load(lambda: call(solution["id"]), _("Fetching the list…")) or []


def told(reference: Reference, known: list[Request]) -> str:
    """What a reference's line says of its confirmation, as HTML."""
    request = _of(reference, known)
    if request is None:
        return ""
    mark = "✓ " if request["status"] == "confirmed" else ""
    return tag("span", f"{mark}{_status(request['status'])}", "pa-tag")


def ask(solution: Solution, known: list[Request]) -> None:
    """A button for each reference of one's own that nobody was asked about."""
    unasked = [one for one in solution["client_references"] if _of(one, known) is None]
    if not unasked:
        return
    with st.expander(_("Have your references confirmed"), key="pa-references"):
        hint = _("The client is asked once; everybody sees what it confirms.")
        st.html(tag("p", hint, "pa-hint"))
        for place, one in enumerate(unasked):
            label = _("Ask {name}", name=md(shorten(one["name"], 80)))
            if st.button(label, key=f"ask-reference-{place}"):
                _request(solution["id"], one)


def _request(solution_id: str, one: Reference) -> None:
    call = introductions.request_reference
    flash.attempt(
        lambda: call(solution_id, one["name"], one.get("year")), _("The client was asked.")
    )


def _of(reference: Reference, known: list[Request]) -> Request | None:
    key = reference["name"].casefold(), reference.get("year") or None
    return next((one for one in known if (one["name"].casefold(), one["year"]) == key), None)
