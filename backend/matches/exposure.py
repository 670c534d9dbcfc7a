"""Who has been shown to whom: what newcomers are told by, and how evenly places are given."""

from collections.abc import Mapping, Sequence
from itertools import chain
from math import ceil
from typing import Any, Literal

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from backend.database import insert_if_absent
from backend.matches.schemas import ExposureOut
from backend.models import Exposure, Need, Solution
from backend.models.base import now

Kind = Literal["solution", "need"]


def never_shown(
    session: Session, kind: Kind, ids: Sequence[str], *, subject_id: str
) -> frozenset[str]:
    """Those of `ids` that no list has shown, the lists of `subject_id` set aside.

    Its own lists do not count, so that looking at one twice shows the same twice.
    """
    elsewhere = select(Exposure.record_id).where(
        Exposure.record_kind == kind,
        Exposure.record_id.in_(ids),
        Exposure.subject_id != subject_id,
    )
    return frozenset(ids) - frozenset(session.scalars(elsewhere))


def note(session: Session, kind: Kind, ids: Sequence[str], subject_id: str) -> None:
    """Note that records were shown in the list of a subject, inside a write transaction.

    In the order of their ids: two transactions that note the same rows in two orders would wait
    for each other.
    """
    at = now()
    rows = [
        {"record_kind": kind, "record_id": record, "subject_id": subject_id, "shown_at": at}
        for record in sorted(set(ids))
    ]
    if rows:
        insert_if_absent(session, Exposure, *rows)


def report(session: Session, kind: Kind) -> ExposureOut:
    """How evenly the published records of a kind have been shown."""
    held = _histogram(session, kind)
    return ExposureOut(
        kind="solutions" if kind == "solution" else "needs",
        published=sum(held.values()),
        never_shown=held.get(0, 0),
        lists=_lists(session, kind),
        gini=gini(held),
        top_decile_share=top_share(held, 0.1),
    )


def _histogram(session: Session, kind: Kind) -> dict[int, int]:
    """How many published records were shown in n lists, by n."""
    model: Any = Solution if kind == "solution" else Need
    same = and_(Exposure.record_kind == kind, Exposure.record_id == model.id)
    shown = (
        select(func.count(Exposure.subject_id).label("lists"))
        .select_from(model)
        .outerjoin(Exposure, same)
        .where(model.status == "published")
        .group_by(model.id)
        .subquery()
    )
    counted = select(shown.c.lists, func.count()).group_by(shown.c.lists)
    return {row[0]: row[1] for row in session.execute(counted)}


def _lists(session: Session, kind: Kind) -> int:
    subjects = func.count(Exposure.subject_id.distinct())
    return session.scalars(select(subjects).where(Exposure.record_kind == kind)).one()


def gini(held: Mapping[int, int]) -> float | None:
    """Gini coefficient of a histogram {showings: records}; None when nothing was shown.

    0 when all are shown as often, near 1 when one takes everything:
    G = 2 sum_i i x_i / (n sum x) - (n + 1) / n, with x ascending and i from 1 (Gini 1912, in the
    form of Dorfman 1979).
    """
    counts = _ascending(held)
    total, size = sum(counts), len(counts)
    if not total:
        return None
    weighted = sum(place * count for place, count in enumerate(counts, start=1))
    return round(2 * weighted / (size * total) - (size + 1) / size, 4)


def top_share(held: Mapping[int, int], part: float) -> float | None:
    """The share (0-1) of all showings that went to the most shown `part` of the records.

    The number of these is rounded up; None when nothing was shown.
    """
    counts = _ascending(held)
    total = sum(counts)
    return round(sum(counts[-ceil(part * len(counts)) :]) / total, 4) if total else None


def _ascending(held: Mapping[int, int]) -> list[int]:
    return list(chain.from_iterable([lists] * held[lists] for lists in sorted(held)))
