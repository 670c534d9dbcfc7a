"""What the pages of operators have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui import account, api
from ui.api import ApiError
from ui.components import states
from ui.i18n import _
from ui.text import tag

_DONE = "desk-done"
_SURE = "desk-sure"


def allowed(title: str) -> bool:
    """The page's title, and whether the reader is an operator; else says what to do."""
    st.html(tag("h1", title, "pa-title"))
    if not account.signed_in():
        states.show(account.failure())
        return False
    if not account.is_operator():
        states.empty(
            _("This page is for operators"),
            _("Operators run the site. Your own pages are in the header."),
        )
        return False
    if done := st.session_state.pop(_DONE, None):
        st.success(done, icon=":material/check_circle:")
    return True


def fetch(path: str, query: dict[str, Any] | None = None) -> Any:
    """What the API answers, None when it fails, which is then said."""
    kept = {name: value for name, value in (query or {}).items() if value not in (None, "", [])}
    return states.load(lambda: api.client().get(path, kept), _("Fetching the list…"))


def send(method: str, path: str, body: object, done: str, *, version: int | None = None) -> bool:
    """Change something and say that it is `done` on the next run; on failure say why."""
    try:
        api.client().send(method, path, body, version)
    except ApiError as error:
        states.show(error, again=False)
        return False
    say(done)
    return True


def say(done: str) -> None:
    """Tell on the next run what was done."""
    st.session_state[_DONE] = done


def seen(record_id: str, version: int, *keys: str) -> int:
    """The version the reader had before them when they pressed one of the buttons `keys`.

    Pressing a button runs the page, which reads the record again: what is sent must not bear a
    version that nobody has looked at.
    """
    name = f"desk-seen-{record_id}"
    pressed = any(st.session_state.get(key) for key in keys)
    before = int(st.session_state.get(name, version))
    st.session_state[name] = version
    return before if pressed else version


def sure(key: str, label: str, question: str, act: Callable[[], bool], icon: str) -> None:
    """A button that asks again before it acts; what cannot be undone at once is asked twice."""
    if st.session_state.get(_SURE) != key:
        st.button(label, key=f"ask-{key}", icon=icon, on_click=_ask, args=(key,))
        return
    with st.container(key=f"pa-sure-{key}", gap="xsmall"):
        st.html(tag("p", question, "pa-notice"))
        with st.container(horizontal=True):
            yes = st.button(_("Yes"), key=f"yes-{key}", type="primary")
            st.button(_("No"), key=f"no-{key}", on_click=_ask, args=(None,))
        if yes and act():
            _ask(None)
            st.rerun()


def _ask(key: str | None) -> None:
    st.session_state[_SURE] = key
