"""How far the pages are accessible, what is not, and whom to tell."""

from __future__ import annotations

import streamlit as st

from ui.i18n import _
from ui.text import tag, wrap


def show() -> None:
    """Draw the page."""
    st.html(tag("h1", _("Accessibility"), "pa-title"))
    st.html(wrap("div", _state() + _gaps() + _tested() + _contact(), "pa-prose"))


def _state() -> str:
    return tag("h2", _("How far this site conforms")) + tag(
        "p",
        _(
            "Passerelle is partially conformant with the French accessibility rules (RGAA 4.1, "
            "level AA of WCAG 2.1). What does not conform is listed below. Nobody outside the "
            "project has audited it."
        ),
    )


def _gaps() -> str:
    gaps = (
        _(
            "The page frame is drawn by a library (Streamlit) whose own buttons and boxes have a "
            "few names in English only: a screen reader may hear them in English on a French page."
        ),
        _(
            "What you type in a long text is kept when you leave its field, not while you type: "
            "the library does not tell us earlier."
        ),
        _(
            "The links of the header are not marked as a navigation area. A link at the very top "
            "leads past them, straight to the content."
        ),
        _(
            "When a page is drawn again after a choice, a screen reader is not always told what "
            "changed. Messages of errors and of saving are."
        ),
    )
    items = "".join(tag("li", gap) for gap in gaps)
    return tag("h2", _("What does not conform")) + wrap("ul", items, "pa-list")


def _tested() -> str:
    return tag("h2", _("How it was checked")) + tag(
        "p",
        _(
            "Every page, in French and in English, with data and without, is checked "
            "automatically: axe may find nothing serious, and at a width of 320 pixels nothing "
            "may reach beyond the edge. Offering a solution is also gone through with the "
            "keyboard alone. Automatic checks find only part of what can hinder somebody: no "
            "test with users has taken place yet."
        ),
    )


def _contact() -> str:
    return tag("h2", _("If something hinders you")) + tag(
        "p",
        _(
            "Tell the person who runs this site: they owe you the content or the service in a "
            "form you can use. Without an answer, in France, you can turn to the Défenseur des "
            "droits, whose help is free of charge."
        ),
    )


show()
