"""The API of solutions."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import ExpectedVersion, RepeatKey, SessionDep, etag
from backend.matches.provider import MatcherDep
from backend.responses import WRITES, problems
from backend.solutions import service
from backend.solutions.schemas import (
    SolutionIn,
    SolutionOut,
    SolutionPage,
    SolutionPatch,
    SolutionQuery,
)

router = APIRouter(prefix="/v1/solutions", tags=["solutions"])


@router.post(
    "",
    status_code=201,
    summary="Register a solution",
    operation_id="create_solution",
    responses=problems(*WRITES, 409),
)
def create_solution(
    session: SessionDep,
    matcher: MatcherDep,
    data: SolutionIn,
    response: Response,
    viewer: Annotated[Viewer, allow("create_solution")],
    key: RepeatKey,
) -> SolutionOut:
    """A draft is seen by its organisation only; an operator publishes what is submitted."""
    solution = service.create_solution(session, matcher, data, viewer, key)
    response.headers["ETag"] = etag(solution.version)
    response.headers["Location"] = f"/api/v1/solutions/{solution.id}"
    return solution


@router.get("", summary="List solutions", operation_id="list_solutions", responses=problems())
def list_solutions(
    session: SessionDep,
    query: Annotated[SolutionQuery, Query()],
    viewer: Annotated[Viewer, allow("list_solutions")],
) -> SolutionPage:
    """Filters, order and pages. Ask for the next page with `cursor`, all else unchanged."""
    return service.list_solutions(session, query, viewer)


@router.get(
    "/{solution_id}",
    summary="One solution",
    operation_id="get_solution",
    responses=problems(404),
)
def get_solution(
    session: SessionDep,
    solution_id: str,
    response: Response,
    viewer: Annotated[Viewer, allow("read_solution")],
) -> SolutionOut:
    """The ETag is the version to send back with a change."""
    solution = service.get_solution(session, solution_id, viewer)
    response.headers["ETag"] = etag(solution.version)
    return solution


@router.patch(
    "/{solution_id}",
    summary="Change a solution",
    operation_id="update_solution",
    responses=problems(*WRITES, 404, 409, 412, 428),
)
def update_solution(
    viewer: Annotated[Viewer, allow("update_solution")],
    session: SessionDep,
    matcher: MatcherDep,
    solution_id: str,
    version: ExpectedVersion,
    patch: SolutionPatch,
    response: Response,
) -> SolutionOut:
    """Only the fields given change. If-Match must bear the version you have read."""
    solution = service.update_solution(session, matcher, solution_id, version, patch, viewer)
    response.headers["ETag"] = etag(solution.version)
    return solution


@router.post(
    "/{solution_id}/archive",
    summary="Archive a solution",
    operation_id="archive_solution",
    responses=problems(403, 404, 412, 428),
)
def archive_solution(
    viewer: Annotated[Viewer, allow("archive_solution")],
    session: SessionDep,
    solution_id: str,
    version: ExpectedVersion,
    response: Response,
) -> SolutionOut:
    """It leaves all lists and matches; nothing is deleted."""
    solution = service.archive_solution(session, solution_id, version, viewer)
    response.headers["ETag"] = etag(solution.version)
    return solution
