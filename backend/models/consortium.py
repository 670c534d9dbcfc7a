"""Solutions that answer a need together."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.ids import uuid7
from backend.models.base import Base, UtcDateTime, now
from backend.models.need import Need
from backend.models.solution import Solution


class Consortium(Base):
    """A joint answer to a need, led by one solution."""

    __tablename__ = "consortium"
    __table_args__ = (UniqueConstraint("need_id", "lead_solution_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    need_id: Mapped[str] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    lead_solution_id: Mapped[str] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), index=True
    )
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    need: Mapped[Need] = relationship(lazy="raise", viewonly=True)
    lead: Mapped[Solution] = relationship(lazy="raise", viewonly=True)
    members: Mapped[list["ConsortiumMember"]] = relationship(lazy="raise", viewonly=True)


class ConsortiumMember(Base):
    """A solution that was asked to join: "invited", "accepted" or "declined"."""

    __tablename__ = "consortium_member"

    consortium_id: Mapped[str] = mapped_column(
        ForeignKey("consortium.id", ondelete="CASCADE"), primary_key=True
    )
    solution_id: Mapped[str] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    status: Mapped[str] = mapped_column(String(12), default="invited")
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    solution: Mapped[Solution] = relationship(lazy="raise", viewonly=True)
