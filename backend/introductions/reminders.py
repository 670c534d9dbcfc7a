"""What time brings about: reminders, the question of what came of it, the end of what stands still.

Every letter has a key, so that running this again sends nothing twice.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.introductions import letters
from backend.introductions.decisions import SIDES, asks_outcome, awaited, expires, reminder
from backend.introductions.letters import Told
from backend.introductions.notify import tell
from backend.introductions.queries import named
from backend.introductions.service import expire
from backend.introductions.sides import consented
from backend.mail.letters import Letter
from backend.models import Introduction, Mail, Person


def due_reminders(session: Session, at: datetime) -> int:
    """Post what is due at `at`; how many letters that made. Inside a write transaction."""
    before = _letters(session)
    for introduction in _open(session):
        _remind(session, introduction, at)
        _ask_outcome(session, introduction, at)
    return _letters(session) - before


def expire_still(session: Session, at: datetime) -> int:
    """End what has stood still too long; how many. Inside a write transaction."""
    still = [row for row in _open(session) if expires(row.status, row.moved_at, at)]
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


def _open(session: Session) -> Iterator[Introduction]:
    rows = session.scalars(named().where(Introduction.ended_at.is_(None)))
    yield from rows.all()


def _letters(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Mail)) or 0
