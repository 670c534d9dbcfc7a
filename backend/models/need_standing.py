"""How well published needs are answered, as last looked at."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, UtcDateTime, now


class NeedStanding(Base):
    """The band of the best answer to a need ("none" without any), and when it was looked for."""

    __tablename__ = "need_standing"

    need_id: Mapped[str] = mapped_column(
        ForeignKey("need.id", ondelete="CASCADE"), primary_key=True
    )
    band: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
