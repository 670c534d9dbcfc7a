"""Registers organisations and finds them again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.activity.service import record
from backend.database import begin_write
from backend.folding import fold
from backend.ids import is_id
from backend.models import Organisation
from backend.organisations.schemas import (
    OrganisationIn,
    OrganisationOut,
    OrganisationPage,
    OrganisationQuery,
    OrganisationRef,
)
from backend.problems import InvalidField, Problem, not_found
from backend.records.paging import Order, fetch_page
from backend.territories.service import check_codes

BY_NAME = {"name": Order(Organisation.sort_name, Organisation.id, descending=False)}


def create_organisation(session: Session, data: OrganisationIn, viewer: Viewer) -> Organisation:
    """Register an organisation. Raises Problem 409 when its SIREN is known, 422 for its place."""
    check_codes(session, "territory", [data.territory])
    begin_write(session)
    if data.siren and by_siren(session, data.siren):
        raise Problem(409, "conflict", "duplicate", what="SIREN", value=data.siren)
    return add_organisation(session, data, viewer.actor)


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
        statement = statement.where(Organisation.sort_name.contains(words, autoescape=True))
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


def add_organisation(session: Session, data: OrganisationIn, actor: str) -> Organisation:
    """Write a new organisation. Inside a write transaction."""
    organisation = Organisation(**data.model_dump())
    session.add(organisation)
    session.flush()
    record(session, actor, "create", "organisation", organisation.id)
    return organisation
