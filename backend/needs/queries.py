"""The place of anonymous needs: never told, nor found, more exactly than by region."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from backend.models import Need, NeedFacet, Territory
from backend.models.territory import COUNTRY
from backend.records.filters import has_facet, near
from backend.territories.queries import LEVELS, touching_regions_of


def near_needs(codes: Collection[str]) -> ColumnElement[bool] | None:
    """Needs that touch `codes` or do not say where; None when all do.

    An anonymous need answers for its whole regions: asking commune by commune tells no more
    than what it shows.
    """
    exact = near(Need, codes)
    if exact is None:
        return None
    by_region = has_facet(Need, "perimeter", touching_regions_of(codes))
    return or_(
        and_(Need.anonymous.is_(False), exact),
        and_(Need.anonymous.is_(True), or_(by_region, _silent())),
    )


def _silent() -> ColumnElement[bool]:
    known = select(NeedFacet.need_id).where(NeedFacet.kind == "perimeter")
    return Need.id.not_in(known)


def region_names(session: Session, ids: Sequence[str]) -> Mapping[str, dict[str, str]]:
    """For each need of `ids` with a perimeter: the regions it lies in, names by code.

    The country where a place lies in no region.
    """
    if not ids:
        return {}
    commune, region = aliased(Territory), aliased(Territory)
    facet = NeedFacet
    # One look-up a level, so that each can use its index.
    levels = [
        select(facet.need_id, commune.region)
        .join(commune, getattr(commune, level.key) == facet.code)
        .where(facet.kind == "perimeter", facet.need_id.in_(ids), commune.kind == "commune")
        .distinct()
        for level in LEVELS
    ]
    country = select(facet.need_id, literal(COUNTRY).label("region")).where(
        facet.kind == "perimeter", facet.need_id.in_(ids), facet.code == COUNTRY
    )
    places = union_all(*levels, country).subquery()
    code = func.coalesce(places.c.region, COUNTRY)
    rows = session.execute(
        select(places.c.need_id, region.code, region.name)
        .join(region, region.code == code)
        .distinct()
        .order_by(region.code)
    )
    names: dict[str, dict[str, str]] = {}
    for need_id, region_code, name in rows:
        names.setdefault(need_id, {})[region_code] = name
    return names
