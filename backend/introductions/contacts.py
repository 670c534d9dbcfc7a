"""Whom each side of an introduction reaches."""

from sqlalchemy.orm import Session

from backend.introductions.decisions import Side
from backend.introductions.schemas import ContactOut
from backend.models import Introduction, Organisation, Person
from backend.models.solution import Solution


def contact(session: Session, introduction: Introduction, side: Side) -> ContactOut:
    """The contact of a side: who consented for it, unless the solution names somebody."""
    solution = introduction.solution
    if side == "leader" and (solution.contact_email or solution.contact_phone):
        return _of_solution(solution)
    person_id = getattr(introduction, f"{side}_person_id")
    person = session.get(Person, person_id) if person_id else None
    place = introduction.need.organisation if side == "authority" else solution.organisation
    return _of_person(person, place)


def would_show(
    session: Session, introduction: Introduction, side: Side, person_id: str
) -> ContactOut:
    """What consenting now would show of this person's side."""
    solution = introduction.solution
    if side == "leader" and (solution.contact_email or solution.contact_phone):
        return _of_solution(solution)
    place = introduction.need.organisation if side == "authority" else solution.organisation
    return _of_person(session.get(Person, person_id), place)


def _of_solution(solution: Solution) -> ContactOut:
    return ContactOut(
        name=solution.contact_name,
        organisation=solution.organisation.name if solution.organisation else None,
        email=solution.contact_email,
        phone=solution.contact_phone,
    )


def _of_person(person: Person | None, place: Organisation | None) -> ContactOut:
    return ContactOut(
        name=person.name if person else None,
        organisation=place.name if place else None,
        email=person.email if person else None,
        phone=None,
    )
