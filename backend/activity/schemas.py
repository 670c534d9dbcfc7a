"""The trace as operators read it."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from backend.fields import BlankIsNone, Text

Word = Annotated[str | None, BlankIsNone, Text(100)]


class ActivityFilter(BaseModel):
    """Which lines of the trace; all filters must be met."""

    model_config = ConfigDict(extra="forbid")

    actor: Word = Field(default=None, description="The id of a person, or `system`, `anonymous`.")
    action: Word = None
    object_kind: Word = Field(default=None, examples=["solution"])
    object_id: Word = None
    since: date | None = Field(default=None, description="The first day, in France.")
    until: date | None = Field(default=None, description="The last day, in France.")
    q: Annotated[str, Text(200)] = Field(
        default="", description="Words of what changed, of a name, or of a record's title."
    )


class ActivityQuery(ActivityFilter):
    """One page of the trace."""

    limit: int = Field(default=50, ge=1, le=200)
    cursor: Annotated[str, Text(2_000)] | None = None


class ActivityOut(BaseModel):
    """One line: who did what to which object, when; `detail` holds what was before and after."""

    id: str
    at: datetime
    actor: str
    actor_name: str | None
    action: str
    object_kind: str
    object_id: str
    object_name: str | None
    detail: dict[str, Any] = Field(examples=[{"changed": {"status": ["submitted", "published"]}}])


class ActivityPage(BaseModel):
    """The latest lines first; `actions` are all words for actions that the trace holds."""

    items: list[ActivityOut]
    next_cursor: str | None
    total: int
    actions: list[str]
