"""The way through a form: where one is, on and back, checking, saving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ui import account, links, session
from ui.api import ApiError
from ui.components import autosave, completeness, conflict, live, pooling, states
from ui.components.autosave import Payload
from ui.components.forms import ERROR, STEP, Form, Step, absorb, field_of
from ui.i18n import _
from ui.records import Kind
from ui.session import Draft
from ui.text import h, tag, wrap

MOVED = "_moved"

Text = Callable[[Draft], str]
Missing = Callable[[Draft], list[str]]


def editor(
    form: Form, steps: tuple[Step, ...], kind: Kind, payload: Payload, text: Text, missing: Missing
) -> None:
    """The current step and, beside it, the records of the other kind that match already.

    `payload` is the record of this kind as the service takes it, `text` what has been written so
    far, `missing` what would make the matches better.
    """
    absorb(form)
    session.follow_in_frame()
    number = step(form)
    conflict.panel(form)
    progress(steps, number)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(tag("h2", steps[number].title))
        show_error(form)
        with states.guard():
            steps[number].draw(form)
        buttons(form, last=len(steps) - 1)
        absorb(form)
        autosave.keep(form, kind, payload, moved=form.draft.pop(MOVED, False))
    with right:
        wanted: Kind = "needs" if kind == "solutions" else "solutions"
        known = form.draft.get("_completeness")
        live.panel(wanted, text(form.draft), form.draft, [] if known else missing(form.draft))
        completeness.panel(known)
        if kind == "needs":
            pooling.beside(form.draft.get(autosave.RECORD))


def progress(steps: tuple[Step, ...], current: int) -> None:
    """Where the person is among the steps."""
    items = "".join(_step_item(number, step, current) for number, step in enumerate(steps))
    name = _("Steps")
    st.html(f'<ol class="pa-steps" aria-label="{h(name)}">{items}</ol>')


def _step_item(number: int, step: Step, current: int) -> str:
    mark = ' aria-current="step"' if number == current else ""
    done = ' class="done"' if number < current else ""
    return f"<li{mark}{done}>{number + 1}. {h(step.title)}</li>"


def step(form: Form) -> int:
    """The number of the step shown, from 0."""
    return int(form.draft.get(STEP, 0))


def move(form: Form, to: int) -> None:
    """Show another step, keeping what was typed in this one."""
    absorb(form)
    form.draft[STEP] = to
    form.draft[MOVED] = True


def buttons(form: Form, last: int) -> None:
    """Back and on; the last step has its own actions."""
    current = step(form)
    if current == last:
        return
    with st.container(horizontal=True):
        _back(form, current)
        st.button(
            _("Continue"),
            key=form.key("_next"),
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=move,
            args=(form, current + 1),
        )


def _back(form: Form, current: int) -> None:
    if current == 0:
        return
    st.button(
        _("Back"),
        key=form.key("_back"),
        icon=":material/arrow_back:",
        on_click=move,
        args=(form, current - 1),
    )


def review(pairs: list[tuple[str, str]]) -> None:
    """What will be saved, field by field, then the names of the fields left empty."""
    rows = "".join(
        wrap("div", tag("dt", name) + tag("dd", value)) for name, value in pairs if value
    )
    empty = ", ".join(name for name, value in pairs if not value)
    left = tag("p", _("Left empty: {names}.", names=empty), "pa-hint") if empty else ""
    st.html(wrap("dl", rows, "pa-review") + left)


def save_buttons(form: Form, save: Callable[[str | None], str | None], page: str) -> None:
    """Save or publish, then show the record; on failure nothing typed is lost."""
    if not account.signed_in():
        with st.container(horizontal=True):
            _back(form, step(form))
        states.show(account.failure(), again=False)
        return
    wanted = "published" if account.is_operator() else "submitted"
    present = autosave.status(form.draft)
    with st.container(horizontal=True):
        _back(form, step(form))
        fresh = present in (None, "draft")
        kept = st.button(
            _("Save as a draft") if fresh else _("Save the changes"),
            key=form.key("_draft"),
            icon=":material/save:",
            disabled=conflict.pending(form.draft),
        )
        publish = present not in ("published", wanted) and st.button(
            _("Publish") if account.is_operator() else _("Submit for publication"),
            key=form.key("_publish"),
            type="primary",
            icon=":material/publish:",
            disabled=conflict.pending(form.draft),
        )
    if kept or publish:
        record_id = save(wanted if publish else None)
        if record_id:
            session.forget(form.name)
            links.go(page, id=record_id)
        st.rerun()


def attempt(
    form: Form, steps: tuple[Step, ...], call: Callable[[], Mapping[str, Any]]
) -> str | None:
    """Save; the new record's id, or None with the error kept for the form to show."""
    form.draft.pop(ERROR, None)
    try:
        with st.spinner(_("Saving…")):
            return str(call()["id"])
    except ApiError as error:
        if conflict.pending(form.draft):
            return None
        if error.problem == "conflict" and error.detail:
            # Nothing was changed meanwhile: what would be created is there already.
            error = ApiError("refused", error.detail)
        form.draft[ERROR] = error
        _go_to_complaint(form, steps, error)
        return None


def show_error(form: Form) -> None:
    """The reason why the last save failed, until the next one."""
    error = form.draft.get(ERROR)
    if isinstance(error, ApiError):
        states.show(error, again=False)


def refuse(form: Form, steps: tuple[Step, ...], field: str, message: str) -> None:
    """Complain about a field before asking the service."""
    error = ApiError("invalid", "", ((field, message),))
    form.draft[ERROR] = error
    _go_to_complaint(form, steps, error)


def _go_to_complaint(form: Form, steps: tuple[Step, ...], error: ApiError) -> None:
    """Show the first step that holds a refused field."""
    refused = {field_of(name) for name, _message in error.fields}
    for number, item in enumerate(steps):
        if refused & set(item.fields):
            form.draft[STEP] = number
            return
