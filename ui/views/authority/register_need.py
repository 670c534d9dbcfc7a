"""Describe a need, step by step, with the matching solutions beside."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from ui import api, fields, session, words
from ui.components import autosave, editing, forms, organisation, remarks, territory
from ui.components import steps as walk
from ui.components.forms import Form, Step
from ui.i18n import _, long_date, today
from ui.records import Kind
from ui.session import Draft
from ui.text import tag

NAME = "need"
KIND: Kind = "needs"
CRITERIA = ("essential_criteria", "desirable_criteria")
WRITTEN = ("title", "context", "description", "expected_outcome", *CRITERIA)


def steps() -> tuple[Step, ...]:
    """The steps of the form, in order."""
    return (
        Step(_("Your need"), ("title", "context", "description"), _what),
        Step(_("The result you expect"), ("expected_outcome", *CRITERIA), _result),
        Step(_("The facts"), _FACTS, _facts),
        Step(_("Check and publish"), (), _check),
    )


_FACTS = (
    "themes",
    "beneficiaries",
    "perimeters",
    "budget_band",
    "budget_why_blank",
    "response_deadline",
    "project_stage",
    *organisation.FIELDS,
    "anonymous",
)


@st.fragment
def editor() -> None:
    """The form and, beside it, what already matches."""
    form = Form(NAME, session.draft(NAME))
    walk.editor(form, steps(), KIND, payload, text, missing)


def text(draft: Draft) -> str:
    """What the person wrote so far, as one text."""
    return "\n".join(str(draft[field]) for field in WRITTEN if draft.get(field))


def missing(draft: Draft) -> list[str]:
    """What would make the ranking better, in words: what moves the list most comes first."""
    asked = [
        ("context", _("the context: what happens today, and for whom")),
        ("perimeters", _("the territory: solutions that do not work there leave the list")),
        ("essential_criteria", _("what a solution must do: each page is searched for the answer")),
        ("expected_outcome", _("the outcome you expect")),
        ("beneficiaries", _("who benefits")),
        ("themes", _("a theme")),
        ("budget_band", _("the budget")),
        ("project_stage", _("how far the project is")),
    ]
    return [words for field, words in asked if not draft.get(field)]


def payload(draft: Draft) -> dict[str, Any]:
    """The record as the API takes it."""
    day = draft.get("response_deadline")
    budget = draft.get("budget_band")
    return {
        "title": draft.get("title", "").strip(),
        "context": draft.get("context", ""),
        "description": draft.get("description", ""),
        "expected_outcome": draft.get("expected_outcome", ""),
        **{field: forms.lines(draft.get(field)) for field in CRITERIA},
        "themes": draft.get("themes", []),
        "beneficiaries": draft.get("beneficiaries", []),
        "perimeters": draft.get("perimeters", []),
        "budget_band": budget,
        "budget_why_blank": None if budget else draft.get("budget_why_blank"),
        "response_deadline": day.isoformat() if isinstance(day, date) else None,
        "project_stage": draft.get("project_stage"),
        "anonymous": bool(draft.get("anonymous")),
        **organisation.payload(draft, KIND),
    }


def _what(form: Form) -> None:
    form.text(
        "title",
        max_chars=200,
        live="700ms",
        placeholder=_("For example: warn residents before the river floods"),
    )
    form.area(
        "context",
        height=180,
        max_chars=20000,
        hint=_("What happens today, for whom, since when, what has been tried."),
    )
    form.area("description", height=120, max_chars=20000, label=_("Description (optional)"))
    if organisation.newcomer(KIND):
        organisation.ask(form, KIND)


def _result(form: Form) -> None:
    form.area(
        "expected_outcome",
        height=120,
        max_chars=5000,
        hint=_("What should have changed once the need is met."),
    )
    form.area(
        "essential_criteria",
        height=110,
        label=_("Essential criteria, one a line"),
        hint=_("Without these, a solution is of no use to you."),
    )
    form.area("desirable_criteria", height=110, label=_("Desirable criteria, one a line"))


def _facts(form: Form) -> None:
    form.many("themes", "themes", max_selections=8)
    form.many("beneficiaries", "beneficiaries")
    form.territories("perimeters")
    left, right = st.columns(2)
    with left:
        form.one("budget_band", "price_bands")
        form.one("project_stage", "project_stages")
    with right:
        if form.draft.get("budget_band") is None:
            form.one("budget_why_blank", "why_blank")
        form.day("response_deadline", today())
    if not organisation.newcomer(KIND):
        organisation.ask(form, KIND)
    form.yes(
        "anonymous",
        _("Publish without naming my organisation"),
        hint=_("Its name and exact place are hidden; only the region is shown."),
    )


def _check(form: Form) -> None:
    walk.review(_summary(form.draft))

    def save(status: str | None) -> str | None:
        forms.absorb(form)
        if not form.draft.get("title", "").strip():
            walk.refuse(form, steps(), "title", _("Give the need a title."))
            return None
        record = payload(form.draft)
        return walk.attempt(form, steps(), lambda: autosave.store(KIND, form.draft, record, status))

    walk.save_buttons(form, save, "need")


def _summary(draft: Draft) -> list[tuple[str, str]]:
    day = draft.get("response_deadline")
    band, why = draft.get("budget_band"), draft.get("budget_why_blank")
    budget = words.label("price_bands", band) if band else words.label("why_blank", why or "")
    stage = draft.get("project_stage")
    pairs = [(fields.label(field), str(draft.get(field) or "")) for field in WRITTEN]
    return [
        *pairs,
        (fields.label("themes"), ", ".join(words.labels("themes", draft.get("themes", [])))),
        (
            fields.label("beneficiaries"),
            ", ".join(words.labels("beneficiaries", draft.get("beneficiaries", []))),
        ),
        (fields.label("perimeters"), ", ".join(map(territory.name, draft.get("perimeters", [])))),
        (fields.label("budget_band"), budget),
        (fields.label("response_deadline"), long_date(day) if isinstance(day, date) else ""),
        (fields.label("project_stage"), words.label("project_stages", stage) if stage else ""),
        (fields.label("organisation"), organisation.summary(draft, KIND)),
        (fields.label("anonymous"), _("Yes") if draft.get("anonymous") else _("No")),
    ]


def _from_record(record: dict[str, Any]) -> Draft:
    """A saved draft as the form holds it."""
    day = record["response_deadline"]
    return {
        **{field: record[field] for field in ("title", "context", "description")},
        "expected_outcome": record["expected_outcome"],
        **{field: "\n".join(record[field]) for field in CRITERIA},
        **{field: record[field] for field in _FACTS if field in record},
        "response_deadline": date.fromisoformat(day) if day else None,
        **organisation.answers(record),
    }


st.html(tag("h1", _("Describe a need"), "pa-title"))
if editing.opened(NAME, lambda record_id: dict(api.client().need(record_id)), _from_record):
    remarks.of_draft("needs", session.draft(NAME))
    editor()
