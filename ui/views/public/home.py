"""The first page: what this is, two ways in, what is new."""

from __future__ import annotations

import streamlit as st

from ui import api, links
from ui.api import Query
from ui.components import cards, states
from ui.i18n import _, n_, number
from ui.records import NeedPage, SolutionPage
from ui.text import h, tag, wrap

LATEST = 3


def show() -> None:
    """Draw the page."""
    _welcome()
    answer = states.load(_latest, _("Fetching the latest needs and solutions…"))
    if answer is None:
        return
    needs, solutions = answer
    if needs["total"] + solutions["total"] == 0:
        states.empty(
            _("Nothing has been published here yet"),
            _("Describe a first need or offer a first solution: it will appear here at once."),
        )
        _how_it_works()
        return
    _figures(needs, solutions)
    _how_it_works()
    _lists(needs, solutions)


def _latest() -> tuple[NeedPage, SolutionPage]:
    query: Query = {"limit": LATEST, "sort": "-created_at"}
    return api.client().needs(query), api.client().solutions(query)


def _welcome() -> None:
    title = _("Bring local needs and the solutions that meet them together")
    lede = _(
        "Passerelle helps local authorities and businesses find project leaders who already "
        "have an answer, and shows why each one is proposed."
    )
    st.html(tag("h1", title, "pa-title") + tag("p", lede, "pa-lede"))
    with st.container(key="pa-banks", horizontal=True, gap=None):
        with st.container(key="pa-bank-need", gap="small"):
            _bank(
                _("I have a need"),
                _("Describe what you are looking for. Solutions appear while you write."),
            )
            with st.container(key="pa-go-need"):
                links.link("new_need", _("Describe a need"), icon=":material/edit_note:")
            links.link("solutions", _("Browse the solutions"))
        st.html('<div class="pa-span" aria-hidden="true"></div>', width=140)
        with st.container(key="pa-bank-solution", gap="small"):
            _bank(
                _("I offer a solution"),
                _("Say what it does, for whom and where. See which needs it answers."),
            )
            with st.container(key="pa-go-solution"):
                links.link("new_solution", _("Offer a solution"), icon=":material/lightbulb:")
            links.link("needs", _("Browse the needs"))


def _bank(title: str, text: str) -> None:
    st.html(tag("h2", title) + tag("p", text))


def _figures(needs: NeedPage, solutions: SolutionPage) -> None:
    pairs = [
        (needs["total"], n_("published need", "published needs", needs["total"])),
        (
            solutions["total"],
            n_("published solution", "published solutions", solutions["total"]),
        ),
    ]
    items = "".join(wrap("li", f"{tag('strong', number(n))} {h(what)}") for n, what in pairs)
    st.html(wrap("ul", items, "pa-figures"))


def _how_it_works() -> None:
    steps = [
        (
            _("Describe"),
            _("A guided form asks for what matters: context, expected result, criteria, place."),
        ),
        (
            _("Compare"),
            _(
                "The closest records are listed with their reasons: the sentence that answers, "
                "what fits, what is missing, what a filter hid."
            ),
        ),
        (
            _("Decide"),
            _("Nothing is decided for you: every list can be explained and reproduced."),
        ),
    ]
    items = "".join(wrap("li", tag("h3", name) + tag("p", text)) for name, text in steps)
    st.html(tag("h2", _("How it works")) + wrap("ol", items, "pa-how"))


def _lists(needs: NeedPage, solutions: SolutionPage) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.html(tag("h2", _("Latest needs")))
        for need in needs["items"]:
            cards.card("needs", need)
        links.link("needs", _("See every need"), icon=":material/arrow_forward:")
    with right:
        st.html(tag("h2", _("Latest solutions")))
        for solution in solutions["items"]:
            cards.card("solutions", solution)
        links.link("solutions", _("See every solution"), icon=":material/arrow_forward:")


show()
