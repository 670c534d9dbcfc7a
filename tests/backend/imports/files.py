"""Writes the files that tests import."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from backend.imports.readers import open_table
from backend.imports.table import Row


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    """A file of these bytes, or of this text."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def write_gzip(path: Path, content: str) -> Path:
    """The same, compressed."""
    return write(path, gzip.compress(content.encode()))


def write_jsonl(path: Path, items: Sequence[Mapping[str, Any]]) -> Path:
    """One object a line."""
    return write(path, "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items))


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with these sheets."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def read(path: Path, sheet: str | None = None) -> list[Row]:
    """All rows of a file."""
    table = open_table(path, sheet)
    try:
        return list(table.rows)
    finally:
        table.close()


def cells(path: Path, sheet: str | None = None) -> list[dict[str, Any]]:
    """The cells of all rows, none of which may be bad."""
    rows = read(path, sheet)
    assert [row.problem for row in rows if row.problem] == []
    return [dict(row.cells) for row in rows]
