"""Operators decide of records."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.people import members
from backend.accounts.viewer import Viewer
from backend.activity.service import record as trace
from backend.database import begin_write
from backend.dependencies import stale
from backend.ids import is_id
from backend.mail.outbox import post
from backend.models import ModerationRemark, Need, Solution
from backend.moderation.duplicates import find_duplicates
from backend.moderation.kinds import KINDS, Path
from backend.moderation.letters import decided
from backend.moderation.remarks import list_remarks
from backend.moderation.schemas import CaseOut, DecisionIn
from backend.moderation.transitions import DECIDED_FROM, RESULTS, Decision, decision_allowed
from backend.needs.service import show_needs
from backend.problems import InvalidField, Problem
from backend.records.changes import Kind, set_status
from backend.records.queries import get_record
from backend.solutions.service import show_solutions

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher


def read_case(
    session: Session, matcher: "Matcher", path: Path, record_id: str, viewer: Viewer
) -> CaseOut:
    """All that an operator wants to see of a record before deciding. Raises Problem 404."""
    record = get_record(session, KINDS[path].model, record_id)
    duplicates = []
    if isinstance(record, Solution):
        duplicates = find_duplicates(session, matcher, record)
    return CaseOut(
        kind=path,
        record=_show(session, record, viewer),
        decisions=[one for one in DECIDED_FROM if decision_allowed(record.status, one)],
        remarks=list_remarks(session, KINDS[path].name, record_id, viewer),
        duplicates=duplicates,
    )


def decide(
    session: Session, path: Path, record_id: str, version: int, data: DecisionIn, viewer: Viewer
) -> Any:
    """Decide of the `version` of a record that was read, and tell its authors; the record.

    The same decision of the same version, sent again, changes nothing.

    Raises Problem 404, 409 (not possible in its state), 412 (not at `version`), InvalidField
    (422) without the remark that the decision demands.
    """
    if data.lacks_remark:
        raise InvalidField("remark", "remark_required")
    kind = KINDS[path]
    begin_write(session)
    record = get_record(session, kind.model, record_id, lock=True)
    if _is_repeat(session, kind, record_id, version, data.decision, viewer):
        return _show(session, record, viewer)
    if record.version != version:
        raise stale(record.version, version)
    if not decision_allowed(record.status, data.decision):
        raise Problem(409, "conflict", "no-such-decision", former=record.status)
    _check_original(session, kind, record_id, data.duplicate_of)
    _write(session, kind, record, data, viewer)
    return _show(session, record, viewer)


def _write(
    session: Session, kind: Kind[Any], record: Solution | Need, data: DecisionIn, viewer: Viewer
) -> None:
    judged = record.version
    told = set_status(session, record, RESULTS[data.decision])
    remark = ModerationRemark(
        record_kind=kind.name,
        record_id=record.id,
        decision=data.decision,
        remark=data.remark,
        duplicate_of=data.duplicate_of,
        by=viewer.person_id,
        version=judged,
    )
    session.add(remark)
    session.flush()
    told |= {"remark_id": remark.id, "version": judged}
    if data.duplicate_of:
        told["duplicate_of"] = data.duplicate_of
    trace(session, viewer.actor, data.decision, kind.name, record.id, told)
    _tell_authors(session, kind, record, remark, data)


def _tell_authors(
    session: Session,
    kind: Kind[Any],
    record: Solution | Need,
    remark: ModerationRemark,
    data: DecisionIn,
) -> None:
    if record.organisation_id is None:
        return
    for person in members(session, record.organisation_id, kind.role):
        letter = decided(
            person.lang, data.decision, kind.name, record.id, record.title, data.remark
        )
        post(session, person, letter, key=f"moderation:{remark.id}:{person.id}")


def _is_repeat(
    session: Session,
    kind: Kind[Any],
    record_id: str,
    version: int,
    decision: Decision,
    viewer: Viewer,
) -> bool:
    same = select(ModerationRemark.id).where(
        ModerationRemark.record_kind == kind.name,
        ModerationRemark.record_id == record_id,
        ModerationRemark.version == version,
        ModerationRemark.decision == decision,
        ModerationRemark.by == viewer.person_id,
    )
    return session.scalar(same.limit(1)) is not None


def _check_original(
    session: Session, kind: Kind[Any], record_id: str, original: str | None
) -> None:
    if original is None:
        return
    known = is_id(original) and session.get(kind.model, original) is not None
    if not known or original == record_id:
        raise InvalidField("duplicate_of", "unknown_record", value=original)


def _show(session: Session, record: Solution | Need, viewer: Viewer) -> Any:
    if isinstance(record, Solution):
        return show_solutions(session, [record], viewer)[0]
    return show_needs(session, [record], viewer)[0]
