"""Bounds how often something is tried, counted in the database: several processes share it."""

import hashlib
from datetime import timedelta

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from backend.database import insert_if_absent, writing
from backend.models import Attempt
from backend.models.base import now
from backend.problems import Problem

LIMIT = 10
WINDOW = timedelta(minutes=15)


def admit(engine: Engine, *names: str) -> None:
    """Count one attempt under each name, in a transaction of its own.

    It is counted before it is made: of attempts made at once, no more than LIMIT get through.

    Raises Problem 429 when one of the names has had LIMIT attempts within WINDOW; then none is
    counted.
    """
    present = now()
    since = (present - WINDOW).timestamp()
    with writing(engine) as session:
        rows = [_locked(session, key) for key in sorted(map(_key, names))]
        recent = [[time for time in row.times if time > since] for row in rows]
        if any(len(times) >= LIMIT for times in recent):
            raise _too_many()
        for row, times in zip(rows, recent, strict=True):
            row.times, row.last_at = [*times, present.timestamp()], present
    with writing(engine) as session:
        _forget_old(session)


def take_back(session: Session, *names: str) -> None:
    """Forget the last attempt under each name: it was a right one. Inside a write transaction."""
    for key in sorted(map(_key, names)):
        row = _locked(session, key)
        row.times = row.times[:-1]


def forget(session: Session, name: str) -> None:
    """Forget all attempts under a name. Inside a write transaction."""
    _locked(session, _key(name)).times = []


def _locked(session: Session, key: str) -> Attempt:
    """The row of a key, made if absent, held until the end of the transaction."""
    insert_if_absent(session, Attempt, {"key": key, "times": [], "last_at": now()})
    wanted = select(Attempt).where(Attempt.key == key).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def _forget_old(session: Session) -> None:
    """Delete rows that no longer count; those in use are left to the next time."""
    old = select(Attempt.key).where(Attempt.last_at < now() - WINDOW)
    keys = session.scalars(old.limit(100).with_for_update(skip_locked=True)).all()
    if keys:
        session.execute(delete(Attempt).where(Attempt.key.in_(keys)))


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _too_many() -> Problem:
    seconds = int(WINDOW.total_seconds())
    return Problem(
        429, "too-many", "too-many", headers={"Retry-After": str(seconds)}, minutes=seconds // 60
    )
