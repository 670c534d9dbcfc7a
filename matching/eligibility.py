"""Hard filters: which records may be shown at all, and how many each filter hides.

What a need implies (its perimeter, a closing date) excludes only what is certain: a record that
does not say is kept. What a person asks for by hand (a theme, a label) must be declared.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from matching.fits import Numbers, floor_of
from matching.lexical import Scores
from matching.perimeters import COUNTRY, Perimeters
from matching.ragged import Grown, Ragged
from matching.types import Facts, Hidden, Mask, Place, Rows

Numbered: TypeAlias = Literal["maturity", "money", "floor", "updated"]

_SETS: Final = ("themes", "beneficiaries", "labels", "languages", "perimeters")
_UNKNOWN: Final = -1
_NEVER: Final = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is asked for by hand, and which filters to set aside. Empty means not asked."""

    themes: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    perimeters: tuple[str, ...] = ()
    maturity_min: int | None = None
    money: tuple[int, ...] = ()
    relax: frozenset[str] = frozenset()


class FactTable:
    """The facts of all records, in columns, so that a filter is a few array operations."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, int]] = {name: {} for name in _SETS}
        self._sets = {name: Ragged(np.int32) for name in _SETS}
        self._published = Grown(np.bool_)
        self._maturity = Grown(np.int8)
        self._money = Grown(np.int8)
        self._deadline = Grown(np.int32)
        self._floor = Grown(np.float32)
        self._updated = Grown(np.int32)
        self._places = Ragged(np.int32, (6,))
        self._place_numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._published)

    def append(self, facts: Facts) -> None:
        """Add the facts of the next row."""
        for name in _SETS:
            known = self._codes[name]
            codes = sorted(getattr(facts, name))
            ids = [known.setdefault(code, len(known)) for code in codes]
            self._sets[name].append(np.array(ids, np.int32))
        deadline = facts.deadline.toordinal() if facts.deadline else _NEVER
        self._published.extend(np.array([facts.published]))
        self._maturity.extend(np.array([_UNKNOWN if facts.maturity is None else facts.maturity]))
        self._money.extend(np.array([_UNKNOWN if facts.money is None else facts.money]))
        self._deadline.extend(np.array([deadline]))
        self._floor.extend(floor_of(facts.stage)[None])
        updated = facts.updated.toordinal() if facts.updated else _UNKNOWN
        self._updated.extend(np.array([updated]))
        self._places.append(self.numbered(facts.places, new=True))

    def drop(self, row: int) -> None:
        """A dropped row is never published."""
        self._published.values[row] = False

    @property
    def published(self) -> Mask:
        """Which rows may be shown to anyone."""
        return self._published.values

    def numbers(self, name: Numbered, rows: Rows) -> Scores:
        """A column of numbers for `rows`, shape (n,); NaN where it is unknown."""
        columns: dict[Numbered, Grown[Any]] = {
            "maturity": self._maturity,
            "money": self._money,
            "floor": self._floor,
            "updated": self._updated,
        }
        values = columns[name].values[rows].astype(float)
        return np.where(values < 0, np.nan, values)

    def codes(self, name: str) -> list[str]:
        """The codes of the set `name` that any row declares, by number."""
        return list(self._codes[name])

    def of(self, name: str, rows: Rows) -> tuple[Rows, Rows]:
        """The numbers of the codes that `rows` declare, one row after the other, and how many."""
        held = self._sets[name]
        return held.pick(rows).astype(np.int64), held.lengths(rows)

    def places_of(self, rows: Rows) -> tuple[Numbers, Rows]:
        """The places of `rows` as `numbered` gives them, one row after the other, and how many."""
        return self._places.pick(rows), self._places.lengths(rows)

    def numbered(self, places: Sequence[Place], *, new: bool = False) -> Numbers:
        """Places as numbers, shape (n, 6): itself, EPCI, département, region, kind, population.

        0 is unknown; so is a code that no row has, unless it is a `new` row's own.
        """
        known = self._place_numbers
        rows = np.zeros((len(places), 6), np.int32)
        for row, place in zip(rows, places, strict=True):
            levels = (place.code, place.epci, place.departement, place.region, place.kind)
            for level, code in enumerate(levels):
                if code and new:
                    known.setdefault(code, len(known) + 1)
                row[level] = known.get(code or "", 0)
            row[5] = place.population or 0
        return rows

    def declares(self, name: str, wanted: Callable[[str], bool]) -> Mask:
        """Rows that declare at least one code of the set `name` that is wanted."""
        known = self._codes[name]
        lookup = np.fromiter((wanted(code) for code in known), bool, len(known))
        return self._sets[name].any_of(lookup)

    def silent(self, name: str) -> Mask:
        """Rows that say nothing of the set `name`."""
        return np.asarray(np.diff(self._sets[name].starts) == 0)

    def fails(self, criteria: Criteria, perimeters: Perimeters, today: date) -> dict[str, Mask]:
        """The rows that each active filter excludes, by the filter's name."""
        failing: dict[str, Mask] = {"deadline": self._deadline.values < today.toordinal()}
        if criteria.perimeters:
            failing["perimeter"] = self._out_of(frozenset(criteria.perimeters), perimeters)
        if criteria.themes:
            failing["theme"] = ~self.declares("themes", _within(criteria.themes))
        for name, singular in _ASKED.items():
            asked = frozenset(getattr(criteria, name))
            if asked:
                failing[singular] = ~self.declares(name, asked.__contains__)
        if criteria.maturity_min is not None:
            failing["maturity_min"] = self._maturity.values < criteria.maturity_min
        if criteria.money:
            failing["price_band"] = ~np.isin(self._money.values, criteria.money)
        return {name: mask for name, mask in failing.items() if name not in criteria.relax}

    def _out_of(self, asked: frozenset[str], perimeters: Perimeters) -> Mask:
        if COUNTRY in asked:
            return np.zeros(len(self), bool)
        touching = perimeters.touching(asked)
        near = self.declares("perimeters", touching.__contains__)
        return ~(near | self.silent("perimeters"))


_ASKED: Final = {"beneficiaries": "beneficiary", "labels": "label", "languages": "language"}


def _within(themes: Iterable[str]) -> Callable[[str], bool]:
    """A leaf is within its group: `water` asks for `water` and `water.flood-risk`."""
    asked = frozenset(themes)
    return lambda code: code in asked or code.partition(".")[0] in asked


def eligible_rows(published: Mask, failing: Mapping[str, Mask]) -> tuple[Mask, list[Hidden]]:
    """The rows that pass every filter, and what each filter hides of the published ones."""
    failures = sum(
        (mask.astype(np.int8) for mask in failing.values()), np.zeros(len(published), np.int8)
    )
    hidden = [
        Hidden(name, int((published & mask).sum()), int((published & mask & (failures == 1)).sum()))
        for name, mask in failing.items()
    ]
    return published & (failures == 0), [entry for entry in hidden if entry.count]
