"""The API of shortlists."""

from typing import Annotated

from fastapi import APIRouter, Response

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import ExpectedVersion, SessionDep, etag
from backend.responses import WRITES, problems
from backend.shortlists import service
from backend.shortlists.schemas import EntryIn, EntryOut, EntryPatch, ShortlistOut

router = APIRouter(prefix="/v1/needs/{need_id}/shortlist", tags=["shortlists"])
Reading = Annotated[Viewer, allow("read_shortlist")]
Changing = Annotated[Viewer, allow("update_shortlist")]


@router.get(
    "",
    summary="The shortlist of a need",
    operation_id="get_shortlist",
    responses=problems(403, 404),
)
def get_shortlist(session: SessionDep, need_id: str, viewer: Reading) -> ShortlistOut:
    """In its staff's order, with notes and decisions. Only they see it, and operators."""
    return service.get_shortlist(session, need_id, viewer)


@router.put(
    "/{solution_id}",
    summary="Keep a solution",
    operation_id="keep_solution",
    responses=problems(*WRITES, 404, 409),
)
def keep_solution(
    session: SessionDep,
    need_id: str,
    solution_id: str,
    data: EntryIn,
    response: Response,
    viewer: Changing,
) -> EntryOut:
    """It comes last; sent again, nothing changes."""
    entry = service.keep(session, need_id, solution_id, data, viewer)
    response.headers["ETag"] = etag(entry.version)
    return entry


@router.patch(
    "/{solution_id}",
    summary="Change note, place or decision",
    operation_id="update_shortlist",
    responses=problems(*WRITES, 404, 412, 428),
)
def update_shortlist(
    session: SessionDep,
    viewer: Changing,
    need_id: str,
    solution_id: str,
    version: ExpectedVersion,
    patch: EntryPatch,
    response: Response,
) -> EntryOut:
    """Only the fields given change. If-Match must bear the version you have read."""
    entry = service.change(session, need_id, solution_id, version, patch, viewer)
    response.headers["ETag"] = etag(entry.version)
    return entry


@router.delete(
    "/{solution_id}",
    status_code=204,
    summary="Take a solution off the shortlist",
    operation_id="remove_from_shortlist",
    responses=problems(401, 403, 404),
)
def remove_from_shortlist(
    session: SessionDep, need_id: str, solution_id: str, viewer: Changing
) -> None:
    """A repeat is harmless."""
    service.remove(session, need_id, solution_id, viewer)
