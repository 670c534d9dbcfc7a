"""Finds people and what they ask for."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from backend.accounts.schemas import BelongingOut
from backend.models import Membership, Organisation, Person
from backend.people.schemas import AccountOut, PeoplePage, PeopleQuery, RequestOut
from backend.records.paging import Order, fetch_page

BY_ADDRESS = {"email": Order(Person.email, Person.id, descending=False)}
MOST_REQUESTS = 100


def list_people(session: Session, query: PeopleQuery) -> PeoplePage:
    """The people who meet all filters, by address, a page at a time."""
    page = fetch_page(session, _wanted(query), BY_ADDRESS, "email", query.limit, query.cursor)
    items = show_accounts(session, page.rows)
    return PeoplePage(items=items, next_cursor=page.next_cursor, total=page.total)


def show_accounts(session: Session, people: Sequence[Person]) -> list[AccountOut]:
    """Accounts with the organisations they act for; one query for all."""
    held = _belongings(session, [person.id for person in people])
    return [
        AccountOut(
            id=person.id,
            name=person.name,
            email=person.email,
            lang=person.lang,
            operator=person.operator,
            confirmed=person.email_confirmed_at is not None,
            disabled=person.disabled_at is not None,
            created_at=person.created_at,
            last_seen_at=person.last_seen_at,
            version=person.version,
            belongings=held.get(person.id, []),
        )
        for person in people
    ]


def list_requests(session: Session) -> list[RequestOut]:
    """Who asks to act for which organisation, those who wait longest first; a hundred at most."""
    other = aliased(Membership)
    members = (
        select(func.count(other.person_id.distinct()))
        .where(other.organisation_id == Membership.organisation_id, other.status == "active")
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Membership.person_id,
            Person.name,
            Person.email,
            Membership.organisation_id,
            Organisation.name.label("organisation_name"),
            Membership.role,
            Membership.created_at,
            members.label("members"),
        )
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.status == "requested", Person.disabled_at.is_(None))
        .order_by(Membership.created_at, Membership.person_id, Membership.role)
        .limit(MOST_REQUESTS)
    )
    return [RequestOut.model_validate(dict(row)) for row in rows.mappings()]


def _wanted(query: PeopleQuery) -> Select[Any]:
    wanted = select(Person)
    if query.q:
        found = (
            column.icontains(query.q, autoescape=True) for column in (Person.name, Person.email)
        )
        wanted = wanted.where(or_(*found))
    if query.role == "operator":
        wanted = wanted.where(Person.operator)
    elif query.role:
        held = select(Membership.person_id).where(
            Membership.role == query.role, Membership.status == "active"
        )
        wanted = wanted.where(Person.id.in_(held))
    if query.state == "disabled":
        return wanted.where(Person.disabled_at.is_not(None))
    if query.state == "unconfirmed":
        return wanted.where(Person.email_confirmed_at.is_(None))
    return wanted.where(Person.disabled_at.is_(None)) if query.state == "active" else wanted


def _belongings(session: Session, ids: Sequence[str]) -> dict[str, list[BelongingOut]]:
    rows = session.execute(
        select(
            Membership.person_id,
            Membership.organisation_id,
            Organisation.name.label("organisation_name"),
            Membership.role,
            Membership.status,
        )
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id.in_(ids))
        .order_by(Organisation.sort_name, Membership.role)
    )
    found: defaultdict[str, list[BelongingOut]] = defaultdict(list)
    for row in rows.mappings():
        found[row["person_id"]].append(BelongingOut.model_validate(dict(row)))
    return found
