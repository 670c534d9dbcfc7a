"""Who did what, when."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from backend.ids import uuid7
from backend.models.base import Base, Json, UtcDateTime, now


class Activity(Base):
    """One line of the trace. Lines are added, never changed."""

    __tablename__ = "activity"
    __table_args__ = (Index(None, "object_kind", "object_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    actor: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(50))
    object_kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[str] = mapped_column(String(64))
    detail: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


def _refuse(_mapper: Mapper[Activity], _connection: Connection, line: Activity) -> None:
    raise RuntimeError(f"activity {line.id} cannot be changed: the trace only grows")


event.listen(Activity, "before_update", _refuse)
event.listen(Activity, "before_delete", _refuse)
