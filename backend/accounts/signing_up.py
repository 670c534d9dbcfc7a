"""Opening an account: asked for, then confirmed by whoever reads letters to the address."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts import letters
from backend.accounts.onetime import issue, use, void
from backend.accounts.passwords import hash_password
from backend.accounts.viewer import Role
from backend.activity.service import record
from backend.database import begin_write, insert_if_absent
from backend.ids import uuid7
from backend.mail.outbox import post
from backend.models import OneTimeLink, Person
from backend.models.base import now
from backend.organisations.members import join_or_register
from backend.organisations.schemas import OrganisationIn

# A second press of the button within this time sends no second letter.
SAME = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class SignUp:
    """What was asked for: an account, and perhaps a part in an organisation."""

    name: str
    email: str
    lang: str
    password: str | None = None
    role: Role | None = None
    organisation: OrganisationIn | None = None


def sign_up(session: Session, asked: SignUp) -> None:
    """Send a letter to the address: to confirm it, or to say that it has an account already.

    Whoever asks cannot tell which. The password and the organisation count once the address is
    confirmed, so that nobody prepares an account for somebody else.
    """
    hashed = hash_password(asked.password) if asked.password else None
    begin_write(session)
    person = _person(session, asked)
    if person.disabled_at is not None:
        return
    if person.email_confirmed_at is not None:
        day = now().date().isoformat()
        post(session, person, letters.already(person.lang), key=f"already:{person.id}:{day}")
        return
    detail = _detail(asked)
    if _asked_just_now(session, person.id, detail):
        return
    addressed = Person(id=person.id, email=person.email, lang=asked.lang)
    url = issue(session, addressed, "confirm", {**detail, "password_hash": hashed})
    post(session, addressed, letters.confirm(asked.lang, url))


def confirm(session: Session, secret: str) -> Person | None:
    """Open the account that a link confirms; None when the link no longer works."""
    begin_write(session)
    link = use(session, "confirm", secret)
    person = session.get(Person, link.person_id) if link else None
    if link is None or person is None or person.disabled_at is not None:
        return None
    detail, link.detail = link.detail, {}
    if person.email_confirmed_at is None:
        person.email_confirmed_at = now()
        person.name, person.lang = detail["name"], detail["lang"]
        person.password_hash = detail["password_hash"]
        record(session, person.id, "confirm", "person", person.id)
    void(session, person.id, "confirm")
    if detail["organisation"]:
        place = OrganisationIn.model_validate(detail["organisation"])
        join_or_register(session, person, place, detail["role"])
    return person


def _person(session: Session, asked: SignUp) -> Person:
    """The person of an address, made if absent, held until the end of the transaction."""
    row = {
        "id": uuid7(),
        "email": asked.email,
        "name": asked.name,
        "lang": asked.lang,
        "operator": False,
        "created_at": now(),
        "version": 1,
    }
    insert_if_absent(session, Person, row)
    return session.scalars(
        select(Person).where(Person.email == asked.email).with_for_update()
    ).one()


def _detail(asked: SignUp) -> dict[str, Any]:
    place = asked.organisation.model_dump(mode="json") if asked.organisation else None
    return {"name": asked.name, "lang": asked.lang, "role": asked.role, "organisation": place}


def _asked_just_now(session: Session, person_id: str, detail: dict[str, Any]) -> bool:
    rows = session.scalars(
        select(OneTimeLink.detail).where(
            OneTimeLink.person_id == person_id,
            OneTimeLink.purpose == "confirm",
            OneTimeLink.used_at.is_(None),
            OneTimeLink.created_at > now() - SAME,
        )
    )
    return any(detail.items() <= kept.items() for kept in rows)
