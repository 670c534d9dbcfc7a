"""What was said of a record: for its authors, and for operators with who said it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.models import ModerationRemark, Person
from backend.moderation.schemas import RemarkOut


def list_remarks(
    session: Session, record_kind: str, record_id: str, viewer: Viewer
) -> list[RemarkOut]:
    """The decisions on a record, the latest first."""
    rows = session.execute(
        select(ModerationRemark, Person.name)
        .outerjoin(Person, Person.id == ModerationRemark.by)
        .where(ModerationRemark.record_kind == record_kind, ModerationRemark.record_id == record_id)
        .order_by(ModerationRemark.id.desc())
    )
    return [
        RemarkOut.model_validate(remark).model_copy(
            update={"by": name if viewer.operator else None}
        )
        for remark, name in rows
    ]
