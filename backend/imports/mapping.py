"""Which columns fill which fields.

A mapping is `field=column`, `field=column+column` (joined), `field=:constant`, or `field=`
(leave it empty). A column of JSON may be a dotted path; lists met on the way are joined.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.folding import fold
from backend.imports.targets import TARGETS, RecordKind, Target


class MappingError(ValueError):
    """A mapping that cannot be followed: one sentence listing what exists."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field comes from: columns, or the same constant for every row."""

    target: Target
    columns: tuple[str, ...] = ()
    constant: str | None = None

    def read(self, cells: Mapping[str, Any]) -> list[str]:
        """The texts found, in order, without blanks."""
        if self.constant is not None:
            return [self.constant]
        return [text for column in self.columns for text in texts_at(cells, column)]

    def raw(self, cells: Mapping[str, Any]) -> Any:
        """The first value as it is (JSON keeps its shape)."""
        return next(iter(self.every(cells)), None)

    def every(self, cells: Mapping[str, Any]) -> list[Any]:
        """All values of the first column as they are."""
        return list(_values_at(cells, self.columns[0])) if self.columns else []


def make_mapping(
    kind: RecordKind, asked: Sequence[str], columns: Sequence[str]
) -> dict[str, Origin]:
    """The origin of each field: what was asked, else columns whose header says so.

    Raises MappingError for an unknown field or column, a field asked twice, or no title.
    """
    targets = TARGETS[kind]
    origins: dict[str, Origin] = {}
    for text in asked:
        origin = _asked(text, targets, columns, kind)
        if origin.target.name in origins:
            raise MappingError(f'--map {text}: the field "{origin.target.name}" is mapped twice.')
        origins[origin.target.name] = origin
    taken = {column for origin in origins.values() for column in origin.columns}
    folded = _by_header(column for column in columns if column not in taken)
    for name, target in targets.items():
        if name not in origins and (column := _guess(target, folded)):
            origins[name] = Origin(target, (column,))
    if not (origins.get("title") and (origins["title"].columns or origins["title"].constant)):
        raise MappingError(
            "no column is called like a title: say which one it is with --map title=COLUMN; "
            f"the file has {_listed(columns)}."
        )
    return {name: o for name, o in origins.items() if o.columns or o.constant is not None}


def texts_at(cells: Mapping[str, Any], path: str) -> list[str]:
    """The texts at a column or dotted path; lists give one text an item."""
    return [text for value in _values_at(cells, path) if (text := as_text(value))]


def as_text(value: Any) -> str:
    """A cell as text; empty for nothing, and for the structures of JSON."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # Byte order marks and zero-width spaces look like nothing, and are nothing.
    return str(value).strip().strip("\ufeff\u200b").strip()


def _values_at(cells: Any, path: str) -> Iterable[Any]:
    if isinstance(cells, list):
        for item in cells:
            yield from _values_at(item, path)
    elif path == "":
        yield cells
    elif isinstance(cells, Mapping):
        if path in cells:
            yield from _values_at(cells[path], "")
            return
        head, _, rest = path.partition(".")
        if rest and head in cells:
            yield from _values_at(cells[head], rest)


def _asked(
    text: str, targets: Mapping[str, Target], columns: Sequence[str], kind: RecordKind
) -> Origin:
    name, equals, source = text.partition("=")
    name = re.sub(r"^authority", "organisation", name.strip())
    if not equals:
        raise MappingError(f"--map {text}: write it as FIELD=COLUMN.")
    if name not in targets:
        raise MappingError(
            f'--map {text}: a {kind} has no field "{name}"; its fields are {", ".join(targets)}.'
        )
    source = source.strip()
    if source.startswith(":"):
        return Origin(targets[name], constant=source[1:].strip())
    if source in columns:
        return Origin(targets[name], (source,))
    wanted = tuple(part.strip() for part in source.split("+") if part.strip())
    for column in wanted:
        if column not in columns:
            raise MappingError(
                f'--map {text}: the file has no column "{column}"; it has {_listed(columns)}.'
            )
    return Origin(targets[name], wanted)


def _by_header(columns: Iterable[str]) -> dict[str, str]:
    """Folded header -> column; signs read as spaces, except inside paths."""
    found: dict[str, str] = {}
    for column in columns:
        found.setdefault(_header(column), column)
    return found


def _header(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def _guess(target: Target, folded: dict[str, str]) -> str | None:
    headers = map(_header, target.headers)
    structures = {path.rpartition(".")[0] for path in folded.values() if "." in path}
    for header in headers:
        # An object of JSON is no text: its parts are columns of their own.
        if header in folded and (target.how == "references" or folded[header] not in structures):
            return folded.pop(header)
    return None


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(columns[:40])
    return f"{shown} and {len(columns) - 40} more" if len(columns) > 40 else shown
