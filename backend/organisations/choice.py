"""For which organisation somebody registers a record."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Role, Viewer
from backend.folding import fold
from backend.models import Organisation
from backend.organisations.schemas import OrganisationIn
from backend.organisations.service import add_organisation, by_siren, let_in, refuse_namesake
from backend.problems import InvalidField, Problem


def organisation_for(session: Session, data: Any, viewer: Viewer, role: Role) -> str | None:
    """The id of the organisation that `data` names or describes, else the viewer's only one.

    An organisation that nobody has registered yet is registered, and the viewer is in it. Inside
    a write transaction.

    Raises Problem 403 for an organisation in which the viewer does not hold `role`, InvalidField
    (422) when it cannot be told which one is meant.
    """
    if data.organisation is not None:
        return _described(session, data.organisation, viewer, role)
    if data.organisation_id is not None:
        return _held(viewer, data.organisation_id, role)
    if viewer.operator:
        return None
    held = viewer.organisations(role)
    if len(held) != 1:
        raise InvalidField("organisation_id", "which_organisation")
    return next(iter(held))


def _described(session: Session, data: OrganisationIn, viewer: Viewer, role: Role) -> str:
    known = by_siren(session, data.siren) if data.siren else None
    known = known or _own_by_name(session, data, viewer, role)
    if known is not None:
        return _held(viewer, known.id, role)
    if not viewer.operator:
        refuse_namesake(session, data)
    made = add_organisation(session, data, viewer.actor)
    if not viewer.operator:
        let_in(session, viewer, made.id, role)
    return made.id


def _held(viewer: Viewer, organisation_id: str, role: Role) -> str:
    if not viewer.operator and not viewer.acts_for(organisation_id, role):
        raise Problem(403, "forbidden", "not-a-member")
    return organisation_id


def _own_by_name(
    session: Session, data: OrganisationIn, viewer: Viewer, role: Role
) -> Organisation | None:
    """One of the viewer's own that has this name: typing it again makes no second one."""
    held = viewer.organisations(role)
    rows = session.scalars(select(Organisation).where(Organisation.id.in_(held)))
    return next((row for row in rows if fold(row.name) == fold(data.name)), None)
