"""What the staff of authorities see of each of their needs at a glance; nothing is ranked."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.models import Need, ShortlistEntry, Snapshot
from backend.shortlists.schemas import Desk, NeedFigures

MOST = 200


def show_desk(session: Session, viewer: Viewer) -> Desk:
    """Figures of the needs of one's organisations, the last changed first; three statements.

    Candidates are those of the last list that was shown for a need: none where none was.
    """
    held = viewer.organisations("authority_staff")
    own = select(Need.id).where(Need.organisation_id.in_(held), Need.status != "archived")
    ids = list(session.scalars(own.order_by(Need.updated_at.desc(), Need.id).limit(MOST)))
    lists, entries = _last_lists(session, ids), _entries(session, ids)
    return Desk(needs={one: _figures(lists.get(one), entries.get(one, [])) for one in ids})


def _figures(last: Snapshot | None, decisions: Sequence[str | None]) -> NeedFigures:
    bands = Counter(result["band"] for result in last.payload.get("results", ())) if last else None
    return NeedFigures(
        candidates=dict(bands) if bands is not None else None,
        listed_at=last.created_at if last else None,
        shortlisted=len(decisions),
        kept=decisions.count("kept"),
    )


def _last_lists(session: Session, ids: Sequence[str]) -> dict[str, Snapshot]:
    latest = (
        select(Snapshot.subject_id, func.max(Snapshot.created_at).label("at"))
        .where(Snapshot.subject_id.in_(ids))
        .group_by(Snapshot.subject_id)
        .subquery()
    )
    wanted = select(Snapshot).join(
        latest,
        (Snapshot.subject_id == latest.c.subject_id) & (Snapshot.created_at == latest.c.at),
    )
    return {row.subject_id: row for row in session.scalars(wanted.order_by(Snapshot.id))}


def _entries(session: Session, ids: Sequence[str]) -> dict[str, list[str | None]]:
    found: dict[str, list[str | None]] = {}
    columns = select(ShortlistEntry.need_id, ShortlistEntry.decision)
    for need_id, decision in session.execute(columns.where(ShortlistEntry.need_id.in_(ids))):
        found.setdefault(need_id, []).append(decision)
    return found
