"""Keeps a draft at the service while it is being written.

It is sent when the person moves between steps, and while they type at most once every EVERY
seconds; what a pause leaves unsent follows by itself. Only drafts, and records whose author was
asked for changes, are kept so: what is published or being read changes only when its author says.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from ui import account, api, fields, session
from ui.api import ApiError
from ui.components import conflict, organisation
from ui.components.forms import Form
from ui.i18n import PARIS, _
from ui.records import Kind
from ui.session import Draft
from ui.text import tag

Payload = Callable[[Draft], dict[str, Any]]

EVERY = 8.0
UNFINISHED = ("draft", "edits_requested")
RECORD = "_record"
KEY = "_key"
SENT = "_sent"
TRIED = "_tried"
SAVED = "_saved_at"
FAILED = "_unsaved"
ASKED = "_asked"


def key(draft: Draft) -> str:
    """The name under which this form makes its record, once however often it is sent."""
    name: str = draft.setdefault(KEY, secrets.token_urlsafe(16))
    return name


def keep(form: Form, kind: Kind, payload: Payload, *, moved: bool) -> None:
    """Save the draft if it is time to, then say when it was saved.

    A new organisation is registered only once the person has moved on from describing it.
    """
    if not _possible(form.draft, kind):
        return
    if not _placed(form.draft, kind) and not (moved and organisation.described(form.draft)):
        hint = _("Say for which organisation you write: your draft is then saved by itself.")
        st.html(tag("p", hint, "pa-hint"))
        return
    record = payload(form.draft)
    if RECORD in form.draft:
        form.draft.setdefault(SENT, record)  # a record just opened is what the service holds
    if due(form.draft, record, time.monotonic(), moved=moved):
        _send(form, kind, record)
    waiting = _waits(form.draft, record)
    st.fragment(_follow, run_every=EVERY if waiting else None)(form, kind, payload)


def due(draft: Draft, record: dict[str, Any], at: float, *, moved: bool) -> bool:
    """Whether the draft is to be sent now: something changed, and either the person moved on or
    the last time (`at` is in seconds) is long enough ago."""
    if not _waits(draft, record):
        return False
    return moved or at - draft.get(TRIED, -EVERY) >= EVERY


def note(draft: Draft, record: dict[str, Any], answer: dict[str, Any]) -> None:
    """Remember what the service holds now."""
    draft[SENT] = record
    draft[RECORD] = {name: answer[name] for name in ("id", "version", "status")}
    draft["_completeness"] = answer.get("completeness")
    organisation.note(draft, answer)
    draft[conflict.BASE] = {f: value for f, value in draft.items() if not f.startswith("_")}


def status(draft: Draft) -> str | None:
    """The state of the record the draft was opened from, None for a new one."""
    found: str | None = draft.get(RECORD, {}).get("status")
    return found


def _possible(draft: Draft, kind: Kind) -> bool:
    """Whether the service can keep the draft as it is.

    An operator who registers what others offer or ask saves by hand.
    """
    if account.is_operator() and not account.acts_as(organisation.ROLES[kind]):
        return False
    known = draft.get(RECORD)
    if known and known["status"] not in UNFINISHED:
        return False
    titled = bool((draft.get("title") or "").strip())
    return account.signed_in() and titled and not conflict.pending(draft)


def _placed(draft: Draft, kind: Kind) -> bool:
    """Whether it is known whose the draft is."""
    return bool(draft.get(RECORD)) or bool(organisation.chosen(draft, kind))


def _waits(draft: Draft, record: dict[str, Any]) -> bool:
    return bool(record != draft.get(SENT))


def _follow(form: Form, kind: Kind, payload: Payload) -> None:
    """The line that says so; while something waits, it is drawn again until that is sent."""
    record = payload(form.draft)
    if due(form.draft, record, time.monotonic(), moved=False):
        _send(form, kind, record)
    st.html(
        f'<div role="status" aria-live="polite">{tag("p", _line(form.draft), "pa-saved")}</div>'
    )


def _line(draft: Draft) -> str:
    error = draft.get(FAILED)
    if isinstance(error, ApiError):
        names = ", ".join(dict.fromkeys(fields.label(name) for name, _message in error.fields))
        if names:
            return _("Not saved yet. To correct: {names}.", names=names)
        return _("Not saved for the moment: {reason}", reason=error.detail or _later())
    if SAVED not in draft:
        return _("Saved by itself while you write.")
    return _("Saved at {time}", time=draft[SAVED])


def _later() -> str:
    return _("it is tried again by itself.")


def _send(form: Form, kind: Kind, record: dict[str, Any]) -> None:
    draft = form.draft
    draft[TRIED] = time.monotonic()
    draft.pop(FAILED, None)
    try:
        answer = store(kind, draft, record)
    except ApiError as error:
        draft[FAILED] = error
        if conflict.pending(draft):
            st.rerun()
        return
    draft[SAVED] = clock()
    st.query_params["id"] = answer["id"]
    session.remember(form.name)


def store(
    kind: Kind, draft: Draft, record: dict[str, Any], status: str | None = None
) -> dict[str, Any]:
    """Create the record, or change the one the draft was opened from; None leaves its state.

    Raises ApiError; that of a record changed by somebody else is noted in the draft.
    """
    body = record if status is None else {**record, "status": status}
    known = draft.get(RECORD)
    try:
        if known:
            answer = dict(api.client().update(kind, known["id"], known["version"], body))
        else:
            answer = _create(kind, draft, {"status": "draft", **body})
    except ApiError as error:
        if error.problem == "conflict" and known:
            conflict.note(draft)
        raise
    note(draft, record, answer)
    return answer


def _create(kind: Kind, draft: Draft, body: dict[str, Any]) -> dict[str, Any]:
    """Create the record. After an answer that was lost, what was typed since is sent as well."""
    repeated = draft.get(ASKED, False)
    draft[ASKED] = True
    made = api.client().create(kind, body, key(draft))
    if repeated:
        made = api.client().update(kind, made["id"], made["version"], body)
    return dict(made)


def clock() -> str:
    """The time of day in France, as 14:05."""
    return datetime.now(PARIS).strftime("%H:%M")
