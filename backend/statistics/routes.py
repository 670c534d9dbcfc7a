"""The API of figures, for operators."""

from typing import Annotated

from fastapi import APIRouter, Query

from backend.accounts.access import allow
from backend.dependencies import SessionDep
from backend.matches.provider import MatcherDep
from backend.responses import problems
from backend.statistics.overview import Overview, read_overview
from backend.statistics.schemas import LookedAt, StatisticsOut
from backend.statistics.service import read_statistics
from backend.statistics.standing import AT_ONCE, look_at_needs

router = APIRouter(prefix="/v1/statistics", tags=["statistics"])


@router.get(
    "",
    summary="Figures of the whole",
    operation_id="read_statistics",
    dependencies=[allow("read_statistics")],
    responses=problems(401, 403),
)
def get_statistics(session: SessionDep) -> StatisticsOut:
    """What is asked and offered by theme and département, what comes of it, who is shown."""
    return read_statistics(session)


@router.get(
    "/overview",
    summary="What waits for an operator",
    operation_id="read_overview",
    dependencies=[allow("read_statistics")],
    responses=problems(401, 403),
)
def get_overview(session: SessionDep) -> Overview:
    """How many records, requests and letters ask for somebody to look."""
    return read_overview(session)


@router.post(
    "/needs",
    summary="Look for the best answers to needs",
    operation_id="look_at_needs",
    dependencies=[allow("look_at_needs")],
    responses=problems(401, 403),
)
def post_needs(
    session: SessionDep,
    matcher: MatcherDep,
    most: Annotated[int, Query(ge=1, le=500, description="How many needs.")] = AT_ONCE,
) -> LookedAt:
    """Those never looked at first. The figures tell which needs nothing here answers well."""
    return look_at_needs(session, matcher, most)
