"""How often a person wants letters of each kind."""

from collections.abc import Iterable, Mapping
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend.mail.letters import KINDS, Kind
from backend.mail.schedule import DEFAULTS, Frequency
from backend.models import Mail, Subscription


def frequencies(session: Session, person_id: str) -> dict[Kind, Frequency]:
    """The frequency of every kind: the chosen one, or the one that is usual."""
    wanted = select(Subscription.kind, Subscription.frequency).where(
        Subscription.person_id == person_id
    )
    chosen = {row.kind: row.frequency for row in session.execute(wanted)}
    return {kind: cast("Frequency", chosen.get(kind, DEFAULTS[kind])) for kind in KINDS}


def frequency_of(session: Session, person_id: str, kind: str) -> Frequency:
    """How often a person wants letters of a kind; "account" is always sent."""
    if kind not in KINDS:
        return "immediate"
    return frequencies(session, person_id)[kind]


def choose(session: Session, person_id: str, chosen: Mapping[Kind, Frequency]) -> None:
    """Keep what a person wants; what waits of a kind that is stopped is not sent any more.

    Inside a write transaction.
    """
    for kind, frequency in chosen.items():
        session.merge(Subscription(person_id=person_id, kind=kind, frequency=frequency))
    _drop_waiting(session, person_id, [kind for kind in chosen if chosen[kind] == "never"])
    session.flush()


def _drop_waiting(session: Session, person_id: str, kinds: Iterable[Kind]) -> None:
    session.execute(
        delete(Mail).where(
            Mail.person_id == person_id,
            Mail.kind.in_(list(kinds)),
            Mail.sent_at.is_(None),
            Mail.given_up_at.is_(None),
            Mail.digest_id.is_(None),
        )
    )
