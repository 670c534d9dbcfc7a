"""Changes to one's own account."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.accounts import letters
from backend.accounts.onetime import issue, use, void
from backend.accounts.passwords import hash_password, is_right
from backend.accounts.sessions import end_all
from backend.accounts.throttle import admit, forget
from backend.activity.service import record
from backend.database import begin_write
from backend.mail.outbox import post
from backend.models import Person


def change_profile(
    session: Session, person_id: str, *, name: str | None, lang: str | None
) -> Person:
    """Change one's name or language; None leaves it."""
    begin_write(session)
    person = session.get_one(Person, person_id, populate_existing=True)
    changed = [
        field
        for field, value in (("name", name), ("lang", lang))
        if value is not None and value != getattr(person, field)
    ]
    person.name, person.lang = name or person.name, lang or person.lang
    if changed:
        person.version += 1
        record(session, person.id, "update", "person", person.id, {"fields": changed})
    return person


def knows_password(engine: Engine, person: Person, password: str) -> bool:
    """Whether whoever is signed in knows the account's password, if it has one.

    Raises Problem 429 after too many wrong guesses.
    """
    if person.password_hash is None:
        return True
    admit(engine, f"account:{person.email}")
    return is_right(password, person.password_hash)


def change_password(session: Session, person_id: str, password: str, here: str) -> None:
    """Keep a new password; every session but the one with the id `here` ends."""
    hashed = hash_password(password)
    begin_write(session)
    person = session.get_one(Person, person_id, populate_existing=True)
    person.password_hash = hashed
    end_all(session, person.id, but=here)
    void(session, person.id, "enter", "reset")
    forget(session, f"account:{person.email}")
    record(session, person.id, "change_password", "person", person.id)
    post(session, person, letters.password_changed(person.lang))


def ask_new_email(engine: Engine, session: Session, person_id: str, email: str) -> None:
    """Send a link to a new address; nothing changes until it is used. Raises Problem 429."""
    admit(engine, f"letters:{email}")
    begin_write(session)
    person = session.get_one(Person, person_id)
    void(session, person.id, "email")
    if _taken(session, email):
        return
    addressed = Person(id=person.id, email=email, lang=person.lang)
    url = issue(session, addressed, "email", {"email": email})
    post(session, addressed, letters.new_email(person.lang, url))


def confirm_new_email(session: Session, secret: str) -> Person | None:
    """Change the address that a link confirms; None when the link no longer works."""
    begin_write(session)
    link = use(session, "email", secret)
    person = session.get(Person, link.person_id) if link else None
    if link is None or person is None or person.disabled_at is not None:
        return None
    email = link.detail["email"]
    if _taken(session, email):
        return None
    post(session, person, letters.email_changed(person.lang, email))
    person.email = email
    person.version += 1
    void(session, person.id, "enter", "reset", "email")
    record(session, person.id, "change_email", "person", person.id)
    return person


def _taken(session: Session, email: str) -> bool:
    return session.scalar(select(Person.id).where(Person.email == email)) is not None
