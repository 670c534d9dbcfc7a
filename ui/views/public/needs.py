"""Browse and search the needs."""

from __future__ import annotations

import streamlit as st

from ui.components import browse
from ui.i18n import _
from ui.text import tag

st.html(tag("h1", _("Needs"), "pa-title"))
browse.show(
    "needs",
    _("What can you do?"),
    _("For example: sensors that watch the level of rivers"),
)
