"""Accounts as the API shows them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.accounts.viewer import Role
from backend.fields import Name, Text


class PersonOut(BaseModel):
    """Oneself. Nobody else is ever shown an address."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    email: str
    lang: str
    operator: bool


class PersonIn(BaseModel):
    """Changes to oneself; what is not given stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"lang": "en"}]})

    name: Name | None = None
    lang: Literal["fr", "en"] | None = None


class BelongingOut(BaseModel):
    """An organisation one belongs to, or asks to."""

    organisation_id: str
    organisation_name: str
    role: Role
    status: Literal["requested", "active"]


class Me(BaseModel):
    """Who is asking: no `person` when nobody is signed in. `demo` tells that all is fictional."""

    person: PersonOut | None
    belongings: list[BelongingOut]
    demo: bool


class SessionOut(BaseModel):
    """One browser that is signed in."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    device: str
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    current: bool


class TokenIn(BaseModel):
    """A key to make."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "Nightly export", "days": 90}]}
    )

    name: Annotated[str, Text(100, least=1)]
    scopes: list[Literal["read", "write"]] = Field(default=["read"], min_length=1, max_length=2)
    days: int = Field(default=90, ge=1, le=366, description="Days until it expires.")


class TokenOut(BaseModel):
    """A key, without its secret."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


class TokenMade(TokenOut):
    """A new key with its secret, which is shown this once only."""

    secret: str
