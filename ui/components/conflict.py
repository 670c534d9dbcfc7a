"""Two people changed one record: the second sees what the first did, and loses nothing typed.

What only the other changed is taken over. What both changed is asked about, field by field; the
person's own answer stays in the form until they choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from ui import fields, words
from ui.components import territory
from ui.components.forms import Form, absorb
from ui.i18n import _, long_date
from ui.session import Draft
from ui.text import shorten, tag, wrap

BASE = "_base"
FOUND = "_changed"  # the record changed: it must be fetched and compared
OPEN = "_open"  # what the other wrote in fields that both changed
TAKEN = "_taken"  # names of the fields taken over
STATE = "_state_now"
LONGEST = 400
_VOCABULARIES = {
    "themes": "themes",
    "beneficiaries": "beneficiaries",
    "labels": "labels",
    "languages": "languages",
    "price_band": "price_bands",
    "budget_band": "price_bands",
    "budget_why_blank": "why_blank",
    "maturity_band": "maturity",
    "project_stage": "project_stages",
}


def note(draft: Draft) -> None:
    """The service said that the record has changed since it was read."""
    draft[FOUND] = True


def pending(draft: Draft) -> bool:
    """Whether nothing can be saved before the person has chosen."""
    return bool(draft.get(FOUND) or draft.get(OPEN))


def merge(draft: Draft, theirs: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What to take over, and what both changed to different ends: the other's answers by field.

    `draft` holds the person's answers and, under BASE, those of the record as it was read.
    """
    base = draft.get(BASE, {})
    changed = {
        field: value
        for field, value in theirs.items()
        if not field.startswith("_")
        and not _same(value, base.get(field))
        and not _same(value, draft.get(field))
    }
    taken = {f: v for f, v in changed.items() if _same(draft.get(f), base.get(f))}
    return taken, {f: v for f, v in changed.items() if f not in taken}


def settle(form: Form, theirs: Mapping[str, Any], version: int, status: str) -> None:
    """Bring the record as it is now into the form."""
    absorb(form)
    draft = form.draft
    taken, both = merge(draft, theirs)
    for field, value in taken.items():
        _put(form, field, value)
    if draft["_record"]["status"] != status:
        draft[STATE] = status
    draft[OPEN], draft[TAKEN] = both, [f for f in taken if not f.startswith("organisation")]
    draft[BASE] = dict(theirs)
    draft.update({field: value for field, value in theirs.items() if field.startswith("_")})
    draft["_record"].update(version=version, status=status)
    draft.pop(FOUND, None)


def panel(form: Form) -> None:
    """What the other person changed, and the choices it leaves."""
    draft = form.draft
    if not (draft.get(OPEN) or draft.get(TAKEN) or draft.get(STATE)):
        return
    with st.container(key="pa-conflict", gap="small"):
        st.html(wrap("div", tag("h2", _("Somebody else has changed this record")), "pa-plain"))
        st.html(wrap("div", "".join(map(_told, _sentences(draft))), "pa-plain"))
        for field, value in dict(draft.get(OPEN) or {}).items():
            _choice(form, field, value)
        if not draft.get(OPEN):
            st.button(_("I have read this"), key=form.key("_read"), on_click=_read, args=(draft,))


def _told(sentence: str) -> str:
    return tag("p", sentence)


def _sentences(draft: Draft) -> list[str]:
    told = []
    if draft.get(STATE):
        state = words.label("statuses", draft[STATE])
        told.append(_("Its state is now: {state}.", state=state))
    if draft.get(TAKEN):
        names = ", ".join(map(fields.label, draft[TAKEN]))
        told.append(_("Taken over, as you had not touched it: {names}.", names=names))
    if draft.get(OPEN):
        told.append(
            _("You both changed what follows. Choose for each; what you typed stays until then.")
        )
    return told


def _choice(form: Form, field: str, value: Any) -> None:
    name = fields.label(field)
    pair = (_("Yours"), shown(field, form.draft.get(field))), (_("Theirs"), shown(field, value))
    sides = "".join(
        wrap("div", tag("dt", who) + tag("dd", shorten(text, LONGEST))) for who, text in pair
    )
    st.html(tag("h3", name) + wrap("dl", sides, "pa-review"))
    with st.container(key=f"pa-choice-{field}", horizontal=True):
        for label, take in (
            (_("Keep mine: {name}", name=name), False),
            (_("Take theirs: {name}", name=name), True),
        ):
            st.button(
                label,
                key=form.key(f"_{'take' if take else 'keep'}-{field}"),
                on_click=_choose,
                args=(form, field, take),
            )


def _choose(form: Form, field: str, take: bool) -> None:
    absorb(form)
    value = form.draft[OPEN].pop(field)
    if take:
        _put(form, field, value)


def _read(draft: Draft) -> None:
    for name in (TAKEN, STATE):
        draft.pop(name, None)


def _put(form: Form, field: str, value: Any) -> None:
    form.draft[field] = value
    st.session_state.pop(form.key(field), None)


def _same(one: Any, other: Any) -> bool:
    """Whether two answers are equal; blanks of every kind are one, order does not count."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return (one or None) == (other or None)


def shown(field: str, value: Any) -> str:
    """An answer as text."""
    if value in (None, "", []):
        return _("(empty)")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return long_date(value)
    if field == "perimeters":
        return ", ".join(map(territory.name, value))
    vocabulary = _VOCABULARIES.get(field)
    if vocabulary is None:
        return str(value)
    codes = value if isinstance(value, list) else [value]
    return ", ".join(words.labels(vocabulary, codes))
