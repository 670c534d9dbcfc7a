"""Says of a need that no solution here suits it, and takes that back."""

from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.activity.service import record as trace
from backend.database import begin_write
from backend.models import Need
from backend.models.base import now
from backend.needs.schemas import NeedOut, UnansweredIn
from backend.needs.service import get_need
from backend.problems import Problem
from backend.records.queries import get_record


def declare(session: Session, need_id: str, data: UnansweredIn, viewer: Viewer) -> NeedOut:
    """The need is from now on shown as unanswered; the same again changes nothing.

    Raises Problem 404, 409 for a need that is not published.
    """
    begin_write(session)
    need = get_record(session, Need, need_id, lock=True)
    if need.status != "published":
        raise Problem(409, "conflict", "not-published")
    if (need.unanswered_reason, need.unanswered_note) != (data.reason, data.note):
        need.unanswered_at = need.unanswered_at or now()
        need.unanswered_reason, need.unanswered_note = data.reason, data.note
        trace(session, viewer.actor, "unanswered", "need", need.id, {"reason": data.reason})
        session.flush()
    return get_need(session, need_id, viewer)


def take_back(session: Session, need_id: str, viewer: Viewer) -> NeedOut:
    """The need is no longer shown as unanswered; a repeat is harmless. Raises Problem 404."""
    begin_write(session)
    need = get_record(session, Need, need_id, lock=True)
    if need.unanswered_at is not None:
        need.unanswered_at = need.unanswered_reason = need.unanswered_note = None
        trace(session, viewer.actor, "answered", "need", need.id)
        session.flush()
    return get_need(session, need_id, viewer)
