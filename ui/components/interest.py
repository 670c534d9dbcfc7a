"""From a match to an introduction: asked for by staff, answered by project leaders."""

from __future__ import annotations

import streamlit as st

from ui import account, api, introductions, links
from ui.api import ApiError, Query
from ui.components import agreement, flash, inbox, states
from ui.i18n import _
from ui.introductions import Item
from ui.records import Need, Solution, SolutionPage
from ui.text import shorten, tag

# Ended, and may be asked for again; where the leader said no, it may not.
AGAIN = ("closed", "expired")


def may_ask(need: Need) -> bool:
    """Whether the reader may ask for introductions for this need."""
    return need["status"] == "published" and account.is_in(need["organisation"], "authority_staff")


def known(need_id: str) -> dict[str, Item]:
    """The introductions of a need by solution, of each the one that last moved."""
    query: Query = {"need_id": need_id, "limit": 100}
    page = states.load(lambda: introductions.listed(query), _("Fetching the list…"))
    listed = page["items"] if page else []
    return {item["solution"]["id"]: item for item in reversed(listed)}


@st.fragment
def ask(
    need_id: str, snapshot_id: str | None, started: dict[str, Item], record: Solution | Need
) -> None:
    """A button on a candidate; once there is an introduction, where it stands and its page."""
    present = started.get(record["id"])
    with st.container(key=f"pa-ask-{record['id']}", horizontal=True, vertical_alignment="center"):
        if present is not None:
            st.html(inbox.status(present["status"]), width="content")
            links.link("introduction", _("Open the introduction"), id=present["id"])
        if (present is None or present["status"] in AGAIN) and st.button(
            _("Ask for an introduction"),
            key=f"ask-{record['id']}",
            icon=":material/handshake:",
        ):
            try:
                found = introductions.ask(need_id, record["id"], snapshot_id)
            except ApiError as error:
                states.show(error, again=False)
                return
            started[record["id"]] = introductions.as_item(found)
            st.rerun(scope="fragment")


def answer(need: Need) -> None:
    """Where a project leader with a published solution says whether the need interests them."""
    if need["yours"] or need["status"] != "published" or not account.acts_as("project_leader"):
        return
    with st.container(key="pa-interest", border=True, gap="small"):
        st.html(tag("h2", _("Answer this need")))
        if not st.toggle(_("Say whether it interests you"), key="interest-open"):
            return
        found = states.load(_own, _("Fetching the list…"))
        if found is not None:
            _form(need, found)


def _own() -> SolutionPage:
    query: Query = {"mine": "true", "status": ["published"], "limit": 100}
    return api.client().solutions(query)


def _form(need: Need, own: SolutionPage) -> None:
    solutions = {one["id"]: one["title"] for one in own["items"]}
    if not solutions:
        st.html(tag("p", _("Publish a solution first: it is the one you answer with."), "pa-hint"))
        links.link("my_solutions", _("My solutions"))
        return
    chosen = st.selectbox(
        _("With which solution"),
        list(solutions),
        format_func=lambda one: shorten(solutions[one], 90),
        key="interest-solution",
    )
    if st.button(_("We are interested"), key="interest-yes", type="primary"):
        _send(need, chosen, {"interested": True})
    with st.expander(_("Not interested"), key="interest-no"):
        with st.form("interest-no-form", border=False):
            reason, note = agreement.reason_fields(f"interest-{need['id']}")
            sent = st.form_submit_button(_("Decline"))
        if sent and reason is None:
            st.html(tag("p", _("Choose a reason first."), "pa-complaint"))
        elif sent:
            _send(need, chosen, {"interested": False, "reason": reason, "note": note})
    with st.expander(_("Answer together with others"), key="interest-together"):
        _together(need, chosen)


def _send(need: Need, solution_id: str, body: dict[str, object]) -> None:
    try:
        found = introductions.answer_need(solution_id, {"need_id": need["id"], **body})
    except ApiError as error:
        states.show(error, again=False)
        return
    links.go("introduction", id=found["id"])


def _together(need: Need, solution_id: str) -> None:
    """Find other solutions by their words, and invite their organisations."""
    text = st.text_input(_("Find a solution by its title"), key="together-q", max_chars=200)
    if not text.strip():
        return
    query: Query = {"q": text, "limit": 20}
    page = states.load(lambda: api.client().solutions(query), _("Fetching the list…"))
    found = {one["id"]: one for one in page["items"]} if page else {}
    found.pop(solution_id, None)
    if not found:
        st.html(tag("p", _("No other solution has these words."), "pa-hint"))
        return
    with st.form("together", border=False):
        chosen = st.multiselect(
            _("Solutions to invite"),
            list(found),
            format_func=lambda one: shorten(found[one]["title"], 80),
            key="together-chosen",
            placeholder=_("Choose one or several"),
        )
        note = st.text_input(_("A word to them (optional)"), key="together-note", max_chars=500)
        sent = st.form_submit_button(_("Invite"))
    if sent and chosen:
        body = {"need_id": need["id"], "solution_ids": chosen, "note": note}
        call = introductions.invite
        flash.attempt(lambda: call(solution_id, body), _("They are invited."), note)
