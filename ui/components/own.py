"""The records of one's own organisations, in any state, and what to do next with each."""

from __future__ import annotations

from typing import cast

import streamlit as st

from ui import account, api, links
from ui.api import ApiError, Query
from ui.components import badges, cards, states
from ui.i18n import _, long_date, n_
from ui.records import Kind, Need, NeedPage, Solution, SolutionPage
from ui.text import tag

MOST = 100
STATUSES = ("draft", "submitted", "edits_requested", "published", "rejected")
ROLES: dict[Kind, str] = {"solutions": "project_leader", "needs": "authority_staff"}
FORMS: dict[Kind, str] = {"solutions": "new_solution", "needs": "new_need"}
_ARCHIVING = "own-archiving"


def allowed(kind: Kind) -> bool:
    """Whether the reader has records of this kind to look after; else says what to do."""
    if not account.signed_in():
        states.show(account.failure())
        return False
    if account.acts_as(ROLES[kind]) or account.is_operator():
        return True
    _empty(kind)
    return False


def fetch(kind: Kind) -> SolutionPage | NeedPage | None:
    """One's own records, the last changed first; archived ones are left out."""
    query: Query = {"mine": "true", "sort": "-updated_at", "limit": MOST, "status": STATUSES}

    def call() -> SolutionPage | NeedPage:
        client = api.client()
        return client.solutions(query) if kind == "solutions" else client.needs(query)

    return states.load(call, _("Fetching the list…"))


def show(kind: Kind, page: SolutionPage | NeedPage, told: dict[str, str]) -> None:
    """A card a record, with `told` (HTML by record id) in it."""
    records = cast("list[Solution | Need]", page["items"])
    if not records:
        _empty(kind)
        return
    for record in records:
        with st.container(key=f"pa-own-{record['id']}", border=True, gap="xsmall"):
            st.html(badges.eyebrow(record))
            cards.title_link(kind, record)
            since = _("Updated on {date}", date=long_date(record["updated_at"]))
            st.html(told.get(record["id"], "") + tag("p", since, "pa-hint"))
            _actions(kind, record)
    if page["total"] > len(records):
        rest = n_("{n} more", "{n} more", page["total"] - len(records))
        st.html(tag("p", rest, "pa-hint"))


def _empty(kind: Kind) -> None:
    if kind == "solutions":
        states.empty(
            _("You have not registered a solution yet"),
            _("Describe what you offer: the needs it answers appear while you write."),
        )
        links.link("new_solution", _("Offer a solution"), icon=":material/lightbulb:")
        return
    states.empty(
        _("You have not described a need yet"),
        _("Say what you are looking for: the solutions appear while you write."),
    )
    links.link("new_need", _("Describe a need"), icon=":material/edit_note:")


def _actions(kind: Kind, record: Solution | Need) -> None:
    asking = st.session_state.get(_ARCHIVING) == record["id"]
    with st.container(
        key=f"pa-own-do-{record['id']}", horizontal=True, vertical_alignment="center"
    ):
        links.link(FORMS[kind], _("Change"), icon=":material/edit:", id=record["id"])
        if not asking:
            st.button(
                _("Archive"),
                key=f"archive-{record['id']}",
                icon=":material/archive:",
                type="tertiary",
                on_click=_ask,
                args=(record["id"],),
            )
    if asking:
        _confirm(kind, record)


def _ask(record_id: str | None) -> None:
    st.session_state[_ARCHIVING] = record_id


def _confirm(kind: Kind, record: Solution | Need) -> None:
    """Archiving cannot be undone by whoever did it, so it is asked twice."""
    with st.container(key=f"pa-own-sure-{record['id']}", gap="xsmall"):
        question = _("Archive it? It leaves every list, and can no longer be changed.")
        st.html(tag("p", question, "pa-notice"))
        with st.container(horizontal=True):
            sure = st.button(_("Yes, archive it"), key=f"sure-{record['id']}", type="primary")
            st.button(_("Keep it"), key=f"keep-{record['id']}", on_click=_ask, args=(None,))
    if not sure:
        return
    try:
        api.client().archive(kind, record["id"], record["version"])
    except ApiError as error:
        states.show(error, again=False)
        return
    _ask(None)
    st.rerun()
