"""What a local authority or a business asks for."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Base, Json, UtcDateTime
from backend.models.record import Facet, Record, record_indexes, searchable


class NeedFacet(Facet, Base):
    """One theme, beneficiary, perimeter, label or language of a need."""

    __tablename__ = "need_facet"
    __table_args__ = (Index(None, "kind", "code"),)

    need_id: Mapped[str] = mapped_column(
        ForeignKey("need.id", ondelete="CASCADE"), primary_key=True, sort_order=-1
    )


def _search_text(context: DefaultExecutionContext) -> str:
    values = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return searchable(values["title"], values.get("description"))


class Need(Record, Base):
    """A need. When it is anonymous, no public answer names its author or exact place."""

    __tablename__ = "need"
    __table_args__ = record_indexes()
    facet_class = NeedFacet
    searched = ("title", "description")

    context: Mapped[str] = mapped_column(Text, default="")
    expected_outcome: Mapped[str] = mapped_column(Text, default="")
    essential_criteria: Mapped[list[str]] = mapped_column(Json, default=list)
    desirable_criteria: Mapped[list[str]] = mapped_column(Json, default=list)
    budget_band: Mapped[str | None] = mapped_column(String(32))
    budget_why_blank: Mapped[str | None] = mapped_column(String(32))
    response_deadline: Mapped[date | None]
    project_stage: Mapped[str | None] = mapped_column(String(32))
    anonymous: Mapped[bool] = mapped_column(default=False)
    # Since when, and why, its authority says that no solution here is suitable.
    unanswered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unanswered_reason: Mapped[str | None] = mapped_column(String(32))
    unanswered_note: Mapped[str | None] = mapped_column(String(500))
    search_text: Mapped[str] = mapped_column(Text, default=_search_text)

    facets: Mapped[list[NeedFacet]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, lazy="raise"
    )
