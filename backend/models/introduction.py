"""From a match to what comes of it: introductions, what is said and what happens in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.ids import uuid7
from backend.introductions.decisions import Outcome, Side, Status
from backend.models.base import Base, UtcDateTime, now
from backend.models.need import Need
from backend.models.solution import Solution

OPEN = text("ended_at IS NULL")


class Introduction(Base):
    """A need and a solution whose people are brought together; one at a time is open.

    `moved_at` is when anything last happened, `status_at` when the status last changed.
    `authority_person_id` and `leader_person_id` are who asked or answered for each side, then who
    consented: nobody else's contact is shown. `ended_at` is set with a status that is never left.
    """

    __tablename__ = "introduction"
    __table_args__ = (
        Index(
            "uq_introduction_open",
            "need_id",
            "solution_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(None, "moved_at", "id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    need_id: Mapped[str] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"), index=True)
    solution_id: Mapped[str] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), index=True
    )
    consortium_id: Mapped[str | None] = mapped_column(
        ForeignKey("consortium.id", ondelete="SET NULL")
    )
    status: Mapped[Status] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    started_by: Mapped[Side] = mapped_column(String(10))
    snapshot_id: Mapped[str | None] = mapped_column(String(64))
    rank: Mapped[int | None]
    authority_person_id: Mapped[str | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL")
    )
    leader_person_id: Mapped[str | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL")
    )
    authority_consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leader_consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(32))
    reason_note: Mapped[str | None] = mapped_column(String(500))
    ended_by: Mapped[Side | None] = mapped_column(String(10))
    authority_outcome: Mapped[Outcome | None] = mapped_column(String(20))
    authority_amount_band: Mapped[str | None] = mapped_column(String(32))
    authority_outcome_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leader_outcome: Mapped[Outcome | None] = mapped_column(String(20))
    leader_amount_band: Mapped[str | None] = mapped_column(String(32))
    leader_outcome_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    status_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    need: Mapped[Need] = relationship(lazy="raise", viewonly=True)
    solution: Mapped[Solution] = relationship(lazy="raise", viewonly=True)


class IntroductionMessage(Base):
    """What one side wrote to the other. `key` makes a repeated post harmless."""

    __tablename__ = "introduction_message"
    __table_args__ = (UniqueConstraint("introduction_id", "key"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    introduction_id: Mapped[str] = mapped_column(
        ForeignKey("introduction.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str | None] = mapped_column(String(100))
    side: Mapped[Side] = mapped_column(String(10))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    authority_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leader_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IntroductionEvent(Base):
    """One change of status: from which (none at the start), to which, by which side and whom."""

    __tablename__ = "introduction_event"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    introduction_id: Mapped[str] = mapped_column(
        ForeignKey("introduction.id", ondelete="CASCADE"), index=True
    )
    from_status: Mapped[Status | None] = mapped_column(String(20))
    to_status: Mapped[Status] = mapped_column(String(20))
    side: Mapped[Side | None] = mapped_column(String(10))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
