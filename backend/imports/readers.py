"""One way to open any file that can be imported."""

from pathlib import Path

from backend.imports.delimited import read_csv
from backend.imports.detect import examine
from backend.imports.json_rows import read_json, read_json_lines
from backend.imports.limits import FileError
from backend.imports.table import Table
from backend.imports.workbook import read_workbook


def open_table(path: Path, sheet: str | None = None) -> Table:
    """Examine `path`, then open it as CSV, workbook, JSON Lines or JSON list.

    Raises FileError, one sentence naming the place and what to do.
    """
    try:
        shape = examine(path)
        if sheet is not None and shape.kind != "workbook":
            raise FileError(f"{path.name}: this is not a workbook: leave out --sheet.")
        if shape.kind == "workbook":
            return read_workbook(path, shape.gzipped, sheet)
        readers = {"csv": read_csv, "json_lines": read_json_lines, "json": read_json}
        return readers[shape.kind](path, shape)
    except OSError as error:
        raise FileError(f"{path.name}: it cannot be read ({error.strerror}).") from error
