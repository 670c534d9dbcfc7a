"""Who is told of what happens in an introduction: the people of the other side."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from backend.accounts.people import members
from backend.introductions import letters
from backend.introductions.decisions import OTHER, Side
from backend.introductions.letters import Told
from backend.introductions.sides import names_authority
from backend.mail.letters import Letter
from backend.mail.outbox import post
from backend.models import Introduction, IntroductionEvent, IntroductionMessage, Person

# What nobody needs a letter about.
QUIET = frozenset({"seen", "expired"})


def tell_start(session: Session, introduction: Introduction) -> None:
    """The other side hears of a new introduction; a refusal of what nobody asked for is silent."""
    if introduction.ended_at is not None:
        return
    asked = introduction.started_by == "authority"
    write = letters.asked if asked else letters.offered
    tell(session, introduction, "leader" if asked else "authority", write, "new")


def tell_move(session: Session, introduction: Introduction, event: IntroductionEvent) -> None:
    """The other side hears of a new status."""
    if event.to_status in QUIET or event.side is None:
        return
    other: Side = "leader" if event.side == "authority" else "authority"
    if event.to_status == "in_progress" and event.from_status != "unreachable":
        for side in OTHER:
            tell(session, introduction, side, letters.in_touch, "in-touch")
        return

    def write(person: Person, told: Told) -> Letter:
        return letters.moved(person, told, event.to_status)

    tell(session, introduction, other, write, event.id)


def tell_consent(session: Session, introduction: Introduction, side: Side) -> None:
    """The other side hears that its own consent is waited for."""
    tell(session, introduction, OTHER[side], letters.consented, "consent")


def tell_outcome(session: Session, introduction: Introduction, side: Side) -> None:
    """The other side hears what came of it, the first time."""
    tell(session, introduction, OTHER[side], letters.said_outcome, "outcome-said")


def tell_message(
    session: Session, introduction: Introduction, message: IntroductionMessage
) -> None:
    """The other side hears that it was written to: once a day at most."""
    other: Side = "leader" if message.side == "authority" else "authority"
    key = f"message:{message.created_at:%Y-%m-%d}"
    tell(session, introduction, other, letters.message, key)


def tell(
    session: Session,
    introduction: Introduction,
    side: Side,
    write: Callable[[Person, Told], Letter],
    what: str,
) -> None:
    """Post a letter to the people of a side; `what` names what is told, which is told once."""
    told = _told(introduction, side)
    for person in people(session, introduction, side):
        key = f"introduction:{introduction.id}:{what}:{person.id}"
        post(session, person, write(person, told), key=key)


def people(session: Session, introduction: Introduction, side: Side) -> list[Person]:
    """Who acts for a side, if still there; else all who hold its role there."""
    if side == "authority":
        place, wanted = introduction.need.organisation_id, introduction.authority_person_id
        present = members(session, place, "authority_staff") if place else []
    else:
        place, wanted = introduction.solution.organisation_id, introduction.leader_person_id
        present = members(session, place, "project_leader") if place else []
    return [person for person in present if person.id == wanted] or present


def _told(introduction: Introduction, side: Side) -> Told:
    need, solution = introduction.need, introduction.solution
    other = solution.organisation if side == "authority" else need.organisation
    shown = names_authority(introduction, side) and other is not None
    return Told(
        introduction.id,
        need.title,
        solution.title,
        other.name if other is not None and shown else None,
    )
