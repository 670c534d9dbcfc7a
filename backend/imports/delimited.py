"""Rows of a CSV file, whatever its encoding, separator and accidents."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from backend.imports.detect import Opened, Shape, find_separator
from backend.imports.limits import MAX_LINE_CHARS, FileError
from backend.imports.table import Row, Table, as_row, checked_columns

_SAMPLE_CHARS = 64 * 1024
_EXCEL_SEPARATOR = re.compile(r'"?sep=(.)"?\s*')


class _OpenQuoteError(Exception):
    """A quoted cell runs to the end of the file, or as good as."""


class _Lines:
    """Physical lines that remember those of the record being read, to be read again.

    `consumed` counts the characters of all lines given so far, and not given back.
    """

    def __init__(self, name: str, text: TextIO) -> None:
        self._name, self._text = name, text
        self._again: deque[str] = deque()
        self.record: list[str] = []
        self._chars = 0
        self.consumed = 0

    def start_record(self) -> None:
        self.record, self._chars = [], 0

    def give_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))
        self.consumed -= sum(map(len, lines))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(MAX_LINE_CHARS + 1)
        if not line:
            raise StopIteration
        if len(line) > MAX_LINE_CHARS:
            raise FileError(
                f"{self._name}: a line is longer than {MAX_LINE_CHARS:,} characters: "
                "this is not a CSV table."
            )
        self._chars += len(line)
        self.consumed += len(line)
        self.record.append(line)
        if self._chars > MAX_LINE_CHARS:
            raise _OpenQuoteError
        return line


def read_csv(path: Path, shape: Shape) -> Table:
    """Open a CSV file; rows are read while they are asked for.

    Raises FileError for a header that cannot be used.
    """
    opened = Opened(path, shape.gzipped)
    try:
        return _open(path, shape, opened)
    except BaseException:
        opened.close()
        raise


def _open(path: Path, shape: Shape, opened: Opened) -> Table:
    lines = _Lines(path.name, opened.text(shape, newline=""))
    separator = _separator(lines)
    records = _records(lines, separator)
    number, header, problem = next(records, (1, [], None))
    if problem:
        raise FileError(f"{path.name}, row {number}: the header {problem}")
    columns = checked_columns(f"{path.name}, row {number}", header)
    shown = "tab" if separator == "\t" else separator
    return Table(
        name=path.name,
        columns=columns,
        rows=_rows(records, columns),
        size=shape.chars,
        position=lambda: lines.consumed,
        how=f"CSV, {shape.encoding}, separator {shown}",
        close=opened.close,
    )


def _separator(lines: _Lines) -> str:
    """Look at the first lines, then give them back (except Excel's own "sep=" line)."""
    start: list[str] = []
    for line in lines:
        start.append(line)
        if sum(map(len, start)) > _SAMPLE_CHARS:
            break
    lines.start_record()
    declared = _EXCEL_SEPARATOR.fullmatch(start[0]) if start else None
    lines.give_back(start[1:] if declared else start)
    return declared[1] if declared else find_separator("".join(start))


def _records(lines: _Lines, separator: str) -> Iterator[tuple[int, list[str], str | None]]:
    """(row number, cells, problem) for each record that is not blank."""
    number = 0
    # The default limit is below what one cell may hold, and its error would stop the file.
    csv.field_size_limit(2 * MAX_LINE_CHARS)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        lines.start_record()
        number += 1
        problem = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_OpenQuoteError, csv.Error) as error:
            cells, problem = [], _recover(lines, error)
            reader = csv.reader(lines, delimiter=separator, strict=True)
        if cells or problem:
            yield number, cells, problem


def _recover(lines: _Lines, error: Exception) -> str:
    """Say what is wrong; after an endless quote, read again what it swallowed."""
    if isinstance(error, _OpenQuoteError) or "unexpected end" in str(error):
        lines.give_back(lines.record[1:])
        return "opens a quote that is never closed: close it, or double the quotes inside a cell."
    return 'has a quote inside a quoted cell: write it twice ("").'


def _rows(
    records: Iterator[tuple[int, list[str], str | None]], columns: list[str]
) -> Iterator[Row]:
    for number, cells, problem in records:
        row = Row(number, problem=problem) if problem else as_row(number, columns, cells)
        if row is not None:
            yield row
