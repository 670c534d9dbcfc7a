"""The API of matches, searches and kept lists."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import SessionDep
from backend.matches import exposure, service, snapshots
from backend.matches.comparison import compare
from backend.matches.comparison_schemas import CompareQuery, Comparison
from backend.matches.pooling import similar_needs
from backend.matches.provider import MatcherDep
from backend.matches.schemas import (
    ExposureOut,
    ExposureQuery,
    MatchList,
    MatchQuery,
    OwnMatches,
    OwnQuery,
    SearchIn,
    SimilarNeeds,
    SnapshotOut,
)
from backend.problems import language_of
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1", tags=["matches"])


@router.get(
    "/needs/{need_id}/matches",
    summary="The solutions that answer a need",
    operation_id="match_need",
    dependencies=[allow("match_need")],
    responses=problems(404),
)
def match_need(
    session: SessionDep,
    matcher: MatcherDep,
    need_id: str,
    query: Annotated[MatchQuery, Query()],
) -> MatchList:
    """Best first, with reasons, and with what the filters hid. The list is kept as shown."""
    return service.match_need(session, matcher, need_id, query)


@router.get(
    "/needs/{need_id}/compare",
    summary="Solutions side by side on what a need asks for",
    operation_id="compare_solutions",
    responses=problems(404),
)
def compare_solutions(
    session: SessionDep,
    viewer: Annotated[Viewer, allow("compare_solutions")],
    matcher: MatcherDep,
    need_id: str,
    query: Annotated[CompareQuery, Query()],
) -> Comparison:
    """For each criterion what each solution declares, or the sentence of its page that answers."""
    return compare(session, matcher, need_id, query.solution, viewer, query.lang)


@router.get(
    "/needs/{need_id}/similar",
    summary="Needs elsewhere that ask for nearly the same",
    operation_id="find_similar_needs",
    responses=problems(404),
)
def find_similar_needs(
    session: SessionDep,
    viewer: Annotated[Viewer, allow("find_similar_needs")],
    matcher: MatcherDep,
    need_id: str,
) -> SimilarNeeds:
    """To be pooled. Anonymous ones without their author; those of one's own organisation apart."""
    return similar_needs(session, matcher, need_id, viewer)


@router.get(
    "/solutions/{solution_id}/matches",
    summary="The needs that a solution answers",
    operation_id="match_solution",
    dependencies=[allow("match_solution")],
    responses=problems(404),
)
def match_solution(
    session: SessionDep,
    matcher: MatcherDep,
    solution_id: str,
    query: Annotated[MatchQuery, Query()],
) -> MatchList:
    """Best first, with reasons, and with what the filters hid. The list is kept as shown."""
    return service.match_solution(session, matcher, solution_id, query)


@router.get(
    "/me/matches",
    summary="The needs that one's own solutions answer",
    operation_id="match_own",
    responses=problems(401, 403),
)
def match_own(
    session: SessionDep,
    matcher: MatcherDep,
    query: Annotated[OwnQuery, Query()],
    viewer: Annotated[Viewer, allow("match_own")],
) -> OwnMatches:
    """A list for each published solution, each kept as shown."""
    return service.match_own(session, matcher, query, viewer)


@router.post(
    "/search",
    summary="Search in free text",
    operation_id="search",
    dependencies=[allow("search")],
    responses=problems(*WRITES),
)
def search(
    session: SessionDep, matcher: MatcherDep, query: SearchIn, request: Request
) -> MatchList:
    """By meaning and by words, in any language. Nothing is kept of the text."""
    return service.search(session, matcher, query, language_of(request))


@router.get(
    "/snapshots/{snapshot_id}",
    summary="A list as it was shown",
    operation_id="get_snapshot",
    dependencies=[allow("read_snapshot")],
    responses=problems(404),
)
def get_snapshot(session: SessionDep, snapshot_id: str) -> SnapshotOut:
    """Weights, filters, model, revision, scores and reasons of one list of matches."""
    return SnapshotOut.model_validate(snapshots.get_snapshot(session, snapshot_id))


@router.get(
    "/exposure",
    summary="How evenly records are shown",
    operation_id="exposure",
    dependencies=[allow("report_exposure")],
    responses=problems(),
)
def report_exposure(session: SessionDep, query: Annotated[ExposureQuery, Query()]) -> ExposureOut:
    """Over all lists of matches that were shown; free-text searches leave no trace."""
    return exposure.report(session, "solution" if query.kind == "solutions" else "need")
