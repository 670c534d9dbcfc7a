"""The API of one's saved searches."""

from typing import Annotated

from fastapi import APIRouter

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import SessionDep
from backend.matches.provider import MatcherDep
from backend.responses import WRITES, problems
from backend.searches import service
from backend.searches.schemas import (
    SavedSearches,
    SavedSearchOut,
    SavedSearchPatch,
    SearchToKeep,
)

router = APIRouter(prefix="/v1/me/searches", tags=["searches"])


@router.get(
    "",
    summary="One's saved searches",
    operation_id="list_searches",
    responses=problems(401),
)
def list_searches(
    session: SessionDep, matcher: MatcherDep, viewer: Annotated[Viewer, allow("list_searches")]
) -> SavedSearches:
    """The newest first, each with the number of results that are new since it was opened."""
    return service.list_searches(session, matcher, viewer)


@router.post(
    "",
    status_code=201,
    summary="Keep a search",
    operation_id="keep_search",
    responses=problems(*WRITES, 409),
)
def keep_search(
    session: SessionDep, data: SearchToKeep, viewer: Annotated[Viewer, allow("keep_search")]
) -> SavedSearchOut:
    """The same text and filters are kept once: sent again, the first one is the answer."""
    return service.keep_search(session, data, viewer)


@router.patch(
    "/{saved_search_id}",
    summary="Rename a search, or change how often its news are sent",
    operation_id="update_search",
    dependencies=[allow("update_search")],
    responses=problems(*WRITES, 404),
)
def update_search(
    session: SessionDep, matcher: MatcherDep, saved_search_id: str, patch: SavedSearchPatch
) -> SavedSearchOut:
    """Only the fields given change."""
    return service.change_search(session, matcher, saved_search_id, patch)


@router.post(
    "/{saved_search_id}/seen",
    status_code=204,
    summary="Say that its results have been looked at",
    operation_id="see_search",
    dependencies=[allow("update_search")],
    responses=problems(401, 403, 404),
)
def see_search(session: SessionDep, saved_search_id: str) -> None:
    """What is published from now on counts as new."""
    service.see_search(session, saved_search_id)


@router.delete(
    "/{saved_search_id}",
    status_code=204,
    summary="Keep a search no longer",
    operation_id="forget_search",
    dependencies=[allow("update_search")],
    responses=problems(401, 403, 404),
)
def forget_search(session: SessionDep, saved_search_id: str) -> None:
    """Its news are no longer sent."""
    service.forget_search(session, saved_search_id)
