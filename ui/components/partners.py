"""Joint answers to a need: who leads, who was invited, who joins."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui import introductions, links
from ui.components import flash, states
from ui.i18n import _
from ui.introductions import Consortium, Partner
from ui.text import h, md, shorten, tag, wrap


def show() -> None:
    """The joint answers of the reader's solutions."""
    found = states.load(introductions.consortia, _("Fetching the list…"))
    if found is None:
        return
    if not found:
        states.empty(
            _("No joint answer yet"),
            _("On the page of a need, invite other solutions to answer it together with yours."),
        )
    for one in found:
        _card(one)


def listed(consortium: Consortium) -> str:
    """The solutions of a joint answer, with what each has said."""
    items = "".join(_partner(one) for one in consortium["partners"])
    note = tag("p", consortium["note"]) if consortium["note"] else ""
    return tag("h3", _("They answer together")) + note + wrap("ul", items, "pa-list")


def _partner(partner: Partner) -> str:
    names = {
        "lead": _("leads"),
        "invited": _("invited, has not answered yet"),
        "accepted": _("takes part"),
        "declined": _("does not take part"),
    }
    who = f" ({partner['organisation']})" if partner["organisation"] else ""
    title = tag("span", partner["title"], lang=partner["lang"])
    return wrap("li", f"{title}{h(who)} · {h(names[partner['status']])}")


def _card(consortium: Consortium) -> None:
    with st.container(key=f"pa-own-{consortium['id']}", border=True, gap="small"):
        links.link("need", md(shorten(consortium["need_title"], 200)), id=consortium["need_id"])
        st.html(listed(consortium))
        for partner in consortium["partners"]:
            if partner["yours"] and partner["status"] != "lead":
                _answer(consortium, partner)
        lead = consortium["partners"][0]
        if lead["yours"]:
            _offer(consortium, lead)


def _answer(consortium: Consortium, partner: Partner) -> None:
    place = f"{consortium['id']}-{partner['solution_id']}"
    answers = [("accepted", _("Take part")), ("declined", _("Do not take part"))]
    with st.container(horizontal=True):
        for answer, label in answers:
            if partner["status"] != answer and st.button(label, key=f"{answer}-{place}"):
                call = partial(introductions.join, consortium["id"], partner["solution_id"], answer)
                flash.attempt(call, _("Your answer was saved."))


def _offer(consortium: Consortium, lead: Partner) -> None:
    if st.button(_("Tell the authority that you are interested"), key=f"offer-{consortium['id']}"):
        body = {
            "need_id": consortium["need_id"],
            "interested": True,
            "consortium_id": consortium["id"],
        }
        call = introductions.answer_need
        flash.attempt(lambda: call(lead["solution_id"], body), _("The authority is told."))
