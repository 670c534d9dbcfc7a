"""The account of somebody whom a provider has recognised."""

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from backend.accounts.onetime import void
from backend.accounts.provider import Told
from backend.accounts.signing_in import find_reader
from backend.activity.service import record
from backend.database import begin_write
from backend.fields import Email, Name
from backend.models import Identity, Person
from backend.models.base import now

EMAIL = TypeAdapter[str](Email)
NAME = TypeAdapter[str](Name)


def account_of(session: Session, told: Told, lang: str) -> Person | None:
    """The person of an identity: the one it is linked to, else of the same address, else new.

    The address counts only when the provider has checked it: anyone may claim an address. None
    for an account that is closed, and for a new person without an address that was checked.
    """
    begin_write(session)
    linked = session.get(Identity, (told.issuer, told.subject))
    if linked is not None:
        known = session.get_one(Person, linked.person_id)
        return known if known.disabled_at is None else None
    email = _checked(EMAIL, told.email)
    if not email:
        return None
    person = find_reader(session, email)
    if person is not None and person.disabled_at is not None:
        return None
    if person is None:
        name = _checked(NAME, told.name) or email.partition("@")[0]
        person = Person(email=email, name=name, lang=lang)
        session.add(person)
        session.flush()
    if person.email_confirmed_at is None:
        person.email_confirmed_at = now()
        void(session, person.id, "confirm")
    session.add(Identity(issuer=told.issuer, subject=told.subject, person_id=person.id))
    record(session, person.id, "link_identity", "person", person.id)
    return person


def _checked(kind: TypeAdapter[str], value: str) -> str:
    try:
        return kind.validate_python(value)
    except ValidationError:
        return ""
