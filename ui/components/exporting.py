"""Taking a shortlist away as a file, with columns of one's choice."""

from __future__ import annotations

import streamlit as st

from ui import staff
from ui.api import ApiError
from ui.components import states
from ui.i18n import _
from ui.text import h, tag, wrap

FORMS = ("csv", "xlsx", "pdf")


def panel(need_id: str) -> None:
    """Links to the three files; the columns they hold are remembered."""
    st.html(tag("h2", _("Take the shortlist away"), "pa-section"))
    try:
        chosen = staff.columns()
    except ApiError as error:
        states.show(error, again=False)
        return
    with st.expander(_("Choose the columns"), icon=":material/view_column:", key="pa-columns"):
        _chooser(chosen)
    st.html(wrap("p", " ".join(_file(need_id, form) for form in FORMS), "pa-files"))
    told = _("The files hold the reasons and criteria, the date, and that an algorithm took part.")
    st.html(tag("p", told, "pa-hint"))


def _file(need_id: str, form: str) -> str:
    labels = {
        "csv": _("Download as CSV"),
        "xlsx": _("Download as a workbook (XLSX)"),
        "pdf": _("Download as PDF"),
    }
    address = staff.export_address(need_id, form)
    return f'<a class="pa-button" href="{h(address)}" download>{h(labels[form])}</a>'


def _chooser(chosen: list[str]) -> None:
    known = _names()
    with st.form("columns", border=False):
        wanted = st.multiselect(
            _("Columns, in this order"),
            list(known),
            [name for name in chosen if name in known],
            format_func=known.__getitem__,
            select_all=False,
            placeholder=_("Choose one or several"),
            key="chosen-columns",
        )
        pressed = st.form_submit_button(_("Remember these columns"), key="remember-columns")
    if not pressed:
        return
    try:
        staff.choose_columns(wanted)
    except ApiError as error:
        states.show(error, again=False)
        return
    said = _("The files will hold these columns.")
    st.html(f'<p class="pa-note" role="status">{h(said)}</p>')


def _names() -> dict[str, str]:
    return {
        "position": _("Place"),
        "title": _("Solution"),
        "organisation": _("Offered by"),
        "decision": _("Decision"),
        "reason": _("Reason for the decision"),
        "note": _("Note"),
        "band": _("Closeness found"),
        "criteria": _("Criteria"),
        "reasons": _("Reasons"),
        "summary": _("Summary"),
        "maturity": _("Maturity"),
        "price_band": _("Price"),
        "perimeter": _("Perimeter"),
        "themes": _("Themes"),
        "beneficiaries": _("Who benefits"),
        "labels": _("Labels"),
        "deployment_weeks": _("Time to deploy"),
        "licence": _("Licence"),
        "website": _("Website"),
        "references": _("Client references"),
        "state": _("State"),
        "added_by": _("Added by"),
        "added_at": _("Added on"),
    }
