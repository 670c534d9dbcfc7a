"""The shortlist of a need: order, notes, decisions, comparison, exports."""

from __future__ import annotations

import streamlit as st

from ui import account, links, staff
from ui.api import ApiError
from ui.components import comparing, exporting, record, shortlisted, states
from ui.i18n import _
from ui.staff import Shortlist
from ui.text import md, shorten, tag


def show() -> None:
    """Draw the page of the need named in the address."""
    need_id = record.asked_id()
    if need_id is None:
        return
    if not account.signed_in():
        st.html(tag("h1", _("Shortlist"), "pa-title"))
        states.show(account.failure())
        return
    found = _load(need_id)
    if found is None:
        return
    with st.container(key="pa-back"):
        label = md(shorten(found["need_title"], 120))
        links.link("need", label, icon=":material/arrow_back:", id=need_id)
    st.html(tag("h1", _("Shortlist"), "pa-title") + tag("p", found["need_title"], "pa-lede"))
    if not found["items"]:
        states.empty(
            _("No solution has been kept yet"),
            _("Open the need and press “Keep” on the solutions worth following."),
        )
        return
    comparing.chooser(need_id, [(e["solution_id"], e["title"]) for e in found["items"]])
    for entry in found["items"]:
        shortlisted.card(need_id, entry, last=len(found["items"]))
    exporting.panel(need_id)


def _load(need_id: str) -> Shortlist | None:
    try:
        with st.spinner(_("Fetching the shortlist…")):
            return staff.shortlist(need_id)
    except ApiError as error:
        st.html(tag("h1", _("Shortlist"), "pa-title"))
        states.show(error)
        return None


show()
