"""The API by which operators keep organisations."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import ExpectedVersion, SessionDep, etag
from backend.organisations import keeping
from backend.organisations.keeping_schemas import (
    DirectoryPage,
    DirectoryQuery,
    MergeIn,
    OrganisationPatch,
)
from backend.organisations.schemas import OrganisationOut
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1", tags=["organisations"])


@router.get(
    "/directory",
    summary="Organisations with what hangs on them",
    operation_id="list_directory",
    dependencies=[allow("list_directory")],
    responses=problems(401, 403),
)
def list_directory(session: SessionDep, query: Annotated[DirectoryQuery, Query()]) -> DirectoryPage:
    """By name, with how many solutions, needs and members each has, and namesakes."""
    return keeping.list_directory(session, query)


@router.patch(
    "/organisations/{organisation_id}",
    summary="Change an organisation",
    operation_id="update_organisation",
    responses=problems(*WRITES, 404, 409, 412, 428),
)
def update_organisation(
    viewer: Annotated[Viewer, allow("update_organisation")],
    session: SessionDep,
    organisation_id: str,
    version: ExpectedVersion,
    patch: OrganisationPatch,
    response: Response,
) -> OrganisationOut:
    """Only the fields given change. If-Match must bear the version you have read."""
    changed = keeping.change_organisation(session, organisation_id, version, patch, viewer)
    response.headers["ETag"] = etag(changed.version)
    return OrganisationOut.model_validate(changed)


@router.post(
    "/organisations/{organisation_id}/merge",
    summary="Merge an organisation into another",
    operation_id="merge_organisations",
    responses=problems(*WRITES, 404, 409, 412, 428),
)
def merge_organisations(
    viewer: Annotated[Viewer, allow("merge_organisations")],
    session: SessionDep,
    organisation_id: str,
    version: ExpectedVersion,
    data: MergeIn,
    response: Response,
) -> OrganisationOut:
    """Its records and members move to the one that stays, whose missing facts are filled."""
    kept = keeping.merge(session, organisation_id, version, data.into, viewer)
    response.headers["ETag"] = etag(kept.version)
    return OrganisationOut.model_validate(kept)
