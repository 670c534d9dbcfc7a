"""To whom the objects of the permission table belong."""

from collections.abc import Callable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.accounts.permissions import Owner, Subject
from backend.accounts.viewer import ROLES, Role
from backend.ids import is_id
from backend.models import (
    Consortium,
    ConsortiumMember,
    Introduction,
    Need,
    Organisation,
    ReferenceRequest,
    SavedSearch,
    Snapshot,
    Solution,
)

Find = Callable[[Session, str], Owner | None]


def owner_of(session: Session, subject: Subject, object_id: str) -> Owner | None:
    """The owner of an object, None when there is no such object."""
    return OWNERS[subject](session, object_id)


def _of_record(model: type[Solution | Need], role: Role) -> Find:
    def find(session: Session, record_id: str) -> Owner | None:
        if not is_id(record_id):
            return None
        wanted = select(model.organisation_id, model.status).where(model.id == record_id)
        row = session.execute(wanted).one_or_none()
        if row is None:
            return None
        return Owner({role: _held(row.organisation_id)}, public=row.status == "published")

    return find


def _organisation(session: Session, organisation_id: str) -> Owner | None:
    if not is_id(organisation_id) or session.get(Organisation, organisation_id) is None:
        return None
    return Owner(dict.fromkeys(ROLES, frozenset({organisation_id})), public=True)


def _snapshot(session: Session, snapshot_id: str) -> Owner | None:
    if not (len(snapshot_id) == 64 and snapshot_id.isalnum()):
        return None
    wanted = select(Snapshot.direction, Snapshot.subject_id).where(Snapshot.id == snapshot_id)
    row = session.execute(wanted).one_or_none()
    if row is None:
        return None
    subject: Subject = "need" if row.direction == "need_to_solutions" else "solution"
    return owner_of(session, subject, row.subject_id)


def _introduction(session: Session, introduction_id: str) -> Owner | None:
    if not is_id(introduction_id):
        return None
    wanted = (
        select(Need.organisation_id, Solution.organisation_id)
        .select_from(Introduction)
        .join(Need, Need.id == Introduction.need_id)
        .join(Solution, Solution.id == Introduction.solution_id)
        .where(Introduction.id == introduction_id)
    )
    row = session.execute(wanted).one_or_none()
    if row is None:
        return None
    return Owner({"authority_staff": _held(row[0]), "project_leader": _held(row[1])})


def _consortium(session: Session, consortium_id: str) -> Owner | None:
    if not is_id(consortium_id):
        return None
    lead = select(Consortium.lead_solution_id).where(Consortium.id == consortium_id)
    invited = select(ConsortiumMember.solution_id).where(
        ConsortiumMember.consortium_id == consortium_id
    )
    wanted = select(Solution.organisation_id).where(
        or_(Solution.id.in_(lead), Solution.id.in_(invited))
    )
    rows = session.scalars(wanted).all()
    return Owner({"project_leader": frozenset(row for row in rows if row)}) if rows else None


def _reference_request(session: Session, request_id: str) -> Owner | None:
    found = session.get(ReferenceRequest, request_id) if is_id(request_id) else None
    return Owner({"authority_staff": _held(found.organisation_id)}) if found else None


def _held(organisation_id: str | None) -> frozenset[str]:
    return frozenset({organisation_id} if organisation_id else ())


def _saved_search(session: Session, search_id: str) -> Owner | None:
    if not is_id(search_id):
        return None
    wanted = select(SavedSearch.person_id).where(SavedSearch.id == search_id)
    person_id = session.scalar(wanted)
    return Owner({}, person_id=person_id) if person_id else None


OWNERS: Mapping[Subject, Find] = {
    "solution": _of_record(Solution, "project_leader"),
    "need": _of_record(Need, "authority_staff"),
    "organisation": _organisation,
    "snapshot": _snapshot,
    "introduction": _introduction,
    "consortium": _consortium,
    "reference_request": _reference_request,
    "saved_search": _saved_search,
}
