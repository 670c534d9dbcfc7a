"""Takes the words out of letters that have done their work: people's data is not kept for long."""

from datetime import timedelta

from sqlalchemy import Engine, and_, exists, or_, select, update

from backend.database import reading, writing
from backend.models import Mail
from backend.models.base import now

KEPT = timedelta(days=30)


def forget_old(engine: Engine) -> None:
    """Empty the letters sent, given up or gathered more than 30 days ago.

    That they were sent, to whom and when stays, and so does what keeps them from being told twice.
    """
    before = now() - KEPT
    done = or_(
        Mail.sent_at < before,
        Mail.given_up_at < before,
        and_(Mail.digest_id.is_not(None), Mail.due_at < before),
    )
    old = and_(Mail.body != "", done)
    with reading(engine) as session:
        if not session.scalar(select(exists().where(old))):
            return
    with writing(engine) as session:
        session.execute(update(Mail).where(old).values(subject="", body="", unsubscribe=None))
