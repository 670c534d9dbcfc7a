"""Registers solutions, changes them, lists them, shows them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from backend.accounts.viewer import ANONYMOUS, Viewer
from backend.models import Solution
from backend.organisations.service import reference
from backend.records import changes
from backend.records.counts import count_values
from backend.records.filters import Conditions, conditions, near
from backend.records.paging import fetch_page
from backend.records.queries import get_record, orders, perimeter_names, whole
from backend.records.visible import own, visible
from backend.solutions.completeness import completeness
from backend.solutions.schemas import (
    CONTACT_FIELDS,
    CompletenessOut,
    Contact,
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
    role="project_leader",
    text=solution_text,
    text_fields=("title", "summary", "description"),
    private=frozenset(CONTACT_FIELDS),
)
SHOWN = tuple(
    name
    for name in SolutionOut.model_fields
    if name
    not in {"perimeter_names", "organisation", "has_contact", "contact", "yours", "completeness"}
)


def create_solution(
    session: Session,
    matcher: "Matcher",
    data: SolutionIn,
    viewer: Viewer,
    key: str | None = None,
) -> SolutionOut:
    """Register a solution. Raises as `records.changes.create`."""
    made = changes.create(session, matcher, KIND, data, viewer, key)
    return _show_one(session, made, viewer.holding(made.organisation_id, KIND.role))


def update_solution(
    session: Session,
    matcher: "Matcher",
    solution_id: str,
    version: int,
    patch: SolutionPatch,
    viewer: Viewer,
) -> SolutionOut:
    """Change a solution. Raises as `records.changes.update`."""
    changed = changes.update(session, matcher, KIND, solution_id, version, patch, viewer)
    return _show_one(session, changed, viewer)


def archive_solution(
    session: Session, solution_id: str, version: int, viewer: Viewer
) -> SolutionOut:
    """Archive a solution. Raises Problem 404 or 412."""
    archived = changes.archive(session, KIND, solution_id, version, viewer)
    return _show_one(session, archived, viewer)


def get_solution(session: Session, solution_id: str, viewer: Viewer) -> SolutionOut:
    """One solution. Raises Problem 404."""
    return _show_one(session, get_record(session, Solution, solution_id), viewer)


def list_solutions(session: Session, query: SolutionQuery, viewer: Viewer) -> SolutionPage:
    """The solutions that meet all filters, a page at a time.

    Raises InvalidField (422) for a territory or a cursor that does not exist.
    """
    check_codes(session, "perimeter", query.perimeter)
    met = meets(query) | {"viewer": (own if query.mine else visible)(Solution, viewer, KIND.role)}
    statement = whole(Solution).where(*met.values())
    page = fetch_page(session, statement, orders(Solution), query.sort, query.limit, query.cursor)
    items = show_solutions(session, page.rows, viewer)
    counts = count_values(session, Solution, met) if query.counts else None
    return SolutionPage(items=items, next_cursor=page.next_cursor, total=page.total, counts=counts)


def meets(query: SolutionQuery) -> Conditions:
    """What solutions must meet for a query, by filter; who may see them apart."""
    met = conditions(Solution, query, Solution.price_band)
    place = near(Solution, query.perimeter)
    if place is not None:
        met["perimeter"] = place
    if query.maturity_min is not None:
        met["maturity_min"] = Solution.maturity >= query.maturity_min
    return met


def show_solutions(
    session: Session, solutions: Sequence[Solution], viewer: Viewer = ANONYMOUS
) -> list[SolutionOut]:
    """What the viewer may see of solutions that are loaded whole; one query for all."""
    names = perimeter_names(session, Solution, [solution.id for solution in solutions])
    return [_show(solution, names.get(solution.id, {}), viewer) for solution in solutions]


def _show_one(session: Session, solution: Solution, viewer: Viewer) -> SolutionOut:
    return show_solutions(session, [solution], viewer)[0]


def _show(solution: Solution, names: dict[str, str], viewer: Viewer) -> SolutionOut:
    shown = {name: getattr(solution, name) for name in SHOWN}
    yours = viewer.may_change(solution.organisation_id, KIND.role)
    return SolutionOut(
        **shown,
        perimeter_names=names,
        organisation=reference(solution.organisation),
        yours=yours,
        has_contact=any(getattr(solution, name) for name in CONTACT_FIELDS),
        contact=Contact.model_validate(solution) if yours else None,
        completeness=CompletenessOut.model_validate(completeness(solution)) if yours else None,
    )
