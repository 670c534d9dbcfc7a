"""The needs that one's published solutions answer, solution by solution, and why."""

from __future__ import annotations

import streamlit as st

from ui import api, links
from ui.components import matches, own, states
from ui.i18n import _, n_
from ui.records import MatchList
from ui.text import tag

SOLUTIONS = 10
NEEDS = 3


def show() -> None:
    """Draw the page."""
    st.html(tag("h1", _("Needs that your solutions answer"), "pa-title"))
    if not own.allowed("solutions"):
        return
    answered = states.load(
        lambda: api.client().own_matches(SOLUTIONS, NEEDS), _("Comparing meanings…")
    )
    if answered is None:
        return
    if not answered["items"]:
        states.empty(
            _("None of your solutions is published yet"),
            _("Once one is, the needs it answers are listed here, with the reasons."),
        )
        links.link("my_solutions", _("My solutions"), icon=":material/arrow_forward:")
        return
    for found in answered["items"]:
        _solution(found)
    left_out = answered["total"] - len(answered["items"])
    if left_out:
        told = n_("{n} more solution", "{n} more solutions", left_out)
        st.html(tag("p", told, "pa-hint"))


def _solution(found: MatchList) -> None:
    subject = found["subject"] or {}
    st.html(tag("h2", subject.get("title", ""), "pa-section"))
    near = [match for match in found["items"] if match["band"] != "uncertain"]
    if not near:
        st.html(tag("p", _("No need is close to it at present."), "pa-hint"))
    for match in near:
        matches.card(match, "needs", f"own-{subject.get('id')}")
    with st.container(key=f"pa-all-{subject.get('id')}"):
        links.link("solution", _("Everything about this solution"), id=subject.get("id", ""))


show()
