"""Saved searches as the API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.fields import Text
from backend.matches.schemas import Filters

Frequency = Literal["none", "immediate", "daily", "weekly"]
Name = Annotated[str, Text(200, least=1)]
MOST = 50


class SearchToKeep(BaseModel):
    """A search to keep; without a text, its filters alone."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "Leaks in Hérault",
                    "text": "find leaks without digging",
                    "filters": {"perimeter": ["departement:34"]},
                    "frequency": "weekly",
                }
            ]
        },
    )

    name: Name
    kind: Literal["solutions", "needs"] = "solutions"
    text: Annotated[str, Text(2_000, lines=True)] = ""
    filters: Filters = Filters()
    frequency: Frequency = Field(default="none", description="How often news of it are sent.")


class SavedSearchPatch(BaseModel):
    """Changes to a saved search: only the fields given change."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Leaks"}]})

    name: Name = "-"
    frequency: Frequency = "none"


class SavedSearchOut(BaseModel):
    """A saved search, and how many of its results are new since it was last opened."""

    id: str
    name: str
    kind: Literal["solutions", "needs"]
    text: str
    filters: Filters
    frequency: Frequency
    created_at: datetime
    last_seen_at: datetime
    new: int = Field(description="Published since `last_seen_at`, 100 at most.")


class SavedSearches(BaseModel):
    """One's saved searches, the newest first."""

    items: list[SavedSearchOut]
