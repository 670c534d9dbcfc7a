"""Rows of one sheet of an Excel or LibreOffice workbook."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from backend.imports.detect import Opened
from backend.imports.limits import FileError, check_workbook
from backend.imports.table import Row, Table, as_row, checked_columns

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TITLE_ROWS = 20


def read_workbook(path: Path, gzipped: bool, sheet: str | None) -> Table:
    """Open the sheet called `sheet`, or the first visible one that is not empty.

    Raises FileError for a damaged workbook, a zip bomb, an unknown sheet, a bad header.
    """
    name = path.name
    with tempfile.TemporaryDirectory() as folder:
        plain = _unpacked(path, Path(folder)) if gzipped else path
        check_workbook(name, plain)
        try:
            workbook = CalamineWorkbook.from_path(str(plain))
            opened = _choose(name, workbook, sheet)
        except CalamineError as error:
            raise FileError(
                f"{name}: the workbook cannot be read ({error}): save it again."
            ) from error
    values = list(_values(opened))
    first = _header_at(values)
    place = f'{name}, sheet "{opened.name}", row {first + 1}'
    columns = checked_columns(place, [str(value) for value in values[first]])
    done = [0]
    rows = _rows(values, first, columns, done)
    how = f'workbook, sheet "{opened.name}"'
    return Table(name, columns, rows, len(values) - first - 1, lambda: done[0], how)


def _unpacked(path: Path, folder: Path) -> Path:
    target = folder / "workbook.xlsx"
    with closing(Opened(path, gzipped=True)) as opened, target.open("wb") as out:
        shutil.copyfileobj(opened.content, out)
    return target


def _choose(name: str, workbook: CalamineWorkbook, sheet: str | None) -> CalamineSheet:
    if sheet is not None and sheet not in workbook.sheet_names:
        known = ", ".join(f'"{other}"' for other in workbook.sheet_names)
        raise FileError(f'{name}: there is no sheet "{sheet}"; it holds {known}.')
    if sheet is not None:
        return workbook.get_sheet_by_name(sheet)
    for meta in workbook.sheets_metadata:
        if meta.visible != SheetVisibleEnum.Visible:
            continue
        opened = workbook.get_sheet_by_name(meta.name)
        if opened.total_height:
            return opened
    raise FileError(f"{name}: every visible sheet is empty: there is nothing to import.")


def _values(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """All rows from the top of the sheet, so that their numbers are those of the screen."""
    for _ in range(sheet.start[0] if sheet.start else 0):
        yield []
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield left + [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    """Whole numbers without ".0"; dates in ISO form; Excel's escapes undone."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


def _header_at(values: list[list[Any]]) -> int:
    """The first row with two cells or more: titles above a table stand alone in their row."""
    filled = [sum(value != "" for value in row) for row in values[:_TITLE_ROWS]]
    several = [index for index, count in enumerate(filled) if count > 1]
    return several[0] if several else next((i for i, count in enumerate(filled) if count), 0)


def _rows(
    values: list[list[Any]], first: int, columns: list[str], done: list[int]
) -> Iterator[Row]:
    for index in range(first + 1, len(values)):
        row = as_row(index + 1, columns, values[index])
        done[0] += 1
        if row is not None:
            yield row
