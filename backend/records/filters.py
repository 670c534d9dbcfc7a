"""Filters of lists, as conditions on rows."""

from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, CompoundSelect, or_, select

from backend.fields import (
    Beneficiaries,
    Labels,
    PriceBands,
    SpokenLanguages,
    Statuses,
    TerritoryCodes,
    Text,
    Themes,
)
from backend.folding import fold
from backend.models.territory import COUNTRY
from backend.territories.queries import touching
from backend.vocabularies.service import with_leaves

Sort = Literal["-created_at", "created_at", "-updated_at", "updated_at", "title", "-title"]


class ListQuery(BaseModel):
    """The query of a list. Values of one filter are alternatives; all filters must be met."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Text(200)] = Field(default="", description="Words of the title or text.")
    theme: Themes = Field(default=[], description="A group stands for its leaves as well.")
    beneficiary: Beneficiaries = []
    perimeter: TerritoryCodes = Field(
        default=[],
        description="Records that share at least one commune with it, or do not say where.",
    )
    price_band: PriceBands = Field(default=[], description="Price of a solution, budget of a need.")
    label: Labels = []
    language: SpokenLanguages = []
    status: Statuses = ["published"]
    mine: bool = Field(
        default=False, description="Only what belongs to your organisations, in any state."
    )
    organisation_id: Annotated[str, Text(36)] | None = None
    sort: Sort = "-created_at"
    limit: int = Field(default=20, ge=1, le=100)
    counts: bool = Field(default=False, description="Also count what each value would leave.")
    cursor: Annotated[str, Text(2_000)] | None = Field(
        default=None, description="The `next_cursor` of the former page."
    )


Conditions = dict[str, ColumnElement[bool]]


def conditions(model: Any, query: ListQuery, band: Any) -> Conditions:
    """What rows of `model` must meet, by the name of the filter; places apart.

    `band` is its price or budget column.
    """
    found: Conditions = {}
    if not query.mine or "status" in query.model_fields_set:
        found["status"] = model.status.in_(query.status)
    facets = {
        # With the codes themselves: one that has left the vocabulary must not filter nothing.
        "theme": sorted({*query.theme, *with_leaves(query.theme)}),
        "beneficiary": query.beneficiary,
        "label": query.label,
        "language": query.language,
    }
    found |= {kind: has_facet(model, kind, codes) for kind, codes in facets.items() if codes}
    if query.price_band:
        found["price_band"] = band.in_(query.price_band)
    if query.organisation_id:
        found["organisation_id"] = model.organisation_id == query.organisation_id
    words = fold(query.q)
    if words:
        found["q"] = model.search_text.contains(words, autoescape=True)
    return found


def has_facet(
    model: Any, kind: str, codes: Collection[str] | CompoundSelect[str]
) -> ColumnElement[bool]:
    """Rows of `model` with at least one facet of `kind` among `codes`."""
    facet = model.facet_class
    owners = select(owner_column(model)).where(facet.kind == kind, facet.code.in_(codes))
    return model.id.in_(owners)  # type: ignore[no-any-return]


def owner_column(model: Any) -> Any:
    """The column by which the facets of `model` point at it."""
    return getattr(model.facet_class, f"{model.__tablename__}_id")


def silent_on_place(model: Any) -> ColumnElement[bool]:
    """Rows of `model` that do not say where: a filter on places must not hide them."""
    facet = model.facet_class
    known = select(owner_column(model)).where(facet.kind == "perimeter")
    return model.id.not_in(known)  # type: ignore[no-any-return]


def near(model: Any, codes: Collection[str]) -> ColumnElement[bool] | None:
    """Rows of `model` that touch `codes` or do not say where; None when all rows do."""
    if not codes or COUNTRY in codes:
        return None
    return or_(has_facet(model, "perimeter", touching(codes)), silent_on_place(model))
