"""What surrounds every page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui import account, links, session
from ui.components import navigation
from ui.i18n import LANGUAGES, Language, _, language
from ui.text import h, shorten, tag, wrap

CONTENT = "pa-content"
_NAMES: dict[Language, str] = {"fr": "Français", "en": "English"}


def header(current: str) -> None:
    """Name, main navigation and language switch; `current` is the path of the page shown."""
    session.frame_drawn()
    st.html(f'<a class="pa-skip" href="#{CONTENT}">{h(_skip())}</a>')
    with st.container(key="pa-header", horizontal=True, vertical_alignment="center"):
        with st.container(key="pa-brand", width="content"):
            links.link("home", "Passerelle")
        with st.container(key="pa-nav", horizontal=True, width="content"):
            _entries("", navigation.everybody(), current)
        st.html(_account() + _switch(), width="content")
    _roles(current)
    if account.me()["demo"]:
        st.html(tag("p", _demo(), "pa-demo"))
    if account.ended():
        st.html(wrap("p", f"{h(_ended())} {_sign_in()}", "pa-ended"))


def start_of_content() -> None:
    """Where the link that skips the header leads."""
    st.html(f'<div id="{CONTENT}" tabindex="-1"></div>')


def footer() -> None:
    """What the service is and what it does with a ranking."""
    what = _("Free software that links local needs with the solutions that meet them.")
    how = _(
        "An algorithm proposes the pairings and gives its reasons. People read, compare and decide."
    )
    api = _("Open programming interface (API)")
    statement = _("Accessibility: partially conformant")
    docs = f'<a href="/api/docs">{h(api)}</a>'
    access = f'<a href="{h(links.href("accessibility"))}" target="_self">{h(statement)}</a>'
    first = wrap("p", f"<strong>Passerelle</strong> · {h(what)}")
    last = wrap("p", f"{access} · {docs}")
    st.html(wrap("footer", first + tag("p", how) + last, "pa-footer"))


def _skip() -> str:
    return _("Go to the content")


def _roles(current: str) -> None:
    """A line for each role of the reader: its name, then its pages."""
    groups = [group for group in navigation.groups() if group.entries]
    if not groups:
        return
    with st.container(key="pa-roles", gap=None):
        for group in groups:
            with st.container(
                key=f"pa-nav-{group.key}", horizontal=True, gap=None, vertical_alignment="center"
            ):
                st.html(tag("p", group.title, "pa-role"), width="content")
                _entries(f"{group.key}-", group.entries, current)


def _entries(prefix: str, entries: Sequence[navigation.Entry], current: str) -> None:
    for name, label in entries:
        here = "-here" if links.PAGES[name][1] == current else ""
        with st.container(key=f"pa-nav-{prefix}{name}{here}", width="content"):
            links.link(name, label)


def _demo() -> str:
    return _("Demonstration: people, organisations and records are fictional.")


def _ended() -> str:
    return _("You have been signed out.")


def _account() -> str:
    """Signing in, or one's own name."""
    person = account.me()["person"]
    name = _("Account")
    inner = _sign_in() if person is None else _own(person["name"])
    return f'<nav class="pa-account" aria-label="{h(name)}">{inner}</nav>'


def _sign_in() -> str:
    address = links.account("/sign-in", back=True)
    label = _("Sign in")
    return f'<a href="{h(address)}" target="_self">{h(label)}</a>'


def _own(name: str) -> str:
    alerts, leave = _("Alerts"), _("Sign out")
    address = h(links.account("/sign-out"))
    return (
        f'<a href="{h(links.href("alerts"))}" target="_self">{h(alerts)}</a>'
        f'<a href="{h(links.account())}" target="_self">{h(shorten(name, 30))}</a>'
        f'<form method="post" action="{address}" target="_self"><button>{h(leave)}</button></form>'
    )


def _switch() -> str:
    """Links that reload the page, so that the language of the document follows."""
    items = []
    for lang in LANGUAGES:
        here = ' aria-current="true"' if lang == language() else ""
        items.append(
            f'<a href="{h(links.in_language(lang))}" lang="{lang}" hreflang="{lang}" '
            f'target="_self"{here} title="{_NAMES[lang]}">{lang.upper()}</a>'
        )
    name = _("Language")
    return f'<nav class="pa-lang" aria-label="{h(name)}">{"".join(items)}</nav>'
