"""Addresses of the pages, always carrying the reader's language."""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import urlencode, urlsplit

import streamlit as st

from ui.i18n import Language, language

# name -> (file of the page, its path in the address bar)
PAGES: dict[str, tuple[str, str]] = {
    "home": ("views/public/home.py", ""),
    "solutions": ("views/public/solutions.py", "solutions"),
    "solution": ("views/public/solution.py", "solution"),
    "needs": ("views/public/needs.py", "needs"),
    "need": ("views/public/need.py", "need"),
    "start": ("views/public/start.py", "start"),
    "alerts": ("views/public/alerts.py", "alerts"),
    "accessibility": ("views/public/accessibility.py", "accessibility"),
    "new_need": ("views/authority/register_need.py", "new-need"),
    "my_searches": ("views/authority/my_searches.py", "my-searches"),
    "shortlist": ("views/authority/shortlist.py", "shortlist"),
    "compare": ("views/authority/compare.py", "compare"),
    "my_needs": ("views/authority/my_needs.py", "my-needs"),
    "new_solution": ("views/leader/register_solution.py", "new-solution"),
    "answered_needs": ("views/leader/answered_needs.py", "answered-needs"),
    "introductions": ("views/leader/introductions.py", "introductions"),
    "introduction": ("views/leader/introduction.py", "introduction"),
    "my_solutions": ("views/leader/solutions.py", "my-solutions"),
    "letters": ("views/operator/letters.py", "letters"),
    "desk": ("views/operator/desk.py", "desk"),
    "moderation": ("views/operator/moderation.py", "moderation"),
    "case": ("views/operator/case.py", "moderation-case"),
    "people": ("views/operator/people.py", "people"),
    "organisations": ("views/operator/organisations.py", "organisations"),
    "words": ("views/operator/words.py", "words"),
    "activity": ("views/operator/activity.py", "activity"),
    "figures": ("views/operator/figures.py", "figures"),
}

Value = str | list[str]


def link(name: str, label: str, *, icon: str | None = None, **query: Value) -> None:
    """A link to a page; `label` is Markdown: escape what people typed."""
    st.page_link(PAGES[name][0], label=label, icon=icon, query_params=_query(query))


def go(name: str, **query: Value) -> NoReturn:
    """Leave for another page."""
    st.switch_page(PAGES[name][0], query_params=_query(query))


def href(name: str, **query: Value) -> str:
    """The address of a page, for a plain HTML link."""
    return f"/{PAGES[name][1]}?{urlencode(_query(query), doseq=True)}"


def here() -> str:
    """The address of the page being read, for coming back to it."""
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    path = urlsplit(st.context.url or "/").path or "/"
    return f"{path}?{urlencode({**query, 'lang': language()}, doseq=True)}"


def account(page: str = "", *, back: bool = False) -> str:
    """The address of a page of the account, which the service itself draws."""
    came_from = here()
    wanted = back and urlsplit(came_from).path != "/"  # from the home page to one's own first page
    query = {"lang": language(), **({"next": came_from} if wanted else {})}
    return f"/account{page}?{urlencode(query)}"


def in_language(lang: Language) -> str:
    """The address of the page being read, in another language, everything else kept."""
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    return f"?{urlencode({**query, 'lang': lang}, doseq=True)}"


def _query(query: dict[str, Value]) -> dict[str, Value]:
    return {**query, "lang": language()}
