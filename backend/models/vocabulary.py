"""What operators changed in the closed lists."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, UtcDateTime, now


class VocabularyEntry(Base):
    """A word that replaces the one of the files for its code, or that the files do not have.

    A retired code stays readable where it was chosen, and can no longer be chosen. Entries are
    shown by `position`, those without one after the others in the order of the files.
    """

    __tablename__ = "vocabulary_entry"

    vocabulary: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    fr: Mapped[str] = mapped_column(String(200))
    en: Mapped[str] = mapped_column(String(200))
    parent: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int | None]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
