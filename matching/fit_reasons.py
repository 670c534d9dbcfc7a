"""What declared facts say of a pair: each fits, misses, or is an open question.

A fact is unknown, and told so, only where the need states what it wants and the solution does not
answer; what nobody asked for is not mentioned. Polarity follows the sign of the fact's signal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

import numpy as np

from matching.fits import EVERYONE, age_fit, budget_fit, floor_of, maturity_fit, population_fit
from matching.perimeters import Perimeters
from matching.types import Facts, Place, Polarity, Reason, Side

_STALE_FROM: Final = -0.5
_LEVELS: Final = ("code", "epci", "departement", "region")


@dataclass(frozen=True, slots=True)
class Pair:
    """The facts of who asks and of a candidate of a side, on a day."""

    asked: Facts
    held: Facts
    side: Side
    today: date

    @property
    def need(self) -> Facts:
        """The facts of the one that is a need."""
        return self.asked if self.side == "solution" else self.held

    @property
    def solution(self) -> Facts:
        """The facts of the one that is a solution."""
        return self.held if self.side == "solution" else self.asked


def fit_reasons(pair: Pair, perimeters: Perimeters) -> Iterator[Reason]:
    """The reasons that the facts of a pair give, in the order in which they are read."""
    yield from _themes(pair)
    yield from _beneficiaries(pair)
    yield from _perimeter(pair.asked, pair.held, perimeters)
    for tell in (_budget, _maturity, _population, _references, _age):
        yield from tell(pair)


def _themes(pair: Pair) -> Iterator[Reason]:
    asked, held = pair.asked.themes, pair.held.themes
    if not asked or not held:
        yield from _open_question("themes", pair.need.themes, pair.solution.themes)
        return
    groups = {code.partition(".")[0] for code in asked}
    near = {code for code in held if code.partition(".")[0] in groups}
    polarity: Polarity = "fits" if near else "misses"
    yield Reason("themes", polarity, codes=tuple(sorted(asked & held or near or held)))


def _beneficiaries(pair: Pair) -> Iterator[Reason]:
    asked, held = pair.asked.beneficiaries, pair.held.beneficiaries
    if not asked or not held:
        wanted, offered = pair.need.beneficiaries, pair.solution.beneficiaries
        yield from _open_question("beneficiaries", wanted, offered)
    elif asked & held:
        yield Reason("beneficiaries", "fits", codes=tuple(sorted(asked & held)))
    elif EVERYONE not in asked | held:
        yield Reason("beneficiaries", "misses", codes=tuple(sorted(held)))


def _open_question(kind: str, wanted: object, offered: object) -> Iterator[Reason]:
    if wanted and not offered:
        yield Reason(kind, "unknown")


def _perimeter(asked: Facts, held: Facts, perimeters: Perimeters) -> Iterator[Reason]:
    if not asked.perimeters:
        return
    codes = tuple(sorted(held.perimeters))
    if not codes:
        yield Reason("perimeter", "unknown")
        return
    coverage = perimeters.coverage(asked.perimeters, held.perimeters)
    polarity: Polarity = "fits" if perimeters.meet(asked.perimeters, held.perimeters) else "misses"
    yield Reason("perimeter", polarity, codes=codes, values={"coverage": round(coverage, 4)})


def _budget(pair: Pair) -> Iterator[Reason]:
    price, budget = pair.solution.money, pair.need.money
    if budget is None:
        return
    if price is None:
        yield Reason("budget", "unknown")
        return
    values = {"price": float(price), "budget": float(budget)}
    yield Reason("budget", _polarity(budget_fit(price, budget)), values=values)


def _maturity(pair: Pair) -> Iterator[Reason]:
    level, floor = pair.solution.maturity, float(floor_of(pair.need.stage))
    if np.isnan(floor):
        return
    if level is None:
        yield Reason("maturity", "unknown")
        return
    values = {"maturity": float(level), "floor": floor}
    yield Reason("maturity", _polarity(maturity_fit(level, floor)), values=values)


def _population(pair: Pair) -> Iterator[Reason]:
    """Whether a reference is of a like size: within a factor of ten of the need's place."""
    sizes = [
        float(population_fit(one.population, other.population))
        for one, other in product(pair.need.places, pair.solution.places)
        if one.population and other.population
    ]
    if sizes and (best := max(sizes)):
        yield Reason("population", "fits" if best > 0 else "misses")


def _references(pair: Pair) -> Iterator[Reason]:
    """The smallest territory that a place of the need shares with a reference."""
    asked, held = pair.need.places, pair.solution.places
    if not asked:
        return
    if not held:
        yield Reason("references", "unknown")
        return
    shared = [level for level in _LEVELS if any(_same(level, *two) for two in product(asked, held))]
    yield Reason("references", "fits" if shared else "misses", codes=tuple(shared[:1]))


def _same(level: str, one: Place, other: Place) -> bool:
    code = getattr(one, level)
    return code is not None and code == getattr(other, level)


def _age(pair: Pair) -> Iterator[Reason]:
    """Told of an entry left for a half-life or longer; that one is fresh goes without saying."""
    if pair.solution.updated is None:
        return
    days = (pair.today - pair.solution.updated).days
    if float(age_fit(days)) <= _STALE_FROM:
        yield Reason("age", "misses", values={"years": float(round(days / 365))})


def _polarity(fit: object) -> Polarity:
    return "fits" if float(np.asarray(fit)) > 0 else "misses"
