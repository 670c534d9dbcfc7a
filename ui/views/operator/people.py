"""Accounts and who asks to act for which organisation."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.components import desk, longer, states
from ui.i18n import _, long_date, n_
from ui.text import tag

NAME = "people"
ROLES = ("", "project_leader", "authority_staff", "event_organiser", "operator")
STATES = ("", "active", "disabled", "unconfirmed")


def show() -> None:
    """Draw the page."""
    if not desk.allowed(_("People")):
        return
    _requests()
    query = _filters()
    page = desk.fetch("/people", {**query, "limit": longer.limit(NAME)})
    if page is None:
        return
    st.html(tag("h2", n_("{n} person", "{n} people", page["total"])))
    if not page["items"]:
        states.empty(_("Nobody is found"), _("Take a filter off, or try part of the name."))
    for person in page["items"]:
        _person(person)
    longer.more(NAME, page)


def role(code: str) -> str:
    """What a role is called."""
    return {
        "project_leader": _("Project leader"),
        "authority_staff": _("Local authority"),
        "event_organiser": _("Event organiser"),
        "operator": _("Operator"),
    }[code]


def _requests() -> None:
    listed = desk.fetch("/membership-requests")
    if not listed:
        return
    st.html(tag("h2", _("Who asks to join an organisation")))
    for one in listed:
        key = f"{one['person_id']}-{one['organisation_id']}-{one['role']}"
        with st.container(key=f"pa-card-{key}", border=True):
            st.html(tag("h3", f"{one['name']} → {one['organisation_name']}"))
            facts = [role(one["role"]), one["email"], long_date(one["created_at"])]
            facts.append(n_("{n} member can decide", "{n} members can decide", one["members"]))
            st.html(tag("p", " · ".join(facts), "pa-hint"))
            with st.container(horizontal=True):
                _answer(one, key)


def _answer(one: dict[str, Any], key: str) -> None:
    path = f"/organisations/{one['organisation_id']}/members/{one['person_id']}/{one['role']}"
    accept = st.button(_("Accept"), key=f"accept-{key}", icon=":material/check:")
    refuse = st.button(_("Refuse"), key=f"refuse-{key}", icon=":material/close:")
    if accept and desk.send("PUT", path, None, _("Accepted; they are told.")):
        st.rerun()
    if refuse and desk.send("DELETE", path, None, _("Refused; they are told.")):
        st.rerun()


def _filters() -> dict[str, str]:
    states_of = {
        "": _("Any state"),
        "active": _("Open accounts"),
        "disabled": _("Closed accounts"),
        "unconfirmed": _("Address not confirmed"),
    }
    roles = {code: role(code) if code else _("Any role") for code in ROLES}
    change: dict[str, Any] = {"on_change": longer.start_again, "args": (NAME,)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            _("Name or e-mail address"), key="people-q", max_chars=200, width=300, **change
        )
        wanted = st.selectbox(
            _("Role"), ROLES, format_func=roles.__getitem__, key="people-role", width=220, **change
        )
        state = st.selectbox(
            _("State"),
            STATES,
            format_func=states_of.__getitem__,
            key="people-state",
            width=220,
            **change,
        )
    return {"q": text.strip(), "role": wanted, "state": state}


def _person(person: dict[str, Any]) -> None:
    with st.container(key=f"pa-person-{person['id']}", border=True, gap="xsmall"):
        marks = "".join(tag("span", mark, "pa-tag pa-tag-strong") for mark in _marks(person))
        st.html(f"<h3>{tag('span', person['name'])} {marks}</h3>")
        seen = person["last_seen_at"]
        last = _("Last seen on {date}", date=long_date(seen)) if seen else _("Never signed in")
        st.html(tag("p", f"{person['email']} · {last}", "pa-hint"))
        held = [_belonging(one) for one in person["belongings"]]
        if held:
            st.html(tag("p", " · ".join(held)))
        with st.container(horizontal=True):
            _actions(person)


def _marks(person: dict[str, Any]) -> list[str]:
    marks = [_("Operator")] if person["operator"] else []
    marks += [_("Closed")] if person["disabled"] else []
    return marks + ([] if person["confirmed"] else [_("Address not confirmed")])


def _belonging(one: dict[str, Any]) -> str:
    asked = _("(asked for)") if one["status"] == "requested" else ""
    return f"{one['organisation_name']}: {role(one['role'])} {asked}".strip()


def _actions(person: dict[str, Any]) -> None:
    close, run = f"close-{person['id']}", f"operate-{person['id']}"
    version = desk.seen(person["id"], person["version"], f"yes-{close}", f"yes-{run}")
    if person["disabled"]:
        desk.sure(
            close,
            _("Open the account again"),
            _("Let this person sign in again?"),
            lambda: _change(person, version, {"disabled": False}, _("The account is open.")),
            ":material/lock_open:",
        )
        return
    desk.sure(
        close,
        _("Close the account"),
        _("Sign this person out everywhere and let them in no more?"),
        lambda: _change(person, version, {"disabled": True}, _("The account is closed.")),
        ":material/block:",
    )
    desk.sure(
        run,
        _("Operator no more") if person["operator"] else _("Make an operator"),
        _("Operators read and change everything. Go on?"),
        lambda: _change(person, version, {"operator": not person["operator"]}, _("Done.")),
        ":material/shield_person:",
    )


def _change(person: dict[str, Any], version: int, patch: dict[str, bool], done: str) -> bool:
    return desk.send("PATCH", f"/people/{person['id']}", patch, done, version=version)


show()
