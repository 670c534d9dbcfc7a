"""One record to read and to decide of."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import links, words
from ui.components import badges, desk, record, remarks
from ui.i18n import _, n_, number
from ui.records import Kind
from ui.text import md, tag

REMARK = 5_000


def show() -> None:
    """Draw the page of the record named in the address."""
    if not desk.allowed(_("Record to read")):
        return
    kind: Kind = "needs" if st.query_params.get("kind") == "needs" else "solutions"
    record_id = st.query_params.get("id", "")
    case = desk.fetch(f"/moderation/{kind}/{_safe(record_id)}")
    with st.container(key="pa-back"):
        links.link("moderation", _("Back to the list"), icon=":material/arrow_back:")
    if case is None:
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        _record(kind, case["record"])
    with right:
        keys = [f"yes-copy-{other['id']}" for other in case["duplicates"]]
        case["seen"] = desk.seen(record_id, case["record"]["version"], "send-decision", *keys)
        _copies(case)
        _decide(kind, case)
        if case["remarks"]:
            st.html(tag("h2", _("Decided so far")))
            remarks.history(case["remarks"])


def _safe(record_id: str) -> str:
    """What comes from the address bar must not reach another path of the API."""
    return record_id if record_id.replace("-", "").isalnum() else "-"


def _record(kind: Kind, shown: dict[str, Any]) -> None:
    st.html(badges.eyebrow(shown) + tag("h2", shown["title"], "", shown["lang"]))  # type: ignore[arg-type]
    st.html(badges.facts(_facts(shown)) + badges.themes(shown["themes"]))
    for title, field in (
        (_("Summary"), "summary"),
        (_("Context"), "context"),
        (_("Description"), "description"),
        (_("Expected outcome"), "expected_outcome"),
    ):
        record.prose(title, shown.get(field) or "", field, shown["lang"])
    for title, field in (
        (_("Essential criteria"), "essential_criteria"),
        (_("Desirable criteria"), "desirable_criteria"),
    ):
        if listed := shown.get(field):
            st.html(record.bullets(title, listed, shown["lang"]))
    page = "need" if kind == "needs" else "solution"
    links.link(page, _("Open its page"), icon=":material/open_in_new:", id=shown["id"])


def _facts(shown: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [
        (_("State"), words.label("statuses", shown["status"])),
        (_("Perimeter"), badges.perimeter(shown)),  # type: ignore[arg-type]
        (_("Who benefits"), ", ".join(words.labels("beneficiaries", shown["beneficiaries"]))),
        (_("Maturity"), words.maturity(shown.get("maturity"))),
        (_("Labels"), ", ".join(words.labels("labels", shown["labels"]))),
        (_("Website"), shown.get("website")),
        (_("Version"), number(shown["version"])),
    ]


def _copies(case: dict[str, Any]) -> None:
    if not case["duplicates"]:
        return
    st.html(tag("h2", _("It may be a copy of")))
    for other in case["duplicates"]:
        with st.container(key=f"pa-copy-{other['id']}", border=True, gap="xsmall"):
            links.link("solution", md(other["title"]), id=other["id"])
            st.html(tag("p", " · ".join(_alike(other)), "pa-hint"))
            if "archive" in case["decisions"]:
                _archive_as_copy(case, other)


def _alike(other: dict[str, Any]) -> list[str]:
    said = [
        words.label("statuses", other["status"]),
        other["organisation"] or _("Organisation not given"),
        n_("{n} % of the text in common", "{n} % of the text in common", _percent(other)),
    ]
    said += [_("same title")] if other["same_title"] else []
    return said + ([_("same organisation")] if other["same_organisation"] else [])


def _percent(other: dict[str, Any]) -> int:
    return round(100 * float(other["similarity"]))


def _archive_as_copy(case: dict[str, Any], other: dict[str, Any]) -> None:
    def act() -> bool:
        body = {"decision": "archive", "duplicate_of": other["id"]}
        return _send(case, body)

    desk.sure(
        f"copy-{other['id']}",
        _("Archive this one as a copy of it"),
        _("Archive the record you are reading? The other one stays. The authors are told."),
        act,
        ":material/content_copy:",
    )


def _decide(kind: Kind, case: dict[str, Any]) -> None:
    st.html(tag("h2", _("Decide")))
    names = {
        "publish": _("Publish"),
        "request_edits": _("Ask for changes"),
        "reject": _("Do not accept"),
        "archive": _("Archive"),
    }
    if not case["decisions"]:
        st.html(tag("p", _("It is archived: nothing is left to decide."), "pa-hint"))
        return
    with st.form(f"decide-{case['record']['id']}", border=True):
        chosen = st.radio(
            _("Decision"), case["decisions"], format_func=names.__getitem__, key="decision"
        )
        remark = st.text_area(
            _("Remark to the authors"), key="decision-remark", max_chars=REMARK, height=140
        )
        hint = _("They receive it by e-mail and see it with their record.")
        st.html(
            tag("p", hint + " " + _("It is required unless you publish or archive."), "pa-hint")
        )
        sent = st.form_submit_button(_("Send the decision"), type="primary", key="send-decision")
    if sent and _send(case, {"decision": chosen, "remark": remark}):
        links.go("moderation", kind=kind)


def _send(case: dict[str, Any], body: dict[str, Any]) -> bool:
    """On failure the remark stays in the form."""
    shown = case["record"]
    done = _("“{title}”: {state}.", title=md(shown["title"]), state=_result(body["decision"]))
    path = f"/moderation/{case['kind']}/{shown['id']}"
    return desk.send("POST", path, body, done, version=case["seen"])


def _result(decision: str) -> str:
    return {
        "publish": _("published"),
        "request_edits": _("changes asked for"),
        "reject": _("not accepted"),
        "archive": _("archived"),
    }[decision]


show()
