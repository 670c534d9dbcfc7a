"""A record in a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from ui import links, words
from ui.components import badges
from ui.i18n import _
from ui.records import Kind, Need, Solution
from ui.text import md, shorten, tag

SUMMARY_LENGTH = 220


def grid(kind: Kind, records: Sequence[Solution | Need]) -> None:
    """Cards side by side where there is room."""
    with st.container(key="pa-grid"):
        for record in records:
            card(kind, record)


def card(kind: Kind, record: Solution | Need, place: str = "list") -> None:
    """A card that leads to the record; `place` keeps two lists of one page apart."""
    with st.container(key=f"pa-card-{kind}-{place}-{record['id']}", border=True, gap=None):
        st.html(badges.eyebrow(record))
        title_link(kind, record)
        st.html(body(kind, record))


def title_link(kind: Kind, record: Solution | Need) -> None:
    """The title as a link to the record's page."""
    name = "solution" if kind == "solutions" else "need"
    links.link(name, md(shorten(record["title"], 200)) or "…", id=record["id"])


def body(kind: Kind, record: Solution | Need) -> str:
    """Summary, facts and themes as HTML."""
    return f"{summary(kind, record)}{facts(kind, record)}{badges.themes(record['themes'][:3])}"


def facts(kind: Kind, record: Solution | Need) -> str:
    """The facts that help to choose."""
    if kind == "solutions":
        return badges.facts(_solution_facts(cast("Solution", record)))
    return badges.facts(_need_facts(cast("Need", record)))


def summary(kind: Kind, record: Solution | Need) -> str:
    """The beginning of what the record says, in its own language."""
    if kind == "solutions":
        text = cast("Solution", record)["summary"] or record["description"]
    else:
        text = cast("Need", record)["context"] or record["description"]
    short = shorten(text, SUMMARY_LENGTH)
    return tag("p", short, "pa-summary", record["lang"]) if text else ""


def _solution_facts(record: Solution) -> list[tuple[str, str | None]]:
    return [
        (_("Maturity"), words.maturity(record["maturity"])),
        (_("Price"), badges.price(record)),
        (_("Perimeter"), badges.perimeter(record)),
    ]


def _need_facts(record: Need) -> list[tuple[str, str | None]]:
    return [
        (_("Budget"), badges.budget(record)),
        (_("Answers until"), badges.deadline(record)),
        (_("Perimeter"), badges.perimeter(record)),
    ]
