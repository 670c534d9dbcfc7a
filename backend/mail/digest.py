"""Gathers what waits for the day's or the week's letter into one letter a person."""

from collections.abc import Sequence

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from backend.database import writing
from backend.ids import uuid7
from backend.mail.frame import digest_body, digest_subject
from backend.models import Mail, Person
from backend.models.base import now


def gather_due(engine: Engine) -> int:
    """Write the letters of the day and the week that are due; how many."""
    count = 0
    while _gather_one(engine):
        count += 1
    return count


def _gather_one(engine: Engine) -> bool:
    """One letter of whoever has waited longest, in a transaction of its own."""
    with writing(engine) as session:
        person_id = session.scalars(
            _due().with_only_columns(Mail.person_id).order_by(Mail.due_at, Mail.id).limit(1)
        ).one_or_none()
        if person_id is None:
            return False
        # Who gathers for a person holds their row: another process finds nothing left to gather.
        person = session.get_one(Person, person_id, with_for_update=True)
        waiting = session.scalars(
            _due().where(Mail.person_id == person_id).order_by(Mail.kind, Mail.created_at, Mail.id)
        ).all()
        if waiting:
            _write(session, person, waiting)
        return True


def _due() -> Select[Mail]:
    return select(Mail).where(
        Mail.frequency != "immediate",
        Mail.digest_id.is_(None),
        Mail.person_id.is_not(None),
        Mail.due_at <= now(),
    )


def _write(session: Session, person: Person, waiting: Sequence[Mail]) -> None:
    present, frequency = now(), "daily"
    if all(mail.frequency == "weekly" for mail in waiting):
        frequency = "weekly"
    alone = waiting[0] if len(waiting) == 1 else None
    letter = Mail(
        id=uuid7(),
        person_id=person.id,
        address=person.email,
        kind="digest",
        lang=alone.lang if alone else person.lang,
        subject=alone.subject if alone else digest_subject(person.lang, len(waiting), frequency),
        body=alone.body if alone else digest_body([(one.subject, one.body) for one in waiting]),
        created_at=present,
        due_at=present,
    )
    session.add(letter)
    for mail in waiting:
        mail.digest_id = letter.id
    session.flush()
