"""Keeping candidates of an own need: a button on each, and the ways to the shortlist."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui import links, staff
from ui.api import ApiError
from ui.components import comparing, states
from ui.components.matches import Inside
from ui.i18n import _
from ui.records import MatchList, Need, Solution
from ui.text import tag


def ways(need_id: str) -> None:
    """From an own need to its shortlist."""
    links.link("shortlist", _("Shortlist"), icon=":material/bookmarks:", id=need_id)


def inside(need_id: str) -> Callable[[MatchList], Inside]:
    """What ends each card of the need's list: whether it is kept, and a button that keeps it."""

    def make(found: MatchList) -> Inside:
        listed = [(match["id"], match["record"]["title"]) for match in found["items"]]
        comparing.chooser(need_id, listed)
        try:
            kept = {entry["solution_id"] for entry in staff.shortlist(need_id)["items"]}
        except ApiError as error:
            states.show(error, again=False)
            return _nothing
        return lambda record: _button(need_id, record, found["snapshot_id"], kept)

    return make


def _nothing(_record: Solution | Need) -> None:
    """The shortlist could not be read: the list is shown without it."""


def _button(need_id: str, record: Solution | Need, snapshot_id: str | None, kept: set[str]) -> None:
    if record["id"] in kept:
        st.html(tag("p", "✓ " + _("On the shortlist"), "pa-kept"))
        return
    if st.button(_("Keep"), key=f"keep-{record['id']}", icon=":material/bookmark_add:"):
        try:
            staff.keep(need_id, record["id"], snapshot_id)
        except ApiError as error:
            states.show(error, again=False)
            return
        st.rerun()
