"""What a project leader offers."""

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.models.base import Base, Json
from backend.models.record import Facet, Record, record_indexes, searchable


class SolutionFacet(Facet, Base):
    """One theme, beneficiary, perimeter, label or language of a solution."""

    __tablename__ = "solution_facet"
    __table_args__ = (Index(None, "kind", "code"),)

    solution_id: Mapped[str] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), primary_key=True, sort_order=-1
    )


def _search_text(context: DefaultExecutionContext) -> str:
    values = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return searchable(values["title"], values.get("summary"))


class Solution(Record, Base):
    """A solution. The contact is never part of a public answer."""

    __tablename__ = "solution"
    __table_args__ = record_indexes()
    facet_class = SolutionFacet
    searched = ("title", "summary")

    summary: Mapped[str] = mapped_column(String(500), default="")
    maturity: Mapped[int | None]
    price_band: Mapped[str | None] = mapped_column(String(32))
    client_references: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    deployment_weeks: Mapped[int | None]
    licence: Mapped[str | None] = mapped_column(String(100))
    website: Mapped[str | None] = mapped_column(String(500))
    contact_name: Mapped[str | None] = mapped_column(String(200))
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_phone: Mapped[str | None] = mapped_column(String(40))
    search_text: Mapped[str] = mapped_column(Text, default=_search_text)

    facets: Mapped[list[SolutionFacet]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, lazy="raise"
    )
