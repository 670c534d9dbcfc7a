"""Up to four solutions side by side on what a need asks for."""

from __future__ import annotations

import streamlit as st

from ui import links, staff
from ui.components import record, sidebyside, states
from ui.components.comparing import MOST, SOLUTION
from ui.i18n import _
from ui.text import md, shorten, tag


def show() -> None:
    """Draw the page of the need and solutions named in the address."""
    need_id = record.asked_id()
    if need_id is None:
        return
    chosen = st.query_params.get_all(SOLUTION)[:MOST]
    if not chosen:
        st.html(tag("h1", _("Compare solutions"), "pa-title"))
        states.empty(
            _("No solution was chosen"),
            _("Open a need and choose two to four solutions in its list."),
        )
        return
    found = states.load(lambda: staff.compare(need_id, chosen), _("Comparing meanings…"))
    if found is None:
        return
    with st.container(key="pa-back"):
        label = md(shorten(found["need_title"], 120))
        links.link("need", label, icon=":material/arrow_back:", id=need_id)
    st.html(tag("h1", _("Compare solutions"), "pa-title"))
    st.html(tag("p", found["need_title"], "pa-lede", found["need_lang"]))
    st.html(sidebyside.table(found))
    st.html(tag("p", sidebyside.legend(), "pa-hint"))


show()
