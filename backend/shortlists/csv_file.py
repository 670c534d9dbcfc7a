"""A shortlist as CSV: UTF-8 with its mark, and the separator that spreadsheets expect there."""

import io
from datetime import datetime

from defusedcsv import csv

from backend.shortlists.columns import Table, Value

# A tab or a carriage return hides the sign behind it from whoever looks for formulas.
HIDING = ("\t", "\r")


def write_csv(table: Table) -> bytes:
    """A line a solution; a cell that a spreadsheet would run as a formula begins with '."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if table.language == "fr" else ",")
    writer.writerow([*table.heads, *(name for name, _ in table.about)])
    always = [text for _, text in table.about]
    for row in table.rows:
        writer.writerow([_cell(value) for value in (*row, *always)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Value) -> str | int | None:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, str) and value.startswith(HIDING):
        return f"'{value}"
    return value if value is None or isinstance(value, str | int) else value.isoformat()
