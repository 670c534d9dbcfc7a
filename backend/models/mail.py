"""Letters waiting to be sent, written with what they tell of, and who wants which of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.ids import uuid7
from backend.models.base import Base, Json, UtcDateTime, now


class Mail(Base):
    """One letter, in the words it is sent in. `key` is unique: what it names is told once.

    `claimed_at` is when a process began to send it: it is not tried twice at a time. One that is
    not "immediate" waits for the day's or the week's letter, which `digest_id` then names.
    """

    __tablename__ = "mail"
    __table_args__ = (Index(None, "sent_at", "due_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    key: Mapped[str | None] = mapped_column(String(200), unique=True)
    person_id: Mapped[str | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    address: Mapped[str] = mapped_column(String(254))
    kind: Mapped[str] = mapped_column(String(32))
    lang: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    unsubscribe: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(String(500))
    frequency: Mapped[str] = mapped_column(String(10), default="immediate")
    digest_id: Mapped[str | None] = mapped_column(String(36), index=True)


class Subscription(Base):
    """How often a person wants letters of a kind, where they have chosen."""

    __tablename__ = "subscription"

    person_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    frequency: Mapped[str] = mapped_column(String(10))


class UnsubscribeLink(Base):
    """A link in a letter that stops its kinds without signing in: `id` is its secret's hash."""

    __tablename__ = "unsubscribe_link"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kinds: Mapped[list[str]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
