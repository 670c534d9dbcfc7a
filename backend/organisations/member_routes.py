"""The API of who belongs to an organisation."""

from typing import Annotated

from fastapi import APIRouter

from backend.accounts.access import allow
from backend.accounts.viewer import Role, Viewer
from backend.database import begin_write
from backend.dependencies import SessionDep
from backend.models import Person
from backend.organisations import members
from backend.organisations.schemas import MemberIn, MemberOut
from backend.organisations.service import get_organisation
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1/organisations/{organisation_id}/members", tags=["organisations"])


@router.get(
    "",
    summary="Who acts for an organisation",
    operation_id="list_members",
    responses=problems(401, 403, 404),
)
def list_members(
    session: SessionDep,
    organisation_id: str,
    _viewer: Annotated[Viewer, allow("list_members")],
) -> list[MemberOut]:
    """For its own people: who asks to join first, then by name; 500 at most."""
    return members.list_people(session, organisation_id)


@router.post(
    "",
    status_code=201,
    summary="Ask to join an organisation",
    operation_id="request_membership",
    responses=problems(*WRITES, 404),
)
def request_membership(
    session: SessionDep,
    organisation_id: str,
    data: MemberIn,
    viewer: Annotated[Viewer, allow("request_membership")],
) -> MemberOut:
    """Its members decide. Asking again changes nothing."""
    begin_write(session)
    organisation = get_organisation(session, organisation_id)
    person = session.get_one(Person, viewer.actor)
    return members.shown(session, members.ask(session, person, organisation, data.role))


@router.put(
    "/{person_id}/{role}",
    summary="Accept somebody who asks to join",
    operation_id="accept_member",
    responses=problems(*WRITES, 404),
)
def accept_member(
    session: SessionDep,
    organisation_id: str,
    person_id: str,
    role: Role,
    viewer: Annotated[Viewer, allow("accept_member")],
) -> MemberOut:
    """They act for the organisation from their next request on."""
    return members.shown(session, members.accept(session, organisation_id, person_id, role, viewer))


@router.delete(
    "/{person_id}/{role}",
    status_code=204,
    summary="Refuse or remove somebody",
    operation_id="remove_member",
    responses=problems(401, 403, 404),
)
def remove_member(
    session: SessionDep,
    organisation_id: str,
    person_id: str,
    role: Role,
    viewer: Annotated[Viewer, allow("remove_member")],
) -> None:
    """They no longer act for the organisation, from their next request on."""
    members.remove(session, organisation_id, person_id, role, viewer)
