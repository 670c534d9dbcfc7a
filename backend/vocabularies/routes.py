"""Look-ups of the closed lists."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from backend.accounts.access import allow
from backend.responses import WITHOUT_DATABASE, problems
from backend.vocabularies.service import vocabularies

router = APIRouter(prefix="/v1", tags=["reference lists"])


class Term(BaseModel):
    """A code and what a person reads for it."""

    model_config = ConfigDict(extra="allow")

    code: str
    fr: str
    en: str


class ThemeGroup(Term):
    """One of the nine groups of themes, with its leaves."""

    leaves: list[Term]


@router.get(
    "/themes",
    summary="The themes, by group",
    operation_id="list_themes",
    dependencies=[allow("read_reference")],
    responses=problems(every=WITHOUT_DATABASE),
)
def list_themes() -> list[ThemeGroup]:
    """Nine groups. A filter on a group also finds what bears one of its leaves."""
    return [ThemeGroup.model_validate(group) for group in vocabularies()["themes"]]


@router.get(
    "/vocabularies",
    summary="All closed lists",
    operation_id="list_vocabularies",
    dependencies=[allow("read_reference")],
    responses=problems(every=WITHOUT_DATABASE),
)
def list_vocabularies() -> dict[str, list[dict[str, Any]]]:
    """Every list by name, each entry with its code and its French and English words."""
    return dict(vocabularies())
