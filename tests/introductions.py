"""Two sides that are brought together, and what is kept of it, for tests."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from backend.folding import fold
from backend.models import (
    Consortium,
    ConsortiumMember,
    Introduction,
    IntroductionEvent,
    IntroductionMessage,
    Need,
    Organisation,
    Person,
    ReferenceRequest,
    Solution,
)
from tests.factories import make_member, make_need, make_organisation, make_solution


@dataclass(frozen=True)
class Sides:
    """A need and a solution with a person and an organisation each."""

    need: Need
    solution: Solution
    city: Organisation
    company: Organisation
    staff: Person
    leader: Person


def make_sides(session: Session, **need: Any) -> Sides:
    """Both sides, published; the caller commits."""
    city = make_organisation(session, name="Ville de Lunel", territory="commune:34145")
    company = make_organisation(session, name="Fuites et Cie", kind="startup")
    return Sides(
        make_need(session, organisation_id=city.id, perimeters=["commune:34145"], **need),
        make_solution(
            session,
            organisation_id=company.id,
            contact_name="Ada Leroy",
            contact_email="ada@fuites.example",
            contact_phone="04 67 00 00 00",
        ),
        city,
        company,
        make_member(session, city, "authority_staff", name="Samia Agent", lang="fr"),
        make_member(session, company, "project_leader", name="Léo Porteur", lang="en"),
    )


def make_introduction(
    session: Session, need: Need, solution: Solution, **values: Any
) -> Introduction:
    """An introduction that an authority asked for, with its event; the caller commits."""
    made = Introduction(
        **{
            "need_id": need.id,
            "solution_id": solution.id,
            "status": "contacted",
            "started_by": "authority",
            **values,
        }
    )
    session.add(made)
    session.flush()
    session.add(IntroductionEvent(introduction_id=made.id, to_status=made.status, side="authority"))
    session.flush()
    return made


def make_message(
    session: Session, introduction: Introduction, side: str, text: str = "Bonjour"
) -> IntroductionMessage:
    """A message of a side; the caller commits."""
    made = IntroductionMessage(introduction_id=introduction.id, side=side, text=text)
    session.add(made)
    session.flush()
    return made


def make_consortium(session: Session, need: Need, lead: Solution, *others: Solution) -> Consortium:
    """A joint answer with its invited solutions; the caller commits."""
    made = Consortium(need_id=need.id, lead_solution_id=lead.id)
    session.add(made)
    session.flush()
    for other in others:
        session.add(ConsortiumMember(consortium_id=made.id, solution_id=other.id))
    session.flush()
    return made


def make_reference_request(
    session: Session, solution: Solution, client: Organisation, **values: Any
) -> ReferenceRequest:
    """A client that is asked to confirm; the caller commits."""
    made = ReferenceRequest(
        **{
            "solution_id": solution.id,
            "organisation_id": client.id,
            "name": client.name,
            "folded_name": fold(client.name),
            **values,
        }
    )
    session.add(made)
    session.flush()
    return made
