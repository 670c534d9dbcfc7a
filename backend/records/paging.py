"""Pages that stay right while rows are added: each starts after the last row of the former."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.problems import InvalidField


@dataclass(frozen=True, slots=True)
class Order:
    """One order of a list: a column, then the id where it is equal."""

    column: InstrumentedAttribute[Any]
    id: InstrumentedAttribute[str]
    descending: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, where the next starts, and how many there are in all."""

    rows: Sequence[Any]
    next_cursor: str | None
    total: int


def fetch_page(
    session: Session,
    statement: Select[Any],
    orders: Mapping[str, Order],
    sort: str,
    limit: int,
    cursor: str | None,
) -> Page:
    """The rows of `statement` after `cursor`, in the order named `sort`.

    Raises InvalidField (422) for a cursor that this list did not give.
    """
    order = orders[sort]
    found = statement.with_only_columns(order.id).order_by(None).subquery()
    total = session.scalar(select(func.count()).select_from(found))
    wanted = _sorted(statement, order, _decode(cursor, sort) if cursor else None)
    rows = session.scalars(wanted.limit(limit + 1)).all()
    more = len(rows) > limit
    last = _encode(sort, order, rows[limit - 1]) if more else None
    return Page(rows[:limit], last, total or 0)


def _sorted(statement: Select[Any], order: Order, after: tuple[Any, str] | None) -> Select[Any]:
    keys = (order.column, order.id)
    if after is not None:
        place = tuple_(*keys)
        bound = tuple_(*after)
        statement = statement.where(place < bound if order.descending else place > bound)
    return statement.order_by(*(key.desc() if order.descending else key.asc() for key in keys))


def _encode(sort: str, order: Order, row: Any) -> str:
    value = getattr(row, order.column.key)
    plain = value.isoformat() if isinstance(value, datetime) else value
    body = json.dumps([sort, plain, row.id], ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(_digest(body) + body).decode().rstrip("=")


def _decode(cursor: str, sort: str) -> tuple[Any, str]:
    try:
        return _read(cursor, sort)
    except (ValueError, TypeError) as error:
        raise InvalidField("cursor", "cursor") from error


def _read(cursor: str, sort: str) -> tuple[Any, str]:
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    digest, body = raw[:8], raw[8:]
    if digest != _digest(body):
        raise ValueError("not a cursor of ours")
    name, value, row_id = json.loads(body)
    if name != sort:
        raise ValueError("a cursor of another order")
    dated = sort.endswith("_at")
    return (datetime.fromisoformat(value) if dated else str(value)), str(row_id)


def _digest(body: bytes) -> bytes:
    """Catches damage and misuse; a cursor holds nothing secret and gives no right."""
    return hashlib.sha256(b"passerelle cursor" + body).digest()[:8]
