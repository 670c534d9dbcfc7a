"""Choosing territories by typing the beginning of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from ui import api
from ui.api import ApiError
from ui.components import states
from ui.i18n import _, number
from ui.records import Territory
from ui.text import md, tag

SHORTEST = 2


def picker(
    label: str,
    key: str,
    chosen: list[str],
    change: Callable[[list[str]], None],
    counts: Mapping[str, int] | None = None,
) -> None:
    """A search field, what it finds as buttons that add, and what is chosen as ones that remove.

    `counts` are the results that some of the territories would leave.
    """
    typed = st.text_input(
        label,
        key=f"{key}-search",
        placeholder=_("Commune, EPCI, département, region"),
        live="300ms",
        icon=":material/location_on:",
        autocomplete="off",
    )
    if typed and len(typed.strip()) >= SHORTEST:
        _suggestions(typed.strip(), key, chosen, change, counts or {})
    for code in chosen:
        st.button(
            md(_("Remove {name}", name=name(code))),
            key=f"{key}-remove-{code}",
            icon=":material/close:",
            on_click=change,
            args=([c for c in chosen if c != code],),
        )


def name(code: str) -> str:
    """The name of a territory, its code when it cannot be found out."""
    try:
        return _described(_territory(code))
    except ApiError:
        return code


@st.cache_data(show_spinner=False, ttl=3600, max_entries=5000)
def _territory(code: str) -> Territory:
    return api.client().territory(code)


def _suggestions(
    typed: str,
    key: str,
    chosen: list[str],
    change: Callable[[list[str]], None],
    counts: Mapping[str, int],
) -> None:
    try:
        found = [t for t in api.client().territories(typed) if t["code"] not in chosen]
    except ApiError as error:
        states.show(error, again=False)
        return
    if not found:
        st.html(tag("p", _("No territory of that name."), "pa-hint"))
    with st.container(key=f"pa-found-{key}", gap="xsmall"):
        for item in found:
            st.button(
                md(_described(item) + _count(counts.get(item["code"]))),
                key=f"{key}-add-{item['code']}",
                icon=":material/add:",
                type="tertiary",
                on_click=_add,
                args=(key, [*chosen, item["code"]], change),
            )


def _count(results: int | None) -> str:
    return "" if results is None else f" ({number(results)})"


def _add(key: str, codes: list[str], change: Callable[[list[str]], None]) -> None:
    st.session_state[f"{key}-search"] = ""
    change(codes)


def _described(item: Territory) -> str:
    """The name with what tells namesakes apart."""
    departement = (item.get("departement") or "").removeprefix("departement:")
    match item["kind"]:
        case "commune":
            return f"{item['name']} ({departement})" if departement else item["name"]
        case "epci":
            return f"{item['name']} (EPCI)"
        case "departement":
            return _("{name} (département)", name=item["name"])
        case "region":
            return _("{name} (region)", name=item["name"])
        case _:
            return item["name"]
