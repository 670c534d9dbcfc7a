"""The fictional people of the demonstration, one a role, entered without a password."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Role
from backend.database import insert_if_absent
from backend.ids import uuid7
from backend.models import Membership, Need, Organisation, Person, Solution
from backend.models.base import now

SOURCE = "demo"
RECORDS = 3


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody who does not exist; `role` None: an operator."""

    name: str
    email: str
    role: Role | None


# Nobody can have an address under .example (RFC 2606).
PEOPLE: Mapping[str, Character] = {
    "leader": Character("Léa Passemer", "lea.passemer@demo.example", "project_leader"),
    "staff": Character("Amadou Rivedroite", "amadou.rivedroite@demo.example", "authority_staff"),
    "organiser": Character("Maïwenn Pontarel", "maiwenn.pontarel@demo.example", "event_organiser"),
    "operator": Character("Odile Garde-Fou", "odile.gardefou@demo.example", None),
}
ORGANISER_PLACE = {"name": "Réseau fictif des intercommunalités", "kind": "association"}


def add_people(session: Session) -> None:
    """The people, each in organisations of the demo records; a repeat changes nothing.

    Inside a write transaction.
    """
    for character in PEOPLE.values():
        _add(session, character)
    for key, model in (("leader", Solution), ("staff", Need)):
        _let_in(session, PEOPLE[key], _places(session, model))
    _let_in(session, PEOPLE["organiser"], [_organiser_place(session)])


def find_character(session: Session, key: str) -> Person | None:
    """The person of that key, once `passerelle demo` has made them."""
    character = PEOPLE.get(key)
    if character is None:
        return None
    return session.scalars(select(Person).where(Person.email == character.email)).one_or_none()


def has_real_operator(session: Session) -> bool:
    """Whether somebody who is not one of these people runs the site."""
    fictional = [character.email for character in PEOPLE.values()]
    real = select(Person.id).where(
        Person.operator, Person.disabled_at.is_(None), Person.email.not_in(fictional)
    )
    return session.scalar(real.limit(1)) is not None


def _add(session: Session, character: Character) -> None:
    present = now()
    row = {
        "id": uuid7(),
        "email": character.email,
        "name": character.name,
        "lang": "fr",
        "email_confirmed_at": present,
        "operator": character.role is None,
        "created_at": present,
        "version": 1,
    }
    insert_if_absent(session, Person, row)


def _places(session: Session, model: type[Solution | Need]) -> list[str]:
    """The organisations of the first demo records."""
    wanted = select(model.organisation_id).where(
        model.source == SOURCE, model.organisation_id.is_not(None)
    )
    found = session.scalars(wanted.order_by(model.external_id).limit(RECORDS))
    return [str(organisation_id) for organisation_id in found]


def _organiser_place(session: Session) -> str:
    name = ORGANISER_PLACE["name"]
    wanted = select(Organisation).where(Organisation.name == name).order_by(Organisation.id)
    found = session.scalars(wanted.limit(1)).one_or_none()
    if found is None:
        found = Organisation(**ORGANISER_PLACE)
        session.add(found)
        session.flush()
    return found.id


def _let_in(session: Session, character: Character, places: list[str]) -> None:
    person_id = session.scalars(select(Person.id).where(Person.email == character.email)).one()
    held = session.scalar(select(Membership.role).where(Membership.person_id == person_id).limit(1))
    if held is not None:
        return
    for organisation_id in dict.fromkeys(places):
        row = {
            "person_id": person_id,
            "organisation_id": organisation_id,
            "role": character.role,
            "status": "active",
            "created_at": now(),
        }
        insert_if_absent(session, Membership, row)
