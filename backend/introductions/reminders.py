"""What time brings about: reminders, the question of what came of it, the end of what stands still.

Every letter has a key, so that running this again sends nothing twice.
"""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from backend.database import writing
from backend.introductions import letters
from backend.introductions.decisions import (
    REMINDERS,
    SIDES,
    asks_outcome,
    awaited,
    expires,
    reminder,
)
from backend.introductions.letters import Told
from backend.introductions.notify import tell
from backend.introductions.queries import named
from backend.introductions.service import expire
from backend.introductions.sides import consented
from backend.mail.letters import Letter
from backend.models import Introduction, Mail, Person


def settle(engine: Engine, at: datetime) -> tuple[int, int]:
    """Do all of it in one transaction: how many letters were written, how many ended."""
    with writing(engine) as session:
        expired = expire_still(session, at)
        return due_reminders(session, at), expired


class Hourly:
    """`settle`, once an hour at most: what it waits for takes days."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._next: datetime | None = None

    def __call__(self, at: datetime) -> bool:
        """Whether it was due, and was done."""
        if self._next is not None and at < self._next:
            return False
        settle(self._engine, at)
        self._next = at + timedelta(hours=1)
        return True


def due_reminders(session: Session, at: datetime) -> int:
    """Post what is due at `at`; how many letters that made. Inside a write transaction."""
    before = _letters(session)
    for introduction in _open(session, at):
        _remind(session, introduction, at)
        _ask_outcome(session, introduction, at)
    return _letters(session) - before


def expire_still(session: Session, at: datetime) -> int:
    """End what has stood still too long; how many. Inside a write transaction."""
    still = [row for row in _open(session, at) if expires(row.status, row.moved_at, at)]
    for introduction in still:
        expire(session, introduction, at)
    session.flush()
    return len(still)


def _remind(session: Session, introduction: Introduction, at: datetime) -> None:
    # Seeing it is no answer: what was asked for waits since it was asked.
    started = introduction.status in {"contacted", "seen"}
    since = introduction.created_at if started else introduction.status_at
    number = reminder(since, at)
    if number is None:
        return

    def write(person: Person, told: Told) -> Letter:
        last: Literal[1, 2] = 2 if number == 2 else 1
        return letters.reminder(person, told, last)

    for side in sorted(awaited(introduction.status, consented(introduction))):
        tell(session, introduction, side, write, f"reminder-{number}")


def _ask_outcome(session: Session, introduction: Introduction, at: datetime) -> None:
    for side in SIDES:
        said = getattr(introduction, f"{side}_outcome") is not None
        if asks_outcome(introduction.status, introduction.status_at, said, at):
            tell(session, introduction, side, letters.ask_outcome, "outcome")


def _open(session: Session, at: datetime) -> list[Introduction]:
    """Those that are open and so old that something may be due."""
    old = Introduction.created_at <= at - REMINDERS[0]
    return list(session.scalars(named().where(Introduction.ended_at.is_(None), old)))


def _letters(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Mail)) or 0
