"""The API of needs."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import ExpectedVersion, RepeatKey, SessionDep, etag
from backend.matches.provider import MatcherDep
from backend.needs import service, unanswered
from backend.needs.schemas import (
    NeedIn,
    NeedOut,
    NeedPage,
    NeedPatch,
    NeedQuery,
    UnansweredIn,
)
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1/needs", tags=["needs"])


@router.post(
    "",
    status_code=201,
    summary="Register a need",
    operation_id="create_need",
    responses=problems(*WRITES, 409),
)
def create_need(
    session: SessionDep,
    matcher: MatcherDep,
    data: NeedIn,
    response: Response,
    viewer: Annotated[Viewer, allow("create_need")],
    key: RepeatKey,
) -> NeedOut:
    """A draft is seen by its organisation only; an operator publishes what is submitted."""
    need = service.create_need(session, matcher, data, viewer, key)
    response.headers["ETag"] = etag(need.version)
    response.headers["Location"] = f"/api/v1/needs/{need.id}"
    return need


@router.get("", summary="List needs", operation_id="list_needs", responses=problems())
def list_needs(
    session: SessionDep,
    query: Annotated[NeedQuery, Query()],
    viewer: Annotated[Viewer, allow("list_needs")],
) -> NeedPage:
    """Filters, order and pages. Ask for the next page with `cursor`, all else unchanged."""
    return service.list_needs(session, query, viewer)


@router.get(
    "/{need_id}",
    summary="One need",
    operation_id="get_need",
    responses=problems(404),
)
def get_need(
    session: SessionDep,
    need_id: str,
    response: Response,
    viewer: Annotated[Viewer, allow("read_need")],
) -> NeedOut:
    """The ETag is the version to send back with a change."""
    need = service.get_need(session, need_id, viewer)
    response.headers["ETag"] = etag(need.version)
    return need


@router.patch(
    "/{need_id}",
    summary="Change a need",
    operation_id="update_need",
    responses=problems(*WRITES, 404, 409, 412, 428),
)
def update_need(
    viewer: Annotated[Viewer, allow("update_need")],
    session: SessionDep,
    matcher: MatcherDep,
    need_id: str,
    version: ExpectedVersion,
    patch: NeedPatch,
    response: Response,
) -> NeedOut:
    """Only the fields given change. If-Match must bear the version you have read."""
    need = service.update_need(session, matcher, need_id, version, patch, viewer)
    response.headers["ETag"] = etag(need.version)
    return need


@router.post(
    "/{need_id}/archive",
    summary="Archive a need",
    operation_id="archive_need",
    responses=problems(403, 404, 412, 428),
)
def archive_need(
    viewer: Annotated[Viewer, allow("archive_need")],
    session: SessionDep,
    need_id: str,
    version: ExpectedVersion,
    response: Response,
) -> NeedOut:
    """It leaves all lists and matches; nothing is deleted."""
    need = service.archive_need(session, need_id, version, viewer)
    response.headers["ETag"] = etag(need.version)
    return need


@router.put(
    "/{need_id}/unanswered",
    summary="Say that no solution is suitable",
    operation_id="declare_unanswered",
    responses=problems(*WRITES, 404, 409),
)
def declare_unanswered(
    viewer: Annotated[Viewer, allow("declare_unanswered")],
    session: SessionDep,
    need_id: str,
    data: UnansweredIn,
) -> NeedOut:
    """Project leaders of its themes then find it as unanswered, until an introduction starts."""
    return unanswered.declare(session, need_id, data, viewer)


@router.delete(
    "/{need_id}/unanswered",
    summary="Take back that no solution is suitable",
    operation_id="take_back_unanswered",
    responses=problems(403, 404),
)
def take_back_unanswered(
    viewer: Annotated[Viewer, allow("declare_unanswered")], session: SessionDep, need_id: str
) -> NeedOut:
    """A repeat changes nothing."""
    return unanswered.take_back(session, need_id, viewer)
