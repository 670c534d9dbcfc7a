"""Reads and writes what a project leader declares of the criteria of a need."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.access import check
from backend.accounts.viewer import Viewer
from backend.activity.service import record as trace
from backend.criteria.keys import Criterion, criteria_of, criterion_key
from backend.criteria.schemas import (
    CriterionAnswerIn,
    CriterionAnswerOut,
    CriterionAnswersIn,
    CriterionAnswersOut,
)
from backend.database import begin_write
from backend.models import CriterionAnswer, Need, Solution
from backend.models.base import now
from backend.problems import InvalidField, Problem
from backend.records.queries import get_bare, get_record
from backend.revisions import next_revision

Known = Mapping[str, Criterion]


def read_answers(
    session: Session, solution_id: str, need_id: str, viewer: Viewer
) -> CriterionAnswersOut:
    """The criteria of a need with the answers of a solution. Raises Problem 404."""
    check(session, viewer, "read_need", need_id)
    solution = get_bare(session, Solution, solution_id)
    need = get_bare(session, Need, need_id)
    given = _given(session, solution.id, need.id)
    items = [_shown(criterion, given.get(key)) for key, criterion in criteria_of(need).items()]
    return CriterionAnswersOut(need_id=need.id, solution_id=solution.id, items=items)


def write_answers(
    session: Session,
    solution_id: str,
    need_id: str,
    data: CriterionAnswersIn,
    viewer: Viewer,
) -> CriterionAnswersOut:
    """Give, change or take back answers. Without any difference, nothing is written.

    Raises Problem 404, 409 (archived), InvalidField (422) for a text that is no criterion of the
    need as it reads now.
    """
    check(session, viewer, "read_need", need_id)
    begin_write(session)
    # Its row is locked: answers of one solution are written one after the other.
    solution = get_record(session, Solution, solution_id, lock=True)
    need = get_bare(session, Need, need_id)
    if "archived" in {solution.status, need.status}:
        raise Problem(409, "conflict", "archived")
    wanted = _by_key(data.answers, criteria_of(need))
    given = _given(session, solution.id, need.id)
    former = {key: row.answer for key, row in given.items()}
    changed = {
        key: [former.get(key), one.answer]
        for key, one in wanted.items()
        if _write(session, solution.id, need.id, one, given.get(key))
    }
    if changed:
        # What the lists hide and say has changed with it.
        solution.revision = next_revision(session)
        trace(session, viewer.actor, "answer", "solution", solution.id, _told(need, changed))
    session.flush()
    return read_answers(session, solution.id, need.id, viewer)


def _by_key(answers: list[CriterionAnswerIn], known: Known) -> dict[str, CriterionAnswerIn]:
    found: dict[str, CriterionAnswerIn] = {}
    for place, one in enumerate(answers):
        key = criterion_key(one.criterion)
        if key not in known:
            raise InvalidField(f"answers[{place}].criterion", "unknown_criterion")
        if key in found:
            raise InvalidField(f"answers[{place}].criterion", "criterion_twice")
        found[key] = one
    return found


def _given(session: Session, solution_id: str, need_id: str) -> dict[str, CriterionAnswer]:
    rows = session.scalars(
        select(CriterionAnswer).where(
            CriterionAnswer.solution_id == solution_id, CriterionAnswer.need_id == need_id
        )
    )
    return {row.criterion_key: row for row in rows}


def _write(
    session: Session,
    solution_id: str,
    need_id: str,
    one: CriterionAnswerIn,
    before: CriterionAnswer | None,
) -> bool:
    """Write one answer; whether it made a difference."""
    if one.answer is None:
        if before is not None:
            session.delete(before)
        return before is not None
    if before is None:
        session.add(
            CriterionAnswer(
                need_id=need_id,
                solution_id=solution_id,
                criterion_key=criterion_key(one.criterion),
                criterion=one.criterion,
                answer=one.answer,
                note=one.note,
            )
        )
        return True
    if (before.answer, before.note) == (one.answer, one.note):
        return False
    before.answer, before.note, before.updated_at = one.answer, one.note, now()
    return True


def _told(need: Need, changed: dict[str, list[str | None]]) -> dict[str, Any]:
    texts = criteria_of(need)
    told = [[texts[key].text, *answers] for key, answers in changed.items()]
    return {"need": need.id, "changed": told}


def _shown(criterion: Criterion, row: CriterionAnswer | None) -> CriterionAnswerOut:
    return CriterionAnswerOut.model_validate(
        {
            "criterion": criterion.text,
            "essential": criterion.essential,
            "answer": row.answer if row else None,
            "note": row.note if row else None,
            "updated_at": row.updated_at if row else None,
        }
    )
