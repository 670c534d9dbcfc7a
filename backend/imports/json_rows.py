"""Rows of JSON Lines (one object a line) and of a JSON list of objects."""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

from backend.imports.detect import Opened, Shape
from backend.imports.limits import MAX_JSON_BYTES, MAX_LINE_CHARS, FileError
from backend.imports.table import Row, Table

_SAMPLE_ROWS = 1_000
_DEPTH = 3


def read_json_lines(path: Path, shape: Shape) -> Table:
    """Open a JSON Lines file; lines are read while they are asked for.

    Raises FileError when no line is an object.
    """
    opened = Opened(path, shape.gzipped)
    rows = _numbered(path.name, opened.text(shape, newline="\n"))
    try:
        start = list(islice(rows, _SAMPLE_ROWS))
    except FileError:
        opened.close()
        raise
    if all(row.problem for row, _ in start):
        opened.close()
        raise FileError(
            f"{path.name}, line {start[0][0].number if start else 1}: no line is a JSON object: "
            "give one object a line, or one list of objects."
        )
    done = [0]
    return Table(
        name=path.name,
        columns=paths_of(row.cells for row, _ in start),
        rows=_counted(chain(start, rows), done),
        size=shape.chars,
        position=lambda: done[0],
        how="JSON Lines",
        close=opened.close,
    )


def read_json(path: Path, shape: Shape) -> Table:
    """Read a JSON list of objects, whole.

    Raises FileError when it is not one, or too large to be held in memory.
    """
    name = path.name
    if shape.expanded_bytes > MAX_JSON_BYTES:
        raise FileError(
            f"{name}: a JSON list of {shape.expanded_bytes:,} bytes is too large to be held in "
            "memory: give JSON Lines (one object a line)."
        )
    with closing(Opened(path, shape.gzipped)) as opened:
        try:
            items = parse(opened.text(shape, newline="\n").read())
        except ValueError as error:
            raise FileError(
                f"{name}: this is not valid JSON ({error}): export it again."
            ) from error
    if not isinstance(items, list):
        raise FileError(f"{name}: a list of objects is expected, this is one object.")
    rows = [_as_row(number, item) for number, item in enumerate(items, start=1)]
    done = [0]
    columns = paths_of(row.cells for row in rows[:_SAMPLE_ROWS])
    return Table(
        name,
        columns,
        _counted(((row, 1) for row in rows), done),
        len(rows),
        lambda: done[0],
        "JSON list",
    )


def parse(text: str) -> Any:
    """JSON without NaN, repeated keys or nesting without end.

    Raises ValueError.
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def paths_of(objects: Iterable[Any]) -> list[str]:
    """The dotted paths found in these objects, in order of appearance."""
    found: dict[str, None] = {}
    for item in objects:
        _collect(item, "", _DEPTH, found)
    return list(found)


def _collect(value: Any, prefix: str, depth: int, found: dict[str, None]) -> None:
    if isinstance(value, list):
        for item in value[:20]:
            _collect(item, prefix, depth, found)
    elif isinstance(value, dict) and depth:
        for key, inner in value.items():
            path = f"{prefix}.{key}" if prefix else str(key)
            found.setdefault(path)
            _collect(inner, path, depth - 1, found)


def _numbered(name: str, text: TextIO) -> Iterator[tuple[Row, int]]:
    """Each row with the number of its characters."""
    number = 0
    while line := text.readline(MAX_LINE_CHARS + 1):
        number += 1
        if len(line) > MAX_LINE_CHARS:
            raise FileError(
                f"{name}, line {number}: longer than {MAX_LINE_CHARS:,} characters: "
                "give one object a line."
            )
        bare = line.strip("\ufeff \t\r\n")
        if not bare:
            continue
        try:
            yield _as_row(number, parse(bare)), len(line)
        except ValueError as error:
            yield Row(number, problem=f"is not valid JSON ({error})."), len(line)


def _as_row(number: int, item: Any) -> Row:
    if isinstance(item, dict):
        return Row(number, item)
    return Row(number, problem=f"is not a JSON object but {type(item).__name__}.")


def _counted(rows: Iterable[tuple[Row, int]], done: list[int]) -> Iterator[Row]:
    """The rows; `done` adds up their sizes while they are taken."""
    for row, size in rows:
        done[0] += size
        yield row


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the key "{twice}" appears twice')
    return found


def _refuse_constant(constant: str) -> Any:
    raise ValueError(f"{constant} is not a JSON value")
