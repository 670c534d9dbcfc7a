"""The people of an organisation, for those who belong to it."""

from fastapi import APIRouter
from starlette.responses import Response

from backend.accounts.access import check
from backend.accounts.pages.visit import OwnVisitDep, SentDep
from backend.accounts.viewer import ROLES, Role
from backend.organisations import members
from backend.organisations.service import get_organisation
from backend.problems import Problem

router = APIRouter(prefix="/account/organisations")


@router.get("/{organisation_id}")
def show(found: OwnVisitDep, organisation_id: str, done: str = "") -> Response:
    """Who acts for it, and who asks to."""
    check(found.session, found.viewer, "list_members", organisation_id)
    return found.page(
        "organisation.html",
        organisation=get_organisation(found.session, organisation_id),
        people=members.list_people(found.session, organisation_id),
        done=done,
    )


@router.post("/{organisation_id}/accept")
def accept(found: OwnVisitDep, organisation_id: str, fields: SentDep) -> Response:
    """Let somebody in who asked."""
    check(found.session, found.viewer, "accept_member", organisation_id)
    person_id, role = _whom(fields)
    members.accept(found.session, organisation_id, person_id, role, found.viewer)
    return found.go(f"/account/organisations/{organisation_id}", done="accepted")


@router.post("/{organisation_id}/remove")
def remove(found: OwnVisitDep, organisation_id: str, fields: SentDep) -> Response:
    """Refuse somebody who asked, or end their part."""
    check(found.session, found.viewer, "remove_member", organisation_id)
    person_id, role = _whom(fields)
    members.remove(found.session, organisation_id, person_id, role, found.viewer)
    if person_id == found.viewer.person_id:
        return found.go("/account", done="left")
    return found.go(f"/account/organisations/{organisation_id}", done="removed")


def _whom(fields: dict[str, str]) -> tuple[str, Role]:
    role = next((known for known in ROLES if known == fields.get("role")), None)
    if role is None:
        raise Problem(404, "not-found", "no-account-page")
    return fields.get("person", ""), role
