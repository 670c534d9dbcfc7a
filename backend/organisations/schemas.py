"""Organisations as the API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from backend.accounts.viewer import Role
from backend.fields import (
    AtMost,
    BlankIsNone,
    Name,
    OrganisationKind,
    Siren,
    TerritoryCode,
    Text,
    Website,
)

EXAMPLE: JsonDict = {
    "name": "Montpellier Méditerranée Métropole",
    "kind": "epci",
    "siren": "243400017",
    "territory": "epci:243400017",
    "website": "https://www.montpellier3m.fr",
}


class OrganisationIn(BaseModel):
    """An organisation to register."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    name: Name
    kind: OrganisationKind
    siren: Annotated[Siren | None, BlankIsNone] = None
    territory: Annotated[TerritoryCode | None, BlankIsNone] = None
    website: Annotated[Website | None, BlankIsNone] = None


class OrganisationNew(OrganisationIn):
    """An organisation to register by itself, and the role one takes in it."""

    role: Role | None = Field(
        default=None, description="You hold it at once: nobody else belongs to it yet."
    )


class OrganisationOut(BaseModel):
    """An organisation."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    kind: str
    siren: str | None
    territory: str | None
    website: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class MemberIn(BaseModel):
    """The part that somebody asks for in an organisation."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"role": "authority_staff"}]}
    )

    role: Role


class MemberOut(BaseModel):
    """Somebody who acts for an organisation, or asks to."""

    person_id: str
    name: str
    email_domain: str = Field(description="What follows the @ of their address; not the rest.")
    role: Role
    status: Literal["requested", "active"]
    created_at: datetime


class OrganisationRef(BaseModel):
    """The organisation of a record, as shown beside it."""

    id: str
    name: str
    kind: str
    territory: str | None = Field(examples=["epci:243400017"])
    territory_name: str | None = Field(examples=["Montpellier Méditerranée Métropole"])


class OrganisationQuery(BaseModel):
    """The query of the list of organisations."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Text(200)] = Field(
        default="", description="Part of the name, or the whole SIREN."
    )
    kind: Annotated[list[OrganisationKind], AtMost(20)] = []
    limit: int = Field(default=20, ge=1, le=100)
    cursor: Annotated[str, Text(2_000)] | None = Field(
        default=None, description="The `next_cursor` of the former page."
    )


class OrganisationPage(BaseModel):
    """One page of organisations."""

    items: list[OrganisationOut]
    next_cursor: str | None
    total: int
