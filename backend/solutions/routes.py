"""The API of solutions."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.dependencies import ExpectedVersion, SessionDep, etag
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
    session: SessionDep, matcher: MatcherDep, data: SolutionIn, response: Response
) -> SolutionOut:
    """A draft is seen by nobody else; a published one is searchable at once."""
    solution = service.create_solution(session, matcher, data)
    response.headers["ETag"] = etag(solution.version)
    response.headers["Location"] = f"/api/v1/solutions/{solution.id}"
    return solution


@router.get("", summary="List solutions", operation_id="list_solutions", responses=problems())
def list_solutions(session: SessionDep, query: Annotated[SolutionQuery, Query()]) -> SolutionPage:
    """Filters, order and pages. Ask for the next page with `cursor`, all else unchanged."""
    return service.list_solutions(session, query)


@router.get(
    "/{solution_id}",
    summary="One solution",
    operation_id="get_solution",
    responses=problems(404),
)
def get_solution(session: SessionDep, solution_id: str, response: Response) -> SolutionOut:
    """The ETag is the version to send back with a change."""
    solution = service.get_solution(session, solution_id)
    response.headers["ETag"] = etag(solution.version)
    return solution


@router.patch(
    "/{solution_id}",
    summary="Change a solution",
    operation_id="update_solution",
    responses=problems(*WRITES, 404, 409, 412, 428),
)
def update_solution(
    session: SessionDep,
    matcher: MatcherDep,
    solution_id: str,
    version: ExpectedVersion,
    patch: SolutionPatch,
    response: Response,
) -> SolutionOut:
    """Only the fields given change. If-Match must bear the version you have read."""
    solution = service.update_solution(session, matcher, solution_id, version, patch)
    response.headers["ETag"] = etag(solution.version)
    return solution


@router.post(
    "/{solution_id}/archive",
    summary="Archive a solution",
    operation_id="archive_solution",
    responses=problems(404, 412, 428),
)
def archive_solution(
    session: SessionDep, solution_id: str, version: ExpectedVersion, response: Response
) -> SolutionOut:
    """It leaves all lists and matches; nothing is deleted."""
    solution = service.archive_solution(session, solution_id, version)
    response.headers["ETag"] = etag(solution.version)
    return solution
