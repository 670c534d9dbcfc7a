"""Finds the solutions of which one may be a copy."""

from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from backend.matches.provider import make_criteria
from backend.matches.schemas import Arranging, Filters
from backend.models import Organisation, Solution
from backend.moderation.alike import is_copy, similarity
from backend.moderation.schemas import DuplicateOut
from backend.solutions.text import solution_text

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

NEAREST = 10
SHOWN = 5
SAME_PLACE_AT_MOST = 50


def find_duplicates(session: Session, matcher: "Matcher", solution: Solution) -> list[DuplicateOut]:
    """At most five, the most alike first: same title, or nearly the same text.

    Compared are the nearest in meaning among those published, those with the same title, and
    those of the same organisation (and so of the same SIREN), in any state but archived.
    """
    text = solution_text(solution)
    near = _nearest(session, matcher, text, solution.lang)
    found = [_compare(solution, text, other) for other in _candidates(session, solution, near)]
    alike = [one for one in found if one.same_title or _copies(solution, one)]
    return sorted(alike, key=lambda one: (-one.similarity, one.id))[:SHOWN]


def _copies(solution: Solution, other: DuplicateOut) -> bool:
    return is_copy(solution.title, other.title, other.similarity)


def _nearest(session: Session, matcher: "Matcher", text: str, lang: str) -> list[str]:
    criteria = make_criteria(Filters(), (), Arranging(group=False, newcomers=False))
    found = matcher.search(session, text, lang, "solution", criteria, NEAREST)
    return [match.id for match in found.matches]


def _candidates(session: Session, solution: Solution, near: list[str]) -> list[Solution]:
    alike = [Solution.id.in_(near), Solution.sort_title == solution.sort_title]
    if solution.organisation_id is not None:
        alike.append(Solution.organisation_id == solution.organisation_id)
    wanted = (
        select(Solution)
        .options(joinedload(Solution.organisation).load_only(Organisation.name))
        .where(or_(*alike), Solution.id != solution.id, Solution.status != "archived")
        .order_by(Solution.id.in_(near).desc(), Solution.id)
        .limit(NEAREST + SAME_PLACE_AT_MOST)
    )
    return list(session.scalars(wanted))


def _compare(solution: Solution, text: str, other: Solution) -> DuplicateOut:
    same_place = other.organisation_id == solution.organisation_id
    return DuplicateOut(
        id=other.id,
        title=other.title,
        lang=other.lang,
        status=other.status,
        organisation=other.organisation.name if other.organisation else None,
        same_title=other.sort_title == solution.sort_title,
        same_organisation=same_place and other.organisation_id is not None,
        similarity=round(similarity(text, solution_text(other)), 3),
    )
