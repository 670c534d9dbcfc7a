"""How a ranked list is arranged, and a switch for each part of it. The address holds them."""

from __future__ import annotations

import streamlit as st

from ui import session
from ui.i18n import _
from ui.records import Kind

SPREAD = "spread"
_THEMES = "themes"
_OFF = "false"


def asked() -> dict[str, str]:
    """What the address says of the arrangement, as query parameters of a list."""
    given = {name: _OFF for name in ("group", "newcomers") if _switched_off(name)}
    return given | ({SPREAD: _THEMES} if _spread() else {})


def panel(kind: Kind) -> None:
    """A switch for each part, folded."""
    with st.expander(_("Arrange the list"), icon=":material/low_priority:", key="pa-arrange"):
        if kind == "solutions":
            label = _("Group solutions that are nearly the same")
            _switch("group", label, on=not _switched_off("group"))
        label = _("Give the tenth place to a newcomer that no list has shown")
        _switch("newcomers", label, on=not _switched_off("newcomers"))
        _switch(SPREAD, _("Vary the themes among equally close results"), on=_spread())


def _switch(name: str, label: str, *, on: bool) -> None:
    key = f"arrange-{name}"
    session.follow(key, on)
    st.checkbox(label, key=key, on_change=_keep, args=(name, key))


def _keep(name: str, key: str) -> None:
    on = st.session_state[key]
    usual = name != SPREAD
    if on != usual:
        st.query_params[name] = _THEMES if name == SPREAD else _OFF
    elif name in st.query_params:
        del st.query_params[name]


def _switched_off(name: str) -> bool:
    return st.query_params.get(name) == _OFF


def _spread() -> bool:
    return st.query_params.get(SPREAD) == _THEMES
