"""What is counted so that nobody tries without end."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Json, UtcDateTime


class Attempt(Base):
    """The recent attempts under one name, as seconds since 1970; `key` is the hash of the name."""

    __tablename__ = "attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    times: Mapped[list[float]] = mapped_column(Json, default=list)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
