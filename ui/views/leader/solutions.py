"""A project leader's first page: their solutions and what to do next."""

from __future__ import annotations

import streamlit as st

from ui.components import own
from ui.i18n import _
from ui.text import tag


def show() -> None:
    """Draw the page."""
    st.html(tag("h1", _("My solutions"), "pa-title"))
    if not own.allowed("solutions"):
        return
    page = own.fetch("solutions")
    if page is not None:
        own.show("solutions", page, {})


show()
