"""What the page of a need and the page of a solution have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

import streamlit as st

from ui import account, api, links
from ui.api import ApiError, Query
from ui.components import arrangement, badges, criteria, hidden, interest, matches, remarks, states
from ui.i18n import _, long_date
from ui.records import Kind, MatchList, Need, Solution
from ui.text import h, paragraphs, tag, wrap

LONG = 900
FIRST = 10
MORE = 50
LIMIT = "limit"
# Of these an operator decides on the page made for it: the authors are told.
DECIDED = ("submitted", "edits_requested", "rejected")

AnyRecord = TypeVar("AnyRecord", Solution, Need)


def asked_id() -> str | None:
    """The record named in the address; says what to do when there is none."""
    record_id = st.query_params.get("id")
    if not record_id:
        missing()
    return record_id


def missing() -> None:
    """No record here: the ways back to the lists."""
    st.html(tag("h1", _("Record not found"), "pa-title"))
    states.show(ApiError("not_found"))
    with st.container(horizontal=True):
        links.link("needs", _("Browse the needs"), icon=":material/arrow_forward:")
        links.link("solutions", _("Browse the solutions"), icon=":material/arrow_forward:")


def load(kind: Kind, record_id: str) -> Solution | Need | None:
    """The record, or what went wrong on the page."""
    client = api.client()
    try:
        with st.spinner(_("Fetching the record…")):
            return client.need(record_id) if kind == "needs" else client.solution(record_id)
    except ApiError as error:
        if error.problem == "not_found":
            missing()
        else:
            states.show(error)
        return None


def heading(kind: Kind, record: Solution | Need) -> None:
    """Way back, who, title, since when."""
    st.set_page_config(page_title=f"{record['title'][:80]} · Passerelle")
    with st.container(key="pa-back"):
        label = _("All the needs") if kind == "needs" else _("All the solutions")
        links.link(kind, label, icon=":material/arrow_back:")
    st.html(badges.eyebrow(record) + tag("h1", record["title"], "pa-title", record["lang"]))


def dates(record: Solution | Need) -> str:
    """When it was published and last changed."""
    published, updated = record["published_at"], long_date(record["updated_at"])
    parts = [_("Published on {date}", date=long_date(published))] if published else []
    if published is None or long_date(published) != updated:
        parts.append(_("Updated on {date}", date=updated))
    return tag("p", " · ".join(parts), "pa-hint")


def prose(title: str, text: str, key: str, lang: str) -> None:
    """A titled text in its own language; a long one is folded after its beginning."""
    if not text.strip():
        return
    head = tag("h2", title)
    if len(text) <= LONG * 1.5:
        st.html(head + wrap("div", paragraphs(text), "pa-prose", lang))
        return
    cut = text.rfind(" ", 0, LONG)
    cut = cut if cut > 0 else LONG
    st.html(head + wrap("div", paragraphs(text[:cut] + "…"), "pa-prose", lang))
    with st.expander(_("Read the whole text"), key=f"pa-whole-{key}"):
        st.html(wrap("div", paragraphs(text), "pa-prose", lang))


def bullets(title: str, items: list[str], lang: str = "") -> str:
    """A titled list, nothing when it is empty; `lang` is that of the items."""
    if not items:
        return ""
    return tag("h3", title) + wrap("ul", "".join(tag("li", i) for i in items), "pa-list", lang)


def own_actions(kind: Kind, record: Solution | Need) -> None:
    """What those who may change the record are told of its state, and what they can do."""
    if not record["yours"] or record["status"] == "archived":
        return
    with st.container(key="pa-draft", horizontal=True, vertical_alignment="center"):
        st.html(tag("p", _states()[record["status"]]), width="content")
        wanted = "published" if account.is_operator() else "submitted"
        if account.is_operator() and record["status"] in DECIDED:
            links.link(
                "case", _("Read and decide"), icon=":material/gavel:", **_named(kind, record)
            )
        elif record["status"] not in ("published", wanted):
            label = _("Publish") if account.is_operator() else _("Submit for publication")
            if st.button(label, key="publish", type="primary", icon=":material/publish:"):
                _move(kind, record, wanted)
        form = "new_need" if kind == "needs" else "new_solution"
        links.link(form, _("Change"), icon=":material/edit:", id=record["id"])
    remarks.latest(kind, record["id"], record["status"])


def _named(kind: Kind, record: Solution | Need) -> dict[str, str]:
    return {"kind": kind, "id": record["id"]}


def _states() -> dict[str, str]:
    return {
        "draft": _("This is a draft: only your organisation sees it."),
        "submitted": _("Submitted: it will be read before it is published."),
        "edits_requested": _("Changes are asked for before it can be published."),
        "rejected": _("It was not accepted for publication."),
        "published": _("This is yours, and published."),
    }


def _move(kind: Kind, record: Solution | Need, status: str) -> None:
    try:
        api.client().update(kind, record["id"], record["version"], {"status": status})
    except ApiError as error:
        states.show(error)
        return
    st.rerun()


def pairings(
    kind: Kind,
    record: Solution | Need,
    title: str,
    nothing: tuple[str, str],
    keeping: Callable[[MatchList], matches.Inside] | None = None,
) -> None:
    """The records that answer this one, ranked and explained.

    `keeping` makes what ends each card of a list.
    """
    other: Kind = "solutions" if kind == "needs" else "needs"
    st.html(f'<h2 id="pairings" class="pa-section">{h(title)}</h2>')
    limit = MORE if st.query_params.get(LIMIT) == str(MORE) else FIRST

    def call() -> MatchList:
        query: Query = {"limit": limit, hidden.RELAX: hidden.relaxed(), **arrangement.asked()}
        return api.client().matches(kind, record["id"], query)

    found = states.load(call, _("Comparing meanings…"))
    if found is None:
        return
    if not found["items"]:
        states.empty(*nothing)
    more = _more_button if limit == FIRST and found["eligible"] > FIRST else None
    inside = _inside(kind, record, found, keeping)
    matches.show(found, other, "pairing", more, inside)


def _inside(
    kind: Kind,
    record: Solution | Need,
    found: MatchList,
    keeping: Callable[[MatchList], matches.Inside] | None,
) -> matches.Inside | None:
    """What ends each card: what its reader can do with this pairing."""
    if kind == "solutions":
        return partial(criteria.answers, record["id"])
    parts = [keeping(found)] if keeping is not None and found["items"] else []
    if interest.may_ask(cast("Need", record)):
        started = interest.known(record["id"])
        parts.append(partial(interest.ask, record["id"], found["snapshot_id"], started))

    def draw(candidate: Solution | Need) -> None:
        for part in parts:
            part(candidate)

    return draw if parts else None


def _more_button() -> None:
    st.button(
        _("Show up to {n}", n=MORE),
        key="more-pairings",
        icon=":material/expand_more:",
        on_click=_show_more,
    )


def _show_more() -> None:
    st.query_params[LIMIT] = str(MORE)
