"""The API of the trace."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from backend.accounts.access import allow
from backend.activity.export import export_csv
from backend.activity.queries import list_activity
from backend.activity.schemas import ActivityFilter, ActivityPage, ActivityQuery
from backend.dependencies import SessionDep
from backend.responses import problems

router = APIRouter(prefix="/v1/activity", tags=["activity"], dependencies=[allow("read_activity")])


@router.get("", summary="Who did what", operation_id="list_activity", responses=problems(401, 403))
def read_activity(session: SessionDep, query: Annotated[ActivityQuery, Query()]) -> ActivityPage:
    """The latest first, a page at a time. Lines are added, never changed."""
    return list_activity(session, query)


@router.get(
    "/export",
    summary="Who did what, as a file",
    operation_id="export_activity",
    response_class=StreamingResponse,
    responses={**problems(401, 403), 200: {"content": {"text/csv": {}}}},
)
def export_activity(
    request: Request, query: Annotated[ActivityFilter, Query()]
) -> StreamingResponse:
    """CSV in UTF-8, all lines that meet the filters."""
    return StreamingResponse(
        export_csv(request.app.state.engine, query),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="activity.csv"'},
    )
