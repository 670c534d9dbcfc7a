"""The first page of an authority's staff: their needs, in any state."""

from __future__ import annotations

import streamlit as st

from ui.components import glance, own
from ui.i18n import _
from ui.text import tag


def show() -> None:
    """Draw the page."""
    st.html(tag("h1", _("My needs"), "pa-title"))
    if not own.allowed("needs"):
        return
    page = own.fetch("needs")
    if page is not None:
        own.show("needs", page, glance.told())


show()
