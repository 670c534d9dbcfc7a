"""Who offers and who asks."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.folding import fold
from backend.ids import uuid7
from backend.models.base import Base, UtcDateTime, now, sortable
from backend.models.territory import Territory


def _sort_name(context: DefaultExecutionContext) -> str:
    return fold(context.get_current_parameters()["name"])[:200]  # type: ignore[no-untyped-call]


class Organisation(Base):
    """An authority, a business, an association... known by its SIREN when it has one."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(sortable(200), default=_sort_name, index=True)
    kind: Mapped[str] = mapped_column(String(32))
    siren: Mapped[str | None] = mapped_column(String(9), unique=True)
    territory: Mapped[str | None] = mapped_column(ForeignKey("territory.code"))
    website: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    place: Mapped[Territory | None] = relationship(lazy="raise", viewonly=True)
