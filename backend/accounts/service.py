"""One's own account: who one is, where one is signed in, one's keys."""

import re
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.schemas import (
    BelongingOut,
    Me,
    PersonOut,
    SessionOut,
    TokenIn,
    TokenMade,
    TokenOut,
)
from backend.accounts.secrets import hash_secret, new_secret
from backend.accounts.sessions import IDLE, KEY_PREFIX
from backend.accounts.viewer import Viewer
from backend.activity.service import record
from backend.database import begin_write
from backend.ids import is_id
from backend.models import ApiToken, Membership, Organisation, Person, SignInSession
from backend.models.base import now
from backend.problems import not_found
from backend.settings import get_settings


def show_me(session: Session, viewer: Viewer) -> Me:
    """Who is asking, and for whom they act or ask to act."""
    person = session.get(Person, viewer.person_id) if viewer.person_id else None
    if person is None:
        return Me(person=None, belongings=[], demo=get_settings().demo)
    rows = session.execute(
        select(Membership.organisation_id, Organisation.name, Membership.role, Membership.status)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person.id)
        .order_by(Organisation.sort_name, Membership.role)
    )
    names = ("organisation_id", "organisation_name", "role", "status")
    belongings = [BelongingOut.model_validate(dict(zip(names, row, strict=True))) for row in rows]
    shown = PersonOut.model_validate(person)
    return Me(person=shown, belongings=belongings, demo=get_settings().demo)


def list_sessions(session: Session, viewer: Viewer, current: str | None) -> list[SessionOut]:
    """Where the viewer is signed in, the last used first; `current` is the secret in use."""
    present = now()
    rows = session.scalars(
        select(SignInSession)
        .where(
            SignInSession.person_id == viewer.person_id,
            SignInSession.revoked_at.is_(None),
            SignInSession.expires_at > present,
            SignInSession.used_at > present - IDLE,
        )
        .order_by(SignInSession.used_at.desc(), SignInSession.id)
    )
    here = hash_secret(current) if current else None
    return [
        SessionOut(
            id=row.id,
            device=row.device,
            created_at=row.created_at,
            used_at=row.used_at,
            expires_at=row.expires_at,
            current=row.id == here,
        )
        for row in rows
    ]


def end_own_session(session: Session, session_id: str, viewer: Viewer) -> None:
    """Sign the viewer out of one browser; a repeat is harmless. Raises Problem 404."""
    begin_write(session)
    known = re.fullmatch("[0-9a-f]{64}", session_id)
    found = session.get(SignInSession, session_id) if known else None
    if found is None or found.person_id != viewer.person_id:
        raise not_found("session", session_id)
    if found.revoked_at is None:
        found.revoked_at = now()


def list_tokens(session: Session, viewer: Viewer) -> list[TokenOut]:
    """The viewer's keys that still open something, the newest first."""
    rows = session.scalars(
        select(ApiToken)
        .where(
            ApiToken.person_id == viewer.person_id,
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > now(),
        )
        .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
    )
    return [TokenOut.model_validate(row) for row in rows]


def make_token(session: Session, data: TokenIn, viewer: Viewer) -> TokenMade:
    """Make a key; its secret is shown in this answer only."""
    begin_write(session)
    secret = KEY_PREFIX + new_secret()
    token = ApiToken(
        secret_hash=hash_secret(secret),
        person_id=viewer.person_id,
        name=data.name,
        scopes=sorted(set(data.scopes)),
        expires_at=now() + timedelta(days=data.days),
    )
    session.add(token)
    session.flush()
    record(session, viewer.actor, "create", "token", token.id, {"scopes": token.scopes})
    return TokenMade(**TokenOut.model_validate(token).model_dump(), secret=secret)


def revoke_token(session: Session, token_id: str, viewer: Viewer) -> None:
    """End one of the viewer's keys; a repeat is harmless. Raises Problem 404."""
    begin_write(session)
    token = session.get(ApiToken, token_id) if is_id(token_id) else None
    if token is None or token.person_id != viewer.person_id:
        raise not_found("token", token_id)
    if token.revoked_at is None:
        token.revoked_at = now()
        record(session, viewer.actor, "revoke", "token", token.id)
