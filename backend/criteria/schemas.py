"""Answers to the criteria of a need, as the API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from backend.fields import AtMost, BlankIsNone, Criterion, Text

Answer = Literal["yes", "partly", "no"]
Note = Annotated[str, Text(500, lines=True)]
EXAMPLE: JsonDict = {
    "answers": [
        {"criterion": "Sans coupure d'eau", "answer": "yes"},
        {"criterion": "Données ouvertes", "answer": "partly", "note": "Sur demande."},
    ]
}


class CriterionAnswerIn(BaseModel):
    """One answer. The criterion is named by its text, so that none is given to another one."""

    model_config = ConfigDict(extra="forbid")

    criterion: Criterion
    answer: Answer | None = Field(description="null takes the answer back.")
    note: Annotated[Note | None, BlankIsNone] = None


class CriterionAnswersIn(BaseModel):
    """Answers to some criteria of a need; the others stay as they are."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    answers: Annotated[list[CriterionAnswerIn], AtMost(100)]


class CriterionAnswerOut(BaseModel):
    """A criterion of the need and what the project leader says; null: nothing yet."""

    criterion: str
    essential: bool
    answer: Answer | None
    note: str | None
    updated_at: datetime | None


class CriterionAnswersOut(BaseModel):
    """All criteria of a need, essential ones first, with the answers of one solution."""

    need_id: str
    solution_id: str
    items: list[CriterionAnswerOut]
