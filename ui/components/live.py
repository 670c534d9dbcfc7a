"""Matches shown beside a form while the person is still writing."""

from __future__ import annotations

import streamlit as st

from ui import api, links
from ui.api import ApiError
from ui.components import badges, hidden, matches, states
from ui.i18n import _, language
from ui.records import Kind, Match, MatchList
from ui.session import Draft
from ui.text import h, shorten, tag, wrap

SHORTEST = 12
SHOWN = 5
QUOTE_LENGTH = 180
KEPT = "_live"


def panel(kind: Kind, text: str, draft: Draft, missing: list[str]) -> None:
    """The records of a kind closest to the text typed so far, and what would help to do better."""
    with st.container(key=f"pa-live-{kind}", gap="small"):
        title = _("Matching solutions") if kind == "solutions" else _("Matching needs")
        st.html(tag("h2", title))
        if len(text.strip()) < SHORTEST:
            hint = _("Start with a title: what matches appears here while you write.")
            st.html(tag("p", hint, "pa-hint"))
            return
        found = _found(kind, text, draft)
        if found is not None:
            _show(kind, found)
        if missing:
            items = "".join(tag("li", name) for name in missing)
            head = tag("h3", _("What would make this list better"))
            st.html(head + wrap("ul", items, "pa-list"))


def _found(kind: Kind, text: str, draft: Draft) -> MatchList | None:
    """The ranked list, asked for again only when the text or its filters changed."""
    perimeters = list(draft.get("perimeters") or [])
    asked = (kind, text, perimeters, language())
    kept = st.session_state.get(KEPT)
    if kept is not None and kept[0] == asked:
        found: MatchList = kept[1]
        return found
    filters = {"perimeter": perimeters} if perimeters else {}
    try:
        with st.spinner(_("Comparing meanings…")):
            found = api.client().search(kind, text, filters, limit=SHOWN)
    except ApiError as error:
        states.show(error, again=False)
        return None
    st.session_state[KEPT] = (asked, found)
    return found


def _show(kind: Kind, found: MatchList) -> None:
    matches.notices(found)
    if not found["items"]:
        st.html(tag("p", _("Nothing close yet. Go on writing: the list follows."), "pa-hint"))
    st.html("".join(_item(kind, match) for match in found["items"]) or "<span></span>")
    for item in found["hidden"]:
        if item["count"]:
            st.html(tag("p", hidden.sentence(item, kind), "pa-hint"))


def _item(kind: Kind, match: Match) -> str:
    """One match; its page opens in a new tab, so that the form stays where it is."""
    record = match["record"]
    address = links.href("solution" if kind == "solutions" else "need", id=record["id"])
    title = h(shorten(record["title"], 110))
    spoken = h(_("(new tab)"))
    link = (
        f'<a href="{h(address)}" lang="{h(record["lang"])}" target="_blank" rel="noopener">{title}'
        f'<span class="pa-vh"> {spoken}</span></a>'
    )
    quote = matches.quotation(match["reasons"], record["lang"], QUOTE_LENGTH)
    return wrap("div", badges.band(match["band"]) + wrap("p", link) + quote, "pa-live-item")
