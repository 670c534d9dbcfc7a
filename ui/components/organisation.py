"""The organisation of a record: one of one's own, or a new one that is not there yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui import account, links, words
from ui.components.forms import Form
from ui.i18n import _
from ui.records import Kind
from ui.session import Draft
from ui.text import h, tag, wrap

ROLES: dict[Kind, str] = {"solutions": "project_leader", "needs": "authority_staff"}
SIDES: dict[Kind, str] = {"solutions": "leader", "needs": "authority"}
NEW = "new"
CHOSEN = "organisation_chosen"
FIELDS = (
    CHOSEN,
    "organisation",
    "organisation_id",
    "organisation_name",
    "organisation_kind",
    "organisation_siren",
    "organisation_territory",
    "organisation_website",
)


def newcomer(kind: Kind) -> bool:
    """Whether the reader must say first whom they write for: nothing can be kept before."""
    return account.signed_in() and not account.is_operator() and not held(kind)


def held(kind: Kind) -> dict[str, str]:
    """Names by id of the organisations in which the reader may register a record."""
    return dict(account.places(ROLES[kind]))


def ask(form: Form, kind: Kind) -> None:
    """Which organisation: a choice where there is one, the description of a new one otherwise."""
    st.html(tag("h3", _("Your organisation")))
    if not account.signed_in():
        st.html(tag("p", _("You are asked for it once you have signed in."), "pa-hint"))
        return
    known = _known(form.draft, kind)
    if known:
        _choose(form, known)
    if not known or form.draft.get(CHOSEN) == NEW:
        _describe(form, kind)


def described(draft: Draft) -> bool:
    """Whether a new organisation has been described as far as needed."""
    return bool((draft.get("organisation_name") or "").strip() and draft.get("organisation_kind"))


def chosen(draft: Draft, kind: Kind) -> str | None:
    """The id of the organisation chosen: the only one of the reader's where there is one."""
    known = _known(draft, kind)
    wanted = draft.get(CHOSEN)
    if wanted in known:
        return str(wanted)
    return next(iter(known)) if len(known) == 1 and wanted != NEW else None


def payload(draft: Draft, kind: Kind) -> dict[str, Any]:
    """The organisation as part of a record, nothing when none was chosen or described."""
    found = chosen(draft, kind)
    if found:
        return {"organisation_id": found}
    name = (draft.get("organisation_name") or "").strip()
    if not name:
        return {}
    given = {
        "name": name,
        "kind": draft.get("organisation_kind") or "public_body",
        "siren": (draft.get("organisation_siren") or "").strip(),
        "territory": next(iter(draft.get("organisation_territory") or []), None),
        "website": (draft.get("organisation_website") or "").strip(),
    }
    return {"organisation": {key: value for key, value in given.items() if value}}


def answers(record: Mapping[str, Any]) -> Draft:
    """What a saved record says of its organisation, as the form holds it."""
    known = record.get("organisation") or {}
    return {
        CHOSEN: known.get("id"),
        "organisation_id": known.get("id"),
        "organisation_name": known.get("name", ""),
        "organisation_kind": known.get("kind"),
    }


def note(draft: Draft, record: Mapping[str, Any]) -> None:
    """The record is saved: its organisation is registered, and no longer to be described."""
    draft.update(answers(record))


def summary(draft: Draft, kind: Kind) -> str:
    """The organisation in one phrase."""
    found = chosen(draft, kind)
    if found:
        return _known(draft, kind)[found]
    kind_code = draft.get("organisation_kind")
    parts = [draft.get("organisation_name") or ""]
    parts.append(words.label("organisation_kinds", kind_code) if kind_code else "")
    return ", ".join(part for part in parts if part)


def joining() -> None:
    """How to join an organisation that is registered already."""
    said = _("It is registered already? Ask its members to let you in, from your account.")
    label = _("Ask to join an organisation")
    link = f'<a href="{h(links.account())}" target="_self">{h(label)}</a>'
    st.html(wrap("p", f"{h(said)} {link}", "pa-hint"))


def _known(draft: Draft, kind: Kind) -> dict[str, str]:
    """One's own, and the one the record already belongs to."""
    known = held(kind)
    if draft.get("organisation_id"):
        known = {str(draft["organisation_id"]): draft.get("organisation_name") or "…", **known}
    return known


def _choose(form: Form, known: dict[str, str]) -> None:
    other = _("Another organisation, not registered yet")
    key = form.key(CHOSEN)
    st.session_state.setdefault(key, form.draft.get(CHOSEN) or next(iter(known)))
    if st.session_state[key] not in {*known, NEW}:
        st.session_state[key] = next(iter(known))
    st.selectbox(
        _("Organisation"),
        [*known, NEW],
        format_func=lambda code: known.get(code, other),
        key=key,
    )
    form.draft[CHOSEN] = st.session_state[key]


def _describe(form: Form, kind: Kind) -> None:
    left, right = st.columns(2)
    with left:
        form.text("organisation_name", label=_("Name"), max_chars=200, autocomplete="organization")
        form.text(
            "organisation_siren",
            label=_("SIREN number (nine digits)"),
            max_chars=20,
            hint=_("It tells your organisation from others of the same name."),
        )
    with right:
        form.one(
            "organisation_kind",
            "organisation_kinds",
            label=_("Kind of organisation"),
            codes=words.sides(SIDES[kind]),
        )
        form.text("organisation_website", label=_("Its website"), placeholder="https://")
    form.territories("organisation_territory", most=1)
    joining()
