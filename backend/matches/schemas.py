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
from backend.records.schemas import COUNTS, Counts
from backend.solutions.schemas import SolutionOut

Relaxable = Literal[
    "perimeter",
    "deadline",
    "criterion",
    "theme",
    "beneficiary",
    "maturity_min",
    "price_band",
    "label",
    "language",
]
Band = Literal["strong", "good", "possible", "uncertain"]
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


class Arranging(BaseModel):
    """How a ranked list is arranged before it is cut."""

    group: bool = Field(
        default=True,
        description="List solutions whose texts are nearly the same under the best of them.",
    )
    spread: Literal["themes"] | None = Field(
        default=None,
        description="Keep neighbours of one theme apart: within a band, by three places at most.",
    )
    newcomers: bool = Field(
        default=True,
        description=(
            "Give the tenth of each ten places to an entry that no other list has shown, where "
            "there is one among the first 30 whose text is nearer than texts off the subject."
        ),
    )


class MatchQuery(Filters, Arranging):
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


class SearchIn(Arranging):
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
    counts: bool = Field(default=False, description="Also count what each value would leave.")


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
    """Why a record stands where it stands. `text` is for people, the rest for programs.

    A reason of kind "criterion" is about one thing that the need asks for: `aspect`, in its words.
    One of kind "place" says what would have put the record higher.
    """

    kind: str
    polarity: Literal["fits", "misses", "unknown"]
    text: str
    quote: str | None
    codes: list[str]
    strength: float | None = Field(description="0-1: how sure it is that the quotation answers.")
    aspect: str | None = None
    aspect_kind: Literal["essential", "desirable", "outcome", "sentence"] | None = None
    aspect_lang: str | None = Field(default=None, description="Language of `aspect`.")
    quote_lang: str | None = Field(
        default=None, description="Language of `quote`; that of the record when absent."
    )


class NoticeOut(BaseModel):
    """What the reader must know of the text that was asked with. `text` is for people."""

    code: str
    text: str


class SimilarOut(BaseModel):
    """An entry nearly the same as the one it is listed under, with the facts that may differ."""

    id: str
    title: str
    lang: str
    organisation: str | None
    perimeters: list[str]
    perimeter_names: dict[str, str]
    price_band: str | None
    maturity: int | None
    original_rank: int
    score: float
    band: Band


class MatchOut(BaseModel):
    """One candidate. `score` is the estimated probability, 0-1, that it answers."""

    rank: int = Field(description="Its place in this list.")
    original_rank: int = Field(description="Its place by score alone, similar entries counted.")
    id: str
    score: float
    band: Band
    signals: dict[str, float]
    reasons: list[ReasonOut]
    newcomer: str | None = Field(
        description="Why it stands higher than by score, in a sentence; null when it does not."
    )
    similar: list[SimilarOut] = Field(description="Entries that are nearly the same.")
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
    arrangement: Arranging
    notices: list[NoticeOut]
    hidden: list[HiddenOut]
    eligible: int = Field(description="How many records passed all filters.")
    counts: Counts | None = Field(default=None, description=COUNTS)
    items: list[MatchOut]


class OwnQuery(BaseModel):
    """The query of what one's own solutions answer."""

    model_config = ConfigDict(extra="forbid")

    solutions: int = Field(default=10, ge=1, le=20, description="How many solutions at most.")
    limit: int = Field(default=5, ge=1, le=20, description="How many needs for each.")
    lang: Literal["fr", "en"] = Field(default="fr", description="Language of the reasons.")


class OwnMatches(BaseModel):
    """A list for each of one's published solutions; `total` counts the solutions."""

    items: list[MatchList]
    total: int


class SimilarNeed(BaseModel):
    """A need elsewhere that asks for nearly the same."""

    band: Band
    record: NeedOut


class SimilarNeeds(BaseModel):
    """Needs that may be pooled with one, nearest first; none when nothing is close."""

    items: list[SimilarNeed]


class ExposureOut(BaseModel):
    """How evenly the published records of a kind have been shown in lists of matches."""

    kind: Literal["solutions", "needs"]
    published: int
    never_shown: int = Field(description="How many no list has shown.")
    lists: int = Field(description="How many needs or solutions have had a list.")
    gini: float | None = Field(description="0: all as often; near 1: one takes all; null: none.")
    top_decile_share: float | None = Field(
        description="The share of all showings that went to the most shown tenth."
    )


class ExposureQuery(BaseModel):
    """The query of the exposure report."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["solutions", "needs"] = "solutions"


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
