"""What every reader gives: named columns and numbered rows."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend.imports.limits import FileError


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` counts as a person sees it: the header of a table is row 1.

    With a `problem`, the row could not be read and its cells mean nothing.
    """

    number: int
    cells: Mapping[str, Any] = field(default_factory=dict)
    problem: str | None = None


@dataclass(slots=True)
class Table:
    """A file being read. `position()` grows from 0 to `size` while `rows` is consumed."""

    name: str
    columns: list[str]
    rows: Iterator[Row]
    size: int
    position: Callable[[], int]
    how: str
    close: Callable[[], None] = lambda: None


def checked_columns(place: str, header: Sequence[str]) -> list[str]:
    """The names of the columns, without trailing empty ones.

    Raises FileError for no header, an empty name between others, or a name given twice.
    """
    names = [name.replace("\ufeff", "").strip() for name in header]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise FileError(f"{place}: the first row is empty: it must name the columns.")
    if "" in names:
        raise FileError(
            f"{place}: column {column_letter(names.index(''))} has no name: name it or delete it."
        )
    name, count = Counter(names).most_common(1)[0]
    if count > 1:
        where = ", ".join(column_letter(i) for i, other in enumerate(names) if other == name)
        raise FileError(
            f'{place}: the column "{name}" appears {count} times (columns {where}): '
            "rename or delete the others."
        )
    return names


def column_letter(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA, as spreadsheets name columns."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_row(number: int, columns: Sequence[str], values: Sequence[Any]) -> Row | None:
    """The row of these values; None when all are empty."""
    width = len(columns)
    if any(value not in ("", None) for value in values[width:]):
        return Row(
            number,
            problem=f"has {len(values)} cells where the header has {width}: "
            "is a separator missing its quotes?",
        )
    if all(value in ("", None) for value in values):
        return None
    return Row(number, dict(zip(columns, values, strict=False)))
