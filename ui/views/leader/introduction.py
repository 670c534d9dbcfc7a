"""One introduction, for either side: who, why, where it stands, what one can do."""

from __future__ import annotations

import streamlit as st

from ui import account, introductions, links
from ui.components import (
    agreement,
    cards,
    exchange,
    flash,
    inbox,
    matches,
    partners,
    record,
    states,
)
from ui.i18n import _, number
from ui.introductions import Introduction
from ui.records import Kind
from ui.text import tag, wrap


def show() -> None:
    """Draw the page of the introduction named in the address."""
    record_id = record.asked_id()
    if record_id is None:
        return
    if not account.signed_in():
        st.html(tag("h1", _("Introduction"), "pa-title"))
        states.show(account.failure())
        return
    found = states.load(lambda: introductions.opened(record_id), _("Fetching the introduction…"))
    if found is not None:
        _page(found)


def _page(introduction: Introduction) -> None:
    with st.container(key="pa-back"):
        links.link("introductions", _("All the introductions"), icon=":material/arrow_back:")
    theirs = introduction["solution"] if introduction["side"] == "authority" else None
    subject = theirs or introduction["need"]
    head = wrap("p", inbox.status(introduction["status"]), "pa-marks")
    st.html(
        tag("p", _("Introduction"), "pa-eyebrow")
        + tag("h1", subject["title"], "pa-title", subject["lang"])
        + head
    )
    flash.show()
    if ending := agreement.ending(introduction):
        st.html(ending)
    left, right = st.columns([3, 2], gap="large")
    with left:
        agreement.contacts(introduction)
        agreement.moves(introduction)
        exchange.messages(introduction)
        agreement.outcome(introduction)
        _why(introduction)
    with right:
        st.html(exchange.path(introduction))
        st.html(tag("h2", _("The need and the solution")))
        cards.card("needs", introduction["need"], "introduction")
        cards.card("solutions", introduction["solution"], "introduction")
        if introduction["consortium"]:
            st.html(partners.listed(introduction["consortium"]))


def _why(introduction: Introduction) -> None:
    listed = introduction["reasons"]
    if not listed:
        return
    asked = introduction["started_by"] == "authority"
    kind: Kind = "solutions" if asked else "needs"
    quoted = introduction["solution"] if asked else introduction["need"]
    rank = introduction["rank"]
    place = _("In the list it came from, it was at rank {n}.", n=number(rank)) if rank else ""
    head = tag("h2", _("Why they match")) + (tag("p", place, "pa-hint") if place else "")
    st.html(head + matches.explained(listed, kind, quoted["lang"]))


show()
