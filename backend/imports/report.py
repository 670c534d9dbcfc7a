"""The report of an import: one line for each thing that a person should look at.

Corrected (its column `code` filled in), it can be given back with --resolutions.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TextIO

Level = Literal["error", "warning"]
COLUMNS = ("row", "field", "value", "why", "suggestion", "level", "code")
_SHOWN_CHARS = 500
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_DEFUSED = re.compile(r"^'(?=[=+\-@\t\r])")
_KEPT_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Note:
    """Something about one row. An error means that the row was not imported."""

    row: int
    field: str
    value: str
    why: str
    suggestion: str = ""
    level: Level = "warning"


class Report:
    """Counts notes and, when it has a path, writes them as they come.

    The file is made on opening, so that a folder that cannot be written is known at once.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.by_reason: Counter[tuple[str, str, str]] = Counter()
        self.refused_rows: set[int] = set()
        self.warnings = 0
        self.examples: list[Note] = []
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        if self.path is not None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._file).writerow(COLUMNS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, notes: Iterable[Note]) -> None:
        """Count and write these notes."""
        for note in notes:
            self._count(note)
            if self._file is not None:
                csv.writer(self._file).writerow(_line(note))

    def _count(self, note: Note) -> None:
        if note.level == "error":
            self.refused_rows.add(note.row)
        else:
            self.warnings += 1
        # Figures and quoted words differ from row to row; the reason is the same.
        reason = re.sub(r'"[^"]*"|[\d.]*\d', "…", note.why)
        self.by_reason[(note.level, note.field, reason)] += 1
        if len(self.examples) < _KEPT_EXAMPLES:
            self.examples.append(note)


def defused(text: str) -> str:
    """A text that a spreadsheet will not run as a formula, nor fail to write."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    shown = plain if len(plain) <= _SHOWN_CHARS else f"{plain[:_SHOWN_CHARS]}…"
    shown = "".join(char if char.isprintable() or char == " " else "\ufffd" for char in shown)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def undefused(text: str) -> str:
    """The text as it was before `defused` put an apostrophe in front."""
    return _DEFUSED.sub("", text)


def _line(note: Note) -> tuple[str, ...]:
    texts = (note.field, note.value, note.why, note.suggestion, note.level, "")
    return (str(note.row), *map(defused, texts))
