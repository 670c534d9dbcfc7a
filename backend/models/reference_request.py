"""Whether the client that a solution names confirms it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.ids import uuid7
from backend.models.base import Base, UtcDateTime, now
from backend.models.organisation import Organisation
from backend.models.solution import Solution


class ReferenceRequest(Base):
    """One client reference that its organisation was asked to confirm.

    "requested", "confirmed" or "refused". It is kept by the reference's name and year (0: not
    said): when they change on the solution, the answer no longer says anything of it.
    """

    __tablename__ = "reference_request"
    __table_args__ = (UniqueConstraint("solution_id", "folded_name", "year"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    solution_id: Mapped[str] = mapped_column(ForeignKey("solution.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    folded_name: Mapped[str] = mapped_column(String(200))
    year: Mapped[int] = mapped_column(default=0)
    organisation_id: Mapped[str] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[str] = mapped_column(String(12), default="requested")
    note: Mapped[str | None] = mapped_column(String(500))
    requested_by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    solution: Mapped[Solution] = relationship(lazy="raise", viewonly=True)
    organisation: Mapped[Organisation] = relationship(lazy="raise", viewonly=True)
