"""Puts letters in the outbox, in the transaction of what they tell."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.database import insert_if_absent
from backend.ids import uuid7
from backend.mail.letters import Letter
from backend.mail.preferences import frequency_of
from backend.mail.schedule import Frequency, next_digest, rarer
from backend.models import Mail, Person
from backend.models.base import now


def post(
    session: Session,
    person: Person,
    letter: Letter,
    *,
    key: str | None = None,
    due_at: datetime | None = None,
    at_most: Frequency = "immediate",
) -> None:
    """Leave `letter` for `person`, as often as they want its kind. Inside a write transaction.

    `key` names what is told: a second letter with the same key is not kept, so that a repeat is
    harmless. `due_at`: not before that instant. `at_most`: no more often than that, whatever they
    wish. Nothing is kept for who does not want the kind.
    """
    frequency = rarer(frequency_of(session, person.id, letter.kind), at_most)
    if frequency == "never":
        return
    present = now()
    due = due_at or present
    row = {
        "id": uuid7(),
        "key": key,
        "person_id": person.id,
        "address": person.email,
        "kind": letter.kind,
        "lang": person.lang,
        "subject": letter.subject,
        "body": letter.body,
        "created_at": present,
        "due_at": due if frequency == "immediate" else next_digest(frequency, due),
        "attempts": 0,
        "frequency": frequency,
    }
    insert_if_absent(session, Mail, row)
