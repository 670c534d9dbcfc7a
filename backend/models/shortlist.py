"""Candidates that an authority's staff keeps for a need."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, UtcDateTime, now


class ShortlistEntry(Base):
    """A solution on the shortlist of a need.

    `decision` is "kept" or "dropped", None while it is open, with the reason for it: people decide,
    and what they decided can be accounted for. `snapshot_id` names the list it was taken from.
    """

    __tablename__ = "shortlist_entry"

    need_id: Mapped[str] = mapped_column(
        ForeignKey("need.id", ondelete="CASCADE"), primary_key=True
    )
    solution_id: Mapped[str] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    note: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(500), default="")
    snapshot_id: Mapped[str | None] = mapped_column(
        ForeignKey("snapshot.id", ondelete="SET NULL"), index=True
    )
    added_by: Mapped[str | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)
