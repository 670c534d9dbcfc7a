"""Which territories share communes, answered by the database.

The number of bound values does not grow with the territory: a region's thousands of communes
stay in a sub-query.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, case, func, literal, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.models import Territory
from backend.models.territory import COUNTRY
from backend.territories.names import search_name

LEVELS: tuple[InstrumentedAttribute[Any], ...] = (
    Territory.code,
    Territory.epci,
    Territory.ept,
    Territory.departement,
    Territory.region,
)


def communes_of(codes: Collection[str]) -> ColumnElement[bool]:
    """The condition that a row of `territory` is a commune inside one of `codes`."""
    return (Territory.kind == "commune") & or_(*(level.in_(codes) for level in LEVELS))


def touching(codes: Collection[str]) -> CompoundSelect[str]:
    """Every code that shares at least one commune with `codes`.

    The country apart: it does with all, so callers leave the filter out.
    """
    return _around(communes_of(codes), codes)


def touching_regions_of(codes: Collection[str]) -> CompoundSelect[str]:
    """Every code that shares a commune with the regions that `codes` lie in."""
    regions = select(Territory.region).where(communes_of(codes), Territory.region.is_not(None))
    return _around((Territory.kind == "commune") & Territory.region.in_(regions), ())


def _around(communes: ColumnElement[bool], codes: Collection[str]) -> CompoundSelect[str]:
    inside = select(*LEVELS).where(communes).cte()
    near = [select(column).where(column.is_not(None)) for column in inside.columns]
    named = [select(literal(code)) for code in codes]
    return union(*near, *named, select(literal(COUNTRY)))


def existing(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """The names of those of `codes` that exist."""
    rows = session.execute(
        select(Territory.code, Territory.name).where(Territory.code.in_(set(codes)))
    )
    return {row.code: row.name for row in rows}


def find(session: Session, q: str, kinds: Collection[str], limit: int) -> list[Territory]:
    """Territories by name, INSEE code or SIREN, the most populous first among equals.

    Exact finds come first, then names that begin so, then the rest.
    """
    statement = select(Territory)
    if kinds:
        statement = statement.where(Territory.kind.in_(kinds))
    words = search_name(q)
    rank = case(
        (or_(Territory.code == q, Territory.insee == q.upper(), Territory.siren == q), 0),
        (Territory.search_name == words, 1),
        (Territory.search_name.startswith(words, autoescape=True), 2),
        else_=3,
    )
    if words:
        found = or_(
            Territory.search_name.contains(words, autoescape=True),
            Territory.insee == q.upper(),
            Territory.siren == q,
            Territory.code == q,
        )
        statement = statement.where(found).order_by(rank)
    populous = func.coalesce(Territory.population, 0).desc()
    return list(session.scalars(statement.order_by(populous, Territory.code).limit(limit)))


def nearest(session: Session, code: str) -> str | None:
    """What a person who wrote `code` may have meant: a bare INSEE code or SIREN, or a name."""
    bare = code.rpartition(":")[2].strip()
    if not bare:
        return None
    found = find(session, bare, (), 1)
    return found[0].code if found else None
