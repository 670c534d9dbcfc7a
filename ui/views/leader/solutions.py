"""A project leader's first page: their solutions, the needs they answer, what to complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar, cast

import streamlit as st

from ui import api, introductions, links
from ui.api import ApiError
from ui.components import completeness, own, states
from ui.i18n import _, n_
from ui.introductions import Item
from ui.records import MatchList, Solution, SolutionPage
from ui.text import h, tag, wrap

SOLUTIONS = 5
NEEDS = 5
INTRODUCTIONS = 100
CLOSE = ("strong", "good")

Answer = TypeVar("Answer")


def show() -> None:
    """Draw the page."""
    st.html(tag("h1", _("My solutions"), "pa-title"))
    if not own.allowed("solutions"):
        return
    page = cast("SolutionPage | None", own.fetch("solutions"))
    if page is None:
        return
    lists: dict[str, MatchList] = {}
    met: list[Item] = []
    if any(solution["status"] == "published" for solution in page["items"]):
        lists = _beside(_answered) or {}
        met = _beside(_introduced) or []
    _ways_on(list(lists.values()), met)
    counts = Counter(item["solution"]["id"] for item in met)
    told = {s["id"]: _told(s, lists.get(s["id"]), counts[s["id"]]) for s in page["items"]}
    own.show("solutions", page, told)


def _beside(call: Callable[[], Answer]) -> Answer | None:
    """What stands beside the solutions: when it fails it is told, and they are still shown."""
    try:
        return call()
    except ApiError as error:
        states.show(error, again=False)
        return None


def _answered() -> dict[str, MatchList]:
    """The best needs of the published solutions changed last, by solution."""
    with st.spinner(_("Comparing meanings…")):
        found = api.client().own_matches(SOLUTIONS, NEEDS)["items"]
    return {one["subject"]["id"]: one for one in found if one["subject"]}


def _introduced() -> list[Item]:
    return introductions.listed({"side": "leader", "limit": INTRODUCTIONS})["items"]


def _ways_on(lists: list[MatchList], met: list[Item]) -> None:
    """What waits for the reader, with the way to it."""
    needs = {match["id"] for found in lists for match in found["items"] if _close(match["band"])}
    waiting = sum(item["awaits_you"] for item in met)
    if waiting:
        answer = n_("{n} introduction awaits you.", "{n} introductions await you.", waiting)
        _way("introductions", answer, _("Answer"))
    if needs:
        told = n_(
            "{n} need is close to what you offer.",
            "{n} needs are close to what you offer.",
            len(needs),
        )
        _way("answered_needs", told, _("See them"))


def _way(page: str, told: str, label: str) -> None:
    with st.container(key=f"pa-ways-on-{page}", horizontal=True, vertical_alignment="center"):
        st.html(tag("p", told), width="content")
        links.link(page, label, icon=":material/arrow_forward:")


def _told(solution: Solution, found: MatchList | None, met: int) -> str:
    """Completeness with what to do next, how many needs are close, how many introductions."""
    known = solution.get("completeness")
    told = completeness.meter(known) + completeness.next_step(known) if known else ""
    told += _count(solution["id"], found) if found is not None else ""
    return told + (tag("p", n_("{n} introduction", "{n} introductions", met)) if met else "")


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
