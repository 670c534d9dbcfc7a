"""To whom the objects of the permission table belong."""

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.permissions import Owner, Subject
from backend.accounts.viewer import ROLES, Role
from backend.ids import is_id
from backend.models import Need, Organisation, Snapshot, Solution

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
        held = frozenset({row.organisation_id} if row.organisation_id else ())
        return Owner({role: held}, public=row.status == "published")

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


OWNERS: Mapping[Subject, Find] = {
    "solution": _of_record(Solution, "project_leader"),
    "need": _of_record(Need, "authority_staff"),
    "organisation": _organisation,
    "snapshot": _snapshot,
}
