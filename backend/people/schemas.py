"""People as operators see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.accounts.schemas import BelongingOut
from backend.accounts.viewer import Role
from backend.fields import Text


class PeopleQuery(BaseModel):
    """The query of the list of people."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, Text(200)] = Field(default="", description="Part of a name or an address.")
    role: Role | Literal["operator"] | None = None
    state: Literal["active", "disabled", "unconfirmed"] | None = None
    limit: int = Field(default=20, ge=1, le=100)
    cursor: Annotated[str, Text(2_000)] | None = None


class AccountOut(BaseModel):
    """Somebody's account."""

    id: str
    name: str
    email: str
    lang: str
    operator: bool
    confirmed: bool = Field(description="Whether the address was confirmed.")
    disabled: bool
    created_at: datetime
    last_seen_at: datetime | None
    version: int
    belongings: list[BelongingOut]


class PeoplePage(BaseModel):
    """One page of people, by address."""

    items: list[AccountOut]
    next_cursor: str | None
    total: int


class AccountPatch(BaseModel):
    """Changes to an account: only the fields given change."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"disabled": True}]})

    operator: bool | None = None
    disabled: bool | None = None


class RequestOut(BaseModel):
    """Somebody who asks to act for an organisation."""

    person_id: str
    name: str
    email: str
    organisation_id: str
    organisation_name: str
    role: Role
    created_at: datetime
    members: int = Field(description="How many act for it already, and can decide as well.")
