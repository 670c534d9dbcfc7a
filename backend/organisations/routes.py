"""The API of organisations."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import SessionDep, etag
from backend.organisations import service
from backend.organisations.schemas import (
    OrganisationNew,
    OrganisationOut,
    OrganisationPage,
    OrganisationQuery,
)
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1/organisations", tags=["organisations"])


@router.post(
    "",
    status_code=201,
    summary="Register an organisation",
    operation_id="create_organisation",
    responses=problems(*WRITES, 409),
)
def create_organisation(
    session: SessionDep,
    data: OrganisationNew,
    response: Response,
    viewer: Annotated[Viewer, allow("create_organisation")],
) -> OrganisationOut:
    """The SIREN is checked. It, or the name, tells an organisation that is registered already."""
    organisation = service.create_organisation(session, data, viewer)
    response.headers["ETag"] = etag(organisation.version)
    response.headers["Location"] = f"/api/v1/organisations/{organisation.id}"
    return OrganisationOut.model_validate(organisation)


@router.get(
    "", summary="List organisations", operation_id="list_organisations", responses=problems()
)
def list_organisations(
    session: SessionDep,
    query: Annotated[OrganisationQuery, Query()],
    _viewer: Annotated[Viewer, allow("list_organisations")],
) -> OrganisationPage:
    """By name, a page at a time."""
    return service.list_organisations(session, query)


@router.get(
    "/{organisation_id}",
    summary="One organisation",
    operation_id="get_organisation",
    responses=problems(404),
)
def get_organisation(
    session: SessionDep,
    organisation_id: str,
    response: Response,
    _viewer: Annotated[Viewer, allow("read_organisation")],
) -> OrganisationOut:
    """An organisation by id."""
    organisation = service.get_organisation(session, organisation_id)
    response.headers["ETag"] = etag(organisation.version)
    return OrganisationOut.model_validate(organisation)
