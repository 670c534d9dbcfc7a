"""Shortlists as the API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from backend.fields import AtMost, Text
from backend.matches.schemas import Band
from backend.solutions.schemas import SolutionOut

Decision = Literal["kept", "dropped"]
Note = Annotated[str, Text(2_000, lines=True)]
Why = Annotated[str, Text(500, lines=True)]
MOST = 100
ColumnName = Literal[
    "position",
    "title",
    "organisation",
    "decision",
    "reason",
    "note",
    "band",
    "criteria",
    "reasons",
    "summary",
    "maturity",
    "price_band",
    "perimeter",
    "themes",
    "beneficiaries",
    "labels",
    "deployment_weeks",
    "licence",
    "website",
    "references",
    "state",
    "added_by",
    "added_at",
]
Columns = Annotated[list[ColumnName], AtMost(len(get_args(ColumnName)))]


class EntryIn(BaseModel):
    """A solution to keep; the list it was found in tells later why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"note": "To be called on Monday"}]}
    )

    snapshot_id: Annotated[str, Text(64)] | None = Field(
        default=None, description="The list of matches it was taken from."
    )
    note: Note = ""


class EntryPatch(BaseModel):
    """Changes to an entry: only the fields given change. A decision of null takes it back."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"decision": "dropped", "reason": "Over our budget"}]},
    )

    note: Note = ""
    position: int | None = Field(default=None, ge=1, le=MOST, description="Its place, from 1.")
    decision: Decision | None = None
    reason: Why = ""


class EntryOut(BaseModel):
    """A candidate that was kept. `record` is null once the solution is no longer published."""

    solution_id: str
    title: str
    position: int
    note: str
    decision: Decision | None
    reason: str
    snapshot_id: str | None
    band: Band | None = Field(description="In the list it was taken from.")
    added_by: str | None = Field(description="The name of who kept it.")
    added_at: datetime
    updated_at: datetime
    version: int
    record: SolutionOut | None


class ShortlistOut(BaseModel):
    """The shortlist of a need, in its staff's order."""

    need_id: str
    need_title: str
    items: list[EntryOut]


class ExportQuery(BaseModel):
    """How a shortlist is exported."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["csv", "xlsx", "pdf"]
    lang: Literal["fr", "en"] = Field(default="fr", description="Language of heads and reasons.")
    columns: Columns = Field(
        default=[], description="In this order; the ones you last chose when none is named."
    )


class ColumnsChosen(BaseModel):
    """The columns of one's exports, in their order."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"columns": ["title", "decision"]}]}
    )

    columns: Columns


class NeedFigures(BaseModel):
    """A need at a glance."""

    candidates: dict[Band, int] | None = Field(
        description="How many of each band the last list shown held; null where none was shown."
    )
    listed_at: datetime | None
    shortlisted: int
    kept: int = Field(description="How many of these have been decided for.")


class Desk(BaseModel):
    """Figures of the needs of one's organisations, by id, the last changed first."""

    needs: dict[str, NeedFigures]
