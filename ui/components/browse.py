"""A list of records: free-text search, filters, order, more on demand."""

from __future__ import annotations

from typing import cast

import streamlit as st

from ui import api, session
from ui.components import arrangement, cards, filters, hidden, matches, searches, states
from ui.i18n import _, n_
from ui.records import Counts, Kind, MatchList, NeedPage, SolutionPage
from ui.text import tag

PAGE_SIZE = 12
SEARCH_SIZE = 10
SORTS = ("-created_at", "-updated_at", "title")


def show(kind: Kind, label: str, placeholder: str) -> None:
    """Search field, filters, then a ranked list for a text or a plain list without one."""
    searches.opened()
    # Without the words of the filters there is no page: a failure is told once.
    api.vocabularies()
    text = _search_field(kind, label, placeholder)
    # Drawn after the results, whose request tells how many each choice would leave.
    choices = st.container()
    chosen = filters.for_api(filters.active(kind))
    with st.container():
        counts = _ranked(kind, text, chosen) if text else _listed(kind, chosen)
    with choices:
        filters.panel(kind, counts)
        searches.saver(kind, text, chosen)


def _search_field(kind: Kind, label: str, placeholder: str) -> str:
    key = f"search-{kind}"
    asked = st.query_params.get("q", "")
    session.follow(key, asked)
    st.text_input(
        label,
        key=key,
        type="search",
        placeholder=placeholder,
        on_change=_keep_text,
        args=(key,),
        max_chars=2000,
    )
    return asked.strip()


def _keep_text(key: str) -> None:
    text = (st.session_state[key] or "").strip()
    if text:
        st.query_params["q"] = text
    elif "q" in st.query_params:
        del st.query_params["q"]


def _ranked(kind: Kind, text: str, chosen: dict[str, list[str] | int]) -> Counts:
    """The ranked list; what each choice would leave."""

    def call() -> MatchList:
        return api.client().search(
            kind,
            text,
            chosen,
            relax=hidden.relaxed(),
            limit=SEARCH_SIZE,
            arrangement=arrangement.asked(),
            counts=True,
        )

    found = states.load(call, _("Comparing meanings…"))
    if found is None:
        return {}
    st.html(tag("h2", _count(kind, len(found["items"])) + " " + _("closest in meaning first")))
    if not found["items"]:
        states.empty(
            _("Nothing passes these filters"),
            _("Take a filter off, or say what you are looking for in other words."),
        )
    matches.show(found, kind, "search")
    return found.get("counts") or {}


def _listed(kind: Kind, chosen: dict[str, list[str] | int]) -> Counts:
    """The plain list; what each choice would leave."""
    page = states.load(lambda: _first_pages(kind, chosen), _("Fetching the list…"))
    if page is None:
        return {}
    with st.container(key="pa-listhead", horizontal=True, vertical_alignment="bottom"):
        st.html(tag("h2", _count(kind, page["total"])), width="stretch")
        if page["total"] > 1:
            _order(kind)
    if not page["items"]:
        _nothing(kind)
    cards.grid(kind, page["items"])
    if page["next_cursor"]:
        st.button(
            _("Show more"),
            key=f"more-{kind}",
            icon=":material/expand_more:",
            on_click=_one_more_page,
        )
    return page.get("counts") or {}


def _first_pages(kind: Kind, chosen: dict[str, list[str] | int]) -> SolutionPage | NeedPage:
    """The pages asked for so far; those already fetched for the same list are not asked again."""
    sort = _sort()
    same = {"kind": kind, "chosen": chosen, "sort": sort}
    kept = st.session_state.get("browse")
    if kept is None or kept["same"] != same or kept["wanted"] == 1:
        kept = {"same": same, "wanted": 1, "page": _page(kind, chosen, sort, None)}
    elif kept["wanted"] > kept["fetched"] and kept["page"]["next_cursor"]:
        following = _page(kind, chosen, sort, kept["page"]["next_cursor"])
        items = [*kept["page"]["items"], *following["items"]]
        counts = kept["page"].get("counts")
        kept = {**kept, "page": {**following, "items": items, "counts": counts}}
    st.session_state["browse"] = {**kept, "fetched": kept["wanted"]}
    return cast("SolutionPage | NeedPage", kept["page"])


def _page(
    kind: Kind, chosen: dict[str, list[str] | int], sort: str, cursor: str | None
) -> SolutionPage | NeedPage:
    query: dict[str, str | int | list[str]] = {**chosen, "limit": PAGE_SIZE, "sort": sort}
    query |= {"cursor": cursor} if cursor else {"counts": "true"}
    return api.client().solutions(query) if kind == "solutions" else api.client().needs(query)


def _one_more_page() -> None:
    st.session_state["browse"]["wanted"] += 1


def _sort() -> str:
    asked = st.query_params.get("sort", SORTS[0])
    return asked if asked in SORTS else SORTS[0]


def _order(kind: Kind) -> None:
    names = {
        "-created_at": _("Newest first"),
        "-updated_at": _("Last changed first"),
        "title": _("By title"),
    }
    key = f"sort-{kind}"
    session.follow(key, _sort())
    st.selectbox(
        _("Order"),
        SORTS,
        format_func=names.__getitem__,
        key=key,
        width=220,
        on_change=_keep_order,
        args=(key,),
    )


def _keep_order(key: str) -> None:
    st.query_params["sort"] = st.session_state[key]


def _count(kind: Kind, count: int) -> str:
    if kind == "solutions":
        return n_("{n} solution", "{n} solutions", count)
    return n_("{n} need", "{n} needs", count)


def _nothing(kind: Kind) -> None:
    if filters.active(kind):
        states.empty(
            _("Nothing passes these filters"),
            _("Take a filter off, or describe what you are looking for in the search field."),
        )
        return
    states.empty(
        _("Nothing has been published here yet"),
        _("Describe a first need or offer a first solution: it will appear here at once."),
    )
