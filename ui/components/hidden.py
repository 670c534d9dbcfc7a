"""What the filters kept out of a ranked list, and one click to see it."""

from __future__ import annotations

import streamlit as st

from ui import fields
from ui.i18n import _, n_
from ui.records import Hidden, Kind, MatchList
from ui.text import tag

RELAX = "relax"


def relaxed() -> list[str]:
    """The filters the reader has set aside, as the address says."""
    return st.query_params.get_all(RELAX)


def show(matches: MatchList, kind: Kind) -> None:
    """What each filter hid, with a button to set it aside or to put it back."""
    kept_out = [item for item in matches["hidden"] if item["count"]]
    if not kept_out and not relaxed():
        return
    with st.container(key="pa-hidden", gap="small"):
        st.html(tag("h2", _("What the filters hid"), "pa-hidden-title"))
        for item in kept_out:
            _row(item, kind)
        for name in relaxed():
            _set_aside(name)


def _row(item: Hidden, kind: Kind) -> None:
    name = item["filter"]
    with st.container(key=f"pa-hid-{name}", horizontal=True, vertical_alignment="center"):
        st.html(tag("p", sentence(item, kind)), width="content")
        if item["gain"]:
            st.button(
                n_("Show {n}", "Show {n}", item["gain"]),
                key=f"relax-{name}",
                icon=":material/visibility:",
                on_click=_relax,
                args=([*relaxed(), name],),
            )


def _set_aside(name: str) -> None:
    with st.container(key=f"pa-aside-{name}", horizontal=True, vertical_alignment="center"):
        sentence = _("Filter set aside: {filter}.", filter=filter_name(name))
        st.html(tag("p", sentence), width="content")
        st.button(
            _("Apply it again"),
            key=f"restore-{name}",
            icon=":material/undo:",
            on_click=_relax,
            args=([n for n in relaxed() if n != name],),
        )


def sentence(item: Hidden, kind: Kind) -> str:
    """How many records a filter hid."""
    count, name = item["count"], filter_name(item["filter"])
    if kind == "solutions":
        text = n_(
            "{n} solution hidden by the filter: {filter}.",
            "{n} solutions hidden by the filter: {filter}.",
            count,
            filter=name,
        )
    else:
        text = n_(
            "{n} need hidden by the filter: {filter}.",
            "{n} needs hidden by the filter: {filter}.",
            count,
            filter=name,
        )
    return text


def filter_name(name: str) -> str:
    """What a filter of the ranking is called, in the middle of a sentence."""
    names = {
        "perimeter": _("perimeter"),
        "deadline": _("answers already closed"),
        "criterion": _("an essential criterion declared unmet"),
        "status": _("not published"),
        "language": _("language"),
        "price_band": _("price"),
        "maturity_min": _("maturity"),
    }
    return names.get(name) or fields.label(name).lower()


def _relax(names: list[str]) -> None:
    if names:
        st.query_params[RELAX] = names
    elif RELAX in st.query_params:
        del st.query_params[RELAX]
