"""The number of the last change, over all records."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.models import Counter

REVISION = "revision"


def next_revision(session: Session) -> int:
    """Take the next number, inside a write transaction.

    The counter's row stays locked until the commit, so numbers become visible in order: an
    index that has seen revision N never misses a smaller one committed later.
    """
    step = update(Counter).where(Counter.name == REVISION).values(value=Counter.value + 1)
    return session.execute(step.returning(Counter.value)).scalar_one()


def last_revision(session: Session) -> int:
    """The number of the last committed change; 0 when there was none."""
    return session.scalars(select(Counter.value).where(Counter.name == REVISION)).one()
