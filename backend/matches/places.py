"""Where needs are asked and where solutions have been used, as the ranking compares them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from backend.models import Territory
from backend.models.territory import COUNTRY

# A larger territory may only be where a client is: its population tells nothing of them.
SIZED: Final = frozenset({"commune", "epci"})


class Place(NamedTuple):
    """A territory and what it lies in; `population` None when it tells no size."""

    code: str
    epci: str | None
    departement: str | None
    region: str | None
    population: int | None


def places_of(
    session: Session,
    kind: Literal["solution", "need"],
    rows: Sequence[Row[Any]],
    perimeters: Mapping[str, Collection[str]],
) -> dict[str, tuple[Place, ...]]:
    """The places of records by their id; one query for all."""
    named = {
        row.id: _references(row) if kind == "solution" else _asking(row, perimeters[row.id])
        for row in rows
    }
    known = _known(session, {code for codes in named.values() for code in codes})
    return {
        row.id: _shown([known[code] for code in named[row.id] if code in known], kind, row)
        for row in rows
    }


def _references(row: Row[Any]) -> list[str]:
    codes = {reference.get("territory") for reference in row.client_references}
    return sorted(codes - {None, COUNTRY})


def _asking(row: Row[Any], perimeters: Collection[str]) -> list[str]:
    """The authority's own territory, when it is of its kind; else where the need lies."""
    own = row.owner_territory
    if own and own.partition(":")[0] == row.owner_kind:
        return [own]
    return sorted(set(perimeters) - {COUNTRY})


def _known(session: Session, codes: Collection[str]) -> dict[str, Place]:
    if not codes:
        return {}
    columns = (
        Territory.code,
        Territory.epci,
        Territory.departement,
        Territory.region,
        Territory.population,
    )
    found = session.execute(select(*columns).where(Territory.code.in_(codes)))
    return {row.code: _place(*row) for row in found}


def _place(
    code: str, epci: str | None, departement: str | None, region: str | None, people: int | None
) -> Place:
    kind = code.partition(":")[0]
    return Place(
        code,
        code if kind == "epci" else epci,
        code if kind == "departement" else departement,
        code if kind == "region" else region,
        people if kind in SIZED else None,
    )


def _shown(places: Iterable[Place], kind: str, row: Row[Any]) -> tuple[Place, ...]:
    """As much as tells the truth: a place tells the size of who asks only if it is their own.

    A need over several territories, or of a commune over its EPCI, tells none. Of an anonymous
    need only regions are kept: a population, even rounded, would single out the few places of
    its size in the region.
    """
    held = tuple(places)
    if kind == "solution":
        return held
    if row.anonymous:
        regions = sorted({place.region for place in held if place.region})
        return tuple(Place(region, None, None, region, None) for region in regions)
    own = len(held) == 1 and row.owner_kind in {None, held[0].code.partition(":")[0]}
    return held if own else tuple(place._replace(population=None) for place in held)
