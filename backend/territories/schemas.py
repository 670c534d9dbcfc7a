"""Territories as the API shows them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

TerritoryKind = Literal["commune", "epci", "departement", "region", "country"]


class TerritoryOut(BaseModel):
    """A territory; the codes of what contains it are full codes."""

    model_config = ConfigDict(from_attributes=True)

    code: str = Field(examples=["commune:34172"])
    kind: TerritoryKind
    insee: str | None = Field(examples=["34172"])
    siren: str | None = Field(examples=["213401722"])
    name: str = Field(examples=["Montpellier"])
    population: int | None = Field(examples=[302454])
    epci: str | None = Field(examples=["epci:243400017"])
    departement: str | None = Field(examples=["departement:34"])
    region: str | None = Field(examples=["region:76"])
