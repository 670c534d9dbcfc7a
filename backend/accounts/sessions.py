"""Sessions of browsers and keys of programs: opened, recognised, ended."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.accounts.secrets import hash_secret, new_secret
from backend.accounts.viewer import ANONYMOUS, Role, Viewer
from backend.models import ApiToken, Membership, Person, SignInSession
from backend.models.base import now

LIFETIME = timedelta(days=14)
IDLE = timedelta(days=3)
# How old the note of the last use may get: most requests then write nothing.
NOTED_EVERY = timedelta(hours=1)
KEY_PREFIX = "pat_"


def open_session(session: Session, person: Person, device: str = "") -> str:
    """Sign `person` in; the secret for their cookie. Inside a write transaction."""
    secret, present = new_secret(), now()
    # Sessions that expired are of no more use to anybody.
    old = delete(SignInSession).where(SignInSession.person_id == person.id)
    session.execute(old.where(SignInSession.expires_at < present))
    session.add(
        SignInSession(
            id=hash_secret(secret),
            person_id=person.id,
            device=device[:100],
            created_at=present,
            used_at=present,
            expires_at=present + LIFETIME,
        )
    )
    person.last_seen_at = present
    return secret


def end_session(session: Session, secret: str) -> None:
    """Sign out the browser that holds `secret`; a repeat is harmless."""
    ended = update(SignInSession).where(SignInSession.id == hash_secret(secret))
    session.execute(ended.where(SignInSession.revoked_at.is_(None)).values(revoked_at=now()))


def end_all(session: Session, person_id: str, *, but: str | None = None) -> None:
    """Sign a person out everywhere, save in the session with the id `but`."""
    ended = update(SignInSession).where(
        SignInSession.person_id == person_id, SignInSession.revoked_at.is_(None)
    )
    if but is not None:
        ended = ended.where(SignInSession.id != but)
    session.execute(ended.values(revoked_at=now()))


def recognise(session: Session, secret: str) -> tuple[Viewer, SignInSession | ApiToken | None]:
    """Who holds `secret`, and the session or key it is; nobody when it is not (or no longer) good.

    A session ends LIFETIME after signing in, or IDLE after its last use.
    """
    found = _token(session, secret) if secret.startswith(KEY_PREFIX) else _open(session, secret)
    person = session.get(Person, found.person_id) if found is not None else None
    if found is None or person is None or person.disabled_at is not None:
        return ANONYMOUS, None
    writes = not isinstance(found, ApiToken) or "write" in found.scopes
    return view(session, person, writes=writes), found


def view(session: Session, person: Person, *, writes: bool = True) -> Viewer:
    """A person as routes see them, with the organisations for which they act at present."""
    rows = session.execute(
        select(Membership.role, Membership.organisation_id).where(
            Membership.person_id == person.id, Membership.status == "active"
        )
    )
    pairs = (cast("tuple[Role, str]", (row.role, row.organisation_id)) for row in rows)
    return Viewer(person.id, person.operator, _by_role(pairs), writes)


def note_use(session: Session, found: SignInSession | ApiToken) -> None:
    """Note that a session or key was used; inside a write transaction of its own."""
    present = now()
    model: Any = type(found)
    session.execute(update(model).where(model.id == found.id).values(used_at=present))
    session.execute(update(Person).where(Person.id == found.person_id).values(last_seen_at=present))


def is_stale(found: SignInSession | ApiToken) -> bool:
    """Whether its last use was noted so long ago that it should be noted again."""
    return found.used_at is None or now() - found.used_at > NOTED_EVERY


def _by_role(rows: Iterable[tuple[Role, str]]) -> dict[Role, frozenset[str]]:
    found: defaultdict[Role, set[str]] = defaultdict(set)
    for role, organisation_id in rows:
        found[role].add(organisation_id)
    return {role: frozenset(ids) for role, ids in found.items()}


def _open(session: Session, secret: str) -> SignInSession | None:
    present = now()
    return session.scalars(
        select(SignInSession).where(
            SignInSession.id == hash_secret(secret),
            SignInSession.revoked_at.is_(None),
            SignInSession.expires_at > present,
            SignInSession.used_at > present - IDLE,
        )
    ).one_or_none()


def _token(session: Session, secret: str) -> ApiToken | None:
    return session.scalars(
        select(ApiToken).where(
            ApiToken.secret_hash == hash_secret(secret),
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > now(),
        )
    ).one_or_none()
