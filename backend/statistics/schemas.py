"""Figures as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, Field

from backend.matches.schemas import ExposureOut


class ThemeFigures(BaseModel):
    """What is asked and offered under one group of themes, among published records."""

    theme: str
    solutions: int
    needs: int
    looked_at: int = Field(description="Needs for which answers have been looked for.")
    without_match: int = Field(description="Of these, those whose best answer is uncertain.")


class PlaceFigures(BaseModel):
    """What is asked in one département, and offered there."""

    departement: str = Field(examples=["departement:34"])
    name: str
    solutions: int
    needs: int


class Anywhere(BaseModel):
    """Published records that are for the whole country, or do not say where."""

    whole_country: int
    unsaid: int


class ShownSolution(BaseModel):
    """A published solution and in how many lists it was shown."""

    id: str
    title: str
    organisation: str | None
    lists: int


class Funnel(BaseModel):
    """From a match to a deal: each is a number of pairs of a need and a solution."""

    shown: int = Field(description="Shown in the list of either.")
    introductions: int
    from_lists: int = Field(description="Introductions that were asked for from a kept list.")
    answered: int = Field(description="Introductions to which the other side has answered.")
    met: int = Field(description="Met, or went further.")
    pilots: int = Field(description="Tried, or went further.")
    deals: int
    median_hours: float | None = Field(
        description="Half of the answered introductions were answered within so many hours."
    )


class StatisticsOut(BaseModel):
    """The figures of the dashboard, of published records at present."""

    themes: list[ThemeFigures]
    departements: list[PlaceFigures]
    solutions_anywhere: Anywhere
    needs_anywhere: Anywhere
    needs_published: int
    needs_looked_at: int
    looked_at_since: datetime | None = Field(
        description="When the answer that was looked for longest ago was looked for."
    )
    funnel: Funnel
    exposure: ExposureOut
    most_shown: list[ShownSolution]


class LookedAt(BaseModel):
    """How many needs were compared just now, and how many still wait."""

    looked_at: int
    waiting: int
