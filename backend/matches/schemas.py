"""Matches as the API shows them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from backend.fields import (
    Beneficiaries,
    BlankIsNone,
    Labels,
    Lang,
    PriceBands,
    SpokenLanguages,
    TerritoryCodes,
    Text,
    Themes,
)
from backend.needs.schemas import NeedOut
from backend.solutions.schemas import SolutionOut

Relaxable = Literal[
    "perimeter",
    "deadline",
    "theme",
    "beneficiary",
    "maturity_min",
    "price_band",
    "label",
    "language",
]
Direction = Literal["need_to_solutions", "solution_to_needs"]


class Filters(BaseModel):
    """What is asked for beside the subject. Values of one filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    theme: Themes = Field(default=[], description="A group stands for its leaves as well.")
    beneficiary: Beneficiaries = []
    perimeter: TerritoryCodes = Field(
        default=[], description="In place of the subject's own: records that touch it."
    )
    maturity_min: int | None = Field(default=None, ge=1, le=9)
    price_band: PriceBands = []
    label: Labels = []
    language: SpokenLanguages = []


class MatchQuery(Filters):
    """The query of a list of matches."""

    limit: int = Field(default=10, ge=1, le=100)
    relax: list[Relaxable] = Field(default=[], description="Filters to leave out.")
    lang: Literal["fr", "en"] = Field(default="fr", description="Language of the reasons.")


SEARCH_EXAMPLE: JsonDict = {
    "text": "capteurs pour trouver les fuites d'eau sans travaux",
    "kind": "solutions",
    "limit": 5,
    "filters": {"perimeter": ["departement:34"]},
}


class SearchIn(BaseModel):
    """A search in free text."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [SEARCH_EXAMPLE]})

    text: Annotated[str, Text(20_000, least=1, lines=True)]
    lang: Annotated[Lang | None, BlankIsNone] = Field(
        default=None, description="Language of the text; detected when absent."
    )
    kind: Literal["solutions", "needs"] = "solutions"
    limit: int = Field(default=10, ge=1, le=100)
    filters: Filters = Filters()
    relax: list[Relaxable] = []


class Subject(BaseModel):
    """The record whose matches are listed."""

    kind: Literal["solution", "need"]
    id: str
    title: str


class HiddenOut(BaseModel):
    """What one filter hides: `count` records fail it, `gain` would appear without it alone."""

    filter: str
    count: int
    gain: int


class ReasonOut(BaseModel):
    """Why a record stands where it stands. `text` is for people, the rest for programs."""

    kind: str
    polarity: Literal["fits", "misses", "unknown"]
    text: str
    quote: str | None
    codes: list[str]
    strength: float | None


class MatchOut(BaseModel):
    """One candidate. `score` is the estimated probability, 0-1, that it answers."""

    rank: int
    id: str
    score: float
    band: Literal["strong", "good", "possible", "uncertain"]
    signals: dict[str, float]
    reasons: list[ReasonOut]
    record: SolutionOut | NeedOut


class MatchList(BaseModel):
    """The best candidates, and what the filters hid."""

    subject: Subject | None
    direction: Direction
    snapshot_id: str | None = Field(description="Where this list is kept, as shown.")
    model: str
    index_revision: int
    weights: dict[str, float]
    filters: dict[str, Any]
    hidden: list[HiddenOut]
    eligible: int = Field(description="How many records passed all filters.")
    items: list[MatchOut]


class SnapshotOut(BaseModel):
    """A list as it was shown; its id is the SHA-256 of the content."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    direction: Direction
    subject_id: str
    created_at: datetime
    model: str
    index_revision: int
    payload: dict[str, Any]
