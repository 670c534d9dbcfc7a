"""Proving who one is: by password, or by a letter to one's address."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.accounts import letters
from backend.accounts.onetime import Purpose, find, issue, use, void
from backend.accounts.passwords import hash_password, is_right
from backend.accounts.sessions import end_all
from backend.accounts.throttle import admit, forget, take_back
from backend.activity.service import record
from backend.database import begin_write
from backend.mail.outbox import post
from backend.models import Person
from backend.models.base import now


def by_password(
    engine: Engine, session: Session, email: str, password: str, address: str
) -> Person | None:
    """The person with this address (e-mail) and password, None when there is none.

    `address` is that of their machine. The answer and the time it takes do not tell whether the
    account exists.

    Raises Problem 429 after too many wrong guesses for the account or from the machine.
    """
    account, machine = f"account:{email}", f"machine:{address}"
    admit(engine, account, machine)
    person = find_person(session, email)
    if not is_right(password, person.password_hash if person else None):
        return None
    begin_write(session)
    forget(session, account)
    take_back(session, machine)
    return find_person(session, email)


def find_person(session: Session, email: str) -> Person | None:
    """Who has this address confirmed and may sign in."""
    wanted = select(Person).where(
        Person.email == email,
        Person.disabled_at.is_(None),
        Person.email_confirmed_at.is_not(None),
    )
    return session.scalars(wanted).one_or_none()


def send_entry(engine: Engine, session: Session, email: str) -> None:
    """Send the link that signs in, if the address has an account. Raises Problem 429."""
    _bounded(engine, email)
    begin_write(session)
    if person := _reader(session, email):
        post(session, person, letters.enter(person.lang, issue(session, person, "enter")))


def enter(session: Session, secret: str) -> Person | None:
    """Whom a link signs in; None when it no longer works.

    Whoever reads letters to an address has confirmed it.
    """
    begin_write(session)
    person = _used(session, "enter", secret)
    if person is not None and person.email_confirmed_at is None:
        person.email_confirmed_at = now()
        void(session, person.id, "confirm")
    return person


def send_reset(engine: Engine, session: Session, email: str) -> None:
    """Send the link for a new password, if the address has an account. Raises Problem 429."""
    _bounded(engine, email)
    begin_write(session)
    if person := _reader(session, email):
        post(session, person, letters.reset(person.lang, issue(session, person, "reset")))


def reset(session: Session, secret: str, password: str) -> Person | None:
    """Give the person of a link a new password and end their sessions.

    None when the link no longer works.
    """
    if find(session, "reset", secret) is None:
        return None
    hashed = hash_password(password)
    begin_write(session)
    person = _used(session, "reset", secret)
    if person is None:
        return None
    person.password_hash = hashed
    person.email_confirmed_at = person.email_confirmed_at or now()
    end_all(session, person.id)
    void(session, person.id, "confirm", "enter", "reset", "email")
    forget(session, f"account:{person.email}")
    record(session, person.id, "reset_password", "person", person.id)
    post(session, person, letters.password_changed(person.lang))
    return person


def _used(session: Session, purpose: Purpose, secret: str) -> Person | None:
    link = use(session, purpose, secret)
    person = session.get(Person, link.person_id) if link else None
    return person if person is not None and person.disabled_at is None else None


def find_reader(session: Session, email: str) -> Person | None:
    """Whose address this is, whether it is confirmed and the account open or not."""
    return session.scalars(select(Person).where(Person.email == email)).one_or_none()


def _reader(session: Session, email: str) -> Person | None:
    person = find_reader(session, email)
    return person if person is not None and person.disabled_at is None else None


def _bounded(engine: Engine, email: str) -> None:
    """A mailbox is not to be filled by whoever knows its name."""
    admit(engine, f"letters:{email}")
