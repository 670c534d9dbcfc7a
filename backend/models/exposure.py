"""Which record was shown in whose list."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, UtcDateTime, now


class Exposure(Base):
    """A record was shown, at least once, in the list of a subject (a need or a solution)."""

    __tablename__ = "exposure"

    record_kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    subject_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
