"""Holds the facts of who asks against those of the candidates, all rows at once."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from matching.eligibility import FactTable
from matching.fits import (
    EVERYONE,
    age_fit,
    beneficiaries_fit,
    budget_fit,
    floor_of,
    maturity_fit,
    population_fit,
    territory_nearness,
    theme_closeness,
)
from matching.lexical import Scores
from matching.ragged import max_by_row, sum_by_row
from matching.types import Facts, Rows, Side

_NO_SIZE: Final = -2.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts of who asks, to be held against candidates of a side on a day."""

    facts: Facts
    side: Side
    today: date

    def fits(self, table: FactTable, rows: Rows) -> dict[str, Scores]:
        """The fit (-1 to 1, 0 unknown) of each fact for `rows` of a table, by name: shape (n,)."""
        held = {name: table.numbers(name, rows) for name in ("maturity", "floor", "updated")}
        price, budget = table.numbers("money", rows), _number(self.facts.money)
        if self.side == "solution":
            level, updated, floor = held["maturity"], held["updated"], floor_of(self.facts.stage)
        else:
            price, budget = budget, price
            level, floor = _number(self.facts.maturity), held["floor"]
            day = self.facts.updated
            updated = _number(day.toordinal() if day else None)
        days = self.today.toordinal() - updated + np.zeros(len(rows))
        return {
            "themes": self._themes(table, rows),
            "beneficiaries": self._beneficiaries(table, rows),
            "maturity": maturity_fit(level, floor),
            "budget": budget_fit(price, budget),
            **self._places(table, rows),
            "age": age_fit(days),
        }

    def _themes(self, table: FactTable, rows: Rows) -> Scores:
        asked = self.facts.themes
        if not asked:
            return np.zeros(len(rows))
        closeness = [theme_closeness(asked, code) for code in table.codes("themes")]
        codes, lengths = table.of("themes", rows)
        return max_by_row(np.array(closeness, float)[codes], lengths)

    def _beneficiaries(self, table: FactTable, rows: Rows) -> Scores:
        asked = self.facts.beneficiaries
        known = table.codes("beneficiaries")
        codes, lengths = table.of("beneficiaries", rows)
        wanted, everyone = _marks(known, asked), _marks(known, frozenset({EVERYONE}))
        open_to_all = (sum_by_row(everyone[codes], lengths) > 0) | (EVERYONE in asked)
        shared = sum_by_row(wanted[codes], lengths)
        return beneficiaries_fit(shared, np.minimum(lengths, len(asked)), open_to_all)

    def _places(self, table: FactTable, rows: Rows) -> dict[str, Scores]:
        """The nearest pair of places, and the pair of the most equal sizes."""
        places, lengths = table.places_of(rows)
        near = np.zeros(len(places))
        size = np.full(len(places), _NO_SIZE)
        for asked in table.numbered(self.facts.places):
            near = np.maximum(near, territory_nearness(places, asked))
            known = (places[:, 5] > 0) & (asked[5] > 0)
            alike = population_fit(asked[5], places[:, 5])
            size = np.maximum(size, np.where(known, alike, _NO_SIZE))
        best = max_by_row(size, lengths)
        return {
            "population": np.where(best > _NO_SIZE, best, 0),
            "references": max_by_row(near, lengths),
        }


def _number(value: int | None) -> Scores:
    return np.array(np.nan if value is None else float(value))


def _marks(known: list[str], wanted: frozenset[str]) -> Scores:
    return np.fromiter((code in wanted for code in known), float, len(known))
