"""Solutions as the API takes and shows them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from backend.fields import (
    AtMost,
    BlankIsNone,
    Email,
    MediumText,
    Name,
    Phone,
    PriceBand,
    ShortText,
    Summary,
    TerritoryCode,
    Title,
    Website,
)
from backend.records.filters import ListQuery
from backend.records.schemas import COUNTS, Counts, Origin, RecordFields, RecordOut, unset
from backend.solutions.completeness import Part

EXAMPLE: JsonDict = {
    "title": "Détection acoustique des fuites d'eau",
    "summary": "Des capteurs posés sans travaux repèrent les fuites du réseau en une semaine.",
    "description": "Chaque nuit, les capteurs écoutent les conduites et situent la fuite à 1 m.",
    "themes": ["water.leak-detection"],
    "beneficiaries": ["agents"],
    "perimeters": ["region:76"],
    "languages": ["fr"],
    "maturity": 9,
    "price_band": "10k_40k",
    "deployment_weeks": 4,
    "status": "published",
}
CONTACT_FIELDS = ("contact_name", "contact_email", "contact_phone")

Maturity = Annotated[int, Field(ge=1, le=9, description="Technology readiness level.")]


class ClientReference(BaseModel):
    """A client for whom the solution was deployed."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    territory: Annotated[TerritoryCode | None, BlankIsNone] = None
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    description: Annotated[MediumText | None, BlankIsNone] = None


class SolutionFields(RecordFields):
    """What can be said of a solution."""

    summary: Summary = ""
    maturity: Maturity | None = None
    price_band: Annotated[PriceBand | None, BlankIsNone] = None
    client_references: Annotated[list[ClientReference], AtMost(50)] = Field(default=[])
    deployment_weeks: Annotated[int, Field(ge=0, le=520)] | None = None
    licence: Annotated[ShortText | None, BlankIsNone] = None
    website: Annotated[Website | None, BlankIsNone] = None
    contact_name: Annotated[Name | None, BlankIsNone] = Field(
        default=None, description="Never shown in public."
    )
    contact_email: Annotated[Email | None, BlankIsNone] = Field(
        default=None, description="Never shown in public."
    )
    contact_phone: Annotated[Phone | None, BlankIsNone] = Field(
        default=None, description="Never shown in public."
    )


class SolutionIn(SolutionFields, Origin):
    """A solution to register."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    title: Title


class SolutionPatch(SolutionFields):
    """Changes to a solution: only the fields given change."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"maturity": 8, "status": "published"}]}
    )

    title: Title = Field(default_factory=unset)


class Contact(BaseModel):
    """Whom to write to about a solution."""

    model_config = ConfigDict(from_attributes=True)

    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None


class MissingOut(BaseModel):
    """A part that would make the solution easier to find; `short`: there, but brief."""

    model_config = ConfigDict(from_attributes=True)

    part: Part
    points: int
    short: bool


class CompletenessOut(BaseModel):
    """Points earned, 0 to 100, and what would earn the rest, the most useful first."""

    model_config = ConfigDict(from_attributes=True)

    points: int
    missing: list[MissingOut]


class SolutionOut(RecordOut):
    """A solution. `has_contact` tells that a contact is known; it is not shown."""

    summary: str
    maturity: int | None
    price_band: str | None
    client_references: list[ClientReference]
    deployment_weeks: int | None
    licence: str | None
    website: str | None
    has_contact: bool
    contact: Contact | None = Field(description="For those who may change the solution only.")
    completeness: CompletenessOut | None = Field(
        description="For those who may change the solution only."
    )


class SolutionQuery(ListQuery):
    """The query of the list of solutions."""

    maturity_min: int | None = Field(default=None, ge=1, le=9)


class SolutionPage(BaseModel):
    """One page of solutions; `total` counts all that meet the filters."""

    items: list[SolutionOut]
    next_cursor: str | None
    total: int
    counts: Counts | None = Field(default=None, description=COUNTS)
