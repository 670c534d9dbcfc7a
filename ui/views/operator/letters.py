"""The outbox for operators: what waits, what failed and why, and another try."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from ui import account, api, session
from ui.api import ApiError, Query
from ui.components import states
from ui.i18n import _, date_time, n_, number
from ui.letters import Letter, LetterPage
from ui.text import tag

State = Literal["failed", "waiting", "sent"]
STATES: tuple[State, ...] = ("failed", "waiting", "sent")
LIMIT = 100
_TRIED = "letters-tried"


def show() -> None:
    """Draw the page."""
    st.html(tag("h1", _("Letters"), "pa-title"))
    if not account.is_operator():
        states.show(account.failure() if not account.signed_in() else ApiError("refused"))
        return
    _say_tried()
    state = _asked()
    query: Query = {"state": state, "limit": LIMIT}
    page = states.load(lambda: api.client().letters(query), _("Fetching the list…"))
    if page is None:
        return
    if not page["sending"]:
        st.html(tag("p", _no_server(), "pa-notice"))
    _choice(state, page)
    st.html(tag("h2", n_("{n} letter", "{n} letters", page["total"])))
    if not page["items"]:
        states.empty(_("Nothing here"), _nothing()[state])
    for letter in page["items"]:
        _card(state, letter)
    if page["total"] > len(page["items"]):
        rest = n_("{n} more", "{n} more", page["total"] - len(page["items"]))
        st.html(tag("p", rest, "pa-hint"))


def _no_server() -> str:
    return _(
        "This process sends no letters: no mail server is set (PASSERELLE_SMTP_HOST). They wait."
    )


def _asked() -> State:
    asked = st.query_params.get("state")
    return next((state for state in STATES if state == asked), STATES[0])


def _choice(state: State, page: LetterPage) -> None:
    names = {"failed": _("Given up"), "waiting": _("Waiting"), "sent": _("Sent")}
    told = {name: f"{names[name]} ({number(page['counts'][name])})" for name in STATES}
    key = "letters-state"
    session.follow(key, state)
    st.selectbox(
        _("State"),
        STATES,
        format_func=told.__getitem__,
        key=key,
        width=260,
        on_change=_keep_choice,
        args=(key,),
    )


def _keep_choice(key: str) -> None:
    st.query_params["state"] = st.session_state[key]


def _nothing() -> dict[State, str]:
    return {
        "failed": _("Every letter has found its mailbox, or is still being tried."),
        "waiting": _("Every letter has been sent or given up."),
        "sent": _("No letter has been sent yet."),
    }


def _card(state: State, letter: Letter) -> None:
    with st.container(key=f"pa-letter-{letter['id']}", border=True, gap="xsmall"):
        st.html(tag("p", _kinds().get(letter["kind"], letter["kind"]), "pa-eyebrow"))
        st.html(tag("p", letter["address"]))
        st.html(tag("p", _history(state, letter), "pa-hint"))
        if letter["last_error"]:
            st.html(tag("p", _reason(letter["last_error"]), "pa-notice"))
        if state != "sent":
            st.button(
                _("Try again"),
                key=f"try-{letter['id']}",
                icon=":material/refresh:",
                on_click=_retry,
                args=(letter["id"], letter["address"]),
            )


def _history(state: State, letter: Letter) -> str:
    tries = n_("{n} attempt", "{n} attempts", letter["attempts"])
    return f"{_written(letter)} · {tries} · {_last(state, letter)}"


def _written(letter: Letter) -> str:
    return _("Written: {moment}", moment=date_time(letter["created_at"]))


def _last(state: State, letter: Letter) -> str:
    if state == "sent":
        return _("sent: {moment}", moment=date_time(letter["sent_at"] or letter["due_at"]))
    if state == "failed":
        return _("given up: {moment}", moment=date_time(letter["given_up_at"] or letter["due_at"]))
    return _("next attempt: {moment}", moment=date_time(letter["due_at"]))


def _reason(why: str) -> str:
    known = {
        "disabled": _("The account is closed: nothing is sent to it."),
        "interrupted": _("Sending was interrupted too often."),
    }
    return known.get(why) or _("The mail server answered: {answer}", answer=why)


def _kinds() -> dict[str, str]:
    return {
        "account": _("Account"),
        "introduction": _("Introduction"),
        "moderation": _("Moderation"),
        "match": _("New match"),
        "search": _("Saved search"),
        "reminder": _("Reminder"),
        "digest": _("Gathered letter"),
    }


def _retry(letter_id: str, address: str) -> None:
    try:
        api.client().retry_letter(letter_id)
    except ApiError as error:
        st.session_state[_TRIED] = error
        return
    st.session_state[_TRIED] = address


def _say_tried() -> None:
    told = st.session_state.pop(_TRIED, None)
    if isinstance(told, ApiError):
        states.show(told, again=False)
    elif told is not None:
        done = _("The letter to {address} is tried again at once.", address=told)
        st.success(done, icon=":material/check_circle:")


show()
