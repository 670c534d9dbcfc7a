"""Who is shown which pages of the header, and where each role begins.

Entries are shown to whom the API lets do what they lead to. A group is what one role works with;
somebody with several roles sees several groups, each under its name.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui import account
from ui.i18n import _

Entry = tuple[str, str]  # a name of links.PAGES, and what the link says


@dataclass(frozen=True)
class Group:
    """The pages one role works with; its first page comes first."""

    key: str
    title: str
    entries: tuple[Entry, ...]


def groups() -> list[Group]:
    """What the reader works with, one group a role; none for a visitor."""
    shown = [
        (account.acts_as("project_leader"), _leader),
        (account.acts_as("authority_staff"), _staff),
        (account.is_operator(), _operator),
    ]
    return [make() for allowed, make in shown if allowed]


def everybody() -> list[Entry]:
    """What anyone may read, and the two ways in for whoever has no role yet."""
    reading = [("needs", _("Needs")), ("solutions", _("Solutions"))]
    if groups():
        return reading
    return [
        *reading,
        ("new_need", _("Describe a need")),
        ("new_solution", _("Offer a solution")),
    ]


def first_page() -> str:
    """Where the reader's work begins: the first page of their first role, else the home page."""
    found = [group for group in groups() if group.entries]
    return found[0].entries[0][0] if found else "home"


def _leader() -> Group:
    entries = (
        ("my_solutions", _("My solutions")),
        ("answered_needs", _("Needs they answer")),
        ("introductions", _("Introductions")),
        ("new_solution", _("Offer a solution")),
    )
    return Group("leader", _("Project leader"), entries)


def _staff() -> Group:
    entries = (
        ("my_needs", _("My needs")),
        ("introductions", _("Introductions")),
        ("my_searches", _("My searches")),
        ("new_need", _("Describe a need")),
    )
    return Group("staff", _("Local authority"), entries)


def _operator() -> Group:
    entries = (
        ("desk", _("To do")),
        ("moderation", _("Moderation")),
        ("people", _("People")),
        ("organisations", _("Organisations")),
        ("words", _("Words of the lists")),
        ("activity", _("Activity log")),
        ("letters", _("Letters")),
        ("figures", _("Figures")),
    )
    return Group("operator", _("Operator"), entries)
