"""What project leaders declared of criteria, for one need or for one solution: one query."""

from typing import Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.criteria.keys import criteria_of
from backend.models import CriterionAnswer, Need


class Declared(NamedTuple):
    """An answer to a criterion as it reads now."""

    criterion: str
    essential: bool
    answer: str
    note: str | None


def declared(
    session: Session, asks: Literal["solution", "need"], record_id: str
) -> dict[str, list[Declared]]:
    """The answers that concern a need, by solution, or a solution, by need.

    An answer to a text that is no longer a criterion of the need is left out.
    """
    own = CriterionAnswer.need_id if asks == "need" else CriterionAnswer.solution_id
    rows = session.execute(
        select(
            CriterionAnswer.need_id,
            CriterionAnswer.solution_id,
            CriterionAnswer.criterion_key,
            CriterionAnswer.answer,
            CriterionAnswer.note,
            Need.essential_criteria,
            Need.desirable_criteria,
        )
        .join(Need, Need.id == CriterionAnswer.need_id)
        .where(own == record_id)
    )
    found: dict[str, list[Declared]] = {}
    for row in rows:
        known = criteria_of(row).get(row.criterion_key)
        other = row.solution_id if asks == "need" else row.need_id
        if known is not None:
            held = found.setdefault(other, [])
            held.append(Declared(known.text, known.essential, row.answer, row.note))
    return {other: sorted(held, key=lambda one: not one.essential) for other, held in found.items()}
