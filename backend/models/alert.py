"""From which band on people are told of matches, and of which they were."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, UtcDateTime, now


class AlertBand(Base):
    """The least band of which a person wants to hear, for one record; for all where it is ""."""

    __tablename__ = "alert_band"

    person_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    record_id: Mapped[str] = mapped_column(String(36), primary_key=True, default="")
    band: Mapped[str] = mapped_column(String(10))


class MatchAlert(Base):
    """That a person was told of a candidate for a record: told once."""

    __tablename__ = "match_alert"

    person_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    record_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    candidate_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
