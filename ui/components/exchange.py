"""What is said and what happens in one introduction: its path, its messages."""

from __future__ import annotations

import secrets

import streamlit as st

from ui import introductions, words
from ui.components import flash
from ui.i18n import _, long_date
from ui.introductions import Event, Introduction, Message, Side
from ui.text import h, paragraphs, tag, wrap

LONGEST = 5_000


def path(introduction: Introduction) -> str:
    """The statuses it went through, each with its day and who gave it."""
    items = "".join(_step(event, introduction["side"]) for event in introduction["events"])
    return tag("h2", _("Where it stands")) + wrap("ol", items, "pa-path")


def whose(side: Side | None, own: Side | None) -> str:
    """Who did something, as the reader sees it."""
    if side is None:
        return _("by itself")
    if side == own:
        return _("by you or your colleagues")
    return _("by the authority") if side == "authority" else _("by the project leader")


def _step(event: Event, own: Side | None) -> str:
    label = words.label("introduction_statuses", event["to_status"])
    when = f"{long_date(event['at'])}, {whose(event['side'], own)}"
    return wrap("li", tag("strong", label) + tag("span", when, "pa-hint"))


def messages(introduction: Introduction) -> None:
    """What was written, then where to write."""
    st.html(tag("h2", _("Messages")))
    listed = introduction["messages"]
    if not listed:
        st.html(tag("p", _("Nothing has been written yet."), "pa-hint"))
    else:
        st.html("".join(_message(one, introduction["side"]) for one in listed))
    if introduction["may_write"]:
        _form(introduction)


def _message(message: Message, own: Side | None) -> str:
    mine = message["side"] == own
    names = {"authority": _("The authority"), "leader": _("The project leader")}
    author = message["author"] or (_("You or your colleagues") if mine else names[message["side"]])
    seen = _("read on {date}", date=long_date(message["read_at"])) if message["read_at"] else ""
    when = " · ".join(part for part in (long_date(message["created_at"]), seen) if part)
    text = message["text"]
    body = paragraphs(text) if text is not None else tag("p", _("Read by both sides only."))
    head = wrap("p", f"<strong>{h(author)}</strong> {tag('span', when, 'pa-hint')}")
    return wrap("div", head + body, f"pa-message{' pa-message-own' if mine else ''}")


def _form(introduction: Introduction) -> None:
    """Its fields are new once it was sent; until then, the same key makes a repeat harmless."""
    place = f"message-{introduction['id']}"
    key = st.session_state.setdefault(f"{place}-key", secrets.token_urlsafe(12))
    with st.form(f"{place}-{key}", border=False):
        text = st.text_area(
            _("Your message"), key=f"{place}-text-{key}", max_chars=LONGEST, height=120
        )
        st.html(tag("p", _hint(introduction), "pa-hint"))
        sent = st.form_submit_button(_("Send"), icon=":material/send:")
    if not sent:
        return
    if not text.strip():
        st.html(tag("p", _("Write something first."), "pa-complaint"))
        return

    def send() -> None:
        introductions.write(introduction["id"], text, key)
        del st.session_state[f"{place}-key"]

    flash.attempt(send, _("Your message was sent."), text)


def _hint(introduction: Introduction) -> str:
    hidden = introduction["need"]["anonymous"] and not introduction["authority_consent_at"]
    if introduction["side"] == "authority" and hidden:
        return _("Your need is anonymous, what you write is not: name nobody you would hide.")
    return _("Read by both sides only; the other side is told by e-mail, once a day at most.")
