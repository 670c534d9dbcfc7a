"""Needs for which no solution is suitable: said by their authority, found by project leaders."""

from __future__ import annotations

import streamlit as st

from ui import api, introductions, words
from ui.api import Query
from ui.components import cards, flash, states
from ui.i18n import _, long_date
from ui.records import Need, NeedPage
from ui.text import tag, wrap

NOTE_LENGTH = 500


def listed() -> None:
    """The unanswered needs of the themes of the reader's own solutions."""
    page = states.load(_of_own_themes, _("Fetching the list…"))
    if page is None:
        return
    if page["items"]:
        cards.grid("needs", page["items"])
        return
    states.empty(
        _("No need is without an answer in your themes"),
        _("When an authority finds no suitable solution, its need is listed here."),
    )


def _of_own_themes() -> NeedPage:
    query: Query = {"mine": "true", "status": ["published"], "limit": 100}
    solutions = api.client().solutions(query)["items"]
    themes = sorted({theme.split(".")[0] for one in solutions for theme in one["themes"]})
    if not themes:
        return {"items": [], "next_cursor": None, "total": 0}
    return introductions.unanswered(themes)


def notice(need: Need) -> None:
    """Says on the page of a need that its authority found nothing suitable."""
    at = need.get("unanswered_at")
    if not at:
        return
    since = _("Since {date}, its authority finds no suitable solution here.", date=long_date(at))
    reason = words.label("unanswered_reasons", need.get("unanswered_reason") or "")
    note = need.get("unanswered_note") or ""
    rest = "".join(tag("p", text) for text in (reason, note) if text)
    st.html(wrap("div", wrap("p", tag("strong", since)) + rest, "pa-notice"))


def declaration(need: Need) -> None:
    """Where those whose need it is say that nothing suits it, or take that back."""
    if not need["yours"] or need["status"] != "published":
        return
    call = introductions.declare_unanswered
    if need.get("unanswered_at"):
        if st.button(_("We are looking again"), key="take-back-unanswered"):
            flash.attempt(lambda: call(need["id"], None), _("It is no longer shown as unanswered."))
        return
    with st.expander(_("No solution is suitable?"), key="pa-unanswered"):
        _form(need)


def _form(need: Need) -> None:
    known = words.names("unanswered_reasons")
    with st.form("unanswered", border=False):
        st.html(tag("p", _what(), "pa-hint"))
        reason = st.selectbox(
            _("Reason"),
            list(known),
            index=None,
            format_func=known.__getitem__,
            placeholder=_("Choose a reason"),
            key="unanswered-reason",
        )
        note = st.text_area(
            _("In your words (optional; everybody reads it)"),
            key="unanswered-note",
            max_chars=NOTE_LENGTH,
            height=90,
        )
        sent = st.form_submit_button(_("Say that no solution is suitable"))
    if sent and reason is None:
        st.html(tag("p", _("Choose a reason first."), "pa-complaint"))
    elif sent:
        body = {"reason": reason, "note": note}
        call = introductions.declare_unanswered
        flash.attempt(lambda: call(need["id"], body), _("The need is shown as unanswered."), note)


def _what() -> str:
    return _(
        "Your need is then shown as unanswered to project leaders of its themes. It ends by itself "
        "when an introduction starts."
    )
