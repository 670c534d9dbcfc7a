"""The API of client references."""

from typing import Annotated

from fastapi import APIRouter

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import SessionDep
from backend.references import service
from backend.references.schemas import (
    ReferenceAnswerIn,
    ReferenceRequestIn,
    ReferenceRequestOut,
    ReferenceRequestPage,
)
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1", tags=["client references"])


@router.post(
    "/solutions/{solution_id}/references",
    summary="Ask a client to confirm a reference",
    operation_id="request_reference",
    responses=problems(*WRITES, 404),
)
def request_reference(
    session: SessionDep,
    solution_id: str,
    data: ReferenceRequestIn,
    viewer: Annotated[Viewer, allow("request_reference")],
) -> ReferenceRequestOut:
    """Each reference is asked about once: asking again gives the same request."""
    return service.request(session, solution_id, data, viewer)


@router.get(
    "/solutions/{solution_id}/references",
    summary="Which references of a solution are confirmed",
    operation_id="list_confirmed_references",
    responses=problems(404),
)
def list_confirmed(
    session: SessionDep,
    solution_id: str,
    viewer: Annotated[Viewer, allow("read_confirmed_references")],
) -> ReferenceRequestPage:
    """Those confirmed by their client; of one's own solution, also those that are not."""
    return service.of_solution(session, solution_id, viewer)


@router.get(
    "/reference-requests",
    summary="References your organisations are asked to confirm",
    operation_id="list_reference_requests",
    responses=problems(),
)
def list_requests(
    session: SessionDep, viewer: Annotated[Viewer, allow("list_reference_requests")]
) -> ReferenceRequestPage:
    """Answered or not, newest first."""
    return service.to_answer(session, viewer)


@router.post(
    "/reference-requests/{reference_request_id}/answer",
    summary="Confirm a reference, or refuse",
    operation_id="answer_reference",
    responses=problems(*WRITES, 404),
)
def answer_reference(
    session: SessionDep,
    reference_request_id: str,
    data: ReferenceAnswerIn,
    viewer: Annotated[Viewer, allow("answer_reference")],
) -> ReferenceRequestOut:
    """For the organisation that is named as a client."""
    return service.answer(session, reference_request_id, data, viewer)
