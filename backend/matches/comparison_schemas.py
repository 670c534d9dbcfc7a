"""Solutions side by side, as the API shows them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.fields import AtMost
from backend.matches.schemas import Band, ReasonOut
from backend.solutions.schemas import SolutionOut


class CompareQuery(BaseModel):
    """Which solutions to put side by side."""

    model_config = ConfigDict(extra="forbid")

    solution: Annotated[list[str], AtMost(4)] = Field(min_length=1)
    lang: Literal["fr", "en"] = Field(default="fr", description="Language of the reasons.")


class CriterionOut(BaseModel):
    """One thing the need asks for."""

    text: str
    essential: bool


State = Literal["declared_yes", "declared_partly", "declared_no", "answered", "to_check", "unknown"]


class AnswerOut(BaseModel):
    """What is known of one criterion for one solution.

    What its project leader declares comes first; else a sentence of the page answers it, or may;
    else nothing is known, which is not "no".
    """

    state: State
    note: str | None = Field(description="Of the project leader, with a declared answer.")
    quote: str | None
    quote_lang: str | None
    strength: float | None = Field(description="0-1: how sure it is that the quotation answers.")


class ComparedOut(BaseModel):
    """One of the solutions; `answers` are in the order of the criteria."""

    band: Band | None = Field(description="Null where it is not among the need's candidates.")
    answers: list[AnswerOut]
    reasons: list[ReasonOut]
    record: SolutionOut


class Comparison(BaseModel):
    """Solutions side by side."""

    need_id: str
    need_title: str
    need_lang: str
    criteria: list[CriterionOut]
    solutions: list[ComparedOut]
