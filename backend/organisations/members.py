"""Who belongs to an organisation: asked, accepted, refused, left."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.people import members
from backend.accounts.viewer import Role, Viewer
from backend.activity.service import record
from backend.database import begin_write, insert_if_absent
from backend.folding import fold
from backend.mail.letters import Letter
from backend.mail.outbox import post
from backend.models import Membership, Organisation, Person
from backend.models.base import now
from backend.organisations import letters
from backend.organisations.schemas import MemberOut, OrganisationIn
from backend.organisations.service import add_organisation, by_siren
from backend.problems import not_found

MOST_TOLD = 20
MOST_SHOWN = 500


def find_same(session: Session, name: str, siren: str | None) -> Organisation | None:
    """The organisation registered already under this SIREN, or else under this name.

    Two of the same name with two SIRENs are two.
    """
    known = by_siren(session, siren) if siren else None
    if known is not None:
        return known
    wanted = select(Organisation).where(Organisation.sort_name == fold(name)[:200])
    if siren:
        wanted = wanted.where(Organisation.siren.is_(None))
    return session.scalars(wanted.order_by(Organisation.id).limit(1)).one_or_none()


def join_or_register(
    session: Session, person: Person, data: OrganisationIn, role: Role
) -> Membership:
    """Ask to join the organisation that `data` describes; register it if nobody has.

    Who registers an organisation is its first member. Inside a write transaction.
    """
    known = find_same(session, data.name, data.siren)
    if known is not None:
        return ask(session, person, known, role)
    made = add_organisation(session, data, person.id)
    return _belong(session, person.id, made.id, role, "active")


def ask(session: Session, person: Person, organisation: Organisation, role: Role) -> Membership:
    """Ask the members of an organisation, or the operators of one without, to be let in.

    Asking again changes nothing; they are told once a day at most. Inside a write transaction.
    """
    found = session.get(Membership, (person.id, organisation.id, role))
    if found is not None:
        return found
    made = _belong(session, person.id, organisation.id, role, "requested")
    record(session, person.id, "ask", "membership", organisation.id, {"role": role})
    day = now().date().isoformat()
    for reader in _gatekeepers(session, organisation.id):
        letter = letters.asked(
            reader.lang, person.name, _domain(person), organisation.name, organisation.id
        )
        key = f"ask:{organisation.id}:{person.id}:{role}:{day}:{reader.id}"
        post(session, reader, letter, key=key)
    return made


def accept(
    session: Session, organisation_id: str, person_id: str, role: Role, viewer: Viewer
) -> Membership:
    """Let somebody in who asked; a repeat is harmless. Raises Problem 404."""
    begin_write(session)
    found = _membership(session, organisation_id, person_id, role)
    if found.status != "active":
        found.status = "active"
        detail = {"person": person_id, "role": role}
        record(session, viewer.actor, "accept", "membership", organisation_id, detail)
        person, place = _both(session, found)
        post(session, person, letters.accepted(person.lang, place.name))
    return found


def remove(
    session: Session, organisation_id: str, person_id: str, role: Role, viewer: Viewer
) -> None:
    """Refuse somebody who asked, or end their part. Raises Problem 404."""
    begin_write(session)
    found = _membership(session, organisation_id, person_id, role)
    person, place = _both(session, found)
    _end(session, found, viewer)
    if person.id != viewer.person_id:
        post(session, person, _farewell(found.status, person.lang, place.name))


def leave(session: Session, organisation_id: str, viewer: Viewer) -> None:
    """End the viewer's own part in an organisation, or take back the request to join.

    Raises Problem 404 when they have none.
    """
    begin_write(session)
    wanted = select(Membership).where(
        Membership.person_id == viewer.person_id, Membership.organisation_id == organisation_id
    )
    found = session.scalars(wanted).all()
    if not found:
        raise not_found("membership", organisation_id)
    for membership in found:
        _end(session, membership, viewer)


def list_people(session: Session, organisation_id: str) -> list[MemberOut]:
    """Who belongs to an organisation or asks to: requests first, then by name; MOST_SHOWN."""
    rows = session.execute(
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, Person.disabled_at.is_(None))
        .order_by(Membership.status.desc(), Person.name, Person.id, Membership.role)
        .limit(MOST_SHOWN)
    )
    return [_shown(membership, person) for membership, person in rows]


def shown(session: Session, membership: Membership) -> MemberOut:
    """A membership with the person's name."""
    return _shown(membership, session.get_one(Person, membership.person_id))


def _shown(membership: Membership, person: Person) -> MemberOut:
    return MemberOut.model_validate(
        {
            "person_id": membership.person_id,
            "name": person.name,
            "email_domain": _domain(person),
            "role": membership.role,
            "status": membership.status,
            "created_at": membership.created_at,
        }
    )


def _domain(person: Person) -> str:
    """What follows the @: enough to tell a colleague from a stranger of the same name."""
    return person.email.partition("@")[2]


def _farewell(status: str, lang: str, name: str) -> Letter:
    write = letters.refused if status == "requested" else letters.removed
    return write(lang, name)


def _end(session: Session, membership: Membership, viewer: Viewer) -> None:
    verb = "refuse" if membership.status == "requested" else "remove"
    detail = {"person": membership.person_id, "role": membership.role}
    record(session, viewer.actor, verb, "membership", membership.organisation_id, detail)
    session.delete(membership)
    session.flush()


def _belong(
    session: Session, person_id: str, organisation_id: str, role: Role, status: str
) -> Membership:
    row = {
        "person_id": person_id,
        "organisation_id": organisation_id,
        "role": role,
        "status": status,
        "created_at": now(),
    }
    insert_if_absent(session, Membership, row)
    return session.get_one(Membership, (person_id, organisation_id, role))


def _gatekeepers(session: Session, organisation_id: str) -> Iterable[Person]:
    found = members(session, organisation_id)
    if found:
        return found[:MOST_TOLD]
    operators = select(Person).where(Person.operator, Person.disabled_at.is_(None))
    return session.scalars(operators.order_by(Person.id).limit(MOST_TOLD)).all()


def _membership(session: Session, organisation_id: str, person_id: str, role: Role) -> Membership:
    found = session.get(Membership, (person_id, organisation_id, role), with_for_update=True)
    if found is None:
        raise not_found("membership", person_id)
    return found


def _both(session: Session, membership: Membership) -> tuple[Person, Organisation]:
    person = session.get_one(Person, membership.person_id)
    return person, session.get_one(Organisation, membership.organisation_id)
