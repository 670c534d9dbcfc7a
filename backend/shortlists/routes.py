"""The API of shortlists."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import ExpectedVersion, SessionDep, etag
from backend.responses import WRITES, problems
from backend.shortlists import service
from backend.shortlists.choice import choose_columns, chosen_columns
from backend.shortlists.desk import show_desk
from backend.shortlists.export import export
from backend.shortlists.schemas import (
    ColumnsChosen,
    Desk,
    EntryIn,
    EntryOut,
    EntryPatch,
    ExportQuery,
    ShortlistOut,
)

router = APIRouter(prefix="/v1", tags=["shortlists"])
SHORTLIST = "/needs/{need_id}/shortlist"
Reading = Annotated[Viewer, allow("read_shortlist")]
Changing = Annotated[Viewer, allow("update_shortlist")]


@router.get(
    SHORTLIST,
    summary="The shortlist of a need",
    operation_id="get_shortlist",
    responses=problems(403, 404),
)
def get_shortlist(session: SessionDep, need_id: str, viewer: Reading) -> ShortlistOut:
    """In its staff's order, with notes and decisions. Only they see it, and operators."""
    return service.get_shortlist(session, need_id, viewer)


@router.get(
    SHORTLIST + "-export",
    summary="The shortlist as a file",
    operation_id="export_shortlist",
    response_class=Response,
    responses=problems(403, 404),
)
def export_shortlist(
    session: SessionDep, viewer: Reading, need_id: str, query: Annotated[ExportQuery, Query()]
) -> Response:
    """CSV, XLSX or PDF/UA with reasons and criteria; nobody's contact is in it."""
    file = export(session, need_id, viewer, query.format, query.lang, query.columns)
    named = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=file.media_type, headers=named)


@router.put(
    SHORTLIST + "/{solution_id}",
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
    SHORTLIST + "/{solution_id}",
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
    SHORTLIST + "/{solution_id}",
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


@router.get(
    "/me/desk",
    summary="One's needs at a glance",
    operation_id="show_desk",
    responses=problems(401),
)
def get_desk(session: SessionDep, viewer: Annotated[Viewer, allow("read_account")]) -> Desk:
    """Candidates of the last list shown, and the size of the shortlist; nothing is ranked."""
    return show_desk(session, viewer)


@router.get(
    "/me/columns",
    summary="The columns of one's exports",
    operation_id="get_columns",
    responses=problems(401),
)
def get_columns(
    session: SessionDep, viewer: Annotated[Viewer, allow("read_account")]
) -> ColumnsChosen:
    """Those last chosen; those of everybody before a first choice."""
    return ColumnsChosen.model_validate({"columns": chosen_columns(session, viewer)})


@router.put(
    "/me/columns",
    summary="Choose the columns of one's exports",
    operation_id="choose_columns",
    responses=problems(*WRITES),
)
def put_columns(
    session: SessionDep, viewer: Annotated[Viewer, allow("update_account")], data: ColumnsChosen
) -> ColumnsChosen:
    """They are remembered; an empty list goes back to those of everybody."""
    kept = choose_columns(session, data.columns, viewer)
    return ColumnsChosen.model_validate({"columns": kept})
