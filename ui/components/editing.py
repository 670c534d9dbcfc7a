"""What the two registration forms share: opening a record, and meeting another's changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui import session
from ui.api import ApiError
from ui.components import conflict, states
from ui.components.autosave import RECORD
from ui.components.forms import Form
from ui.session import Draft

Fetch = Callable[[str], dict[str, Any]]
FromRecord = Callable[[dict[str, Any]], Draft]


def opened(name: str, fetch: Fetch, from_record: FromRecord) -> bool:
    """Fill the form's draft from the record named in the address, if there is one.

    A record that somebody else changed meanwhile is fetched again and compared.
    """
    draft = session.draft(name)
    record_id = draft.get(RECORD, {}).get("id") if draft.get(conflict.FOUND) else None
    record_id = record_id or st.query_params.get("id")
    known = draft.get(RECORD, {}).get("id") == record_id
    if not record_id or (known and not draft.get(conflict.FOUND)):
        return True
    try:
        record = fetch(record_id)
    except ApiError as error:
        states.show(error)
        return False
    if known:
        theirs = from_record(record)
        conflict.settle(Form(name, draft), theirs, record["version"], record["status"])
        return True
    _fill(name, record, from_record(record))
    return True


def _fill(name: str, record: dict[str, Any], answers: Draft) -> None:
    session.forget(name)
    draft = session.draft(name)
    draft.update(answers)
    draft[conflict.BASE] = dict(answers)
    draft["_completeness"] = record.get("completeness")
    draft[RECORD] = {field: record[field] for field in ("id", "version", "status")}
    session.remember(name)
