"""Links that work once, sent by mail: made, looked at, used."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.accounts.secrets import hash_secret, new_secret
from backend.models import OneTimeLink, Person
from backend.models.base import now
from backend.settings import get_settings

Purpose = Literal["confirm", "enter", "reset", "email"]
LIFETIMES: Mapping[Purpose, timedelta] = {
    "confirm": timedelta(hours=24),
    "enter": timedelta(minutes=15),
    "reset": timedelta(hours=1),
    "email": timedelta(hours=24),
}


def issue(
    session: Session, person: Person, purpose: Purpose, detail: dict[str, Any] | None = None
) -> str:
    """Make a link for `person`; its address. Inside a write transaction."""
    secret, present = new_secret(), now()
    session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.person_id == person.id, OneTimeLink.expires_at < present
        )
    )
    session.add(
        OneTimeLink(
            id=hash_secret(secret),
            person_id=person.id,
            purpose=purpose,
            detail=detail or {},
            created_at=present,
            expires_at=present + LIFETIMES[purpose],
        )
    )
    session.flush()
    base = get_settings().public_url.rstrip("/")
    return f"{base}/account/links/{purpose}/{secret}?lang={person.lang}"


def find(session: Session, purpose: Purpose, secret: str) -> OneTimeLink | None:
    """The link, while it still works; looking at it does not use it up."""
    wanted = select(OneTimeLink).where(
        OneTimeLink.id == hash_secret(secret),
        OneTimeLink.purpose == purpose,
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > now(),
    )
    return session.scalars(wanted).one_or_none()


def use(session: Session, purpose: Purpose, secret: str) -> OneTimeLink | None:
    """The link, used up by this; None when it no longer works. Inside a write transaction.

    Of two who use it at once, one gets it.
    """
    present = now()
    claim = update(OneTimeLink).where(
        OneTimeLink.id == hash_secret(secret),
        OneTimeLink.purpose == purpose,
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > present,
    )
    found = session.scalar(claim.values(used_at=present).returning(OneTimeLink.id))
    return session.get_one(OneTimeLink, found, populate_existing=True) if found else None


def void(session: Session, person_id: str, *purposes: Purpose) -> None:
    """End the links of a person that are not used yet. Inside a write transaction."""
    ended = update(OneTimeLink).where(
        OneTimeLink.person_id == person_id,
        OneTimeLink.purpose.in_(purposes),
        OneTimeLink.used_at.is_(None),
    )
    session.execute(ended.values(used_at=now(), detail={}))
