"""Offer a solution, step by step, with the needs it answers beside."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from ui import api, fields, session, words
from ui.components import autosave, editing, forms, organisation, remarks, territory
from ui.components import steps as walk
from ui.components.forms import Form, Step
from ui.i18n import _, n_
from ui.records import Kind
from ui.session import Draft
from ui.text import tag

NAME = "solution"
PROOFS = "_proofs"  # the references as the service holds them
KIND: Kind = "solutions"
WRITTEN = ("title", "summary", "description")
CONTACT = ("contact_name", "contact_email", "contact_phone")
LISTS = ("themes", "beneficiaries", "perimeters", "labels", "languages")
FACTS = ("maturity", "price_band", "deployment_weeks", "licence", "website")
_TERMS = (*FACTS, "client_references", *organisation.FIELDS, *CONTACT)
_YEAR = re.compile(r"^(?P<name>.*?)[\s,;(]*\b(?P<year>(?:19|20)\d\d)\b\)?\s*$")


def steps() -> tuple[Step, ...]:
    """The steps of the form, in order."""
    return (
        Step(_("Your solution"), WRITTEN, _what),
        Step(_("For whom and where"), (*LISTS, "maturity"), _whom),
        Step(_("Terms and proof"), _TERMS, _terms),
        Step(_("Check and publish"), (), _check),
    )


@st.fragment
def editor() -> None:
    """The form and, beside it, the needs that match already."""
    form = Form(NAME, session.draft(NAME))
    walk.editor(form, steps(), KIND, payload, text, missing)


def text(draft: Draft) -> str:
    """What the person wrote so far, as one text."""
    return "\n".join(str(draft[field]) for field in WRITTEN if draft.get(field))


def missing(draft: Draft) -> list[str]:
    """What would make the ranking better, in words."""
    asked = [
        ("summary", _("a summary: what it changes, in one or two sentences")),
        ("description", _("a description: how it works and what it takes")),
        ("themes", _("a theme")),
        ("perimeters", _("the territory where you can work")),
        ("maturity_band", _("the maturity")),
    ]
    return [name for field, name in asked if not draft.get(field)]


def payload(draft: Draft) -> dict[str, Any]:
    """The record as the API takes it."""
    return {
        **{field: (draft.get(field) or "").strip() for field in WRITTEN},
        **{field: draft.get(field) or [] for field in LISTS},
        "maturity": level(draft.get("maturity_band"), draft.get("maturity")),
        "price_band": draft.get("price_band"),
        "deployment_weeks": draft.get("deployment_weeks"),
        "client_references": references(draft.get("client_references"), draft.get(PROOFS) or []),
        **{field: (draft.get(field) or "").strip() or None for field in ("licence", "website")},
        **{field: (draft.get(field) or "").strip() or None for field in CONTACT},
        **organisation.payload(draft, KIND),
    }


def level(band: str | None, known: int | None) -> int | None:
    """The readiness level to keep for a band: the known one if it lies there, else the highest."""
    for term in api.vocabularies().get("maturity", []):
        low, high = term.get("trl", [1, 9])
        if term["code"] == band:
            return known if known is not None and low <= known <= high else high
    return None


def references(text: str | None, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One reference a line, a year at its end if there is one: "Ville de Sète, 2024".

    A line that stands for a known one keeps what else is known of it: its place, its words.
    """
    found = []
    kept = {_line(proof): proof for proof in known}
    for line in forms.lines(text):
        if line in kept:
            found.append(kept[line])
            continue
        dated = _YEAR.match(line)
        if dated and dated["name"]:
            found.append({"name": dated["name"], "year": int(dated["year"])})
        else:
            found.append({"name": line, "year": None})
    return found


def _line(proof: dict[str, Any]) -> str:
    return f"{proof['name']}, {proof['year']}" if proof.get("year") else str(proof["name"])


def _what(form: Form) -> None:
    form.text(
        "title",
        max_chars=200,
        live="700ms",
        placeholder=_("For example: sensors that watch the level of rivers"),
    )
    form.area(
        "summary",
        height=100,
        max_chars=500,
        hint=_("What it changes, for whom, in one or two sentences."),
    )
    form.area(
        "description",
        height=220,
        max_chars=20000,
        hint=_("How it works, what it takes, what has been measured."),
    )
    if organisation.newcomer(KIND):
        organisation.ask(form, KIND)


def _whom(form: Form) -> None:
    form.many("themes", "themes", max_selections=8)
    form.many("beneficiaries", "beneficiaries")
    form.territories("perimeters")
    form.one("maturity_band", "maturity", label=_("Maturity"))
    form.many("labels", "labels")
    form.many("languages", "languages")


def _terms(form: Form) -> None:
    left, right = st.columns(2)
    with left:
        form.one("price_band", "price_bands")
        form.text("licence", max_chars=200)
    with right:
        form.number(
            "deployment_weeks", min_value=0, max_value=520, step=1, label=_("Weeks to deploy")
        )
        form.text("website", max_chars=500, placeholder="https://", autocomplete="url")
    form.area(
        "client_references",
        height=90,
        label=_("Client references, one a line"),
        placeholder=_("Town of Sète, 2024"),
    )
    if not organisation.newcomer(KIND):
        organisation.ask(form, KIND)
    st.html(tag("h3", _("Contact")) + tag("p", _("Never shown in public."), "pa-hint"))
    form.text("contact_name", max_chars=200, autocomplete="name")
    left, right = st.columns(2)
    with left:
        form.text("contact_email", max_chars=254, autocomplete="email")
    with right:
        form.text("contact_phone", max_chars=40, autocomplete="tel")


def _check(form: Form) -> None:
    walk.review(_summary(form.draft))

    def save(status: str | None) -> str | None:
        forms.absorb(form)
        if not (form.draft.get("title") or "").strip():
            walk.refuse(form, steps(), "title", _("Give the solution a title."))
            return None
        record = payload(form.draft)
        return walk.attempt(form, steps(), lambda: autosave.store(KIND, form.draft, record, status))

    walk.save_buttons(form, save, "solution")


def _summary(draft: Draft) -> list[tuple[str, str]]:
    band, price = draft.get("maturity_band"), draft.get("price_band")
    weeks = draft.get("deployment_weeks")
    plain = [(fields.label(field), str(draft.get(field) or "")) for field in WRITTEN]
    vocabularies = ("themes", "beneficiaries", "labels", "languages")
    listed = [
        (fields.label(name), ", ".join(words.labels(name, draft.get(name) or [])))
        for name in vocabularies
    ]
    return [
        *plain,
        *listed,
        (fields.label("perimeters"), ", ".join(map(territory.name, draft.get("perimeters") or []))),
        (fields.label("maturity"), words.label("maturity", band) if band else ""),
        (fields.label("price_band"), words.label("price_bands", price) if price else ""),
        (fields.label("deployment_weeks"), n_("{n} week", "{n} weeks", weeks) if weeks else ""),
        (fields.label("client_references"), draft.get("client_references") or ""),
        (fields.label("licence"), draft.get("licence") or ""),
        (fields.label("website"), draft.get("website") or ""),
        (fields.label("organisation"), organisation.summary(draft, KIND)),
        (_("Contact"), ", ".join(draft[field] for field in CONTACT if draft.get(field))),
    ]


def _from_record(record: dict[str, Any]) -> Draft:
    """A saved record as the form holds it."""
    trl = record["maturity"]
    bands = [t["code"] for t in words.terms("maturity") if trl in range(*_range(t.get("trl")))]
    return {
        **{field: record[field] for field in (*WRITTEN, *LISTS, *FACTS)},
        **{field: (record.get("contact") or {}).get(field) or "" for field in CONTACT},
        "maturity_band": bands[0] if bands else None,
        "client_references": "\n".join(map(_line, record["client_references"])),
        PROOFS: record["client_references"],
        **organisation.answers(record),
    }


def _range(trl: list[int] | None) -> tuple[int, int]:
    low, high = trl or [1, 0]
    return low, high + 1


st.html(tag("h1", _("Offer a solution"), "pa-title"))
if editing.opened(NAME, lambda record_id: dict(api.client().solution(record_id)), _from_record):
    remarks.of_draft("solutions", session.draft(NAME))
    editor()
