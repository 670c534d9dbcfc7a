"""What is asked and offered, by theme and by département."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.models import Need, NeedStanding, Solution, Territory
from backend.records.filters import owner_column
from backend.statistics.schemas import Anywhere, PlaceFigures, ThemeFigures
from backend.territories.table import COUNTRY, nesting
from backend.vocabularies.service import vocabularies

UNMET = frozenset({"uncertain", "none"})


def by_theme(session: Session) -> list[ThemeFigures]:
    """One line a group of themes, in the order of the list."""
    offered = _counted(_groups(_facets(session, Solution, "theme")))
    asked = _groups(_facets(session, Need, "theme"))
    bands: Mapping[str, str] = dict(
        session.execute(select(NeedStanding.need_id, NeedStanding.band)).all()
    )
    needs = _counted(asked)
    known = _counted({need: groups for need, groups in asked.items() if need in bands})
    unmet = _counted({need: groups for need, groups in asked.items() if bands.get(need) in UNMET})
    return [
        ThemeFigures(
            theme=group["code"],
            solutions=offered[group["code"]],
            needs=needs[group["code"]],
            looked_at=known[group["code"]],
            without_match=unmet[group["code"]],
        )
        for group in vocabularies()["themes"]
    ]


def by_place(session: Session) -> tuple[list[PlaceFigures], Anywhere, Anywhere]:
    """One line a département, by code, then solutions and needs that no département shows.

    A record of a region is in each of its départements.
    """
    offered, asked = (_facets(session, model, "perimeter") for model in (Solution, Need))
    solutions, needs = _counted(_departements(offered)), _counted(_departements(asked))
    known = select(Territory.code, Territory.name).where(Territory.kind == "departement")
    places = [
        PlaceFigures(departement=code, name=name, solutions=solutions[code], needs=needs[code])
        for code, name in session.execute(known.order_by(Territory.code))
    ]
    return places, _anywhere(session, Solution, offered), _anywhere(session, Need, asked)


def _anywhere(session: Session, model: Any, facets: Mapping[str, set[str]]) -> Anywhere:
    """Published records of `model` for the whole country, and those that do not say where."""
    country = sum(COUNTRY in codes for codes in facets.values())
    published = session.scalar(select(func.count()).where(model.status == "published")) or 0
    return Anywhere(whole_country=country, unsaid=published - len(facets))


def _facets(session: Session, model: Any, kind: str) -> dict[str, set[str]]:
    """The codes of a kind of each published record that has any."""
    facet, owner = model.facet_class, owner_column(model)
    rows = session.execute(
        select(owner, facet.code)
        .join(model, model.id == owner)
        .where(facet.kind == kind, model.status == "published")
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record_id, code in rows:
        found[record_id].add(code)
    return found


def _groups(facets: Mapping[str, set[str]]) -> dict[str, set[str]]:
    return {one: {code.partition(".")[0] for code in codes} for one, codes in facets.items()}


def _departements(facets: Mapping[str, set[str]]) -> dict[str, set[str]]:
    table = departement_table()
    return {
        one: set().union(*(table.get(code, frozenset()) for code in codes))
        for one, codes in facets.items()
    }


def _counted(facets: Mapping[str, Iterable[str]]) -> Counter[str]:
    return Counter(code for codes in facets.values() for code in codes)


@lru_cache(maxsize=1)
def departement_table() -> Mapping[str, frozenset[str]]:
    """Every code of a commune, EPCI, département or region -> the départements it touches."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for commune, epci, departement, region in nesting():
        for code in (commune, epci, departement, region):
            if code:
                found[code].add(departement)
    return {code: frozenset(touched) for code, touched in found.items()}
