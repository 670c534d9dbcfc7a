"""Puts letters in the outbox, in the transaction of what they tell."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.database import insert_if_absent
from backend.ids import uuid7
from backend.mail.letters import Letter
from backend.models import Mail, Person
from backend.models.base import now


def post(
    session: Session,
    person: Person,
    letter: Letter,
    *,
    key: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Leave `letter` for `person`. Inside a write transaction.

    `key` names what is told: a second letter with the same key is not kept, so that a repeat is
    harmless.
    """
    present = now()
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
        "due_at": due_at or present,
        "attempts": 0,
    }
    insert_if_absent(session, Mail, row)
