"""The searches one keeps: what is new in each, how often one is told."""

from __future__ import annotations

import streamlit as st

from ui import account, fields, links, staff
from ui.api import ApiError
from ui.components import filters, states
from ui.components.searches import FREQUENCIES, NAME_LENGTH, SAVED, frequency_words
from ui.i18n import _, n_
from ui.staff import SavedSearch
from ui.text import md, shorten, tag


def show() -> None:
    """Draw the page."""
    st.html(tag("h1", _("My searches"), "pa-title"))
    if not account.signed_in():
        states.show(account.failure())
        return
    found = states.load(staff.searches, _("Looking for news…"))
    if found is None:
        return
    if not found:
        states.empty(
            _("You have not saved a search yet"),
            _("Search or filter the solutions, then press “Save this search”."),
        )
        links.link("solutions", _("Browse the solutions"), icon=":material/search:")
    for search in found:
        _card(search)


def _card(search: SavedSearch) -> None:
    with st.container(key=f"pa-search-{search['id']}", border=True, gap="xsmall"):
        st.html(tag("h2", search["name"]) + tag("p", _what(search), "pa-hint"))
        st.html(tag("p", _news(search["new"]), "pa-news" if search["new"] else "pa-hint"))
        links.link(
            search["kind"],
            _("Open the results"),
            icon=":material/arrow_forward:",
            **_address(search),
        )
        with st.expander(_("Change"), key=f"pa-change-{search['id']}"):
            _change(search)


def _what(search: SavedSearch) -> str:
    """What the search looks for, in one line."""
    where = _("Solutions") if search["kind"] == "solutions" else _("Needs")
    parts = [where, f"“{shorten(search['text'], 120)}”" if search["text"] else ""]
    for name, values in _given(search).items():
        said = ", ".join(filters.value_label(search["kind"], name, value) for value in values)
        parts.append(f"{fields.label(name)}: {said}")
    return " · ".join(part for part in parts if part)


def _news(count: int) -> str:
    if not count:
        return _("Nothing new since you last opened it")
    return n_("{n} new result", "{n} new results", count)


def _given(search: SavedSearch) -> dict[str, list[str]]:
    """The filters as the address of a list holds them."""
    found: dict[str, list[str]] = {}
    for name, value in search["filters"].items():
        if isinstance(value, list) and value and name != "language":
            found[name] = value
        elif isinstance(value, int):
            found[name] = [filters.level_code(value)]
    return found


def _address(search: SavedSearch) -> dict[str, links.Value]:
    asked: dict[str, links.Value] = {SAVED: search["id"], **_given(search)}
    return asked | ({"q": search["text"]} if search["text"] else {})


def _change(search: SavedSearch) -> None:
    known = frequency_words()
    key = search["id"]
    with st.form(f"search-{key}", border=False):
        name = st.text_input(
            _("Name of the search"), search["name"], max_chars=NAME_LENGTH, key=f"name-{key}"
        )
        frequency = st.selectbox(
            _("Tell me of new results"),
            FREQUENCIES,
            index=FREQUENCIES.index(search["frequency"]),
            format_func=known.__getitem__,
            key=f"often-{key}",
        )
        saved = st.form_submit_button(_("Save"), key=f"save-{key}")
    deleted = st.button(
        md(_("Delete this search")), key=f"delete-{key}", icon=":material/delete:", type="tertiary"
    )
    try:
        if saved:
            staff.change_search(key, {"name": name, "frequency": frequency})
        if deleted:
            staff.forget_search(key)
    except ApiError as error:
        states.show(error, again=False)
        return
    if saved or deleted:
        st.rerun()


show()
