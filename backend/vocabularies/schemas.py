"""The closed lists as the API takes and shows them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from backend.fields import Name


class Term(BaseModel):
    """A code and what a person reads for it; `retired` ones can no longer be chosen."""

    model_config = ConfigDict(extra="allow")

    code: str
    fr: str
    en: str
    retired: bool = False


class ThemeGroup(Term):
    """One of the nine groups of themes, with its leaves."""

    leaves: list[Term]


class TermIn(BaseModel):
    """The words of a code in both languages, and whether it can still be chosen."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"fr": "Recherche de fuites", "en": "Leak detection", "parent": "water"}]
        },
    )

    fr: Name
    en: Name
    parent: str | None = Field(
        default=None, max_length=64, description="The group of a new theme; else not needed."
    )
    position: Annotated[int, Field(ge=0, le=10_000)] | None = Field(
        default=None, description="Entries with one come first, in this order."
    )
    retired: bool = False
