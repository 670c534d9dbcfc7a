"""Filters of a list. The address holds them, so a filtered list can be kept, sent and reloaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ui import fields, words
from ui.components import territory
from ui.i18n import _, n_, number
from ui.records import Counts, Kind
from ui.text import md

TERRITORY = "perimeter"
_COLUMNS = 3


@dataclass(frozen=True)
class Filter:
    """A filter as the API names it, and the vocabulary of its values ("" for territories)."""

    name: str
    vocabulary: str


_FILTERS: dict[Kind, tuple[Filter, ...]] = {
    "solutions": (
        Filter("theme", "themes"),
        Filter("beneficiary", "beneficiaries"),
        Filter("price_band", "price_bands"),
        Filter("maturity_min", "maturity"),
        Filter("label", "labels"),
        Filter(TERRITORY, ""),
    ),
    "needs": (
        Filter("theme", "themes"),
        Filter("price_band", "price_bands"),
        Filter("beneficiary", "beneficiaries"),
        Filter(TERRITORY, ""),
    ),
}


def active(kind: Kind) -> dict[str, list[str]]:
    """The filters in the address, with their values; unknown codes are kept: the API judges."""
    asked = {f.name: st.query_params.get_all(f.name) for f in _FILTERS[kind]}
    return {name: values for name, values in asked.items() if values}


def for_api(chosen: dict[str, list[str]]) -> dict[str, list[str] | int]:
    """The same filters as query parameters of a list; a maturity band becomes its lowest level."""
    sent: dict[str, list[str] | int] = dict(chosen)
    if "maturity_min" in chosen:
        sent["maturity_min"] = _lowest_level(chosen["maturity_min"][0])
    return sent


def panel(kind: Kind, counts: Counts) -> None:
    """The filters to choose from, folded, and those in use, each with a way to take it off.

    Beside each value stands how many results it would leave.
    """
    chosen = active(kind)
    count = sum(len(values) for values in chosen.values())
    label = n_("Filters ({n} in use)", "Filters ({n} in use)", count) if count else _("Filters")
    with st.expander(label, icon=":material/tune:", key=f"pa-filters-{kind}"):
        columns = st.columns(_COLUMNS, gap="medium")
        for position, item in enumerate(_FILTERS[kind]):
            with columns[position % _COLUMNS]:
                _widget(kind, item, chosen.get(item.name, []), counts.get(item.name))
    if chosen:
        _in_use(kind, chosen)


def clear(kind: Kind) -> None:
    """Take every filter off."""
    for item in _FILTERS[kind]:
        _set(kind, item.name, [])


def _widget(kind: Kind, item: Filter, values: list[str], counts: dict[str, int] | None) -> None:
    key = f"filter-{kind}-{item.name}"
    if item.name == TERRITORY:
        label, change = _name(kind, item.name), _setter(kind, item.name)
        territory.picker(label, key, values, change, counts or {})
    elif item.name == "maturity_min":
        _maturity(item, key, values, counts)
    else:
        known = _counted(words.names(item.vocabulary), counts)
        # The address decides, also when the words of the choices have changed with their counts.
        st.session_state[key] = [value for value in values if value in known]
        st.multiselect(
            _name(kind, item.name),
            list(known),
            format_func=known.__getitem__,
            key=key,
            placeholder=_("All"),
            select_all=False,
            on_change=_from_widget,
            args=(item.name, key),
        )


def _counted(names: dict[str, str], counts: dict[str, int] | None) -> dict[str, str]:
    """The names of values, each with the number of results it would leave, where it is known."""
    if counts is None:
        return names
    return {code: f"{name} ({number(counts.get(code, 0))})" for code, name in names.items()}


def _maturity(item: Filter, key: str, values: list[str], counts: dict[str, int] | None) -> None:
    names = words.names("maturity")
    least = {code: (counts or {}).get(str(_lowest_level(code)), 0) for code in names}
    known = _counted(names, None if counts is None else least)
    st.session_state[key] = next((v for v in values if v in known), None)
    st.selectbox(
        _("Maturity, at least"),
        list(known),
        format_func=known.__getitem__,
        key=key,
        placeholder=_("All"),
        on_change=_from_widget,
        args=(item.name, key),
    )


def _in_use(kind: Kind, chosen: dict[str, list[str]]) -> None:
    with st.container(key=f"pa-inuse-{kind}", horizontal=True, gap="small"):
        for name, values in chosen.items():
            for value in values:
                st.button(
                    md(_("Remove {name}", name=value_label(kind, name, value))),
                    key=f"off-{kind}-{name}-{value}",
                    icon=":material/close:",
                    on_click=_set,
                    args=(kind, name, [v for v in values if v != value]),
                )
        st.button(
            _("Take every filter off"),
            key=f"off-{kind}",
            type="tertiary",
            on_click=clear,
            args=(kind,),
        )


def value_label(kind: Kind, name: str, value: str) -> str:
    """What the value of a filter is called."""
    if name == TERRITORY:
        return territory.name(value)
    vocabulary = next(f.vocabulary for f in _FILTERS[kind] if f.name == name)
    return words.label(vocabulary, value)


def _name(kind: Kind, name: str) -> str:
    """What a filter is called: the price of a solution is the budget of a need."""
    budget = kind == "needs" and name == "price_band"
    return fields.label("budget_band" if budget else name)


def _from_widget(name: str, key: str) -> None:
    value = st.session_state[key]
    values = value if isinstance(value, list) else [value] if value else []
    _write(name, values)


def _set(kind: Kind, name: str, values: list[str]) -> None:
    """Change a filter from outside its widget, which is drawn anew from the address."""
    st.session_state.pop(f"filter-{kind}-{name}", None)
    _write(name, values)


def _write(name: str, values: list[str]) -> None:
    if values:
        st.query_params[name] = values
    elif name in st.query_params:
        del st.query_params[name]


def _setter(kind: Kind, name: str) -> Callable[[list[str]], None]:
    return lambda values: _set(kind, name, values)


def _lowest_level(code: str) -> int:
    for term in words.terms("maturity"):
        if term["code"] == code:
            return term.get("trl", [1, 9])[0]
    return 1


def level_code(level: int) -> str:
    """The maturity band whose lowest level it is, as the address holds it."""
    codes = {_lowest_level(term["code"]): term["code"] for term in words.terms("maturity")}
    return codes.get(level, next(iter(codes.values())))
