"""Links in letters that stop their kinds without signing in."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.secrets import hash_secret, new_secret
from backend.activity.service import record
from backend.mail.letters import KINDS, Kind
from backend.mail.preferences import choose, frequencies
from backend.models import Person, UnsubscribeLink
from backend.settings import get_settings

PATH = "/account/unsubscribe"


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """Who would stop what; `stopped` when it is so already."""

    person_id: str
    lang: str
    kinds: tuple[Kind, ...]
    stopped: bool


def make_link(session: Session, person_id: str, kinds: Iterable[str], lang: str) -> str:
    """The address that stops `kinds` for a person. Inside a write transaction."""
    secret = new_secret()
    link = UnsubscribeLink(id=hash_secret(secret), person_id=person_id, kinds=sorted(set(kinds)))
    session.add(link)
    session.flush()
    return f"{get_settings().public_url.rstrip('/')}{PATH}/{secret}?lang={lang}"


def look_up(session: Session, secret: str) -> Unsubscription | None:
    """What the link with this secret stops; None when there is no such link."""
    wanted = (
        select(UnsubscribeLink.person_id, UnsubscribeLink.kinds, Person.lang)
        .join(Person, Person.id == UnsubscribeLink.person_id)
        .where(UnsubscribeLink.id == hash_secret(secret))
    )
    row = session.execute(wanted).one_or_none()
    if row is None:
        return None
    kinds = tuple(kind for kind in KINDS if kind in row.kinds)
    present = frequencies(session, row.person_id)
    stopped = all(present[kind] == "never" for kind in kinds)
    return Unsubscription(row.person_id, row.lang, kinds, stopped)


def stop(session: Session, secret: str) -> Unsubscription | None:
    """Stop them; a repeat is harmless. Inside a write transaction."""
    found = look_up(session, secret)
    if found is not None and not found.stopped:
        choose(session, found.person_id, dict.fromkeys(found.kinds, "never"))
        told = {"kinds": list(found.kinds)}
        record(session, found.person_id, "unsubscribe", "person", found.person_id, told)
    return found
