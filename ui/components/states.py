"""Waiting, nothing to show, and something went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

from ui import fields, links
from ui.api import ApiError, Problem
from ui.i18n import _
from ui.text import h, md, tag, wrap

Answer = TypeVar("Answer")


def load(call: Callable[[], Answer], waiting: str) -> Answer | None:
    """The call's answer; while it runs a word of what is awaited, on failure what to do."""
    try:
        with st.spinner(waiting):
            return call()
    except ApiError as error:
        show(error)
        return None


@contextmanager
def guard() -> Iterator[None]:
    """What fails inside is shown in place of the rest of the page."""
    try:
        yield
    except ApiError as error:
        show(error)


def show(error: ApiError, *, again: bool = True) -> None:
    """A failure in the reader's words, with what to do about it."""
    with st.container():
        st.error(md(sentence(error)), icon=":material/error:", title=md(_titles()[error.problem]))
        if error.problem == "signed_out":
            _offer_sign_in()
        if error.fields:
            st.html(_field_list(error))
        if again and error.problem in ("unreachable", "slow", "busy", "broken"):
            st.button(_("Try again"), key=f"again-{error.problem}", icon=":material/refresh:")


def _offer_sign_in() -> None:
    address, label = links.account("/sign-in", back=True), _("Sign in")
    st.html(f'<a class="pa-button" href="{h(address)}" target="_self">{h(label)}</a>')


def empty(title: str, advice: str) -> None:
    """Nothing to show, and what the reader can do; actions may follow."""
    st.html(wrap("div", tag("p", title, "pa-empty-title") + tag("p", advice), "pa-empty"))


def sentence(error: ApiError) -> str:
    """What happened and what to do, in one or two sentences."""
    said = error.detail if error.problem in ("invalid", "refused", "busy") else ""
    return said or _advice()[error.problem]


def _advice() -> dict[Problem, str]:
    return {
        "unreachable": _(
            "Nothing you typed is lost. Try again in a moment; if it goes on, tell the "
            "person who runs this site."
        ),
        "slow": _("The answer took too long to come. Try again in a moment."),
        "not_found": _(
            "The address may be incomplete, or the record may have been withdrawn. "
            "Start again from the lists."
        ),
        "conflict": _(
            "Somebody else changed this record in the meantime. What you typed is still "
            "here: copy what you need, then open the record again."
        ),
        "invalid": _("Correct what is listed below, then try again."),
        "refused": _("The service does not accept this request."),
        "signed_out": _("Sign in, then do this again. Nothing you typed is lost."),
        "busy": _("Try again in a moment."),
        "broken": _("The fault is on our side. Nothing you typed is lost. Try again in a moment."),
    }


def _titles() -> dict[Problem, str]:
    return {
        "unreachable": _("The service does not answer"),
        "slow": _("The service does not answer"),
        "not_found": _("Nothing was found at this address"),
        "conflict": _("This record has changed"),
        "invalid": _("Some answers need another look"),
        "refused": _("This is not possible"),
        "signed_out": _("You are not signed in"),
        "busy": _("The service is not ready yet"),
        "broken": _("Something went wrong"),
    }


def _field_list(error: ApiError) -> str:
    items = "".join(
        wrap("li", f"{tag('strong', fields.label(name))} {h(message)}")
        for name, message in error.fields
    )
    return wrap("ul", items, "pa-errors")
