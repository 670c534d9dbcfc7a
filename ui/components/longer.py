"""Lists that grow on demand: one request a list, of as many entries as were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.i18n import _, n_
from ui.text import tag

STEP = 20
MOST = 100


def limit(name: str) -> int:
    """How many entries of a list to ask for."""
    return min(MOST, int(st.session_state.get(_key(name), STEP)))


def start_again(name: str) -> None:
    """Ask for the first few only; when the filters have changed."""
    st.session_state.pop(_key(name), None)


def more(name: str, page: Mapping[str, Any]) -> None:
    """A button for more, or how many there are beyond what a list can show."""
    rest = page["total"] - len(page["items"])
    if rest <= 0:
        return
    if limit(name) < MOST:
        st.button(
            _("Show more"),
            key=f"more-{name}",
            icon=":material/expand_more:",
            on_click=_grow,
            args=(name,),
        )
        return
    more = n_("{n} more: narrow the list with its filters.", "{n} more: narrow the list.", rest)
    st.html(tag("p", more, "pa-hint"))


def _grow(name: str) -> None:
    st.session_state[_key(name)] = limit(name) + STEP


def _key(name: str) -> str:
    return f"longer-{name}"
