"""Starts introductions and moves them on; each change with its event, trace and letters."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.access import check
from backend.accounts.people import members
from backend.accounts.viewer import Role, Viewer
from backend.activity.service import record as trace
from backend.consortia.service import check_led
from backend.database import begin_write
from backend.dependencies import stale
from backend.introductions import notify
from backend.introductions.decisions import (
    FINAL,
    WITH_REASON,
    Side,
    Status,
    after_consent,
    after_outcomes,
    after_reading,
    agree,
    allowed,
    may_consent,
    may_say_outcome,
)
from backend.introductions.queries import get_introduction, latest, lock_introduction
from backend.introductions.schemas import AskIn, InterestIn, MoveIn, OutcomeIn
from backend.introductions.sides import consented, said, side_of
from backend.introductions.snapshots import rank_in
from backend.models import Introduction, IntroductionEvent, Need, Solution
from backend.models.base import now
from backend.problems import InvalidField, Problem
from backend.records.queries import get_record


def ask(session: Session, need_id: str, data: AskIn, viewer: Viewer) -> tuple[Introduction, bool]:
    """Ask for a solution's people; the introduction, and whether it is new.

    Asking again while it is open gives the same one.

    Raises Problem 404, 409 (not published, one's own, refused before), InvalidField (422).
    """
    check(session, viewer, "read_solution", data.solution_id)
    begin_write(session)
    need, solution = _pair(session, need_id, data.solution_id)
    last = latest(session, need.id, solution.id)
    if last is not None and last.ended_at is None:
        return get_introduction(session, last.id), False
    if last is not None and last.status == "not_interested":
        raise Problem(409, "conflict", "refused-before")
    made = Introduction(
        need_id=need.id,
        solution_id=solution.id,
        started_by="authority",
        status="contacted",
        authority_person_id=viewer.person_id,
        snapshot_id=data.snapshot_id,
        rank=rank_in(session, data.snapshot_id, need.id, solution.id),
    )
    return _start(session, made, need, viewer), True


def answer_need(
    session: Session, solution_id: str, data: InterestIn, viewer: Viewer
) -> tuple[Introduction, bool]:
    """Say that one is, or is not, interested in a need; the introduction, and whether it is new.

    An introduction that the authority asked for is answered. Raises as `ask`.
    """
    check(session, viewer, "read_need", data.need_id)
    if not data.interested and data.reason is None:
        raise InvalidField("reason", "reason_needed")
    begin_write(session)
    need, solution = _pair(session, data.need_id, solution_id)
    check_led(session, data.consortium_id, need.id, solution.id)
    wanted: Status = "interested" if data.interested else "not_interested"
    last = latest(session, need.id, solution.id)
    if last is not None and (last.ended_at is None or last.status == wanted):
        if wanted in allowed(last.status, "leader", consented(last)):
            if not data.interested:
                last.reason, last.reason_note = data.reason, data.note
            _change(session, last, wanted, "leader", viewer)
        return get_introduction(session, last.id), False
    made = Introduction(
        need_id=need.id,
        solution_id=solution.id,
        consortium_id=data.consortium_id,
        started_by="leader",
        status=wanted,
        leader_person_id=viewer.person_id,
        reason=None if data.interested else data.reason,
        reason_note=None if data.interested else data.note,
        ended_by=None if data.interested else "leader",
        ended_at=None if data.interested else now(),
        snapshot_id=data.snapshot_id,
        rank=rank_in(session, data.snapshot_id, need.id, solution.id),
    )
    return _start(session, made, need, viewer), True


def move(
    session: Session, introduction_id: str, version: int, data: MoveIn, viewer: Viewer
) -> Introduction:
    """Give it another status; the one that it has already changes nothing.

    Raises Problem 404, 409 (not possible from here), 412 (not at `version`), InvalidField (422).
    """
    begin_write(session)
    introduction = lock_introduction(session, introduction_id)
    side = acting_side(viewer, introduction)
    if introduction.status == data.status:
        return get_introduction(session, introduction.id)
    if introduction.version != version:
        raise stale(introduction.version, version)
    if data.status not in allowed(introduction.status, side, consented(introduction)):
        raise Problem(409, "conflict", "no-such-status")
    if data.status in WITH_REASON and data.reason is None:
        raise InvalidField("reason", "reason_needed")
    if data.status in WITH_REASON:
        introduction.reason, introduction.reason_note = data.reason, data.note
    _change(session, introduction, data.status, side, viewer)
    return get_introduction(session, introduction.id)


def consent(session: Session, introduction_id: str, viewer: Viewer) -> Introduction:
    """Let the other side have the contact of one's own, once both have; a repeat is harmless.

    Raises Problem 404, 409 once it has ended.
    """
    begin_write(session)
    introduction = lock_introduction(session, introduction_id)
    side = acting_side(viewer, introduction)
    if side in consented(introduction):
        return get_introduction(session, introduction.id)
    if not may_consent(introduction.status, side, consented(introduction)):
        raise Problem(409, "conflict", "introduction-ended")
    setattr(introduction, f"{side}_consent_at", now())
    setattr(introduction, f"{side}_person_id", viewer.person_id)
    trace(session, viewer.actor, "consent", "introduction", introduction.id, {"side": side})
    following = after_consent(introduction.status, consented(introduction))
    if following == introduction.status:
        _moved(introduction, now())
        notify.tell_consent(session, introduction, side)
    else:
        _change(session, introduction, following, side, viewer)
    return get_introduction(session, introduction.id)


def say_outcome(
    session: Session, introduction_id: str, data: OutcomeIn, viewer: Viewer
) -> Introduction:
    """Say what came of it; when both sides say the same, it is confirmed.

    Raises Problem 404, 409 when the two were never put in touch or it has ended.
    """
    begin_write(session)
    introduction = lock_introduction(session, introduction_id)
    side = acting_side(viewer, introduction)
    given = said(introduction, side)
    if given and (given.outcome, given.amount_band) == (data.outcome, data.amount_band):
        return get_introduction(session, introduction.id)
    if not may_say_outcome(introduction.status):
        raise Problem(409, "conflict", "no-outcome-yet")
    present = now()
    setattr(introduction, f"{side}_outcome", data.outcome)
    setattr(introduction, f"{side}_amount_band", data.amount_band)
    setattr(introduction, f"{side}_outcome_at", present)
    told = {"side": side, "outcome": data.outcome, "amount_band": data.amount_band}
    trace(session, viewer.actor, "outcome", "introduction", introduction.id, told)
    sides = said(introduction, "authority"), said(introduction, "leader")
    introduction.outcome_confirmed_at = present if agree(*sides) else None
    following = after_outcomes(introduction.status, *sides)
    if following == introduction.status:
        _moved(introduction, present)
        notify.tell_outcome(session, introduction, side)
    else:
        _change(session, introduction, following, side, viewer)
    return get_introduction(session, introduction.id)


def see(session: Session, introduction: Introduction, side: Side, viewer: Viewer) -> None:
    """Note that a side has opened it. Inside a write transaction."""
    following = after_reading(introduction.status, side)
    if following != introduction.status:
        _change(session, introduction, following, side, viewer)


def expire(session: Session, introduction: Introduction, at: datetime) -> None:
    """End an introduction in which nothing happened. Inside a write transaction."""
    former = introduction.status
    introduction.status = "expired"
    introduction.version += 1
    introduction.status_at = introduction.ended_at = at
    session.add(_event(introduction, former, None, None, at))
    told = {"changed": {"status": [former, "expired"]}}
    trace(session, "system", "move", "introduction", introduction.id, told)


def acting_side(viewer: Viewer, introduction: Introduction) -> Side:
    """The side for which the viewer acts. Raises Problem 403 on neither."""
    side = side_of(viewer, introduction)
    if side is None:
        raise Problem(403, "forbidden", "not-allowed")
    return side


def _pair(session: Session, need_id: str, solution_id: str) -> tuple[Need, Solution]:
    """Both records; the need's row is locked, so that two who ask at once make one."""
    need = get_record(session, Need, need_id, lock=True)
    solution = get_record(session, Solution, solution_id)
    if not need.status == solution.status == "published":
        raise Problem(409, "conflict", "not-published")
    if need.organisation_id is not None and need.organisation_id == solution.organisation_id:
        raise Problem(409, "conflict", "own-solution")
    staffed = _answered_for(session, need, "authority_staff")
    if not staffed or not _answered_for(session, solution, "project_leader"):
        raise Problem(409, "conflict", "nobody-there")
    return need, solution


def _answered_for(session: Session, record: Need | Solution, role: Role) -> bool:
    """Whether somebody has an account: an introduction to nobody would only run out."""
    place = record.organisation_id
    return place is not None and bool(members(session, place, role))


def _start(
    session: Session, introduction: Introduction, need: Need, viewer: Viewer
) -> Introduction:
    session.add(introduction)
    session.flush()
    side = introduction.started_by
    session.add(_event(introduction, None, side, viewer.person_id, introduction.created_at))
    told: dict[str, Any] = {"need": need.id, "solution": introduction.solution_id}
    trace(session, viewer.actor, "start", "introduction", introduction.id, told)
    if introduction.ended_at is None and need.unanswered_at is not None:
        need.unanswered_at = need.unanswered_reason = need.unanswered_note = None
        trace(session, viewer.actor, "answered", "need", need.id)
    session.flush()
    whole = get_introduction(session, introduction.id)
    notify.tell_start(session, whole)
    return whole


def _change(
    session: Session, introduction: Introduction, status: Status, side: Side, viewer: Viewer
) -> None:
    """Give it a status: dated, traced, told to the other side."""
    former, present = introduction.status, now()
    introduction.status = status
    introduction.status_at = present
    _moved(introduction, present)
    if getattr(introduction, f"{side}_person_id") is None:
        setattr(introduction, f"{side}_person_id", viewer.person_id)
    if status in FINAL:
        introduction.ended_at = present
        introduction.ended_by = side
    event = _event(introduction, former, side, viewer.person_id, present)
    session.add(event)
    told = {"changed": {"status": [former, status]}}
    trace(session, viewer.actor, "move", "introduction", introduction.id, told)
    session.flush()
    notify.tell_move(session, introduction, event)


def _moved(introduction: Introduction, at: datetime) -> None:
    introduction.version += 1
    introduction.moved_at = at


def _event(
    introduction: Introduction,
    former: str | None,
    side: str | None,
    person_id: str | None,
    at: datetime,
) -> IntroductionEvent:
    return IntroductionEvent(
        introduction_id=introduction.id,
        from_status=former,
        to_status=introduction.status,
        side=side,
        person_id=person_id,
        at=at,
    )
