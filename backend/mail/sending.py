"""Sends what is due: claimed, handed over, and marked, each in a transaction of its own.

No letter is claimed by two processes. It is marked right after the server has accepted it; should
the process die between the two, it is sent again with the same Message-ID once the claim is old.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine, or_, select, update
from sqlalchemy.orm import Session

from backend.database import writing
from backend.mail.frame import one_line
from backend.mail.message import Outgoing, compose
from backend.mail.schedule import DELAYS, next_attempt
from backend.mail.smtp import Outcome, Postman
from backend.mail.unsubscribe import make_link
from backend.models import Mail, Person
from backend.models.base import now
from backend.settings import Settings

logger = logging.getLogger(__name__)
# Longer than any dialogue with a server: an older claim is that of a process that died.
CLAIM = timedelta(minutes=15)
MOST_ATTEMPTS = len(DELAYS) + 1
LONGEST_REASON = 500


def send_due(
    engine: Engine, settings: Settings, stopping: Callable[[], bool] = lambda: False
) -> Counter[str]:
    """Send every letter that is due; how many were "sent", "refused", "failed", "unreachable".

    Ends at once when the server cannot be reached: the others keep their attempts.
    """
    done: Counter[str] = Counter()
    with Postman(settings) as postman:
        while not stopping() and (letter := claim(engine)) is not None:
            outcome = _deliver(postman, letter, settings)
            settle(engine, letter.id, outcome)
            done[outcome.state] += 1
            if outcome.state == "unreachable":
                logger.warning("letters wait: the mail server cannot be used: %s", outcome.why)
                break
    return done


def claim(engine: Engine) -> Outgoing | None:
    """Take the letter that has been due longest; None when there is none."""
    with writing(engine) as session:
        while (mail := _next(session)) is not None:
            person = session.get(Person, mail.person_id) if mail.person_id else None
            why = _obstacle(mail, person)
            if why is None:
                return _taken(session, mail, person)
            mail.given_up_at, mail.last_error = now(), why
            session.flush()
    return None


def settle(engine: Engine, mail_id: str, outcome: Outcome) -> None:
    """Mark what became of a letter that was claimed."""
    present = now()
    with writing(engine) as session:
        if outcome.state == "sent":
            told = update(Mail).where(Mail.id == mail_id)
            session.execute(told.values(sent_at=present, last_error=None))
            return
        mail = session.get(Mail, mail_id, with_for_update=True)
        if mail is None:
            # Deleted with its person while the server was asked.
            return
        again = None if outcome.state == "refused" else next_attempt(mail.attempts, present)
        mail.claimed_at, mail.last_error = None, one_line(outcome.why)[:LONGEST_REASON]
        mail.due_at = again or mail.due_at
        mail.given_up_at = None if again else present


def _deliver(postman: Postman, letter: Outgoing, settings: Settings) -> Outcome:
    try:
        message = compose(letter, settings)
    except ValueError as error:
        return Outcome("refused", f"{type(error).__name__}: {error}")
    return postman.deliver(message)


def _next(session: Session) -> Mail | None:
    present = now()
    free = or_(
        Mail.claimed_at.is_(None),
        Mail.claimed_at < present - CLAIM,
        # The clock was set back since: nobody holds a claim of the future.
        Mail.claimed_at > present + CLAIM,
    )
    wanted = (
        select(Mail)
        .where(
            Mail.frequency == "immediate",
            Mail.sent_at.is_(None),
            Mail.given_up_at.is_(None),
            Mail.due_at <= present,
            free,
        )
        .order_by(Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(wanted).one_or_none()


def _obstacle(mail: Mail, person: Person | None) -> str | None:
    """Why a letter is not to be sent at all."""
    if person is not None and person.disabled_at is not None:
        return "disabled"
    if mail.attempts >= MOST_ATTEMPTS:
        return "interrupted"
    return None


def _taken(session: Session, mail: Mail, person: Person | None) -> Outgoing:
    mail.claimed_at, mail.attempts = now(), mail.attempts + 1
    if mail.kind != "account" and mail.person_id and mail.unsubscribe is None:
        mail.unsubscribe = make_link(session, mail.person_id, _kinds(session, mail), mail.lang)
    session.commit()
    return Outgoing(
        id=mail.id,
        address=mail.address,
        # A name that nobody has confirmed may be anybody's words to a stranger.
        name=person.name if person and person.email_confirmed_at else "",
        kind=mail.kind,
        lang=mail.lang,
        subject=mail.subject,
        body=mail.body,
        unsubscribe=mail.unsubscribe,
        created_at=mail.created_at,
    )


def _kinds(session: Session, mail: Mail) -> list[str]:
    if mail.kind != "digest":
        return [mail.kind]
    held = select(Mail.kind).where(Mail.digest_id == mail.id).distinct()
    return list(session.scalars(held))
