"""The API of moderation."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import ExpectedVersion, SessionDep, etag
from backend.matches.provider import MatcherDep
from backend.moderation import service
from backend.moderation.kinds import Path
from backend.moderation.queue import read_queue
from backend.moderation.remarks import list_remarks
from backend.moderation.schemas import CaseOut, DecisionIn, QueuePage, QueueQuery, RemarkOut
from backend.needs.schemas import NeedOut
from backend.responses import WRITES, problems
from backend.solutions.schemas import SolutionOut

router = APIRouter(prefix="/v1", tags=["moderation"])


@router.get(
    "/moderation",
    summary="Records that wait for an operator",
    operation_id="list_moderation",
    dependencies=[allow("list_moderation")],
    responses=problems(401, 403),
)
def list_moderation(session: SessionDep, query: Annotated[QueueQuery, Query()]) -> QueuePage:
    """The longest unchanged first, with how many there are of each kind in each state."""
    return read_queue(session, query)


@router.get(
    "/moderation/{kind}/{record_id}",
    summary="A record to decide of",
    operation_id="get_moderation_case",
    responses=problems(401, 403, 404),
)
def get_case(
    session: SessionDep,
    matcher: MatcherDep,
    kind: Path,
    record_id: str,
    response: Response,
    viewer: Annotated[Viewer, allow("list_moderation")],
) -> CaseOut:
    """The record, what was said of it, and the solutions of which it may be a copy."""
    case = service.read_case(session, matcher, kind, record_id, viewer)
    response.headers["ETag"] = etag(case.record.version)
    return case


@router.post(
    "/moderation/{kind}/{record_id}",
    summary="Decide of a record",
    operation_id="moderate_record",
    responses=problems(*WRITES, 404, 409, 412, 428),
)
def moderate_record(
    session: SessionDep,
    viewer: Annotated[Viewer, allow("moderate_record")],
    kind: Path,
    record_id: str,
    version: ExpectedVersion,
    data: DecisionIn,
    response: Response,
) -> SolutionOut | NeedOut:
    """If-Match bears the version that was judged. The record's authors get a letter."""
    record: SolutionOut | NeedOut = service.decide(session, kind, record_id, version, data, viewer)
    response.headers["ETag"] = etag(record.version)
    return record


@router.get(
    "/solutions/{solution_id}/remarks",
    summary="What was decided of a solution",
    operation_id="list_solution_remarks",
    responses=problems(401, 403, 404),
)
def list_solution_remarks(
    session: SessionDep,
    solution_id: str,
    viewer: Annotated[Viewer, allow("read_solution_remarks")],
) -> list[RemarkOut]:
    """For its project leaders and operators; the latest first."""
    return list_remarks(session, "solution", solution_id, viewer)


@router.get(
    "/needs/{need_id}/remarks",
    summary="What was decided of a need",
    operation_id="list_need_remarks",
    responses=problems(401, 403, 404),
)
def list_need_remarks(
    session: SessionDep, need_id: str, viewer: Annotated[Viewer, allow("read_need_remarks")]
) -> list[RemarkOut]:
    """For its authors and operators; the latest first."""
    return list_remarks(session, "need", need_id, viewer)
