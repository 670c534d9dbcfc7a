"""What outlives one run of a page, under our own keys.

Drafts are kept by the server process under an unguessable name that stands in the address
(`?draft=`): reloading the page, changing language or losing the connection loses nothing typed.
"""

from __future__ import annotations

import secrets
import time
from threading import Lock
from typing import Any

import streamlit as st

Draft = dict[str, Any]

DRAFT_PARAMETER = "draft"
DRAFT_HOURS = 24
DRAFTS_KEPT = 2000
_FRAME = "frame-draft"


class Drafts:
    """Unfinished forms by name; the oldest leave when there are too many or after a day."""

    def __init__(self, limit: int = DRAFTS_KEPT, hours: float = DRAFT_HOURS) -> None:
        self._limit = limit
        self._seconds = hours * 3600
        self._kept: dict[str, tuple[float, str, Draft]] = {}
        self._lock = Lock()

    def open(self, name: str | None, form: str) -> tuple[str, Draft]:
        """The form's draft of that name, or a new empty one under a new name."""
        with self._lock:
            self._forget_old()
            _, owner, draft = self._kept.pop(name or "", (0.0, "", {}))
            if name is None or owner != form:
                name, draft = secrets.token_urlsafe(16), {}
                self._make_room()
            self._kept[name] = (time.monotonic(), form, draft)
            return name, draft

    def drop(self, name: str) -> None:
        """Forget a draft, once it has been saved."""
        with self._lock:
            self._kept.pop(name, None)

    def _forget_old(self) -> None:
        oldest = time.monotonic() - self._seconds
        for name in [name for name, kept in self._kept.items() if kept[0] <= oldest]:
            del self._kept[name]

    def _make_room(self) -> None:
        while len(self._kept) >= self._limit:  # kept in the order of their last use
            del self._kept[next(iter(self._kept))]


@st.cache_resource(show_spinner=False)
def _drafts() -> Drafts:
    return Drafts()


def follow(key: str, value: object) -> None:
    """Set a widget to what the address says, when the address changed by another way than it."""
    seen = f"{key}:address"
    if key not in st.session_state or st.session_state.get(seen) != value:
        st.session_state[key] = value
    st.session_state[seen] = value


def draft(form: str) -> Draft:
    """The draft a form is filling: the one named in the address, else the session's own."""
    key = f"draft-{form}"
    asked = st.query_params.get(DRAFT_PARAMETER) or st.session_state.get(key)
    name, found = _drafts().open(asked, form)
    st.session_state[key] = name
    return found


def remember(form: str) -> None:
    """Put the name of the draft in the address, once there is something to keep."""
    st.query_params[DRAFT_PARAMETER] = st.session_state[f"draft-{form}"]


def frame_drawn() -> None:
    """Note the draft that the links of the frame carry: a fragment does not draw them again."""
    st.session_state[_FRAME] = st.query_params.get(DRAFT_PARAMETER)


def follow_in_frame() -> None:
    """Draw the whole page again if its frame does not carry the draft yet."""
    if st.session_state.get(_FRAME) != st.query_params.get(DRAFT_PARAMETER):
        st.rerun()


def forget(form: str) -> None:
    """Drop a form's draft and what its fields hold."""
    name = st.session_state.pop(f"draft-{form}", None)
    if name:
        _drafts().drop(name)
    for key in [k for k in st.session_state if str(k).startswith(f"{form}-")]:
        del st.session_state[key]
