"""Fields that solutions and needs have in common."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.fields import (
    Beneficiaries,
    BlankIsNone,
    ExternalId,
    Labels,
    Lang,
    LongText,
    ShortText,
    SpokenLanguages,
    TerritoryCodes,
    Text,
    Themes,
    invalid,
)
from backend.organisations.schemas import OrganisationIn, OrganisationRef

Counts = dict[str, dict[str, int]]
COUNTS = (
    "When asked for: by filter and value, how many results that value would leave, the other "
    "filters as they are; none for a value that is not named. Places are counted by region."
)


class RecordFields(BaseModel):
    """What can be said of any record. Lists that are empty mean "not said"."""

    model_config = ConfigDict(extra="forbid")

    organisation_id: Annotated[str, Text(36)] | None = Field(
        default=None, description="An organisation that is registered already."
    )
    organisation: OrganisationIn | None = Field(
        default=None, description="Or its description; one with the same SIREN is reused."
    )
    description: LongText = ""
    themes: Themes = []
    beneficiaries: Beneficiaries = []
    perimeters: TerritoryCodes = Field(default=[], description="Territory codes; empty: unknown.")
    labels: Labels = []
    languages: SpokenLanguages = []
    lang: Annotated[Lang | None, BlankIsNone] = Field(
        default=None, description="Language of the texts (ISO 639-1); detected when absent."
    )
    status: Literal["draft", "submitted", "published"] = Field(
        default="draft", description="Submitted: an operator reads it, then publishes it."
    )

    @model_validator(mode="after")
    def _one_organisation(self) -> "RecordFields":
        if self.organisation_id is not None and self.organisation is not None:
            raise invalid("organisation_twice")
        return self


class Origin(BaseModel):
    """Where a record comes from, when it was not written here."""

    source: Annotated[ShortText | None, BlankIsNone] = None
    external_id: Annotated[ExternalId | None, BlankIsNone] = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> "Origin":
        if (self.source is None) != (self.external_id is None):
            raise invalid("external_id_pair")
        return self


class RecordOut(BaseModel):
    """What is shown of any record."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    description: str
    themes: list[str]
    beneficiaries: list[str]
    perimeters: list[str]
    perimeter_names: dict[str, str] = Field(examples=[{"departement:34": "Hérault"}])
    labels: list[str]
    languages: list[str]
    lang: str
    organisation: OrganisationRef | None
    source: str | None
    external_id: str | None
    status: str
    yours: bool = Field(description="Whether you may change it.")
    version: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None


def unset() -> Any:
    """The default of a required field in a change: "leave as it is"."""
    return None
