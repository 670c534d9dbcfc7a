"""Who a row speaks of: one organisation, known by SIREN, by territory, or by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from backend.imports.convert import Reading, convert
from backend.imports.mapping import Origin
from backend.imports.places import AUTHORITIES, is_name_of
from backend.imports.resolve import Outcome, resolve_word
from backend.imports.targets import RecordKind
from backend.imports.values import is_siren
from backend.organisations.schemas import OrganisationIn
from backend.territories.table import Place

# What an organisation is when nothing says so.
_DEFAULT_KINDS: Mapping[RecordKind, str] = {"need": "public_body", "solution": "business"}


@dataclass(frozen=True, slots=True)
class _Words:
    """The texts of a row about its organisation, empty when absent."""

    organisation: str
    organisation_siren: str
    organisation_insee: str
    organisation_territory: str
    organisation_kind: str


def read_organisation(
    kind: RecordKind, origins: Mapping[str, Origin], cells: Mapping[str, Any], reading: Reading
) -> OrganisationIn | None:
    """The organisation of the row, None when nothing certain names it.

    When a code or a name shows that it is a territory itself, the official name, SIREN and
    kind are taken. A territory given as such only says where the organisation is. A SIREN whose
    check digit is wrong is left out and noted.
    """
    words = _Words(
        *(
            (convert(origins[name], cells, reading) or "") if name in origins else ""
            for name in _Words.__slots__
        )
    )
    departement = _departement(origins, cells)
    reading.departement = reading.gazetteer.departement(departement) if departement else None
    siren = _siren(words.organisation_siren, reading)
    told = _kind(words.organisation_kind, reading)
    if words.organisation_territory:
        where = _where(words.organisation_territory, reading)
        return _described(kind, words, siren, told, where, reading)
    place = _place(words, siren, told, reading)
    if place is None and departement and reading.departement is None:
        why = "no département has this number or name"
        reading.note("organisation_departement", departement, why)
    if place is not None and _is_itself(place, siren, told, words.organisation):
        return _official(place, siren)
    return _described(kind, words, siren, told, place.code if place else None, reading)


def _is_itself(place: Place, siren: str | None, told: str | None, name: str) -> bool:
    """Whether the organisation is the authority of this territory, not one that lies in it."""
    if told not in (None, place.kind) or (siren and place.siren not in (None, siren)):
        return False
    return bool(siren or told) or not name or is_name_of(name, place)


def _official(place: Place, siren: str | None) -> OrganisationIn:
    return OrganisationIn(
        name=place.name, kind=place.kind, siren=place.siren or siren, territory=place.code
    )


def _described(
    kind: RecordKind,
    words: _Words,
    siren: str | None,
    told: str | None,
    territory: str | None,
    reading: Reading,
) -> OrganisationIn | None:
    name = words.organisation
    if not name:
        if siren is not None:
            why = "left empty: a SIREN without a name, and no territory has it"
            reading.note("organisation", words.organisation_siren, why)
        return None
    try:
        return OrganisationIn(
            name=name, kind=told or _DEFAULT_KINDS[kind], siren=siren, territory=territory
        )
    except ValidationError as error:
        what = error.errors()[0]["type"].replace("_", " ")
        reading.note("organisation", name, f"left empty: the name cannot be kept ({what})")
        return None


def _where(text: str, reading: Reading) -> str | None:
    find = reading.gazetteer.resolve
    return reading.choose(
        "organisation_territory", text, lambda value: find(value, reading.departement)
    )


def _departement(origins: Mapping[str, Origin], cells: Mapping[str, Any]) -> str | None:
    origin = origins.get("organisation_departement")
    return next(iter(origin.read(cells)), None) if origin else None


def _siren(text: str, reading: Reading) -> str | None:
    digits = re.sub(r"[\s.]", "", text)
    if not digits:
        return None
    number = digits[:9] if re.fullmatch(r"\d{14}", digits) else digits
    if is_siren(number):
        return number
    why = "left empty: a SIREN has nine digits and this one's check digit or length is wrong"
    reading.note("organisation_siren", text, why)
    return None


def _kind(text: str, reading: Reading) -> str | None:
    if not text:
        return None
    field = "organisation_kind"
    return reading.choose(field, text, lambda v: resolve_word("organisation_kinds", v))


def _place(words: _Words, siren: str | None, told: str | None, reading: Reading) -> Place | None:
    """The territory: by SIREN, else by INSEE code, else by name when it can be only one."""
    find, by_code = reading.gazetteer, reading.gazetteer.by_code
    from_siren = find.siren(siren).code if siren else None
    from_insee = _insee(words.organisation_insee, reading)
    if from_siren and from_insee and from_siren != from_insee:
        place = by_code[from_siren]
        # An EPCI may give the commune of its seat: that is no contradiction.
        if place.kind == "commune":
            why = f"the SIREN says {from_siren}, which was kept"
            reading.note("organisation_insee", words.organisation_insee, why, from_siren)
    if code := from_siren or (from_insee if told in (None, "commune") else None):
        return by_code[code]
    return _named(words.organisation, told, reading)


def _insee(text: str, reading: Reading) -> str | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{4,5}|2[AB]\d{3}", text.upper()):
        reading.note("organisation_insee", text, "left empty: an INSEE code has five signs")
        return None
    return reading.choose("organisation_insee", text, lambda v: reading.gazetteer.insee(v.upper()))


def _named(name: str, told: str | None, reading: Reading) -> Place | None:
    """By name only where the kind or the département leaves no doubt, and asking otherwise."""
    if not name or (told not in AUTHORITIES and (told or reading.departement is None)):
        return None

    def find(value: str) -> Outcome:
        outcome = reading.gazetteer.resolve(value, reading.departement, told)
        place = reading.gazetteer.by_code.get(outcome.code or "")
        if place and told and place.kind != told:
            return Outcome(
                "ask",
                why=f"the territory of this name is of the kind {place.kind}",
                suggestion=place.code,
            )
        return outcome if place else Outcome(outcome.verdict, None, outcome.why, outcome.suggestion)

    answer = reading.answers.get("organisation", name)
    if told is None and answer is None:
        # Neither kind nor code: a name that is no territory's is simply an organisation.
        code = find(name).code
    else:
        code = reading.choose("organisation", name, find, "kept without a territory")
    return reading.gazetteer.by_code.get(code) if code else None
