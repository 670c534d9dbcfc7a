"""Where a project leader says which criteria of a need the solution meets."""

from __future__ import annotations

from typing import cast

import streamlit as st

from ui import api
from ui.api import ApiError
from ui.components import states
from ui.i18n import _
from ui.records import CriterionAnswer, CriterionAnswers, Need, Solution
from ui.text import md, tag

NOTE_LENGTH = 500
_CHOICES = ("yes", "partly", "no", None)


@st.fragment
def answers(solution_id: str, record: Solution | Need) -> None:
    """Three choices a criterion, asked for and shown only once the leader wants to answer."""
    need = cast("Need", record)
    if not need["essential_criteria"] and not need["desirable_criteria"]:
        return
    name = need["id"]
    if not st.toggle(_("Say which criteria the solution meets"), key=f"criteria-{name}"):
        return

    def call() -> CriterionAnswers:
        return api.client().answers(solution_id, name)

    found = states.load(call, _("Fetching the criteria…"))
    if found is None:
        return
    with st.form(f"answers-{name}"):
        st.html(tag("p", _warning(), "pa-hint"))
        given = [_ask(f"{name}-{place}", item) for place, item in enumerate(found["items"])]
        if st.form_submit_button(_("Save the answers"), key=f"save-answers-{name}"):
            _save(solution_id, name, given)


def _warning() -> str:
    return _(
        "An essential criterion that is not met hides the need and the solution from each other; "
        "one click shows them again."
    )


def _ask(key: str, item: CriterionAnswer) -> dict[str, str | None]:
    """One criterion: whether it is met, and a note."""
    kind = _("Essential") if item["essential"] else _("Desirable")
    answer = st.radio(
        f"{md(item['criterion'])} ({kind})",
        _CHOICES,
        index=_CHOICES.index(item["answer"]),
        format_func=_choice,
        horizontal=True,
        key=f"answer-{key}",
    )
    note = st.text_input(
        _("Note on: {criterion}", criterion=md(item["criterion"])),
        item["note"] or "",
        max_chars=NOTE_LENGTH,
        key=f"note-{key}",
        label_visibility="collapsed",
        placeholder=_("Note (optional)"),
    )
    return {"criterion": item["criterion"], "answer": answer, "note": note or None}


def _choice(answer: str | None) -> str:
    names = {"yes": _("Met"), "partly": _("Partly met"), "no": _("Not met")}
    return names.get(answer or "", _("No answer"))


def _save(solution_id: str, need_id: str, given: list[dict[str, str | None]]) -> None:
    try:
        api.client().answer(solution_id, need_id, given)
    except ApiError as error:
        states.show(error, again=False)
        return
    # The list may have lost or found this need.
    st.rerun()
