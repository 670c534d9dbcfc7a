"""What waits for an operator."""

from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backend.models import Mail, Membership, Need, NeedStanding, Organisation, Person, Solution
from backend.statistics.supply import UNMET


class Overview(BaseModel):
    """How many of each ask for somebody to look; the rest says how large the whole is."""

    solutions_submitted: int
    needs_submitted: int
    membership_requests: int
    needs_without_match: int = Field(description="As far as answers have been looked for.")
    needs_unanswered: int = Field(description="Whose authority says that nothing is suitable.")
    letters_failed: int = Field(description="Given up after several tries.")
    letters_waiting: int
    solutions_published: int
    needs_published: int
    people: int
    organisations: int


def read_overview(session: Session) -> Overview:
    """Each figure in a statement that counts rows of an index or a small table."""
    unmet = (NeedStanding.band.in_(UNMET), NeedStanding.need_id == Need.id)
    return Overview(
        solutions_submitted=_count(session, Solution, Solution.status == "submitted"),
        needs_submitted=_count(session, Need, Need.status == "submitted"),
        membership_requests=_count(session, Membership, Membership.status == "requested"),
        needs_without_match=_count(session, Need, Need.status == "published", *unmet),
        needs_unanswered=_count(
            session, Need, Need.status == "published", Need.unanswered_at.is_not(None)
        ),
        letters_failed=_count(session, Mail, Mail.given_up_at.is_not(None)),
        letters_waiting=_count(session, Mail, Mail.given_up_at.is_(None), Mail.sent_at.is_(None)),
        solutions_published=_count(session, Solution, Solution.status == "published"),
        needs_published=_count(session, Need, Need.status == "published"),
        people=_count(session, Person, Person.disabled_at.is_(None)),
        organisations=_count(session, Organisation),
    )


def _count(session: Session, model: Any, *met: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*met)) or 0
