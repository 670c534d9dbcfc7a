"""The list of one's introductions: where each stands, what is new, whose turn it is."""

from __future__ import annotations

import streamlit as st

from ui import account, introductions, links, words
from ui.api import Query
from ui.components import states
from ui.i18n import _, long_date, n_, pair
from ui.introductions import Item, Page, Side
from ui.text import md, shorten, tag

MOST = 50
STATUS = "status"


def show() -> None:
    """The filter by status with its counts, then the introductions, the last moved first."""
    chosen = st.query_params.get(STATUS)

    def call() -> Page:
        query: Query = {"limit": MOST, **({"status": [chosen]} if chosen else {})}
        return introductions.listed(query)

    page = states.load(call, _("Fetching the list…"))
    if page is None:
        return
    if not page["counts"]:
        _nothing()
        return
    _filter(page, chosen)
    for item in page["items"]:
        card(item)
    if page["total"] > len(page["items"]):
        rest = page["total"] - len(page["items"])
        st.html(tag("p", n_("{n} more", "{n} more", rest), "pa-hint"))


def status(code: str) -> str:
    """A status as a word in a frame."""
    return tag("span", words.label("introduction_statuses", code), f"pa-status pa-status-{code}")


def card(item: Item) -> None:
    """One introduction, which leads to its page."""
    theirs, ours = item["need"], item["solution"]
    if item["side"] == "authority":
        theirs, ours = ours, theirs
    who = theirs["organisation"]
    with st.container(key=f"pa-card-introduction-{item['id']}", border=True, gap=None):
        unread = item["unread"]
        marks = status(item["status"])
        if item["awaits_you"]:
            marks += tag("span", _("Your answer is waited for"), "pa-tag pa-tag-strong")
        if unread:
            told = n_("{n} new message", "{n} new messages", unread)
            marks += tag("span", told, "pa-tag pa-tag-strong")
        name = who["name"] if who else _("Authority not named yet")
        st.html(tag("p", name, "pa-eyebrow"))
        title = md(shorten(theirs["title"], 200))
        links.link("introduction", title, id=item["id"])
        mine = pair(_ours(item["side"]), ours["title"])
        last = _("Last move on {date}", date=long_date(item["moved_at"]))
        about = tag("p", mine, "pa-summary")
        st.html(f'<p class="pa-marks">{marks}</p>{about}{tag("p", last, "pa-hint")}')


def _ours(side: Side | None) -> str:
    """What the title of one's own record follows."""
    if side is None:
        return _("Solution")
    return _("For your need") if side == "authority" else _("With your solution")


def _filter(page: Page, chosen: str | None) -> None:
    counts = page["counts"]
    known = [code for code in words.names("introduction_statuses") if counts.get(code)]
    options = ["", *known, *([chosen] if chosen and chosen not in known else [])]
    total = sum(counts.values())

    def name(code: str) -> str:
        label = words.label("introduction_statuses", code) if code else _("All statuses")
        return f"{label} ({counts.get(code, 0) if code else total})"

    st.selectbox(
        _("Status"),
        options,
        index=options.index(chosen or ""),
        format_func=name,
        key="inbox-status",
        width=320,
        on_change=_keep,
    )


def _keep() -> None:
    chosen = st.session_state["inbox-status"]
    if chosen:
        st.query_params[STATUS] = chosen
    elif STATUS in st.query_params:
        del st.query_params[STATUS]


def _nothing() -> None:
    states.empty(
        _("No introduction yet"),
        _(
            "It starts from a match: an authority asks for one from a solution proposed for its "
            "need, a project leader says that a need interests them."
        ),
    )
    if account.acts_as("authority_staff"):
        links.link("my_needs", _("My needs"), icon=":material/arrow_forward:")
    if account.acts_as("project_leader"):
        links.link("my_solutions", _("My solutions"), icon=":material/arrow_forward:")
