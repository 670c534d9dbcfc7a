"""The API of answers to the criteria of a need."""

from typing import Annotated

from fastapi import APIRouter

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.criteria import service
from backend.criteria.schemas import CriterionAnswersIn, CriterionAnswersOut
from backend.dependencies import SessionDep
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1/solutions", tags=["criteria"])


@router.get(
    "/{solution_id}/answers/{need_id}",
    summary="What a solution says of a need's criteria",
    operation_id="get_criterion_answers",
    responses=problems(404),
)
def get_criterion_answers(
    session: SessionDep,
    solution_id: str,
    need_id: str,
    viewer: Annotated[Viewer, allow("read_answers")],
) -> CriterionAnswersOut:
    """Every criterion as it reads now; an answer to a former text is left aside."""
    return service.read_answers(session, solution_id, need_id, viewer)


@router.put(
    "/{solution_id}/answers/{need_id}",
    summary="Say whether a solution meets a need's criteria",
    operation_id="put_criterion_answers",
    responses=problems(*WRITES, 404, 409),
)
def put_criterion_answers(
    session: SessionDep,
    solution_id: str,
    need_id: str,
    data: CriterionAnswersIn,
    viewer: Annotated[Viewer, allow("answer_criteria")],
) -> CriterionAnswersOut:
    """A "no" to an essential criterion hides each from the other's list; "partly" never does."""
    return service.write_answers(session, solution_id, need_id, data, viewer)
