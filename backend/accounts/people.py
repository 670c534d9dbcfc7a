"""The people of an organisation."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Role
from backend.models import Membership, Person


def members(session: Session, organisation_id: str, role: Role | None = None) -> list[Person]:
    """Who holds `role` (any, unless given) there at present, the oldest account first."""
    held = select(Membership.person_id).where(
        Membership.organisation_id == organisation_id, Membership.status == "active"
    )
    if role is not None:
        held = held.where(Membership.role == role)
    wanted = select(Person).where(Person.id.in_(held), Person.disabled_at.is_(None))
    return list(session.scalars(wanted.order_by(Person.id)))
