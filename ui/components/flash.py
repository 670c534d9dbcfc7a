"""What the reader is told after the page has been drawn anew."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.api import ApiError
from ui.components import states
from ui.i18n import _
from ui.text import tag, wrap

_KEY = "flash"


def done(sentence: str) -> None:
    """Say it on the page as it is once more drawn, and draw it."""
    st.session_state[_KEY] = (sentence, "")
    st.rerun()


def attempt(call: Callable[[], object], sentence: str, typed: str = "") -> None:
    """Do it and say so; what is refused is told, and what was typed is kept.

    When it changed meanwhile, the page is drawn as it is now, with what was typed beside.
    """
    try:
        call()
    except ApiError as error:
        if error.problem != "conflict":
            states.show(error, again=False)
            return
        st.session_state[_KEY] = (_changed(), typed)
        st.rerun()
    done(sentence)


def show() -> None:
    """What is to be told, once."""
    told = st.session_state.pop(_KEY, None)
    if told is None:
        return
    sentence, typed = told
    kept = wrap("p", tag("strong", _("You had written:"))) + tag("p", typed) if typed else ""
    st.html(f'<div class="pa-notice" role="status">{tag("p", sentence)}{kept}</div>')


def _changed() -> str:
    return _(
        "It has changed in the meantime: this is how it stands now. Look at it, then choose again "
        "if you still want to."
    )
