"""Invites solutions to a joint answer, and takes their answers."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql import Select

from backend.accounts.access import check
from backend.accounts.people import members
from backend.accounts.viewer import Viewer
from backend.activity.service import record as trace
from backend.consortia.letters import invitation
from backend.consortia.schemas import (
    ConsortiumAnswerIn,
    ConsortiumIn,
    ConsortiumOut,
    ConsortiumPage,
    PartnerOut,
)
from backend.database import begin_write
from backend.mail.outbox import post
from backend.models import Consortium, ConsortiumMember, Need, Solution
from backend.models.base import now
from backend.problems import InvalidField, Problem, not_found
from backend.records.queries import get_record
from backend.records.visible import own


def invite(session: Session, solution_id: str, data: ConsortiumIn, viewer: Viewer) -> ConsortiumOut:
    """Invite solutions to answer a need together; asking again invites only those who are new.

    Raises Problem 404, 409 (not published), InvalidField (422).
    """
    check(session, viewer, "read_need", data.need_id)
    for wanted in data.solution_ids:
        check(session, viewer, "read_solution", wanted)
    if solution_id in data.solution_ids:
        raise InvalidField("solution_ids", "own_solution")
    begin_write(session)
    need = get_record(session, Need, data.need_id, lock=True)
    lead = get_record(session, Solution, solution_id)
    invited = [get_record(session, Solution, wanted) for wanted in data.solution_ids]
    if {need.status, lead.status, *(one.status for one in invited)} != {"published"}:
        raise Problem(409, "conflict", "not-published")
    found = _of(session, need.id, lead.id) or _found(session, need, lead, data.note, viewer)
    known = {row.solution_id for row in found.members}
    for solution in invited:
        if solution.id not in known:
            session.add(ConsortiumMember(consortium_id=found.id, solution_id=solution.id))
            _tell(session, found, need, lead, solution)
    session.flush()
    session.expire(found, ["members"])
    return show(get_consortium(session, found.id), viewer)


def answer(
    session: Session, consortium_id: str, data: ConsortiumAnswerIn, viewer: Viewer
) -> ConsortiumOut:
    """Join, or decline. The same answer again changes nothing. Raises Problem 404."""
    begin_write(session)
    consortium = get_consortium(session, consortium_id)
    rows = {row.solution_id: row for row in consortium.members}
    member = rows.get(data.solution_id)
    if member is None or not viewer.acts_for(member.solution.organisation_id, "project_leader"):
        raise not_found("solution", data.solution_id)
    if member.status != data.answer:
        told = {"solution": member.solution_id, "changed": {"status": [member.status, data.answer]}}
        stored = session.get_one(ConsortiumMember, (consortium.id, member.solution_id))
        stored.status, stored.answered_at = data.answer, now()
        trace(session, viewer.actor, "answer", "consortium", consortium.id, told)
        session.flush()
    return show(get_consortium(session, consortium.id), viewer)


def list_consortia(session: Session, viewer: Viewer) -> ConsortiumPage:
    """The joint answers that one's solutions lead or are invited to, newest first, 100 at most."""
    mine = select(Solution.id).where(own(Solution, viewer, "project_leader"))
    joined = select(ConsortiumMember.consortium_id).where(ConsortiumMember.solution_id.in_(mine))
    statement = _whole().where(
        or_(Consortium.lead_solution_id.in_(mine), Consortium.id.in_(joined))
    )
    rows = session.scalars(statement.order_by(Consortium.id.desc()).limit(100))
    return ConsortiumPage(items=[show(row, viewer) for row in rows])


def get_consortium(session: Session, consortium_id: str) -> Consortium:
    """One joint answer with its solutions. Raises Problem 404."""
    statement = _whole().where(Consortium.id == consortium_id)
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise not_found("consortium", consortium_id)
    return found


def check_led(session: Session, consortium_id: str | None, need_id: str, solution_id: str) -> None:
    """Raise InvalidField (422) when a solution names a joint answer that it does not lead."""
    if consortium_id is None:
        return
    found = session.get(Consortium, consortium_id)
    if found is None or (found.need_id, found.lead_solution_id) != (need_id, solution_id):
        raise InvalidField("consortium_id", "not_led")


def show_consortium(
    session: Session, consortium_id: str | None, viewer: Viewer
) -> ConsortiumOut | None:
    """The joint answer of an introduction, if it is of one."""
    return show(get_consortium(session, consortium_id), viewer) if consortium_id else None


def show(consortium: Consortium, viewer: Viewer) -> ConsortiumOut:
    """The leading solution, then those it invited, in the order of their invitation."""
    rows = sorted(consortium.members, key=lambda row: (row.invited_at, row.solution_id))
    partners = [_partner(consortium.lead, "lead", viewer)]
    return ConsortiumOut(
        id=consortium.id,
        need_id=consortium.need_id,
        need_title=consortium.need.title,
        need_lang=consortium.need.lang,
        note=consortium.note,
        partners=[*partners, *(_partner(row.solution, row.status, viewer) for row in rows)],
        created_at=consortium.created_at,
    )


def _partner(solution: Solution, status: str, viewer: Viewer) -> PartnerOut:
    return PartnerOut.model_validate(
        {
            "solution_id": solution.id,
            "title": solution.title,
            "lang": solution.lang,
            "organisation": solution.organisation.name if solution.organisation else None,
            "status": status,
            "yours": viewer.acts_for(solution.organisation_id, "project_leader"),
        }
    )


def _whole() -> Select[Consortium]:
    members_of = selectinload(Consortium.members).joinedload(ConsortiumMember.solution)
    return select(Consortium).options(
        joinedload(Consortium.need),
        joinedload(Consortium.lead).joinedload(Solution.organisation),
        members_of.joinedload(Solution.organisation),
    )


def _of(session: Session, need_id: str, solution_id: str) -> Consortium | None:
    statement = _whole().where(
        Consortium.need_id == need_id, Consortium.lead_solution_id == solution_id
    )
    return session.scalars(statement).one_or_none()


def _found(session: Session, need: Need, lead: Solution, note: str, viewer: Viewer) -> Consortium:
    made = Consortium(need_id=need.id, lead_solution_id=lead.id, note=note)
    session.add(made)
    session.flush()
    trace(session, viewer.actor, "create", "consortium", made.id, {"need": need.id})
    return get_consortium(session, made.id)


def _tell(
    session: Session, consortium: Consortium, need: Need, lead: Solution, solution: Solution
) -> None:
    if solution.organisation_id is None:
        return
    who = lead.organisation.name if lead.organisation else lead.title
    for person in members(session, solution.organisation_id, "project_leader"):
        key = f"consortium:{consortium.id}:{solution.id}:{person.id}"
        letter = invitation(person, who, need.title, solution.title)
        post(session, person, letter, key=key)
