"""A need and the solutions that may meet it."""

from __future__ import annotations

from typing import cast

import streamlit as st

from ui.components import badges, flash, interest, keeping, pooling, record, unanswered
from ui.i18n import _
from ui.records import Need
from ui.text import wrap


def show() -> None:
    """Draw the page of the need named in the address."""
    record_id = record.asked_id()
    need = cast("Need | None", record.load("needs", record_id)) if record_id else None
    if need is None:
        return
    record.heading("needs", need)
    record.own_actions("needs", need)
    flash.show()
    unanswered.notice(need)
    if need["yours"]:
        keeping.ways(need["id"])
    st.html(_facts(need))
    _description(need)
    interest.answer(need)
    record.pairings(
        "needs",
        need,
        _("Solutions that may meet this need"),
        (
            _("No suitable solution today"),
            _("Set a filter aside above, or come back: new solutions are compared at once."),
        ),
        keeping.inside(need["id"]) if need["yours"] else None,
    )
    if need["yours"]:
        pooling.panel(need["id"])
    unanswered.declaration(need)


def _facts(need: Need) -> str:
    return (
        badges.facts(
            [
                (_("Budget"), badges.budget(need)),
                (_("Answers until"), badges.deadline(need)),
                (_("Project stage"), badges.stage(need)),
                (_("Perimeter"), badges.perimeter(need)),
                (_("Who benefits"), badges.beneficiaries(need)),
            ]
        )
        + badges.themes(need["themes"])
        + record.dates(need)
    )


def _description(need: Need) -> None:
    lang = need["lang"]
    criteria = record.bullets(_("Essential criteria"), need["essential_criteria"], lang)
    criteria += record.bullets(_("Desirable criteria"), need["desirable_criteria"], lang)
    left, right = st.columns([3, 2], gap="large") if criteria else (st.container(), None)
    with left:
        record.prose(_("Context"), need["context"], "context", lang)
        record.prose(_("Description"), need["description"], "description", lang)
        record.prose(_("Expected outcome"), need["expected_outcome"], "outcome", lang)
    if right is not None:
        with right:
            st.html(wrap("div", criteria, "pa-aside"))


show()
