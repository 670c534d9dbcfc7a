"""Lists of matches as they were shown."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Json, UtcDateTime, now


class Snapshot(Base):
    """One list: its settings and results. `id` is the SHA-256 of that content."""

    __tablename__ = "snapshot"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    direction: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(36), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    model: Mapped[str] = mapped_column(String(200))
    index_revision: Mapped[int]
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
