"""One's introductions, and what belongs to them: joint answers, references, unanswered needs."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui import account, links
from ui.components import flash, inbox, partners, proofs, states, unanswered
from ui.i18n import _
from ui.text import tag

SHOW = "show"


def show() -> None:
    """Draw the page; each part is asked for only when it is shown."""
    st.html(tag("h1", _("Introductions"), "pa-title"))
    if not account.signed_in():
        states.show(account.failure())
        return
    flash.show()
    parts = _parts()
    chosen = st.query_params.get(SHOW, "introductions")
    if chosen not in parts:
        chosen = "introductions"
    if len(parts) > 1:
        with st.container(key="pa-parts", horizontal=True):
            for name, (label, _draw) in parts.items():
                here = "-here" if name == chosen else ""
                with st.container(key=f"pa-part-{name}{here}", width="content"):
                    links.link("introductions", label, **{SHOW: name})
    parts[chosen][1]()


def _parts() -> dict[str, tuple[str, Callable[[], None]]]:
    parts = {"introductions": (_("Introductions"), inbox.show)}
    if account.acts_as("project_leader"):
        parts["consortia"] = (_("Joint answers"), partners.show)
        parts["unanswered"] = (_("Needs without an answer"), unanswered.listed)
    if account.acts_as("authority_staff"):
        parts["references"] = (_("References to confirm"), proofs.show)
    return parts


show()
