"""What the two sides write to each other, and what each has read."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.activity.service import record as trace
from backend.database import begin_write
from backend.introductions import notify
from backend.introductions.decisions import FINAL, OTHER
from backend.introductions.queries import get_introduction, lock_introduction
from backend.introductions.service import acting_side, see
from backend.models import Introduction, IntroductionMessage
from backend.models.base import now
from backend.problems import Problem


def write(
    session: Session, introduction_id: str, text: str, key: str | None, viewer: Viewer
) -> Introduction:
    """Write to the other side; the same `key` again writes nothing.

    Raises Problem 404, 409 once the introduction has ended.
    """
    begin_write(session)
    introduction = lock_introduction(session, introduction_id)
    side = acting_side(viewer, introduction)
    if key is not None and _written(session, introduction_id, key):
        return get_introduction(session, introduction_id)
    if introduction.status in FINAL:
        raise Problem(409, "conflict", "introduction-ended")
    message = IntroductionMessage(
        introduction_id=introduction_id,
        key=key,
        side=side,
        person_id=viewer.person_id,
        text=text,
        created_at=now(),
    )
    session.add(message)
    introduction.moved_at = message.created_at
    # Of a message, the trace keeps that it was written, never its words.
    trace(session, viewer.actor, "message", "introduction", introduction.id, {"side": side})
    session.flush()
    notify.tell_message(session, introduction, message)
    return get_introduction(session, introduction_id)


def read(session: Session, introduction_id: str, viewer: Viewer) -> Introduction:
    """Note that one's side has read what there is. Raises Problem 404."""
    begin_write(session)
    introduction = lock_introduction(session, introduction_id)
    side = acting_side(viewer, introduction)
    see(session, introduction, side, viewer)
    column = getattr(IntroductionMessage, f"{side}_read_at")
    session.execute(
        update(IntroductionMessage)
        .where(
            IntroductionMessage.introduction_id == introduction_id,
            IntroductionMessage.side == OTHER[side],
            column.is_(None),
        )
        .values({column: now()})
    )
    session.flush()
    return get_introduction(session, introduction_id)


def _written(session: Session, introduction_id: str, key: str) -> bool:
    known = select(IntroductionMessage.id).where(
        IntroductionMessage.introduction_id == introduction_id, IntroductionMessage.key == key
    )
    return session.scalar(known) is not None
