"""A project leader's first page: their solutions, the needs they answer, what to complete."""

from __future__ import annotations

from typing import cast

import streamlit as st

from ui import api, links
from ui.api import ApiError
from ui.components import completeness, own
from ui.i18n import _, n_
from ui.records import MatchList, OwnMatches, Solution, SolutionPage
from ui.text import h, tag, wrap

SOLUTIONS = 5
NEEDS = 5
CLOSE = ("strong", "good")


def show() -> None:
    """Draw the page."""
    st.html(tag("h1", _("My solutions"), "pa-title"))
    if not own.allowed("solutions"):
        return
    page = cast("SolutionPage | None", own.fetch("solutions"))
    if page is None:
        return
    answered = _answered() if any(s["status"] == "published" for s in page["items"]) else None
    lists = (
        {found["subject"]["id"]: found for found in answered["items"] if found["subject"]}
        if (answered)
        else {}
    )
    if answered and answered["items"]:
        _ways_on(list(lists.values()))
    own.show("solutions", page, {s["id"]: _told(s, lists.get(s["id"])) for s in page["items"]})


def _answered() -> OwnMatches | None:
    """The best needs of each published solution; without them the page still shows the rest."""
    try:
        with st.spinner(_("Comparing meanings…")):
            return api.client().own_matches(SOLUTIONS, NEEDS)
    except ApiError:
        return None


def _ways_on(lists: list[MatchList]) -> None:
    needs = {match["id"] for found in lists for match in found["items"] if _close(match["band"])}
    if not needs:
        return
    told = n_(
        "{n} need is close to what you offer.",
        "{n} needs are close to what you offer.",
        len(needs),
    )
    with st.container(key="pa-ways-on", horizontal=True, vertical_alignment="center"):
        st.html(tag("p", told), width="content")
        links.link("answered_needs", _("See them"), icon=":material/arrow_forward:")


def _told(solution: Solution, found: MatchList | None) -> str:
    """Completeness with what to do next, and how many needs are close."""
    known = solution.get("completeness")
    told = completeness.meter(known) + completeness.next_step(known) if known else ""
    return told + (_count(solution["id"], found) if found is not None else "")


def _count(solution_id: str, found: MatchList) -> str:
    close = sum(_close(match["band"]) for match in found["items"])
    if not close:
        return tag("p", _("No need is close to it at present."), "pa-hint")
    said = n_("{n} need close to it", "{n} needs close to it", close)
    if close == NEEDS:
        said = _("{n} needs close to it, or more", n=close)
    address = f"{links.href('solution', id=solution_id)}#pairings"
    return wrap("p", f'<a href="{h(address)}" target="_self">{h(said)}</a>')


def _close(band: str) -> bool:
    return band in CLOSE


show()
