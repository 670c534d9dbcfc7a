"""Who may do what: the one table that every route is held to.

A cell says how far a kind of person reaches: PUBLIC, what is published; OWN, what belongs to them
or to an organisation in which they hold that role; ANY, everything. What a kind of person may do
adds up: somebody signed in reaches what anyone does, and further by each role they hold.

`python -m backend.accounts.permissions` prints it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Flag, auto
from typing import Final, Literal

from backend.accounts.viewer import Role, Viewer

Subject = Literal[
    "solution",
    "need",
    "organisation",
    "snapshot",
    "introduction",
    "consortium",
    "reference_request",
    "saved_search",
]


class Reach(Flag):
    """How far a kind of person reaches."""

    NONE = 0
    PUBLIC = auto()
    OWN = auto()
    ANY = auto()


NONE, PUBLIC, OWN, ANY = Reach.NONE, Reach.PUBLIC, Reach.OWN, Reach.ANY


@dataclass(frozen=True, slots=True)
class Rule:
    """How far each kind of person reaches in one action on `subject` (None: no one object)."""

    subject: Subject | None = None
    anyone: Reach = NONE
    person: Reach = NONE
    leader: Reach = NONE
    staff: Reach = NONE
    organiser: Reach = NONE
    operator: Reach = NONE

    def of_role(self, role: Role) -> Reach:
        """The cell of a role."""
        cells = {
            "project_leader": self.leader,
            "authority_staff": self.staff,
            "event_organiser": self.organiser,
        }
        return cells[role]


@dataclass(frozen=True, slots=True)
class Owner:
    """To whom an object belongs: organisations by the role that counts there, or one person."""

    organisations: Mapping[Role, frozenset[str]]
    person_id: str | None = None
    public: bool = False


PERMISSIONS: Final[Mapping[str, Rule]] = {
    # Reference lists, and what is about the service as a whole.
    "read_reference": Rule(anyone=ANY),
    "report_exposure": Rule(anyone=ANY),
    # Solutions.
    "list_solutions": Rule(anyone=ANY),
    "read_solution": Rule("solution", anyone=PUBLIC, leader=OWN, operator=ANY),
    "create_solution": Rule(person=ANY, operator=ANY),
    "update_solution": Rule("solution", leader=OWN, operator=ANY),
    "archive_solution": Rule("solution", leader=OWN, operator=ANY),
    "match_solution": Rule("solution", anyone=PUBLIC, leader=OWN, operator=ANY),
    "match_own": Rule(leader=ANY, operator=ANY),
    "read_answers": Rule("solution", anyone=PUBLIC, leader=OWN, operator=ANY),
    "answer_criteria": Rule("solution", leader=OWN, operator=ANY),
    # Needs.
    "list_needs": Rule(anyone=ANY),
    "read_need": Rule("need", anyone=PUBLIC, staff=OWN, operator=ANY),
    "create_need": Rule(person=ANY, operator=ANY),
    "update_need": Rule("need", staff=OWN, operator=ANY),
    "archive_need": Rule("need", staff=OWN, operator=ANY),
    "match_need": Rule("need", anyone=PUBLIC, staff=OWN, operator=ANY),
    "compare_solutions": Rule("need", anyone=PUBLIC, staff=OWN, operator=ANY),
    "find_similar_needs": Rule("need", anyone=PUBLIC, staff=OWN, operator=ANY),
    "search": Rule(anyone=ANY),
    # What a need's staff do with its candidates.
    "read_shortlist": Rule("need", staff=OWN, operator=ANY),
    "update_shortlist": Rule("need", staff=OWN, operator=ANY),
    # Searches that a person keeps: theirs alone, operators included.
    "list_searches": Rule(person=ANY),
    "keep_search": Rule(person=ANY),
    "update_search": Rule("saved_search", person=OWN),
    "read_snapshot": Rule("snapshot", anyone=PUBLIC, leader=OWN, staff=OWN, operator=ANY),
    # Moderation.
    "list_moderation": Rule(operator=ANY),
    "moderate_record": Rule(operator=ANY),
    "read_solution_remarks": Rule("solution", leader=OWN, operator=ANY),
    "read_need_remarks": Rule("need", staff=OWN, operator=ANY),
    "declare_unanswered": Rule("need", staff=OWN, operator=ANY),
    # Introductions: operators see that they are there, the two sides what is said in them.
    "ask_introduction": Rule("need", staff=OWN),
    "answer_need": Rule("solution", leader=OWN),
    "list_introductions": Rule(person=ANY, operator=ANY),
    "read_introduction": Rule("introduction", leader=OWN, staff=OWN, operator=ANY),
    "open_introduction": Rule("introduction", leader=OWN, staff=OWN),
    "move_introduction": Rule("introduction", leader=OWN, staff=OWN),
    "consent_introduction": Rule("introduction", leader=OWN, staff=OWN),
    "write_message": Rule("introduction", leader=OWN, staff=OWN),
    "say_outcome": Rule("introduction", leader=OWN, staff=OWN),
    # Joint answers, and clients that confirm.
    "invite_consortium": Rule("solution", leader=OWN),
    "list_consortia": Rule(person=ANY, operator=ANY),
    "read_consortium": Rule("consortium", leader=OWN, operator=ANY),
    "answer_consortium": Rule("consortium", leader=OWN),
    "request_reference": Rule("solution", leader=OWN),
    "read_confirmed_references": Rule("solution", anyone=PUBLIC, leader=OWN, operator=ANY),
    "list_reference_requests": Rule(person=ANY, operator=ANY),
    "answer_reference": Rule("reference_request", staff=OWN),
    # Organisations and the people in them.
    "list_organisations": Rule(anyone=ANY),
    "read_organisation": Rule("organisation", anyone=PUBLIC, operator=ANY),
    "create_organisation": Rule(person=ANY, operator=ANY),
    "list_members": Rule("organisation", leader=OWN, staff=OWN, organiser=OWN, operator=ANY),
    "accept_member": Rule("organisation", leader=OWN, staff=OWN, organiser=OWN, operator=ANY),
    "remove_member": Rule("organisation", leader=OWN, staff=OWN, organiser=OWN, operator=ANY),
    "request_membership": Rule("organisation", person=ANY, operator=ANY),
    "leave_organisation": Rule(person=ANY, operator=ANY),
    # What only operators read of the whole.
    "read_activity": Rule(operator=ANY),
    "read_statistics": Rule(operator=ANY),
    "look_at_needs": Rule(operator=ANY),
    "edit_vocabularies": Rule(operator=ANY),
    # Accounts and organisations as operators keep them.
    "list_people": Rule(operator=ANY),
    "update_person": Rule(operator=ANY),
    "list_directory": Rule(operator=ANY),
    "update_organisation": Rule("organisation", operator=ANY),
    "merge_organisations": Rule("organisation", operator=ANY),
    # Letters: what one gets, and the outbox.
    "read_alerts": Rule(person=ANY, operator=ANY),
    "update_alerts": Rule(person=ANY, operator=ANY),
    "read_mail": Rule(operator=ANY),
    "retry_mail": Rule(operator=ANY),
    # One's own account.
    "read_me": Rule(anyone=ANY),
    "read_account": Rule(person=ANY, operator=ANY),
    "update_account": Rule(person=ANY, operator=ANY),
}


def decide(rule: Rule, viewer: Viewer, owner: Owner | None) -> bool:
    """Whether `viewer` may do what `rule` governs to an object of `owner` (None: no object)."""
    reach = rule.anyone
    if viewer.signed_in:
        reach |= rule.person & (ANY | PUBLIC)
        if rule.person & OWN and owner is not None and owner.person_id == viewer.person_id:
            return True
    if viewer.operator:
        reach |= rule.operator
    for role, acting in viewer.acting.items():
        cell = rule.of_role(role)
        reach |= cell & (ANY | PUBLIC) if acting else NONE
        if cell & OWN and owner and not acting.isdisjoint(owner.organisations.get(role, ())):
            return True
    if owner is not None and owner.public and reach & PUBLIC:
        return True
    return bool(reach & ANY)


def table() -> str:
    """The table as text, an action a line."""
    heads = ("action", "object", "anyone", "person", "leader", "staff", "organiser", "operator")
    rows = [heads] + [
        (name, rule.subject or "", *(_cell(getattr(rule, head)) for head in heads[2:]))
        for name, rule in PERMISSIONS.items()
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def _cell(reach: Reach) -> str:
    return "-" if reach is NONE else (reach.name or "").lower().replace("|", "+")


if __name__ == "__main__":
    print(table())  # noqa: T201 - what it is for
