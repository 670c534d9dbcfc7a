"""Needs elsewhere that ask for nearly the same: to be pooled."""

from __future__ import annotations

import streamlit as st

from ui import staff
from ui.components import cards, states
from ui.i18n import _
from ui.text import tag


def panel(need_id: str) -> None:
    """The similar needs of others; nothing is said when there are none."""
    found = states.load(lambda: staff.similar_needs(need_id), _("Comparing meanings…"))
    if not found:
        return
    st.html(tag("h2", _("Similar needs elsewhere"), "pa-section"))
    advice = _("Others look for nearly the same: together you may buy, test or ask as one.")
    st.html(tag("p", advice, "pa-hint"))
    for one in found:
        cards.card("needs", one["record"], "similar")
