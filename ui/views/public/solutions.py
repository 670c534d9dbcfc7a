"""Browse and search the solutions."""

from __future__ import annotations

import streamlit as st

from ui.components import browse
from ui.i18n import _
from ui.text import tag

st.html(tag("h1", _("Solutions"), "pa-title"))
browse.show(
    "solutions",
    _("What are you looking for?"),
    _("For example: warn residents before the river floods"),
)
