"""Organisations: found, mended, and merged where one was registered twice."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import words
from ui.components import desk, longer, states
from ui.i18n import _, n_
from ui.text import md, tag

NAME = "organisations"


def show() -> None:
    """Draw the page."""
    if not desk.allowed(_("Organisations")):
        return
    query = _filters()
    page = desk.fetch("/directory", {**query, "limit": longer.limit(NAME)})
    if page is None:
        return
    st.html(tag("h2", n_("{n} organisation", "{n} organisations", page["total"])))
    if not page["items"]:
        states.empty(_("No organisation is found"), _("Try part of the name, or the SIREN."))
    for organisation in page["items"]:
        _card(organisation, page["items"])
    longer.more(NAME, page)


def _filters() -> dict[str, str]:
    change: dict[str, Any] = {"on_change": longer.start_again, "args": (NAME,)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            _("Name or SIREN"), key="organisations-q", max_chars=200, width=300, **change
        )
        twins = st.checkbox(
            _("Only those whose name another bears too"), key="organisations-twins", **change
        )
    return {"q": text.strip(), "twins": "true" if twins else ""}


def _card(organisation: dict[str, Any], others: list[dict[str, Any]]) -> None:
    with st.container(key=f"pa-place-{organisation['id']}", border=True, gap="xsmall"):
        st.html(tag("h3", organisation["name"]))
        st.html(tag("p", " · ".join(_facts(organisation)), "pa-hint"))
        if organisation["twins"]:
            same = n_(
                "{n} other bears this name", "{n} others bear this name", organisation["twins"]
            )
            st.html(tag("p", same, "pa-notice"))
        with st.expander(_("Change or merge"), key=f"pa-more-{organisation['id']}"):
            _form(organisation)
            _merging(organisation, [one for one in others if one["id"] != organisation["id"]])


def _facts(organisation: dict[str, Any]) -> list[str]:
    siren = organisation["siren"]
    return [
        words.label("organisation_kinds", organisation["kind"]),
        f"SIREN {siren}" if siren else _("no SIREN"),
        n_("{n} solution", "{n} solutions", organisation["solutions"]),
        n_("{n} need", "{n} needs", organisation["needs"]),
        n_("{n} member", "{n} members", organisation["members"]),
    ]


def _form(organisation: dict[str, Any]) -> None:
    one, known = organisation["id"], words.names("organisation_kinds")
    send = f"save-{one}"
    version = desk.seen(one, organisation["version"], send, f"yes-merge-{one}")
    organisation["seen"] = version
    with st.form(f"organisation-{one}", border=False):
        name = st.text_input(_("Name"), organisation["name"], key=f"name-{one}", max_chars=200)
        kinds = list(known)
        place = kinds.index(organisation["kind"]) if organisation["kind"] in kinds else 0
        kind = st.selectbox(
            _("Kind of organisation"),
            kinds,
            index=place,
            format_func=known.__getitem__,
            key=f"kind-{one}",
        )
        siren = st.text_input("SIREN", organisation["siren"] or "", key=f"siren-{one}")
        site = st.text_input(_("Website"), organisation["website"] or "", key=f"website-{one}")
        saved = st.form_submit_button(_("Save"), key=send)
    body = {"name": name, "kind": kind, "siren": siren, "website": site}
    path = f"/organisations/{one}"
    if saved and desk.send("PATCH", path, body, _("Saved."), version=version):
        st.rerun()


def _merging(organisation: dict[str, Any], others: list[dict[str, Any]]) -> None:
    if not others:
        return
    one = organisation["id"]
    names = {other["id"]: _named(other) for other in others}
    into = st.selectbox(
        _("Merge it into"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=_("Choose among those listed"),
        key=f"into-{one}",
    )
    if into is None:
        return

    def act() -> bool:
        path = f"/organisations/{one}/merge"
        return desk.send("POST", path, {"into": into}, _("Merged."), version=organisation["seen"])

    question = _(
        "Move its records and members to “{name}”, and delete it? This cannot be undone.",
        name=names[into],
    )
    desk.sure(f"merge-{one}", _("Merge"), question, act, ":material/merge:")


def _named(organisation: dict[str, Any]) -> str:
    siren = organisation["siren"]
    return md(organisation["name"]) + (f" ({siren})" if siren else "")


show()
