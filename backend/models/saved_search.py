"""Searches that people keep, and which columns they last exported."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.ids import uuid7
from backend.models.base import Base, Json, UtcDateTime, now


class SavedSearch(Base):
    """A text and filters under a name. `content_key` tells whether one is kept already.

    What was published after `last_seen_at` is new to the person; `alerted_at` is up to when
    letters have told of what is new.
    """

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("person_id", "content_key"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    content_key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text, default="")
    filters: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    frequency: Mapped[str] = mapped_column(String(12), default="none")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    alerted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ColumnChoice(Base):
    """The columns that a person last chose for an export."""

    __tablename__ = "column_choice"

    person_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    export: Mapped[str] = mapped_column(String(32), primary_key=True)
    columns: Mapped[list[str]] = mapped_column(Json)
