"""Waiting, nothing to show, and something went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from ui import fields
from ui.api import ApiError
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


def show(error: ApiError, *, again: bool = True) -> None:
    """A failure in the reader's words, with what to do about it."""
    with st.container(key=f"pa-error-{error.problem}"):
        st.error(md(sentence(error)), icon=":material/error:", title=md(_title(error)))
        if error.fields:
            st.html(_field_list(error))
        if again and error.problem in ("unreachable", "slow", "broken"):
            st.button(_("Try again"), key=f"again-{error.problem}", icon=":material/refresh:")


def empty(title: str, advice: str) -> None:
    """Nothing to show, and what the reader can do; actions may follow."""
    st.html(wrap("div", tag("p", title, "pa-empty-title") + tag("p", advice), "pa-empty"))


def sentence(error: ApiError) -> str:
    """What happened and what to do, in one or two sentences."""
    match error.problem:
        case "unreachable":
            return _(
                "Nothing you typed is lost. Try again in a moment; if it goes on, tell the "
                "person who runs this site."
            )
        case "slow":
            return _("The answer took too long to come. Try again in a moment.")
        case "not_found":
            return _(
                "The address may be incomplete, or the record may have been withdrawn. "
                "Start again from the lists."
            )
        case "conflict":
            return _(
                "Somebody else changed this record in the meantime. What you typed is still "
                "here: copy what you need, then open the record again."
            )
        case "invalid":
            return error.detail or _("Correct what is listed below, then try again.")
        case "refused":
            return error.detail or _("The service does not accept this request.")
        case _:
            return _("The fault is on our side. Nothing you typed is lost. Try again in a moment.")


def _title(error: ApiError) -> str:
    match error.problem:
        case "unreachable" | "slow":
            return _("The service does not answer")
        case "not_found":
            return _("Nothing was found at this address")
        case "conflict":
            return _("This record has changed")
        case "invalid":
            return _("Some answers need another look")
        case "refused":
            return _("This is not possible")
        case _:
            return _("Something went wrong")


def _field_list(error: ApiError) -> str:
    items = "".join(
        wrap("li", f"{tag('strong', fields.label(name))} {h(message)}")
        for name, message in error.fields
    )
    return wrap("ul", items, "pa-errors")
