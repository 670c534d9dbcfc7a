"""The records that wait for an operator, the longest waiting first."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import links, session, words
from ui.components import desk, longer, states
from ui.i18n import _, long_date, n_, number
from ui.text import md, tag

NAME = "moderation"
STATUSES = ("submitted", "edits_requested", "rejected", "published", "draft", "archived")
KINDS = ("all", "solutions", "needs")


def show() -> None:
    """Draw the page."""
    if not desk.allowed(_("Moderation")):
        return
    kind, status = _asked("kind", KINDS), _asked("status", STATUSES)
    query = {"status": status, "limit": longer.limit(NAME)}
    page = desk.fetch("/moderation", query | ({} if kind == "all" else {"kind": kind}))
    if page is None:
        return
    _choices(kind, status, page["counts"])
    st.html(tag("h2", n_("{n} record", "{n} records", page["total"])))
    if not page["items"]:
        states.empty(
            _("Nothing waits here"),
            _("What people submit appears here, the longest waiting first."),
        )
    for item in page["items"]:
        _card(item)
    longer.more(NAME, page)


def _asked(name: str, known: tuple[str, ...]) -> str:
    value = st.query_params.get(name, known[0])
    return value if value in known else known[0]


def _choices(kind: str, status: str, counts: dict[str, dict[str, int]]) -> None:
    kinds = {"all": _("Solutions and needs"), "solutions": _("Solutions"), "needs": _("Needs")}
    listed = {
        code: f"{words.label('statuses', code)} ({number(sum(counts.get(code, {}).values()))})"
        for code in STATUSES
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name, label, chosen, names in (
            ("status", _("State"), status, listed),
            ("kind", _("Kind of record"), kind, kinds),
        ):
            key = f"moderation-{name}"
            session.follow(key, chosen)
            st.selectbox(
                label,
                list(names),
                format_func=names.__getitem__,
                key=key,
                width=260,
                on_change=_keep,
                args=(name, key),
            )


def _keep(name: str, key: str) -> None:
    st.query_params[name] = st.session_state[key]
    longer.start_again(NAME)


def _card(item: dict[str, Any]) -> None:
    kind = _("Solution") if item["kind"] == "solutions" else _("Need")
    author = item["organisation"] or _("Organisation not given")
    with st.container(key=f"pa-card-{item['id']}", border=True):
        st.html(tag("p", f"{kind} · {author}", "pa-eyebrow"))
        links.link("case", md(item["title"]), kind=item["kind"], id=item["id"])
        since = _("Unchanged since {date}", date=long_date(item["updated_at"]))
        st.html(tag("p", since, "pa-hint"))
        if item["same_title"]:
            same = n_(
                "{n} other solution has the same title",
                "{n} other solutions have the same title",
                item["same_title"],
            )
            st.html(tag("p", same, "pa-notice"))


show()
