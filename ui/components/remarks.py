"""What operators decided of a record, as its authors read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui import api
from ui.api import ApiError
from ui.components.autosave import RECORD
from ui.i18n import _, long_date
from ui.records import Kind
from ui.text import h, paragraphs, tag, wrap

# In these states the latest remark says what to do.
TELLING = ("edits_requested", "rejected")


def latest(kind: Kind, record_id: str, status: str) -> None:
    """The remark that a record waits to be answered with, if it does."""
    if status not in TELLING:
        return
    try:
        listed = api.client().get(f"/{kind}/{record_id}/remarks")
    except ApiError:
        # The record itself is there and says its state: only the words of the remark are missing.
        listed = []
        st.html(tag("p", _("The remark cannot be read just now."), "pa-hint"))
    if listed:
        with st.container(key="pa-remark"):
            st.html(_shown(listed[0], _title(status)))


def of_draft(kind: Kind, draft: Mapping[str, Any]) -> None:
    """The same above the form of a record that is being changed."""
    record = draft.get(RECORD)
    if record:
        latest(kind, record["id"], record.get("status", ""))


def history(listed: Sequence[Mapping[str, Any]]) -> None:
    """All decisions on a record, the latest first."""
    for remark in listed:
        st.html(_shown(remark, decision(remark["decision"])))


def decision(name: str) -> str:
    """What a decision is called once it is made."""
    return {
        "publish": _("Published"),
        "request_edits": _("Changes asked for"),
        "reject": _("Not accepted"),
        "archive": _("Archived"),
    }[name]


def _title(status: str) -> str:
    if status == "rejected":
        return _("Why it was not accepted")
    return _("What to change before it is published")


def _shown(remark: Mapping[str, Any], title: str) -> str:
    said = [long_date(remark["at"]), remark.get("by") or ""]
    head = tag("h3", title) + tag("p", " · ".join(part for part in said if part), "pa-hint")
    body = wrap("div", paragraphs(remark["remark"]), "pa-prose") if remark["remark"] else ""
    if remark.get("duplicate_of"):
        body += wrap("p", h(_("As a copy of another record.")), "pa-hint")
    return wrap("div", head + body, "pa-notice")
