"""Registers organisations and finds them again."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Role, Viewer
from backend.activity.service import record
from backend.database import begin_write
from backend.folding import fold
from backend.ids import is_id
from backend.models import Membership, Organisation
from backend.organisations.schemas import (
    OrganisationIn,
    OrganisationNew,
    OrganisationOut,
    OrganisationPage,
    OrganisationQuery,
    OrganisationRef,
)
from backend.problems import InvalidField, Problem, not_found
from backend.records.paging import Order, fetch_page
from backend.territories.service import check_codes

BY_NAME = {"name": Order(Organisation.sort_name, Organisation.id, descending=False)}


def create_organisation(session: Session, data: OrganisationNew, viewer: Viewer) -> Organisation:
    """Register an organisation, with the viewer in it when they name a role.

    Raises Problem 409 when its SIREN or its name is known, 422 for its place.
    """
    check_codes(session, "territory", [data.territory])
    begin_write(session)
    if data.siren and by_siren(session, data.siren):
        raise Problem(409, "conflict", "duplicate", what="SIREN", value=data.siren)
    refuse_namesake(session, data)
    made = add_organisation(session, data, viewer.actor)
    if data.role is not None:
        let_in(session, viewer, made.id, data.role)
    return made


def get_organisation(session: Session, organisation_id: str) -> Organisation:
    """The organisation of that id. Raises Problem 404."""
    found = session.get(Organisation, organisation_id) if is_id(organisation_id) else None
    if found is None:
        raise not_found("organisation", organisation_id)
    return found


def check_organisation(session: Session, organisation_id: str | None) -> None:
    """Raise InvalidField (422) when a record names an organisation that does not exist."""
    if organisation_id is None:
        return
    if not is_id(organisation_id) or session.get(Organisation, organisation_id) is None:
        raise InvalidField("organisation_id", "unknown_organisation", value=organisation_id)


def list_organisations(session: Session, query: OrganisationQuery) -> OrganisationPage:
    """The organisations that meet the filters, by name, a page at a time."""
    statement = select(Organisation)
    if query.kind:
        statement = statement.where(Organisation.kind.in_(query.kind))
    words = fold(query.q)
    if words:
        named = Organisation.sort_name.contains(words, autoescape=True)
        statement = statement.where(or_(named, Organisation.siren == words.replace(" ", "")))
    page = fetch_page(session, statement, BY_NAME, "name", query.limit, query.cursor)
    items = [OrganisationOut.model_validate(row) for row in page.rows]
    return OrganisationPage(items=items, next_cursor=page.next_cursor, total=page.total)


def reference(organisation: Organisation | None) -> OrganisationRef | None:
    """What a record shows of its organisation, whose place must be loaded."""
    if organisation is None:
        return None
    return OrganisationRef(
        id=organisation.id,
        name=organisation.name,
        kind=organisation.kind,
        territory=organisation.territory,
        territory_name=organisation.place.name if organisation.place else None,
    )


def by_siren(session: Session, siren: str) -> Organisation | None:
    """The organisation of that SIREN, if it is registered."""
    return session.scalars(select(Organisation).where(Organisation.siren == siren)).one_or_none()


def refuse_namesake(session: Session, data: OrganisationIn) -> None:
    """Raise Problem 409 when one of the same name is known and no SIREN tells the two apart."""
    same = select(Organisation).where(Organisation.sort_name == fold(data.name)[:200])
    if data.siren:
        same = same.where(Organisation.siren.is_(None))
    found = session.scalars(same.order_by(Organisation.id).limit(1)).one_or_none()
    if found is not None:
        raise Problem(409, "conflict", "same-name", name=found.name)


def let_in(session: Session, viewer: Viewer, organisation_id: str, role: Role) -> None:
    """Give the viewer a role in an organisation that they have just registered."""
    session.add(
        Membership(
            person_id=viewer.person_id, organisation_id=organisation_id, role=role, status="active"
        )
    )
    session.flush()


def add_organisation(session: Session, data: OrganisationIn, actor: str) -> Organisation:
    """Write a new organisation. Inside a write transaction."""
    organisation = Organisation(**data.model_dump(exclude={"role"}))
    session.add(organisation)
    session.flush()
    record(session, actor, "create", "organisation", organisation.id)
    return organisation
