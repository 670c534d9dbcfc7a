"""How complete a solution is, and what would help most to have it found."""

from __future__ import annotations

import streamlit as st

from ui import fields
from ui.i18n import _, n_
from ui.records import Completeness, Lacking
from ui.text import h, tag, wrap

SHOWN = 4


def meter(found: Completeness) -> str:
    """The share of the points as words and as a bar, for a card."""
    points = found["points"]
    told = _("Complete at {points} %", points=points)
    bar = f'<span class="pa-meter" aria-hidden="true"><i style="width:{points}%"></i></span>'
    return wrap("p", f"{h(told)} {bar}", "pa-complete")


def advice(found: Completeness) -> str:
    """What would earn the most, in order, with what each is worth."""
    items = "".join(map(_item, found["missing"][:SHOWN]))
    if not items:
        return tag("p", _("Nothing is missing: everything the ranking reads is there."), "pa-hint")
    head = tag("h3", _("What would help most to be found"))
    return head + wrap("ol", items, "pa-list")


def next_step(found: Completeness) -> str:
    """The one thing that would help most, for a card."""
    if not found["missing"]:
        return ""
    return tag("p", _("First to complete: {what}", what=_what(found["missing"][0])), "pa-hint")


def panel(found: Completeness | None) -> None:
    """Meter and advice beside a form, once the service has seen the draft."""
    if found is None:
        return
    with st.container(key="pa-completeness"):
        st.html(meter(found) + advice(found))


def _item(lacking: Lacking) -> str:
    points = n_("+{n} point", "+{n} points", lacking["points"])
    return wrap("li", f"{h(_what(lacking))} {tag('span', points, 'pa-count')}")


def _what(lacking: Lacking) -> str:
    name = fields.label(lacking["part"])
    return _("{name}: say more", name=name) if lacking["short"] else name
