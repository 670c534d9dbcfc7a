"""From a match to a deal, and how long the other side takes to answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.models import Exposure, Introduction, IntroductionEvent, IntroductionMessage
from backend.statistics.schemas import Funnel

# Reading is no answer, and nobody answers by letting time pass.
NO_ANSWERS: Final = ("seen", "expired")
REACHED: Final = {
    "met": ("met", "pilot", "deal"),
    "pilots": ("pilot", "deal"),
    "deals": ("deal",),
}


def read_funnel(session: Session) -> Funnel:
    """How many pairs of a need and a solution came how far, by all introductions so far."""
    waits = _waits(session)
    listed = select(func.count(Introduction.id)).where(Introduction.snapshot_id.is_not(None))
    return Funnel(
        shown=session.scalar(select(func.count()).select_from(Exposure)) or 0,
        introductions=session.scalar(select(func.count(Introduction.id))) or 0,
        from_lists=session.scalar(listed) or 0,
        answered=len(waits),
        median_hours=median_hours(waits),
        **{name: _reached(session, states) for name, states in REACHED.items()},
    )


def median_hours(waits: Iterable[timedelta]) -> float | None:
    """The median of waits in hours, to one decimal; None without any."""
    hours = [wait.total_seconds() / 3600 for wait in waits]
    return round(median(hours), 1) if hours else None


def _reached(session: Session, states: tuple[str, ...]) -> int:
    """Introductions that were in one of the states at any time."""
    wanted = select(func.count(IntroductionEvent.introduction_id.distinct()))
    return session.scalar(wanted.where(IntroductionEvent.to_status.in_(states))) or 0


def _waits(session: Session) -> list[timedelta]:
    """How long the other side of each answered introduction took to say anything."""
    moves = (
        select(Introduction.id, Introduction.created_at, func.min(IntroductionEvent.at))
        .join(IntroductionEvent, IntroductionEvent.introduction_id == Introduction.id)
        .where(
            IntroductionEvent.side != Introduction.started_by,
            IntroductionEvent.to_status.not_in(NO_ANSWERS),
        )
    )
    messages = (
        select(Introduction.id, Introduction.created_at, func.min(IntroductionMessage.created_at))
        .join(IntroductionMessage, IntroductionMessage.introduction_id == Introduction.id)
        .where(IntroductionMessage.side != Introduction.started_by)
    )
    first: dict[str, tuple[datetime, datetime]] = {}
    for wanted in (moves, messages):
        grouped = wanted.group_by(Introduction.id, Introduction.created_at)
        for introduction_id, start, answer in session.execute(grouped):
            known = first.get(introduction_id, (start, answer))
            first[introduction_id] = (start, min(known[1], answer))
    return [answer - start for start, answer in first.values()]
