"""Registers solutions, changes them, lists them, shows them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from backend.activity.service import ANYONE
from backend.models import Solution
from backend.organisations.service import reference
from backend.records import changes
from backend.records.filters import conditions, near
from backend.records.paging import fetch_page
from backend.records.queries import get_record, orders, perimeter_names, whole
from backend.solutions.schemas import (
    CONTACT_FIELDS,
    SolutionIn,
    SolutionOut,
    SolutionPage,
    SolutionPatch,
    SolutionQuery,
)
from backend.solutions.text import solution_text
from backend.territories.service import check_codes

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

KIND = changes.Kind(
    name="solution",
    model=Solution,
    text=solution_text,
    text_fields=("title", "summary", "description"),
    private=frozenset(CONTACT_FIELDS),
)
SHOWN = tuple(
    name
    for name in SolutionOut.model_fields
    if name not in {"perimeter_names", "organisation", "has_contact"}
)


def create_solution(
    session: Session, matcher: "Matcher", data: SolutionIn, actor: str = ANYONE
) -> SolutionOut:
    """Register a solution. Raises as `records.changes.create`."""
    return _show_one(session, changes.create(session, matcher, KIND, data, actor))


def update_solution(
    session: Session,
    matcher: "Matcher",
    solution_id: str,
    version: int,
    patch: SolutionPatch,
    actor: str = ANYONE,
) -> SolutionOut:
    """Change a solution. Raises as `records.changes.update`."""
    changed = changes.update(session, matcher, KIND, solution_id, version, patch, actor)
    return _show_one(session, changed)


def archive_solution(
    session: Session, solution_id: str, version: int, actor: str = ANYONE
) -> SolutionOut:
    """Archive a solution. Raises Problem 404 or 412."""
    return _show_one(session, changes.archive(session, KIND, solution_id, version, actor))


def get_solution(session: Session, solution_id: str) -> SolutionOut:
    """One solution. Raises Problem 404."""
    return _show_one(session, get_record(session, Solution, solution_id))


def list_solutions(session: Session, query: SolutionQuery) -> SolutionPage:
    """The solutions that meet all filters, a page at a time.

    Raises InvalidField (422) for a territory or a cursor that does not exist.
    """
    check_codes(session, "perimeter", query.perimeter)
    statement = whole(Solution).where(*conditions(Solution, query, Solution.price_band))
    place = near(Solution, query.perimeter)
    if place is not None:
        statement = statement.where(place)
    if query.maturity_min is not None:
        statement = statement.where(Solution.maturity >= query.maturity_min)
    page = fetch_page(session, statement, orders(Solution), query.sort, query.limit, query.cursor)
    items = show_solutions(session, page.rows)
    return SolutionPage(items=items, next_cursor=page.next_cursor, total=page.total)


def show_solutions(session: Session, solutions: Sequence[Solution]) -> list[SolutionOut]:
    """What anyone may see of solutions that are loaded whole; one query for all."""
    names = perimeter_names(session, Solution, [solution.id for solution in solutions])
    return [_show(solution, names.get(solution.id, {})) for solution in solutions]


def _show_one(session: Session, solution: Solution) -> SolutionOut:
    return show_solutions(session, [solution])[0]


def _show(solution: Solution, names: dict[str, str]) -> SolutionOut:
    shown = {name: getattr(solution, name) for name in SHOWN}
    return SolutionOut(
        **shown,
        perimeter_names=names,
        organisation=reference(solution.organisation),
        has_contact=any(getattr(solution, name) for name in CONTACT_FIELDS),
    )
