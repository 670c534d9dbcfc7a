"""Needs elsewhere that ask for nearly the same: to be pooled."""

from __future__ import annotations

import streamlit as st

from ui import links, staff
from ui.api import ApiError
from ui.components import badges, cards, states
from ui.i18n import _, language
from ui.session import Draft
from ui.staff import SimilarNeed
from ui.text import h, shorten, tag, wrap

BESIDE = 3
KEPT = "_similar"


def panel(need_id: str) -> None:
    """The similar needs of others; nothing is said when there are none."""
    found = states.load(lambda: staff.similar_needs(need_id), _("Comparing meanings…"))
    if not found:
        return
    st.html(tag("h2", _("Similar needs elsewhere"), "pa-section") + _advice())
    for one in found:
        cards.card("needs", one["record"], "similar")


def beside(record: Draft | None) -> None:
    """The same in short, beside the form of a need that the service keeps already.

    Asked for again only when what is kept has changed.
    """
    if not record:
        return
    asked = (record["id"], record["version"], language())
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != asked:
        try:
            kept = (asked, staff.similar_needs(record["id"]))
        except ApiError as error:
            states.show(error, again=False)
            return
        st.session_state[KEPT] = kept
    if kept[1]:
        items = "".join(_short(one) for one in kept[1][:BESIDE])
        st.html(tag("h3", _("Similar needs elsewhere")) + _advice() + items)


def _advice() -> str:
    advice = _("Others look for nearly the same: together you may buy, test or ask as one.")
    return tag("p", advice, "pa-hint")


def _short(one: SimilarNeed) -> str:
    """One need; its page opens in a new tab, so that the form stays where it is."""
    record = one["record"]
    address, title = links.href("need", id=record["id"]), shorten(record["title"], 110)
    spoken = _("(new tab)")
    link = (
        f'<a href="{h(address)}" lang="{h(record["lang"])}" target="_blank" rel="noopener">'
        f'{h(title)}<span class="pa-vh"> {h(spoken)}</span></a>'
    )
    return wrap("div", badges.band(one["band"]) + wrap("p", link), "pa-live-item")
