"""How many records each value of a filter would leave, the other filters as they are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from backend.models import Need, Solution
from backend.models.territory import COUNTRY
from backend.records.filters import Conditions, owner_column
from backend.records.schemas import Counts
from backend.territories.table import nesting

FACETS = ("theme", "beneficiary", "label", "language")
LEVELS = range(1, 10)


def count_values(session: Session, model: type[Solution | Need], met: Conditions) -> Counts:
    """The counts of every filter by value, in a number of queries that does not grow.

    `met` is what the rows of the list meet, by filter: each filter is counted without its own.
    """
    counts = {kind: _facets(session, model, kind, _without(met, kind)) for kind in FACETS}
    counts["theme"] |= _theme_groups(session, model, _without(met, "theme"))
    band = Solution.price_band if model is Solution else Need.budget_band
    counts["price_band"] = _column(session, band, _without(met, "price_band"))
    counts["perimeter"] = _regions(session, model, _without(met, "perimeter"))
    if model is Solution:
        counts["maturity_min"] = _maturity(session, _without(met, "maturity_min"))
    return counts


def _without(met: Conditions, name: str) -> list[ColumnElement[bool]]:
    return [condition for other, condition in met.items() if other != name]


def _facets(
    session: Session, model: Any, kind: str, met: list[ColumnElement[bool]]
) -> dict[str, int]:
    facet = model.facet_class
    rows = _joined(model, kind, met, facet.code, func.count()).group_by(facet.code)
    return _numbers(session, rows)


def _theme_groups(session: Session, model: Any, met: list[ColumnElement[bool]]) -> dict[str, int]:
    """A group stands for its leaves: a record in two of them counts once."""
    facet, owner = model.facet_class, owner_column(model)
    dot = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
    group = func.substr(facet.code, 1, dot(facet.code + ".", ".") - 1).label("theme_group")
    rows = _joined(model, "theme", met, group, func.count(owner.distinct())).group_by(group)
    return _numbers(session, rows)


def _column(session: Session, column: Any, met: list[ColumnElement[bool]]) -> dict[str, int]:
    wanted = select(column, func.count()).where(column.is_not(None), *met).group_by(column)
    return _numbers(session, wanted)


def _maturity(session: Session, met: list[ColumnElement[bool]]) -> dict[str, int]:
    """A filter on maturity is a least level: each counts those above it as well."""
    held = _column(session, Solution.maturity, met)
    least = {str(level): sum(n for at, n in held.items() if int(at) >= level) for level in LEVELS}
    return {level: n for level, n in least.items() if n}


def _regions(session: Session, model: Any, met: list[ColumnElement[bool]]) -> dict[str, int]:
    """By region: records that touch it, or the whole country, or do not say where."""
    owner, code = owner_column(model), model.facet_class.code
    total = session.scalar(select(func.count()).select_from(model).where(*met)) or 0
    places: dict[str, set[str]] = {}
    for record, place in session.execute(_joined(model, "perimeter", met, owner, code)):
        places.setdefault(record, set()).add(place)
    everywhere = sum(COUNTRY in held for held in places.values()) + total - len(places)
    touched = Counter(
        region for held in places.values() if COUNTRY not in held for region in regions_of(held)
    )
    names = {place for inside in region_table().values() for place in inside}
    counted = {region: touched[region] + everywhere for region in sorted(names)}
    return {region: n for region, n in counted.items() if n}


def regions_of(codes: Iterable[str]) -> set[str]:
    """The regions that territories lie in; none for one that is not known."""
    return set().union(*(region_table().get(code, frozenset()) for code in codes))


@lru_cache(maxsize=1)
def region_table() -> Mapping[str, frozenset[str]]:
    """Every code of a commune, EPCI, département or region -> the regions it lies in."""
    found: dict[str, set[str]] = {}
    for *inside, region in nesting():
        for code in (*inside, region):
            if code:
                found.setdefault(code, set()).add(region)
    return {code: frozenset(regions) for code, regions in found.items()}


def _joined(model: Any, kind: str, met: list[ColumnElement[bool]], *columns: Any) -> Select[Any]:
    """Facets of a kind of the rows that meet all."""
    facet = model.facet_class
    joined = select(*columns).select_from(facet).join(model, model.id == owner_column(model))
    return joined.where(facet.kind == kind, *met)


def _numbers(session: Session, wanted: Select[Any]) -> dict[str, int]:
    return {str(value): count for value, count in session.execute(wanted)}
