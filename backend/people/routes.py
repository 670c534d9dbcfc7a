"""The API of accounts, for operators."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import ExpectedVersion, SessionDep, etag
from backend.people import queries, service
from backend.people.schemas import AccountOut, AccountPatch, PeoplePage, PeopleQuery, RequestOut
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1", tags=["people"])


@router.get(
    "/people",
    summary="Who has an account",
    operation_id="list_people",
    dependencies=[allow("list_people")],
    responses=problems(401, 403),
)
def list_people(session: SessionDep, query: Annotated[PeopleQuery, Query()]) -> PeoplePage:
    """By address, a page at a time, with the organisations they act for."""
    return queries.list_people(session, query)


@router.patch(
    "/people/{person_id}",
    summary="Change an account",
    operation_id="update_person",
    responses=problems(*WRITES, 404, 409, 412, 428),
)
def update_person(
    viewer: Annotated[Viewer, allow("update_person")],
    session: SessionDep,
    person_id: str,
    version: ExpectedVersion,
    patch: AccountPatch,
    response: Response,
) -> AccountOut:
    """A closed account is signed out everywhere at once. There is always one operator."""
    account = service.change_account(session, person_id, version, patch, viewer)
    response.headers["ETag"] = etag(account.version)
    return account


@router.get(
    "/membership-requests",
    summary="Who asks to act for an organisation",
    operation_id="list_membership_requests",
    dependencies=[allow("list_people")],
    responses=problems(401, 403),
)
def list_membership_requests(session: SessionDep) -> list[RequestOut]:
    """Those who wait longest first; accept or refuse with the members of the organisation."""
    return queries.list_requests(session)
