"""From a row to a checked record, or to the reason why there is none."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from pydantic import ValidationError

from backend.imports.answers import Resolutions
from backend.imports.convert import Reading, convert
from backend.imports.limits import MAX_CELL_CHARS
from backend.imports.mapping import Origin
from backend.imports.places import Gazetteer
from backend.imports.report import Note
from backend.imports.table import Row
from backend.imports.targets import RecordKind
from backend.imports.who import read_organisation
from backend.messages import field_error
from backend.needs.schemas import NeedIn
from backend.needs.text import need_text
from backend.organisations.schemas import OrganisationIn
from backend.solutions.schemas import SolutionIn
from backend.solutions.text import solution_text

MAX_TITLE, MAX_SUMMARY = 200, 500
# Texts are the record itself: what cannot be kept there refuses the row. Others are left out.
_TEXTS = {
    "title", "summary", "description", "context", "expected_outcome", "essential_criteria",
    "desirable_criteria", "external_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A record ready to be written. `fingerprint` tells whether the file says the same as
    before; `told_status` is None unless the file itself gives a status, or says that the
    product was given up."""

    row: int
    external_id: str
    values: Mapping[str, Any]
    organisation: OrganisationIn | None
    text: str
    fingerprint: str
    told_status: str | None


@dataclass(slots=True)
class Drafting:
    """Makes drafts of the rows of one file. Row numbers of identifiers seen are remembered."""

    kind: RecordKind
    origins: Mapping[str, Origin]
    gazetteer: Gazetteer
    answers: Resolutions
    lang: str | None
    detect: Callable[[str], str]
    _seen: dict[bytes, int] = field(default_factory=dict)

    def draft(self, row: Row) -> tuple[Draft | None, list[Note]]:
        """The draft of a row and its notes; without a draft, one of them is an error."""
        refusal = row.problem or _oversized(row.cells)
        if refusal:
            return None, [Note(row.number, "", "", refusal, level="error")]
        reading = Reading(row.number, self.answers, self.gazetteer)
        organisation = read_organisation(self.kind, self.origins, row.cells, reading)
        values = {
            name: value
            for name, origin in self.origins.items()
            if origin.target.how != "who"
            and (value := convert(origin, row.cells, reading)) is not None
        }
        if self.kind == "need" and organisation and "perimeters" not in self.origins:
            values["perimeters"] = [organisation.territory] if organisation.territory else []
        _shorten(values, reading)
        for name, value in values.items():
            if isinstance(value, str) and "\ufffd" in value:
                reading.note(name, value, "holds signs that could not be read: save it in UTF-8")
        draft = self._checked(row, values, organisation, reading)
        return draft, reading.notes

    def _checked(
        self,
        row: Row,
        values: dict[str, Any],
        organisation: OrganisationIn | None,
        reading: Reading,
    ) -> Draft | None:
        told_status = values.pop("status", None)
        if told_status not in (None, "draft", "published"):
            reading.note("status", told_status, "left as it is: a file may say draft or published")
            told_status = None
        told_status = values.pop("phase", None) or told_status
        identity = values.pop("external_id", None)
        checked = _validate(self.kind, values, reading)
        if checked is None:
            return None
        external_id = self._identify(row, identity, reading)
        if external_id is None:
            return None
        if checked.get("lang") is None:
            checked["lang"] = self.lang or self.detect(_text(self.kind, checked))
        text = _text(self.kind, checked)
        mark = _fingerprint(checked, organisation, told_status)
        return Draft(row.number, external_id, checked, organisation, text, mark, told_status)

    def _identify(self, row: Row, given: str | None, reading: Reading) -> str | None:
        """The identifier of the row: its own, else made of its content and of how many times
        that content came before."""
        key = hashlib.blake2b((given or _content(row)).encode("utf-8", "replace"), digest_size=12)
        digest = key.digest()
        if not given:
            self._seen[digest] = count = self._seen.get(digest, 0) + 1
            return f"row-{digest.hex()}-{count}"
        if len(given) > MAX_TITLE:
            why = f"an identifier has at most {MAX_TITLE} characters"
        elif digest in self._seen:
            why = f"the same identifier is on row {self._seen[digest]}"
        else:
            self._seen[digest] = row.number
            return given
        reading.notes.append(Note(row.number, "external_id", given, why, level="error"))
        return None


def _validate(kind: RecordKind, values: dict[str, Any], reading: Reading) -> dict[str, Any] | None:
    """The values as the API itself would take them; None when a text cannot be kept."""
    model = SolutionIn if kind == "solution" else NeedIn
    while True:
        try:
            record = model.model_validate(values)
        except ValidationError as error:
            if not _drop_wrong(error, values, reading):
                return None
        else:
            return record.model_dump(
                exclude={"organisation", "organisation_id", "source", "external_id", "status"}
            )


def _drop_wrong(error: ValidationError, values: dict[str, Any], reading: Reading) -> bool:
    """Take the wrong values out, with a warning; False (and an error) if one is a text."""
    kept = True
    for problem in error.errors():
        name = str(problem["loc"][0]) if problem["loc"] else "budget_why_blank"
        why = field_error(problem["type"], "en", problem.get("ctx", {}), problem["msg"])
        value = str(values.pop(name, ""))[:1000]
        if name == "title" and problem["type"] == "missing":
            why = "is empty"
        if name in _TEXTS:
            kept = False
            reading.notes.append(Note(reading.number, name, value, why, level="error"))
        elif value:
            reading.note(name, value, f"left empty: {why}")
    return kept


def _shorten(values: dict[str, Any], reading: Reading) -> None:
    """Titles and summaries that are too long are cut, and kept whole in the description."""
    for name, limit in (("summary", MAX_SUMMARY), ("title", MAX_TITLE)):
        full = values.get(name, "")
        if len(full) <= limit:
            continue
        values[name] = f"{full[: limit - 1].rsplit(None, 1)[0]}…"
        description = values.get("description", "")
        if full not in description:
            values["description"] = f"{full}\n\n{description}".strip()
        why = f"longer than {limit} characters: cut, and kept whole in the description"
        reading.note(name, full, why)


def _text(kind: RecordKind, values: Mapping[str, Any]) -> str:
    texts: Any = SimpleNamespace(**values)
    return solution_text(texts) if kind == "solution" else need_text(texts)


def _fingerprint(
    values: Mapping[str, Any], organisation: OrganisationIn | None, status: str | None
) -> str:
    whole = [dict(values), organisation.model_dump() if organisation else None, status]
    plain = json.dumps(whole, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _content(row: Row) -> str:
    return json.dumps(row.cells, sort_keys=True, default=str, ensure_ascii=False)


def _oversized(cells: Mapping[str, Any]) -> str | None:
    for name, value in cells.items():
        if isinstance(value, str) and len(value) > MAX_CELL_CHARS:
            return (
                f'the column "{name}" holds {len(value):,} characters: '
                f"at most {MAX_CELL_CHARS:,} are read."
            )
    return None
