"""What the two registration forms share: the organisation, opening a draft, saving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ui import api, session, words
from ui.api import ApiError
from ui.components import states
from ui.components.forms import Form
from ui.i18n import _
from ui.records import Kind
from ui.session import Draft
from ui.text import tag

RECORD = "_record"


def opened(
    name: str,
    fetch: Callable[[str], dict[str, Any]],
    from_record: Callable[[dict[str, Any]], Draft],
) -> bool:
    """Fill the form's draft from the record named in the address, if there is one."""
    record_id = st.query_params.get("id")
    draft = session.draft(name)
    if not record_id or draft.get(RECORD, {}).get("id") == record_id:
        return True
    try:
        record = fetch(record_id)
    except ApiError as error:
        states.show(error)
        return False
    session.forget(name)
    draft = session.draft(name)
    draft.update(from_record(record))
    draft[RECORD] = {"id": record_id, "version": record["version"]}
    session.remember(name)
    return True


def save(kind: Kind, draft: Draft, record: dict[str, Any]) -> Mapping[str, Any]:
    """Create the record, or change the one the draft was opened from."""
    known = draft.get(RECORD)
    if known:
        return api.client().update(kind, known["id"], known["version"], record)
    return api.client().create(kind, record)


def organisation_fields(form: Form, side: str) -> None:
    """Name and kind of the organisation."""
    st.html(tag("h3", _("Your organisation")))
    left, right = st.columns(2)
    with left:
        form.text("organisation_name", label=_("Name"), max_chars=200, autocomplete="organization")
    with right:
        form.one(
            "organisation_kind",
            "organisation_kinds",
            label=_("Kind of organisation"),
            codes=words.sides(side),
        )


def organisation(draft: Draft) -> dict[str, Any]:
    """The organisation as part of a record, nothing when it has no name."""
    name = (draft.get("organisation_name") or "").strip()
    if not name:
        return {}
    known = draft.get("organisation_id")
    if known and name == draft.get("organisation_known"):
        return {"organisation_id": known}
    kind = draft.get("organisation_kind") or "public_body"
    return {"organisation": {"name": name, "kind": kind}}


def organisation_answers(record: Mapping[str, Any]) -> Draft:
    """What a saved record says of its organisation, as the form holds it."""
    known = record.get("organisation") or {}
    return {
        "organisation_id": known.get("id"),
        "organisation_known": known.get("name"),
        "organisation_name": known.get("name", ""),
        "organisation_kind": known.get("kind"),
    }


def organisation_summary(draft: Draft) -> str:
    """The organisation in one phrase."""
    kind = draft.get("organisation_kind")
    parts = [draft.get("organisation_name") or "", words.label("organisation_kinds", kind or "")]
    return ", ".join(part for part in parts if part)
