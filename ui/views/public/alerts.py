"""Which letters the reader gets, and how often."""

from __future__ import annotations

import streamlit as st

from ui import account, api, session
from ui.api import ApiError
from ui.components import states
from ui.components.badges import band_word
from ui.i18n import _
from ui.letters import Alerts, LeastBand, LetterKind, RecordAlerts
from ui.text import md, tag

FREQUENCIES = ("immediate", "daily", "weekly", "never")
BANDS: tuple[LeastBand, ...] = ("strong", "good", "possible")
FORM = "alerts"
USUAL = ""


def show() -> None:
    """Draw the page."""
    st.html(tag("h1", _("Alerts"), "pa-title"))
    if not account.signed_in():
        states.show(account.failure())
        return
    found = states.load(api.client().alerts, _("Fetching your choices…"))
    if found is None:
        return
    st.html(tag("p", _explained(), "pa-lede"))
    with st.form(FORM, border=False):
        frequencies = _frequencies(found)
        least, records = _bands(found)
        if st.form_submit_button(_("Keep my choices"), type="primary"):
            _keep({"frequencies": frequencies, "least_band": least, "records": records})


def _explained() -> str:
    return _(
        "Letters go to your address. What is gathered comes at seven in the morning, once a "
        "day or on Mondays. Letters about your account itself always come."
    )


def _frequencies(found: Alerts) -> dict[str, str]:
    st.html(tag("h2", _("How often")))
    names = {
        "immediate": _("At once"),
        "daily": _("Once a day"),
        "weekly": _("Once a week"),
        "never": _("Never"),
    }
    chosen = {}
    for kind, label in _kinds().items():
        key = f"{FORM}-{kind}"
        session.follow(key, found["frequencies"][kind])
        chosen[kind] = st.selectbox(
            label, FREQUENCIES, format_func=names.__getitem__, key=key, width=480
        )
    rhythm = _("Each saved search has its own rhythm; here you can slow or stop all of them.")
    st.html(tag("p", rhythm, "pa-hint"))
    return {kind: str(value) for kind, value in chosen.items()}


def _kinds() -> dict[LetterKind, str]:
    return {
        "introduction": _("Introductions: answers, messages and next steps"),
        "moderation": _("Publication of your records: what was decided, and why"),
        "match": _("New matches for your records"),
        "reminder": _("Reminders of what waits for you"),
        "search": _("News of the searches you saved"),
    }


def _bands(found: Alerts) -> tuple[str, dict[str, str | None]]:
    """The least band for all records, and for those that have their own."""
    st.html(tag("h2", _("How close a new match must be")))
    key = f"{FORM}-band"
    session.follow(key, found["least_band"])
    least = st.selectbox(
        _("Tell me of matches that are at least"),
        BANDS,
        format_func=_levels().__getitem__,
        key=key,
        width=480,
    )
    if not found["records"]:
        return str(least), {}
    with st.expander(_("Another level for some of your records")):
        chosen = {record["id"]: _record(record) for record in found["records"]}
    return str(least), {name: value or None for name, value in chosen.items()}


def _record(record: RecordAlerts) -> str:
    key = f"{FORM}-band-{record['id']}"
    session.follow(key, record["least_band"] or USUAL)
    kind = _("Solution") if record["kind"] == "solution" else _("Need")
    return str(
        st.selectbox(
            f"{kind} · {md(record['title'])}",
            (USUAL, *BANDS),
            format_func=_levels().__getitem__,
            key=key,
            width=480,
        )
    )


def _levels() -> dict[str, str]:
    return {USUAL: _("As for all"), **{band: band_word(band) for band in BANDS}}


def _keep(choices: dict[str, object]) -> None:
    try:
        api.client().change_alerts(choices)
    except ApiError as error:
        states.show(error, again=False)
        return
    st.success(_("Your choices are kept."), icon=":material/check_circle:")


show()
