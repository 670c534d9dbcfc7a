"""Moderation as the API takes and shows it."""

from collections import Counter
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.fields import BlankIsNone, MediumText, Statuses, Text, invalid
from backend.moderation.kinds import Path
from backend.moderation.transitions import NEEDS_REMARK, Decision
from backend.needs.schemas import NeedOut
from backend.solutions.schemas import SolutionOut


class DecisionIn(BaseModel):
    """What an operator decides of a record. The remark is read by its authors."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"decision": "request_edits", "remark": "Say where you work."}]
        },
    )

    decision: Decision
    remark: MediumText = Field(default="", description="Required with request_edits and reject.")
    duplicate_of: Annotated[str | None, BlankIsNone, Text(36)] = Field(
        default=None, description="With archive: the record of which this one is a copy."
    )

    @model_validator(mode="after")
    def _complete(self) -> "DecisionIn":
        if self.duplicate_of is not None and self.decision != "archive":
            raise invalid("only_when_archiving")
        return self

    @property
    def lacks_remark(self) -> bool:
        """Whether the authors would not learn why."""
        return self.decision in NEEDS_REMARK and not self.remark


class RemarkOut(BaseModel):
    """One decision as its authors read it; `by` is for operators only."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    decision: Decision
    remark: str
    duplicate_of: str | None
    by: str | None = Field(default=None, description="The operator's name, for operators.")
    at: datetime
    version: int = Field(description="The version that was judged.")


class QueueQuery(BaseModel):
    """The query of the queue."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["solutions", "needs"] | None = None
    status: Statuses = ["submitted"]
    limit: int = Field(default=20, ge=1, le=100)
    cursor: Annotated[str, Text(2_000)] | None = None


class QueueItem(BaseModel):
    """A record that waits; `same_title` counts the others that bear its title."""

    kind: Path
    id: str
    title: str
    lang: str
    status: str
    version: int
    organisation_id: str | None
    organisation: str | None
    updated_at: datetime
    same_title: int


class QueuePage(BaseModel):
    """Those who wait longest first; `counts` are of all records, by state and kind."""

    items: list[QueueItem]
    next_cursor: str | None
    total: int
    counts: dict[str, Counter[str]]


class DuplicateOut(BaseModel):
    """Another solution that may be the same one."""

    id: str
    title: str
    lang: str
    status: str
    organisation: str | None
    same_title: bool
    same_organisation: bool
    similarity: float = Field(description="What the texts have in common, 0 to 1.")


class CaseOut(BaseModel):
    """A record to decide of: itself, what was said of it before, what it may be a copy of."""

    kind: Path
    record: SolutionOut | NeedOut
    decisions: list[Decision] = Field(description="What can be decided of it now.")
    remarks: list[RemarkOut]
    duplicates: list[DuplicateOut]
