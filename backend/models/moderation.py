"""What operators said of records."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.ids import uuid7
from backend.models.base import Base, UtcDateTime, now


class ModerationRemark(Base):
    """One decision on a record, with what its authors are told; `version` is the one judged.

    `duplicate_of` names the record that stays when this one was archived as a copy of it.
    """

    __tablename__ = "moderation_remark"
    __table_args__ = (Index(None, "record_kind", "record_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    record_kind: Mapped[str] = mapped_column(String(16))
    record_id: Mapped[str] = mapped_column(String(36))
    decision: Mapped[str] = mapped_column(String(20))
    remark: Mapped[str] = mapped_column(Text, default="")
    duplicate_of: Mapped[str | None] = mapped_column(String(36))
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int]
