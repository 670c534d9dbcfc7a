"""The API of joint answers."""

from typing import Annotated

from fastapi import APIRouter

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.consortia import service
from backend.consortia.schemas import (
    ConsortiumAnswerIn,
    ConsortiumIn,
    ConsortiumOut,
    ConsortiumPage,
)
from backend.dependencies import SessionDep
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1", tags=["joint answers"])


@router.post(
    "/solutions/{solution_id}/consortia",
    summary="Invite solutions to answer a need together",
    operation_id="invite_consortium",
    responses=problems(*WRITES, 404, 409),
)
def invite(
    session: SessionDep,
    solution_id: str,
    data: ConsortiumIn,
    viewer: Annotated[Viewer, allow("invite_consortium")],
) -> ConsortiumOut:
    """A solution leads one joint answer a need: inviting again adds to it."""
    return service.invite(session, solution_id, data, viewer)


@router.get(
    "/consortia",
    summary="Joint answers of your solutions",
    operation_id="list_consortia",
    responses=problems(),
)
def list_consortia(
    session: SessionDep, viewer: Annotated[Viewer, allow("list_consortia")]
) -> ConsortiumPage:
    """Those that they lead, and those that they are invited to."""
    return service.list_consortia(session, viewer)


@router.get(
    "/consortia/{consortium_id}",
    summary="One joint answer",
    operation_id="get_consortium",
    responses=problems(404),
)
def read_consortium(
    session: SessionDep,
    consortium_id: str,
    viewer: Annotated[Viewer, allow("read_consortium")],
) -> ConsortiumOut:
    """Its need, its solutions, and what each has answered."""
    return service.show(service.get_consortium(session, consortium_id), viewer)


@router.post(
    "/consortia/{consortium_id}/answer",
    summary="Join a joint answer, or decline",
    operation_id="answer_consortium",
    responses=problems(*WRITES, 404),
)
def answer_consortium(
    session: SessionDep,
    consortium_id: str,
    data: ConsortiumAnswerIn,
    viewer: Annotated[Viewer, allow("answer_consortium")],
) -> ConsortiumOut:
    """For a solution of yours that was invited; the answer can be changed."""
    return service.answer(session, consortium_id, data, viewer)
