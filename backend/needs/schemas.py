"""Needs as the API takes and shows them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from backend.fields import (
    BlankIsNone,
    Criteria,
    LongText,
    MediumText,
    PriceBand,
    ProjectStage,
    Text,
    Title,
    WhyBlank,
    code_of,
    invalid,
)
from backend.records.filters import ListQuery
from backend.records.schemas import COUNTS, Counts, Origin, RecordFields, RecordOut, unset

EXAMPLE: JsonDict = {
    "title": "Réduire les fuites du réseau d'eau potable",
    "context": "Le rendement du réseau est de 68 % et les étés sont de plus en plus secs.",
    "description": "Trouver les fuites sans ouvrir la chaussée, sur 120 km de conduites.",
    "expected_outcome": "Un rendement de 80 % en deux ans.",
    "essential_criteria": ["Sans coupure d'eau"],
    "desirable_criteria": ["Données ouvertes"],
    "themes": ["water.leak-detection"],
    "perimeters": ["epci:243400017"],
    "budget_band": "40k_90k",
    "response_deadline": "2030-06-30",
    "status": "published",
}


class NeedFields(RecordFields):
    """What can be said of a need."""

    context: LongText = ""
    expected_outcome: MediumText = ""
    essential_criteria: Criteria = Field(default=[])
    desirable_criteria: Criteria = Field(default=[])
    budget_band: Annotated[PriceBand | None, BlankIsNone] = None
    budget_why_blank: Annotated[WhyBlank | None, BlankIsNone] = None
    response_deadline: Annotated[date | None, BlankIsNone] = Field(
        default=None, description="Last day on which an answer is accepted."
    )
    project_stage: Annotated[ProjectStage | None, BlankIsNone] = None
    anonymous: bool = Field(
        default=False, description="Show neither the organisation nor the exact place."
    )

    @model_validator(mode="after")
    def _one_budget(self) -> "NeedFields":
        if self.budget_band is not None and self.budget_why_blank is not None:
            raise invalid("budget_twice")
        return self


class NeedIn(NeedFields, Origin):
    """A need to register."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    title: Title


class NeedPatch(NeedFields):
    """Changes to a need: only the fields given change."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"project_stage": "ongoing"}]}
    )

    title: Title = Field(default_factory=unset)


class NeedOut(RecordOut):
    """A need. An anonymous one shows no organisation, no origin, and regions for its place."""

    context: str
    expected_outcome: str
    essential_criteria: list[str]
    desirable_criteria: list[str]
    budget_band: str | None
    budget_why_blank: str | None
    response_deadline: date | None
    project_stage: str | None
    anonymous: bool
    unanswered_at: datetime | None = Field(
        description="Since when its authority says that no solution here is suitable."
    )
    unanswered_reason: str | None
    unanswered_note: str | None


class NeedQuery(ListQuery):
    """The query of the list of needs."""

    unanswered: bool = Field(
        default=False, description="Only needs for which no solution is suitable."
    )


class UnansweredIn(BaseModel):
    """No solution here is suitable, and why. Everybody who sees the need can read it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "none_fits"}]}
    )

    reason: Annotated[str, AfterValidator(code_of("unanswered_reasons"))]
    note: Annotated[Annotated[str, Text(500, lines=True)] | None, BlankIsNone] = None


class NeedPage(BaseModel):
    """One page of needs; `total` counts all that meet the filters."""

    items: list[NeedOut]
    next_cursor: str | None
    total: int
    counts: Counts | None = Field(default=None, description=COUNTS)
