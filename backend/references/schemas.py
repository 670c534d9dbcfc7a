"""Requests to confirm a client reference, as the API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.fields import BlankIsNone, Name, Text
from backend.organisations.schemas import OrganisationRef

AN_ID = "01890000-0000-7000-8000-000000000000"


class ReferenceRequestIn(BaseModel):
    """A client reference of the solution, by its name and year, to be confirmed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "Ville de Lunel", "year": 2024}]},
    )

    name: Name
    year: int | None = Field(default=None, ge=1900, le=2100)
    organisation_id: Annotated[str, Text(36, least=1)] | None = Field(
        default=None, description="The client; found by its name unless given."
    )


class ReferenceAnswerIn(BaseModel):
    """Whether the client confirms."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"answer": "confirmed"}]}
    )

    answer: Literal["confirmed", "refused"]
    note: Annotated[Annotated[str, Text(500, lines=True)] | None, BlankIsNone] = None


class ReferenceRequestOut(BaseModel):
    """A client reference and whether its client confirms it."""

    id: str
    solution_id: str
    solution_title: str
    solution_lang: str
    name: str
    year: int | None
    organisation: OrganisationRef | None
    status: Literal["requested", "confirmed", "refused"]
    note: str | None = Field(description="The client's words; shown to both sides only.")
    created_at: datetime
    answered_at: datetime | None


class ReferenceRequestPage(BaseModel):
    """Requests, newest first."""

    items: list[ReferenceRequestOut]
