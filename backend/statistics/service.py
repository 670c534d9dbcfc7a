"""Puts the figures of the dashboard together."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.matches import exposure
from backend.models import Exposure, Need, Organisation, Solution
from backend.statistics.funnel import read_funnel
from backend.statistics.schemas import ShownSolution, StatisticsOut
from backend.statistics.standing import looked_at
from backend.statistics.supply import by_place, by_theme

MOST_SHOWN = 20


def read_statistics(session: Session) -> StatisticsOut:
    """All figures, in a number of statements that does not grow with the records."""
    published = select(func.count()).where(Need.status == "published")
    number, since = looked_at(session)
    departements, solutions_anywhere, needs_anywhere = by_place(session)
    return StatisticsOut(
        themes=by_theme(session),
        departements=departements,
        solutions_anywhere=solutions_anywhere,
        needs_anywhere=needs_anywhere,
        needs_published=session.scalar(published) or 0,
        needs_looked_at=number,
        looked_at_since=since,
        funnel=read_funnel(session),
        exposure=exposure.report(session, "solution"),
        most_shown=_most_shown(session),
    )


def _most_shown(session: Session) -> list[ShownSolution]:
    lists = func.count(Exposure.subject_id)
    rows = session.execute(
        select(Solution.id, Solution.title, Organisation.name, lists)
        .join(Exposure, Exposure.record_id == Solution.id)
        .outerjoin(Organisation, Organisation.id == Solution.organisation_id)
        .where(Exposure.record_kind == "solution", Solution.status == "published")
        .group_by(Solution.id, Solution.title, Organisation.name)
        .order_by(lists.desc(), Solution.id)
        .limit(MOST_SHOWN)
    )
    return [
        ShownSolution(id=row[0], title=row[1], organisation=row[2], lists=row[3]) for row in rows
    ]
