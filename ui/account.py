"""Who is reading: asked of the API once a page, with the secret of the browser's own cookie."""

from __future__ import annotations

import streamlit as st

from ui import api
from ui.api import ApiError
from ui.records import Me, Organisation
from ui.secret import secret

_ME = "account-me"
_ENDED = "account-ended"
_FAILED = "account-failed"
NOBODY: Me = {"person": None, "belongings": [], "demo": False}


def refresh() -> Me:
    """Ask the API who is reading; a session that has ended makes a visitor of them."""
    try:
        found = api.client().me()
        st.session_state[_ENDED], st.session_state[_FAILED] = False, None
    except ApiError as error:
        # Whatever else is wrong, the page's own call will say so in the place of its content.
        found = NOBODY
        st.session_state[_ENDED] = error.problem == "signed_out"
        st.session_state[_FAILED] = error
    st.session_state[_ME] = found
    return found


def me() -> Me:
    """Who is reading, as the frame of the page found it."""
    return st.session_state.get(_ME) or NOBODY


def ended() -> bool:
    """Whether the reader was signed in and no longer is."""
    return bool(secret() and st.session_state.get(_ENDED))


def failure() -> ApiError:
    """Why a page for people who are signed in cannot be shown to this reader."""
    return st.session_state.get(_FAILED) or ApiError("signed_out")


def signed_in() -> bool:
    """Whether the reader has an account and is signed in."""
    return me()["person"] is not None


def is_operator() -> bool:
    """Whether the reader runs the site."""
    person = me()["person"]
    return person is not None and person["operator"]


def acts_as(role: str) -> bool:
    """Whether the reader holds a role in some organisation."""
    return any(b["role"] == role and b["status"] == "active" for b in me()["belongings"])


def is_in(organisation: Organisation | None, role: str) -> bool:
    """Whether the reader holds a role in that organisation."""
    own = {place for place, _name in places(role)}
    return organisation is not None and organisation["id"] in own


def places(role: str) -> list[tuple[str, str]]:
    """Id and name of the organisations in which the reader holds a role."""
    return [
        (b["organisation_id"], b["organisation_name"])
        for b in me()["belongings"]
        if b["role"] == role and b["status"] == "active"
    ]
