"""The secret of the reader's session, from the cookie that only the server can read."""

from __future__ import annotations

import streamlit as st

COOKIE = "__Host-passerelle"


def secret() -> str | None:
    """The secret, None for a visitor."""
    value = st.context.cookies.get(COOKIE)
    return value or None
