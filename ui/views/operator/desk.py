"""An operator's first page: what waits for somebody to look."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import links
from ui.components import desk
from ui.i18n import _, n_, number
from ui.text import tag, wrap


def show() -> None:
    """Draw the page."""
    if not desk.allowed(_("To do")):
        return
    counts = desk.fetch("/statistics/overview")
    if counts is None:
        return
    with st.container(key="pa-desk"):
        for key, count, said, page, query in _waiting(counts):
            with st.container(key=f"pa-card-{key}", border=True):
                st.html(wrap("p", tag("strong", number(count)) + " " + said, "pa-count-of"))
                links.link(page, _leading(key), **query)
    _whole(counts)


def _waiting(counts: dict[str, Any]) -> list[tuple[str, int, str, str, dict[str, str]]]:
    """Key, number, what of, page that shows them, its query."""
    solutions, needs = counts["solutions_submitted"], counts["needs_submitted"]
    requests, unmet = counts["membership_requests"], counts["needs_without_match"]
    failed = counts["letters_failed"]
    return [
        (
            "solutions",
            solutions,
            n_("solution to read", "solutions to read", solutions),
            "moderation",
            {"kind": "solutions"},
        ),
        (
            "needs",
            needs,
            n_("need to read", "needs to read", needs),
            "moderation",
            {"kind": "needs"},
        ),
        (
            "requests",
            requests,
            n_("request to join an organisation", "requests to join an organisation", requests),
            "people",
            {},
        ),
        (
            "unmet",
            unmet,
            n_("need without a good answer", "needs without a good answer", unmet),
            "figures",
            {},
        ),
        (
            "unanswered",
            counts["needs_unanswered"],
            n_(
                "need whose authority found nothing suitable",
                "needs whose authorities found nothing suitable",
                counts["needs_unanswered"],
            ),
            "activity",
            {},
        ),
        (
            "letters",
            failed,
            n_("letter could not be sent", "letters could not be sent", failed),
            "letters",
            {},
        ),
    ]


def _leading(key: str) -> str:
    return {
        "solutions": _("Read the solutions"),
        "needs": _("Read the needs"),
        "requests": _("See who asks"),
        "unmet": _("See the figures"),
        "unanswered": _("Open the activity log"),
        "letters": _("See the letters"),
    }[key]


def _whole(counts: dict[str, Any]) -> None:
    parts = [
        n_("{n} published solution", "{n} published solutions", counts["solutions_published"]),
        n_("{n} published need", "{n} published needs", counts["needs_published"]),
        n_("{n} person", "{n} people", counts["people"]),
        n_("{n} organisation", "{n} organisations", counts["organisations"]),
        n_("{n} letter waiting", "{n} letters waiting", counts["letters_waiting"]),
    ]
    st.html(tag("p", " · ".join(parts), "pa-hint"))


show()
