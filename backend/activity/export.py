"""The trace as a CSV file, written while it is read: it can be longer than memory."""

import io
import json
from collections.abc import Iterator, Sequence
from typing import Final

from defusedcsv import csv
from sqlalchemy import Engine

from backend.activity.queries import LATEST, ORDERS, select_lines, show_lines
from backend.activity.schemas import ActivityFilter, ActivityOut
from backend.database import reading
from backend.records.paging import fetch_page

CHUNK: Final = 500
COLUMNS: Final = (
    "at",
    "actor",
    "actor_name",
    "action",
    "object_kind",
    "object_id",
    "object_name",
    "detail",
)
# Spreadsheets take a file without it for one of another century.
BYTE_ORDER_MARK: Final = "\ufeff"


def export_csv(engine: Engine, wanted: ActivityFilter) -> Iterator[str]:
    """The lines that meet all filters, the latest first, in pieces; cells cannot be formulas."""
    yield BYTE_ORDER_MARK + _written([COLUMNS])
    cursor: str | None = None
    while True:
        # A session a piece: a slow reader must not hold the database's snapshot.
        with reading(engine) as session:
            found = select_lines(session, wanted)
            page = fetch_page(session, found, ORDERS, LATEST, CHUNK, cursor)
            lines = show_lines(session, page.rows)
        yield _written([_row(line) for line in lines])
        cursor = page.next_cursor
        if cursor is None:
            return


def _row(line: ActivityOut) -> list[str]:
    detail = json.dumps(line.detail, ensure_ascii=False) if line.detail else ""
    values = [getattr(line, name) for name in COLUMNS[1:-1]]
    return [line.at.isoformat(), *(value or "" for value in values), detail]


def _written(rows: Sequence[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()
