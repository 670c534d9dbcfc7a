"""A shortlist as a workbook: typed columns, a head that stays in sight, a filter a column."""

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from backend.shortlists.columns import Table, Value

# What people typed is text: never a formula, a link or a number.
PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
CELL_LIMIT = 32_767
WIDE, NARROW = 50, 18


def write_xlsx(table: Table, list_name: str, about_name: str) -> bytes:
    """Two sheets: the solutions, and how the list was made."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, PLAIN) as book:
        book.set_properties({"title": table.title})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        sheet = book.add_worksheet(list_name)
        _list(sheet, table, head, text, day)
        _about(book.add_worksheet(about_name), table, head, text)
    return out.getvalue()


def _list(sheet: Worksheet, table: Table, head: Format, text: Format, day: Format) -> None:
    for column, (name, wide) in enumerate(zip(table.heads, table.wide, strict=True)):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, WIDE if wide else NARROW)
    for line, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, (line, column), value, text, day)
    sheet.freeze_panes(1, 0)
    if table.heads:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _write(
    sheet: Worksheet, place: tuple[int, int], value: Value, text: Format, day: Format
) -> None:
    if value is None:
        sheet.write_blank(*place, None, text)
    elif isinstance(value, datetime):
        sheet.write_datetime(*place, value.replace(tzinfo=None), day)
    elif isinstance(value, int):
        sheet.write_number(*place, value, text)
    else:
        sheet.write_string(*place, str(value)[:CELL_LIMIT], text)


def _about(sheet: Worksheet, table: Table, head: Format, text: Format) -> None:
    sheet.set_column(0, 0, NARROW)
    sheet.set_column(1, 1, 2 * WIDE)
    for line, (name, value) in enumerate(table.about):
        sheet.write_string(line, 0, name, head)
        sheet.write_string(line, 1, value[:CELL_LIMIT], text)
