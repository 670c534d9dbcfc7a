"""Choosing up to four solutions to put side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui import links
from ui.i18n import _
from ui.text import md, shorten

MOST = 4
SOLUTION = "solution"


def chooser(need_id: str, listed: Sequence[tuple[str, str]]) -> None:
    """Two to four of the solutions listed (id and title), and a link to their comparison."""
    if len(listed) < 2:
        return
    titles = dict(listed)
    with st.container(key="pa-compare", gap="small"):
        chosen = st.multiselect(
            _("Compare up to four solutions"),
            list(titles),
            format_func=lambda one: shorten(titles.get(one or "", ""), 80),
            max_selections=MOST,
            placeholder=_("Choose the solutions"),
            select_all=False,
            key=f"compare-{need_id}",
        )
        if len(chosen) >= 2:
            label = md(_("Compare them"))
            links.link("compare", label, icon=":material/compare:", id=need_id, solution=chosen)
