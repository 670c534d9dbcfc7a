"""The frame of every page: language, navigation by role, header and footer."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import account
from ui.components import frame, states
from ui.i18n import _
from ui.links import PAGES

HERE = Path(__file__).parent
ASSETS = HERE / "assets"


def pages() -> dict[str, list[st.Page]]:
    """The pages a person may open, grouped by role."""

    def page(name: str, title: str) -> st.Page:
        file, path = PAGES[name]
        title = f"{title} · Passerelle"
        return st.Page(HERE / file, title=title, url_path=path, default=name == "home")

    return {
        _("Everybody"): [
            page("home", _("Home")),
            page("solutions", _("Solutions")),
            page("solution", _("Solution")),
            page("needs", _("Needs")),
            page("need", _("Need")),
            page("compare", _("Compare solutions")),
            page("start", _("Your work")),
            page("alerts", _("Alerts")),
            page("introductions", _("Introductions")),
            page("introduction", _("Introduction")),
            page("accessibility", _("Accessibility")),
        ],
        _("Local authorities"): [
            page("my_needs", _("My needs")),
            page("shortlist", _("Shortlist")),
            page("my_searches", _("My searches")),
            page("new_need", _("Describe a need")),
        ],
        _("Project leaders"): [
            page("my_solutions", _("My solutions")),
            page("answered_needs", _("Needs that your solutions answer")),
            page("new_solution", _("Offer a solution")),
        ],
        _("Operator"): [
            page("desk", _("To do")),
            page("moderation", _("Moderation")),
            page("case", _("Record to read")),
            page("people", _("People")),
            page("organisations", _("Organisations")),
            page("words", _("Words of the lists")),
            page("activity", _("Activity log")),
            page("letters", _("Letters")),
            page("figures", _("Figures")),
        ],
    }


def main() -> None:
    """Draw the frame, then the page that was asked for."""
    st.set_page_config(page_title="Passerelle", page_icon=str(ASSETS / "icon.svg"), layout="wide")
    st.html(ASSETS / "style.css")
    page = st.navigation(pages(), position="hidden")
    account.refresh()
    frame.header(page.url_path)
    with st.container(key="pa-page"), states.guard():
        frame.start_of_content()
        page.run()
    frame.footer()


main()
