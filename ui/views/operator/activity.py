"""Who did what, when, from what to what; found, and taken away as a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ui import fields, words
from ui.components import desk, doings, longer, states
from ui.i18n import _, date_time, n_
from ui.text import h, shorten, tag, wrap

NAME = "activity"
SHOWN = 200
# What tells a program that it has been here before tells a person nothing.
LEFT_OUT = ("changed", "fingerprint")


def show() -> None:
    """Draw the page."""
    if not desk.allowed(_("Activity log")):
        return
    st.html(tag("p", _("Lines are added and never changed, not even by operators."), "pa-hint"))
    query = _filters()
    page = desk.fetch("/activity", {**query, "limit": longer.limit(NAME)})
    if page is None:
        return
    st.html(tag("h2", n_("{n} line", "{n} lines", page["total"])) + _export(query))
    if not page["items"]:
        states.empty(_("Nothing is found"), _("Take a filter off."))
    st.html(wrap("ol", "".join(_line(one) for one in page["items"]), "pa-log"))
    longer.more(NAME, page)


def _filters() -> dict[str, str]:
    kinds = {"": _("Everything"), **doings.kinds()}
    actions = {"": _("Any action"), **doings.actions()}
    change: dict[str, Any] = {"on_change": longer.start_again, "args": (NAME,)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            _("Words, a name, a title"), key="activity-q", max_chars=200, width=280, **change
        )
        what = st.selectbox(
            _("About"),
            list(kinds),
            format_func=kinds.__getitem__,
            key="activity-kind",
            width=200,
            **change,
        )
        action = st.selectbox(
            _("Action"),
            list(actions),
            format_func=actions.__getitem__,
            key="activity-action",
            width=220,
            **change,
        )
        since = st.date_input(
            _("From"), None, format="DD/MM/YYYY", key="activity-since", width=160, **change
        )
        until = st.date_input(
            _("Until"), None, format="DD/MM/YYYY", key="activity-until", width=160, **change
        )
    return {
        "q": text.strip(),
        "object_kind": what,
        "action": action,
        "since": _day(since),
        "until": _day(until),
    }


def _day(chosen: object) -> str:
    return chosen.isoformat() if isinstance(chosen, date) else ""


def _export(query: Mapping[str, str]) -> str:
    """The file comes from the service itself: it may be longer than this page could hold."""
    kept = {name: value for name, value in query.items() if value}
    label = _("Download these lines (CSV)")
    address = f"/api/v1/activity/export?{urlencode(kept)}"
    return wrap("p", f'<a href="{h(address)}" download target="_self">{h(label)}</a>')


def _line(one: Mapping[str, Any]) -> str:
    who = one["actor_name"] or _actor(one["actor"])
    about = one["object_name"] or one["object_id"]
    done = doings.actions().get(one["action"], one["action"])
    kind = doings.kinds().get(one["object_kind"], one["object_kind"])
    head = f"<strong>{h(who)}</strong> · {h(done)} · {h(kind)}: "
    head += h(shorten(about, 120))
    return wrap("li", f"<p>{head}</p>{tag('p', date_time(one['at']), 'pa-hint')}{_detail(one)}")


def _actor(actor: str) -> str:
    return {
        "system": _("the machine"),
        "operator": _("the machine"),
        "anonymous": _("a visitor"),
    }.get(actor, actor)


def _detail(one: Mapping[str, Any]) -> str:
    """From what to what, field by field; whatever else is told follows as it is."""
    changed = one["detail"].get("changed") or {}
    rows = [_difference(name, pair) for name, pair in changed.items()]
    rows += [
        f"{h(fields.label(name))}: {h(_said(name, value))}"
        for name, value in one["detail"].items()
        if name not in LEFT_OUT
    ]
    return wrap("ul", "".join(wrap("li", row) for row in rows)) if rows else ""


def _difference(name: str, pair: list[Any]) -> str:
    if not pair:
        private = _("changed (private)")
        return f"{h(fields.label(name))}: {h(private)}"
    before, after = (h(_said(name, value)) for value in pair)
    return f"{h(fields.label(name))}: <del>{before}</del> → <ins>{after}</ins>"


def _said(name: str, value: object) -> str:
    """A value as text: nothing as a dash, a state in words."""
    if value in (None, "", []):
        return "—"
    return words.label("statuses", str(value)) if name == "status" else shorten(str(value), SHOWN)


show()
