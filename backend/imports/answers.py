"""What a person has confirmed: that a value of a file stands for a code."""

from collections.abc import Container, Mapping
from pathlib import Path

from backend.folding import fold
from backend.imports.delimited import read_csv
from backend.imports.detect import examine
from backend.imports.limits import FileError
from backend.imports.report import undefused
from backend.imports.targets import TARGETS, RecordKind
from backend.vocabularies.service import entries

IGNORE = "-"


class Resolutions:
    """What a person confirmed: (field, value) -> code, `-` for "leave it empty"."""

    def __init__(self, answers: Mapping[tuple[str, str], str] | None = None) -> None:
        self._answers = dict(answers or {})

    def get(self, field: str, value: str) -> str | None:
        """The confirmed code, `-`, or None when nobody answered."""
        return self._answers.get((field, fold(value)))

    def check(self, kind: RecordKind, places: Container[str]) -> None:
        """Raise FileError when an answer gives a field or a code that does not exist."""
        for (name, value), code in self._answers.items():
            known = _codes_of(kind, name, places)
            if known is None:
                raise FileError(f'resolutions: "{name}" is not a field that has codes.')
            if code != IGNORE and code not in known:
                raise FileError(
                    f'resolutions: {name} "{value}" is given the code "{code}", which does not '
                    f"exist: correct it, or write {IGNORE} to leave the field empty."
                )

    def __len__(self) -> int:
        return len(self._answers)


def read_resolutions(path: Path) -> Resolutions:
    """Read a CSV of field, value, code: a list of one's own, or a report with `code` filled in.

    Raises FileError when a column is missing.
    """
    table = read_csv(path, examine(path))
    try:
        missing = {"field", "value", "code"} - set(table.columns)
        if missing:
            raise FileError(
                f"{path.name}: the column {min(missing)} is missing: "
                "answers need the columns field, value and code."
            )
        return Resolutions(
            {
                (row.cells["field"], fold(undefused(row.cells["value"]))): code
                for row in table.rows
                if not row.problem and (code := row.cells.get("code", "").strip())
            }
        )
    finally:
        table.close()


def _codes_of(kind: RecordKind, name: str, places: Container[str]) -> Container[str] | None:
    if name in ("perimeters", "organisation", "organisation_insee", "organisation_territory"):
        return places
    if name == "organisation_kind":
        return entries("organisation_kinds")
    target = TARGETS[kind].get(name)
    if target is None or not (target.vocabulary or target.how == "lang"):
        return None
    if target.how == "maturity":
        return {*map(str, range(1, 10)), *entries("maturity")}
    return entries(target.vocabulary or "languages")
