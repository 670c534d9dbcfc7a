"""Looks for the best answer to each need, a bounded number at a time.

Ranking ten thousand needs takes minutes, so the dashboard reads what was last found. A pass looks
at the needs never looked at, then at those that changed since, then at those looked at longest ago.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from backend.database import begin_write
from backend.matches.provider import make_criteria
from backend.matches.schemas import Arranging, Filters
from backend.models import Need, NeedStanding
from backend.models.base import now
from backend.statistics.schemas import LookedAt

if TYPE_CHECKING:
    from backend.matches.matcher import Match, Matcher

AT_ONCE: Final = 50


def look_at_needs(session: Session, matcher: "Matcher", most: int = AT_ONCE) -> LookedAt:
    """Find the best answer to `most` needs that have waited longest, and keep its band."""
    criteria = make_criteria(Filters(), (), Arranging(newcomers=False))
    at = now()
    found = {
        need.id: _band(matcher.match_need(session, need, criteria, 1).matches)
        for need in _longest_waiting(session, most)
    }
    begin_write(session)
    # A need may have left the database meanwhile.
    present = session.scalars(select(Need.id).where(Need.id.in_(found)).order_by(Need.id))
    for need_id in present:
        _keep(session, need_id, found[need_id], at)
    session.flush()
    return LookedAt(looked_at=len(found), waiting=waiting(session))


def waiting(session: Session) -> int:
    """How many published needs were never looked at, or changed since."""
    return session.scalar(_waiting_needs(func.count(Need.id))) or 0


def looked_at(session: Session) -> tuple[int, datetime | None]:
    """How many published needs were looked at, and the earliest time at which one was."""
    row = session.execute(
        select(func.count(), func.min(NeedStanding.at))
        .select_from(NeedStanding)
        .join(Need, Need.id == NeedStanding.need_id)
        .where(Need.status == "published")
    ).one()
    return row[0], row[1]


def _waiting_needs(what: Any) -> Select[Any]:
    return (
        select(what)
        .select_from(Need)
        .outerjoin(NeedStanding, NeedStanding.need_id == Need.id)
        .where(Need.status == "published")
        .where(or_(NeedStanding.at.is_(None), NeedStanding.at < Need.updated_at))
    )


def _longest_waiting(session: Session, most: int) -> list[Need]:
    wanted = (
        select(Need)
        .outerjoin(NeedStanding, NeedStanding.need_id == Need.id)
        .where(Need.status == "published")
        .order_by(
            NeedStanding.at.is_not(None),
            NeedStanding.at >= Need.updated_at,
            NeedStanding.at,
            Need.id,
        )
        .limit(most)
    )
    return list(session.scalars(wanted))


def _band(matches: "list[Match]") -> str:
    return matches[0].band if matches else "none"


def _keep(session: Session, need_id: str, band: str, at: datetime) -> None:
    row = session.get(NeedStanding, need_id)
    if row is None:
        session.add(NeedStanding(need_id=need_id, band=band, at=at))
    else:
        row.band, row.at = band, at
