"""A solution and the needs it answers."""

from __future__ import annotations

from typing import cast

import streamlit as st

from ui import account, words
from ui.components import badges, flash, proofs, record
from ui.i18n import _, n_
from ui.introductions import Request
from ui.records import Reference, Solution
from ui.text import h, tag, wrap


def show() -> None:
    """Draw the page of the solution named in the address."""
    record_id = record.asked_id()
    found = record.load("solutions", record_id) if record_id else None
    solution = cast("Solution | None", found)
    if solution is None:
        return
    record.heading("solutions", solution)
    record.own_actions("solutions", solution)
    flash.show()
    if solution["summary"]:
        st.html(tag("p", solution["summary"], "pa-lede", solution["lang"]))
    st.html(_facts(solution))
    _description(solution)
    record.pairings(
        "solutions",
        solution,
        _("Needs this solution may answer"),
        (
            _("No need matches this solution today"),
            _("Set a filter aside above, or come back: new needs are compared at once."),
        ),
    )


def _facts(solution: Solution) -> str:
    weeks = solution["deployment_weeks"]
    return (
        badges.facts(
            [
                (_("Maturity"), words.maturity(solution["maturity"])),
                (_("Price"), badges.price(solution)),
                (_("Time to deploy"), n_("{n} week", "{n} weeks", weeks) if weeks else None),
                (_("Perimeter"), badges.perimeter(solution)),
                (_("Who benefits"), badges.beneficiaries(solution)),
                (_("Licence"), solution["licence"]),
            ]
        )
        + badges.themes(solution["themes"])
        + _site(solution["website"])
        + record.dates(solution)
    )


def _site(address: str | None) -> str:
    """A link to the website; only an ordinary web address becomes one."""
    if not address:
        return ""
    if not address.lower().startswith(("https://", "http://")):
        return tag("p", address)
    label = h(_("{address} (outside site)", address=address))
    return wrap("p", f'<a href="{h(address)}" rel="noopener noreferrer nofollow">{label}</a>')


def _description(solution: Solution) -> None:
    known = proofs.of_solution(solution)
    references = _references(solution["client_references"], known)
    labels = words.labels("labels", solution.get("labels") or [])
    aside = references + record.bullets(_("Labels"), labels)
    left, right = st.columns([3, 2], gap="large") if aside else (st.container(), None)
    with left:
        record.prose(_("Description"), solution["description"], "description", solution["lang"])
    if right is not None:
        with right:
            st.html(wrap("div", aside, "pa-aside"))
            if account.is_in(solution["organisation"], "project_leader"):
                proofs.ask(solution, known)


def _references(listed: list[Reference], known: list[Request]) -> str:
    if not listed:
        return ""
    items = (wrap("li", h(_reference(one)) + proofs.told(one, known)) for one in listed)
    return tag("h3", _("Client references")) + wrap("ul", "".join(items), "pa-list")


def _reference(item: Reference) -> str:
    year, about = item.get("year"), item.get("description")
    text = f"{item['name']} ({year})" if year else item["name"]
    return f"{text} · {about}" if about else text


show()
