"""Asks clients to confirm what solutions say of them, and takes their answers."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from backend.accounts.people import members
from backend.accounts.viewer import Viewer
from backend.activity.service import record as trace
from backend.database import begin_write
from backend.folding import fold
from backend.mail.outbox import post
from backend.models import Organisation, ReferenceRequest, Solution
from backend.models.base import now
from backend.organisations.service import check_organisation, reference
from backend.problems import InvalidField, not_found
from backend.records.queries import get_record
from backend.references import letters
from backend.references.schemas import (
    ReferenceAnswerIn,
    ReferenceRequestIn,
    ReferenceRequestOut,
    ReferenceRequestPage,
)


def request(
    session: Session, solution_id: str, data: ReferenceRequestIn, viewer: Viewer
) -> ReferenceRequestOut:
    """Ask a client to confirm a reference; asking again gives the same request.

    Raises Problem 404, InvalidField (422) for what is no reference of the solution, or a client
    that nobody can answer for.
    """
    begin_write(session)
    solution = get_record(session, Solution, solution_id, lock=True)
    key = fold(data.name), data.year or 0
    if key not in {_key(one) for one in solution.client_references}:
        raise InvalidField("name", "no_such_reference")
    known = session.scalars(
        _whole().where(
            ReferenceRequest.solution_id == solution.id,
            ReferenceRequest.folded_name == key[0],
            ReferenceRequest.year == key[1],
        )
    ).one_or_none()
    if known is not None:
        return _show(known, private=True)
    client_id = _client(session, data)
    made = ReferenceRequest(
        solution_id=solution.id,
        name=data.name,
        folded_name=key[0],
        year=key[1],
        organisation_id=client_id,
        requested_by=viewer.person_id,
    )
    session.add(made)
    session.flush()
    trace(session, viewer.actor, "request", "reference", made.id, {"solution": solution.id})
    who = solution.organisation.name if solution.organisation else solution.title
    for person in members(session, client_id, "authority_staff"):
        letter = letters.request(person, who, solution.title)
        post(session, person, letter, key=f"reference:{made.id}:{person.id}")
    return _show(_get(session, made.id), private=True)


def answer(
    session: Session, request_id: str, data: ReferenceAnswerIn, viewer: Viewer
) -> ReferenceRequestOut:
    """Confirm or refuse; the same again changes nothing, another answer takes its place."""
    begin_write(session)
    found = _get(session, request_id)
    if (found.status, found.note) != (data.answer, data.note):
        told = {"changed": {"status": [found.status, data.answer]}}
        found.status, found.note = data.answer, data.note
        found.answered_at, found.answered_by = now(), viewer.person_id
        trace(session, viewer.actor, "answer", "reference", found.id, told)
        _tell_answer(session, found)
        session.flush()
    return _show(found, private=True)


def of_solution(session: Session, solution_id: str, viewer: Viewer) -> ReferenceRequestPage:
    """The confirmed references of a solution; those who may change it see all requests."""
    statement = _whole().where(ReferenceRequest.solution_id == solution_id)
    rows = list(session.scalars(statement.order_by(ReferenceRequest.id.desc()).limit(100)))
    owner = session.scalar(select(Solution.organisation_id).where(Solution.id == solution_id))
    own = viewer.may_change(owner, "project_leader")
    return _page((row for row in rows if own or row.status == "confirmed"), private=own)


def to_answer(session: Session, viewer: Viewer) -> ReferenceRequestPage:
    """The requests to the viewer's organisations, newest first, 100 at most."""
    held = viewer.organisations("authority_staff")
    statement = _whole().where(ReferenceRequest.organisation_id.in_(held))
    rows = session.scalars(statement.order_by(ReferenceRequest.id.desc()).limit(100))
    return _page(rows, private=True)


def _client(session: Session, data: ReferenceRequestIn) -> str:
    """The organisation meant, where somebody can answer."""
    if data.organisation_id is not None:
        check_organisation(session, data.organisation_id)
        found = [data.organisation_id]
    else:
        same = select(Organisation.id).where(Organisation.sort_name == fold(data.name)[:200])
        found = list(session.scalars(same))
    reached = [one for one in found if members(session, one, "authority_staff")]
    if len(reached) != 1:
        raise InvalidField("organisation_id", "client_unknown")
    return reached[0]


def _key(one: dict[str, object]) -> tuple[str, int]:
    year = one.get("year")
    return fold(str(one["name"])), year if isinstance(year, int) else 0


def _get(session: Session, request_id: str) -> ReferenceRequest:
    found = session.scalars(_whole().where(ReferenceRequest.id == request_id)).one_or_none()
    if found is None:
        raise not_found("reference_request", request_id)
    return found


def _whole() -> Select[ReferenceRequest]:
    return select(ReferenceRequest).options(
        joinedload(ReferenceRequest.solution),
        joinedload(ReferenceRequest.organisation).joinedload(Organisation.place),
    )


def _tell_answer(session: Session, found: ReferenceRequest) -> None:
    place, confirmed = found.solution.organisation_id, found.status == "confirmed"
    for person in members(session, place, "project_leader") if place else ():
        title = found.solution.title
        letter = letters.answered(person, found.name, title, found.solution_id, confirmed)
        key = f"reference:{found.id}:{found.status}:{person.id}"
        post(session, person, letter, key=key)


def _page(rows: Iterable[ReferenceRequest], *, private: bool) -> ReferenceRequestPage:
    return ReferenceRequestPage(items=[_show(row, private=private) for row in rows])


def _show(row: ReferenceRequest, *, private: bool) -> ReferenceRequestOut:
    return ReferenceRequestOut.model_validate(
        {
            "id": row.id,
            "solution_id": row.solution_id,
            "solution_title": row.solution.title,
            "solution_lang": row.solution.lang,
            "name": row.name,
            "year": row.year or None,
            "organisation": reference(row.organisation),
            "status": row.status,
            "note": row.note if private else None,
            "created_at": row.created_at,
            "answered_at": row.answered_at,
        }
    )
