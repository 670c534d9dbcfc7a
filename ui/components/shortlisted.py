"""One candidate of a shortlist: what it is, its note, place and decision."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui import links, staff
from ui.api import ApiError
from ui.components import badges, cards, states
from ui.i18n import _, long_date
from ui.staff import Entry
from ui.text import md, shorten, tag, wrap

NOTE_LENGTH, REASON_LENGTH = 2000, 500
DECISIONS = (None, "kept", "dropped")


def decision_word(decision: str | None) -> str:
    """What a decision is called."""
    return {"kept": _("Kept"), "dropped": _("Dropped")}.get(decision or "", _("Not decided"))


def card(need_id: str, entry: Entry, last: int) -> None:
    """A card with a form; `last` is the place of the last candidate."""
    key = entry["solution_id"]
    with st.container(key=f"pa-entry-{key}", border=True, gap="xsmall"):
        st.html(_head(entry))
        if entry["record"]:
            links.link("solution", md(shorten(entry["title"], 200)), id=key)
            st.html(cards.summary("solutions", entry["record"]))
            st.html(cards.facts("solutions", entry["record"]))
        else:
            gone = _("This solution is no longer published.")
            st.html(tag("h2", entry["title"]) + tag("p", gone, "pa-notice"))
        _form(need_id, entry, last)


def _head(entry: Entry) -> str:
    place = tag("span", entry["position"], "pa-rank")
    band = badges.band(entry["band"]) if entry["band"] else ""
    decided = tag("span", decision_word(entry["decision"]), "pa-tag pa-tag-strong")
    who = entry["added_by"]
    day = long_date(entry["added_at"])
    added = (
        _("Added by {name} on {date}", name=who, date=day)
        if who
        else _("Added on {date}", date=day)
    )
    return wrap("div", place + band + decided, "pa-match-head") + tag("p", added, "pa-hint")


def _form(need_id: str, entry: Entry, last: int) -> None:
    """The form is drawn anew from what is kept whenever that has changed."""
    key = f"{entry['solution_id']}-{entry['version']}-{entry['position']}"
    with st.form(f"entry-{key}", border=False):
        note = st.text_area(
            _("Note on {name}", name=md(shorten(entry["title"], 60))),
            entry["note"],
            max_chars=NOTE_LENGTH,
            height=90,
            key=f"note-{key}",
        )
        left, right = st.columns([1, 2])
        with left:
            decision = st.selectbox(
                _("Decision"),
                DECISIONS,
                index=DECISIONS.index(entry["decision"]),
                format_func=decision_word,
                key=f"decision-{key}",
            )
            position = st.number_input(
                _("Place"), 1, max(last, 1), entry["position"], key=f"place-{key}"
            )
        with right:
            reason = st.text_area(
                _("Reason for the decision"),
                entry["reason"],
                max_chars=REASON_LENGTH,
                height=120,
                key=f"reason-{key}",
            )
        saved = st.form_submit_button(_("Save"), key=f"save-{key}", icon=":material/save:")
    off = st.button(
        _("Take it off the shortlist"),
        key=f"off-{key}",
        icon=":material/bookmark_remove:",
        type="tertiary",
    )
    changes = {"note": note, "decision": decision, "position": position, "reason": reason}
    _act(need_id, entry, changes if saved else None, off=off)


def _act(need_id: str, entry: Entry, changes: Mapping[str, object] | None, *, off: bool) -> None:
    try:
        if changes is not None:
            staff.change_entry(need_id, entry, changes)
        if off:
            staff.take_off(need_id, entry["solution_id"])
    except ApiError as error:
        # What was typed stays in the form.
        states.show(error, again=False)
        return
    if changes is not None or off:
        st.rerun()
