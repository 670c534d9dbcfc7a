"""The words of the closed lists: changed, added, retired."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import api
from ui.components import desk
from ui.components.tables import table
from ui.i18n import _, language
from ui.text import tag

OPEN = ("themes", "beneficiaries", "labels")
CLOSED = (
    "organisation_kinds",
    "project_stages",
    "why_blank",
    "price_bands",
    "maturity",
    "statuses",
)


def show() -> None:
    """Draw the page."""
    if not desk.allowed(_("Words of the lists")):
        return
    lists = desk.fetch("/vocabularies")
    if lists is None:
        return
    names = _names()
    name = st.selectbox(
        _("List"), [*OPEN, *CLOSED], format_func=names.__getitem__, key="words-list", width=360
    )
    terms = _flat(lists[name])
    left, right = st.columns([2, 3], gap="large")
    with left:
        _change(name, terms)
        if name in OPEN:
            _add(name, lists[name])
    with right:
        rows = [(term["fr"], term["en"], term["code"], _state(term)) for term in terms]
        heads = (_("French"), _("English"), _("Code"), _("State"))
        st.html(table(names[name], heads, rows))


def _names() -> dict[str, str]:
    return {
        "themes": _("Themes"),
        "beneficiaries": _("Who benefits"),
        "labels": _("Labels"),
        "organisation_kinds": _("Kinds of organisation"),
        "project_stages": _("Project stages"),
        "why_blank": _("Why a budget is not given"),
        "price_bands": _("Price bands"),
        "maturity": _("Maturity"),
        "statuses": _("States of records"),
    }


def _flat(terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for term in terms for one in (term, *term.get("leaves", []))]


def _state(term: dict[str, Any]) -> str:
    return _("retired") if term.get("retired") else _("in use")


def _change(name: str, terms: list[dict[str, Any]]) -> None:
    st.html(tag("h2", _("Change words")))
    known = {term["code"]: term for term in terms}
    code = st.selectbox(
        _("Entry"),
        list(known),
        format_func=lambda one: known[one][language()],
        key=f"words-code-{name}",
    )
    term = known[code]
    with st.form(f"words-{name}-{code}", border=True):
        body: dict[str, Any] = _both(f"{name}-{code}", term["fr"], term["en"])
        if name in OPEN and "leaves" not in term:
            body["retired"] = st.checkbox(
                _("Retired: stays on old records, can no longer be chosen"),
                bool(term.get("retired")),
                key=f"words-retired-{name}-{code}",
            )
        saved = st.form_submit_button(_("Save"), type="primary")
    if saved:
        _send(name, code, body)


def _add(name: str, terms: list[dict[str, Any]]) -> None:
    st.html(tag("h2", _("Add an entry")))
    groups = {term["code"]: term[language()] for term in terms if "leaves" in term}
    with st.form(f"words-new-{name}", border=True):
        parent = None
        if groups:
            parent = st.selectbox(
                _("Group"), list(groups), format_func=groups.__getitem__, key=f"words-group-{name}"
            )
        body: dict[str, Any] = _both(f"new-{name}", "", "")
        code = st.text_input(
            _("Code"), key=f"words-new-code-{name}", max_chars=40, placeholder="smart-meters"
        )
        hint = _("Lower-case letters, digits and hyphens; it never changes afterwards.")
        st.html(tag("p", hint, "pa-hint"))
        added = st.form_submit_button(_("Add"))
    if added:
        whole = f"{parent}.{code}" if parent else code
        _send(name, whole, {**body, "parent": parent})


def _both(key: str, fr: str, en: str) -> dict[str, str]:
    french = st.text_input(_("In French"), fr, key=f"words-fr-{key}", max_chars=200)
    english = st.text_input(_("In English"), en, key=f"words-en-{key}", max_chars=200)
    return {"fr": french, "en": english}


def _send(name: str, code: str, body: dict[str, Any]) -> None:
    safe = code.strip().replace("/", "-") or "-"
    if desk.send("PUT", f"/vocabularies/{name}/{safe}", body, _("Saved.")):
        api.forget_vocabularies()
        st.rerun()


show()
