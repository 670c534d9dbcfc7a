"""Organisations as operators keep them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from backend.fields import BlankIsNone, Name, OrganisationKind, Siren, TerritoryCode, Text, Website
from backend.organisations.schemas import OrganisationOut
from backend.records.schemas import unset


class DirectoryQuery(BaseModel):
    """The query of the directory."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Text(200)] = Field(default="", description="Part of a name, or a SIREN.")
    twins: bool = Field(default=False, description="Only those whose name another bears too.")
    limit: int = Field(default=20, ge=1, le=100)
    cursor: Annotated[str, Text(2_000)] | None = None


class DirectoryItem(OrganisationOut):
    """An organisation and how much hangs on it; `twins` others bear its name."""

    solutions: int = 0
    needs: int = 0
    members: int = 0
    twins: int = 0


class DirectoryPage(BaseModel):
    """One page of the directory, by name."""

    items: list[DirectoryItem]
    next_cursor: str | None
    total: int


class OrganisationPatch(BaseModel):
    """Changes to an organisation: only the fields given change."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "Ville de Lunel"}]}
    )

    name: Name = Field(default_factory=unset)
    kind: OrganisationKind = Field(default_factory=unset)
    siren: Annotated[Siren | None, BlankIsNone] = None
    territory: Annotated[TerritoryCode | None, BlankIsNone] = None
    website: Annotated[Website | None, BlankIsNone] = None


class MergeIn(BaseModel):
    """The organisation that stays."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"into": "01890000-0000-7000-8000-000000000000"}]},
    )

    into: Annotated[str, Text(36)]
