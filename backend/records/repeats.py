"""A request that comes twice makes one record: a double click, or a lost answer asked for again."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.database import insert_if_absent
from backend.models import IdempotencyKey
from backend.models.base import now

KEPT = timedelta(days=7)


def claim(session: Session, viewer: Viewer, route: str, key: str, record_id: str) -> str:
    """The id of the record that this key stands for: `record_id` the first time it is seen.

    Inside a write transaction. Of two at once the second waits for the first to commit.
    """
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now() - KEPT))
    row = {
        "person_id": viewer.person_id,
        "route": route,
        "key": key,
        "record_id": record_id,
        "created_at": now(),
    }
    insert_if_absent(session, IdempotencyKey, row)
    held = select(IdempotencyKey.record_id).where(
        IdempotencyKey.person_id == viewer.person_id,
        IdempotencyKey.route == route,
        IdempotencyKey.key == key,
    )
    return session.scalars(held).one()
