"""Reading records with what is shown of them, in a number of queries that does not grow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from backend.ids import is_id
from backend.models import Need, Organisation, Solution, Territory
from backend.problems import not_found
from backend.records.filters import owner_column
from backend.records.paging import Order

R = TypeVar("R", Solution, Need)


def whole(model: type[R]) -> Select[R]:
    """All rows of `model` with their facets, organisation and its place."""
    return select(model).options(
        selectinload(model.facets),
        joinedload(model.organisation).joinedload(Organisation.place),
    )


def get_record(session: Session, model: type[R], record_id: str, *, lock: bool = False) -> R:
    """The record of that id; `lock` keeps other writers off it until the commit.

    Raises Problem 404.
    """
    statement = whole(model).where(model.id == record_id)
    if lock:
        statement = statement.with_for_update(of=model).execution_options(populate_existing=True)
    found = session.scalars(statement).one_or_none() if is_id(record_id) else None
    if found is None:
        raise not_found(model.__tablename__, record_id)
    return found


def get_bare(session: Session, model: type[R], record_id: str) -> R:
    """The record of that id without its facets and organisation. Raises Problem 404."""
    found = session.get(model, record_id) if is_id(record_id) else None
    if found is None:
        raise not_found(model.__tablename__, record_id)
    return found


def by_ids(session: Session, model: type[R], ids: Iterable[str]) -> dict[str, R]:
    """The records of those ids."""
    rows = session.scalars(whole(model).where(model.id.in_(set(ids))))
    return {row.id: row for row in rows}


def orders(model: Any) -> Mapping[str, Order]:
    """The orders that a list of `model` can have, by the name of the `sort` parameter."""
    columns = {
        "created_at": model.created_at,
        "updated_at": model.updated_at,
        "title": model.sort_title,
    }
    return {
        f"{'-' if descending else ''}{name}": Order(column, model.id, descending)
        for name, column in columns.items()
        for descending in (False, True)
    }


def perimeter_names(
    session: Session, model: Any, ids: Sequence[str]
) -> Mapping[str, dict[str, str]]:
    """For each record of `ids`: the names of its perimeters by code."""
    facet, owner = model.facet_class, owner_column(model)
    names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    if ids:
        rows = session.execute(
            select(owner, Territory.code, Territory.name)
            .join(Territory, Territory.code == facet.code)
            .where(facet.kind == "perimeter", owner.in_(ids))
            .order_by(Territory.code)
        )
        for record_id, code, name in rows:
            names[record_id][code] = name
    return names
