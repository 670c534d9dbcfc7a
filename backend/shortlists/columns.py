"""What an export of a shortlist can tell, a column each, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backend.i18n import words
from backend.matches.wording import Language
from backend.needs.schemas import NeedOut
from backend.shortlists.schemas import EntryOut
from backend.shortlists.telling import Told
from backend.solutions.schemas import ClientReference
from backend.vocabularies.service import label

Value = str | int | datetime | date | None
Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, what the list it was taken from said of it, and the reader's language."""

    entry: EntryOut
    told: Told
    language: Language

    @property
    def say(self) -> Words:
        """The catalogue of the reader's language."""
        return words(self.language).gettext


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called and what it holds of a row. `wide` ones hold long texts."""

    title: Callable[[Words], str]
    value: Callable[[Row], Value]
    wide: bool = False


def _of_record(name: str) -> Callable[[Row], Value]:
    return lambda row: getattr(row.entry.record, name) if row.entry.record else None


def _labels(vocabulary: str, name: str) -> Callable[[Row], Value]:
    def value(row: Row) -> Value:
        codes = getattr(row.entry.record, name) if row.entry.record else None
        listed = codes if isinstance(codes, list) else [codes] if codes else []
        return "; ".join(label(vocabulary, code, row.language) for code in listed) or None

    return value


def _organisation(row: Row) -> Value:
    record = row.entry.record
    return record.organisation.name if record and record.organisation else None


def _perimeter(row: Row) -> Value:
    record = row.entry.record
    names = record.perimeter_names if record else {}
    return "; ".join(names[code] for code in sorted(names)) or None


def _references(row: Row) -> Value:
    record = row.entry.record
    return "\n".join(map(_reference, record.client_references if record else [])) or None


def _reference(item: ClientReference) -> str:
    return f"{item.name} ({item.year})" if item.year else item.name


def _state(row: Row) -> Value:
    _ = row.say
    return _("Published") if row.entry.record else _("No longer published")


def _band(row: Row) -> Value:
    return band_word(row.entry.band, row.say) if row.entry.band else None


def band_word(band: str, _: Words) -> str:
    """What a band is called."""
    named = {"strong": _("Very close"), "good": _("Close"), "possible": _("Worth a look")}
    return named.get(band, _("Uncertain"))


def _decision(row: Row) -> Value:
    _ = row.say
    named = {"kept": _("Kept"), "dropped": _("Dropped")}
    return named.get(row.entry.decision or "", _("Not decided"))


COLUMNS: Mapping[str, Column] = {
    "position": Column(lambda _: _("Place"), lambda row: row.entry.position),
    "title": Column(lambda _: _("Solution"), lambda row: row.entry.title, wide=True),
    "organisation": Column(lambda _: _("Offered by"), _organisation),
    "decision": Column(lambda _: _("Decision"), _decision),
    "reason": Column(lambda _: _("Reason for the decision"), lambda r: r.entry.reason, wide=True),
    "note": Column(lambda _: _("Note"), lambda row: row.entry.note, wide=True),
    "band": Column(lambda _: _("Closeness found"), _band),
    "criteria": Column(
        lambda _: _("Criteria"), lambda row: "\n".join(row.told.criteria), wide=True
    ),
    "reasons": Column(lambda _: _("Reasons"), lambda row: "\n".join(row.told.reasons), wide=True),
    "summary": Column(lambda _: _("Summary"), _of_record("summary"), wide=True),
    "maturity": Column(lambda _: _("Maturity (1 to 9)"), _of_record("maturity")),
    "price_band": Column(lambda _: _("Price"), _labels("price_bands", "price_band")),
    "perimeter": Column(lambda _: _("Perimeter"), _perimeter),
    "themes": Column(lambda _: _("Themes"), _labels("themes", "themes")),
    "beneficiaries": Column(lambda _: _("Who benefits"), _labels("beneficiaries", "beneficiaries")),
    "labels": Column(lambda _: _("Labels"), _labels("labels", "labels")),
    "deployment_weeks": Column(lambda _: _("Weeks to deploy"), _of_record("deployment_weeks")),
    "licence": Column(lambda _: _("Licence"), _of_record("licence")),
    "website": Column(lambda _: _("Website"), _of_record("website")),
    "references": Column(lambda _: _("Client references"), _references, wide=True),
    "state": Column(lambda _: _("State"), _state),
    "added_by": Column(lambda _: _("Added by"), lambda row: row.entry.added_by),
    "added_at": Column(lambda _: _("Added on"), lambda row: row.entry.added_at),
}
DEFAULT: Sequence[str] = (
    "position",
    "title",
    "organisation",
    "decision",
    "reason",
    "note",
    "band",
    "criteria",
    "reasons",
    "maturity",
    "price_band",
    "perimeter",
    "added_by",
    "added_at",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A shortlist as it is exported: heads, rows of values, and what must stand beside them.

    `names` are the titles of the solutions; `heads`, `wide` and each row have one entry a column.
    `about` are names and texts.
    """

    title: str
    need: NeedOut
    language: Language
    names: Sequence[str]
    heads: Sequence[str]
    wide: Sequence[bool]
    rows: Sequence[Sequence[Value]]
    about: Sequence[tuple[str, str]]
    mention: str


def cells(names: Sequence[str], rows: Sequence[Row]) -> list[list[Value]]:
    """The values of the columns named, a list a row; an empty text is None."""
    return [[_or_none(COLUMNS[name].value(row)) for name in names] for row in rows]


def _or_none(value: Value) -> Value:
    return None if value == "" else value
