"""The outbox as operators see it: never what a letter says."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.fields import Text

State = Literal["waiting", "failed", "sent"]


class MailOut(BaseModel):
    """One letter, without its words. `last_error` is what the mail server answered, or why the
    letter was not tried: "disabled" (account), "interrupted" (too often)."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    kind: str
    address: str
    created_at: datetime
    due_at: datetime
    attempts: int
    sent_at: datetime | None
    given_up_at: datetime | None
    last_error: str | None


class MailCounts(BaseModel):
    """How many letters are in each state."""

    waiting: int
    failed: int
    sent: int


class MailPage(BaseModel):
    """One page of letters in one state, the newest first. `sending`: a mail server is set."""

    items: list[MailOut]
    next_cursor: str | None
    total: int
    counts: MailCounts
    sending: bool


class MailQuery(BaseModel):
    """Which letters."""

    model_config = ConfigDict(extra="forbid")

    state: State = "failed"
    limit: int = Field(default=20, ge=1, le=100)
    cursor: Annotated[str | None, Text(500)] = None
