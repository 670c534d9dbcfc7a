"""Load the table of territories into the database, once per content."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

from sqlalchemy import Insert, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.models import Counter, Territory
from backend.territories.table import FOLDER, Place, content_hash, places

_COUNTER = "territories"


def load_territories(session: Session, folder: Path = FOLDER) -> int:
    """Make the `territory` table equal to the files; return the rows written, 0 if up to date.

    Rows are inserted or updated, never deleted: an organisation may point at one.
    The caller commits.
    """
    expected = content_hash(folder)
    if _loaded(session) == expected:
        return 0
    names = [field.name for field in fields(Place)]
    rows = [{name: getattr(place, name) for name in names} for place in places(folder)]
    session.execute(_upsert(session, Territory, "code", names), rows)
    mark = _upsert(session, Counter, "name", ["name", "value"])
    session.execute(mark, [{"name": _COUNTER, "value": expected}])
    return len(rows)


def _loaded(session: Session) -> int | None:
    if not session.scalar(select(func.count()).select_from(Territory)):
        return None
    return session.scalar(select(Counter.value).where(Counter.name == _COUNTER))


def _upsert(session: Session, model: type, key: str, columns: list[str]) -> Insert:
    """INSERT ... ON CONFLICT (key) DO UPDATE of the other columns, for either database."""
    make: Callable[[type], sqlite.Insert | postgresql.Insert] = (
        postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    )
    statement = make(model)
    others = {name: getattr(statement.excluded, name) for name in columns if name != key}
    return statement.on_conflict_do_update(index_elements=[key], set_=others)
