"""What one can do in an introduction: consent, move it on, close it, say what came of it."""

from __future__ import annotations

import streamlit as st

from ui import introductions, words
from ui.components import flash
from ui.i18n import _, long_date, pair
from ui.introductions import Contact, Introduction, Outcome
from ui.text import h, tag, wrap

NOTE_LENGTH = 500
WITH_REASON = ("not_interested", "closed")


def contacts(introduction: Introduction) -> None:
    """Both contacts once both sides consented; until then, what consenting would show to whom."""
    st.html(tag("h2", _("Contacts")))
    shown = introduction["authority_contact"], introduction["leader_contact"]
    if shown[0] and shown[1]:
        names = _("Authority"), _("Project leader")
        st.html("".join(_contact(*pair) for pair in zip(names, shown, strict=True) if pair[1]))
        return
    st.html(_consents(introduction))
    own = introduction["your_contact"]
    if introduction["may_consent"] and own:
        _ask_consent(introduction, own)


def _contact(title: str, contact: Contact | None) -> str:
    if contact is None:
        return ""
    lines = [tag("p", text) for text in (contact["name"], contact["organisation"]) if text]
    if contact["email"]:
        address = h(contact["email"])
        lines.append(f'<p><a href="mailto:{address}">{address}</a></p>')
    if contact["phone"]:
        lines.append(tag("p", contact["phone"]))
    return wrap("div", tag("h3", title) + "".join(lines), "pa-contact")


def _consents(introduction: Introduction) -> str:
    rows = [
        (_("Authority"), introduction["authority_consent_at"]),
        (_("Project leader"), introduction["leader_consent_at"]),
    ]
    items = "".join(tag("li", pair(name, _consent(at))) for name, at in rows)
    return wrap("ul", items, "pa-list")


def _consent(at: str | None) -> str:
    return _("has agreed on {date}", date=long_date(at)) if at else _("has not agreed yet")


def _ask_consent(introduction: Introduction, own: Contact) -> None:
    leader = introduction["side"] == "leader"
    to = _("to the authority of this need") if leader else _("to the leader of this solution")
    known = [own[name] for name in ("name", "organisation", "email", "phone")]
    what = ", ".join(value for value in known if value)
    with st.container(key="pa-consent", border=True, gap="small"):
        sentence = _("If you agree, this is shown {to}, and to nobody else:", to=to)
        after = _("It is shown only once both sides have agreed; you then see their contact too.")
        st.html(tag("p", sentence) + wrap("p", tag("strong", what)) + tag("p", after))
        if introduction["need"]["anonymous"] and not leader:
            st.html(tag("p", _named(), "pa-notice"))
        if st.button(_("I agree to show this contact"), key="consent", type="primary"):
            call = introductions.consent
            flash.attempt(lambda: call(introduction["id"]), _("Your agreement was recorded."))


def _named() -> str:
    return _(
        "Your need is anonymous. When you agree, your organisation and the exact place are shown "
        "to this project leader at once, and to nobody else."
    )


def moves(introduction: Introduction) -> None:
    """A button for each status one may choose now; those that end it ask for a reason."""
    allowed = introduction["moves"]
    if not allowed:
        return
    st.html(tag("h2", _("What you can do now")))
    names = _moves()
    with st.container(horizontal=True):
        for status in (one for one in names if one in allowed):
            if st.button(names[status], key=f"move-{status}"):
                _move(introduction, {"status": status})
    for status in (one for one in WITH_REASON if one in allowed):
        _end(introduction, status)


def _moves() -> dict[str, str]:
    return {
        "interested": _("We are interested"),
        "in_progress": _("We are in touch after all"),
        "met": _("We have met"),
        "unreachable": _("They cannot be reached"),
    }


def _end(introduction: Introduction, status: str) -> None:
    closing = _("Close it"), _("Close this introduction")
    label, title = closing if status == "closed" else (_("Decline"), _("Not interested"))
    with st.expander(title, key=f"end-{status}"), st.form(f"end-form-{status}", border=False):
        reason, note = reason_fields(f"end-{status}-{introduction['id']}")
        sent = st.form_submit_button(label)
    if sent and reason is None:
        st.html(tag("p", _("Choose a reason first."), "pa-complaint"))
    elif sent:
        _move(introduction, {"status": status, "reason": reason, "note": note}, note)


def reason_fields(key: str) -> tuple[str | None, str]:
    """Why, from the list and in free words; the other side reads both."""
    known = words.names("introduction_reasons")
    reason = st.selectbox(
        _("Reason"),
        list(known),
        index=None,
        format_func=known.__getitem__,
        placeholder=_("Choose a reason"),
        key=f"{key}-reason",
    )
    label = _("In your words (optional; the other side reads it)")
    note = st.text_area(label, key=f"{key}-note", max_chars=NOTE_LENGTH, height=90)
    return reason, note


def _move(introduction: Introduction, body: dict[str, object], typed: str = "") -> None:
    call = introductions.move
    flash.attempt(lambda: call(introduction, body), _("Done: the other side is told."), typed)


def ending(introduction: Introduction) -> str:
    """Why it ended, in whose words."""
    if not introduction["reason"]:
        return ""
    sides = {"authority": _("The authority"), "leader": _("The project leader")}
    who = sides.get(introduction["ended_by"] or "", "")
    label = words.label("introduction_reasons", introduction["reason"])
    note = introduction["reason_note"]
    said = wrap("p", tag("strong", _("Reason given")) + h(f" · {pair(who, label)}"))
    return wrap("div", said + (tag("p", note) if note else ""), "pa-notice")


def outcome(introduction: Introduction) -> None:
    """What each side says came of it, and where to say it."""
    said = introduction["authority_outcome"], introduction["leader_outcome"]
    if not introduction["may_say_outcome"] and not any(said):
        return
    st.html(tag("h2", _("What came of it")) + _said(introduction))
    if introduction["may_say_outcome"]:
        _say(introduction)


def _said(introduction: Introduction) -> str:
    rows = [
        (_("Authority"), introduction["authority_outcome"]),
        (_("Project leader"), introduction["leader_outcome"]),
    ]
    items = "".join(tag("li", pair(name, _one(said))) for name, said in rows)
    at = introduction["outcome_confirmed_at"]
    both = _("Confirmed by both on {date}", date=long_date(at)) if at else ""
    return wrap("ul", items, "pa-list") + (tag("p", both, "pa-confirmed") if both else "")


def _one(said: Outcome | None) -> str:
    if said is None:
        return _("nothing said yet")
    parts = [words.label("introduction_outcomes", said["outcome"])]
    if said["amount_band"]:
        parts.append(words.label("price_bands", said["amount_band"]))
    return ", ".join(parts)


def _say(introduction: Introduction) -> None:
    kinds, bands = words.names("introduction_outcomes"), words.names("price_bands")
    key = f"outcome-{introduction['id']}"
    with st.form(key, border=False):
        what = st.radio(
            _("Say what came of it"),
            list(kinds),
            index=None,
            format_func=kinds.__getitem__,
            key=f"{key}-what",
        )
        amount = st.selectbox(
            _("Amount of the deal (optional)"),
            list(bands),
            index=None,
            format_func=bands.__getitem__,
            placeholder=_("Not indicated"),
            key=f"{key}-amount",
        )
        st.html(tag("p", _("It is confirmed once both sides say the same."), "pa-hint"))
        sent = st.form_submit_button(_("Save"))
    if sent and what is None:
        st.html(tag("p", _("Choose what came of it first."), "pa-complaint"))
    elif sent:
        body = {"outcome": what, "amount_band": amount}
        call = introductions.say_outcome
        flash.attempt(lambda: call(introduction["id"], body), _("Thank you, it was saved."))
