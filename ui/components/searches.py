"""Keeping the search on the page, and coming back to one that was kept."""

from __future__ import annotations

import streamlit as st

from ui import account, links, staff
from ui.api import ApiError
from ui.components import states
from ui.i18n import _
from ui.records import Kind
from ui.text import shorten, tag

SAVED = "saved"
FREQUENCIES = ("none", "immediate", "daily", "weekly")
NAME_LENGTH = 200
_DONE = "search-saved"


def frequency_words() -> dict[str, str]:
    """How often news of a search are sent."""
    return {
        "none": _("No letters"),
        "immediate": _("At once"),
        "daily": _("Once a day"),
        "weekly": _("Once a week"),
    }


def opened() -> None:
    """Whoever comes from a saved search has seen its news."""
    search_id = st.query_params.get(SAVED)
    if not search_id:
        return
    del st.query_params[SAVED]
    if not account.signed_in():
        return
    try:
        staff.see_search(search_id)
    except ApiError as error:
        # A search that was deleted meanwhile: its results are on the page all the same.
        if error.problem != "not_found":
            raise


def saver(kind: Kind, text: str, chosen: dict[str, list[str] | int]) -> None:
    """A form that keeps the text and filters in use, for whoever is signed in."""
    if not account.signed_in() or not (text or chosen):
        return
    key = f"{kind}-{hash((text, str(chosen)))}"
    with st.expander(_("Save this search"), icon=":material/bookmark:", key="pa-save-search"):
        if st.session_state.get(_DONE) == key:
            st.html(tag("p", _("This search is saved."), "pa-note"))
            links.link("my_searches", _("My searches"), icon=":material/arrow_forward:")
            return
        with st.form(f"save-search-{key}", border=False):
            name = st.text_input(
                _("Name of the search"), shorten(text, 80), max_chars=NAME_LENGTH, key=f"n-{key}"
            )
            known = frequency_words()
            frequency = st.selectbox(
                _("Tell me of new results"),
                FREQUENCIES,
                format_func=known.__getitem__,
                key=f"f-{key}",
            )
            pressed = st.form_submit_button(_("Save"), key=f"s-{key}", type="primary")
        if pressed:
            _save(key, {"name": name, "kind": kind, "text": text, "frequency": frequency}, chosen)


def _save(key: str, search: dict[str, object], chosen: dict[str, list[str] | int]) -> None:
    try:
        staff.keep_search({**search, "filters": chosen})
    except ApiError as error:
        states.show(error, again=False)
        return
    st.session_state[_DONE] = key
    st.rerun()
