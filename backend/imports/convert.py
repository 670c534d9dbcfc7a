"""From the texts of one row to the values of its fields, with what remains to be asked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.imports import values
from backend.imports.answers import IGNORE, Resolutions
from backend.imports.mapping import Origin
from backend.imports.places import Gazetteer
from backend.imports.report import Note
from backend.imports.resolve import Outcome, pieces, resolve_word, sure
from backend.imports.targets import How
from backend.vocabularies.service import entries

_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")


@dataclass(slots=True)
class Reading:
    """One row being read: what was confirmed before, and the notes it gives rise to."""

    number: int
    answers: Resolutions
    gazetteer: Gazetteer
    departement: str | None = None
    notes: list[Note] = field(default_factory=list)

    def note(self, name: str, value: str, why: str, suggestion: str | None = None) -> None:
        """Remember something that a person should look at."""
        self.notes.append(Note(self.number, name, value, why, suggestion or ""))

    def choose(
        self,
        name: str,
        value: str,
        find: Callable[[str], Outcome],
        instead: str = "left empty",
    ) -> str | None:
        """The code of `value`: as confirmed by a person, else what `find` is sure of.

        When there is none, a note says what was done `instead`, and why.
        """
        outcome = find(value)
        answer = self.answers.get(name, value)
        if answer is not None:
            outcome = Outcome("no") if answer == IGNORE else sure(answer)
        elif outcome.code is None:
            self.note(name, value, f"{instead}: {outcome.why}", outcome.suggestion)
        return outcome.code


def convert(origin: Origin, cells: Mapping[str, Any], reading: Reading) -> Any:
    """The value of one field; None when there is nothing, or nothing sure."""
    if origin.target.how == "references":
        return _references(origin, cells)
    texts = origin.read(cells)
    if not texts:
        return None
    return _CONVERTERS[origin.target.how](origin, texts, reading)


def _line(origin: Origin, texts: list[str], _reading: Reading) -> str:
    """Columns follow each other; the items of a list are told apart by commas."""
    between = " " if len(origin.columns) > 1 else ", "
    return between.join(" ".join(text.split("\n")) for text in texts)


def _text(origin: Origin, texts: list[str], _reading: Reading) -> str:
    return ("\n\n" if len(origin.columns) > 1 else "\n").join(texts)


def _list(_origin: Origin, texts: list[str], _reading: Reading) -> list[str]:
    # A list of JSON is divided already; the lines of a cell, or else its semicolons, divide it.
    divided = texts if len(texts) > 1 else texts[0].split("\n" if "\n" in texts[0] else ";")
    lines = [piece for text in divided for piece in text.split("\n")]
    return [line for piece in lines if (line := _BULLET.sub("", piece).strip())]


def _codes(origin: Origin, texts: list[str], reading: Reading) -> list[str]:
    vocabulary = origin.target.vocabulary
    found: dict[str, None] = {}
    for value in (piece for text in texts for piece in _terms(vocabulary, text)):
        code = reading.choose(origin.target.name, value, lambda v: resolve_word(vocabulary, v))
        if code is not None:
            found.setdefault(code)
    return list(found)


def _terms(vocabulary: str, text: str) -> list[str]:
    """The terms of a cell. Commas also separate, unless a label itself holds them."""
    terms: list[str] = []
    for piece in pieces(text):
        whole = resolve_word(vocabulary, piece)
        parts = [part.strip() for part in piece.split(",") if part.strip()]
        terms.extend([piece] if whole.code is not None else parts)
    return terms


def _code(origin: Origin, texts: list[str], reading: Reading) -> str | None:
    vocabulary = origin.target.vocabulary
    return reading.choose(origin.target.name, texts[0], lambda v: resolve_word(vocabulary, v))


def _places(origin: Origin, texts: list[str], reading: Reading) -> list[str]:
    def find(value: str) -> Outcome:
        return reading.gazetteer.resolve(value, reading.departement)

    found: dict[str, None] = {}
    for text in texts:
        for piece in pieces(text):
            parts = [piece] if find(piece).code else [p.strip() for p in piece.split(",")]
            for part in filter(None, parts):
                if (code := reading.choose(origin.target.name, part, find)) is not None:
                    found.setdefault(code)
    return list(found)


def _band(origin: Origin, texts: list[str], reading: Reading) -> str | None:
    def find(value: str) -> Outcome:
        euros = values.read_euros(value)
        if euros is not None:
            code = band_of(euros)
            return sure(code) if code else Outcome("no", why="an amount cannot be negative")
        if re.fullmatch(r"[\d.,\s]+", value):
            return Outcome("no", why="the number can be read in two ways: write 10000 or 10000.50")
        return resolve_word("price_bands", value)

    return reading.choose(origin.target.name, texts[0], find)


def band_of(euros: float) -> str | None:
    """The band that holds this amount: its lower bound is in it, its upper one is not."""
    if euros == 0:
        return "free"
    for code, band in entries("price_bands").items():
        if band["min"] <= euros and (band["max"] is None or euros < band["max"]):
            return code
    return None


def _maturity(origin: Origin, texts: list[str], reading: Reading) -> int | None:
    def find(value: str) -> Outcome:
        level = values.read_trl(value)
        return sure(str(level)) if level else resolve_word("maturity", value)

    code = reading.choose(origin.target.name, texts[0], find)
    if code is None or code.isdigit():
        return int(code) if code else None
    # A band without a level: its lowest one, so that nothing is claimed.
    return int(entries("maturity")[code]["trl"][0])


def _read(read: Callable[[str], Any], expected: str) -> Callable[[Origin, list[str], Reading], Any]:
    def converter(origin: Origin, texts: list[str], reading: Reading) -> Any:
        value = read(texts[0])
        if value is None:
            reading.note(origin.target.name, texts[0], f"left empty: {expected} was expected")
        return value

    return converter


def _lang(origin: Origin, texts: list[str], reading: Reading) -> str | None:
    code = re.match(r"([A-Za-z]{2})(?:[-_][A-Za-z]{2,4})?$", texts[0])
    if code:
        return code[1].lower()
    return reading.choose(origin.target.name, texts[0], lambda v: resolve_word("languages", v))


def _phase(_origin: Origin, texts: list[str], _reading: Reading) -> str | None:
    """The status that a phase asks for: none, unless the product was given up."""
    return "archived" if values.is_given_up(texts[0]) else None


def _references(origin: Origin, cells: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    raw = origin.raw(cells)
    if isinstance(raw, dict):
        return [item for item in origin.every(cells) if isinstance(item, dict)]
    return [{"name": name} for text in origin.read(cells) for name in pieces(text)] or None


_CONVERTERS: Mapping[How, Callable[[Origin, list[str], Reading], Any]] = {
    "line": _line,
    "text": _text,
    "list": _list,
    "code": _code,
    "codes": _codes,
    "places": _places,
    "band": _band,
    "maturity": _maturity,
    "date": _read(values.read_date, "a date such as 2025-03-31 or 31/03/2025"),
    "bool": _read(values.read_bool, "yes or no"),
    "weeks": _read(values.read_weeks, "a number of weeks"),
    "lang": _lang,
    "who": _line,
    "phase": _phase,
}
