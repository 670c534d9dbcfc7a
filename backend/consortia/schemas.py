"""Joint answers as the API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.fields import AtMost, Text

MemberStatus = Literal["invited", "accepted", "declined"]
RecordId = Annotated[str, Text(36, least=1)]
AN_ID = "01890000-0000-7000-8000-000000000000"


class ConsortiumIn(BaseModel):
    """Solutions invited to answer a need together with one's own."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"need_id": AN_ID, "solution_ids": [AN_ID]}]},
    )

    need_id: RecordId
    solution_ids: Annotated[list[RecordId], AtMost(10)] = Field(min_length=1)
    note: Annotated[str, Text(500, lines=True)] = ""


class ConsortiumAnswerIn(BaseModel):
    """Whether an invited solution joins."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"solution_id": AN_ID, "answer": "accepted"}]},
    )

    solution_id: RecordId
    answer: Literal["accepted", "declined"]


class PartnerOut(BaseModel):
    """A solution of a joint answer and whose it is."""

    solution_id: str
    title: str
    lang: str
    organisation: str | None
    status: Literal["lead", "invited", "accepted", "declined"]
    yours: bool = Field(description="Whether you may answer for it.")


class ConsortiumOut(BaseModel):
    """A joint answer: the leading solution first, then those it invited."""

    id: str
    need_id: str
    need_title: str
    need_lang: str
    note: str
    partners: list[PartnerOut]
    created_at: datetime


class ConsortiumPage(BaseModel):
    """The joint answers of one's solutions, newest first."""

    items: list[ConsortiumOut]
